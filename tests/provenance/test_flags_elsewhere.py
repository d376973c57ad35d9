"""Flags in other fields and shapes of page: sentences and lines made up, written before the rules that find them were looked at again."""

from __future__ import annotations

import pytest

from travaux.agenda.loading import parse_agenda
from travaux.intake import layout_blocks
from travaux.model import DateBasis, FlagKind, PartialDate, Report
from travaux.provenance.flags import Assessor

AGENDA = parse_agenda("""
title: Many tables
parties:
  - {id: canada, name: Canada, kind: state, names: [Ottawa, Canadian], people: [
      {name: Margaret Oakes, names: [Oakes], role: Prime Minister of Canada},
      {name: Denis Laframboise, names: [Laframboise], role: Canadian ambassador to the talks}]}
  - {id: kenya, name: Kenya, kind: state, names: [Nairobi, Kenyan], people: [
      {name: Josephine Wanjala, names: [Wanjala], role: chief negotiator of Kenya},
      {name: Peter Otieno, names: [Otieno], role: trade minister of Kenya}]}
  - {id: commission, name: European Commission, kind: union, names: [Brussels, the Commission, EU], people: [
      {name: Hedwig Baumann, names: [Baumann], role: chief negotiator of the European Union},
      {name: Tomas Reyl, names: [Reyl], role: spokesman of the European Commission}]}
  - {id: pilots, name: Pilots' Guild, kind: union, names: [the guild, pilots], people: [
      {name: Laurie Neame, names: [Neame], role: general secretary of the Pilots' Guild},
      {name: Stuart Pyke, names: [Pyke], role: lead negotiator of the Pilots' Guild}]}
  - {id: skyway, name: Skyway, kind: company, names: [the airline], people: [
      {name: Ricarda Veith, names: [Veith], role: chief executive of Skyway}]}
  - {id: centre, name: Centre Party, names: [Centre], people: [{name: Anneli Rask, names: [Rask], role: leader of the Centre Party}]}
  - {id: panel, name: the panel, names: [co-chairs], people: [
      {name: Solveig Brandt, names: [Brandt], role: "Danish ambassador for oceans, co-chair of the panel"},
      {name: Kwame Asante, names: [Asante], role: envoy of the African Union}]}
issues:
  - id: terms
    title: Terms
    options: [{id: any, says: A deal is signed, words: [the deal]}]
""")
PARAGRAPH = "The delegations met for three hours and parted without a word to the reporters who waited in the rain."

