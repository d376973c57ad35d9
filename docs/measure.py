"""Measure the reader and write docs/accuracy.md; nothing in that file is typed by hand.

usage: python docs/measure.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from gold_records import HELD_OUT, LOOKED_AT, RECORDS
from processor import processors

from travaux import build
from travaux.agenda import load_agenda
from travaux.evaluation import count_differences, explain, score
from travaux.intake import Received, receive_files
from travaux.model import Statement
from travaux.reading.local import LocalReader
from travaux.reading.table_model import model_folder

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "accuracy.md"
ATTRIBUTION = ROOT.parent / "shared" / "attribution"
READERS = {"grammar alone": LocalReader(encoder=False), "grammar and encoder (ships)": LocalReader()}


def statements_of(folder: Path, reader: LocalReader) -> list[Statement]:
    """Everything a reader takes from a gold record's reports."""
    agenda = load_agenda(folder / "agenda.yaml")
    received = [found.report for found in receive_files([folder]) if isinstance(found, Received)]
    return [statement for report in received for statement in reader.read(report, agenda).statements]


def record_rows() -> tuple[list[str], list[str]]:
    """A table row for each record and reader, and the shipped reader's differences by kind."""
    rows, failures = [], []
    for name, folder in RECORDS.items():
        if not folder.is_dir():
            continue
        for label, reader in READERS.items():
            found = statements_of(folder, reader)
            rows.append(f"| {name} | {label} | {figures_told(score(folder, found).as_dict())} |")
        counts = Counter(count_differences(explain(folder, found)))
        failures.append(f"| {name} | " + ", ".join(f"{kind} {count}" for kind, count in counts.most_common()) + " |")
    return rows, failures


def check_rows() -> list[str]:
    """A row for each record and kind of check, as `travaux evaluate` gives them; flags of one kind are left to it."""
    rows = []
    for name, folder in RECORDS.items():
        if not folder.is_dir():
            continue
        with tempfile.TemporaryDirectory() as scratch, build(folder, Path(scratch) / "record") as record:
            for one in record.evaluate_checks(folder):
                if not one.name.startswith("flags: "):
                    figures = one.measure
                    told = (
                        f"{figures.p:.3f} | {figures.r:.3f} | {figures.f1:.3f} | {figures.predicted} | {figures.gold}"
                    )
                    rows.append(f"| {name} | {one.name} | {told} |")
    return rows


def held_out_rows() -> list[str]:
    """A row for each design and file that was left out of its training, as measured at training time."""
    lines = (ROOT / "training" / "measurements.jsonl").read_text("utf-8").splitlines()
    rows = []
    for row in map(json.loads, lines):
        figures = [
            row[name] for name in ("macro_f1", "position_f1", "stance_accuracy", "act", "via", "agenda_position_f1")
        ]
        rows.append(
            f"| {row['design']} | {row['held_out']} | " + " | ".join(f"{value:.3f}" for value in figures) + " |"
        )
    return rows


def passage_rows() -> list[str]:
    """A row for each held-out file of training passages and each reader, as training/measure_reader.py found them."""
    lines = (ROOT / "training" / "readings.jsonl").read_text("utf-8").splitlines()
    return [f"| {row['file']} | {row['reader']} | " + figures_told(row) + " |" for row in map(json.loads, lines)]


def ablation_rows() -> list[str]:
    """A row for each part left out of the reader, as training/fit_combination.py measured it on held-out files."""
    rows = [json.loads(line) for line in (ROOT / "training" / "ablations.jsonl").read_text("utf-8").splitlines()]
    files = list(rows[0]["files"])
    table = [f"| without | mean | {' | '.join(files)} |", "| --- |" + " --- |" * (1 + len(files))]
    for row in rows:
        each = " | ".join(f"{row['files'][name][2]:.3f}" for name in files)
        table.append(f"| {row['without']} | {row['position_f1']:.3f} | {each} |")
    return table


def pair_rows() -> list[str]:
    """A row for each passage file left out of everything: stances of all pairs of party and option, and their mean."""
    rows = [json.loads(line) for line in (ROOT / "training" / "pairs.jsonl").read_text("utf-8").splitlines()]
    fields = ("macro_f1", "none", "for", "against", "open")
    table = [
        f"| {row['file']} | {row['pairs']} | " + " | ".join(f"{row[field]:.3f}" for field in fields) + " |"
        for row in rows
    ]
    means = (f"{sum(row[field] for row in rows) / len(rows):.3f}" for field in fields)
    return [*table, f"| mean | | {' | '.join(means)} |"]


def attribution_rows() -> list[str]:
    """Who said what: the scorer's own figures on texts of another source, where they lie beside the checkout."""
    if not ATTRIBUTION.is_dir():
        return ["Not measured: the texts were not on the machine that wrote this page."]
    with tempfile.TemporaryDirectory() as scratch:
        predictions = Path(scratch) / "predictions.jsonl"
        read = [sys.executable, str(ROOT / "benchmarks" / "attributions.py"), str(ATTRIBUTION / "polnear-dev" / "text")]
        subprocess.run([*read, str(predictions)], check=True)
        scorer = [sys.executable, str(ATTRIBUTION / "score_attribution.py"), "--gold", str(ATTRIBUTION / "polnear-dev")]
        told = subprocess.run([*scorer, "--pred", str(predictions)], capture_output=True, check=True, text=True).stdout
    return ["```", *told.strip().splitlines(), "```"]


