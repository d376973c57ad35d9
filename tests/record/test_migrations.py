"""The migrations make the tables the code expects, one whole transaction each."""

import shutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, make_url

from travaux.record import DATABASE_NAME, Store, dialect
from travaux.record.dialect import WORDS
from travaux.record.dialect.postgresql import postgresql_engine
from travaux.record.dialect.sqlite import Access, sqlite_engine
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
def engine(store, folder, database, behind):
    store.close()
    if database == "sqlite":
        engine = sqlite_engine(folder / DATABASE_NAME, Access.WRITE)
    else:
        engine = postgresql_engine(make_url(behind.server.address), behind.schema, LATEST, "talks")
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


def test_migrating_what_is_up_to_date_changes_nothing(engine):
    def tables():
        with engine.connect() as connection:
            return {name: connection.execute(table.select()).all() for name, table in METADATA.tables.items()}

    before = tables()
    migrate(engine)
    assert tables() == before


def test_each_migration_is_one_transaction(engine, later):
    sent = []
    event.listen(engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
    event.listen(engine, "commit", lambda connection: sent.append("COMMIT"))
    migrate(engine, later())
    changes = [
        i
        for i, statement in enumerate(sent)
        if statement.startswith(("ALTER", "INSERT", "UPDATE alembic")) and "RETURNING" not in statement
    ]
    assert len(changes) == 3
    between = sent[changes[0] : changes[-1]]
    assert "COMMIT" not in between and not any(statement.startswith("BEGIN") for statement in between)
    assert "COMMIT" in sent[changes[-1] :]


def test_a_migration_that_fails_leaves_the_record_as_it_was(engine, folder, later, behind, database):
    with pytest.raises(ZeroDivisionError):
        migrate(engine, later(last="1 / 0"))
    engine.dispose()
    with Store.open(folder) as store:
        assert store.info() == {}
        assert store.check() == []
    columns = "SELECT column_name FROM information_schema.columns WHERE table_schema = '{}' AND table_name = 'report'"
    asked = "SELECT name FROM pragma_table_info('report')" if database == "sqlite" else columns.format(behind.schema)
    assert "mood" not in {name for (name,) in behind.execute(asked)}


def test_an_older_record_is_brought_up_to_date_on_opening(store, folder, later, make_report, monkeypatch):
    store.add_report(*make_report())
    store.close()
    steps = later()
    from travaux.record import opening, opening_on_server

    for module in (opening, opening_on_server):
        monkeypatch.setattr(module, "LATEST", "9999")
        monkeypatch.setattr(module, "KNOWN", (*KNOWN, "9999"))
        monkeypatch.setattr(module, "migrate", lambda engine: migrate(engine, steps))
    with Store.open(folder, read_only=True) as opened:
        assert opened.info() == {"migrated": "yes"}
        assert [row.name for row in opened.report_rows()] == ["a.txt"]


def test_a_database_that_nobody_wrote_anything_for_is_refused():
    from sqlalchemy.dialects import mysql

    with pytest.raises(NotImplementedError, match="mysql"):
        dialect.forbid_change(mysql.dialect(), "judgement")
