"""A DNA 3 file read. It comes from strangers: nothing of it runs, and what breaks its own rules is said in one line."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from travaux.errors import RequestError
from travaux.exchange.dna.database import (
    BLACK,
    BOOLEAN,
    INTEGER,
    LONG,
    Coder,
    Colour,
    DnaDatabase,
    DnaStatement,
    Document,
    Entity,
    StatementType,
    Value,
    Variable,
)

_DATA = {LONG: "DATALONGTEXT", INTEGER: "DATAINTEGER", BOOLEAN: "DATABOOLEAN"}
EPOCH = datetime(1970, 1, 1)


def read_dna(path: Path) -> DnaDatabase:
    """Everything in a file of DNA 3. Passwords are neither needed nor read.

    Raises:
        RequestError: it cannot be read as such; a file of DNA 2 is named as one.
    """
    if not path.is_file():
        raise RequestError("there is no such file", path=path)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.row_factory = sqlite3.Row
            return _Reader(path, connection).read()
    except sqlite3.Error as error:
        raise RequestError(f"not a file of DNA 3: {error}", path=path) from None


class _Reader:
    def __init__(self, path: Path, connection: sqlite3.Connection):
        self.path = path
        self.connection = connection

    def _rows(self, query: str) -> list[sqlite3.Row]:
        return self.connection.execute(query).fetchall()

    def read(self) -> DnaDatabase:
        settings = {row["Property"]: row["Value"] for row in self._rows("SELECT Property, Value FROM SETTINGS")}
        version = settings.get("version", "")
        if not str(version).startswith("3"):
            told = f"a file of DNA {version or 'without a version'}, not of DNA 3"
            raise RequestError(told, path=self.path, remedy="open it in DNA 3 and save it there")
        try:
            return self._database()
        except (KeyError, ValueError, TypeError) as error:
            raise RequestError(f"the file breaks DNA's own rules: {error}", path=self.path) from None

    def _database(self) -> DnaDatabase:
        coder_rows = self._rows("SELECT ID, Name, Red, Green, Blue FROM CODERS ORDER BY ID")
        coders = {row["ID"]: place for place, row in enumerate(coder_rows, 1)}
        document_rows = self._rows("SELECT * FROM DOCUMENTS ORDER BY ID")
        documents = {row["ID"]: place for place, row in enumerate(document_rows)}
        types, variables = self._types()
        entities, numbers = self._entities(variables)
        return DnaDatabase(
            types=tuple(types.values()),
            coders=tuple(Coder(row["Name"], _colour(row)) for row in coder_rows),
            documents=tuple(_document(row, coders) for row in document_rows),
            statements=tuple(self._statements(types, variables, documents, coders)),
            entities=entities,
            regexes=tuple((row["Label"], _colour(row)) for row in self._rows("SELECT * FROM REGEXES ORDER BY Label")),
            numbers=numbers,
        )

    def _types(self) -> tuple[dict[int, StatementType], dict[int, tuple[str, Variable]]]:
        attributes: dict[int, list[str]] = defaultdict(list)
        for row in self._rows("SELECT VariableId, AttributeVariable FROM ATTRIBUTEVARIABLES ORDER BY ID"):
            attributes[row["VariableId"]].append(row["AttributeVariable"])
        of_type: dict[int, list[tuple[int, Variable]]] = defaultdict(list)
        for row in self._rows("SELECT ID, Variable, DataType, StatementTypeId FROM VARIABLES ORDER BY ID"):
            variable = Variable(row["Variable"], row["DataType"], tuple(attributes[row["ID"]]))
            of_type[row["StatementTypeId"]].append((row["ID"], variable))
        types = {
            row["ID"]: StatementType(row["Label"], _colour(row), tuple(variable for _, variable in of_type[row["ID"]]))
            for row in self._rows("SELECT ID, Label, Red, Green, Blue FROM STATEMENTTYPES ORDER BY ID")
        }
        known = {
            number: (types[kind].label, variable) for kind, listed in of_type.items() for number, variable in listed
        }
        return types, known

    def _entities(
        self, variables: dict[int, tuple[str, Variable]]
    ) -> tuple[dict[tuple[str, str, str], Entity], dict[tuple[str, str, str], int]]:
        told: dict[int, dict[str, str]] = defaultdict(dict)
        query = (
            "SELECT EntityId, AttributeVariable, AttributeValue FROM ATTRIBUTEVALUES "
            "JOIN ATTRIBUTEVARIABLES ON ATTRIBUTEVARIABLES.ID = AttributeVariableId"
        )
        for row in self._rows(query):
            if row["AttributeValue"]:
                told[row["EntityId"]][row["AttributeVariable"]] = row["AttributeValue"]
        entities, numbers = {}, {}
        for row in self._rows("SELECT ID, VariableId, Value, Red, Green, Blue FROM ENTITIES ORDER BY ID"):
            kind, variable = variables[row["VariableId"]]
            key = (kind, variable.name, row["Value"])
            numbers[key] = row["ID"]
            look = Entity(_colour(row), told[row["ID"]])
            if look.colour != BLACK or look.attributes:
                entities[key] = look
        return entities, numbers

    def _statements(
        self,
        types: dict[int, StatementType],
        variables: dict[int, tuple[str, Variable]],
        documents: dict[int, int],
        coders: dict[int, int],
    ) -> list[DnaStatement]:
        values: dict[int, dict[str, Value]] = defaultdict(dict)
        short = "SELECT StatementId, DATASHORTTEXT.VariableId, Value FROM DATASHORTTEXT JOIN ENTITIES ON ENTITIES.ID = Entity"
        for row in self._rows(short):
            values[row["StatementId"]][variables[row["VariableId"]][1].name] = row["Value"]
        for kind, table in _DATA.items():
            for row in self._rows(f"SELECT StatementId, VariableId, Value FROM {table}"):
                value = bool(row["Value"]) if kind == BOOLEAN else row["Value"]
                values[row["StatementId"]][variables[row["VariableId"]][1].name] = value
        return [
            DnaStatement(
                types[row["StatementTypeId"]].label,
                documents[row["DocumentId"]],
                row["Start"],
                row["Stop"],
                values[row["ID"]],
                coders[row["Coder"]],
            )
            for row in self._rows("SELECT * FROM STATEMENTS ORDER BY ID")
        ]


def _document(row: sqlite3.Row, coders: dict[int, int]) -> Document:
    when = EPOCH + timedelta(seconds=int(row["Date"]))
    texts: dict[str, Any] = {
        name.casefold(): row[name] or "" for name in ("Author", "Source", "Section", "Notes", "Type")
    }
    return Document(row["Title"], row["Text"], when, **texts, coder=coders[row["Coder"]])


def _colour(row: sqlite3.Row) -> Colour:
    return (row["Red"] or 0, row["Green"] or 0, row["Blue"] or 0)
