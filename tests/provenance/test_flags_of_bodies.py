"""Offices of companies, unions, cities, clubs, churches and courts, and claims nobody vouches for: made-up sentences of many fields."""

from __future__ import annotations

import pytest

from travaux.agenda.loading import parse_agenda
from travaux.intake import layout_blocks
from travaux.model import DateBasis, FlagKind, PartialDate, Person, Report
from travaux.provenance.flags import Assessor
from travaux.provenance.posts_of_agenda import posts_of

AGENDA = parse_agenda("""
title: Tables without states
parties:
  - {id: port, name: Port of Osmund, kind: company, names: [the port company, the port], people: [
      {name: Greta Halling, names: [Halling], role: chief executive of the Port of Osmund},
      {name: Milan Ferro, names: [Ferro], role: harbour master of the Port of Osmund},
      {name: Asta Quill, names: [Quill], role: finance director of the Port of Osmund}]}
  - {id: pilots, name: Tug Crews' Union, kind: union, names: [the union, tug crews], people: [
      {name: Devon Marsh, names: [Marsh], role: general secretary of the Tug Crews' Union},
      {name: Ottilie Barr, names: [Barr], role: treasurer of the Tug Crews' Union},
      {name: Imke Sand, names: [Sand], role: president of the Tug Crews' Union}]}
  - {id: city, name: City of Osmund, kind: organisation, names: [the city, City Hall], people: [
      {name: Raul Venn, names: [Venn], role: Mayor of Osmund, since: 2030-05},
      {name: Bettina Crowe, names: [Crowe], role: councillor for transport of Osmund},
      {name: Silke Tamm, names: [Tamm], role: city treasurer of Osmund}]}
  - {id: church, name: Diocese of Harrow Bay, kind: organisation, names: [the diocese], people: [
      {name: Ambrose Keel, names: [Keel], role: Bishop of Harrow Bay},
      {name: Dorothea Lunt, names: [Lunt], role: Dean of Harrow Bay}]}
  - {id: club, name: Osmund Rovers, kind: organisation, names: [Rovers, the club], people: [
      {name: Hal Brandt, names: [Brandt], role: chairman of Osmund Rovers},
      {name: Jolanta Pires, names: [Pires], role: sporting director of Osmund Rovers},
      {name: Ken Adair, names: [Adair], role: captain of Osmund Rovers}]}
  - {id: carriers, name: Carriers' Association, kind: organisation, names: [the carriers], people: [
      {name: Theo Lasker, names: [Lasker], role: president of the Carriers' Association},
      {name: Nadja Fink, names: [Fink], role: managing director of the Carriers' Association},
      {name: Oskar Blum, names: [Blum], role: legal adviser of the Carriers' Association}]}
  - {id: court, name: Maritime Court, kind: organisation, names: [the court], people: [
      {name: Ines Corrado, names: [Corrado], role: President of the Maritime Court},
      {name: Willem Aske, names: [Aske], role: registrar of the Maritime Court}]}
  - {id: university, name: Osmund University, kind: organisation, names: [the university], people: [
      {name: Lucia Ortmann, names: [Ortmann], role: rector of Osmund University},
      {name: Pavel Dunn, names: [Dunn], role: chancellor of Osmund University}]}
  - {id: committee, name: Safety Committee, kind: organisation, names: [the committee], people: [
      {name: Freya Holt, names: [Holt], role: chair of the Safety Committee},
      {name: Emil Rask, names: [Rask], role: "member of the Safety Committee and vice-chair of the Tug Crews' Union"}]}
issues:
  - id: terms
    title: Terms
    options: [{id: any, says: A deal is signed, words: [the deal]}]
""")
DAY = "2031-03-04"
PARAGRAPH = "The delegations met for three hours and parted without a word to the reporters who waited in the rain."