FIRST_FOUND = [
    # on the word of somebody unnamed
    ("anonymous-only", "A Canadian trawler owner who sits on the advisory board, and who would lose his licence if I printed his name, vowed that Ottawa had been ready to sign in March."),
    ("anonymous-only", "The guild will take six per cent, one of its branch secretaries lets slip, as long as nobody asks who told you."),
    ("anonymous-only", "Nairobi has shelved the tariff, a trade attaché confides, but I am not to say which embassy he works for."),
    ("anonymous-only", "A Skyway purser with a seat at the table swore the airline had printed the contract already."),
    ("anonymous-only", "Brussels would live with a two-year phase-out, an insider from the competition directorate assured this newsletter."),
    ("anonymous-only", "Two Centre Party backroom staff, neither of whom can be named here, describe a pact with the right that was sealed over herring."),
    ("anonymous-only", "Ottawa blinked first, going by what a mediator let drop on the train."),
    ("anonymous-only", "Word from a delegate in the drafting group: Kenya no longer insists on the annex."),
    ("anonymous-only", "“We can do four per cent,” a Skyway board member, whose job would be on the line, wrote in a text message to this reporter."),
    ("anonymous-only", "A person on the guild's side of the table vouched for the figure: the airline had offered nine."),
    ("anonymous-only", "The Commission has two drafts, I hear from somebody who has typed both."),
    # nobody vouches
    ("no-source", "The real quarrel, insiders suspect, is over Ottawa's quota."),
    ("no-source", "The breakthrough, many observers think, came when Kenya withdrew the annex."),
    ("no-source", "Skyway has already signed the framework, according to the article."),
    ("no-source", "Neame is supposed to have thrown a chair at the wall."),
    ("no-source", "Analysts believe the Commission will fold before the summer."),
    ("no-source", "The pilots have already voted for the package, according to reports."),
    ("no-source", "Sources aside, it is assumed in the trade that Skyway has a second buyer."),
    ("no-source", "The Centre Party, it would appear, has made its peace with the tax."),
    ("no-source", "Some say that Baumann had a letter of resignation in her bag."),
    ("no-source", "Kenya has agreed to the whole list, and the matter is closed."),
    # offices
    ("wrong-role", "Commission President Hedwig Baumann read out the terms."),
    ("wrong-role", "The Swedish ambassador Solveig Brandt, who shares the chair, thanked the interpreters."),
    ("wrong-role", "Kenyan President Josephine Wanjala would not be moved on the annex."),
    ("wrong-role", "American ambassador Denis Laframboise left before the vote."),
    ("wrong-role", "Stuart Pyke, chief executive of Skyway, called the offer an insult."),
    ("wrong-role", "Ricarda Veith, the transport minister, promised a reply by Friday."),
    ("wrong-role", "EU Trade Commissioner Tomas Reyl declined to comment."),
    ("wrong-role", "Finance Minister Peter Otieno spoke for an hour."),
    ("wrong-role", "Uganda's trade minister, Peter Otieno, spoke for an hour."),
    ("wrong-role", "Guild president Ricarda Veith said that the planes would stay on the ground."),
    # names
    ("misspelt-name", "Lawrie Neem told members to stay at home."),
    ("misspelt-name", "Margret Oaks addressed the chamber at noon."),
    ("misspelt-name", "Stewart Pike walked out at midnight."),
    ("misspelt-name", "Josephine Wanjalla asked for the floor."),
    ("misspelt-name", "Anneli Raske spoke of a bridge."),
    ("misspelt-name", "Thomas Reil took no questions."),
    ("misspelt-name", "Hedwig Bauman had the last word."),
    ("misspelt-name", "Riccarda Veit thanked the mediators."),
    ("misspelt-name", "Soveig Brandt closed the session."),
]  # fmt: skip
FIRST_LEFT_ALONE = [
    ("anonymous-only", "She was in fine voice, people in the gallery say, and Oakes laughed at her own jokes."),
    ("anonymous-only", "I found three who would speak off the record, and none who would speak on it about Ottawa."),
    ("anonymous-only", "A delegate from Kenya fainted in the heat and was carried out."),
    ("anonymous-only", "One of Veith's bodyguards told us to move our car."),
    ("anonymous-only", "Some delegates to the panel said good night and left."),
    ("anonymous-only", "The Commission swore in a new adviser on Tuesday."),
    ("no-source", "Neame is supposed to meet Veith on Thursday."),
    ("no-source", "Analysts at the bank Holm & Berg believe the Commission will fold, their note says."),
    ("no-source", "“One of ours was hurt, and she is home again,” Neame said of the picket."),
    ("no-source", "Observers were admitted to the hall for the first time, and Kenya welcomed it."),
    ("no-source", "The guild believes the offer is worthless."),
    ("no-source", "According to the article that governs fees, Skyway pays the handling charge."),
    ("no-source", "Six delegates were hurt when the bus to the Nairobi hotel left the road, police said."),
    ("no-source", "Some say yes and some say no, Oakes remarked."),
    ("wrong-role", "The Danish ambassador Solveig Brandt thanked the interpreters."),
    ("wrong-role", "Chief negotiator Hedwig Baumann met Commission President Ursula Kern."),
    ("wrong-role", "The Kenyan negotiator Josephine Wanjala asked for the floor."),
    ("wrong-role", "Skyway boss Ricarda Veith promised a reply by Friday."),
    ("wrong-role", "The African Union's ambassador Kwame Asante arrived late."),
    ("wrong-role", "Anneli Rask, who may become finance minister, was silent."),
    ("misspelt-name", "Larry Noame of the drivers' union was in the room too."),
    ("misspelt-name", "Maggie Oakes waved from the car."),
    ("misspelt-name", "Stuart Price, a lawyer, spoke for the insurers."),
    ("misspelt-name", "Peter Odinga runs the port."),
]  # fmt: skip
FIRST_CHROME = [
    "Refresh | Pause alerts",
    "Reload this page | Sound off",
    "Did you find this interview useful? Get the Ledger in your mailbox for 4 weeks",
    "Like our work? Have the Harbour Post in your letterbox for a month",
    "Cookies: accept | reject | settings",
    "Cookies on the Guild's site: allow | change",
    "Allow cookies to play the audio",
    "Accept marketing cookies to watch this clip",
    "[Text version] [Index] [Alerts by e-mail]",
    "[PDF] [Back issues] [Unsubscribe]",
    "Mute this thread | Report a problem",
    "Push alerts: on | off",
]
FIRST_OWN = [
    "COMMENT",
    "Comment: The chair that nobody wanted",
    "ANALYSIS",
    "Cookies on the table, and no deal in sight",
    "Did you expect the deal to fail?",
    "[Applause] [The President rises]",
    "EXPLAINED: what the annex says",
]


