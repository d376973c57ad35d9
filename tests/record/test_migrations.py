"""The migrations make the tables the code expects, one whole transaction each."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event

from travaux.record import DATABASE_NAME, Store, dialect
from travaux.record.dialect import WORDS, Access, sqlite_engine
from travaux.record.migrations import FOLDER, KNOWN, LATEST, migrate
from travaux.record.schema import METADATA

NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9999", "{before}"
def upgrade():
    op.add_column("report", sa.Column("mood", sa.Text))
    op.execute("INSERT INTO info VALUES ('migrated', 'yes')")
    {last}
"""


@pytest.fixture
def engine(store, folder):
    store.close()
    engine = sqlite_engine(folder / DATABASE_NAME, Access.WRITE)
    yield engine
    engine.dispose()


@pytest.fixture
def later(tmp_path):
    """A later version's migrations: a folder, and what writes its second step."""
    copied = tmp_path / "migrations"
    shutil.copytree(FOLDER, copied, ignore=shutil.ignore_patterns("__pycache__"))

    def write(last=""):
        (copied / "versions" / "9999_mood.py").write_text(NEXT.format(last=last, before=LATEST))
        return copied

    return write


def test_the_constants_name_the_newest_migration():
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    settings.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(settings)
    assert script.get_heads() == [LATEST]
    assert [step.revision for step in script.walk_revisions()][::-1] == list(KNOWN)


def _is_ours(name, kind, _):
    return kind != "table" or not name.startswith(WORDS)  # what SQLite keeps beside an index of words is its own


def test_migrations_and_schema_agree(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _is_ours})
        assert compare_metadata(context, METADATA) == []


def test_migrating_what_is_up_to_date_changes_nothing(engine, folder):
    before = (folder / DATABASE_NAME).read_bytes()
    migrate(engine)
    engine.dispose()
    assert (folder / DATABASE_NAME).read_bytes() == before


def test_each_migration_is_one_transaction(engine, later):
    sent = []
    event.listen(engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
    event.listen(engine, "commit", lambda connection: sent.append("COMMIT"))
    migrate(engine, later())
    changes = [i for i, statement in enumerate(sent) if statement.startswith(("ALTER", "INSERT", "UPDATE alembic"))]
    assert len(changes) == 3
    between = sent[changes[0] : changes[-1]]
    assert "COMMIT" not in between and not any(statement.startswith("BEGIN") for statement in between)
    assert "COMMIT" in sent[changes[-1] :]


def test_a_migration_that_fails_leaves_the_record_as_it_was(engine, folder, later):
    with pytest.raises(ZeroDivisionError):
        migrate(engine, later(last="1 / 0"))
    engine.dispose()
    with Store.open(folder) as store:
        assert store.info() == {}
        assert store.check() == []
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as database:
        assert "mood" not in [row[1] for row in database.execute("PRAGMA table_info(report)")]


def test_an_older_record_is_brought_up_to_date_on_opening(store, folder, later, make_report, monkeypatch):
    store.add_report(*make_report())
    store.close()
    steps = later()
    from travaux.record import opening

    monkeypatch.setattr(opening, "LATEST", "9999")
    monkeypatch.setattr(opening, "KNOWN", (*KNOWN, "9999"))
    monkeypatch.setattr(opening, "migrate", lambda engine: migrate(engine, steps))
    with Store.open(folder, read_only=True) as opened:
        assert opened.info() == {"migrated": "yes"}
        assert [row.name for row in opened.report_rows()] == ["a.txt"]


def test_triggers_are_written_for_sqlite_only():
    from sqlalchemy.dialects import postgresql

    with pytest.raises(NotImplementedError, match="postgresql"):
        dialect.forbid_change(postgresql.dialect(), "judgement")
