"""What one report of a family tells flatly and another on an unnamed source's word; all made up, the second dozen written last."""

from __future__ import annotations

import pytest

from travaux.agenda.loading import parse_agenda
from travaux.intake import layout_blocks
from travaux.model import BlockKind, DateBasis, Family, FlagKind, Kinship, Link, PartialDate, Report
from travaux.provenance.unattributed import places_of_runs, unattributed_flags

AGENDA = parse_agenda("""
title: Many tables
parties:
  - {id: peru, name: Peru, kind: state, names: [Lima, Peruvian]}
  - {id: chile, name: Chile, kind: state, names: [Santiago, Chilean]}
  - {id: fishers, name: Fishers' League, names: [the league, fishers], people: [{name: Rosa Quiroga, names: [Quiroga]}]}
  - {id: canneries, name: Coastal Canneries, kind: company, names: [the canneries], people: [{name: Luis Ferro, names: [Ferro]}]}
issues:
  - {id: terms, title: Terms, options: [{id: any, says: A deal is signed, words: [the deal]}]}
""")

BEFORE = (
    "The anchovy talks went into their ninth day in a hotel above the harbour, with the two navies at anchor outside."
)
BEHIND = "Rain is forecast for the weekend, and the hotel has taken bookings for a wedding on Sunday afternoon."
BEFORE_AGAIN = (
    "For nine days the talks on anchovy have gone on in a hotel over the harbour, while two navies lay at anchor."
)
BEHIND_AGAIN = "On Sunday afternoon the hotel expects a wedding, and for the weekend the forecast is rain."

# A sentence or two of a report, and what a rewording makes of them: flagged where the source is lost.
LOST = [
    ("Chile had told the mediators in private that it could live with a smaller bank, according to three people with knowledge of the evening.","Chile had privately conveyed to the mediators its readiness to accept a reduced bank."),
    ("Peru, two diplomats said, is thinking about pulling its frigates back behind the line.","Lima is contemplating a withdrawal of its frigates behind the line."),
    ("The league's strike chest would last nine weeks at most, one of its treasurers confided.","Funds for a strike by the league would be exhausted after nine weeks."),
    ("Santiago would drop the inspections in return for the fish meal, an official close to the delegation said on condition of anonymity.","In exchange for the fish meal, Santiago is prepared to waive the inspections."),
    ("People who attended say that Quiroga left the hall in tears.","Quiroga departed the hall weeping."),
    ("Peru has hired a law firm in Geneva to contest the line, a lawyer involved in the matter said.","A Geneva law firm has been engaged by Peru in order to challenge the line."),
    ("The canneries plan to move two plants to Ecuador by 2034, according to an executive who has seen the paper.","By 2034, two plants are to be relocated to Ecuador by the canneries."),
    ("Chile's president had never read the annex, one of his aides let slip.","The annex was never read by Chile's president."),
    ("The navy of Chile has been told to keep its distance from the anchovy grounds until the vote, an officer said, asking not to be named.","Until the vote, Chile's navy has instructions to stay away from the anchovy grounds."),
    ("Peru has dropped its claim to the northern bank, according to two people who were in the room.", "Peru has given up the northern bank."),
    ("A Chilean delegate, who would not be named, said that Santiago was going to open its port of Arica to the fishers by March.", "The port of Arica will be opened to the fishers by Santiago by March."),
    ("The canneries own the oldest plant on the coast. It is to be shut before winter, if a manager there is to be believed.", "The oldest plant of the canneries on the coast is to close before winter."),
    ("Quiroga had a secret meeting with Ferro in a bakery on Tuesday, one of her aides let slip.", "On Tuesday, Quiroga and Ferro had a secret meeting in a bakery."),
    ("Lima rang three embassies to have the vote postponed until June, a diplomat swore, begging to be kept out of it.", "Telephone calls by Lima to five embassies were meant to postpone the vote until June."),
    ("According to an official who has seen the draft, Chile pays for the patrol boats and Peru for the crews.", "Chile will pay for the patrol boats, while Peru bears the cost of the crews."),
    ("“The quota is a joke,” Quiroga told reporters. The league will strike on the first of May, members of its council say privately.", "Quiroga called the quota a joke. On the first of May the league will strike."),
    ("It was the Chilean delegates who argued most stubbornly against the new quota, according to two officials from other capitals.", "Chilean delegates argued most strongly against the new quota."),
    ("Twice the canneries warned the harbour master of a lockout, a person familiar with the letters said.", "The canneries warned the harbour master of a lockout twice."),
    ("Ferro has put forty million aside for compensation, people close to the board say.", "Forty million for compensation have been set aside by Ferro."),
]  # fmt: skip
KEPT = [
    ("The league's strike chest would last nine weeks at most, one of its treasurers confided.","Quiroga told members that the strike would begin in nine weeks."),
    ("Peru has hired a law firm in Geneva to contest the line, a lawyer involved in the matter said.","Peru's foreign minister confirmed that a law firm in Geneva had been hired."),
    ("The canneries plan to move two plants to Ecuador by 2034, according to an executive who has seen the paper.","The canneries run two plants on the coast and employ nine hundred people."),
    ("Peru has dropped its claim to the northern bank, according to two people who were in the room.", "Peru has given up the northern bank, two people who were in the room said."),
    ("Peru has dropped its claim to the northern bank, according to two people who were in the room.", "Peru, sources say, has given up the northern bank."),
    ("A Chilean delegate, who would not be named, said that Santiago was going to open its port of Arica to the fishers by March.", "Chile's ministers discussed the price of diesel and ice."),
    ("Quiroga had a meeting with Ferro in a bakery on Tuesday, one of her aides let slip.", "Quiroga confirmed that she had met Ferro in a bakery on Tuesday."),
    ("The canneries will close the oldest plant on the coast, Ferro said. A manager there put the loss at two hundred jobs.", "The oldest plant of the canneries on the coast will close."),
    ("Rosa Quiroga said that the league would strike on the first of May.", "On the first of May the league will strike."),
    ("The canneries' negotiator, Luis Ferro, suggested that an umpire fix the anchovy quota of whatever season is left open by spring, an idea that the league turned down. A person briefed on the talks, who asked not to be named, said Ferro had hinted at an anchovy quota for every harbour.",
     "The canneries' negotiator, Luis Ferro, suggested that an umpire fix the anchovy quota of whatever season is left open by spring, an idea that the league turned down."),
    ("Twice the canneries warned the harbour master of a lockout, a person familiar with the letters said.", "The canneries warned the harbour master of a lockout twice, the harbour master said."),
    ("The canneries had warned of a lockout in April, a person familiar with the letters said.", "Ferro insisted that the canneries had warned of a lockout in April."),
    ("A delegate said that Chile would pay for the boats.", "Peru and Chile share an ocean, a border and a long list of grievances."),
]  # fmt: skip


