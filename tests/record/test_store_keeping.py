"""Where reports come from, when a person says they were published, and what was told: kept, and never twice."""

from dataclasses import replace

import pytest
from behind import REFUSED

from travaux.errors import RequestError, UnknownName
from travaux.model import DateBasis, PartialDate, ReportState
from travaux.record import Dating, Outcome, Source, Store
from travaux.visit import Visit

VISIT = Visit(
    "fetch",
    "https://a.example/one",
    "https://a.example/1",
    "2025-08-30T12:00:00+00:00",
    200,
    (("user-agent", "Travaux"),),
    (("etag", '"1"'),),
    ("https://a.example/one",),
)
AT = "2025-09-01T10:00:00+00:00"
PAGE = PartialDate("2025-08-18", DateBasis.PAGE)


@pytest.fixture
def held(store, make_report):
    report, raw = make_report(published=PAGE)
    store.add_report(report, raw)
    return report


def dating(held, value="2025-08-16", about=True, **more):
    date = None if value is None else PartialDate(value, DateBasis.ANALYST, about)
    return Dating(0, held.id, date, **{"reviewer": "A. Reader", "at": AT, **more})


def test_a_report_from_the_web_keeps_its_request(store, make_report):
    report, raw = make_report()
    store.add_report(report, raw, VISIT)
    (kept,) = store.retrievals(report.id)
    assert kept.visit == VISIT
    for _ in range(2):
        store.add_report(report, raw, replace(VISIT, by="warc", at="2024-01-01T00:00:00+00:00"))
    assert len(store.retrievals(report.id)) == 2, "an archive added again tells nothing new"
    store.add_report(report, raw, replace(VISIT, at=AT))
    assert [one.visit.at for one in store.retrievals(report.id)][::2] == [VISIT.at, AT]
    assert store.page_had(VISIT.url)[:2] == store.page_had(VISIT.final_url)[:2] == (report.id, "a.txt")
    assert store.page_had("https://a.example/two") is None
    assert store.addresses_had() == {VISIT.url, VISIT.final_url}
    assert store.check() == []


def test_a_copy_keeps_its_request_with_the_report_it_is_a_copy_of(store, held, make_report):
    copy, raw = make_report("b.txt")
    assert store.add_report(copy, raw, VISIT).outcome is Outcome.ALREADY
    assert len(store.retrievals(held.id)) == 1
    other, raw = make_report("a.txt", "Other words altogether.\n")
    added = store.add_report(other, raw, VISIT)
    assert (added.outcome, added.name) == (Outcome.RENAMED, "a~2.txt")
    assert len(store.retrievals(store.report("a~2.txt").id)) == 1


def test_requests_in_vain_are_counted(store):
    for at in ("1", "2"):
        store.note_visit(replace(VISIT, at=at), None, "answers 500")
    assert store.tries_in_vain() == {VISIT.url: 2}
    assert store.addresses_had() == set()


def test_a_persons_date_counts_before_the_reports_own_and_both_are_kept(store, held, make_report):
    assert store.date_report(dating(held)).number == 1
    (row,) = store.report_rows()
    estimate = PartialDate("2025-08-16", DateBasis.ANALYST, about=True)
    assert (row.published, row.given) == (estimate, PAGE)
    assert store.report("a.txt").published == store.reports()[0].published == estimate
    report, raw = make_report(published=PartialDate("2025-08-20", DateBasis.MANIFEST), listed=True)
    assert store.add_report(report, raw).outcome is Outcome.UPDATED
    (row,) = store.report_rows()
    assert (row.published, row.given) == (estimate, report.published), "adding again takes nothing from a person"
    store.date_report(dating(held, "2025-08", about=False))
    assert store.report_rows()[0].published == PartialDate("2025-08", DateBasis.ANALYST)
    store.date_report(dating(held, None))
    assert store.report_rows()[0].published == report.published
    assert [one.date for one in store.datings()][-1] is None
    assert len(store.datings()) == 3
    assert store.check() == []


def test_a_dating_is_signed_and_about_a_report(store, held):
    with pytest.raises(RequestError, match="must be signed"):
        store.date_report(dating(held, reviewer=" "))
    with pytest.raises(ValueError, match="not a time in UTC"):
        store.date_report(dating(held, at="2025-09-01T10:00:00+02:00"))
    with pytest.raises(UnknownName):
        store.date_report(replace(dating(held), report_id="0" * 16))
    assert store.datings() == []


@pytest.mark.parametrize("table", ["dating", "retrieval"])
def test_the_database_itself_refuses_to_change_them(store, behind, held, table):
    store.date_report(dating(held))
    store.note_visit(VISIT, held.id)
    for change in (f"UPDATE {table} SET number = 9", f"DELETE FROM {table}"):
        with pytest.raises(REFUSED, match="is forbidden"):
            behind.execute(change)
    behind.drop_trigger(table, f"{table}_no_delete")
    assert [problem.says for problem in store.check()] == [f"the trigger {table}_no_delete is missing"]


def test_sources_are_remembered_removed_and_brought_back(store, folder):
    feed = store.keep_source(Source(0, "https://a.example/feed", "feed", "*/world/*", "A", AT))
    page = store.keep_source(Source(0, "https://a.example/page", "page", added=AT))
    assert (feed.number, page.number) == (1, 2)
    store.note_polled(replace(feed, polled=AT, etag='"1"', problem="answers 500", again_at=AT, title="B"))
    store.remove_source(page.number, AT)
    with Store.open(folder, read_only=True) as again:
        (kept,) = again.sources()
    assert kept == replace(feed, polled=AT, etag='"1"', problem="answers 500", again_at=AT, title="B")
    back = store.keep_source(Source(0, "https://a.example/page", "feed", added=AT))
    assert (back.number, back.kind) == (2, "feed")
    assert len(store.sources()) == 2


def test_what_was_told_is_told_once(store):
    assert store.tell([("report", "a")], AT, AT).number == 0
    assert store.tell([("report", "a"), ("report", "b"), ("statement", "a")], AT, AT).number == 1
    assert store.told() == {("report", "a"): 0, ("report", "b"): 1, ("statement", "a"): 1}
    assert [one.number for one in store.updatings()] == [0, 1]


def test_a_report_in_another_language_is_marked_and_read_when_the_language_is_mended(store, make_report, make_run):
    report, raw = make_report(language="fr")
    store.add_report(report, raw)
    store.save_unread(report.id, make_run(), "fr")
    (row,) = store.report_rows()
    assert (row.state, row.reason, row.statements) == (ReportState.UNREAD, "language fr", 0)
    run = make_run()
    assert store.pending("local", run.fingerprint, run.agenda_digest) == []
    store.add_report(replace(report, language="en", listed=True), raw)
    assert store.pending("local", run.fingerprint, run.agenda_digest) == [report.id]
