"""Meetings and incidents that a sentence shows without a word that names one."""

from __future__ import annotations

from pathlib import Path

import pytest

from travaux.happening import HappeningKind, Status
from travaux.intake import receive_bytes
from travaux.model import Agenda, Issue, Option, Party, Person
from travaux.reading.local import LocalReader, underway
from travaux.reading.noticing import LIKELY, TAGS, load_heads
from travaux.reading.table_model import load_model, model_folder

AGENDA = Agenda(
    "Ferry talks",
    (
        Party("line", "Sound Line", "organisation", ("the line",), (Person("Ada Brandt", ("Brandt",), "chief executive"),)),
        Party("crews", "Crews' Union", "organisation", ("the union",), (Person("Jon Lied", ("Lied",), "president"),)),
    ),
    (Issue("pay", "Pay", (Option("raise", "Wages rise by 4 per cent", ("4 per cent",)),)),),
    digest="ferries",
)  # fmt: skip


def report_of(text: str):
    return receive_bytes(text.encode(), "a.txt").report


def noticed_in(text: str):
    report, reader = report_of(text), LocalReader()
    lines = reader.lines_of(report, AGENDA)
    model = load_model(model_folder())
    assert model is not None
    return report, lines, underway(model, lines, AGENDA, report).noticed()


def test_a_folder_without_heads_has_none(tmp_path: Path) -> None:
    assert load_heads(tmp_path) is None


def test_every_sentence_is_looked_at_also_where_no_party_is_named() -> None:
    _, lines, noticed = noticed_in(
        "Rain fell. It was cold.\n\nNobody came to the pier. " + "The gulls did not mind. " * 9
    )
    assert sorted(noticed) == [line.sentence.number for line in lines]


def test_the_pieces_of_a_sentence_stand_in_it() -> None:
    report, lines, noticed = noticed_in(
        "Brandt said no.\n\nLied shared a bench with Ada Brandt on the quay until dusk."
    )
    shown = [line for line in lines if noticed[line.sentence.number].meeting > LIKELY]
    assert len(shown) == 1
    for line in shown:
        own = noticed[line.sentence.number]
        assert own.words.shape == (len(own.pieces), len(TAGS))
        assert all(line.sentence.start <= start < end <= line.sentence.end for start, end in own.pieces)
        joined = "".join(report.text[start:end] for start, end in own.pieces)
        assert joined == "".join(report.text[line.sentence.start : line.sentence.end].split())


def happenings_of(text: str, kind: HappeningKind):
    read = LocalReader().read(report_of("Ferries\n\nThe talks are about wages. " + text), AGENDA)
    return [one for one in read.happenings if one.kind is kind]


def test_a_meeting_is_read_where_it_is_shown():
    text = "Lied shared a bench with Ada Brandt on the quay until dusk on 4 June 2024."
    (one,) = happenings_of(text, HappeningKind.MEETING)
    assert set(one.participants) == {"Ada Brandt", "Jon Lied"}
    assert (one.status, one.day, one.place) == (Status.HELD, "2024-06-04", "quay")
    grammar = LocalReader(encoder=False).read(report_of("Ferries\n\nThe talks are about wages. " + text), AGENDA)
    assert not grammar.happenings  # no word of the lexicon names it


def test_an_incident_is_read_where_it_is_shown():
    (one,) = happenings_of(
        "A gangway gave way at Larvik on 4 June 2024, and three stewards fell into the basin.", HappeningKind.INCIDENT
    )
    assert (one.place, one.day) == ("Larvik", "2024-06-04")


def test_a_day_in_the_diary_is_enough_where_the_heads_agree():
    (one,) = happenings_of("The committee meets again on 18 June 2024.", HappeningKind.MEETING)
    assert (one.status, one.day) == (Status.PLANNED, "2024-06-18")


@pytest.mark.parametrize(
    "text",
    ["Brandt offers Lied 3 per cent.", "Sound Line refuses to pay 4 per cent more, Brandt said.",
     "Brandt called the plan a shipwreck.", "Lied does not rule out a strike if the line sends no better offer."],
)  # fmt: skip
def test_positions_and_figures_of_speech_show_nothing(text):
    _, lines, noticed = noticed_in("Ferries\n\nThe talks are about wages. " + text)
    last = noticed[lines[-1].sentence.number]
    assert last.meeting < LIKELY and last.incident < LIKELY