def suggestion_rows() -> list[str]:
    """A row for each way to group what reports are about, as training/measure_suggestion.py found them."""
    lines = (ROOT / "training" / "suggestions.jsonl").read_text("utf-8").splitlines()
    return [f"| {row['by']} | {row['p']:.3f} | {row['r']:.3f} | {row['f1']:.3f} |" for row in map(json.loads, lines)]


def speed() -> str:
    """What the benchmark of reading says of each record."""
    command = [sys.executable, str(ROOT / "benchmarks" / "reading.py")]
    told = [
        f"- {name}, {subprocess.run([*command, str(folder)], capture_output=True, check=True, text=True).stdout.strip()}"
        for name, folder in LOOKED_AT.items()
        if folder.is_dir()
    ]
    return "\n".join(told)


def figures_told(figures: dict[str, Any]) -> str:
    """The figures of one measurement as cells of a table."""
    position = figures["position"]
    values = [position["p"], position["r"], position["f1"], figures["statement"]["f1"]]
    values += [figures[field] for field in ("stance", "speaker", "via", "act")] + [figures["condition"]["f1"]]
    return " | ".join("–" if value is None else f"{value:.3f}" for value in values)


def main() -> None:
    """Measure and write."""
    rows, failures = record_rows()
    weights = json.loads((model_folder() / "combination.json").read_text("utf-8"))
    text = f"""# Accuracy, measured

Written by `python docs/measure.py`; the figures of the table of designs are those written by `training/train_positions.py`.

## Whole records

A report counts as read right by its set of (party, option, stance): precision, recall and F1 of positions. A statement is
matched where its passage overlaps the gold passage by half; stance, speaker, via, act and condition are judged on matched
statements. Nothing was trained on these records. Held out is {", ".join(HELD_OUT)}: measured, and not looked at when
something is mended; the others were seen while the reader was built.

| record | reader | position p | r | F1 | statement F1 | stance | speaker | via | act | condition F1 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
{chr(10).join(rows)}

What the shipped reader gets wrong, counted by kind (`travaux evaluate RECORD GOLD --explain` lists them):

| record | differences |
| --- | --- |
{chr(10).join(failures)}

## Across reports

What the records expect across their reports (`checks.yaml`), by `travaux evaluate`; [provenance.md](provenance.md) and
[across.md](across.md) say what counts as a match, and give figures on texts of other negotiations. "Of gold statements" is
what the analysis makes of perfectly read statements; the rows without these words stand on what was really read.

| record | kind | p | r | F1 | found | expected |
| --- | --- | --- | --- | --- | --- | --- |
{chr(10).join(check_rows())}

## Passages of other negotiations

The same figures on files of training passages that the encoder was not trained on, each passage read against an agenda of
up to {weights["agenda_size"]} options (`training/measure_reader.py`). The weights that join grammar and encoder were fitted on
these files, so the second row of each is a little better than it would be elsewhere; with one of the files left out of the
fit at a time, position F1 is {weights["held_out_position_f1"]:.3f} on average. Nothing was trained, fitted or chosen on
`dossiers-held-out`: connected stretches of reports, most positions in which name neither option nor party in full.

| file | reader | position p | r | F1 | statement F1 | stance | speaker | via | act | condition F1 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
{chr(10).join(passage_rows())}

Stances of all pairs of party and option of those passages, none among them, by the whole reader with the file left out of
the encoder's training and of the fit (`training/fit_combination.py --ablations`):

| file | pairs | macro-F1 | none | for | against | open |
| --- | --- | --- | --- | --- | --- | --- |
{chr(10).join(pair_rows())}

## What each part of the reader adds

Position F1 on those files, each left out of the fit in turn, at the thresholds that are best with the part left out
(`training/fit_combination.py --ablations`).

{chr(10).join(ablation_rows())}

## Who says what

Sources, cues and contents on the dev split of PolNeAR 1.0.0, political news that nothing here was trained on
(`benchmarks/attributions.py`; figures in per cent).

{chr(10).join(attribution_rows())}

## A drafted agenda

Phrases that are about one option should be one option of the draft: pairs of phrases, on training articles that share an
agenda, one file's threshold chosen on the others (`training/measure_suggestion.py`).

| grouped by | p | r | F1 |
| --- | --- | --- | --- |
{chr(10).join(suggestion_rows())}

## Speed and memory

`benchmarks/reading.py` on the machine that wrote this page: {processors()}. The encoder is quick where a
processor has them, and what it reads near a threshold differs from one kind to the other.

{speed()}

## Designs of the encoder, on files left out of its training

Stances of all (party, option) pairs of a passage, "none" among them (macro-F1); positions (micro F1) with the passage's own
options and against a longer agenda; stance where a position was seen; act and via at the gold statements.

| design | left out | macro-F1 | position F1 | stance | act | via | position F1, long agenda |
| --- | --- | --- | --- | --- | --- | --- | --- |
{chr(10).join(held_out_rows())}
"""
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
