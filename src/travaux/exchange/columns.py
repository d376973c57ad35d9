"""What a table of the export is: its columns in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from travaux.model import DateBasis


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: as in the header and as the key in JSON.
        kind: ``text``, ``integer``, ``number``, ``boolean``, ``date`` (to the day, month or year), ``time`` (ISO 8601, UTC),
            ``texts`` (a list), ``objects`` (a list of mappings), ``object`` (a mapping) or ``bytes`` (Parquet only).
        says: what it holds, a sentence.
        values: all values it can have, where they are few; of a list, those of its entries.
        required: whether it always has a value.
        parts: of ``objects`` that are all alike, the name and kind of each of their parts.
    """

    name: str
    kind: str
    says: str
    values: tuple[str, ...] = ()
    required: bool = False
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the export.

    Attributes:
        references: columns that name a row of another table: column, table, its column.
    """

    name: str
    says: str
    columns: tuple[Column, ...]
    references: tuple[tuple[str, str, str], ...] = ()


def words_of(kind: type[StrEnum]) -> tuple[str, ...]:
    """All words of a kind, for `Column.values`."""
    return tuple(str(word) for word in kind)


def date_columns(name: str, says: str) -> tuple[Column, Column, Column]:
    """The three columns of a date; `travaux.exchange.rows.date_values` fills them."""
    return (
        Column(name, "date", f"{says}, to the day, month or year as far as known; empty where nobody gives it."),
        Column(f"{name}_precision", "text", f"How exactly `{name}` is known.", ("day", "month", "year")),
        Column(f"{name}_basis", "text", f"Where `{name}` comes from.", words_of(DateBasis)),
    )