SECOND_FOUND = [
    ("anonymous-only", "Ottawa offered the guild a seat on the safety board, a mediator's assistant murmured to me in the lift, and begged to be kept out of it."),
    ("anonymous-only", "The airline is down to its last month of cash, say three lenders who have seen the books."),
    ("anonymous-only", "A deputy minister in Nairobi, reached by telephone and promised that no name would be used, insisted that the annex was never Kenya's idea."),
    ("anonymous-only", "What the Commission wants in return, two envoys from smaller member states explained, is silence about the fees."),
    ("anonymous-only", "Someone who took the minutes maintains that Rask never asked for the finance portfolio."),
    ("anonymous-only", "Skyway would rather close the hub than pay, a manager there told this paper, please leave my name out."),
    ("anonymous-only", "From what one of the drafters told us over the fence, Brussels keeps the tariff for nine years."),
    ("no-source", "Veith was supposed to have signed the cheque in the car park."),
    ("no-source", "The pact, commentators say, was written by Brussels."),
    ("no-source", "Kenya has withdrawn the complaint, according to the text."),
    ("no-source", "Many believe the guild will split before the winter."),
    ("no-source", "It was whispered around the tea room that Baumann had been overruled."),
    ("no-source", "Insiders hint that Skyway keeps a second ledger."),
    ("no-source", "Centre is thought to have promised the mayor a bridge."),
    ("wrong-role", "European Commission President Tomas Reyl thanked the hosts."),
    ("wrong-role", "Ugandan trade minister Peter Otieno took the floor."),
    ("wrong-role", "Kwame Asante, the Ghanaian prime minister, shook every hand."),
    ("wrong-role", "Skyway's chief executive, Laurie Neame, put the loss at forty million."),
    ("wrong-role", "Canada's finance minister, Margaret Oakes, put the loss at forty million."),
    ("wrong-role", "Canadian Prime Minister Denis Laframboise sent a letter."),
    ("misspelt-name", "Lorrie Neame sent a letter."),
    ("misspelt-name", "Peter Otienno sent a letter."),
    ("misspelt-name", "Kwame Assanti sent a letter."),
    ("misspelt-name", "Annelie Rasck sent a letter."),
    ("misspelt-name", "Ricarda Feith sent a letter."),
]  # fmt: skip
SECOND_LEFT_ALONE = [
    ("anonymous-only", "A steward told Neame to put her phone away."),
    ("anonymous-only", "The secretary of the guild said the ballot would be open for a week."),
    ("anonymous-only", "Two of Kenya's delegates swore in the corridor, loudly and in three languages."),
    ("anonymous-only", "“I will name no names,” said Oakes, and named four."),
    ("anonymous-only", "Neame said she would not print their names on the ballot paper."),
    ("no-source", "Local experts and insiders filled the gallery while Oakes spoke."),
    ("no-source", "The observers say in their paper that Skyway hid the loss."),
    ("no-source", "The auditors' report is out. Skyway paid too much for fuel, according to the report."),
    ("no-source", "Many people came to hear Rask."),
    ("no-source", "Oakes is supposed to be neutral."),
    ("wrong-role", "Canadian Ambassador Denis Laframboise sent a letter."),
    ("wrong-role", "Margaret Oakes, who met the Danish prime minister, was pleased."),
    ("wrong-role", "Stuart Pyke, a former president of the Gliding Club, was pleased."),
    ("misspelt-name", "Peter Otto sent a letter."),
    ("misspelt-name", "Lori Nime of the airport shops sent a letter."),
    ("misspelt-name", "Stuart Park lies behind the terminal."),
]  # fmt: skip
SECOND_CHROME = [
    "Turn off notifications | Reload",
    "Did you like this explainer? Receive the Monday Note by e-mail every week",
    "Cookie choices: all | necessary | none",
    "[Contents] [Large type] [Search]",
    "Wednesday, 3 March 2032. All times local. Pause updates | Sort by newest",
    "Enable cookies to load the map",
]
SECOND_OWN = [
    "What the guild wants: money | rest | respect",
    "Do you expect a strike? Have you talked to Neame about it for weeks?",
    "PROFILE",
    "Resume talks or lose the hub, Neame warns",
]


