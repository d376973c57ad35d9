"""Fit the weights that put grammar and encoder together, on passages that the encoder had not seen.

    python fit_combination.py FOLDER_OF_FOLD_MODEL trade,peace-talks,wire-security
    python fit_combination.py FOLDER_OF_FOLD_MODEL trade,peace-talks,wire-security --measure    # leave one file out

FOLDER holds the ONNX export of a model trained without the files named. Each passage is read as a report against an
agenda of its own options and others of its negotiation and file, so that the weights fit agendas of real size.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from travaux.intake import receive_bytes
from travaux.model import Agenda, Issue, Option, Party, Person
from travaux.reading.combining import FEATURES, STANCES, Combination
from travaux.reading.local import Line, LocalReader, rows_of, weighed
from travaux.reading.table_model import TableModel
from travaux.reading.weighing import Weighed

AGENDA = 20
PASSAGES = ROOT / "training" / "passages"
TARGET = ROOT / "src" / "travaux" / "reading" / "models" / "combination.json"


def rows_in(name: str) -> list[dict]:
    """The passages of one file."""
    return [json.loads(line) for line in (PASSAGES / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def agenda_of(row: dict, others: list[dict], source: random.Random) -> Agenda:
    """A passage's own options and others of its negotiation, then of its file, up to an agenda of real size."""
    own = [(option["id"], option["says"], tuple(option.get("words", ()))) for option in row["options"]]
    said = {says for _, says, _ in own}
    pool = [
        (other["negotiation"] != row["negotiation"], option)
        for other in others
        if other is not row
        for option in other["options"]
    ]
    source.shuffle(pool)
    for place, (_, option) in enumerate(sorted(pool, key=lambda item: item[0])):
        if len(own) >= AGENDA:
            break
        if option["says"] not in said:
            said.add(option["says"])
            own.append((f"other-{place}", option["says"], tuple(option.get("words", ()))))
    source.shuffle(own)
    parties = tuple(
        Party(
            party["id"],
            party["names"][0],
            "state",
            tuple(party["names"][1:]),
            tuple(Person(p["name"], tuple(p.get("names", ())), p.get("role", "")) for p in party.get("people", ())),
        )
        for party in row["parties"]
    )
    options = tuple(Option(id_, says, words, "all") for id_, says, words in own)
    return Agenda(row["negotiation"], parties, (Issue("all", "All", options),), digest=row["id"])


def sentence_of(quote: str, text: str, lines: list[Line]) -> int | None:
    """Number of the sentence that holds most of a quote."""
    start = text.find(quote)
    shared = [min(start + len(quote), line.sentence.end) - max(start, line.sentence.start) for line in lines]
    return int(np.argmax(shared)) if shared and max(shared) > 0 else None


class Sample:
    """One passage read: its features, what is right, and what the whole passage should give."""

    def __init__(self, name: str, row: dict, agenda: Agenda, model: TableModel) -> None:
        report = receive_bytes(row["passage"].encode(), f"{row['id']}.txt").report
        lines = LocalReader(encoder=False).lines_of(report, agenda)
        self.name = name
        self.gold = {
            (s["party"], s["option"], ("former-" if s["former"] else "") + s["stance"]) for s in row["statements"]
        }
        self.keys: list[Weighed] = []
        self.rows: list[tuple[float, ...]] = []
        self.right: list[int] = []
        if not lines:
            return
        entries: dict[int, list[Weighed]] = defaultdict(list)
        for entry in weighed(model, lines, agenda, report):
            entries[entry.sentence].append(entry)
        wanted = {
            (s["party"], s["option"], sentence_of(s["quote"], report.text, lines)): s["stance"]
            for s in row["statements"]
            if not s["former"]
        }
        names = ["none", *map(str, STANCES)]
        for number, line in enumerate(lines):
            here = entries.get(number, [])
            self.keys += here
            self.rows += rows_of(line, here)
            self.right += [names.index(wanted.get((entry.party, entry.option, number), "none")) for entry in here]


def fitted(samples: list[Sample]) -> LogisticRegression:
    """The regression over all entries of the samples."""
    rows = np.array([row for sample in samples for row in sample.rows])
    right = np.array([answer for sample in samples for answer in sample.right])
    return LogisticRegression(max_iter=3000, C=1.0).fit(rows, right)


def position_f1(samples: list[Sample], combination: Combination, threshold: float) -> tuple[float, float, float]:
    """Micro precision, recall and F1 of a passage's positions."""
    both = said = wanted = 0
    for sample in samples:
        decisions = combination.decide(sample.rows)
        found = {
            (entry.party, entry.option, str(decision.stance))
            for entry, decision in zip(sample.keys, decisions, strict=True)
            if decision.probability >= threshold
        }
        both, said, wanted = both + len(found & sample.gold), said + len(found), wanted + len(sample.gold)
    return both / max(1, said), both / max(1, wanted), 2 * both / max(1, said + wanted)


def combination_of(regression: LogisticRegression, threshold: float = 0.5) -> Combination:
    """The product's own object from a fitted regression."""
    return Combination(regression.coef_, regression.intercept_, threshold)


THRESHOLDS = tuple(round(0.2 + 0.05 * step, 2) for step in range(9))


def main() -> None:
    """Read, fit, choose the threshold by leaving one file out, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("files", help="files the model was not trained on, comma separated")
    parser.add_argument("--measure", action="store_true", help="print the figures, write nothing")
    parser.add_argument("--threshold", type=float, help="take this one; agendas longer than AGENDA need a higher one")
    parser.add_argument("--into", type=Path, default=TARGET)
    arguments = parser.parse_args()
    model, source = TableModel(arguments.model, threads=1), random.Random(1)
    samples = []
    for name in arguments.files.split(","):
        rows = rows_in(name)
        samples += [Sample(name, row, agenda_of(row, rows, source), model) for row in rows]
        print(f"{name}: {len(rows)} passages read", file=sys.stderr, flush=True)
    names = sorted({sample.name for sample in samples})
    scores: dict[float, list[float]] = defaultdict(list)
    for name in names:
        combination = combination_of(fitted([sample for sample in samples if sample.name != name]))
        held = [sample for sample in samples if sample.name == name]
        for threshold in THRESHOLDS:
            figures = position_f1(held, combination, threshold)
            scores[threshold].append(figures[2])
            print(json.dumps({"held_out": name, "threshold": threshold, "position": [round(f, 4) for f in figures]}))
    best = max(THRESHOLDS, key=lambda threshold: sum(scores[threshold]))
    print(json.dumps({"threshold": best, "position_f1": round(sum(scores[best]) / len(names), 4)}))
    if arguments.measure:
        return
    regression = fitted(samples)
    content = {
        "features": list(FEATURES),
        "classes": ["none", *map(str, STANCES)],
        "weights": [[round(float(value), 5) for value in row] for row in regression.coef_],
        "intercepts": [round(float(value), 5) for value in regression.intercept_],
        "threshold": arguments.threshold or best,
        "fitted_on": names,
        "agenda_size": AGENDA,
        "encoder_sha256": hashlib.sha256((arguments.model / "positions.onnx").read_bytes()).hexdigest(),
        "held_out_position_f1": round(sum(scores[best]) / len(names), 4),
    }
    arguments.into.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
