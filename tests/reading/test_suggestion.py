"""A drafted agenda: parties who speak, people with their offices, options from what they speak about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from travaux.agenda import dump_agenda, load_agenda, parse_agenda
from travaux.intake import Received, receive_bytes, receive_files
from travaux.model import Agenda
from travaux.reading.suggestion import Found, same_person, suggest_agenda, third_person

SHARED = Path(__file__).resolve().parents[3] / "shared"
REPORT = """Norwegian Fisheries Minister Kari Lund demanded an arbitration panel on Friday.

Iceland rejected an arbitration panel. Icelandic Prime Minister Jon Arason said Reykjavik was ready to accept observers.

Lund welcomed the observers and repeated her demand for an arbitration panel.
"""


def draft(text: str) -> Agenda:
    return suggest_agenda([receive_bytes(text.encode(), "draft.txt").report], "Herring")


def test_parties_and_people_come_with_their_offices() -> None:
    agenda = draft(REPORT)
    parties = {party.name: party for party in agenda.parties}
    assert set(parties) == {"Norway", "Iceland"}
    assert [(person.name, person.role) for person in parties["Norway"].people] == [("Kari Lund", "Minister of Norway")]
    assert [person.name for person in parties["Iceland"].people] == ["Jon Arason"]
    assert "Reykjavik" in parties["Iceland"].names


def test_options_come_from_what_the_cues_are_about() -> None:
    says = " / ".join(option.says for option in draft(REPORT).options)
    assert "rbitration panel" in says
    assert "bservers" in says


def test_the_draft_loads_and_is_the_same_every_time() -> None:
    text = dump_agenda(draft(REPORT))
    assert parse_agenda(text).parties == draft(REPORT).parties
    assert dump_agenda(draft(REPORT)) == text


def test_a_text_without_positions_gives_an_empty_draft() -> None:
    assert draft("The weather was calm.").parties == ()


def test_spelling_variants_are_one_person_and_namesakes_are_not() -> None:
    person = Found()
    person.spellings["Volodymyr Zelenskyy"] += 1
    assert same_person("Zelensky", person)
    assert not same_person("Kari Zelenskyy", person)
    assert not same_person("Zelnik", person)


def test_third_person() -> None:
    assert [third_person(verb) for verb in ("join", "pass", "carry", "stay", "be", "go")] == [
        "joins",
        "passes",
        "carries",
        "stays",
        "is",
        "goes",
    ]


@pytest.mark.skipif(
    not (SHARED / "gold" / "ukraine-guarantees").is_dir(),
    reason="the seed reports lie beside the checkout only where they may be read",
)
def test_the_seed_reports_give_a_useful_draft() -> None:
    """Measured on the four seed reports: most parties and people of the hand-made agenda are found, some options too."""
    folder = SHARED / "gold" / "ukraine-guarantees"
    gold = load_agenda(folder / "agenda.yaml")
    reports = [found.report for found in receive_files([folder]) if isinstance(found, Received)]
    made = suggest_agenda(reports, gold.title)
    names = {name for party in made.parties for name in (party.name, *party.names)}
    found = [party for party in gold.parties if {party.name, *party.names} & names]
    assert len(found) >= 7  # of 9; the European side taken together has no name of its own
    people = {
        name.split()[-1] for party in made.parties for person in party.people for name in (person.name, *person.names)
    }
    known = [person for party in gold.parties for person in party.people]
    assert (
        sum(bool({name.split()[-1] for name in (person.name, *person.names)} & people) for person in known) >= 8
    )  # of 12
    words = " ".join(word for option in made.options for word in (option.says, *option.words)).lower()
    told = [
        option for option in gold.options if any(re.search(re.escape(word.lower()), words) for word in option.words)
    ]
    assert len(told) >= 6  # of 26 options, most of which a single sentence carries
