"""The labelled passages: load them with their layout, and turn statements into cells of a table."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dossiers import DOSSIERS
from dossiers import rows_of as entries_of

from travaux.reading.table_model import Mention
from travaux.reading.windows import CONTEXT, WIDTH

FOLDER = Path(__file__).parent / "passages"
REWORDINGS = Path(__file__).parent / "rewordings.jsonl"
"""The dossiers' options in other words."""
ATTRIBUTIONS = FOLDER / "attribution", Path(__file__).parent / "attribution"
"""Who said what in the passages, and in articles."""

LONGEST = 180
"""Articles of more words than this are read in windows, as the reader does."""


@dataclass(frozen=True)
class Cell:
    """One statement in the table: party and option by number, its sentence, and what the heads must say.

    `near` are other sentences the quote touches: neither positive nor negative.
    """

    party: int
    option: int
    sentence: int
    near: tuple[int, ...]
    stance: str
    act: str
    conditional: bool
    former: bool
    via: str


@dataclass(frozen=True)
class Tag:
    """A stretch [start, end) of one sentence that carries a tag, such as a condition or a cue."""

    sentence: int
    start: int
    end: int
    tag: str


@dataclass
class Example:
    """One window as the model sees it: parties with their names, options, sentences, mentions, and the answers.

    `words` are the agenda's words for an option, by what it says. `mentions` are (sentence, start, end, party).
    `unknown` are (party, option) pairs that nobody judged. `attributed`: which sentences have attribution labels.
    `entry`: one of a dossier's, where speakers are not labelled.
    """

    id: str
    file: str
    negotiation: str
    parties: list[list[str]]
    options: list[str]
    sentences: list[str]
    words: dict[str, list[str]] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    attributed: list[bool] = field(default_factory=list)
    unknown: set[tuple[int, int]] = field(default_factory=set)
    entry: bool = False


def locate(text: str, piece: str | list[Any]) -> tuple[int, int] | None:
    """Where a piece stands: a substring, or [substring, n] for its n-th plain occurrence."""
    words, wanted = (piece, 1) if isinstance(piece, str) else (piece[0], int(piece[1]))
    at = -1
    for _ in range(wanted):
        at = text.find(words, at + 1)
        if at < 0:
            return None
    return at, at + len(words)


def cut_to_sentences(spans: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int, int]]:
    """The parts of [start, end) that lie in sentences, as (sentence, start, end) within each."""
    parts = []
    for number, (left, right) in enumerate(spans):
        a, b = max(start, left), min(end, right)
        if b > a:
            parts.append((number, a - left, b - left))
    return parts


def names_of(party: dict[str, Any]) -> list[str]:
    """A party's names, then those of its people."""
    people = [name for person in party.get("people", ()) for name in (person["name"], *person["names"])]
    return list(dict.fromkeys([*party["names"], *people]))


def windows_of(example: Example) -> list[Example]:
    """A long article as windows of a few sentences, each with those just before it; a short passage as it is.

    The parties are those that a window names, or that have a statement in it.
    """
    if sum(len(sentence.split()) for sentence in example.sentences) <= LONGEST:
        return [example]
    windows = []
    for start in range(0, len(example.sentences), WIDTH):
        first, last = max(0, start - CONTEXT), min(len(example.sentences), start + WIDTH)
        window = replace(
            example,
            id=f"{example.id}.{start}",
            sentences=example.sentences[first:last],
            mentions=[m._replace(sentence=m.sentence - first) for m in example.mentions if first <= m.sentence < last],
            cells=[
                replace(
                    cell,
                    sentence=cell.sentence - first,
                    near=tuple(number - first for number in cell.near if first <= number < last),
                )
                for cell in example.cells
                if first <= cell.sentence < last
            ],
            tags=[replace(t, sentence=t.sentence - first) for t in example.tags if first <= t.sentence < last],
            attributed=example.attributed[first:last],
        )
        window = with_present_parties(window)
        if window.parties:
            windows.append(window)
    return windows


def with_present_parties(example: Example) -> Example:
    """A window with the parties alone that it names, or that have a statement in it."""
    present = {m.party for m in example.mentions} | {cell.party for cell in example.cells}
    place = {party: number for number, party in enumerate(sorted(present))}
    return replace(
        example,
        parties=[example.parties[party] for party in place],
        mentions=[m._replace(party=place[m.party]) for m in example.mentions],
        cells=[replace(cell, party=place[cell.party]) for cell in example.cells],
    )


def compose(entries: Sequence[Example], random_source: random.Random) -> list[Example]:
    """A dossier's entries in chance order as windows of as many sentences as the reader takes, the last one shorter."""
    windows: list[Example] = []
    for entry in random_source.sample(entries, len(entries)):
        if windows and len(windows[-1].sentences) < WIDTH:
            windows[-1] = follow(windows[-1], entry)
        else:
            windows.append(entry)
    return [window for window in map(with_present_parties, windows) if window.parties]


