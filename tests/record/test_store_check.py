"""`Store.check` finds what was changed behind the program's back, and nothing in a sound record."""

from dataclasses import replace

import pytest

from travaux.model import Judgement, Verdict
from travaux.record import DATABASE_NAME, Problem, Store


@pytest.fixture
def closed(store, folder, make_report, make_reading, make_run):
    """A sound record with two reports, a reading and two judgements, closed."""
    for name in ("a.txt", "b.txt"):
        report, raw = make_report(name, listed=True)
        store.add_report(report, raw)
    store.save_reading(report.id, make_run(), make_reading(report))
    one = store.statements()[0]
    judgement = Judgement(
        0,
        one.id,
        Verdict.CONFIRM,
        "reviewer-a",
        "2025-08-18T10:00:00Z",
        one.report_id,
        one.start,
        one.end,
        one.quote,
        one.party,
        one.option,
        one.stance,
    )
    store.judge(judgement)
    store.judge(replace(judgement, verdict=Verdict.UNSURE))
    assert store.check() == []
    store.close()
    return folder


@pytest.mark.parametrize(
    ("change", "about", "says"),
    [
        (
            "UPDATE original SET raw = CAST(raw || '!' AS BLOB) WHERE report_id = (SELECT id FROM report WHERE name = 'a.txt')",
            "a.txt",
            "its bytes are not what was added",
        ),
        (
            "DELETE FROM original WHERE report_id = (SELECT id FROM report WHERE name = 'a.txt')",
            "a.txt",
            "its bytes are missing",
        ),
        ("UPDATE report SET text = upper(text) WHERE name = 'a.txt'", "a.txt", "its text is not what was added"),
        ("UPDATE report SET characters = 3 WHERE name = 'a.txt'", "a.txt", "characters, not 3"),
        ("UPDATE report SET name = 'z.txt' WHERE name = 'a.txt'", "z.txt", "id is not the hash"),
        ("UPDATE report SET blocks = '[[0,999,\"title\",\"\"]]' WHERE name = 'a.txt'", "a.txt", "layout block 0:999"),
        ("UPDATE report SET blocks = '[[0,9,\"poem\",\"\"]]' WHERE name = 'a.txt'", "a.txt", "holds what it cannot"),
        ("UPDATE report SET published = 'May', published_basis = 'page' WHERE name = 'a.txt'", "a.txt", "cannot"),
        ("UPDATE statement SET quote = 'Forged' WHERE start = 0", "statement", "the quote is not the text"),
        ("UPDATE statement SET start = start + 1", "statement", "the quote is not the text"),
        ("UPDATE statement SET stance = 'open'", "statement", "id is not the hash"),
        ("UPDATE statement SET stance = 'glad'", "b.txt", "holds what it cannot"),
        ("DELETE FROM reading", "statement", "no reading of b.txt by local took it"),
        ("UPDATE run SET version = '9'", "run", "id is not the hash"),
        ("DELETE FROM judgement WHERE number = 1", "judgement 2", "one is missing before it"),
        ("UPDATE judgement SET quote = 'Forged'", "judgement 1", "the quote is not the text"),
        ('UPDATE judgement SET corrections = \'[["stance","glad"]]\'', "judgement 1", "stance cannot be 'glad'"),
        ("DELETE FROM report WHERE name = 'b.txt'", "database", "refers to a missing row of table report"),
    ],
)
def test_each_forgery_is_found(closed, behind, database, change, about, says):
    behind.forge(change if database == "sqlite" else change.replace("AS BLOB", "AS bytea"))
    with Store.open(closed, read_only=True) as store:
        found = store.check()
    assert [problem for problem in found if problem.about.startswith(about) and says in problem.says], found
    assert all("\n" not in str(problem) for problem in found)


def test_missing_triggers_are_found(closed, behind):
    behind.drop_trigger("judgement", "judgement_no_delete")
    with Store.open(closed) as store:
        assert store.check() == [Problem("database", "the trigger judgement_no_delete is missing")]


def test_one_broken_report_hides_no_other(closed, behind):
    behind.forge(
        "UPDATE report SET blocks = '[[0,9,\"poem\",\"\"]]' WHERE name = 'a.txt'",
        "UPDATE report SET characters = 3 WHERE name = 'b.txt'",
    )
    with Store.open(closed) as store:
        assert [problem.about for problem in store.check()] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # a server's files are the server's own
def test_a_damaged_file_is_a_problem_not_a_crash(store, folder, make_report):
    for number in range(20):
        store.add_report(*make_report(f"{number}.txt", f"{number} " * 5000))
    store.close()
    file = folder / DATABASE_NAME
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 4096 * 10] = b"\xff" * 4096 * 10
    file.write_bytes(whole)
    with Store.open(folder, read_only=True) as opened:
        found = opened.check()
    assert "database" in {problem.about for problem in found}
    assert all("\n" not in str(problem) for problem in found)
