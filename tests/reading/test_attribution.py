"""Who vouches, who speaks, and whose position it is when somebody else tells it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from travaux.model import Reading, Statement, Via

Read = Callable[[str], Reading]


def only(reading: Reading) -> Statement:
    assert len(reading.statements) == 1, [(s.party, s.option, s.stance) for s in reading.statements]
    return reading.statements[0]


def test_own_speech_is_via_speaker_and_names_the_person(read: Read) -> None:
    statement = only(read("Kari Lund rejected a quota cut on Friday."))
    assert (statement.party, statement.speaker, statement.via) == ("norway", "Kari Lund", Via.SPEAKER)


def test_a_bare_party_has_no_speaker(read: Read) -> None:
    assert only(read("Oslo rejected a quota cut.")).speaker is None


def test_what_the_report_only_tells_is_via_narrator(read: Read) -> None:
    assert only(read("Norway wants a quota cut.")).via is Via.NARRATOR


def test_a_position_told_by_another_party_is_hearsay(read: Read) -> None:
    statement = only(read("Jon Arason said that Norway had agreed to a quota cut."))
    assert (statement.party, statement.via, statement.via_name) == ("norway", Via.OTHER, "Jon Arason")


def test_according_to_names_who_vouches(read: Read) -> None:
    statement = only(read("Norway has agreed to a quota cut, according to Jon Arason."))
    assert (statement.party, statement.via, statement.via_name) == ("norway", Via.OTHER, "Jon Arason")


def test_an_unnamed_source_is_anonymous(read: Read) -> None:
    statement = only(read("Norway has agreed to a quota cut, according to two sources familiar with the talks."))
    assert statement.via is Via.ANONYMOUS
    assert statement.via_name is not None and "sources" in statement.via_name


def test_an_office_means_its_holder(read: Read) -> None:
    statement = only(read("The Icelandic prime minister rejected a quota cut."))
    assert (statement.party, statement.speaker) == ("iceland", "Jon Arason")


def test_a_pronoun_means_the_subject_before(read: Read) -> None:
    found = read("Kari Lund met reporters in Bergen. She rejected a quota cut.")
    statement = only(found)
    assert (statement.party, statement.speaker) == ("norway", "Kari Lund")


def test_a_stranger_is_not_taken_for_the_commonest_party(read: Read) -> None:
    """Default answers: somebody the agenda does not know makes no statement for a party it does know."""
    assert read("Anna Okafor, a marine biologist, rejected a quota cut.").statements == ()


def test_every_statement_says_why(read: Read) -> None:
    statement = only(read("Kari Lund rejected a quota cut unless Iceland pays."))
    steps = {reason.step for reason in statement.reasons}
    assert {"speaker", "option", "stance", "via", "condition"} <= steps
    assert all(reason.says for reason in statement.reasons)


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("The Faroes reject a quota cut, their chief negotiator said on Monday.", "their chief negotiator"),
        ("The Faroes oppose observers, the fisheries secretary told reporters.", "the fisheries secretary"),
        ("The director of the Faroese coast guard rejected observers.", "The director of the Faroese coast guard"),
        ("A spokesman for the Faroes rejected a quota cut.", "A spokesman for the Faroes"),
        (
            "The Faroese minister responsible for trade rejected a quota cut.",
            "The Faroese minister responsible for trade",
        ),
    ],
)
def test_an_office_is_given_whole_as_the_report_has_it(read: Read, words: str, speaker: str) -> None:
    statement = only(read(words))
    assert (statement.party, statement.speaker) == ("faroes", speaker)


@pytest.mark.parametrize(
    "words",
    [
        "Torshavn's trade minister Hanna Joensen rejected a quota cut.",
        "The Faroes reject a quota cut, Fisheries Minister Hanna Joensen said.",
        "The Faroes reject a quota cut, said their envoy, Hanna Joensen.",
    ],
)
def test_a_person_whom_the_agenda_does_not_know_is_named(read: Read, words: str) -> None:
    statement = only(read(words))
    assert (statement.party, statement.speaker) == ("faroes", "Hanna Joensen")


@pytest.mark.parametrize("who", ["A Faroese official", "Two Faroese diplomats", "Faroese officials"])
def test_officials_without_a_name_are_anonymous(read: Read, who: str) -> None:
    statement = only(read(f"{who} said the Faroes would oppose a quota cut."))
    assert (statement.party, statement.speaker, statement.via) == ("faroes", None, Via.ANONYMOUS)


def test_according_to_somebodys_words_or_people_nobody_names(read: Read) -> None:
    told = only(read("Norway has agreed to a quota cut, according to Jon Arason's letter."))
    assert (told.party, told.via) == ("norway", Via.OTHER)
    unnamed = only(read("Norway, according to two persons informed of the talks, agreed to a quota cut."))
    assert (unnamed.party, unnamed.via, unnamed.via_name) == ("norway", Via.ANONYMOUS, "two persons")
