"""A record's database put back to an older schema, as a version of that time made it."""

import sqlite3
from contextlib import closing

ADDED = {
    "0002": ("DROP TABLE dropped",),
    "0003": tuple(f"DROP TABLE {table}" for table in ("told", "updating", "dating", "source", "retrieval")),
    "0004": tuple(f"DROP TABLE {table}" for table in ("link", "member", "family", "flag", "assessment")),
    "0005": tuple(f"DROP TABLE {table}" for table in ("happening", "fact")),
    "0008": ("DROP INDEX ix_judgement_withdraws", "ALTER TABLE judgement DROP COLUMN withdraws"),
    "0009": (
        "DROP TRIGGER report_words_added",
        "DROP TRIGGER report_words_removed",
        "DROP TABLE report_words",
        "DROP TABLE searched",
    ),
    "0011": ("DROP TABLE deed",),
    "0012": ("DROP TABLE change",),
    "0014": (
        *(f"DROP TABLE {table}" for table in ("touched", "position", "settled", "trace")),
        "DROP INDEX ix_assessment_compared",
        "DROP INDEX ix_assessment_key",
        "DROP INDEX ix_flag_across",
        "ALTER TABLE assessment DROP COLUMN compared",
    ),
    "0013": ("DROP TABLE agenda_edit", "ALTER TABLE judgement DROP COLUMN blind"),
}
"""By migration: what takes away again what it brought."""


def put_back(database, version):
    """Take away what every migration after `version` brought."""
    with closing(sqlite3.connect(database)) as old:
        for migration in sorted(ADDED, reverse=True):
            if migration > version:
                for statement in ADDED[migration]:
                    old.execute(statement)
        old.execute("UPDATE alembic_version SET version_num = ?", (version,))
        old.commit()
