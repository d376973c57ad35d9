"""Making and opening a record on a PostgreSQL server: which server, which schema, who may, and one line where it cannot be."""

import os
import shutil
import subprocess
import sys
from contextlib import closing

import pytest
from postgresql_server import PASSWORD, started

from travaux.errors import (
    NotARecord,
    RecordAway,
    RecordBusy,
    RecordDamaged,
    RecordExists,
    RecordReadOnly,
    RecordTooNew,
    RequestError,
    StoreError,
)
from travaux.record import DATABASE_NAME, POINTER_NAME, Store, is_record, may_write
from travaux.record.dialect import common
from travaux.record.whereabouts import schema_name


@pytest.fixture
def database(postgresql):
    """These tests are about a server; test_store_opening.py has those about files."""
    return "postgresql"


def one_line(error):
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.fixture
def user(postgresql_session):
    """A user with a password and no rights, who goes again with all that was granted."""
    postgresql_session.execute(f"CREATE ROLE reviewer LOGIN PASSWORD '{PASSWORD}'")
    yield postgresql_session.by_password("reviewer", PASSWORD)
    postgresql_session.execute("DROP OWNED BY reviewer")
    postgresql_session.execute("DROP ROLE reviewer")


def grant(behind, rights, on=None):
    behind.server.execute(f'GRANT USAGE ON SCHEMA "{behind.schema}" TO reviewer')
    tables = f'TABLE "{behind.schema}".{on}' if on else f'ALL TABLES IN SCHEMA "{behind.schema}"'
    behind.server.execute(f"GRANT {rights} ON {tables} TO reviewer")


def test_the_folder_names_the_schema_and_no_server(store, folder, behind):
    assert os.listdir(folder) == [POINTER_NAME]
    text = (folder / POINTER_NAME).read_text()
    assert behind.schema == "talks"
    assert "postgres@" not in text and "password" not in text
    assert is_record(folder)
    assert may_write(folder)


def test_several_records_share_a_database(store, tmp_path, make_report):
    store.add_report(*make_report())
    with Store.create(tmp_path / "elsewhere" / "talks") as second:
        assert second.report_rows() == []
        assert "talks_2" in second.place
    assert len(store.report_rows()) == 1


@pytest.mark.parametrize(
    ("folder", "schema"),
    [
        ("my-talks", "my_talks"),
        ("Ünï & co", "n_co"),
        ("...", "record"),
        ("2025", "record_2025"),
        ("public", "record_public"),
        ("pg_talks", "record_pg_talks"),
        ('a"; DROP SCHEMA x; --', "a_drop_schema_x"),
        ("x" * 200, "x" * 48),
    ],
)
def test_schemas_are_named_after_folders(tmp_path, folder, schema):
    assert schema_name(tmp_path / folder) == schema
    assert schema_name(tmp_path / folder, 3) == f"{schema}_3"


def test_create_refuses_a_second_record_of_either_kind(store, folder, monkeypatch, tmp_path):
    for where in ("sqlite", os.environ["TRAVAUX_DB"]):
        monkeypatch.setenv("TRAVAUX_DB", where)
        with pytest.raises(RecordExists):
            Store.create(folder)
    monkeypatch.setenv("TRAVAUX_DB", "sqlite")
    Store.create(tmp_path / "file").close()
    assert os.listdir(tmp_path / "file") == [DATABASE_NAME]


def test_a_record_in_a_file_stays_one_whatever_the_setting(folder, postgresql, monkeypatch):
    monkeypatch.setenv("TRAVAUX_DB", "")
    Store.create(folder).close()
    monkeypatch.setenv("TRAVAUX_DB", postgresql.address)
    with Store.open(folder) as opened:
        assert opened.place == str(folder / DATABASE_NAME)


def test_an_interrupted_creation_leaves_no_schema(folder, postgresql, monkeypatch):
    from travaux.record import opening_on_server

    def stops(connection):
        raise KeyboardInterrupt

    monkeypatch.setattr(opening_on_server, "migrate_on", stops)
    with pytest.raises(KeyboardInterrupt):
        Store.create(folder)
    assert not is_record(folder)
    assert postgresql.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'talks'") == []


