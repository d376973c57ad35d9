"""The nouns of a DNA file. Offsets count characters from 0, the stop exclusive; entities belong to one variable of one type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Colour = tuple[int, int, int]
Value = str | int | bool

SHORT, LONG, INTEGER, BOOLEAN = "short text", "long text", "integer", "boolean"
LONGEST = 190
"""Characters in titles, names and values of short-text variables."""
DNA_STATEMENT = "DNA Statement"
BLACK: Colour = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a statement type; `kind` is one of `SHORT`, `LONG`, `INTEGER`, `BOOLEAN`."""

    name: str
    kind: str
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementType:
    """A type of statement with its variables, in order."""

    label: str
    colour: Colour
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody who codes; the first is the administrator."""

    name: str
    colour: Colour = (255, 255, 0)


@dataclass(frozen=True, slots=True)
class Document:
    """A text. Coder is a place in the list of coders, from 1."""

    title: str
    text: str
    when: datetime
    author: str = ""
    source: str = ""
    section: str = ""
    notes: str = ""
    type: str = ""
    coder: int = 1


@dataclass(frozen=True, slots=True)
class Entity:
    """How a value of a short-text variable looks and what is known of it."""

    colour: Colour = BLACK
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DnaStatement:
    """A coded passage.

    Attributes:
        document: place in the list of documents, from 0; coder: in that of coders, from 1.
        values: by variable; a missing one is empty, and true where it is boolean.
    """

    type: str
    document: int
    start: int
    stop: int
    values: Mapping[str, Value]
    coder: int = 1


@dataclass(frozen=True, slots=True)
class DnaDatabase:
    """Everything in a file.

    Attributes:
        entities: by statement type, variable and value, where there is more to say than black and nothing known.
        regexes: pattern and colour of what is highlighted.
        numbers: id of each entity in the file, by statement type, variable and value; filled in by writing and reading.
    """

    types: tuple[StatementType, ...]
    coders: tuple[Coder, ...]
    documents: tuple[Document, ...]
    statements: tuple[DnaStatement, ...]
    entities: Mapping[tuple[str, str, str], Entity] = field(default_factory=dict)
    regexes: tuple[tuple[str, Colour], ...] = ()
    numbers: Mapping[tuple[str, str, str], int] = field(default_factory=dict)

    def type(self, label: str) -> StatementType:
        """The statement type of that label.

        Raises:
            KeyError: there is none.
        """
        for one in self.types:
            if one.label == label:
                return one
        raise KeyError(label)
