"""The numbers of rows in tables that only grow: 1, 2, 3…, without a gap."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select


def next_number(connection: Connection, table: Table) -> int:
    """The number of a table's next row. Only within a writing transaction is it nobody else's."""
    return (connection.scalar(select(func.max(table.c.number))) or 0) + 1
