"""Fit the weights that put grammar and encoder together, on passages that the encoder had not seen.

    python fit_combination.py FOLDER trade,wire-security,articles-conflict
    python fit_combination.py FOLDER trade,wire-security,articles-conflict --ablations  # and keep what each part adds

FOLDER holds the ONNX export of a model trained without the files named. Each passage is read as a report against an
agenda of its own options and others of its negotiation and file, so that the weights fit agendas of real size. The
thresholds are those that give about the best positions (the highest of them), and the best F1 of being conditional and of
being former, when one file at a time is left out of the fit.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from measure_reader import rows_in
from pairs import f1_by_stance, last_held
from read_passages import AGENDA, agenda_of

from travaux.intake import receive_bytes
from travaux.model import Stance
from travaux.reading.combining import CLASSES, Combination, Decision, Regression, Thresholds, second_look
from travaux.reading.evidence import FEATURES, act_under, evidence_of
from travaux.reading.line import Line
from travaux.reading.local import LocalReader, combined, told_by_grammar, weighed
from travaux.reading.table_model import TableModel

YES_OR_NO = ("conditional", "former")
THRESHOLDS = tuple(round(0.2 + 0.02 * step, 2) for step in range(26))
FURTHER = (0.0, 0.06, 0.12, 0.18)
"""By how much more a party's further positions in a sentence, and those beside the grammar's, may have to reach."""
POSITION_THRESHOLDS = tuple(Thresholds(first, round(first + more, 2)) for first in THRESHOLDS[:16] for more in FURTHER)
LIKELIER_THAN_NOT = Thresholds(0.5, 0.5)
ABOUT = 0.002
"""Thresholds whose F1 lies this close to the best are as good; it moves more from one file to another."""
STATED = ("party", "option", "stance", "former", "start")
"""What of a statement counts here."""
FIELDS = ("act", "via", "conditional", "former")
ABLATIONS = {
    "nothing": (),
    "the grammar": ("grammar: ", "grammar gives", "words: "),
    "comparison with the rivals": (
        "encoder: over ",
        *(f"first look: {told}" for told in ("likelier", "lead", "expected")),
    ),
    "the encoder": ("encoder: ",),
}
"""What is left out of the fit and of the reading, by the beginnings of its features' names."""
LOG, PAIRS = Path(__file__).parent / "ablations.jsonl", Path(__file__).parent / "pairs.jsonl"


def sentence_of(quote: str, text: str, lines: list[Line]) -> int | None:
    """Number of the sentence that holds most of a quote."""
    start = text.find(quote)
    shared = [min(start + len(quote), line.sentence.end) - max(start, line.sentence.start) for line in lines]
    return int(np.argmax(shared)) if shared and max(shared) > 0 else None


def positions_of(statements: Iterable[Mapping[str, Any]]) -> set[tuple[str, str, str]]:
    """Party, option and stance of statements, a former stance marked."""
    return {(s["party"], s["option"], ("former-" if s["former"] else "") + s["stance"]) for s in statements}


