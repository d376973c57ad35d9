"""What goes out comes back: for every format with a way back, nothing is lost but what it says it loses."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import travaux
from travaux.agenda.editing import MergedOptions, NewOption
from travaux.exchange.dna.writing import dna_text
from travaux.exchange.formats import FORMATS, INCOMING
from travaux.model import PERSON, Verdict

WHOLE = ("csv", "jsonl", "datapackage", "parquet", "xlsx")
STATEMENTS = tuple(name for name in INCOMING if name not in ("csl", "bibtex", "ris"))
REFERENCES = ("csl", "bibtex", "ris")


ADDED = {"party": "the north", "option": "ferry", "stance": "against", "act": "demand", "condition": "if jobs are kept"}


@pytest.fixture
def record(record: travaux.Record) -> travaux.Record:
    """The judged record after a review: spans corrected, statements added, judgements taken back, two options made one."""
    fourth, fifth, sixth = (one.id for one in record.statements()[2:])
    kept = record.add_statement("b.html", "The crews’ union said it was open", ADDED, reviewer="A. Reader", note="=1+1")
    record.add_statement("b.html", "The crews’ union said it was open", ADDED, reviewer="B. Reader")
    record.judge(kept.statement, "correct", reviewer="B. Reader", corrections={"quote": "crews’ union said"})
    gone = record.add_statement("a.txt", "Ferry 🚢 talks", ADDED | {"condition": None}, reviewer="A. Reader")
    record.judge(gone.statement, "unsure", reviewer="B. Reader")
    record.withdraw(gone, reviewer="A. Reader")
    record.judge(fifth, "correct", reviewer="A. Reader", corrections={"quote": "the night ferry (מעבורת)"})
    record.judge(sixth, "correct", reviewer="A. Reader", corrections={"quote": "Later: Southland"})
    for verdict in ("confirm", "confirm", "reject"):  # alike, within a second, and one of them taken back
        record.judge(fourth, verdict, reviewer="A. Reader")
    record.undo(reviewer="A. Reader", note="not so")
    record.undo(reviewer="A. Reader")
    first = record.statements("northland", report="a.txt")[0]
    record.judge(first, "correct", reviewer="B. Reader", corrections={"quote": "night\u00a0ferry 🚢”.\r\nSouthland"})
    record.edit_agenda(NewOption("link", "A crossing is built", ("crossing",), "crossing"))
    record.judge(first, "correct", reviewer="B. Reader", corrections={"option": "bridge"})
    record.add_statement("c.txt", (0, 9), ADDED | {"option": "bridge", "condition": None}, reviewer="A. Reader")
    record.edit_agenda(MergedOptions("bridge", "crossing"))
    assert record.store.check() == []
    assert {one.option for one in record.statements()} == {"ferry", "crossing"}
    return record


@pytest.fixture
def other(record: travaux.Record, make) -> Iterator[travaux.Record]:
    """A record with the same agenda and reports, not read."""
    made = make("other", read=False)
    shutil.copy(record.folder / "agenda.yaml", made.folder)
    yield made


def written(record: travaux.Record, form: str, place: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    files = record.export(form, place)
    return files[0] if FORMATS[form].file else place


def judged(record: travaux.Record) -> list[tuple]:
    return [
        (one.statement, one.statement.reasons, one.effective, one.verdict, one.reason)
        for one in record.judged(rejected=True)
    ]


def letters(record: travaux.Record) -> list[tuple]:
    """All judgements, each withdrawal with what it takes back, in whatever order those of one second are."""
    made = {one.number: replace(one, number=0, withdraws=None) for one in record.store.judgements()}
    found = [(made[one.number], made.get(one.withdraws)) for one in record.store.judgements()]
    return sorted(found, key=repr)


@pytest.mark.parametrize("form", STATEMENTS)
def test_a_file_that_comes_back_unchanged_changes_nothing(form: str, record: travaux.Record, tmp_path: Path) -> None:
    before, decided = judged(record), record.store.judgements()
    outcome = record.import_from(form, written(record, form, tmp_path / "out"), by="Somebody")
    assert (outcome.unplaced, outcome.told, outcome.statements, outcome.judgements, outcome.reports) == (
        (),
        (),
        0,
        0,
        (),
    )
    assert outcome.known > 0
    assert judged(record) == before
    assert record.store.judgements() == decided


@pytest.mark.parametrize("form", STATEMENTS)
def test_a_new_record_with_the_same_reports_gets_all_of_it(
    form: str, record: travaux.Record, other: travaux.Record, tmp_path: Path
) -> None:
    empty = other
    place = written(record, form, tmp_path / "out")
    outcome = empty.import_from(form, place)
    assert (outcome.unplaced, outcome.told, outcome.reports) == ((), (), ())
    rejected = {one.statement.id for one in record.judged(rejected=True) if one.verdict is Verdict.REJECT}
    withdrawn = {one.statement for one in record.store.judgements()} - {
        one.statement.id for one in record.judged(rejected=True)
    }
    lost = set() if form in WHOLE else rejected | withdrawn
    assert judged(empty) == [one for one in judged(record) if one[0].id not in lost]
    assert letters(empty) == [one for one in letters(record) if one[0].statement not in lost]
    assert [one.id for one in empty.statements()] == [one.id for one in record.statements()]
    assert empty.positions() == record.positions()
    assert empty.store.check() == []
    again = empty.import_from(form, place)
    assert (again.statements, again.judgements, again.unplaced) == (0, 0, ())


@pytest.mark.parametrize("form", STATEMENTS)
def test_an_old_file_never_outweighs_a_judgement_made_since(form: str, record: travaux.Record, tmp_path: Path) -> None:
    place = written(record, form, tmp_path / "out")
    first, second = (one.id for one in record.statements()[:2])
    record.judge(first, "correct", reviewer="C. Later", corrections={"stance": "against"})
    record.judge(second, "reject", reviewer="C. Later")
    before = judged(record)
    outcome = record.import_from(form, place, by="Somebody")
    assert judged(record) == before
    assert (outcome.judgements, outcome.unplaced) == (
        0,
        (),
    )  # nobody changed anything in the file, so there is no conflict


@pytest.mark.parametrize("form", ["label-studio", "dna"])
def test_a_record_without_reports_gets_them_from_the_file(
    form: str, record: travaux.Record, make, tmp_path: Path
) -> None:
    empty = make("bare", read=False, reports=False)
    shutil.copy(record.folder / "agenda.yaml", empty.folder)
    outcome = empty.import_from(form, written(record, form, tmp_path / "out"))
    assert sorted(outcome.reports) == ["a.txt", "b.html", "c.txt"]
    assert outcome.unplaced == ()

    def read(held: travaux.Record) -> list[tuple]:
        return [
            (one.report, one.party, one.option, one.stance, one.act, one.former, one.reader, dna_text(one.quote))
            for one in held.statements()
        ]

    assert read(empty) == read(record)
    assert [one[0].verdict for one in letters(empty)].count(Verdict.WITHDRAW) == 2
    assert empty.store.check() == []


@pytest.mark.parametrize("form", REFERENCES)
def test_references_that_come_back_unchanged_change_nothing(form: str, record: travaux.Record, tmp_path: Path) -> None:
    before = record.store.reports()
    outcome = record.import_from(form, written(record, form, tmp_path / "out"))
    assert (outcome.described, outcome.unplaced) == ((), ())
    assert record.store.reports() == before


@pytest.mark.parametrize("form", INCOMING)
def test_the_same_record_gives_the_same_bytes(form: str, record: travaux.Record, tmp_path: Path) -> None:
    def contents(place: Path) -> dict[str, bytes]:
        written(record, form, place)
        return {str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}

    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_merging_brings_all_of_a_review_and_only_once(record: travaux.Record, other: travaux.Record) -> None:
    taken = other.merge(record).taken
    assert taken.unplaced == ()
    assert judged(other) == judged(record)
    assert letters(other) == letters(record)
    assert other.store.readers() == ["local"]
    assert other.store.check() == []
    again = other.merge(record).taken
    assert (again.statements, again.judgements, again.unplaced) == (0, 0, ())
    back = record.merge(other)
    assert (back.taken.statements, back.taken.judgements, back.agreement.both) == (0, 0, 0)


@pytest.mark.parametrize("form", STATEMENTS)
def test_what_was_withdrawn_since_stays_withdrawn(form: str, record: travaux.Record, tmp_path: Path) -> None:
    place = written(record, form, tmp_path / "out")
    for _ in range(5):
        record.undo(reviewer="A. Reader")
    before, decided = judged(record), letters(record)
    outcome = record.import_from(form, place, by="Somebody")
    assert (judged(record), letters(record)) == (before, decided)
    assert (outcome.judgements, outcome.statements, outcome.unplaced) == (0, 0, ())


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_file_of_statements_alone_brings_what_a_person_added(
    form: str, record: travaux.Record, other: travaux.Record, tmp_path: Path
) -> None:
    written(record, form, tmp_path / "out")
    place = tmp_path / "out" / f"statements.{form}"
    unsigned = other.import_from(form, place, by="")
    assert "nobody signs it" in {one.says.partition(";")[0] for one in unsigned.unplaced}
    outcome = other.import_from(form, place, by="C. Other")
    added = [one for one in other.store.judgements() if one.verdict is Verdict.ADD]
    assert {one.reviewer for one in added} == {"C. Other"}
    assert {one.statement for one in added} == {one.id for one in record.statements() if one.reader == PERSON}
    assert outcome.unplaced == ()
    assert other.store.readers() == ["local"]

    def counting(held: travaux.Record) -> list[tuple]:
        return [(one.effective, one.verdict is Verdict.UNSURE) for one in held.judged()]

    assert counting(other) == counting(record)
    decided = letters(other)
    assert other.import_from(form, place, by="C. Other").judgements == 0
    assert letters(other) == decided


def test_a_withdrawal_that_is_nobodys_is_refused(record: travaux.Record, other: travaux.Record, tmp_path: Path) -> None:
    import json

    place = written(record, "jsonl", tmp_path / "out")
    file = place / "judgements.jsonl"
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    withdrawals = [row for row in rows if row["verdict"] == "withdraw"]
    judged = withdrawals[0]["statement"]
    withdrawals[0]["statement"] = "0" * 16  # which that judgement is not on
    withdrawals[1]["withdraws"] = 99
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    outcome = other.import_from("jsonl", place)
    assert sorted(one.says for one in outcome.unplaced) == [
        f"no judgement: it takes back what A. Reader decided on {judged}",
        "no judgement: the judgement that it takes back does not come with it",
    ]
    assert len([one for one in other.store.judgements() if one.verdict is Verdict.WITHDRAW]) == len(withdrawals) - 2


def test_what_somebody_else_took_back_comes_over_with_who_did(
    record: travaux.Record, other: travaux.Record, tmp_path: Path
) -> None:
    made = record.judge(record.statements()[0], "reject", reviewer="A. Reader")
    taken = record.withdraw(made, reviewer="The Chief", others=True)
    outcome = other.import_from("jsonl", written(record, "jsonl", tmp_path / "out"))
    assert outcome.unplaced == ()
    last = other.store.judgements()[-1]
    assert (last.verdict, last.reviewer, last.statement) == ("withdraw", "The Chief", taken.statement)
    assert other.store.judgement(last.withdraws).reviewer == "A. Reader"
    assert other.store.check() == []