THIRD_FOUND = [
    ("wrong-role", "The ambassador of Sweden, Solveig Brandt, opened the session."),
    ("wrong-role", "Peter Otieno, trade minister of Uganda, opened the session."),
    ("anonymous-only", "The guild has a price, one of the insurers at the table grumbled, but you did not hear it from me."),
    ("anonymous-only", "A Commission lawyer familiar with the clause doubts that Ottawa can sue."),
    ("anonymous-only", "Kenya means to walk out on Friday, it emerges from talks with three negotiators."),
    ("anonymous-only", "“They will sign,” a member of Oakes's entourage predicted, on the understanding that we would not say who he is."),
    ("anonymous-only", "Rask offered the mayor a bridge, so two of her former colleagues recount."),
    ("anonymous-only", "Skyway's owners are split, a shareholder who asked for anonymity reports."),
    ("anonymous-only", "On the terrace a European envoy told me, not for attribution, that Brussels had given up on the annex."),
    ("no-source", "Veith, as rumour would have it, sold her shares in May."),
    ("no-source", "The airline is alleged to have paid the guild's phone bill."),
    ("no-source", "Most analysts agree that Ottawa got the better of it."),
    ("no-source", "There are whispers that Kenya has a side letter."),
    ("no-source", "Baumann, it is claimed, never read the annex."),
    ("no-source", "Skyway has already been sold, according to the piece."),
    ("no-source", "The Commission has accepted the annex and the matter is settled."),
    ("wrong-role", "Skyway chairwoman Margaret Oakes opened the session."),
    ("wrong-role", "The Norwegian ambassador, Solveig Brandt, opened the session."),
    ("wrong-role", "Josephine Wanjala, Kenya's foreign minister, opened the session."),
    ("wrong-role", "Former Prime Minister Margaret Oakes opened the session."),
    ("wrong-role", "EU Council President Hedwig Baumann opened the session."),
    ("misspelt-name", "Josefine Wanyala opened the session."),
    ("misspelt-name", "Stewart Pyke opened the session."),
    ("misspelt-name", "Solveig Brand opened the session."),
    ("misspelt-name", "Dennis Laframboisse opened the session."),
]  # fmt: skip
THIRD_LEFT_ALONE = [
    ("wrong-role", "The Sudan envoy Kwame Asante opened the session."),
    ("wrong-role", "Canada's ambassador Denis Laframboise opened the session."),
    ("wrong-role", "The Danish Ambassador Solveig Brandt, a former Swedish minister, opened the session."),
    ("anonymous-only", "A lawyer for the guild read out the clause on rest, and Veith nodded."),
    ("anonymous-only", "Oakes told two of her ministers to stay in Ottawa."),
    ("anonymous-only", "An envoy's hat was left on a chair in the Kenyan room."),
    ("anonymous-only", "The names of the three negotiators were read out by the Commission."),
    ("no-source", "Most pilots agree with Neame, the ballot shows."),
    ("no-source", "Analysts were barred from the Skyway meeting."),
    ("no-source", "The matter is closed, Oakes said."),
    ("no-source", "Kenya has already been told, according to Peter Otieno."),
    ("wrong-role", "The Canadian envoy Denis Laframboise opened the session."),
    ("wrong-role", "Kenya's chief negotiator, Josephine Wanjala, and Foreign Minister Ali Noor opened the session."),
    ("misspelt-name", "Josephine Wanjiru opened the session."),
    ("misspelt-name", "Ricardo Veit Peralta, a pianist, opened the session."),
]  # fmt: skip
THIRD_CHROME = [
    "Disable animations | Expand all entries",
    "Enjoying this column? Find the Harbour Letter in your inbox every Friday",
    "Tracking: allow | deny | more",
    "[Printable version] [Feedback]",
    "Allow third-party cookies to see the chart",
]
THIRD_OWN = ["LETTERS", "What is left: fish, oil, pride", "Brussels | Day nine of the talks"]


