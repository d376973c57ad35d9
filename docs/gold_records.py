"""The gold records that the figures in these pages are measured on, and which of them nobody has looked at."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUALITY = ROOT / "tests" / "quality"

LOOKED_AT = {
    "example-guarantees": ROOT / "examples" / "example-guarantees",
    "black-sea-grain": QUALITY / "black-sea-grain",
    "ukraine-guarantees": ROOT.parent / "shared" / "gold" / "ukraine-guarantees",  # other people's texts, never copied
    "plastics-treaty": QUALITY / "plastics-treaty",
    "iran-talks": QUALITY / "iran-talks",
    "dock-contract": QUALITY / "dock-contract",
    "nile-dam": QUALITY / "nile-dam",
    "truce-hostages": QUALITY / "truce-hostages",
    "channel-fisheries": QUALITY / "channel-fisheries",
    "pandemic-accord": QUALITY / "pandemic-accord",
    "coalition-talks": QUALITY / "coalition-talks",
    "oil-output": QUALITY / "oil-output",
    "hospital-pay": QUALITY / "hospital-pay",
    "cyprus-settlement": QUALITY / "cyprus-settlement",
    "seabed-code": QUALITY / "seabed-code",
    "tenants-housing": QUALITY / "tenants-housing",
    "kosovo-serbia": QUALITY / "kosovo-serbia",
    "zambia-debt": QUALITY / "zambia-debt",
    "asylum-pact": QUALITY / "asylum-pact",
    "sudan-truce": QUALITY / "sudan-truce",
    "armenia-azerbaijan": QUALITY / "armenia-azerbaijan",
    "writers-strike": QUALITY / "writers-strike",
    "mercosur-trade": QUALITY / "mercosur-trade",
    "pilots-pay": QUALITY / "pilots-pay",
}
"""Seen while reader and rules were built, though nothing was trained on them."""

HELD_OUT = {name: QUALITY / name for name in ("rail-strike",)}
"""Measured and not read: whoever mends a rule looks at the others, so that these tell what strangers will find."""

RECORDS = LOOKED_AT | HELD_OUT
