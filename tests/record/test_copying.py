"""A record copied between databases: every row, in both directions, or nothing at all."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from postgresql_server import wait_until
from sqlalchemy import select

from travaux import Record
from travaux.errors import RecordBusy, RecordExists, RequestError, StoreError
from travaux.happening import Fact, FactKind, Figure
from travaux.model import (
    DateBasis,
    Dropped,
    Family,
    Flag,
    FlagKind,
    Judgement,
    Kinship,
    Link,
    PartialDate,
    Reading,
    SharedPassage,
    Verdict,
)
from travaux.provenance.traces import trace_of
from travaux.provenance.wording import Vocabulary
from travaux.reading.identity import identified_fact
from travaux.record import Assessment, Dating, LoggedEdit, Source, Store, Topic, copying, is_record, terms_of
from travaux.record.copying import TABLES
from travaux.record.deeds import Deed, What
from travaux.record.settled import Kept
from travaux.visit import Visit

AT = "2025-09-01T10:00:00+00:00"


@pytest.fixture
def full(store, make_report, make_reading, make_run, make_statement):
    """A record with rows in every table, odd characters and figures that are no round numbers among them."""
    first, raw = make_report(
        "ä/ü 🕊.txt", "Northland said it would accept the ferry link: İ, 10–12 boats.\n", title="'\"\\%"
    )
    visit = Visit("fetch", "https://a.example/1", "https://a.example/1", AT, 200, (("a", "b"),), (), ())
    store.add_report(first, raw, visit)
    second, raw = make_report("B.txt", published=PartialDate("2025-08", DateBasis.PAGE, about=True), language="en")
    store.add_report(second, raw)
    words, start = "10–12 boats", first.text.index("10")
    fact = Fact(
        "", first.name, first.id, start, start + len(words), words, FactKind.NUMBER, "boats", ("new",), "10-12",
        figure=Figure("boats", words, 10, 12, True), reader="local",
    )  # fmt: skip
    fact = identified_fact(fact)
    quote = "Northland said it would accept the ferry link"
    statement = make_statement(first, quote, confidence=0.1 + 0.2)
    store.save_reading(first.id, make_run(), Reading((statement,), 1, facts=(fact,)))
    store.save_reading(second.id, make_run(), make_reading(second))
    dropped = Dropped(second.name, "llm", "quote-not-found", "not there", '{"quote": "\\u0000"}')
    store.save_reading(second.id, make_run("llm"), Reading((), 1, (dropped,)))
    one = store.statements()[0]
    judgement = Judgement(
        0, one.id, Verdict.CORRECT, "Zoë", AT, one.report_id, one.start, one.end, one.quote, one.party, one.option,
        one.stance, corrections=(("former", True), ("via_name", None)), note="§ \u2028",
    )  # fmt: skip
    store.judge(judgement)
    store.withdraw(1, "Zoë", AT)
    store.date_report(Dating(0, second.id, PartialDate("2025-08-01", DateBasis.ANALYST), "Zoë", AT))
    store.keep_source(Source(0, "https://a.example/feed", "feed", added=AT))
    store.tell([("report", "a")], AT, AT)
    store.note_deed(Deed(0, "2025-12-01T10:00:00+00:00", "zoë", "192.0.2.1", What.JUDGED, "judgement 1"))
    edit = LoggedEdit(0, "add-name", "Zoë", "Zoë", AT, "", "a" * 64, "b" * 64, "title: §\n")
    store.log_agenda_edit(edit, lambda: None)
    flag = Flag("f" * 16, second.name, second.id, FlagKind.UNDATED, 0, 0, "", "")
    trace = trace_of(second, Vocabulary())
    assert len(trace.fingerprints) and len(trace.stems)
    store.save_assessments([Assessment(second.id, "k", [flag], [], trace)])
    passage = SharedPassage(0, 9, 0, 9)
    link = Link(second.name, second.id, first.name, first.id, Kinship.COPY, 1 / 3, 2 / 3, (passage,), "alike")
    family = Family("e" * 16, (second.name, first.name), (second.id, first.id), None, (link,), "copies")
    assert store.save_across(store.changes()[Topic.WORTH], "k", [family], [])
    cell = (statement.party, statement.option)
    counted, _ = store.kept_positions("k")
    assert store.keep_positions("k", counted, {cell: {"says": "§"}})
    store.save_reading(first.id, make_run(), Reading((statement,), 1, facts=(fact,)))
    assert store.kept_positions("k")[1] == Kept({cell: {"says": "§"}}, frozenset({cell}))
    return store


@pytest.fixture
def other(database, request):
    """The kind of database that the record is copied into, as `Store.copy_to` takes it."""
    if database == "postgresql":
        yield "sqlite"
        return
    server = request.getfixturevalue("postgresql_session")
    yield server.address
    server.clean()


def contents(store):
    with store._reads() as connection:
        rows = {table.name: [tuple(row) for row in connection.execute(select(table))] for table in TABLES}
    return {name: sorted(found, key=repr) for name, found in rows.items()}


def test_every_row_comes_over_and_back(full, other, tmp_path, monkeypatch):
    before = contents(full)
    told = []
    numbers = full.copy_to(tmp_path / "there", database=other, progress=lambda *one: told.append(one))
    assert numbers == {name: len(rows) for name, rows in before.items()}
    assert {name: number for name, number in numbers.items() if not number} == {"happening": 0}
    assert told[0][1:] == (0, 2 * sum(numbers.values()))
    if other != "sqlite":
        monkeypatch.setenv("TRAVAUX_DB", other)
    with Store.open(tmp_path / "there") as there:
        assert contents(there) == before
        assert there.check() == []
        assert there.reports_with(terms_of('"ferry link"')) == full.reports_with(terms_of('"ferry link"')) != []
        assert there.judge(replace(there.judgements()[0], number=0)).number == 3, "numbers go on"
        there.copy_to(tmp_path / "back", database="sqlite" if other != "sqlite" else os.environ["TRAVAUX_DB"])
    with Store.open(tmp_path / "back", read_only=True) as back:
        after = contents(back)
    assert len(after.pop("judgement")) == len(before.pop("judgement")) + 1
    assert set(after.pop("touched")) > set(before.pop("touched")), "the judgement touched a position that is kept"
    assert after.pop("settled") != before.pop("settled"), "and was accounted for"
    assert after == before


def test_nothing_is_half_copied(full, other, tmp_path, monkeypatch, postgresql_session):
    def stops(*told):
        if told[0].startswith("judgement"):
            raise KeyboardInterrupt

    schemas = "SELECT nspname FROM pg_namespace ORDER BY 1"
    before = postgresql_session.execute(schemas)
    with pytest.raises(KeyboardInterrupt):
        full.copy_to(tmp_path / "there", database=other, progress=stops)
    assert not is_record(tmp_path / "there")
    assert os.listdir(tmp_path / "there") == []
    put = copying._put

    def spoils(target, table, rows, place):
        put(target, table, [{**row, "note": "another"} for row in rows] if table.name == "judgement" else rows, place)

    monkeypatch.setattr(copying, "_put", spoils)
    with pytest.raises(StoreError, match=r"row 1 of table judgement does not come back as it was \(nothing was copied"):
        full.copy_to(tmp_path / "there", database=other)
    assert os.listdir(tmp_path / "there") == []
    assert postgresql_session.execute(schemas) == before


STOPPED = """
import os, sys
from pathlib import Path
from travaux.api import Record
def stops(table, done, whole):
    if table.startswith("judgement, compared"):
        os._exit(9)
