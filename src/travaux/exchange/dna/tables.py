"""The sixteen tables of a DNA 3 file, as DNA 3.0 and 3.1 create and check them."""

from __future__ import annotations

VERSION, RELEASED = "3.0.11.5", "2025-02-05"
"""What a file says it was made by: a version that every DNA 3 opens."""

PERMISSIONS = (
    "AddDocuments EditDocuments DeleteDocuments ImportDocuments AddStatements EditStatements DeleteStatements "
    "EditAttributes EditRegex EditStatementTypes EditCoders EditCoderRelations ViewOthersDocuments EditOthersDocuments "
    "ViewOthersStatements EditOthersStatements"
).split()

_KEY = "ID INTEGER NOT NULL PRIMARY KEY"


def _colours(required: bool = True) -> str:
    rule = "NOT NULL DEFAULT 0 " if required else ""
    return ", ".join(f"{name} INTEGER {rule}CHECK ({name} BETWEEN 0 AND 255)" for name in ("Red", "Green", "Blue"))


def _flag(column: str, default: int) -> str:
    return f"{column} INTEGER NOT NULL CHECK ({column} BETWEEN 0 AND 1) DEFAULT {default}"


def _short(column: str, rule: str = "NOT NULL") -> str:
    return f"{column} TEXT {rule} CHECK (LENGTH({column}) < 191)"


def _refers(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _data(value: str, more: str = "") -> str:
    return (
        f"{_KEY}, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL, {value}, "
        f"{_refers('StatementId', 'STATEMENTS')}, {_refers('VariableId', 'VARIABLES')}{more}, "
        "UNIQUE (StatementId, VariableId)"
    )


_CODERS = (
    _KEY,
    _short("Name"),
    _colours(),
    "Refresh INTEGER NOT NULL CHECK (Refresh BETWEEN 0 AND 9999) DEFAULT 0",
    "FontSize INTEGER NOT NULL CHECK (FontSize BETWEEN 1 AND 99) DEFAULT 14",
    _short("Password"),
    "PopupWidth INTEGER CHECK (PopupWidth BETWEEN 100 AND 9999) DEFAULT 300",
    _flag("ColorByCoder", 0),
    _flag("PopupDecoration", 0),
    _flag("PopupAutoComplete", 1),
    *(_flag(f"Permission{name}", 1) for name in PERMISSIONS),
)
_DOCUMENTS = (
    _KEY,
    _short("Title"),
    "Text TEXT NOT NULL",
    "Coder INTEGER",
    *(_short(name, "NOT NULL DEFAULT ''") for name in ("Author", "Source", "Section")),
    "Notes TEXT NOT NULL DEFAULT ''",
    _short("Type", "NOT NULL DEFAULT ''"),
    "Date INTEGER NOT NULL",
    _refers("Coder", "CODERS"),
)
_VARIABLES = (
    _KEY,
    _short("Variable"),
    "DataType TEXT NOT NULL CHECK (DataType IN ('boolean','integer','long text','short text')) DEFAULT 'short text'",
    "StatementTypeId INTEGER",
    _refers("StatementTypeId", "STATEMENTTYPES"),
    "UNIQUE (Variable, StatementTypeId)",
)
_VARIABLELINKS = (
    _KEY,
    "SourceVariableId INTEGER",
    "TargetVariableId INTEGER",
    "CHECK (TargetVariableId != SourceVariableId)",
    _refers("SourceVariableId", "VARIABLES"),
    _refers("TargetVariableId", "VARIABLES"),
)
_CODERRELATIONS = (
    _KEY,
    "Coder INTEGER CHECK(Coder > 0)",
    "OtherCoder INTEGER CHECK(OtherCoder > 0)",
    *(
        f"{name} INTEGER NOT NULL DEFAULT 1 CHECK({name} BETWEEN 0 AND 1)"
        for name in ("viewStatements", "editStatements", "viewDocuments", "editDocuments")
    ),
    "CHECK (Coder != OtherCoder)",
    _refers("Coder", "CODERS"),
    _refers("OtherCoder", "CODERS"),
)
_STATEMENTS = (
    _KEY,
    "StatementTypeId INTEGER",
    "DocumentId INTEGER",
    "Start INTEGER NOT NULL CHECK(Start >= 0)",
    "Stop INTEGER NOT NULL CHECK(Stop >= 0)",
    "Coder INTEGER",
    "CHECK (Start < Stop)",
    _refers("StatementTypeId", "STATEMENTTYPES"),
    _refers("Coder", "CODERS"),
    _refers("DocumentId", "DOCUMENTS"),
)
_ENTITIES = (
    _KEY,
    "VariableId INTEGER NOT NULL",
    _short("Value", "NOT NULL DEFAULT ''"),
    _colours(required=False),
    "ChildOf INTEGER CHECK(ChildOf > 0)",
    "UNIQUE (VariableId, Value)",
    _refers("ChildOf", "ENTITIES"),
    _refers("VariableId", "VARIABLES"),
)
_ATTRIBUTEVARIABLES = (
    _KEY,
    "VariableId INTEGER NOT NULL",
    _short("AttributeVariable"),
    "UNIQUE(VariableId, AttributeVariable)",
    _refers("VariableId", "VARIABLES"),
)
_ATTRIBUTEVALUES = (
    _KEY,
    "EntityId INTEGER NOT NULL",
    "AttributeVariableId INTEGER NOT NULL",
    _short("AttributeValue", "NOT NULL DEFAULT ''"),
    "UNIQUE (EntityId, AttributeVariableId)",
    _refers("EntityId", "ENTITIES"),
    _refers("AttributeVariableId", "ATTRIBUTEVARIABLES"),
)

TABLES: dict[str, str] = {
    "SETTINGS": "Property TEXT PRIMARY KEY, Value TEXT NOT NULL",
    "CODERS": ", ".join(_CODERS),
    "DOCUMENTS": ", ".join(_DOCUMENTS),
    "STATEMENTTYPES": ", ".join((_KEY, _short("Label"), _colours())),
    "VARIABLES": ", ".join(_VARIABLES),
    "VARIABLELINKS": ", ".join(_VARIABLELINKS),
    "REGEXES": f"Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191), {_colours()}",
    "CODERRELATIONS": ", ".join(_CODERRELATIONS),
    "STATEMENTS": ", ".join(_STATEMENTS),
    "DATABOOLEAN": _data("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _data("Value INTEGER NOT NULL DEFAULT 0"),
    "ENTITIES": ", ".join(_ENTITIES),
    "DATASHORTTEXT": _data("Entity INTEGER NOT NULL", f", {_refers('Entity', 'ENTITIES')}"),
    "DATALONGTEXT": _data("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": ", ".join(_ATTRIBUTEVARIABLES),
    "ATTRIBUTEVALUES": ", ".join(_ATTRIBUTEVALUES),
}
"""What stands between the brackets of each CREATE TABLE."""