FIRST_FOUND = [
    # an office that the agenda gives to somebody else
    ("wrong-role", "Mayor Asta Quill promised the tug crews a reply by Friday."),
    ("wrong-role", "The harbour master, Greta Halling, closed the northern basin at dawn."),
    ("wrong-role", "Asta Quill, harbour master of the Port of Osmund, closed the northern basin at dawn."),
    ("wrong-role", "The chief executive of the Port of Osmund, Milan Ferro, called the offer final."),
    ("wrong-role", "Ottilie Barr, the union's general secretary, would not be drawn."),
    ("wrong-role", "The president of the Carriers' Association, Nadja Fink, spoke of an ultimatum."),
    ("wrong-role", "Nadja Fink, president of the Carriers' Association, spoke of an ultimatum."),
    ("wrong-role", "Theo Lasker, managing director of the Carriers' Association, handed over the draft."),
    ("wrong-role", "Devon Marsh, president of the Tug Crews' Union, thanked the members."),
    ("wrong-role", "Bishop Dorothea Lunt blessed the fleet and then the negotiators."),
    ("wrong-role", "Ambrose Keel, the Dean of Harrow Bay, offered the chapter house for the talks."),
    ("wrong-role", "Rovers captain Hal Brandt waved from the stand."),
    ("wrong-role", "Rovers chairman Ken Adair put the figure at two million."),
    ("wrong-role", "Jolanta Pires, who chairs Osmund Rovers, put the figure at two million."),
    ("wrong-role", "As rector of Osmund University, Pavel Dunn offered the great hall."),
    ("wrong-role", "The registrar of the Maritime Court, Ines Corrado, read out the order."),
    ("wrong-role", "Oskar Blum, who is president of the Carriers' Association, left early."),
    ("wrong-role", "Bettina Crowe, the mayor of Osmund, cut the ribbon."),
    ("wrong-role", "Nothing of the kind had been agreed under Nadja Fink's presidency of the Carriers' Association."),
    ("wrong-role", "Willem Aske, president of the Maritime Court, adjourned until Monday."),
    ("wrong-role", "Silke Tamm, councillor for transport, wants the ferry free of charge."),
    ("wrong-role", "Finance director Milan Ferro put the loss at four million."),
    ("wrong-role", "The Safety Committee's chair, Emil Rask, asked for quiet."),
    ("wrong-role", "Governor Raul Venn signed the order on the quay."),
    ("wrong-role", "Asta Quill, a spokeswoman for the Carriers' Association, shrugged."),
    # nobody vouches
    ("no-source", "A flare is said to have been fired at one of the union's boats."),
    ("no-source", "The port is reportedly in need of a partner."),
    ("no-source", "The merger is widely expected to be put to the members of the union in May."),
    ("no-source", "The port company has already been sold, so people on the quay believe."),
    ("no-source", "Fourteen sailors were hurt when a hawser parted in the northern basin."),
    ("no-source", "A van drove into the union's picket and put two welders in hospital."),
    # on the word of somebody unnamed
    ("anonymous-only", "A member of Lasker's board, who would not see her name in the paper, told the Courier that most carriers could live with a toll."),
    ("anonymous-only", "The letter was shown and not handed round, according to a person who took the minutes for the port."),
    ("anonymous-only", "Four people at the dinner described the offer of the carriers; none of them wishes to be named, and their accounts agree."),
    ("anonymous-only", "A stevedore on the union's own bargaining team, who begged me to leave her out of it, puts the port's real ceiling at nine per cent."),
]  # fmt: skip
FIRST_LEFT_ALONE = [
    ("wrong-role", "The chairman of the Carriers' Association, Theo Lasker, spoke of an ultimatum."),
    ("wrong-role", "Nadja Fink, chief executive of the Carriers' Association, spoke of an ultimatum."),
    ("wrong-role", "Former mayor Bettina Crowe cut the ribbon."),
    ("wrong-role", "Acting harbour master Asta Quill closed the northern basin."),
    ("wrong-role", "Deputy mayor Bettina Crowe cut the ribbon."),
    ("wrong-role", "Asta Quill, who would like to be mayor, cut the ribbon."),
    ("wrong-role", "Jolanta Pires, the club's director of football, put the figure at two million."),
    ("wrong-role", "Port boss Greta Halling called the offer final."),
    ("wrong-role", "The mayor, Greta Halling and Devon Marsh shook hands on the quay."),
    ("wrong-role", "The union's leader, Devon Marsh, thanked the members."),
    ("wrong-role", "Milan Ferro, mayor of Osmund until 2026, knows the file."),
    ("wrong-role", "Emil Rask, vice-chair of the union, asked for quiet."),
    ("wrong-role", "Asta Quill told the mayor, Raul Venn, that the port would pay."),
    ("wrong-role", "Hal Brandt, president of the club, waved from the stand."),
    ("wrong-role", "Ottilie Barr, who also sits on the Safety Committee, kept the minutes."),
    ("wrong-role", "Freya Holt, president of a choir in her spare time, hummed."),
    ("wrong-role", "The harbour master's deputy, Asta Quill's cousin, closed the basin."),
    ("wrong-role", "Lucia Ortmann, who was the chair's guest, sat next to the bishop, Ambrose Keel."),
    ("no-source", "The crews are supposed to meet the port company again on Monday."),
    ("no-source", "The port is said by its chief executive to need a partner, and the union says the same."),
    ("no-source", "A van drove past the union's picket and hooted."),
    ("no-source", "Two welders were hurt on the union's picket, the hospital said."),
    ("no-source", "The vote is expected on Tuesday."),
    ("anonymous-only", "A member of the port's canteen staff brought soup for the crews."),
    ("anonymous-only", "The master of ceremonies, who was not named in the programme, told a joke about the port."),
    ("anonymous-only", "The bishop, who rarely speaks to reporters, told the Courier that the diocese would host the talks."),
]  # fmt: skip

