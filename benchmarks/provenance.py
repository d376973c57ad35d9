"""Time and memory of what provenance does with many reports: layout (page chrome), families, flags of one report.

usage: python benchmarks/provenance.py [REPORTS ...]        (by default 1000 and 10000)

The reports are made up: sentences drawn from the encoder's training articles with names and figures of their own, page chrome
around them. Of a hundred reports ten are copies of another with a new headline, five are cut copies, and five are reworded by
swapping and dropping words. Each size runs in a process of its own. Linear growth shows in the columns "of the smallest": time and
memory above that of an idle process, each divided by the number of reports, as ratios to the smallest run.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHROME_TOP = ("Skip to content", "Home > World > Diplomacy", "News | Sport | Subscribe")
CHROME_END = ("Read also: {} and the rest", "Share | Print | Most read today", "Subscribe to our newsletter")


def sentences() -> list[str]:
    """Sentences of the training articles, each once."""
    found: set[str] = set()
    for path in sorted((ROOT / "training" / "passages").glob("articles-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found.update(part.strip() for part in json.loads(line)["passage"].replace("\n", " ").split(". "))
    return sorted(one for one in found if 40 < len(one) < 240)


def texts(number: int) -> Iterator[str]:
    """So many texts, the same ones in every run; the first thousand of a longer run are those of a shorter one."""
    pool = sentences()
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
            for _ in range(8):
                one, other = dice.choice(pool), dice.choice(pool)
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
    from travaux.model import Report
    from travaux.provenance.families import families_of
    from travaux.provenance.flags import Assessor

    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = {"layout": 0.0, "flags": 0.0, "families": 0.0}
    assessor = Assessor(None)
    places: dict[str, int] = {}

    def report_of(place: int, text: str) -> Report:
        name = f"{place:06}.txt"
        return Report(name, name, "", "text/plain", "utf-8", text, layout_blocks(text))

    made = Path(f"/tmp/travaux-benchmark-{number}-{time.time_ns()}.txt")
    with made.open("w", encoding="utf-8") as file:  # texts lie on the disk, as in a record, and not in memory
        for place, text in enumerate(texts(number)):
            places[f"{place:06}.txt"] = file.tell()
            file.write(json.dumps(text) + "\n")
    chrome = flags = 0
    with made.open(encoding="utf-8") as file:
        for place in range(number):
            text = json.loads(file.readline())
            begun = time.perf_counter()
            report = report_of(place, text)
            seconds["layout"] += time.perf_counter() - begun
            chrome += sum(1 for block in report.blocks if not block.is_read)
            begun = time.perf_counter()
            flags += len(assessor.assess(report).flags)
            seconds["flags"] += time.perf_counter() - begun
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    def load(name: str) -> Report:
        with made.open(encoding="utf-8") as file:
            file.seek(places[name])
            return report_of(int(name[:6]), json.loads(file.readline()))

    begun = time.perf_counter()
    families = families_of((load(name) for name in sorted(places)), load)
    seconds["families"] = time.perf_counter() - begun
    made.unlink()
    return {
        "reports": number,
        **seconds,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - idle,
        "memory before families": before - idle,
        "chrome": chrome,
        "flags found": flags,
        "families found": len(families),
        "in families": sum(len(family.reports) for family in families),
    }


def main() -> None:
    """Runs each size in a process of its own and prints the figures."""
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(int(sys.argv[2]))))
        return
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000]
    rows = []
    for size in sizes:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], capture_output=True, text=True, check=True
        )
        rows.append(json.loads(done.stdout))
        first, row = rows[0], rows[-1]
        told = [f"{size:,} reports"]
        for step in ("layout", "flags", "families"):
            each = 1000 * row[step] / size
            told.append(
                f"{step} {row[step]:.1f} s ({each:.2f} ms each, {each / (1000 * first[step] / sizes[0]):.2f} of the smallest)"
            )
        each = row["memory"] / size
        told.append(f"memory {row['memory']:.0f} MB ({each / (first['memory'] / sizes[0]):.2f} of the smallest)")
        told.append(f"{row['in families']:,} reports in {row['families found']:,} families")
        print("; ".join(told), flush=True)


if __name__ == "__main__":
    main()
