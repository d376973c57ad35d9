"""Conflicts on who holds an office, decided by the agenda: of companies, unions, cities and courts as of states."""

from __future__ import annotations

import pytest

from travaux.agenda.loading import parse_agenda
from travaux.analysis.conflict import ConflictKind
from travaux.analysis.conflicts import Material, conflicts_in
from travaux.intake import layout_blocks
from travaux.model import DateBasis, PartialDate, Report

AGENDA = parse_agenda("""
title: The quarry
parties:
  - {id: quarry, name: Stonewell Quarries, kind: company, names: [the quarry], people: [
      {name: Agnes Rohde, names: [Rohde], role: chief executive of Stonewell Quarries},
      {name: Piers Molyn, names: [Molyn], role: works manager of Stonewell Quarries}]}
  - {id: masons, name: Masons' League, kind: union, names: [the league], people: [
      {name: Tilda Storr, names: [Storr], role: general secretary of the Masons' League},
      {name: Bram Oudekerk, names: [Oudekerk], role: president of the Masons' League}]}
  - {id: town, name: Town of Stonewell, kind: organisation, names: [the town], people: [
      {name: Ellis Faro, names: [Faro], role: Mayor of Stonewell, since: 2030-01},
      {name: Rosa Lindt, names: [Lindt], role: town planner of Stonewell}]}
issues:
  - {id: dust, title: Dust, options: [{id: any, says: A deal is signed, words: [the deal]}]}
""")
FILLER = "The delegations met for three hours and parted without a word to the reporters who waited in the rain."


def offices(first: str, second: str, *days: str) -> list[tuple[str, set[str]]]:
    """What is about an office, with the words of its sides."""
    reports, dates = [], {}
    for number, words in enumerate((first, second)):
        text = f"{FILLER}\n\n{words}"
        day = PartialDate((days or ("2031-03-01", "2031-03-20"))[number], DateBasis.MANIFEST)
        name = f"{number}.txt"
        blocks = layout_blocks(text, None)
        reports.append(Report(name, name, "", "text/plain", "utf-8", text, blocks, published=day))
        dates[name] = day
    found = conflicts_in(Material([], [], [], reports, AGENDA), dates)
    return [(one.about_whom, {side.value for side in one.sides}) for one in found if one.kind is ConflictKind.ROLE]


@pytest.mark.parametrize(
    ("right", "wrong", "who"),
    [
        ("Agnes Rohde, chief executive of Stonewell Quarries, was brief.", "Works manager Agnes Rohde was brief.", "Agnes Rohde"),
        ("The quarry's managing director, Agnes Rohde, was brief.", "Mayor Agnes Rohde was brief.", "Agnes Rohde"),
        ("Tilda Storr, the league's general secretary, sighed.", "The president of the Masons' League, Tilda Storr, sighed.", "Tilda Storr"),
        ("Mayor Ellis Faro rang the bell.", "Town planner Ellis Faro rang the bell.", "Ellis Faro"),
        ("Its president, Bram Oudekerk, sang.", "Bram Oudekerk, who is general secretary of the Masons' League, sang.", "Bram Oudekerk"),
        ("Piers Molyn, works manager since May, wore boots.", "As chief executive of Stonewell Quarries, Piers Molyn wore boots.", "Piers Molyn"),
    ],
)  # fmt: skip
def test_an_office_of_somebody_elses_contradicts_the_own_one(right, wrong, who):
    assert [whom for whom, _ in offices(right, wrong)] == [who]
    assert [whom for whom, _ in offices(wrong, right)] == [who]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Agnes Rohde, chief executive of Stonewell Quarries, was brief.", "The managing director of the quarry, Agnes Rohde, was brief."),
        ("Tilda Storr, the league's general secretary, sighed.", "The league's leader, Tilda Storr, sighed."),
        ("Mayor Ellis Faro rang the bell.", "The former town planner Ellis Faro rang the bell."),
        ("Piers Molyn, works manager of the quarry, wore boots.", "Acting chief executive Piers Molyn wore boots."),
        ("Its president, Bram Oudekerk, sang.", "Bram Oudekerk, chairman of the league, sang."),
        ("Works manager Piers Molyn wore boots.", "The mayor, Piers Molyn and Tilda Storr wore boots."),
    ],
)  # fmt: skip
def test_synonyms_former_and_acting_offices_contradict_nothing(one, other):
    assert offices(one, other) == []


def test_without_an_agenda_nothing_is_known_of_offices():
    text = "Mayor Agnes Rohde was brief."
    report = Report("a", "a", "", "text/plain", "utf-8", text, layout_blocks(text, None))
    assert conflicts_in(Material([], [], [], [report, report]), {}) == []