SECOND_FOUND = [
    ("wrong-role", "The mayor, Silke Tamm, opened the meeting with a bell."),
    ("wrong-role", "City treasurer Bettina Crowe put the gap at nine million."),
    ("wrong-role", "Asta Quill, the port company's chief executive, said the berths were full."),
    ("wrong-role", "“No toll,” said Nadja Fink, the carriers' president."),
    ("wrong-role", "Pavel Dunn, Osmund University's rector, lent his study to the mediators."),
    ("wrong-role", "The Dean of Harrow Bay, Ambrose Keel, asked for quiet in the nave."),
    ("wrong-role", "Imke Sand, general secretary of the Tug Crews' Union, walked out at noon."),
    ("wrong-role", "Devon Marsh, who is treasurer of the Tug Crews' Union, read the accounts aloud."),
    ("wrong-role", "Speaking as president of the Maritime Court, Willem Aske declined to set a date."),
    ("wrong-role", "Under Emil Rask's chairmanship of the Safety Committee the file had grown to nine volumes."),
    ("wrong-role", "Rovers sporting director Ken Adair wants the stand rebuilt."),
    ("wrong-role", "Lucia Ortmann (chancellor of Osmund University) had the last word."),
    ("wrong-role", "The councillor for transport, Raul Venn, wants the ferry free of charge."),
    ("wrong-role", "Milan Ferro is the mayor of Osmund and had little time."),
    ("wrong-role", "Theo Lasker, who chairs the Safety Committee, had the alarm tested."),
    ("wrong-role", "Its managing director, Oskar Blum, wrote to every member of the Carriers' Association."),
    ("wrong-role", "Bishop Hal Brandt sat in the front row."),
    ("wrong-role", "Harbourmaster Greta Halling closed the northern basin."),
    ("no-source", "On Sunday a trawler was rammed off the breakwater by a tug without lights."),
    ("no-source", "Seventeen passengers were injured at the ferry landing in a panic on Friday."),
    ("no-source", "The union's boathouse was torched on the eve of the vote."),
    ("no-source", "The ferry deal is popularly seen as the work of the bishop and the port company."),
    ("no-source", "By June every carrier will have signed, and the port will be sorry."),
    ("no-source", "The mayor, the grapevine has it, has promised the pilots a pier."),
    ("no-source", "The port company is certain to sell its cranes."),
    ("anonymous-only", "One carrier, who did not care to see her name in the paper, told the Courier that the toll was as good as agreed."),
    ("anonymous-only", "The union would swallow a toll of two crowns, says a man on its bargaining team who never lets himself be quoted."),
    ("anonymous-only", "Three directors of the port were ready to resign over the offer, according to somebody who sat through the meeting."),
    ("repeated-block", "The port company offered the tug crews four per cent from April and a new rota in the autumn. Then it fell silent.\n\nNobody slept.\n\nThe port company offered the tug crews four per cent from April and a new rota in the autumn."),
]  # fmt: skip
SECOND_LEFT_ALONE = [
    ("wrong-role", "Theo Lasker, chair of the Carriers' Association, walked out at noon."),
    ("wrong-role", "Greta Halling, managing director of the port, said the berths were full."),
    ("wrong-role", "The former bishop, Dorothea Lunt recalled, had kept bees."),
    ("wrong-role", "Devon Marsh is to succeed her as president of the Tug Crews' Union."),
    ("wrong-role", "Milan Ferro's wife, the mayor's sister, sat in the gallery."),
    ("wrong-role", "Silke Tamm stood in for the mayor, Raul Venn."),
    ("wrong-role", "Interim chair Emil Rask asked for quiet."),
    ("wrong-role", "Jolanta Pires, president of the city's chess circle, said nothing."),
    ("wrong-role", "Councillor Bettina Crowe wants the ferry free of charge."),
    ("wrong-role", "In the afternoon the rector, Lucia Ortmann, and the chancellor, Pavel Dunn, took turns."),
    ("wrong-role", "Nadja Fink wrote to the association's president, Theo Lasker, and to the mayor."),
    ("wrong-role", "Had Asta Quill been harbour master, the basin would have stayed open."),
    ("wrong-role", "Union chief Imke Sand and port director Greta Halling shook hands."),
    ("wrong-role", "Emil Rask, candidate for chair of the Safety Committee, hummed."),
    ("no-source", "A crane was struck off the list of the port's assets."),
    ("no-source", "The talks were thrown into confusion by the port's letter."),
    ("no-source", "Two deckhands were injured on Friday. The coastguard said that the tug had lost a rope."),
    ("no-source", "If the union is going to strike, the port wants to know."),
    ("no-source", "The police said a van had been set on fire behind the union's hall."),
    ("anonymous-only", "The mayor put her name to the toll and the carriers did not put theirs."),
    ("anonymous-only", "A member of the choir, who would not give her name, sang for the tug crews."),
    ("repeated-block", "“The port company offered us four per cent from April and a new rota,” she said.\n\nHe heard it again: “The port company offered us four per cent from April and a new rota,” and left."),
]  # fmt: skip
THIRD_FOUND = [
    ("wrong-role", "Registrar Ines Corrado read out the order."),
    ("wrong-role", "The union's treasurer Imke Sand kept the receipts in a shoe box."),
    ("wrong-role", "Hal Brandt, in his capacity as captain of Osmund Rovers, tossed the coin."),
    ("wrong-role", "“We are full,” the harbour master, Asta Quill, said."),
    ("wrong-role", "Osmund's mayor, Milan Ferro, was late."),
    ("wrong-role", "Lord Mayor Theo Lasker was late."),
    ("wrong-role", "The Carriers' Association, whose president Nadja Fink had flown in, said nothing."),
    ("wrong-role", "The committee chair, Emil Rask, asked for quiet."),
    ("wrong-role", "Oskar Blum has been managing director of the Carriers' Association since May."),
    ("wrong-role", "Freya Holt, Mayor of Osmund, was late."),
    ("wrong-role", "The new finance director of the Port of Osmund is Milan Ferro, and he smiled."),
    ("no-source", "A ferry crashed into the port's new jetty on Saturday."),
    ("no-source", "Sixteen people were wounded when shots rang out behind City Hall."),
    ("no-source", "The club, one is told, has borrowed against the stand."),
    ("no-source", "The carriers are bound to give way before the fair."),
    ("no-source", "The diocese is rumoured to be selling the chapter house to the port."),
    ("anonymous-only", "The club wants out, a trustee who would rather not be named told the Courier."),
    ("anonymous-only", "Someone on the port's board says the crane is sold; his name is known to the editors."),
]  # fmt: skip
THIRD_LEFT_ALONE = [
    ("wrong-role", "Theo Lasker, a former president of the Maritime Court, spoke next."),
    ("wrong-role", "Asta Quill, deputising for the harbour master, closed the basin."),
    ("wrong-role", "The mayor's office and Milan Ferro agreed on a date."),
    ("wrong-role", "Devon Marsh accused the president of the Carriers' Association, Theo Lasker, of greed."),
    ("wrong-role", "Milan Ferro (harbour master) and Greta Halling (chief executive) signed."),
    ("wrong-role", "Ottilie Barr, treasurer of the union and of the rowing club, rowed home."),
    ("wrong-role", "Jolanta Pires was elected chair of the players' council."),
    ("wrong-role", "Bettina Crowe, head of the city's transport department, wants the ferry free of charge."),
    ("no-source", "The ferry crashed into the jetty, the harbour master said."),
    ("no-source", "The union struck a deal with the port."),
    ("no-source", "He was struck by the silence in the union's hall."),
    ("no-source", "The carriers are bound by the treaty of the port."),
    ("anonymous-only", "Names were called, and the port's lawyers wrote them down."),
    ("anonymous-only", "The ferry would be named after the bishop, the mayor said."),
]  # fmt: skip