def test_where_the_name_cannot_be_written_down_the_schema_goes_again(folder, postgresql, monkeypatch):
    def refuses(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", refuses)
    with pytest.raises(RecordReadOnly, match="No space left"):
        Store.create(folder)
    assert postgresql.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'talks'") == []
    assert os.listdir(folder) == []


def test_without_the_setting_one_line_says_which_is_needed(store, folder, monkeypatch):
    for nothing in ("", "sqlite"):
        monkeypatch.setenv("TRAVAUX_DB", nothing)
        with pytest.raises(NotARecord, match="on a PostgreSQL server.*set TRAVAUX_DB=") as error:
            Store.open(folder)
        assert str(folder) in one_line(error)


@pytest.mark.parametrize("address", ["postgresql://{}", "postgres://{}", "postgresql+psycopg://{}"])
def test_the_usual_spellings_of_an_address(store, folder, monkeypatch, address):
    monkeypatch.setenv("TRAVAUX_DB", address.format(os.environ["TRAVAUX_DB"].split("://")[1]))
    Store.open(folder).close()


@pytest.mark.parametrize(
    "address", ["mysql://ada:secretive@db/talks", "talks", "postgresql+asyncpg://ada:secretive@db/x"]
)
def test_a_setting_that_is_no_server_is_refused_without_its_password(folder, monkeypatch, postgresql, address):
    monkeypatch.setenv("TRAVAUX_DB", address)
    with pytest.raises(RequestError, match="TRAVAUX_DB is neither sqlite nor the address") as error:
        Store.create(folder)
    assert "secretive" not in one_line(error)


def test_another_records_schema_of_the_same_name_is_not_taken_for_it(store, folder, behind, tmp_path):
    shutil.copytree(folder, tmp_path / "copy")
    Store.open(tmp_path / "copy").close()  # a colleague's copy of the folder is the same record
    behind.server.execute('DROP SCHEMA "talks" CASCADE')
    Store.create(tmp_path / "new" / "talks").close()
    with pytest.raises(NotARecord, match="no schema talks of this record.*another server") as error:
        Store.open(folder)
    assert str(folder) in one_line(error)


@pytest.mark.parametrize(
    "text", ["", "schema = 3", 'schema = "x\\"; DROP"\nmark = "0123456789abcdef"', "\0", 'schema = "pg"']
)
def test_a_text_that_names_no_schema_is_refused(folder, postgresql, text):
    folder.mkdir()
    (folder / POINTER_NAME).write_text(text)
    with pytest.raises(NotARecord, match="names no schema") as error:
        Store.open(folder)
    assert POINTER_NAME in one_line(error)


def test_two_databases_in_one_folder_are_refused(store, folder):
    (folder / DATABASE_NAME).write_bytes(b"x")
    with pytest.raises(NotARecord, match="two databases") as error:
        Store.open(folder)
    one_line(error)


def test_a_stranger_chooses_no_server(store, folder, monkeypatch):
    """A hostile folder names a server; nobody is asked, for only the setting names one."""
    text = (folder / POINTER_NAME).read_text()
    (folder / POINTER_NAME).write_text(f'server = "postgresql://evil.example/x"\nhost = "evil.example"\n{text}')
    with Store.open(folder) as opened:
        assert "evil" not in opened.place


def test_a_server_that_is_not_there(folder, postgresql, monkeypatch):
    monkeypatch.setenv("TRAVAUX_DB", "postgresql+psycopg://ada:secretive@127.0.0.1:1/talks")
    with pytest.raises(RecordAway, match="does not answer: .*refused") as error:
        Store.create(folder)
    assert "secretive" not in one_line(error) and "127.0.0.1:1/talks" in str(error.value)
    assert error.value.exit_code == 3


def test_wrong_password_missing_database_unknown_user(folder, postgresql, user, monkeypatch):
    for address, told in (
        (
            postgresql.by_password("reviewer", "not this one"),
            "the server refuses: .*password authentication.*check user and password",
        ),
        (postgresql.by_password("nobody", "not this one"), "the server refuses: .*check user and password"),
        (
            postgresql.by_password("reviewer", PASSWORD, "missing"),
            'the server refuses: .*"missing" does not exist.*createdb',
        ),
    ):
        monkeypatch.setenv("TRAVAUX_DB", address)
        with pytest.raises(RecordAway, match=told) as error:
            Store.create(folder)
        assert "not this one" not in one_line(error) and PASSWORD not in str(error.value)


def test_the_password_may_come_from_the_environment_and_is_a_secret(postgresql, user, folder, monkeypatch):
    from travaux import settings

    postgresql.execute("GRANT CREATE ON DATABASE travaux TO reviewer")
    monkeypatch.setenv("TRAVAUX_DB", f"postgresql+psycopg://reviewer@127.0.0.1:{postgresql.port}/travaux")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with Store.create(folder) as opened:
        opened.set_info("a", "b")
    assert PASSWORD in settings.secrets()
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("TRAVAUX_DB", user)
    assert PASSWORD in settings.secrets()
    assert PASSWORD not in (folder / POINTER_NAME).read_text()
    postgresql.clean()


def test_no_right_to_make_a_schema(folder, user, monkeypatch):
    monkeypatch.setenv("TRAVAUX_DB", user)
    with pytest.raises(RecordReadOnly, match="the server does not allow it: permission denied for database") as error:
        Store.create(folder)
    assert "docs/teams.md" in one_line(error)


def test_who_may_only_read_reads(store, folder, behind, user, monkeypatch, make_report):
    store.add_report(*make_report())
    monkeypatch.setenv("TRAVAUX_DB", user)
    with pytest.raises(RecordReadOnly, match="may not look into the record") as error:
        Store.open(folder, read_only=True)
    one_line(error)
    grant(behind, "SELECT")
    assert not may_write(folder)
    with pytest.raises(RecordReadOnly, match="may read the record but not write") as error:
        Store.open(folder)
    one_line(error)
    with Store.open(folder, read_only=True) as reading:
        assert [report.name for report in reading.reports()] == ["a.txt"]
        assert reading.check() == []
        with pytest.raises(RecordReadOnly):
            reading.set_info("a", "b")


def test_what_the_documentation_says_to_grant_to_a_reviewer_is_enough(
    store, folder, behind, user, monkeypatch, make_report, make_reading, make_run
):
    from pathlib import Path

    text = (Path(__file__).resolve().parents[2] / "docs" / "teams.md").read_text()
    statements = (
        text.split("```sql\n")[1].split("```")[0].replace("team_talks", behind.schema).replace("ada", "reviewer")
    )
    for statement in filter(str.strip, statements.split(";")):
        behind.server.execute(statement)
    monkeypatch.setenv("TRAVAUX_DB", user)
    with Store.open(folder) as writing:
        report, raw = make_report()
        writing.add_report(report, raw)
        writing.save_reading(report.id, make_run(), make_reading(report))
        assert writing.check() == []
    for statement in ("DROP TRIGGER judgement_no_delete ON judgement", "ALTER TABLE judgement DISABLE TRIGGER ALL"):
        import psycopg

        with psycopg.connect(user.replace("+psycopg", "")) as connection, pytest.raises(psycopg.Error, match="owner"):
            connection.execute(f'SET search_path = "{behind.schema}"')
            connection.execute(statement)


def test_a_database_that_may_only_be_read_as_a_standby_server(store, folder, behind, monkeypatch):
    readable = "default_transaction_read_only=on"
    monkeypatch.setenv("TRAVAUX_DB", f"{behind.server.address}&options=-c%20{readable.replace('=', '%3D')}")
    assert not may_write(folder)
    with Store.open(folder, read_only=True) as reading:
        assert reading.report_rows() == []
    with pytest.raises(RecordReadOnly):
        Store.open(folder)
    with pytest.raises(RecordReadOnly, match="read-only transaction") as error:
        Store.create(folder.with_name("new"))
    one_line(error)


def test_a_later_schema_is_refused(store, folder, behind):
    behind.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordTooNew, match="9999.*upgrade Travaux") as error:
        Store.open(folder)
    one_line(error)