def report_of(text: str) -> Report:
    """A report of a day with a paragraph before the text."""
    whole = f"{PARAGRAPH}\n\n{text}\n"
    day = PartialDate("2032-02-10", DateBasis.MANIFEST)
    return Report("a.txt", "a.txt", "", "text/plain", "utf-8", whole, layout_blocks(whole), published=day)


def flagged(text: str, kind: str) -> list[str]:
    """The words of the flags of one kind in such a report."""
    return [flag.quote for flag in Assessor(AGENDA).assess(report_of(text)).flags if flag.kind == kind]


def page_chrome(line: str) -> list[str]:
    """What is flagged as the page's of a line between the paragraphs of a report."""
    whole = f"Talks go on\n\n{line}\n\n{PARAGRAPH}\n\nThe chair spoke of progress and named no day for the next round of the talks.\n"
    day = PartialDate("2032-02-10", DateBasis.MANIFEST)
    report = Report("a.txt", "a.txt", "", "text/plain", "utf-8", whole, layout_blocks(whole), published=day)
    return [flag.quote for flag in Assessor(AGENDA).assess(report).flags if flag.kind is FlagKind.PAGE_CHROME]


@pytest.mark.parametrize(("kind", "text"), FIRST_FOUND + SECOND_FOUND + THIRD_FOUND)
def test_flagged_once(kind, text):
    assert len(flagged(text, kind)) == 1


@pytest.mark.parametrize(("kind", "text"), FIRST_LEFT_ALONE + SECOND_LEFT_ALONE + THIRD_LEFT_ALONE)
def test_left_alone(kind, text):
    assert flagged(text, kind) == []


@pytest.mark.parametrize("line", FIRST_CHROME + SECOND_CHROME + THIRD_CHROME)
def test_lines_of_the_page(line):
    found = page_chrome(line)
    assert len(found) == 1
    assert line.endswith(found[0])


@pytest.mark.parametrize("line", FIRST_OWN + SECOND_OWN + THIRD_OWN)
def test_lines_of_the_report(line):
    assert page_chrome(line) == []
