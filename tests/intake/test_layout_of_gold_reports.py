"""Page chrome in the gold records, against what their annotators marked; the other people's four line by line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from travaux.intake import Received, receive_files
from travaux.model import BlockKind, Report

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "gold" / "ukraine-guarantees"
OURS = (ROOT / "examples" / "example-guarantees", ROOT / "tests" / "quality" / "black-sea-grain")

KIND_OF_FLAG = {
    "page-chrome": BlockKind.CHROME,
    "generator-leftover": BlockKind.LEFTOVER,
    "placeholder-citation": BlockKind.PLACEHOLDER,
    "repeated-block": BlockKind.REPEAT,
}


def reports_of(folder: Path) -> dict[str, Report]:
    received = list(receive_files([folder]))
    assert all(isinstance(item, Received) for item in received)
    return {item.report.name: item.report for item in received if isinstance(item, Received)}


def keep_and_drop() -> dict[str, tuple[str, str]]:
    """Prefix of the file name to its (drop, keep) cells."""
    table = (SEEDS / "DEFECTS.md").read_text(encoding="utf-8").split("## What the clean text must keep and drop")[1]
    rows = re.findall(r"^\| (\d{3}) \| ([^|]*) \| ([^|]*) \|$", table, re.MULTILINE)
    return {file: (drop, keep) for file, drop, keep in rows}


def numbers(cell: str) -> set[int]:
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:-(\d+))?", cell):
        found.update(range(int(first), int(last or first) + 1))
    return found


@pytest.mark.skipif(not SEEDS.exists(), reason="the four real reports are not beside the checkout")
def test_the_four_real_reports_keep_and_drop_exactly_the_lines_listed() -> None:
    reports = reports_of(SEEDS)
    table = keep_and_drop()
    assert len(reports) == len(table) == 4
    for name, report in reports.items():
        drop_cell, keep_cell = table[name[:3]]
        parts = drop_cell.split(";")
        # "10, 11 (repeats of 2-4)" explains in brackets; "line 12 minus the label", "38 to a side note" are told apart.
        dropped = numbers(re.sub(r"\([^)]*\)", "", parts[0]))
        without_label = {n for part in parts[1:] if "minus the label" in part for n in numbers(part)}
        side_notes = {n for part in parts[1:] if "side note" in part for n in numbers(part)}
        kept = numbers(re.sub(r"\(or \d+\)", "", keep_cell))
        found: dict[int, list[BlockKind]] = {}
        for block in report.blocks:
            line = report.text.count("\n", 0, block.start) + 1
            assert "\n" not in report.text[block.start : block.end]
            found.setdefault(line, []).append(block.kind)
        for line, kinds in found.items():
            read = [kind for kind in kinds if kind not in KIND_OF_FLAG.values() and kind is not BlockKind.NOTE]
            if line in dropped:
                assert not read, (name, line, kinds)
            elif line in side_notes:
                assert kinds == [BlockKind.NOTE], (name, line, kinds)
            elif line in without_label:
                assert kinds[0] is BlockKind.LEFTOVER, (name, line, kinds)
                assert kinds[1] in (BlockKind.TITLE, BlockKind.HEADING), (name, line, kinds)
            else:
                assert line in kept, (name, line, kinds)
                assert len(read) == 1, (name, line, kinds)
        assert dropped | side_notes | without_label <= set(found)
        if "title" in keep_cell:
            title_line = int(re.findall(r"title (\d+)", keep_cell)[0])
            assert found[title_line] == [BlockKind.TITLE], (name, title_line, found[title_line])


@pytest.mark.parametrize("folder", OURS, ids=lambda folder: folder.name)
def test_flagged_lines_are_found_and_little_else(folder: Path) -> None:
    if not folder.exists():
        pytest.skip(f"{folder.name} is not in this checkout")
    reports = reports_of(folder)
    flags = list(yaml.safe_load((folder / "checks.yaml").read_text(encoding="utf-8"))["flags"])
    expected = [
        (flag["report"], KIND_OF_FLAG[flag["kind"]], flag["quote"]) for flag in flags if flag["kind"] in KIND_OF_FLAG
    ]
    marked = [
        (name, block.kind, report.text[block.start : block.end])
        for name, report in reports.items()
        for block in report.blocks
        if block.kind in KIND_OF_FLAG.values()
    ]

    def same(flag: tuple[str, BlockKind, str], block: tuple[str, BlockKind, str]) -> bool:
        # A label such as "Title:" is a block of its own inside the flagged line.
        return flag[:2] == block[:2] and (flag[2] in block[2] or block[2] in flag[2])

    missed = [flag for flag in expected if not any(same(flag, block) for block in marked)]
    surplus = [block for block in marked if not any(same(flag, block) for flag in expected)]
    # Citations inside a sentence ("… on board. [Source]") leave the paragraph whole: they are found by provenance.
    assert [flag for flag in missed if flag[1] is not BlockKind.PLACEHOLDER] == []
    assert len(missed) <= 0.1 * len(expected), missed
    assert len(surplus) <= 0.25 * len(marked), surplus


@pytest.mark.parametrize("folder", OURS, ids=lambda folder: folder.name)
def test_no_evidence_is_lost_to_the_layout(folder: Path) -> None:
    if not folder.exists():
        pytest.skip(f"{folder.name} is not in this checkout")
    reports = reports_of(folder)
    lines = (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    statements = [yaml.safe_load(line) for line in lines if line.strip()]
    assert statements
    for statement in statements:
        report = reports[statement["report"]]
        start = -1
        for _ in range(statement["occurrence"]):
            start = report.text.index(statement["quote"], start + 1)
        end = start + len(statement["quote"])
        touched = [block for block in report.blocks if block.start < end and start < block.end]
        assert touched
        assert all(block.is_read for block in touched), statement["quote"]
