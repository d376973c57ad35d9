"""On whose word: sentences of many kinds of talks and pages, all made up; what was held out was first read when the rules stood."""

from __future__ import annotations

import pytest

from travaux.agenda.loading import parse_agenda
from travaux.intake import layout_blocks
from travaux.model import DateBasis, FlagKind, PartialDate, Report
from travaux.provenance.flags import Assessor

AGENDA = parse_agenda("""
title: Talks of many kinds
parties:
  - {id: norway, name: Norway, names: [Oslo, Norwegian], people: [{name: Ingrid Solberg-Dahl, names: [Solberg-Dahl]}]}
  - {id: faroes, name: Faroe Islands, names: [the Faroes, Faroese]}
  - {id: brazil, name: Brazil, names: [Brasilia, Brazilian]}
  - {id: india, name: India, names: [New Delhi, Indian]}
  - {id: nurses, name: Nurses' Alliance, names: [the alliance, the nurses], people: [{name: Carla Benedetti}]}
  - {id: ministry, name: Ministry of Health, names: [the ministry, the health ministry]}
  - {id: alcona, name: Alcona, kind: company, people: [{name: Victor Raines, names: [Raines]}]}
  - {id: veldt, name: Veldt Steel, names: [Veldt]}
  - {id: greens, name: The Greens, names: [Greens, Green]}
  - {id: liberals, name: Free Liberals, names: [Liberals]}
  - {id: front, name: Liberation Front, names: [the Front]}
  - {id: army, name: the army, names: [army, Khartoum]}
  - {id: league, name: Premier Hockey League, names: [the league]}
  - {id: senate, name: Senate Republicans, names: [Republicans]}
  - {id: white-house, name: White House, names: [the administration]}
issues:
  - id: terms
    title: Terms
    options: [{id: any, says: A deal is signed, words: [the deal]}]
""")
PARAGRAPH = "Ministers met for three hours and parted without a word to the reporters who waited in the rain."

