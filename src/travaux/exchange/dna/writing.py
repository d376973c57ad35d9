"""A DNA 3 file written. The same database and password give the same bytes.

Text is written with line feeds only and without characters beyond the basic plane, since DNA's window counts UTF-16 units
and its SQL code points; so offsets mean the same to both. `dna_text` and `Offsets` are the two ways across.
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from travaux.exchange.dna.database import BLACK, BOOLEAN, INTEGER, LONG, LONGEST, SHORT, DnaDatabase, Entity, Value
from travaux.exchange.dna.tables import RELEASED, TABLES, VERSION
from travaux.exchange.whole_files import whole_place

ROUNDS = 100_000
Key = tuple[str, str, str]


def password_hash(password: str, salt: bytes) -> str:
    """What DNA compares a coder's password with: base64 of the salt of 16 bytes and SHA-256 applied 100,000 times."""
    digest = hashlib.sha256(salt + unicodedata.normalize("NFC", password).encode()).digest()
    for _ in range(ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode("ascii")


def password_fits(password: str, stored: str) -> bool:
    """Whether a password is the one that was hashed."""
    return password_hash(password, base64.b64decode(stored)[:16]) == stored


def dna_text(text: str) -> str:
    """The text as DNA holds it: line feeds, no NUL, U+FFFD for each character beyond the basic plane."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    return "".join(character if ord(character) < 0x10000 else "\ufffd" for character in lines)


class Offsets:
    """From places in a text to places in its `dna_text`, and back. Only ``\\r\\n`` makes them differ."""

    def __init__(self, text: str):
        self._dropped: list[int] = []
        place = text.find("\r\n")
        while place >= 0:
            self._dropped.append(place)
            place = text.find("\r\n", place + 2)
        self._kept = [place - number for number, place in enumerate(self._dropped)]

    def to_dna(self, place: int) -> int:
        """Where a character of the text stands in DNA."""
        return place - bisect_left(self._dropped, place)

    def from_dna(self, place: int, *, end: bool = False) -> int:
        """Where a character of DNA's text stands; an end stays before the line end that follows it."""
        return place + (bisect_left if end else bisect_right)(self._kept, place)


def seconds(when: datetime) -> int:
    """DNA's date: whole seconds since 1970, the time on the wall taken as if it were UTC."""
    return int(when.replace(tzinfo=UTC).timestamp())


def write_dna(path: Path, database: DnaDatabase, password: str) -> DnaDatabase:
    """Writes a file that DNA 3 opens, and returns the database with the numbers its entities got.

    Every coder has that password. The salts come from the coders' names, so that the same input gives the same bytes.

    Raises:
        ValueError: a bug of the caller: a text is too long for DNA, or a span lies outside its document.
        RequestError: the place cannot be written to.
    """
    with whole_place(path) as draft, closing(sqlite3.connect(draft)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("BEGIN")
        numbers = _Writer(connection, database).write(password)
        connection.commit()
    return replace(database, numbers=numbers)


class _Writer:
    def __init__(self, connection: sqlite3.Connection, database: DnaDatabase):
        self.connection = connection
        self.database = database
        self.variables: dict[tuple[str, str], int] = {}
        self.attributes: dict[tuple[str, str], dict[str, int]] = {}
        self.entities: dict[Key, int] = {}

    def write(self, password: str) -> Mapping[Key, int]:
        for name, body in TABLES.items():
            self.connection.execute(f"CREATE TABLE {name}({body})")
        self._insert("SETTINGS", Property="version", Value=VERSION)
        self._insert("SETTINGS", Property="date", Value=RELEASED)
        self._coders(password)
        for pattern, colour in self.database.regexes:
            self._insert("REGEXES", Label=_fitting(pattern), **_rgb(colour))
        self._types()
        documents = [
            self._insert(
                "DOCUMENTS",
                Title=_fitting(one.title),
                Text=one.text,
                Coder=one.coder,
                Author=_fitting(one.author),
                Source=_fitting(one.source),
                Section=_fitting(one.section),
                Notes=one.notes,
                Type=_fitting(one.type),
                Date=seconds(one.when),
            )
            for one in self.database.documents
        ]
        self._statements(documents)
        return dict(self.entities)

    def _coders(self, password: str) -> None:
        for one in self.database.coders:
            salt = hashlib.sha256(b"travaux " + one.name.encode()).digest()[:16]
            self._insert("CODERS", Name=_fitting(one.name), **_rgb(one.colour), Password=password_hash(password, salt))
        numbers = range(1, len(self.database.coders) + 1)
        for one_coder in numbers:  # DNA's window fails where one of these pairs is missing
            for other in numbers:
                if one_coder != other:
                    self._insert("CODERRELATIONS", Coder=one_coder, OtherCoder=other)

    def _types(self) -> None:
        for kind in self.database.types:
            number = self._insert("STATEMENTTYPES", Label=_fitting(kind.label), **_rgb(kind.colour))
            for variable in kind.variables:
                key = (kind.label, variable.name)
                self.variables[key] = self._insert(
                    "VARIABLES", Variable=_fitting(variable.name), DataType=variable.kind, StatementTypeId=number
                )
                self.attributes[key] = {
                    name: self._insert(
                        "ATTRIBUTEVARIABLES", VariableId=self.variables[key], AttributeVariable=_fitting(name)
                    )
                    for name in variable.attributes
                }
                if variable.kind == SHORT:
                    self._entity(kind.label, variable.name, "")

    def _entity(self, kind: str, variable: str, value: str) -> int:
        key = (kind, variable, value)
        if key not in self.entities:
            look = self.database.entities.get(key, Entity(BLACK))
            number = self._insert(
                "ENTITIES", VariableId=self.variables[kind, variable], Value=_fitting(value), **_rgb(look.colour)
            )
            self.entities[key] = number
            for name, attribute in self.attributes[kind, variable].items():
                told = _fitting(look.attributes.get(name, ""))
                self._insert("ATTRIBUTEVALUES", EntityId=number, AttributeVariableId=attribute, AttributeValue=told)
        return self.entities[key]

    def _statements(self, documents: list[int]) -> None:
        for one in self.database.statements:
            kind = self.database.type(one.type)
            length = len(self.database.documents[one.document].text)
            if not 0 <= one.start < one.stop <= length:
                raise ValueError(f"span {one.start}:{one.stop} lies outside a document of {length} characters")
            number = self._insert(
                "STATEMENTS",
                StatementTypeId=self.database.types.index(kind) + 1,
                DocumentId=documents[one.document],
                Start=one.start,
                Stop=one.stop,
                Coder=one.coder,
            )
            for variable in kind.variables:  # exactly one row for each, also where there is nothing to say
                self._value(number, one.type, variable.name, variable.kind, one.values.get(variable.name))

    def _value(self, statement: int, kind: str, variable: str, data: str, value: Value | None) -> None:
        where = {"StatementId": statement, "VariableId": self.variables[kind, variable]}
        if data == SHORT:
            self._insert("DATASHORTTEXT", **where, Entity=self._entity(kind, variable, str(value or "")))
        elif data == LONG:
            self._insert("DATALONGTEXT", **where, Value=str(value or ""))
        elif data == INTEGER:
            self._insert("DATAINTEGER", **where, Value=int(value or 0))
        elif data == BOOLEAN:
            self._insert("DATABOOLEAN", **where, Value=int(value is None or bool(value)))

    def _insert(self, table: str, **values: object) -> int:
        marks = ", ".join("?" * len(values))
        done = self.connection.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
        )
        return int(done.lastrowid or 0)


def _rgb(colour: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(("Red", "Green", "Blue"), colour, strict=True))


def _fitting(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"longer than DNA's {LONGEST} characters: {text[:40]!r}…")
    return text