def test_who_has_it_open_while_a_colleague_upgrades_it_stops_writing(store, behind):
    store.set_info("a", "b")
    behind.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordTooNew, match="upgrade Travaux") as error:
        store.set_info("a", "c")
    one_line(error)
    assert store.info() == {"a": "b"}


def test_a_schema_without_its_tables(store, folder, behind):
    behind.server.execute('DROP TABLE talks.judgement, talks."link"')
    with pytest.raises(RecordDamaged, match='lacks what a record has: relation "judgement" does not exist') as error:
        store.judgements()
    one_line(error)
    behind.execute("DROP TABLE alembic_version")
    with pytest.raises(NotARecord, match="no record of Travaux"):
        Store.open(folder)


def test_a_database_in_another_encoding(folder, postgresql, monkeypatch):
    postgresql.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'", "postgres")
    monkeypatch.setenv("TRAVAUX_DB", postgresql.address.replace("/travaux", "/latin", 1))
    try:
        with pytest.raises(StoreError, match="keeps texts as LATIN1.*ENCODING 'UTF8'") as error:
            Store.create(folder)
        one_line(error)
    finally:
        postgresql.execute("DROP DATABASE latin WITH (FORCE)", "postgres")


def test_a_writer_that_does_not_get_its_turn_says_so_and_readers_do_not_wait(store, behind, make_report, monkeypatch):
    monkeypatch.setattr(common, "BUSY_SECONDS", 0.1)
    with closing(behind.server.connect()) as other:
        other.execute(f'BEGIN; UPDATE "{behind.schema}".alembic_version SET version_num = version_num')
        with pytest.raises(RecordBusy, match="another process") as error:
            store.add_report(*make_report())
        one_line(error)
        assert store.report_rows() == []
        other.execute("ROLLBACK")
    store.add_report(*make_report())
    assert len(store.report_rows()) == 1


