"""A record's database reached behind the store's back, as another program or a forger would, whichever database it is."""

import sqlite3
import tomllib
from contextlib import closing

from travaux.record import DATABASE_NAME, POINTER_NAME

try:
    from psycopg import IntegrityError
except ImportError:
    IntegrityError = sqlite3.IntegrityError

REFUSED = (sqlite3.IntegrityError, IntegrityError)
"""What a database raises that forbids a change."""


class Behind:
    """The database of one record.

    Args:
        folder: of the record. server: the server that holds its schema; None for a file.
    """

    def __init__(self, folder, server):
        self.folder, self.server = folder, server

    @property
    def schema(self):
        return tomllib.loads((self.folder / POINTER_NAME).read_text())["schema"]

    def execute(self, *statements):
        """Run statements, each for good; the rows of the last one, where it has any."""
        return self._run(statements)

    def forge(self, *statements):
        """The same, with everything switched off that would forbid it, and switched on again at the end."""
        if self.server is not None:
            return self._run(statements, "SET session_replication_role = replica")
        with closing(sqlite3.connect(self.folder / DATABASE_NAME)) as database:
            triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        return self._run(
            [*(f"DROP TRIGGER {name}" for name, _ in triggers), *statements, *(sql for _, sql in triggers)]
        )

    def drop_trigger(self, table, name):
        """Take away a trigger."""
        self._run([f"DROP TRIGGER {name}" + (f" ON {table}" if self.server is not None else "")])

    def _run(self, statements, *before):
        if self.server is not None:
            with self.server.connect() as connection:
                for statement in (f'SET search_path = "{self.schema}"', *before, *statements):
                    done = connection.execute(statement)
                return done.fetchall() if done.description else []
        with closing(sqlite3.connect(self.folder / DATABASE_NAME)) as database:
            rows = []
            for statement in statements:
                rows = database.execute(statement).fetchall()
            database.commit()
            return rows
