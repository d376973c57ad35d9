"""Names of people, found by the grammar around them."""

import pytest

from travaux.reading.parse import kind_of, parsed
from travaux.reading.people import people_in


def names(text):
    (doc,) = parsed([text])
    found = people_in(doc)
    assert [(one.start, one.end) for one in doc.ents] == [(one.start, one.end) for one in found]
    assert {one.label_ for one in found} <= {"PERSON"}
    return [one.text for one in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Energy Minister Curtis Ramlogan said the price would stay.", ["Curtis Ramlogan"]),
        ("The price will stay, said Helen Marsden, Australia's trade minister.", ["Helen Marsden"]),
        ("Ms Okafor rejected the offer.", ["Okafor"]),
        ("The offer was rejected by Ana de la Cruz on Monday.", ["Ana de la Cruz"]),
        ("J. R. Whitmore and Ingrid Stokke met in Geneva.", ["J. R. Whitmore", "Ingrid Stokke"]),
        ("Anneli Torp said no. Ruben Vos said yes.", ["Anneli Torp", "Ruben Vos"]),
    ],
)
def test_who_speaks_or_holds_an_office(text, wanted):
    assert names(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The Security Council adopted the text in New York.",
        "NATO and TASS were silent.",
        "The Foreign Ministry said on Tuesday that the Strait of Hormuz was open.",
        "Ships sailed from Port Said.",
        "",
    ],
)
def test_bodies_places_and_days_are_nobody(text):
    assert names(text) == []


def test_a_name_never_runs_over_the_end_of_a_sentence():
    (doc,) = parsed(["It was signed by Marta Keller. Arun Mehta stayed away."])
    assert all(one[0].sent == one[-1].sent for one in people_in(doc))


def test_places_are_recognised_when_they_are_asked_for():
    (doc,) = parsed(["Marta Keller met Arun Mehta in Geneva on Monday."])
    place = next(token for token in doc if token.text == "Geneva")
    assert place.ent_type_ == ""
    assert kind_of(place) == "GPE"
    assert {"GPE", "DATE", "PERSON"} <= {one.label_ for one in doc.ents}
