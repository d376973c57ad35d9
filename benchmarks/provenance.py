"""Time and memory of what provenance does with very many reports: layout (which lines are page chrome), and families.

usage: python benchmarks/provenance.py [REPORTS ...]        (by default 1000 and 10000)

The reports are made up: words drawn as often as the encoder's training articles have them, with names and figures of their own, and
page chrome around them. Of a hundred reports ten are copies of another with a new headline, five are cut copies, and five are
reworded by dropping and swapping words. Each size runs in a process of its own. Linear growth shows in "of the smallest": time and
memory above that of an idle process, divided by the number of reports, as ratios to the smallest run. Seconds are the processor's,
so that other work on the machine does not count.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHROME_TOP = ("Skip to content", "Home > World > Diplomacy", "News | Sport | Subscribe")
CHROME_END = ("Read also: {} and the rest", "Share | Print | Most read today", "Subscribe to our newsletter")


def words() -> list[str]:
    """The words of the training articles, each as often as it stands there."""
    found: list[str] = []
    for path in sorted((ROOT / "training" / "passages").glob("articles-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found += json.loads(line)["passage"].split()
    return found


def texts(number: int, paragraphs: int = 8, run: int = 18) -> Iterator[str]:
    """So many texts, the same ones in every run; the first thousand of a longer run are those of a shorter one.

    Args:
        paragraphs: of a report that is no copy; run: words before and after the figure that each gives.
    """
    pool = words()
    kept: list[list[str]] = []
    for place in range(number):
        dice = random.Random(place)
        kind = place % 100
        if kept and kind < 10:
            body = ["A headline of another paper " + str(place), *dice.choice(kept)[1:]]
        elif kept and kind < 15:
            whole = dice.choice(kept)
            body = ["In brief " + str(place), *whole[1 : 2 + len(whole) // 2]]
        elif kept and kind < 20:
            body = [_reworded(one, dice) for one in dice.choice(kept)]
        else:
            body = ["Report number " + str(place)]
            for _ in range(paragraphs):
                one, other = (" ".join(dice.choices(pool, k=run)) for _ in range(2))
                name = "".join(dice.choice("aeioulnrst") for _ in range(7)).capitalize()
                body.append(f"{one}. {name} put it at {dice.randrange(10_000):,}. {other}.")
            kept.append(body)
            if len(kept) > 500:
                kept.pop(0)
        yield "\n\n".join([*CHROME_TOP, *body, CHROME_END[0].format(place), *CHROME_END[1:]]) + "\n"


def _reworded(sentence: str, dice: random.Random) -> str:
    words = [word for word in sentence.split() if dice.random() > 0.2]
    for at in range(0, len(words) - 1, 2):
        if dice.random() < 0.6:
            words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def measured(number: int) -> dict[str, float]:
    """Seconds of each step and the peak of memory in MB, over so many reports, in this process."""
    from travaux.intake.layout import layout_blocks
    from travaux.model import Block, BlockKind, Report
    from travaux.provenance.families import families_of

    texts_made = texts(number)
    first = next(texts_made)
    layout_blocks(first)  # the lists of phrases are loaded
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    places: list[int] = []
    layout = 0.0
    chrome = 0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:  # as in a record, texts lie on the disk
        for text in chain([first], texts_made):
            begun = time.process_time()
            blocks = layout_blocks(text)
            layout += time.process_time() - begun
            chrome += sum(1 for block in blocks if block.kind is BlockKind.CHROME)
            places.append(file.tell())
            file.write(json.dumps([text, [(block.start, block.end, block.kind) for block in blocks]]) + "\n")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

        def load(name: str) -> Report:
            file.seek(places[int(name)])
            text, blocks = json.loads(file.readline())
            found = tuple(Block(start, end, BlockKind(kind)) for start, end, kind in blocks)
            return Report(name, name, "", "text/plain", "utf-8", text, found)

        begun = time.process_time()
        families = families_of((load(f"{place:07}") for place in range(number)), load)
        seconds = time.process_time() - begun
    return {
        "layout": layout,
        "families": seconds,
        "memory of layout": before - idle,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - idle,
        "chrome": chrome,
        "found": len(families),
        "members": sum(len(family.reports) for family in families),
    }


def main() -> None:
    """Runs each size in a process of its own and prints the figures."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(int(sys.argv[2]))))
        return
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000]
    smallest: dict[str, float] = {}
    for size in sizes:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], capture_output=True, text=True, check=True
        )
        row = json.loads(done.stdout)
        each = {name: row[name] / size for name in ("layout", "families", "memory")}
        smallest = smallest or each
        told = [
            f"{name} {row[name]:,.1f} s, {1000 * each[name]:.2f} ms each, {each[name] / smallest[name]:.2f} of the smallest"
            for name in ("layout", "families")
        ]
        ratio = each["memory"] / smallest["memory"]
        told.append(
            f"memory {row['memory']:,.0f} MB ({row['memory of layout']:,.0f} by layout), {ratio:.2f} of the smallest"
        )
        told.append(f"{row['chrome']:,} lines of chrome; {row['members']:,} reports in {row['found']:,} families")
        print(f"{size:,} reports: " + "; ".join(told), flush=True)


if __name__ == "__main__":
    main()
