"""Sides on options that consist in something being no more, in a refusal or in a limit, and what keeps or ends it in other words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from travaux.agenda import parse_agenda
from travaux.intake import receive_bytes
from travaux.model import Agenda
from travaux.reading.local import LocalReader

AGENDA = """
title: A dozen tables
parties:
  - {id: dockers, name: Dockers' Union, kind: union, names: [the dockers, the union]}
  - {id: owners, name: Shipowners' League, kind: company, names: [the owners, the league]}
  - {id: valdia, name: Valdia, kind: state, names: [Valdian]}
  - {id: korsk, name: Korsk, kind: state, names: [Korskian]}
issues:
  - id: all
    title: All
    options:
      - {id: levy-gone, says: The diesel levy is abolished, words: [diesel levy]}
      - {id: embargo-lifted, says: Valdia lifts its embargo on timber, words: [timber embargo]}
      - {id: troops-leave, says: Korskian troops leave the Harn valley, words: [Harn valley]}
      - {id: vote-late, says: The mayoral vote is postponed, words: [mayoral vote]}
      - {id: pay-cut, says: Overtime pay is reduced, words: [overtime pay]}
      - {id: no-layoffs, says: Nobody is laid off before 2030, words: [layoffs]}
      - {id: no-drones, says: No drones fly over the strait, words: [drones]}
      - {id: archive, says: The two museums share an archive, words: [shared archive]}
      - {id: cap, says: Ticket prices are capped at 40 crowns, words: [40 crowns]}
      - {id: treaty, says: The parties sign a fisheries treaty, words: [fisheries treaty]}
      - {id: bonus, says: Nurses get a night bonus, words: [night bonus]}
      - {id: inspectors, says: Inspectors visit the smelter, words: [inspectors, smelter]}
"""


@pytest.fixture(scope="module")
def tables() -> Agenda:
    return parse_agenda(AGENDA)


@pytest.fixture(scope="module")
def told(tables: Agenda, reader: LocalReader) -> Callable[[str], set[tuple[str, str, str]]]:
    """Party, option and stance of everything that the grammar reads in a passage; a former stance is marked."""

    def told_in(passage: str) -> set[tuple[str, str, str]]:
        found = reader.read(receive_bytes(passage.encode(), "passage.txt").report, tables).statements
        return {(s.party, s.option, ("former-" if s.former else "") + s.stance) for s in found}

    return told_in


FOR, AGAINST, OPEN, WAS_FOR = "for", "against", "open", "former-for"
GONE = [
    ("The owners want the diesel levy abolished.", "owners", "levy-gone", FOR),
    ("The owners oppose the diesel levy.", "owners", "levy-gone", FOR),
    ("The dockers defend the diesel levy.", "dockers", "levy-gone", AGAINST),
    ("The dockers asked that the diesel levy remain in force.", "dockers", "levy-gone", AGAINST),
    ("The owners called for the diesel levy to be scrapped.", "owners", "levy-gone", FOR),
    ("The dockers insisted that the diesel levy stay.", "dockers", "levy-gone", AGAINST),
    ("The owners offered to keep the diesel levy.", "owners", "levy-gone", AGAINST),
    ("The league would do away with the diesel levy.", "owners", "levy-gone", FOR),
    ("Valdia refused to lift its timber embargo.", "valdia", "embargo-lifted", AGAINST),
    ("Valdia promised to end its timber embargo.", "valdia", "embargo-lifted", FOR),
    ("Valdia said it would maintain its timber embargo.", "valdia", "embargo-lifted", AGAINST),
    ("Korsk condemned the timber embargo.", "korsk", "embargo-lifted", FOR),
    ("Korsk demanded an end to the timber embargo.", "korsk", "embargo-lifted", FOR),
    ("Valdia demanded that Korsk pull out of the Harn valley.", "valdia", "troops-leave", FOR),
    ("Korsk agreed to withdraw from the Harn valley.", "korsk", "troops-leave", FOR),
    ("Korsk has offered to quit the Harn valley by June.", "korsk", "troops-leave", FOR),
    ("Korsk refuses to vacate the Harn valley.", "korsk", "troops-leave", AGAINST),
    ("The owners proposed to delay the mayoral vote.", "owners", "vote-late", FOR),
    ("The dockers want to put off the mayoral vote.", "dockers", "vote-late", FOR),
    ("The dockers rejected any delay of the mayoral vote.", "dockers", "vote-late", AGAINST),
    ("The owners insisted on cutting overtime pay.", "owners", "pay-cut", FOR),
    ("The owners would like to slash overtime pay.", "owners", "pay-cut", FOR),
    ("The dockers reject lower overtime pay.", "dockers", "pay-cut", AGAINST),
    ("The union demanded that nobody be laid off before 2030.", "dockers", "no-layoffs", FOR),
    ("Valdia wants no drones over the strait.", "valdia", "no-drones", FOR),
    ("Valdia opposes drones over the strait.", "valdia", "no-drones", FOR),
    ("Korsk assured its neighbours that no drones would fly over the strait.", "korsk", "no-drones", FOR),
]
TURNING = [
    ("Valdia will not hear of a shared archive.", "valdia", "archive", AGAINST),
    ("Korsk brushed off a shared archive.", "korsk", "archive", AGAINST),
    ("Korsk prefers a loan to a shared archive.", "korsk", "archive", AGAINST),
    ("Korsk stated its preference for a loan over a shared archive.", "korsk", "archive", AGAINST),
    ("Valdia considers a shared archive indispensable.", "valdia", "archive", FOR),
    ("Valdia considers the fisheries treaty a dead letter.", "valdia", "treaty", AGAINST),
    ("The owners would accept nothing less than 40 crowns.", "owners", "cap", FOR),
    ("The owners insisted that the price must not exceed 40 crowns.", "owners", "cap", FOR),
    ("The owners will pay no more than 40 crowns.", "owners", "cap", FOR),
    ("The dockers demanded that none of the inspectors enter the smelter.", "dockers", "inspectors", AGAINST),
    ("Korsk will share the archive with nobody.", "korsk", "archive", AGAINST),
    ("Valdia wants the inspectors out.", "valdia", "inspectors", AGAINST),
    ("Valdia would not part with the shared archive.", "valdia", "archive", FOR),
    ("Korsk found the night bonus bearable.", "korsk", "bonus", FOR),
    ("Korsk had once been willing to sign a fisheries treaty.", "korsk", "treaty", WAS_FOR),
    ("The owners, who had insisted on inspectors, wrote to the ministry.", "owners", "inspectors", WAS_FOR),
    ("Valdia is considering a fisheries treaty.", "valdia", "treaty", OPEN),
    ("Valdia is considering whether to sign the fisheries treaty.", "valdia", "treaty", OPEN),
    ("The dockers want the night bonus left as it is.", "dockers", "bonus", FOR),
]
MORE = [
    ("Korsk would hear of no shared archive.", "korsk", "archive", "against"),
    ("The league said nobody would be laid off before 2030.", "owners", "no-layoffs", "for"),
    ("The owners ruled out laying anybody off before 2030.", "owners", "no-layoffs", "for"),
    ("The dockers want the diesel levy kept.", "dockers", "levy-gone", "against"),
    ("Valdia pressed for the diesel levy to be repealed.", "valdia", "levy-gone", "for"),
    ("The owners have long fought the diesel levy.", "owners", "levy-gone", "for"),
    ("The dockers would rather keep the diesel levy than lose the night bonus.", "dockers", "levy-gone", "against"),
    ("Korsk urged Valdia to drop its timber embargo.", "korsk", "embargo-lifted", "for"),
    ("Valdia will not lift its timber embargo.", "valdia", "embargo-lifted", "against"),
    ("Valdia extended its timber embargo by a year.", "valdia", "embargo-lifted", "against"),
    ("Korsk called the timber embargo unlawful.", "korsk", "embargo-lifted", "for"),
    ("Valdia wants Korskian troops out of the Harn valley.", "valdia", "troops-leave", "for"),
    ("Korsk insists that its troops will stay in the Harn valley.", "korsk", "troops-leave", "against"),
    ("Korsk ruled out leaving the Harn valley.", "korsk", "troops-leave", "against"),
    ("The dockers suggested putting the mayoral vote off.", "dockers", "vote-late", "for"),
    ("The owners warned against postponing the mayoral vote.", "owners", "vote-late", "against"),
    ("The union would not accept a cut in overtime pay.", "dockers", "pay-cut", "against"),
    ("The league wants to trim overtime pay.", "owners", "pay-cut", "for"),
    ("Valdia demanded that no drones fly over the strait.", "valdia", "no-drones", "for"),
    ("Korsk rejected a ban on drones over the strait.", "korsk", "no-drones", "against"),
    ("Korsk described the fisheries treaty as a sham.", "korsk", "treaty", "against"),
    ("Valdia judged the fisheries treaty fair.", "valdia", "treaty", "for"),
    ("The dockers drew the line at inspectors.", "dockers", "inspectors", "against"),
    ("Valdia will sign nothing that lets inspectors into the smelter.", "valdia", "inspectors", "against"),
    ("The dockers had wanted a night bonus.", "dockers", "bonus", "former-for"),
    ("Korsk wants anything but a fisheries treaty.", "korsk", "treaty", "against"),
    ("The owners would pay a night bonus.", "owners", "bonus", "for"),
    ("Neither Valdia nor Korsk will hear of inspectors.", "valdia", "inspectors", "against"),
]
LOOK_ALIKES = [
    "The dockers left the night bonus in the draft.",
    "The fisheries treaty says nothing of Korsk.",
    "Valdia exceeded its budget in the year of the fisheries treaty.",
    "Korsk's delegates went out before the shared archive came up.",
    "The diesel levy remains unpopular, a poll in Valdia found.",
    "The diesel levy brought in nine million crowns last year.",
    "The Harn valley lies between Valdia and Korsk.",
    "No drones were seen over the strait, Korsk said.",
    "Korsk considers that the fisheries treaty was signed in spring.",
    "Nobody asked Valdia about the shared archive.",
    "The mayoral vote fell on a Sunday, the owners noted.",
    "Korsk left the hall before the fisheries treaty was read out.",
    "Inspectors visited the smelter in Korsk on Monday.",
    "The dockers were told nothing of the night bonus.",
    "Ticket prices stood at 40 crowns when the owners met.",
    "The owners declined to comment on the diesel levy.",
    "Asked about layoffs, the union had nothing to say.",
]


@pytest.mark.parametrize(("passage", "party", "option", "stance"), GONE)
def test_what_keeps_a_thing_is_against_its_end(
    told: Callable[[str], set[tuple[str, str, str]]], passage: str, party: str, option: str, stance: str
) -> None:
    assert (party, option, stance) in told(passage)
    assert {found[2] for found in told(passage) if found[:2] == (party, option)} == {stance}


@pytest.mark.parametrize(("passage", "party", "option", "stance"), [*TURNING, *MORE])
def test_words_that_turn_a_side(
    told: Callable[[str], set[tuple[str, str, str]]], passage: str, party: str, option: str, stance: str
) -> None:
    assert {found[2] for found in told(passage) if found[:2] == (party, option)} == {stance}


@pytest.mark.parametrize("passage", LOOK_ALIKES)
def test_what_takes_no_side(told: Callable[[str], set[tuple[str, str, str]]], passage: str) -> None:
    assert not told(passage)
