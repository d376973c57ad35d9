"""The style sheet: words stand out from what is behind them, in light, in dark and on paper."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLE = files("travaux.views.page").joinpath("page.css").read_text(encoding="utf-8")
LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3 at level AA, for text of ordinary size."""

PAIRS = [
    *((ink, ground) for ink in ("ink", "quiet", "link") for ground in ("paper", "raised")),
    *((ink, "paper") for ink in ("for", "against", "open", "disagree")),
    *((ink, f"{ink}-field") for ink in ("for", "against", "open", "disagree")),
    *(("ink", ground) for ground in ("mark", "mark-more", "chosen", "notice")),
    ("quiet", "mark"),
]


def palettes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    assert len(blocks) == 3
    found: dict[str, dict[str, str]] = {}
    for name, block in zip(("light", "dark", "paper"), blocks, strict=True):
        given = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", block))
        found[name] = {**found.get("light", {}), **given}
    return found


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "paper"])
def test_words_stand_out(name: str) -> None:
    palette = palettes()[name]
    weak = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in PAIRS}
    assert {pair: round(value, 2) for pair, value in weak.items() if value < LEAST_CONTRAST} == {}


def test_every_colour_used_is_defined_and_every_one_defined_is_used() -> None:
    served = files("travaux.views.page").joinpath("served.css").read_text(encoding="utf-8")
    used = set(re.findall(r"var\(--([a-z-]+)\)", STYLE + served))
    assert used == set(palettes()["light"])


def test_quotes_are_told_by_more_than_colour() -> None:
    assert re.search(r"mark a, .*text-decoration: underline", STYLE)
    assert re.search(r":focus-visible \{ outline: 2px solid", STYLE)