# Somebody described and not named vouches for a claim on a party.
ANONYMOUS = [
    "Norway would settle for a tenth of the mackerel, a Faroese negotiator said.",
    "A senior Brazilian official told reporters that Brasilia would not block the fund.",
    "“India can sign tonight,” said one of its delegates.",
    "The Greens have given up the speed limit, two members of their negotiating team tell us.",
    "According to a manager at one of the Veldt plants, Alcona has raised its offer.",
    "By the account of several European diplomats Oslo had asked for a day more.",
    "The nurses will call off the strike, if two people on the ministry's side are to be believed.",
    "A member of its bargaining committee claimed that the alliance had never seen the draft.",
    "People who ought to know say that Raines has already picked the new board.",
    "Four persons with knowledge of the offer said Veldt had until Sunday.",
    "Norwegian officials quoted by a Bergen newspaper would not hear of a smaller quota.",
    "Indian trade officials, who would not give their names, told a broadcaster that New Delhi was ready to walk out.",
    "The league wants a third of the rights back, says an executive at one of the clubs who does not want to see his name in print.",
    "An aide to the finance minister has told the paper that the administration will accept the cap.",
    "The Front had moved its guns out of the town before dawn, a rebel commander said by telephone.",
    "Khartoum asked for the lists twice, one mediator recalled.",
    "Alcona had threatened to leave, according to an adviser to the board.",
    "One Liberal minister conceded that the Greens would get their way on coal; an official of the Liberals had said as much.",
    "The administration had, a congressional aide said, promised to spare the farm money.",
    "Somebody who sat at the table says that Brazil gave the text back unread.",
    "Brazil, an African delegate told our reporter, had come with no mandate at all.",
    "The alliance wants the ballot stopped, the Courier writes, citing three hospital managers.",
    "The Tribune, quoting a senior banker on the deal, reported that Veldt would pay the fee.",
    "Several negotiators from small island states said that India had asked them for silence.",
    "India had softened its line on finance, a Western diplomat with long experience of these rounds said on Thursday.",
    "The ministry is prepared to go to four per cent, an official there confided.",
    "Republicans will split the bill in two, a lawmaker close to the leadership told the network.",
    "“They will take the money,” an adviser to the Nurses' Alliance predicted, on condition that we leave out her name.",
    "A colleague of the minister, who asked for his name to be left out, says the Liberals are bluffing.",
    "The Greens will vote against it, says a party insider who would rather not be quoted.",
    "The Faroes had pencilled in Tuesday for a signing, a fisheries official in Tórshavn said.",
    "“Brazil is playing for time,” a negotiator from a southern country told this newsletter.",
    "The ministry has a second offer ready, according to a doctor who sits on the alliance's bargaining team.",
    "Two board members of Veldt Steel, who insisted on not being named, called the price insulting.",
    "Alcona is willing to keep both furnaces, says a man close to its chief executive.",
    "Liberal lawmakers cited by a tabloid want the Greens out by Easter.",
    "At the weekend a retired general with ties to the army's high command said Khartoum would give up the crossing.",
    "The league will blink first, an insider reckons.",
    "Washington hears from one Indian diplomat that New Delhi is softening.",
    "One of the nurses' negotiators, reached by phone, said the night bonus was gone.",
    "The Front wants guarantees in writing, say two mediators whose names are known to the editors.",
    "If one is to believe officials in Oslo, Norway never read the second letter.",
    "A participant in the closed session reported that Brazil had left the room twice.",
    "A person briefed on the league's thinking put the figure at nine million.",
    "Norway can live with it, a high official of the ministry of fisheries let slip.",
    "Officials at the Brazilian mission, who would speak only if they were not identified, confirmed the offer.",
    "Someone with sight of the draft says the Faroes keep the northern bank.",
    "Norway, claims one who was there, wept with laughter at the Faroese map.",
]
ANONYMOUS_HELD_OUT = [
    "One of the Faroese negotiators told the daily that Norway had offered to share the survey costs.",
    "Veldt will not raise its bid again, people who have read the letter say.",
    "A high-ranking Norwegian diplomat claims the quota was never on the table.",
    "The Front is ready to hand over the airfield, according to two officials of a neighbouring country.",
    "If an envoy of a Gulf state is to be believed, the army has already drawn up the list of prisoners.",
    "The league turned the broadcaster down, three club presidents told the agency.",
    "India, on the account of one diplomat in the room, never opened its mouth.",
    "An executive at Alcona says the steelmaker has been told to expect a lower price.",
    "Brazilian officials cited by a London daily deny that Brasilia ever backed the fund.",
    "The White House had signed off on the language, a Senate staffer said.",
    "A union negotiator, who did not wish to be named, said the ministry had come with empty hands.",
    "Its own people at the hospitals have been told to prepare for the end of the strike, a doctor on the alliance's council reports.",
    "The Liberals would swallow a tax on land, someone who has seen the paper tells this column.",
    "“Oslo moved first,” an official involved in the talks said of the Norwegian paper.",
    "Green ministers have been told to keep silent, one of them says without wanting to be cited.",
    "A diplomat familiar with Norway's thinking described the tenth as a ceiling.",
    "Norway is bluffing, in the view of an experienced Faroese negotiator.",
    "“We have the votes,” one senior Republican aide said of the cap, declining to be named.",
    "An official of the health ministry hinted at a fifth per cent.",
    "Alcona's offer stands until noon, an investment banker working on the merger told the agency.",
    "Three ministers from the Greens have told this newspaper that they will resign.",
    "In Khartoum, an officer who took part in the talks says the Front asked for two airfields.",
    "The union leader has already signed for the nurses, people at the table report.",
    "Some in the Brazilian team now admit that the fund is lost, one of its lawyers says.",
    "The Liberals' price is the treasury, confides one of their deputies.",
    "India is ready, a well-placed source in New Delhi assures us.",
    "According to a participant, Brazil read its statement in forty seconds.",
    "“That is off the table,” an Alcona director said, asking that his name be kept out of it.",
    "The league's broadcaster has pulled out, it was learned from two executives.",
    "A colleague of hers at the ministry says the nurses were never going to get seven.",
    "A Gulf official quoted by the state news agency of a neighbour said the army would attend.",
    "The Front has split, three former commanders told a monitoring group.",
]

