"""Adding reports: what is one report, what is another, and that nothing stored is ever altered."""

import hashlib
from dataclasses import replace

import pytest
from behind import REFUSED
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from travaux.errors import RequestError, UnknownName
from travaux.model import Block, BlockKind, DateBasis, PartialDate, Report, ReportState, report_id
from travaux.record import Added, Outcome, Store
from travaux.record.adding import numbered_name

DAY = PartialDate("2025-08-18", DateBasis.MANIFEST)


def test_a_report_comes_back_as_it_went_in(store, folder, make_report):
    report, _ = make_report(
        title="Ferry",
        author="A. Writer",
        publisher="The Strait",
        url="https://example.org/a",
        published=PartialDate("2025-08", DateBasis.PAGE, about=True),
        updated=PartialDate("2025", DateBasis.URL),
        language="en",
        listed=True,
    )
    raw = make_report()[1]
    assert store.add_report(report, raw) == Added(Outcome.ADDED, "a.txt")
    store.close()
    with Store.open(folder) as again:
        assert again.reports() == [report]
        assert again.report("a.txt") == again.report(report.id) == report
        assert again.raw(report.id) == raw


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1), raw=st.binary())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_and_any_bytes_are_kept_exactly(store, database, text, raw):
    sha256 = hashlib.sha256(raw).hexdigest()
    name = f"{len(store.report_rows())}.txt"
    blocks = (Block(0, len(text), BlockKind.PARAGRAPH, "İ 🕊 \u2028"),)
    report = Report(report_id(name, sha256), name, sha256, "text/plain", "utf-8", text, blocks, listed=True)
    if "\0" in text and database == "postgresql":
        with pytest.raises(RequestError, match="zero character"):
            store.add_report(report, raw)
        return
    store.add_report(report, raw)
    assert store.report(name) == report
    assert store.raw(report.id) == raw
    assert store.check() == []


def test_the_same_report_twice_is_one_report(store, make_report):
    report, raw = make_report()
    store.add_report(report, raw)
    assert store.add_report(report, raw) == Added(Outcome.ALREADY, "a.txt")
    assert store.reports() == [report]


def test_the_same_bytes_under_another_name_are_one_report_unless_listed(store, make_report):
    store.add_report(*make_report("b.txt"))
    assert store.add_report(*make_report("c.txt")) == Added(Outcome.ALREADY, "c.txt", of="b.txt")
    assert store.add_report(*make_report("d.txt", listed=True)) == Added(Outcome.ADDED, "d.txt")
    assert [row.name for row in store.report_rows()] == ["b.txt", "d.txt"]


def test_other_bytes_under_a_taken_name_get_a_number(store, make_report):
    store.add_report(*make_report("x/a.tar.txt", "one"))
    assert store.add_report(*make_report("x/a.tar.txt", "two")) == Added(
        Outcome.RENAMED, "x/a.tar~2.txt", of="x/a.tar.txt"
    )
    assert store.add_report(*make_report("x/a.tar.txt", "three")).name == "x/a.tar~3.txt"
    renamed = store.report("x/a.tar~2.txt")
    assert renamed.id == report_id("x/a.tar~2.txt", renamed.sha256)
    assert renamed.text == "two"
    assert store.check() == []


@pytest.mark.parametrize("listed", [False, True])
def test_a_renamed_report_added_again_is_there_already(store, make_report, listed):
    store.add_report(*make_report("a.txt", "one", listed=listed))
    store.add_report(*make_report("a.txt", "two", listed=listed))
    assert store.add_report(*make_report("a.txt", "two", listed=listed)) == Added(
        Outcome.ALREADY, "a.txt", of="a~2.txt"
    )
    assert len(store.reports()) == 2


def test_numbered_names():
    assert [numbered_name(name, 2) for name in ("a", "a.b/c", ".hidden", "a.html")] == [
        "a~2",
        "a.b/c~2",
        ".hidden~2",
        "a~2.html",
    ]


def test_a_manifest_describes_a_known_report_anew(store, make_report):
    report, raw = make_report(title="From the page")
    store.add_report(report, raw)
    described = replace(report, title="From the manifest", published=DAY, listed=True)
    assert store.add_report(described, raw) == Added(Outcome.UPDATED, "a.txt")
    assert store.add_report(described, raw) == Added(Outcome.ALREADY, "a.txt")
    assert store.add_report(report, raw) == Added(Outcome.ALREADY, "a.txt")  # without the manifest nothing is forgotten
    assert store.reports() == [described]