def follow(one: Example, two: Example) -> Example:
    """Two windows of one agenda, the second behind the first."""
    shift = len(one.sentences)
    cells = [
        replace(cell, sentence=cell.sentence + shift, near=tuple(number + shift for number in cell.near))
        for cell in two.cells
    ]
    return replace(
        one,
        id=f"{one.id}+{two.id}",
        sentences=one.sentences + two.sentences,
        mentions=one.mentions + [m._replace(sentence=m.sentence + shift) for m in two.mentions],
        cells=one.cells + cells,
        tags=one.tags + [replace(tag, sentence=tag.sentence + shift) for tag in two.tags],
        attributed=one.attributed + two.attributed,
    )


def example_of(
    row: dict[str, Any], file: str, attributions: list[dict[str, Any]] | None, layout: dict[str, Any]
) -> Example:
    """One line of a passages file as an example; `layout` is its line of `read_passages.py`."""
    text = row["passage"]
    if layout["text"] != text:
        raise ValueError(f"{file} {row['id']}: run read_passages.py again, the passage has changed")
    spans = [(start, end) for start, end in layout["sentences"]]
    parties = {party["id"]: number for number, party in enumerate(row["parties"])}
    options = {option["id"]: number for number, option in enumerate(row["options"])}
    example = Example(
        row["id"],
        file,
        row["negotiation"],
        [names_of(party) for party in row["parties"]],
        [option["says"] for option in row["options"]],
        [text[a:b] for a, b in spans],
        {option["says"]: list(option.get("words", ())) for option in row["options"]},
        [Mention(*mention) for mention in layout["mentions"]],
        attributed=[attributions is not None] * len(spans),
        entry=not row.get("speakers", True),
    )
    for statement in row["statements"]:
        place = locate(text, statement["quote"])
        if place is None:
            raise ValueError(f"{file} {row['id']}: quote not in the passage: {statement['quote']!r}")
        parts = cut_to_sentences(spans, *place)
        if not parts:
            continue
        main = max(parts, key=lambda part: (part[2] - part[1], part[0]))[0]
        example.cells.append(
            Cell(
                parties[statement["party"]],
                options[statement["option"]],
                main,
                tuple(number for number, _, _ in parts if number != main),
                statement["stance"],
                statement["act"],
                bool(statement["condition"]),
                bool(statement["former"]),
                statement["via"],
            )
        )
        example.tags += [Tag(*part, statement["stance"]) for part in parts]
        for tag in ("condition", "speaker"):
            found = locate(text, statement[tag]) if statement[tag] else None
            if found:
                example.tags += [Tag(*part, tag) for part in cut_to_sentences(spans, *found)]
    for attribution in attributions or ():
        for tag in ("source", "cue", "content"):
            for piece in attribution[tag]:
                found = locate(text, piece)
                if found:
                    example.tags += [Tag(*part, tag) for part in cut_to_sentences(spans, *found)]
    return example


def passage_rows(path: Path) -> list[dict[str, Any]]:
    """The passages of a file: one a line, or a dossier's entries."""
    if path.suffix == ".txt":
        return entries_of(path)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def passage_files() -> list[Path]:
    """All files of passages, in the order they are read in."""
    return [*sorted(FOLDER.glob("*.jsonl")), *sorted(DOSSIERS.glob("*.txt"))]


def load(layouts: Path) -> dict[str, list[Example]]:
    """The passages that `layouts` has, as `read_passages.py` wrote them, by file name without suffix, in file order."""
    laid_out = {(row["file"], row["id"]): row for row in map(json.loads, layouts.read_text("utf-8").splitlines())}
    files: dict[str, list[Example]] = {}
    known = {file for file, _ in laid_out}
    for path in (path for path in passage_files() if path.stem in known):
        attributions: dict[str, list[dict[str, Any]]] = {}
        for layer in (layer / path.name for layer in ATTRIBUTIONS):
            if layer.exists():
                attributions |= {row["id"]: row["attributions"] for row in passage_rows(layer)}
        examples = [
            example_of(row, path.stem, attributions.get(row["id"]), laid_out[path.stem, row["id"]])
            for row in passage_rows(path)
        ]
        files[path.stem] = [window for example in examples for window in windows_of(example)]
    return files


def digest(names: Sequence[str]) -> str:
    """SHA-256 over the names and bytes of the passage files named, of their attribution layers, and of the rewordings."""
    total = hashlib.sha256()
    layers = sorted(path for folder in (FOLDER, *ATTRIBUTIONS) for path in folder.glob("*.jsonl"))
    named = [path for path in (*layers, *sorted(DOSSIERS.glob("*.txt"))) if path.stem in names]
    for path in [*named, REWORDINGS]:
        total.update(path.relative_to(FOLDER.parent).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()
