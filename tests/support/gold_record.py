"""A gold record as the analysis gets it: agenda, dates and statements, without any reading."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from travaux.agenda import parse_agenda
from travaux.model import Act, Agenda, DateBasis, PartialDate, Stance, Statement, Via, statement_id


def gold_record(folder: Path, more: str = "") -> tuple[Agenda, dict[str, PartialDate | None], list[Statement]]:
    """The agenda of a folder (with YAML text added), dates of its reports by name, and its statements."""
    agenda = parse_agenda((folder / "agenda.yaml").read_text(encoding="utf-8") + more)
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    dates = {
        row["file"]: PartialDate(row["published"], DateBasis.MANIFEST) if row["published"] else None for row in rows
    }
    lines = (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    return agenda, dates, [_statement(folder, json.loads(line)) for line in lines]


def _statement(folder: Path, row: dict) -> Statement:
    text = (folder / "reports" / row["report"]).read_bytes().decode("utf-8")
    start = -1
    for _ in range(row.get("occurrence") or 1):
        start = text.index(row["quote"], start + 1)
    end = start + len(row["quote"])
    made = statement_id(
        "gold", row["report"], start, end, row["party"], row["option"], row["stance"], row["former"], row["speaker"],
        row["via"],
    )  # fmt: skip
    return Statement(
        made, row["report"], row["report"], start, end, row["quote"], row["party"], row["option"], Stance(row["stance"]),
        Act(row["act"]), row["speaker"], row["condition"], row["former"], Via(row["via"]), row["via_name"], "gold",
    )  # fmt: skip
