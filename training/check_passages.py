"""Check passages before anything is trained on them: every quote stands in its passage, every id is known.

Usage: python training/check_passages.py FILE [FILE …]      exit 0 where all hold
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

STANCES = {"for", "against", "open"}
ACTS = {"propose", "offer", "demand", "accept", "support", "reject", "oppose", "consider", "state"}
VIAS = {"speaker", "narrator", "other", "anonymous"}
FIELDS = {"party", "option", "stance", "act", "quote", "speaker", "condition", "former", "via", "via_name"}


def problems_of(row: dict) -> list[str]:
    """What is wrong with one passage, a line each."""
    wrong = []
    text = row["passage"]
    parties = {party["id"] for party in row["parties"]}
    options = {option["id"] for option in row["options"]}
    if len(parties) != len(row["parties"]) or len(options) != len(row["options"]):
        wrong.append("an id stands twice")
    for party in row["parties"]:
        if not party["names"]:
            wrong.append(f"party {party['id']} has no names")
    for option in row["options"]:
        if not option["says"].strip():
            wrong.append(f"option {option['id']} says nothing")
    for number, statement in enumerate(row["statements"], 1):
        here = f"statement {number}"
        if set(statement) != FIELDS:
            wrong.append(f"{here}: fields {sorted(set(statement) ^ FIELDS)}")
            continue
        if statement["party"] not in parties:
            wrong.append(f"{here}: party {statement['party']}")
        if statement["option"] not in options:
            wrong.append(f"{here}: option {statement['option']}")
        if statement["stance"] not in STANCES or statement["act"] not in ACTS or statement["via"] not in VIAS:
            wrong.append(f"{here}: stance, act or via")
        if statement["quote"] not in text:
            wrong.append(f"{here}: quote not in passage: {statement['quote'][:60]!r}")
        if statement["condition"] is not None and statement["condition"] not in text:
            wrong.append(f"{here}: condition not in passage: {statement['condition'][:60]!r}")
        if statement["via"] in {"other", "anonymous"} and not statement["via_name"]:
            wrong.append(f"{here}: via {statement['via']} without via_name")
        if statement["via"] in {"speaker", "narrator"} and statement["via_name"]:
            wrong.append(f"{here}: via {statement['via']} with via_name")
    return wrong


def main(paths: list[str]) -> int:
    """Check the files, print what is wrong and what they hold."""
    bad = 0
    seen: set[str] = set()
    for path in paths:
        counts: Counter[str] = Counter()
        for number, line in enumerate(Path(path).read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                wrong = problems_of(row)
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                wrong, row = [f"not a passage: {error!r}"], {}
            if row.get("id") in seen:
                wrong.append(f"id {row['id']} stands twice")
            seen.add(row.get("id", ""))
            for problem in wrong:
                print(f"{path}:{number}: {row.get('id')}: {problem}")
            bad += len(wrong)
            counts.update(
                passages=1, statements=len(row.get("statements", ())), words=len(row.get("passage", "").split())
            )
            counts.update(statement["stance"] for statement in row.get("statements", ()))
        print(path, dict(counts))
    return min(bad, 1) if paths else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
