"""Happenings and facts in the store: written with their reading, whole or not at all, and checked."""

from dataclasses import replace

import pytest

from travaux.happening import Fact, FactKind, Figure, Happening, HappeningKind, Status
from travaux.model import Reading
from travaux.reading.identity import identified_fact, identified_happening

QUOTE = "Northland said it would accept the ferry link."


@pytest.fixture
def held(store, make_report):
    report, raw = make_report()
    store.add_report(report, raw)
    return report


def meeting(of, **fields):
    """A meeting told in the first sentence of the report."""
    start = of.text.index(QUOTE)
    given = {
        "participants": ("Northland", "Southland"),
        "parties": ("northland",),
        "place": "Port",
        "day": "2024-06",
    } | fields
    figures = (Figure("killed", "at least two", 2.0, None),)
    made = Happening(
        "",
        of.name,
        of.id,
        start,
        start + len(QUOTE),
        QUOTE,
        HappeningKind.MEETING,
        "talks",
        "talks",
        Status.HELD,
        figures=figures,
        **given,
    )
    return identified_happening(made)


def office(of, **fields):
    """An office told in the first sentence of the report."""
    start = of.text.index(QUOTE)
    made = Fact(
        "",
        of.name,
        of.id,
        start,
        start + len(QUOTE),
        QUOTE,
        FactKind.ROLE,
        "Ann Lee",
        ("minister",),
        "minister",
        **fields,
    )
    return identified_fact(made)


def test_they_come_back_as_they_were_written(store, held, make_run):
    number = office(held, figure=Figure("docker", "12", 12.0, 12.0, False))
    store.save_reading(
        held.id, make_run("local"), Reading((), 2, happenings=(meeting(held),), facts=(office(held), number))
    )
    assert store.happenings() == [meeting(held)]
    assert sorted(store.facts(), key=lambda one: one.id) == sorted([office(held), number], key=lambda one: one.id)
    assert store.happenings(reader="llm") == []
    assert store.check() == []


def test_a_new_reading_takes_their_place_and_a_failure_leaves_none(store, held, make_run):
    run = make_run("local")
    store.save_reading(held.id, run, Reading((), 2, happenings=(meeting(held),), facts=(office(held),)))
    store.save_reading(held.id, run, Reading((), 2, happenings=(meeting(held, place="Pier"),)))
    assert [one.place for one in store.happenings()] == ["Pier"]
    assert store.facts() == []
    store.save_failure(held.id, run, "too long")
    assert store.happenings() == []


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [({"quote": "Other words"}, "the quote is not the text"), ({"end": 9_999}, "outside the text"),
     ({"report_id": "x"}, "another report"), ({"reader": "llm"}, "another report or reader"), ({"what": "summit"}, "hash of its content")],
)  # fmt: skip
def test_what_breaks_the_rules_of_evidence_is_refused_and_nothing_is_written(
    store, held, make_run, make_reading, spoilt, says
):
    reading = replace(make_reading(held), happenings=(replace(meeting(held), **spoilt),))
    with pytest.raises(ValueError, match=says):
        store.save_reading(held.id, make_run("local"), reading)
    assert store.statements() == []
    assert store.happenings() == []


def test_one_told_twice_is_refused(store, held, make_run):
    with pytest.raises(ValueError, match="told twice"):
        store.save_reading(held.id, make_run("local"), Reading((), 2, facts=(office(held), office(held))))


def test_a_changed_row_is_found(store, behind, held, make_run):
    store.save_reading(held.id, make_run("local"), Reading((), 2, happenings=(meeting(held),), facts=(office(held),)))
    behind.execute("UPDATE happening SET place = 'elsewhere'", "UPDATE fact SET quote = 'made up'")
    told = [str(problem) for problem in store.check()]
    assert any("happening" in line and "hash of its content" in line for line in told)
    assert any("fact" in line and "not the text" in line for line in told)


def test_a_report_that_is_left_unread_holds_nothing_any_more(store, held, make_run):
    store.save_reading(held.id, make_run("local"), Reading((), 1, happenings=(meeting(held),), facts=(office(held),)))
    assert (len(store.happenings()), len(store.facts())) == (1, 1)
    store.save_unread(held.id, make_run("local"), "fr")
    assert (store.happenings(), store.facts()) == ([], [])
    assert store.check() == []
