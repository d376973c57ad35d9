"""What axe-core finds wrong with a page for those who see or hear otherwise."""

from pathlib import Path

VENDOR = Path(__file__).resolve().parents[1] / "browser" / "vendor"


def serious(page):
    """Serious and critical violations on a page as it stands, a line each."""
    (source,) = VENDOR.glob("axe-core-*.min.js")
    page.evaluate(source.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]
