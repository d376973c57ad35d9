"""What goes out comes back: for every format with a way back, nothing is lost but what it says it loses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import travaux
from travaux.exchange.formats import FORMATS, INCOMING
from travaux.model import Verdict

WHOLE = ("csv", "jsonl", "datapackage", "parquet", "xlsx")
STATEMENTS = tuple(name for name in INCOMING if name not in ("csl", "bibtex", "ris"))
REFERENCES = ("csl", "bibtex", "ris")


def written(record: travaux.Record, form: str, place: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    files = record.export(form, place)
    return files[0] if FORMATS[form].file else place


def judged(record: travaux.Record) -> list[tuple]:
    return [
        (one.statement, one.statement.reasons, one.effective, one.verdict, one.reason)
        for one in record.judged(rejected=True)
    ]


def letters(record: travaux.Record) -> list:
    return [replace(one, number=0) for one in record.store.judgements()]


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
    form: str, record: travaux.Record, make, tmp_path: Path
) -> None:
    empty = make("other", read=False)
    place = written(record, form, tmp_path / "out")
    outcome = empty.import_from(form, place)
    assert (outcome.unplaced, outcome.told, outcome.reports) == ((), (), ())
    rejected = {one.statement.id for one in record.judged(rejected=True) if one.verdict is Verdict.REJECT}
    lost = set() if form in WHOLE else rejected
    assert judged(empty) == [one for one in judged(record) if one[0].id not in lost]
    assert letters(empty) == [one for one in letters(record) if one.statement not in lost]
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
    outcome = empty.import_from(form, written(record, form, tmp_path / "out"))
    assert sorted(outcome.reports) == ["a.txt", "b.html", "c.txt"]
    assert outcome.unplaced == ()
    wanted = [(one.report, one.party, one.option, one.stance, one.act, one.former) for one in record.statements()]
    assert [
        (one.report, one.party, one.option, one.stance, one.act, one.former) for one in empty.statements()
    ] == wanted
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
