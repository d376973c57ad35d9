"""What a reader brought forward and may not stand is kept beside its reading, and an older record learns to keep it."""

import sqlite3
from contextlib import closing

import pytest
from older_schema import put_back

from travaux.model import Dropped, Reading
from travaux.record import DATABASE_NAME, Store
from travaux.record.migrations import LATEST


def dropped(kind="quote-not-found", report="a.txt", reader="llm"):
    return Dropped(report, reader, kind, "these words do not stand in the report", '{"quote": "x"}')


@pytest.fixture
def held(store, make_report):
    report, raw = make_report()
    store.add_report(report, raw)
    return report


def test_dropped_answers_come_back_in_their_order(store, held, make_run):
    reading = Reading((), 2, (dropped("twice"), dropped("orders")))
    store.save_reading(held.id, make_run("llm"), reading)
    assert store.dropped(reader="llm") == list(reading.dropped)
    assert store.dropped(reader="local") == []
    assert store.readers() == ["llm"]


def test_a_new_reading_or_failure_replaces_them_and_leaves_the_other_readers(store, held, make_run, make_reading):
    store.save_reading(held.id, make_run("local"), make_reading(held))
    store.save_reading(held.id, make_run("llm"), Reading((), 2, (dropped(),)))
    store.save_reading(held.id, make_run("llm"), Reading((), 2))
    assert store.dropped(reader="llm") == []
    store.save_reading(held.id, make_run("llm"), Reading((), 2, (dropped(),)))
    store.save_failure(held.id, make_run("llm"), "no answer")
    assert store.dropped(reader="llm") == []
    assert len(store.statements(reader="local")) == 2
    assert store.readers() == ["llm", "local"]


@pytest.mark.parametrize("wrong", [dropped(report="b.txt"), dropped(reader="local")])
def test_those_of_another_report_or_reader_are_refused(store, held, make_run, wrong):
    with pytest.raises(ValueError, match="another report or reader"):
        store.save_reading(held.id, make_run("llm"), Reading((), 2, (wrong,)))
    assert store.dropped(reader="llm") == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # on a server no record is so old
def test_a_record_of_the_first_schema_keeps_everything_and_learns_to_keep_them(
    store, folder, held, make_run, make_reading
):
    store.save_reading(held.id, make_run("local"), make_reading(held))
    before = store.statements(), store.report_rows(), store.runs()
    store.close()
    put_back(folder / DATABASE_NAME, "0001")
    with Store.open(folder) as opened:
        assert (opened.statements(), opened.report_rows(), opened.runs()) == before
        assert opened.check() == []
        opened.save_reading(held.id, make_run("llm"), Reading((), 2, (dropped(),)))
        assert opened.dropped(reader="llm") == [dropped()]
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as new:
        assert new.execute("SELECT version_num FROM alembic_version").fetchone() == (LATEST,)