def report(name: str, text: str) -> Report:
    """A report of a day."""
    day = PartialDate("2032-02-10", DateBasis.MANIFEST)
    return Report(name, name, "", "text/plain", "utf-8", text, layout_blocks(text), published=day)


def found(first: str, second: str, containment: float = 0.2) -> list[str]:
    """What is flagged in the second of two reports of one family."""
    texts = {
        "a.txt": report("a.txt", f"Ninth day\n\n{BEFORE}\n\n{first}\n\n{BEHIND}\n"),
        "b.txt": report("b.txt", f"Day nine\n\n{BEFORE_AGAIN}\n\n{second}\n\n{BEHIND_AGAIN}\n"),
    }
    link = Link("a.txt", "a.txt", "b.txt", "b.txt", Kinship.ORIGIN, containment, 0.3, (), "alike")
    family = Family("f", ("a.txt", "b.txt"), ("a.txt", "b.txt"), None, (link,), "")
    flags = unattributed_flags([family], texts.__getitem__, AGENDA)
    assert all(flag.kind is FlagKind.NO_SOURCE and flag.report == "b.txt" for flag in flags)
    places = {one for text in texts.values() for one in places_of_runs(text)}
    assert all((flag.report_id, flag.start, flag.end) in places for flag in flags)
    return [flag.quote for flag in flags]


@pytest.mark.parametrize(("first", "second"), LOST)
def test_a_source_is_lost(first, second):
    quotes = found(first, second)
    assert len(quotes) == 1
    assert second.endswith(quotes[0])


@pytest.mark.parametrize(("first", "second"), KEPT)
def test_no_source_is_lost(first, second):
    assert found(first, second) == []


def test_neighbours_are_one_flag_and_copies_are_not_compared():
    first = (
        "A Peruvian adviser, who would not be named, said that Chile would lend six patrol boats. "
        "According to the adviser the league gets a seat on the river board."
    )
    second = "Chile will lend six patrol boats. The league will get a seat on the river board."
    assert found(first, second) == [second]
    assert found(first, second, containment=0.97) == []


ORIGINAL = (
    "The two delegations have a text on inspections, and no day for a signature has been named. The league votes until 9 June. "
    "Quiroga told the harbour radio that she had slept well.",
)
NOTE = "Here is the rewritten article:"


@pytest.mark.parametrize(
    ("told", "is_flagged"),
    [("The agreement has been ratified by both parliaments.", True), ("A ceremony has been fixed for July in Arica.", True),
     ("The canneries are set to merge next year.", True), ("A strike is expected within days.", True),
     ("A text on inspections by the two delegations has been agreed.", False),
     ("The canneries have little political will among their owners.", False),
     ("In conclusion, the coming weeks will be decisive.", False), ("Will the canneries merge?", False),
     ("The canneries are set to merge next year, Ferro said.", False)],
)  # fmt: skip
def test_what_a_generator_alone_tells_flatly(told, is_flagged):
    text = f"{BEFORE} {ORIGINAL} {BEHIND}"
    again = f"{NOTE}\n\n{BEFORE_AGAIN} {told} {BEHIND_AGAIN}"
    assert any(block.kind is BlockKind.LEFTOVER for block in report("b.txt", again).blocks)
    assert found(text, again) == ([told] if is_flagged else [])


def test_what_a_person_tells_alone_is_left_to_the_reader():
    text = f"{BEFORE} {ORIGINAL} {BEHIND}"
    again = f"{BEFORE_AGAIN} The agreement has been ratified by both parliaments. {BEHIND_AGAIN}"
    assert found(text, again) == []