def pair_stances(statements: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """The stance of each party on each option."""
    ordered = sorted(statements, key=lambda s: s["start"])
    return last_held(((s["party"], s["option"]), str(s["stance"]), s["former"]) for s in ordered)


class Sample:
    """One passage read: its evidence, what each cell should be, and what the whole passage should give."""

    def __init__(self, name: str, row: dict[str, Any], others: list[dict[str, Any]], reader: LocalReader,
                 model: TableModel, source: random.Random) -> None:  # fmt: skip
        self.report = receive_bytes(row["passage"].encode(), f"{row['id']}.txt").report
        agenda = agenda_of(row, others, source)
        self.name, self.lines = name, reader.lines_of(self.report, agenda)
        self.parties = [party.id for party in agenda.parties]
        self.options = [option.id for option in agenda.options]
        self.stated = [{**s, "start": self.report.text.find(s["quote"])} for s in row["statements"]]
        self.gold = positions_of(self.stated)
        self.cells = weighed(model, self.lines, agenda, self.report)
        self.evidence = evidence_of(self.lines, self.cells)
        # A statement still held comes last, so that it counts where a sentence tells both.
        stated = {
            (s["party"], s["option"], sentence_of(s["quote"], self.report.text, self.lines)): s
            for s in sorted(row["statements"], key=lambda s: not s["former"])
        }
        self.right = [stated.get((cell.party, cell.option, cell.sentence)) for cell in self.cells]

    def answers(self, question: str) -> list[str | None]:
        """What is right for each cell; None where the question does not arise."""
        if question == "position":
            return [row["stance"] if row else "none" for row in self.right]
        if question in ("act", "via"):
            return [row[question] if row else None for row in self.right]
        field = {"conditional": "condition", "former": "former"}[question]
        return [("yes" if row[field] else "no") if row else None for row in self.right]

    def asked(self, question: str) -> Iterator[tuple[tuple[float, ...], str]]:
        """Features and answer of each cell where the question arises; those of the act under the stance that is right."""
        for evidence, row, answer in zip(self.evidence, self.right, self.answers(question), strict=True):
            if answer is not None:
                stated = row if question == "act" else None
                yield act_under(evidence, Stance(stated["stance"])) if stated else getattr(evidence, question), answer

    def read(self, decisions: list[Decision], thresholds: Thresholds, without: str = "nothing") -> list[dict[str, Any]]:
        """What the whole reader takes from the passage, or the reader without one of its parts."""
        lines = [replace(line, members=(), told={}) for line in self.lines] if without == "the grammar" else self.lines
        if without == "the encoder":
            found = [statement for line in lines for statement in told_by_grammar(line, self.report)]
        else:
            found = list(combined(lines, zip(self.cells, decisions, strict=True), thresholds, self.report))
        return [{name: getattr(statement, name) for name in STATED} for statement in found]

    def pairs(self, decisions: list[Decision], thresholds: Thresholds) -> Iterator[tuple[str, str]]:
        """Stance by the labels and stance found, of every party on every option of the agenda, "none" among them."""
        gold, found = pair_stances(self.stated), pair_stances(self.read(decisions, thresholds))
        for pair in itertools.product(self.parties, self.options):
            yield gold.get(pair, "none"), found.get(pair, "none")


def fit_question(samples: list[Sample], question: str, left_out: tuple[str, ...] = ()) -> Regression:
    """One regression over all cells of the samples where its question arises; features left out weigh nothing."""
    pairs = [pair for sample in samples for pair in sample.asked(question)]
    return regression_of(question, pairs, left_out)


def regression_of(
    question: str, pairs: list[tuple[tuple[float, ...], str]], left_out: tuple[str, ...] = ()
) -> Regression:
    """The regression from rows to answers."""
    classes = CLASSES[question]
    kept = np.array([not name.startswith(left_out) for name in FEATURES[question]], dtype=float)
    rows, answers = kept * np.array([row for row, _ in pairs]), np.array([classes.index(answer) for _, answer in pairs])
    found = LogisticRegression(max_iter=3000, C=1.0).fit(rows, answers)
    weights, intercepts = np.zeros((len(classes), rows.shape[1])), np.full(len(classes), -30.0)
    if len(found.classes_) == 2:
        intercepts[found.classes_[0]] = 0.0
        weights[found.classes_[1]], intercepts[found.classes_[1]] = found.coef_[0], found.intercept_[0]
    else:
        weights[found.classes_], intercepts[found.classes_] = found.coef_, found.intercept_
    return Regression(weights.round(5), intercepts.round(5))


def fit_second_look(samples: list[Sample], left_out: tuple[str, ...] = ()) -> Regression:
    """The regression of the second look, on first looks fitted without the file that they look at."""
    pairs = []
    for name in sorted({sample.name for sample in samples}):
        own = [sample for sample in samples if sample.name == name]
        first = fit_question([sample for sample in samples if sample.name != name] or own, "position", left_out)
        for sample in filter(lambda sample: sample.evidence, own):
            rows = second_look(sample.evidence, first.probabilities([each.position for each in sample.evidence]))
            pairs += [(row, "yes" if right else "no") for row, right in zip(rows, sample.right, strict=True)]
    return regression_of("stands", pairs, left_out)


def fit(
    samples: list[Sample],
    left_out: tuple[str, ...] = (),
    thresholds: Thresholds = LIKELIER_THAN_NOT,
    yes: dict[str, float] | None = None,
) -> Combination:
    """All the regressions."""
    each = {question: fit_question(samples, question, left_out) for question in CLASSES if question != "stands"}
    return Combination(each | {"stands": fit_second_look(samples, left_out)}, thresholds, yes)


def yes_from(samples: list[Sample]) -> dict[str, float]:
    """For each question of yes or no, the probability from which yes is best said, by F1 of files left out."""
    names = sorted({sample.name for sample in samples})
    chosen = {}
    for question in YES_OR_NO:
        figures: dict[float, list[float]] = defaultdict(list)
        for name in names:
            regression = fit_question([sample for sample in samples if sample.name != name], question)
            pairs = [
                (probability, answer == "yes")
                for sample in samples
                if sample.name == name and sample.evidence
                for probability, answer in zip(
                    regression.probabilities([getattr(each, question) for each in sample.evidence])[:, 1],
                    sample.answers(question),
                    strict=True,
                )
                if answer is not None
            ]
            for threshold in THRESHOLDS:
                both = sum(yes and probability > threshold for probability, yes in pairs)
                said = sum(probability > threshold for probability, _ in pairs)
                figures[threshold].append(2 * both / max(1, said + sum(yes for _, yes in pairs)))
        chosen[question] = max(THRESHOLDS, key=lambda threshold: sum(figures[threshold]))
        print(json.dumps({"question": question, "yes_from": chosen[question]}))
    return chosen


def position_f1(
    samples: list[Sample], decisions: list[list[Decision]], thresholds: Thresholds, without: str = "nothing"
) -> tuple[float, float, float]:
    """Micro precision, recall and F1 of the passages' positions."""
    both = said = wanted = 0
    for sample, decided in zip(samples, decisions, strict=True):
        found = positions_of(sample.read(decided, thresholds, without))
        both, said, wanted = both + len(found & sample.gold), said + len(found), wanted + len(sample.gold)
    return both / max(1, said), both / max(1, wanted), 2 * both / max(1, said + wanted)


def shares_right(samples: list[Sample], combination: Combination) -> dict[str, float]:
    """Share of the gold cells for which each further question is answered right; F1 of "yes" for the two flags."""
    figures = {}
    for question in FIELDS:
        pairs = [
            (str(getattr(decision, question)), answer)
            for sample in samples
            for decision, answer in zip(combination.decide(sample.evidence), sample.answers(question), strict=True)
            if answer is not None
        ]
        if question in ("act", "via"):
            figures[question] = sum(said == answer for said, answer in pairs) / max(1, len(pairs))
        else:
            both = sum(said == "True" and answer == "yes" for said, answer in pairs)
            total = sum(said == "True" for said, _ in pairs) + sum(answer == "yes" for _, answer in pairs)
            figures[f"{question}_f1"] = 2 * both / max(1, total)
    return {name: round(value, 4) for name, value in figures.items()}


Apart = tuple[str, list[Sample], list[list[Decision]]]
"""A file, its samples, and what is decided on each of them."""
Scores = dict[Thresholds, dict[str, tuple[float, float, float]]]
"""Precision, recall and F1 of positions by thresholds and file."""


def decided_apart(
    samples: list[Sample], without: str = "nothing", yes: dict[str, float] | None = None
) -> Iterator[Apart]:
    """Each file, with what weights fitted on the other files decide."""
    for name in sorted({sample.name for sample in samples}):
        combination = fit([sample for sample in samples if sample.name != name], ABLATIONS[without], yes=yes)
        held = [sample for sample in samples if sample.name == name]
        if without == "nothing":
            print(json.dumps({"held_out": name} | shares_right(held, combination)))
        yield name, held, [combination.decide(sample.evidence) for sample in held]


def by_thresholds(apart: Iterable[Apart], without: str = "nothing") -> Scores:
    """Position figures of each file left out of the fit, by thresholds."""
    scores: Scores = defaultdict(dict)
    for (name, held, decisions), thresholds in itertools.product(apart, POSITION_THRESHOLDS):
        scores[thresholds][name] = position_f1(held, decisions, thresholds, without)
    return scores


def pair_rows(apart: Iterable[Apart], thresholds: Thresholds) -> Iterator[dict[str, Any]]:
    """For each file left out of the fit, F1 over the stances of all pairs of party and option, and its mean."""
    for name, held, decisions in apart:
        table = Counter(
            pair for one, decided in zip(held, decisions, strict=True) for pair in one.pairs(decided, thresholds)
        )
        each = {stance: round(value, 4) for stance, value in f1_by_stance(table).items()}
        yield {"file": name, "pairs": table.total(), "macro_f1": round(sum(each.values()) / len(each), 4)} | each


def mean_f1(figures: dict[str, tuple[float, float, float]]) -> float:
    """Mean of F1 over files."""
    return sum(f1 for _, _, f1 in figures.values()) / len(figures)


def highest_of_the_best(scores: Scores) -> Thresholds:
    """The highest thresholds about as good as the best: of what a record shows, as much as may be should hold."""
    best = max(mean_f1(figures) for figures in scores.values())
    about = [thresholds for thresholds, figures in scores.items() if mean_f1(figures) >= best - ABOUT]
    return max(about, key=lambda thresholds: (thresholds.first + thresholds.further, thresholds.first))


def ablation_rows(samples: list[Sample], yes: dict[str, float], whole: Scores) -> list[dict[str, Any]]:
    """For each part left out, figures at the thresholds that are best without it; `whole`: with nothing left out."""
    rows = []
    for without in ABLATIONS:
        scores = whole if without == "nothing" else by_thresholds(decided_apart(samples, without, yes), without)
        best = highest_of_the_best(scores)
        files = {name: [round(value, 4) for value in figures] for name, figures in scores[best].items()}
        rows.append({"without": without, "position_f1": round(mean_f1(scores[best]), 4), "files": files})
    return rows


def main() -> None:
    """Read, fit, choose the thresholds by leaving one file out, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("files", help="files the model was not trained on, comma separated")
    parser.add_argument("--ablations", action="store_true", help="also measure without each part, into ablations.jsonl")
    arguments = parser.parse_args()
    model, source, reader = TableModel(arguments.model), random.Random(1), LocalReader(encoder=False)
    samples = []
    for name in arguments.files.split(","):
        rows = rows_in(name)
        samples += [Sample(name, row, rows, reader, model, source) for row in rows]
        print(f"{name}: {len(rows)} passages read", file=sys.stderr, flush=True)
    yes = yes_from(samples)
    apart = list(decided_apart(samples, yes=yes))
    scores = by_thresholds(apart)
    for thresholds, figures in scores.items():
        told = {name: [round(value, 4) for value in each] for name, each in figures.items()}
        print(json.dumps(asdict(thresholds) | {"position_f1": round(mean_f1(figures), 4)} | told))
    best = highest_of_the_best(scores)
    rows = list(pair_rows(apart, best))
    print("".join(json.dumps(row) + "\n" for row in rows), end="")
    if arguments.ablations:
        PAIRS.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        LOG.write_text("".join(json.dumps(row) + "\n" for row in ablation_rows(samples, yes, scores)), encoding="utf-8")
    combination = fit(samples, thresholds=best, yes=yes)
    content = {
        "regressions": {
            question: {
                "features": list(FEATURES[question]),
                "classes": list(CLASSES[question]),
                "weights": regression.weights.tolist(),
                "intercepts": regression.intercepts.tolist(),
            }
            for question, regression in combination.regressions.items()
        },
        "thresholds": asdict(best),
        "yes_from": combination.yes_from,
        "fitted_on": sorted(scores[best]),
        "agenda_size": AGENDA,
        "decoder_sha256": hashlib.sha256((arguments.model / "positions.onnx").read_bytes()).hexdigest(),
        "held_out_position_f1": round(mean_f1(scores[best]), 4),
    }
    (arguments.model / "combination.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
