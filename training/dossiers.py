"""Dossiers: one agenda of options that lie close together, and many short entries that take sides on them.

A dossier is written more densely than an article: the agenda stands there once, an entry is one to three sentences, a
sentence a line, and under a sentence stand the positions that it carries. `rows_of` gives entries the form of passages.

    negotiation: Cod in the Varda Strait
    party norhaven: Norhaven; the islanders; Norhaven's
      person Ingrid Vasko: Vasko; Ms Vasko | fisheries minister of Norhaven
    option cod-cut: The cod quota is cut by a fifth
      words: cod quota; smaller catch

    Ms Vasko would not hear of taking a fifth off the cod.
    = norhaven cod-cut against reject speaker
    She had, she said, boats to feed.

    python dossiers.py FILE …        # what is wrong with them, a line each; exit 0 where nothing is
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from check_passages import ACTS, STANCES, VIAS

DOSSIERS = Path(__file__).parent / "dossiers"
HELD_OUT = DOSSIERS / "held-out"
"""Dossiers that no encoder is trained on: what joins it with the grammar is fitted and measured on them."""
POSITION = re.compile(r'= (\S+) (\S+) (\w+) (\w+) (\w+)( former)?(?: if "(.+)")?')
HEADED = re.compile(r"(?:[•*–-]|\d{1,2}[:.]\d\d|\[|Q:|A:|[A-Z]{3,}[A-Z ]*:)")
"""How a line begins that stands on a line of its own in print, where others follow on the same line."""


class DossierError(ValueError):
    """A dossier that can't be read: `place` is its file and line."""

    def __init__(self, place: str, wrong: str) -> None:
        super().__init__(f"{place}: {wrong}")


def listed(text: str) -> list[str]:
    """The parts of a list, without empty ones."""
    return [part.strip() for part in text.split(";") if part.strip()]


def read_head(lines: list[tuple[int, str]], path: Path) -> dict[str, Any]:
    """The agenda: negotiation, parties with people, options with words."""
    head: dict[str, Any] = {"negotiation": "", "parties": [], "options": []}
    for number, line in lines:
        kind, _, rest = line.strip().partition(" ")
        name, _, value = rest.partition(": ")
        if kind == "negotiation:":
            head["negotiation"] = rest.strip()
        elif kind == "party" and value.strip():
            head["parties"].append({"id": name, "names": listed(value), "people": []})
        elif kind == "person" and head["parties"]:
            names, _, role = (value or rest).partition("|")
            person = {"name": name.rstrip(":"), "names": listed(names) if value else [], "role": role.strip()}
            head["parties"][-1]["people"].append(person)
        elif kind == "option" and value.strip():
            head["options"].append({"id": name, "says": value.strip(), "words": []})
        elif kind == "words:" and head["options"]:
            head["options"][-1]["words"] = listed(rest)
        else:
            raise DossierError(f"{path.name}:{number}", f"expected negotiation, party, person, option or words: {line}")
    return head


def statement_of(line: str, sentence: str, place: str, head: dict[str, Any]) -> dict[str, Any]:
    """One position as a passage's statement; who speaks is not labelled."""
    found = POSITION.fullmatch(line.strip())
    if not found:
        raise DossierError(place, f'expected "= party option stance act via [former] [if "words"]": {line}')
    party, option, stance, act, via, former, condition = found.groups()
    for value, known, what in (
        (party, [own["id"] for own in head["parties"]], "party"),
        (option, [own["id"] for own in head["options"]], "option"),
        (stance, STANCES, "stance"),
        (act, ACTS, "act"),
        (via, VIAS, "via"),
    ):
        if value not in known:
            raise DossierError(place, f"no such {what}: {value}")
    return {
        "party": party, "option": option, "stance": stance, "act": act, "quote": sentence, "speaker": None,
        "condition": condition, "former": bool(former), "via": via,
        "via_name": "relayed" if via in ("other", "anonymous") else None,
    }  # fmt: skip


def rows_of(path: Path) -> list[dict[str, Any]]:
    """A dossier's entries as passages, `speakers` false: nobody labelled who speaks. Raises DossierError."""
    blocks: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            blocks[-1].append((number, line.rstrip()))
        elif blocks[-1]:
            blocks.append([])
    head = read_head(blocks[0], path)
    rows: list[dict[str, Any]] = []
    for block in filter(None, blocks[1:]):
        passage, sentence = "", ""
        statements: list[dict[str, Any]] = []
        for number, line in block:
            place = f"{path.name}:{number}"
            if not line.startswith("= "):
                sentence = line.strip()
                passage += ("\n" if HEADED.match(sentence) else " ") * bool(passage) + sentence
            elif not sentence:
                raise DossierError(place, "a position before any sentence")
            else:
                statements.append(statement_of(line, sentence, place, head))
        for statement in statements:
            if statement["condition"] and statement["condition"] not in passage:
                raise DossierError(f"{path.name}:{block[0][0]}", f"condition not in entry: {statement['condition']}")
        row_id = f"{path.stem}-{len(rows) + 1:03}"
        rows.append({"id": row_id, **head, "passage": passage, "statements": statements, "speakers": False})
    return rows


def main(paths: list[str]) -> int:
    """Say what is wrong with dossiers, and what they hold."""
    bad = 0
    for path in map(Path, paths):
        try:
            rows = rows_of(path)
        except DossierError as error:
            print(error)
            bad = 1
            continue
        taken = Counter(statement["option"] for row in rows for statement in row["statements"])
        stances = Counter(statement["stance"] for row in rows for statement in row["statements"])
        passages = Counter(row["passage"] for row in rows)
        for option in rows[0]["options"] if rows else ():
            if taken[option["id"]] < 4:
                print(f"{path.name}: only {taken[option['id']]} positions on {option['id']}")
        for passage in (passage for passage, count in passages.items() if count > 1):
            print(f"{path.name}: stands twice: {passage[:70]}")
        silent = sum(not row["statements"] for row in rows)
        print(
            f"{path.name}: {len(rows)} entries, {silent} without a position, {sum(taken.values())} positions",
            dict(stances),
        )
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