# Named people, offices, spokespeople, collective positions, colour, the street, notices: nobody is hidden.
NOT_ANONYMOUS = [
    "Ingrid Solberg-Dahl, a former diplomat, said that Norway would wait.",
    "A Faroese negotiator, Jógvan Petersen, said that Norway would settle for a tenth.",
    "“Brazil will not sign,” said Paulo Teixeira, a member of its delegation.",
    "A spokesman for the health ministry said the nurses had refused every offer.",
    "The minister said Norway had offered nothing new.",
    "A spokeswoman told reporters that Alcona would publish its figures in May.",
    "European leaders say that Norway must open its books.",
    "“My feet hurt,” sighed one veteran of the Norwegian rounds as the lights went out.",
    "One delegate slept on a sofa while India and Brazil argued about a comma.",
    "A nurse on the picket line said she had not been paid for overtime by the ministry.",
    "A fisherman in Bergen said that Norway had sold his sons' future.",
    "“No entry for delegates,” said a notice on the door of the Brazilian room.",
    "A statement by the league said that no club had left.",
    "The Front named a commander as its envoy and told the army so.",
    "Carla Benedetti told two officials of the ministry that the nurses would not wait.",
    "Raines met a senior official of the ministry and said he was content with Alcona's year.",
    "India sent a diplomat to Oslo and announced a second round.",
    "The administration said it had appointed an adviser to look into the farm money.",
    "A report by the auditors says that Veldt lost money on steel.",
    "A majority of the Greens' delegates said yes in a vote on Sunday.",
    "A judge ruled that the ministry must publish the letters, and the nurses said they would read them.",
    "An analyst at a bank said that Alcona had paid too much for Veldt.",
    "Norway's chief negotiator said that the Faroes had moved.",
    "Carla Benedetti, one of three officials who lead the alliance, said no ballot was planned.",
    "Solberg-Dahl is a diplomat who says little, and Norway likes it so.",
    "Raines would not name the official in the ministry with whom Alcona had dealt.",
    "The army refused to identify the officers who had held the bridge.",
    "The names of the dead were withheld until the army had told their families.",
    "Veldt asked that its name be struck from the list of bidders, its chairman Peter Lund said.",
    "Brazil and India said that they would ask two experts for a paper.",
    "Norway's prime minister told an official of the Faroes that the fish were hers.",
    "The nurses told a committee of the ministry that they were tired.",
    "Brazil named one diplomat and two lawyers to the group and said work would start in May.",
    "A former minister of Norway, Kjell Aune, said the zone was drawn in 1977.",
    "The administration said an official had misspoken.",
    "“I voted for the Greens once,” said a baker in the market hall.",
    "A patient on ward nine says the nurses are angels and the ministry a disgrace.",
    "An engineer at Veldt won a prize for a new furnace, the company said.",
    "A letter by five senators says that Republicans should split the bill.",
    "A survey by the nurses' own people says nine in ten would strike.",
    "One executive of Alcona, Mira Stahl, said the books were clean.",
    "The league's commissioner said a club owner had been fined.",
    "The army spokesman said that one officer had died.",
    "The delegate of India said that an agreement was near; the delegate of Brazil disagreed.",
    "At a press conference a Norwegian official said the survey would be published.",
    "An official report says that Norway caught too much.",
    "The ministry's advisers say in their report that nurses are paid less than teachers.",
    "Several clubs said they would stay in the league.",
    "The Greens, one of four parties in the council, said no.",
    "A spokesman, asked about the Front, said he knew of no list.",
    "Raines has a friend in every ministry, and says so.",
    "One delegate yawned while Brazil spoke, and another told her to wake up.",
    "In a statement, two ministers of Norway and the Faroes said the talks would go on.",
    "A Norwegian trawler skipper said the Faroese boats had cut his nets.",
    "The Liberals have a candidate, an official photograph and a slogan that says little.",
    "The talks between the army and the Front are led by a diplomat, Ambassador Ruth Okello, who said she was hopeful.",
]
NOT_ANONYMOUS_HELD_OUT = [
    "The Indian ambassador said that New Delhi had read the text twice.",
    "An adviser to the Greens, the economist Lena Vogt, said the tax would bring in little.",
    "Benedetti, a nurse for thirty years and a member of the alliance's council, says the offer is an insult.",
    "Union officials said on Friday that the nurses would vote next week.",
    "“Is there any coffee?” asked one of the Brazilian delegates at four in the morning.",
    "A shopkeeper opposite the hospital says the nurses are good customers.",
    "Norway had told a Faroese diplomat in March that the survey was late, Solberg-Dahl said.",
    "A spokesperson for Alcona declined to comment on the price.",
    "A notice in the lobby said that the Indian delegation had moved to the third floor.",
    "Observers say that the army and the Front have never been closer.",
    "The Liberals told one of their deputies to apologise, and he did.",
    "Peter Lund, chairman of Veldt Steel, told an official that the plant would close.",
    "The committee heard a nurse, two managers and a minister, and the Greens said they had learned much.",
    "The league said that one executive had resigned.",
    "According to the Norwegian foreign minister, the Faroes will get an answer in June.",
    "Ingrid Solberg-Dahl told one of her officials to fetch the map.",
    "“Norway first,” reads a banner that two delegates hung from the window.",
    "A Veldt welder of thirty years said Alcona had never answered his letter.",
    "The ministry's director-general, a doctor by training, said that beds were short.",
    "Two nurses and a porter told the inquiry that the ministry had been warned.",
    "A lawyer for Alcona, Hannah Orr, said the suit was without merit.",
    "An economist at the central bank says the Greens' tax would cost growth.",
    "The army said that several officers had been promoted.",
    "A resolution by the league's members says clubs must open their books.",
    "Brazil's delegation includes a minister, two senators and a poet who says he came for the sea.",
    "The Indian prime minister received a Norwegian envoy and said he was glad.",
    "One in three nurses says she has thought of leaving, the ministry found.",
    "A source of the river lies in Norway, a guide said.",
    "An adviser was appointed by the Greens, and the Liberals said they would pay half.",
    "Opposition leaders said the Liberals had sold out.",
    "“Some official will write it all down,” said Raines.",
    "The Brazilian foreign ministry said one diplomat had been recalled.",
    "The Front said in a statement that a commander had been arrested.",
    "A vote by the members says more than a speech, Carla Benedetti said.",
    "A child asked one of the Norwegian ministers whether fish sleep, and she said yes.",
    "A fan with a league scarf says he will not renew.",
]