Record.open(sys.argv[1], read_only=True).copy(sys.argv[2], database=sys.argv[3], progress=stops)
"""


def test_a_killed_copy_is_no_copy_and_may_be_made_again(full, folder, other, tmp_path, postgresql_session):
    schemas = "SELECT nspname FROM pg_namespace ORDER BY 1"
    before = postgresql_session.execute(schemas)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", STOPPED, str(folder), str(tmp_path / "there"), other]
    assert subprocess.run(command, env=environment).returncode == 9
    assert not is_record(tmp_path / "there")
    wait_until(lambda: postgresql_session.execute(schemas) == before)
    with Record.open(folder, read_only=True) as record:
        assert record.copy(tmp_path / "there", database=other)["judgement"] == 2
    assert is_record(tmp_path / "there")
    assert full.check() == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_belongs_to_the_record_comes_along(store, folder, tmp_path):
    (folder / "llm" / "answers" / "ab").mkdir(parents=True)
    files = {"agenda.yaml": "title: Talks\n", "terms.yaml": "entries: []\n", "llm/answers/ab/abc.json": "{}"}
    for name, text in {**files, "reports.txt": "no part of it"}.items():
        (folder / name).write_text(text)
    with Record.open(folder, read_only=True) as record:
        record.copy(tmp_path / "there")
    copied = {str(path.relative_to(tmp_path / "there")) for path in (tmp_path / "there").rglob("*") if path.is_file()}
    assert copied == {*files, "record.sqlite"}
    assert all((tmp_path / "there" / name).read_text() == text for name, text in files.items())


def test_a_copy_never_replaces_a_record(full, other, tmp_path):
    full.copy_to(tmp_path / "there", database="sqlite")
    for database in ("sqlite", other):
        with pytest.raises(RecordExists):
            full.copy_to(tmp_path / "there", database=database)


def test_a_copy_is_of_one_moment_and_holds_nobody_up(full, other, tmp_path):
    def writes(table, done, whole):
        if done == 0:
            full.set_info("written", "meanwhile")

    before = len(full.info())
    numbers = full.copy_to(tmp_path / "there", database=other, progress=writes)
    assert numbers["info"] == before and full.info()["written"] == "meanwhile"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_postgresql_cannot_keep_is_said_and_nothing_is_copied(store, make_report, tmp_path, other):
    store.add_report(*make_report("zero.txt", "one\0two\n"))
    with pytest.raises(RequestError, match="no text with a zero character") as error:
        store.copy_to(tmp_path / "there", database=other)
    assert "\n" not in str(error.value)
    assert not is_record(tmp_path / "there")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_row_that_breaks_a_rule_is_not_taken(full, behind, tmp_path, other):
    behind.forge("DELETE FROM report WHERE name = 'B.txt'")
    with pytest.raises(StoreError, match="is not taken by the new database.*travaux doctor") as error:
        full.copy_to(tmp_path / "there", database=other)
    assert not isinstance(error.value, RecordBusy) and "\n" not in str(error.value)


@pytest.mark.parametrize("named", ["mysql://a/b", "postgresql", "postgresql+psycopg2://a:secretive@b/c", "http://["])
def test_what_is_no_database_is_refused_without_its_password(store, tmp_path, named):
    with pytest.raises(RequestError, match="neither sqlite nor the address of a PostgreSQL server") as error:
        store.copy_to(tmp_path / "there", database=named)
    assert "secretive" not in str(error.value)
    assert not (tmp_path / "there").exists()
