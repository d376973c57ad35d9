"""Shifts, conflicts, meetings and incidents against the gold records: the matching, and floors that may not fall."""

from pathlib import Path

import pytest

from travaux.agenda import load_agenda
from travaux.analysis.conflict import Conflict, ConflictKind, Passage, Side
from travaux.evaluation.across import across_measures, gold_families, gold_statements
from travaux.evaluation.conflicts import answers
from travaux.evaluation.counting import measure_of
from travaux.evaluation.given import AcrossInput
from travaux.evaluation.happenings import measure_happenings
from travaux.happening import HappeningKind
from travaux.intake import Received, receive_files
from travaux.reading.happenings import facts_in, happenings_in
from travaux.reading.local import LocalReader

ROOT = Path(__file__).parents[2]
GOLD = {
    "example-guarantees": ROOT / "examples" / "example-guarantees",
    "black-sea-grain": ROOT / "tests" / "quality" / "black-sea-grain",
}
# Precision and recall, a little under what was reached; with the gold statements, so that the analysis is judged by itself.
FLOORS = {
    "example-guarantees": {
        "shifts of gold statements": (0.95, 0.95), "conflicts of gold statements": (0.95, 0.95), "meetings": (0.9, 0.75),
        "incidents": (0.95, 0.95),
    },
    "black-sea-grain": {
        "shifts of gold statements": (0.95, 0.95), "conflicts of gold statements": (0.75, 0.65), "meetings": (0.85, 0.7),
        "incidents": (0.95, 0.95),
    },
}  # fmt: skip


def given_of(folder):
    """What is measured, read by grammar alone: happenings and facts need no encoder, and the statements are the gold ones."""
    agenda, reader = load_agenda(folder / "agenda.yaml"), LocalReader(encoder=False)
    names, _ = reader.prepare(agenda)
    reports = [one.report for one in receive_files([folder]) if isinstance(one, Received)]
    happenings, facts = [], []
    for report in reports:
        lines = reader.lines_of(report, agenda)
        happenings += happenings_in(lines, names, report)
        facts += facts_in(lines, names, report)
    return AcrossInput(
        agenda, reports, gold_statements(folder, reports), happenings, facts, gold_families(folder, reports)
    )


@pytest.mark.parametrize("name", GOLD)
def test_the_floors_are_reached(name):
    found = across_measures(GOLD[name], given_of(GOLD[name]))
    reached = {figure: (found[figure].p, found[figure].r) for figure in FLOORS[name]}
    fallen = {
        figure: (reached[figure], floor)
        for figure, floor in FLOORS[name].items()
        if reached[figure][0] < floor[0] or reached[figure][1] < floor[1]
    }
    assert not fallen, f"under the floor (reached, floor): {fallen}"


def test_gold_statements_stand_in_their_reports():
    folder = GOLD["example-guarantees"]
    reports = [one.report for one in receive_files([folder]) if isinstance(one, Received)]
    texts = {report.id: report.text for report in reports}
    made = gold_statements(folder, reports)
    assert made
    assert all(texts[one.report_id][one.start : one.end] == one.quote for one in made)


def test_a_conflict_answers_only_where_two_sides_hold_the_two_quotes():
    texts = {"a.txt": "One says yes.", "b.txt": "Two says no.", "c.txt": "Three says no, like two."}
    entry = {"kind": "position", "reports": ["a.txt", "b.txt"], "quotes": ["says yes", "says no"]}

    def passage(name):
        return Passage(name, name, 0, len(texts[name]), texts[name])

    def conflict(kind, *sides):
        return Conflict(
            "id", kind, "it", tuple(Side(str(n), tuple(map(passage, names))) for n, names in enumerate(sides)), "so"
        )

    assert answers(conflict(ConflictKind.POSITION, ["a.txt"], ["b.txt"]), entry, texts, {})
    assert not answers(conflict(ConflictKind.POSITION, ["a.txt", "b.txt"], ["c.txt"]), entry, texts, {})
    assert not answers(conflict(ConflictKind.NUMBER, ["a.txt"], ["b.txt"]), entry, texts, {})
    assert not answers(conflict(ConflictKind.POSITION, ["a.txt"], ["c.txt"]), entry, texts, {})
    assert answers(conflict(ConflictKind.POSITION, ["a.txt"], ["c.txt"]), entry, texts, {"b.txt": {"b.txt", "c.txt"}})


def test_nothing_expected_and_nothing_found_is_perfect_and_anything_found_is_wrong():
    assert (measure_of(0, 0, 0, 0).p, measure_of(0, 0, 0, 0).r) == (1.0, 1.0)
    assert measure_of(0, 3, 0, 0).p == 0.0
    assert measure_of(0, 0, 0, 4).r == 0.0


def test_a_meeting_of_another_status_or_place_answers_nothing():
    folder = GOLD["example-guarantees"]
    given = given_of(folder)
    from travaux.analysis.events import events_of

    events = [one for one in events_of(given.happenings, given.dates) if one.place == "Berlin"]
    assert len(events) == 1
    entry = {"status": "held", "place": "Berlin", "participants": [], "reports": ["09-berlin-nato-seat.txt"]}
    assert measure_happenings([entry], events, given).r == 1.0
    assert measure_happenings([{**entry, "status": "planned"}], events, given).r == 0.0
    assert measure_happenings([{**entry, "place": "Paris"}], events, given).r == 0.0
    assert measure_happenings([{**entry, "reports": ["01-rome-after-alaska.txt"]}], events, given).r == 0.0


def test_an_entry_without_a_place_is_answered_by_its_day_and_somebody_of_those_it_names():
    folder = GOLD["example-guarantees"]
    given = given_of(folder)
    from travaux.analysis.events import events_of

    one = next(
        event
        for event in events_of(given.happenings, given.dates)
        if event.kind is HappeningKind.MEETING and event.versions[0].day and len(event.versions[0].day) == 10
    )
    told = one.versions[0]
    entry = {"status": str(told.status), "place": "", "date": told.day, "participants": [], "reports": [told.report]}
    assert measure_happenings([entry], [one], given).r == 1.0
    assert measure_happenings([{**entry, "date": "1999-12-31"}], [one], given).r == 0.0
    assert measure_happenings([{**entry, "date": told.day[:7]}], [one], given).r == 0.0
    strangers = ["Ada Nobody", "Ben Nowhere", "Cy Never"]
    assert measure_happenings([{**entry, "participants": strangers}], [one], given).r == 0.0
    assert measure_happenings([{**entry, "participants": [told.participants[0], *strangers]}], [one], given).r == 1.0