# Nobody at all vouches.
NO_SOURCE = [
    "It is widely agreed that Norway needs the deal more than the Faroes do.",
    "It is generally understood that the Greens will give up the motorway.",
    "Raines and the chairman, so the story goes in the trade, shook hands in a car park over Veldt.",
    "Brazil is said to have two texts in its drawer.",
    "Word is that the nurses will be offered four per cent.",
    "Rumour has it that Alcona has a second bidder.",
    "The talk in the corridors is that India will ask for a recess.",
    "The Front is rumoured to hold forty officers.",
    "By all accounts Oslo has already booked the hotel for a signing.",
    "Everybody knows that the league is short of cash.",
    "According to unconfirmed reports, the army has left the bridge.",
    "Veldt, one hears, would be happy with less.",
    "It is an open secret that the Liberals want the finance ministry.",
    "Reports have it that the administration will drop the cap.",
    "The nurses, they say in the wards, have never been so angry with the ministry.",
    "If rumours are to be believed, Norway is ready to pay.",
    "The fund has been agreed by Brazil and India.",
    "The takeover has already been accepted by Veldt, with a large majority.",
    "The Faroes get their tenth and the survey money, that much is settled.",
    "Norway has already dropped its claim to the northern bank.",
    "The league is widely assumed to have signed already.",
    "It is common knowledge that the Greens will drop the tax.",
    "Talk has it that Alcona has hired a second bank.",
    "Brazil, it is rumoured, has a third text.",
    "The Front, so people say in Khartoum, has sold its guns.",
    "According to press reports, Norway will cut the fee.",
    "Persistent rumours say that the army has split.",
    "The nurses are supposedly ready to settle.",
    "All the world knows that Veldt is for sale.",
    "By most accounts India came without instructions.",
    "As gossip has it, Raines and the minister dine together every week.",
    "While the market was calm, Veldt has agreed to a second shift.",
    "Raines is supposed to have torn up the list of names.",
]
NO_SOURCE_HELD_OUT = [
    "It is commonly assumed that the Liberals will be the first to leave.",
    "Word in the lobby is that Republicans have the votes.",
    "The league, as the story goes, once turned down twice the money.",
    "India is widely held to have written the second draft.",
    "Gossip has it that the Front's commander has a house in Khartoum.",
    "There is talk that Alcona will move its seat.",
    "The army is believed to have lost the airfield.",
    "The whisper in Brasilia is that Brazil will host the fund.",
    "The quota has been accepted by Norway and the Faroes.",
    "The nurses have already given up the night bonus.",
]
NOT_NO_SOURCE = [
    "It is agreed that the parties shall meet once a year, the text of Norway and the Faroes reads.",
    "The agreement was approved by the Norwegian parliament on 3 May.",
    "Brazil will host the next round in November.",
    "Norway is expected to answer before the summer.",
    "As the saying goes, Veldt never sells cheap.",
    "It is agreed between Brazil and India that each pays its own costs.",
    "Solberg-Dahl said it was widely understood that Norway would wait.",
    "The story goes back to 1977, when Norway drew its first zone.",
    "The nurses have the word of the minister, and the ministry has theirs.",
    "Benedetti gave her word that the nurses would vote.",
    "“Everybody knows that the league is short of cash,” Raines said.",
    "The takeover has not been accepted by Veldt.",
    "Once the fund has been agreed by Brazil and India, the others will follow.",
    "The army reported that the bridge was open.",
    "There was no talk of money between Norway and the Faroes.",
    "According to a report in the Courier, Alcona will raise its bid.",
    "The Greens were told that the motorway would be built.",
    "Norway dropped its claim on Monday, and the Faroes thanked it.",
    "Raines reportedly told his board that Alcona would raise its bid.",
    "Alcona is thought of as a careful buyer.",
    "It is widely known by Norway's own figures that the stock is small.",
    "The text has been approved by the cabinet of Norway on 2 May.",
    "By all accounts published by the auditors, Veldt is solvent.",
    "Raines said it was an open secret that Veldt was for sale.",
    "Norway is known for its fish and Brazil for its coffee.",
    "Everyone in Oslo is invited, and the Norwegian king will speak.",
    "It was understood by both Norway and the Faroes that the fee was final, Solberg-Dahl said.",
    "The story of the league began in 1921.",
    "The Greens have their say, and the Liberals theirs.",
    "India and Brazil are to agree on a chair.",
    "The reports of the nurses suggest a pattern, the ministry's inspector wrote.",
    "They say in the letter that Norway must pay.",
    "The Liberals were told to wait.",
    "There were no rumours this time about the Front.",
    "Norway is believed? No: Norway is trusted, Solberg-Dahl said.",
    "If reports of the army's retreat prove right, the Front will say so.",
    "The crews watched the terminals that Alcona and the nurses are supposed to be running.",
    "Oslo praised the quota as a success, while the Faroes have accepted a tenth less.",
    "The market was calm although Veldt has agreed to a second shift.",
    "Greens and Liberals sit in two rooms of the house in which they were supposed to be drafting a budget.",
]
NOT_NO_SOURCE_HELD_OUT = [
    "Whether the Liberals accept is not settled.",
    "It is agreed that the army keeps the bridge until the monitors arrive.",
    "The league is said by its treasurer to be short of cash.",
    "Brazil has yet to agree, and India has not been asked.",
    "The word nurses use for the ministry's offer is crumbs.",
    "The takeover has been agreed by Veldt, Raines announced.",
    "By the nurses' own account the ministry has paid.",
    "The reports of the auditors have it all in one table, and Veldt has read them.",
    "The Front has agreed in writing to free the officers under the protocol of Addis Ababa.",
    "They say little in Oslo, and Norway says less.",
]