def flagged(words: str, kind: str) -> list[str]:
    """The quotes of one kind of flag in a report made of some words."""
    text = f"{PARAGRAPH}\n\n{words}"
    day = PartialDate(DAY, DateBasis.MANIFEST)
    report = Report("a.txt", "a.txt", "", "text/plain", "utf-8", text, layout_blocks(text, None), published=day)
    return [flag.quote for flag in Assessor(AGENDA).assess(report).flags if flag.kind is FlagKind(kind)]


@pytest.mark.parametrize(("kind", "words"), [*FIRST_FOUND, *SECOND_FOUND, *THIRD_FOUND])
def test_what_is_found(kind, words):
    assert flagged(words, kind)


@pytest.mark.parametrize(("kind", "words"), [*FIRST_LEFT_ALONE, *SECOND_LEFT_ALONE, *THIRD_LEFT_ALONE])
def test_what_is_left_alone(kind, words):
    assert flagged(words, kind) == []


def test_what_posts_a_role_names():
    role = "Minister of Fisheries and Ocean Policy"
    person, party = Person("Ada Moen", (), role), AGENDA.parties[0]
    assert [(post.rank, sorted(post.field)) for post in posts_of(person, party)] == [("minister", ["fisherie"])]


def test_the_reason_names_who_holds_the_post():
    text = "Mayor Asta Quill promised the tug crews a reply."
    day = PartialDate(DAY, DateBasis.MANIFEST)
    report = Report("a.txt", "a.txt", "", "text/plain", "utf-8", text, layout_blocks(text, None), published=day)
    (flag,) = [one for one in Assessor(AGENDA).assess(report).flags if one.kind is FlagKind.WRONG_ROLE]
    assert flag.quote == "Mayor Asta Quill" and "finance director" in flag.says


