"""Sentences and mentions of the training passages, as the product finds them, for training on what reading will see.

    python read_passages.py --into mentions.jsonl
    python read_passages.py --texts FOLDER --into texts.jsonl      # sentences alone, of any .txt files

Needs the product and its parser, not PyTorch.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from passages import passage_files, passage_rows

from travaux.intake import receive_bytes
from travaux.model import Agenda, Issue, Option, Party, Person
from travaux.reading.local import LocalReader
from travaux.reading.parse import sentences_of
from travaux.reading.weighing import spoken_in

TOLD = Path(__file__).parent / "attribution"
"""Who said what in articles; some are labelled for that alone and have their text there."""
AGENDA = 20
"""Options of an agenda of real size."""


def parties_of(row: dict[str, Any]) -> tuple[Party, ...]:
    """A passage's parties as an agenda's."""
    return tuple(
        Party(
            party["id"],
            party["names"][0],
            "state",
            tuple(party["names"][1:]),
            tuple(Person(p["name"], tuple(p.get("names", ())), p.get("role", "")) for p in party.get("people", ())),
        )
        for party in row["parties"]
    )


def agenda_of(
    row: dict[str, Any], others: Sequence[dict[str, Any]] = (), source: random.Random | None = None
) -> Agenda:
    """A passage's own parties and options, and others of its negotiation, then of its file, up to `AGENDA` of them.

    A dossier's entry has the agenda of its dossier, whole and in order.
    """
    if not row.get("speakers", True):
        others, source = (), None
    own = [(option["id"], option["says"], tuple(option.get("words", ()))) for option in row["options"]]
    said = {says for _, says, _ in own}
    pool = [
        (other["negotiation"] != row["negotiation"], option)
        for other in others
        if other is not row
        for option in other["options"]
    ]
    if source is not None:
        source.shuffle(pool)
    for place, (_, option) in enumerate(sorted(pool, key=lambda item: item[0])):
        if len(own) >= AGENDA:
            break
        if option["says"] not in said:
            said.add(option["says"])
            own.append((f"other-{place}", option["says"], tuple(option.get("words", ()))))
    if source is not None:
        source.shuffle(own)
    options = tuple(Option(id_, says, words, "all") for id_, says, words in own)
    # A dossier's entries share their agenda, so that it is made ready once.
    digest = row["id"] if row.get("speakers", True) else row["negotiation"]
    return Agenda(row["negotiation"], parties_of(row), (Issue("all", "All", options),), digest=digest)


def read(row: dict[str, Any], reader: LocalReader) -> dict[str, Any]:
    """One passage: sentences as [start, end], mentions as [sentence, start, end, party], both in code points."""
    report = receive_bytes(row["passage"].encode(), f"{row['id']}.txt").report
    lines = reader.lines_of(report, agenda_of(row))
    ids = [party["id"] for party in row["parties"]]
    return {
        "id": row["id"],
        "text": report.text,
        "sentences": [[line.sentence.start, line.sentence.end] for line in lines],
        "mentions": [
            list(mention)
            for number, line in enumerate(lines)
            for mention in spoken_in(line.sentence, line.mentions, ids, number)
        ],
    }


def sentences_in(path: Path) -> dict[str, Any]:
    """The sentences of a text file, offsets into its bytes as decoded; line ends are kept as they are."""
    report = receive_bytes(path.read_bytes(), path.name).report
    return {
        "id": path.stem,
        "text": report.text,
        "sentences": [[sentence.start, sentence.end] for sentence in sentences_of(report)],
    }


def main() -> None:
    """Read every file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--texts", type=Path, help="folder of .txt files to split into sentences instead")
    arguments = parser.parse_args()
    with arguments.into.open("w", encoding="utf-8") as out:
        if arguments.texts:
            out.writelines(json.dumps(sentences_in(path)) + "\n" for path in sorted(arguments.texts.glob("*.txt")))
            return
        reader = LocalReader(encoder=False)
        for path in [*passage_files(), *sorted(TOLD.glob("*.jsonl"))]:
            for row in passage_rows(path):
                if "passage" in row:
                    out.write(json.dumps({"file": path.stem, **read(row, reader)}) + "\n")
            print(path.stem, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
