"""What axe-core complains of in a page, as far as it is serious."""

from pathlib import Path

VENDOR = Path(__file__).parents[1] / "browser" / "vendor"


def serious(page):
    (source,) = VENDOR.glob("axe-core-*.min.js")
    page.evaluate(source.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]
