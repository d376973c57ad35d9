"""Measure families and flags, and write the tables of docs/provenance.md; no figure there is typed by hand.

usage: python docs/measure_provenance.py
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from types import ModuleType

from gold_records import HELD_OUT, RECORDS

from travaux.agenda import load_agenda
from travaux.evaluation import Found, Measured, measured
from travaux.intake import Received, receive_files
from travaux.intake.layout import layout_blocks
from travaux.model import Family, Kinship, Report
from travaux.provenance.families import families_of
from travaux.provenance.flags import Assessor
from travaux.provenance.titles import flags_of_titles
from travaux.provenance.unattributed import unattributed_flags

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "provenance.md"
SHORTEST_ARTICLE = 600
"""Characters; shorter passages are no reports."""
BEGINS, ENDS = "<!-- measured -->", "<!-- end of what was measured -->"


def gold_measures(folder: Path) -> list[Measured]:
    """Flags and families of a gold record against its checks."""
    agenda = load_agenda(folder / "agenda.yaml")
    reports = sorted(
        (one.report for one in receive_files([folder]) if isinstance(one, Received)), key=lambda one: one.name
    )
    by_id = {report.id: report for report in reports}
    families = families_of(reports, by_id.__getitem__, agenda)
    assessor = Assessor(agenda)
    found = [assessor.assess(report) for report in reports]
    family_of = {report_id: family.id for family in families for report_id in family.report_ids}
    flags = [flag for one in found for flag in one.flags]
    flags += flags_of_titles((title for one in found for title in one.titles), family_of)
    flags += unattributed_flags(families, by_id.__getitem__, agenda)
    return measured(folder, Found(flags, families))


def gold_table() -> list[str]:
    """A row for each measure of each gold record that lies beside the checkout."""
    rows = ["| record | measure | p | r | F1 | found | expected |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for name, folder in RECORDS.items():
        for one in gold_measures(folder) if folder.is_dir() else []:
            figures = one.measure
            rows.append(
                f"| {name} | {one.name} | {figures.p:.2f} | {figures.r:.2f} | {figures.f1:.2f} "
                f"| {figures.predicted} | {figures.gold} |"
            )
    return rows


def pairs_module() -> ModuleType:
    """tests/provenance/pairs.py."""
    spec = importlib.util.spec_from_file_location("provenance_pairs", ROOT / "tests" / "provenance" / "pairs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def families_among(texts: dict[str, str]) -> list[Family]:
    """The families among a few texts, by name."""
    reports = [Report(name, name, "", "text/plain", "utf-8", text, layout_blocks(text)) for name, text in texts.items()]
    by_id = {report.id: report for report in reports}
    return families_of(reports, by_id.__getitem__)


def pairs_table() -> list[str]:
    """What comes of the pairs made of tests/provenance/stories, each pair alone in its record."""
    pairs = pairs_module()
    found: Counter[tuple[str, bool, str]] = Counter()
    for pair in pairs.pairs():
        families = families_among({"first": pair.first, "second": pair.second})
        verdict = families[0].links[0].kinship if families else Kinship.NONE
        found[pair.kind, pair.held_out, str(verdict)] += 1
    verdicts = [str(kinship) for kinship in Kinship]
    rows = [f"| pairs | stories | {' | '.join(verdicts)} |", "| --- | --- |" + " --- |" * len(verdicts)]
    for kind in (*pairs.RELATED, *pairs.UNRELATED):
        for held_out in (False, True):
            counts = " | ".join(str(found[kind, held_out, verdict]) for verdict in verdicts)
            rows.append(f"| {kind} | {'held out' if held_out else 'looked at'} | {counts} |")
    return rows


def records_table() -> list[str]:
    """Pairs joined and missed where each story is a record of four: report, rewording, independent account, follow-up."""
    pairs = pairs_module()
    rows = ["| stories | rewordings found | rewordings missed | joined wrongly |", "| --- | --- | --- | --- |"]
    for held_out in (False, True):
        found = missed = wrong = 0
        for name, texts in pairs.stories().items():
            if (int(name[:2]) % 2 == 0) is not held_out:
                continue
            wanted = ("base", "reworded", "independent", "follow_up")
            families = families_among({kind: texts[kind] for kind in wanted})
            members = [set(family.reports) for family in families]
            together = any({"base", "reworded"} <= own for own in members)
            found, missed = found + together, missed + (not together)
            wrong += sum(1 for own in members for other in own & {"independent", "follow_up"} if len(own) > 1)
        rows.append(f"| {'held out' if held_out else 'looked at'} | {found} | {missed} | {wrong} |")
    return rows


def articles_told() -> str:
    """How many pairs of the encoder's training articles about one negotiation are joined; each negotiation is a record."""
    records: dict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted((ROOT / "training" / "passages").glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if len(row["passage"]) > SHORTEST_ARTICLE:
                records[row["negotiation"]][row["id"]] = row["passage"]
    chosen = [texts for texts in records.values() if len(texts) > 1]
    pairs = sum(len(texts) * (len(texts) - 1) // 2 for texts in chosen)
    joined = [pair for texts in chosen for family in families_among(texts) for pair in combinations(family.reports, 2)]
    return (
        f"Of {pairs:,} pairs of training articles about one negotiation, in {len(chosen)} records: joined are {len(joined)}. "
        "They were written as independent accounts, so that none should be."
    )


def provenance_section() -> str:
    """All of it as Markdown, each table under a line that says what it shows."""
    return "\n\n".join(
        [
            "Flags and families of the gold records against their `checks.yaml` "
            f"({', '.join(HELD_OUT)} held out, the others seen while the rules were written):",
            "\n".join(gold_table()),
            "Pairs of made-up reports, each pair a record of its own:",
            "\n".join(pairs_table()),
            "Each story a record of four reports:",
            "\n".join(records_table()),
            articles_told(),
        ]
    )


def main() -> None:
    """Writes."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    PAGE.write_text(f"{before}{BEGINS}\n\n{provenance_section()}\n\n{ENDS}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
