"""Changes of the schema, run from inside the package, in one transaction in the user's database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine

from travaux.record.dialect import WRITES

LATEST = "0014"
"""The schema this version of Travaux reads and writes; a test compares it with the newest migration."""

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0008", "0009", "0011", "0012", "0013", "0014")
"""Every schema a released version wrote, oldest first."""

FOLDER = Path(__file__).resolve().parent


def migrate(engine: Engine, folder: Path = FOLDER) -> None:
    """Bring the database to the newest schema found in ``folder``; nothing happens where it is there already."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        migrate_on(connection, folder)


def migrate_on(connection: Connection, folder: Path = FOLDER) -> None:
    """The same within a transaction that has begun."""
    # Alembic takes longer to import than a record to open, and nearly every record is up to date.
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(folder).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