def test_a_post_that_the_agenda_dates_is_nobodys_mistake_before():
    text = "The mayor of Osmund, Bettina Crowe, cut the ribbon."
    for day, found in (("2029-01-10", 0), ("2031-01-10", 1)):
        when = PartialDate(day, DateBasis.MANIFEST)
        report = Report("a.txt", "a.txt", "", "text/plain", "utf-8", text, layout_blocks(text, None), published=when)
        flags = [one for one in Assessor(AGENDA).assess(report).flags if one.kind is FlagKind.WRONG_ROLE]
        assert len(flags) == found


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("14.05 {}", "12.50 {}"),
        ("PINNED: {}", "{}"),
        ("9.15 am {}", "Update: {}"),
        ("{} Nobody — not even the cook — slept.", "{} Nobody - not even the cook - slept."),
    ],
)
def test_a_block_printed_again_under_another_time(first, again):
    block = "Tug crews have been out since Monday. Nine ships lie off the breakwater. The next round is on Thursday."
    assert flagged(
        f"{first.format(block)}\n\n13.40 A gull took the minutes.\n\n{again.format(block)}", "repeated-block"
    )


@pytest.mark.parametrize(
    "head",
    [
        "The Osmund Gazette | 4 March 2031 | From our harbour reporter",
        "Harbour Desk | Tuesday 4 March 2031 | All times local, latest at the top",
        "COMMENT | The Quay | 4 March 2031 | By our waterfront correspondent",
    ],
)
def test_the_head_of_a_report_is_no_menu(head):
    text = f"{head}\n\n{PARAGRAPH}"
    report = Report("a.txt", "a.txt", "", "text/plain", "utf-8", text, layout_blocks(text, None))
    kinds = {flag.kind for flag in Assessor(AGENDA).assess(report).flags}
    assert FlagKind.PAGE_CHROME not in kinds and not report.blocks[0].is_read
