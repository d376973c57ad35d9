"""Demonstrations: counted crowds in the streets, and what is no demonstration though it sounds like one."""

import pytest
from happening_exercises import report, told_in

from travaux.happening import HappeningKind


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [("Some 7,000 farmers and a thousand tractors made themselves heard in the streets of Tarnburg.", "Tarnburg", "Some 7,000"),
     ("Roughly 17,000 farmers protested outside, many of them with tractors.", None, "Roughly 17,000"),
     ("On Friday 400 nurses marched through Leeds in the rain.", "Leeds", "400"),
     ("Thousands of students took to the streets of Lima on Monday against the treaty.", "Lima", "Thousands"),
     ("A rally of 3,000 teachers ended peacefully in Oslo on Sunday.", "Oslo", "3,000"),
     ("More than 2,000 people joined the rally in Oslo on Sunday.", "Oslo", "More than 2,000"),
     ("In Leeds about 900 bus drivers demonstrated on Tuesday.", "Leeds", "about 900"),
     ("Hundreds of dockers filled the square in front of the town hall of Bergen on Monday night.", None, "Hundreds")],
)  # fmt: skip
def test_a_counted_crowd_in_the_street_is_an_incident(text, place, words):
    happenings, _ = told_in(report(f"What the week brought\n\n{text}\n\nThe talks go on."))
    (found,) = [one for one in happenings if one.kind is HappeningKind.INCIDENT]
    assert [figure.words for figure in found.figures] == [words]
    assert place is None or place in (found.place or "")


@pytest.mark.parametrize(
    "text",
    ["Some 400 farmers are expected to march through Lima on Sunday.",
     "Twelve nurses marched through Leeds on Friday.",
     "The farmers protested in letters, and the union protested against the plan.",
     "About 4,000 fans signed a letter of protest on Saturday.",
     "The union represents 9,000 drivers and rallied to the defence of the plan.",
     "Prices marched upwards in March, and 3,000 flats were sold on the square.",
     "Nobody took to the streets of Lima.",
     "Unless a deal is found, 5,000 teachers will take to the streets of Oslo."],
)  # fmt: skip
def test_what_is_no_demonstration(text):
    happenings, _ = told_in(report(f"What the week brought\n\n{text}\n\nThe talks go on."))
    assert [one.what for one in happenings if one.kind is HappeningKind.INCIDENT] == []


@pytest.mark.parametrize(
    ("text", "places"),
    [("On Monday shots had been fired near the village of Tsol in Arania's south; a roof was damaged.", ["Tsol"]),
     ("At least 10,000 people had been killed by the end of October, and nobody counts the roads.", []),
     ("The council was seized of the matter in May and never came back to it.", []),
     ("In Kosti, across the Tarn from Lota, a blast killed four people on Monday.", ["Kosti"])],
)  # fmt: skip
def test_places_of_incidents_tolls_and_idioms(text, places):
    happenings, _ = told_in(report(f"What the week brought\n\n{text}\n\nThe talks go on."))
    incidents = [one for one in happenings if one.kind is HappeningKind.INCIDENT]
    assert [place for one in incidents for place in [one.place] if place in {"Tsol", "Kosti"}] == places
    assert bool(incidents) is bool(places)