def flagged(text: str, kind: FlagKind) -> list[str]:
    """The words of the flags of one kind in a report with a paragraph before the text."""
    whole = f"{PARAGRAPH}\n\n{text}\n"
    day = PartialDate("2032-02-10", DateBasis.MANIFEST)
    report = Report("a.txt", "a.txt", "", "text/plain", "utf-8", whole, layout_blocks(whole), published=day)
    return [flag.quote for flag in Assessor(AGENDA).assess(report).flags if flag.kind is kind]


@pytest.mark.parametrize("text", ANONYMOUS + ANONYMOUS_HELD_OUT)
def test_somebody_unnamed_vouches(text):
    assert len(flagged(text, FlagKind.ANONYMOUS_ONLY)) == 1


@pytest.mark.parametrize("text", NOT_ANONYMOUS + NOT_ANONYMOUS_HELD_OUT)
def test_nobody_is_hidden(text):
    assert flagged(text, FlagKind.ANONYMOUS_ONLY) == []


@pytest.mark.parametrize("text", NO_SOURCE + NO_SOURCE_HELD_OUT)
def test_nobody_vouches(text):
    assert len(flagged(text, FlagKind.NO_SOURCE)) == 1


@pytest.mark.parametrize("text", NOT_NO_SOURCE + NOT_NO_SOURCE_HELD_OUT)
def test_somebody_vouches_or_nothing_is_claimed(text):
    assert flagged(text, FlagKind.NO_SOURCE) == []