def test_an_analysts_date_outlives_a_manifest(store, make_report):
    dated = PartialDate("2025-08-20", DateBasis.ANALYST, about=True)
    report, raw = make_report(published=dated)
    store.add_report(report, raw)
    store.add_report(replace(report, published=DAY, listed=True, title="T"), raw)
    assert store.report("a.txt").published == dated
    assert store.report("a.txt").title == "T"


def test_what_does_not_belong_together_is_refused_as_a_bug(store, make_report):
    report, raw = make_report()
    overlapping = (Block(0, 9, BlockKind.TITLE), Block(5, 12, BlockKind.PARAGRAPH))
    for wrong, its_bytes in (
        (report, raw + b"!"),
        (replace(report, id="0" * 16), raw),
        (replace(report, blocks=overlapping), raw),
        (replace(report, blocks=(Block(0, len(report.text) + 1, BlockKind.PARAGRAPH),)), raw),
    ):
        with pytest.raises(ValueError, match="a.txt"):
            store.add_report(wrong, its_bytes)
    assert store.report_rows() == []


def test_unknown_reports_come_with_near_names(store, make_report):
    store.add_report(*make_report("kyiv-talks.txt", "one"))
    store.add_report(*make_report("minsk.txt", "two"))
    with pytest.raises(UnknownName, match="did you mean kyiv-talks.txt") as error:
        store.report("kiev-talks.txt")
    assert "minsk" not in str(error.value)
    with pytest.raises(UnknownName, match="travaux reports lists them"):
        store.report("zzzz")
    with pytest.raises(UnknownName):
        store.raw("zzzz")


def test_a_name_goes_before_an_id(store, make_report):
    first, raw = make_report("a.txt", "one")
    store.add_report(first, raw)
    second, raw = make_report(first.id, "two")
    store.add_report(second, raw)
    assert store.report(first.id).text == "two"


def test_rows_say_what_the_reader_made_of_each_report(store, make_report, make_reading, make_run):
    report, raw = make_report(title="T", publisher="P", url="https://example.org", published=DAY, language="en")
    store.add_report(report, raw)
    (row,) = store.report_rows()
    assert (row.name, row.title, row.publisher, row.url) == ("a.txt", "T", "P", "https://example.org")
    assert (row.published, row.updated, row.language, row.characters) == (DAY, None, "en", len(report.text))
    assert (row.state, row.reason, row.statements) == (ReportState.NEW, "", 0)
    store.save_reading(report.id, make_run(), make_reading(report))
    assert [(row.state, row.statements) for row in store.report_rows()] == [(ReportState.READ, 2)]
    assert [(row.state, row.statements) for row in store.report_rows(reader="other")] == [(ReportState.NEW, 0)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE report SET text = 'forged'",
        "UPDATE report SET sha256 = 'forged'",
        "UPDATE report SET text_sha256 = 'forged'",
        "UPDATE report SET name = 'forged'",
        "UPDATE original SET raw = 'forged'",
        "DELETE FROM original",
    ],
)
def test_no_program_can_alter_a_stored_report(store, behind, make_report, change):
    store.add_report(*make_report())
    with pytest.raises(REFUSED, match="forbidden"):
        behind.execute(change)
    assert store.check() == []


def test_reports_are_sorted_by_code_point(store, make_report):
    names = ["b.txt", "B.txt", "a/ü.txt", "10.txt", "2.txt", "é.txt"]
    for name in names:
        store.add_report(*make_report(name, name))
    assert [report.name for report in store.reports()] == sorted(names)
    assert [row.name for row in store.report_rows()] == sorted(names)


def test_info_is_written_over(store):
    store.set_info("notice", "one")
    store.set_info("notice", "two")
    store.set_info("a", "")
    assert store.info() == {"a": "", "notice": "two"}


def test_a_broken_rule_of_the_database_is_a_bug_not_a_users_error(store):
    with pytest.raises(IntegrityError), store._writes() as connection:
        connection.exec_driver_sql("INSERT INTO original VALUES ('missing', 'x')")


@pytest.mark.parametrize(
    ("added", "stored", "is_new"),
    [
        (Added(Outcome.ADDED, "a.txt"), "a.txt", True),
        (Added(Outcome.RENAMED, "a~2.txt", of="a.txt"), "a~2.txt", True),
        (Added(Outcome.ALREADY, "a.txt"), "a.txt", False),
        (Added(Outcome.ALREADY, "a.txt", of="b.txt"), "b.txt", False),
        (Added(Outcome.UPDATED, "a.txt", of="a~2.txt"), "a~2.txt", False),
    ],
)
def test_where_the_bytes_stand_and_whether_they_are_new(added, stored, is_new):
    assert (added.stored, added.is_new) == (stored, is_new)