def test_one_moment_is_read_whatever_is_written_meanwhile(store, folder, make_report):
    store.add_report(*make_report("a.txt", "one\n"))
    seen = store.each_report()
    assert next(seen).name == "a.txt"
    with store._reads() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM report").scalar()
        with Store.open(folder) as other:
            other.add_report(*make_report("b.txt", "two\n"))
        assert connection.exec_driver_sql("SELECT count(*) FROM report").scalar() == before == 1


def test_texts_sort_by_code_point_though_the_server_sorts_as_english(store, behind, make_report):
    names = ["b.txt", "B.txt", "ä.txt", "_.txt", "10.txt", "2.txt"]
    for name in names:
        store.add_report(*make_report(name, name))
    assert behind.server.execute("SELECT 'b' < 'B'") == [(True,)]
    assert [name for (name,) in behind.execute("SELECT name FROM report ORDER BY name")] == sorted(names)


def test_no_table_can_be_emptied_at_once_and_no_guard_switched_off_unseen(store, behind):
    import psycopg

    with pytest.raises(psycopg.IntegrityError, match="truncate is forbidden"):
        behind.execute("TRUNCATE report CASCADE")
    behind.execute("ALTER TABLE judgement DISABLE TRIGGER judgement_no_update")
    assert [problem.says for problem in store.check()] == ["the trigger judgement_no_update is missing"]


def test_a_text_without_words_in_the_index_is_found(store, behind, make_report):
    store.add_report(*make_report())
    behind.execute("DELETE FROM report_words")
    assert ["a search does not find them" in problem.says for problem in store.check()] == [True]


def test_without_the_driver_one_line_names_the_extra(folder, postgresql, monkeypatch):
    told = r"psycopg, which is not installed \(pip install 'travaux\[postgresql\]'\)"
    with monkeypatch.context() as without, pytest.raises(RequestError, match=told):
        without.setitem(sys.modules, "psycopg", None)
        Store.create(folder)


def test_a_record_in_a_file_needs_no_driver(tmp_path):
    program = (
        "import sys; from pathlib import Path; from travaux.record import Store\n"
        "sys.modules['psycopg'] = None\n"
        "with Store.create(Path(sys.argv[1])) as store: store.set_info('a', 'b')\n"
        "assert not [name for name in sys.modules if name.startswith('travaux') and 'postgresql' in name]"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "TRAVAUX_DB": ""}
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "talks")], check=True, env=environment)


def test_a_server_stopped_and_started_again_is_found_again(folder, monkeypatch, make_report):
    with started() as server:
        monkeypatch.setenv("TRAVAUX_DB", server.address)
        with Store.create(folder) as store:
            store.add_report(*make_report("a.txt", "one\n"))
            count = store.change_counter()
            before = count()
            server.stop("fast")
            for ask in (store.report_rows, lambda: store.set_info("a", "b"), count):
                with pytest.raises(RecordAway, match="does not answer") as error:
                    ask()
                one_line(error)
            server.start()
            assert count() == before
            store.add_report(*make_report("b.txt", "two\n"))
            assert [row.name for row in store.report_rows()] == ["a.txt", "b.txt"]
            server.stop("immediate")
            server.start()
            assert store.set_info("a", "b") is None, "made anew before anybody notices"
            assert count() != before
            assert store.check() == []
