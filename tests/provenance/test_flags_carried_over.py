"""What no one vouches for, who hides and who holds which post: made-up passages of many fields and pages, each half measured before
any rule was changed for it."""

from __future__ import annotations

import pytest

from travaux.agenda.loading import parse_agenda
from travaux.intake import layout_blocks
from travaux.model import Agenda, DateBasis, FlagKind, PartialDate, Report
from travaux.provenance import vouching
from travaux.provenance.flags import Assessor

AGENDA = parse_agenda("""
title: Tables of many kinds
parties:
  - {id: tarland, name: Tarland, kind: state, names: [Tarlandic, Ostmark], people: [
      {name: Irena Voss, names: [Voss], role: Finance Minister of Tarland},
      {name: Pavo Lindqvist, names: [Lindqvist], role: Governor of the Bank of Tarland},
      {name: Rune Adler, names: [Adler], role: Foreign Minister of Tarland}]}
  - {id: mission, name: Nordic Mission, kind: organisation, names: [the mission], people: [
      {name: Clara Whitmore, names: [Whitmore], role: High Representative of the Nordic Mission},
      {name: Emil Tarkka, names: [Tarkka], role: Special Representative of the Nordic Mission for the ceasefire},
      {name: Solveig Dahl, names: [Dahl], role: spokeswoman of the Nordic Mission}]}
  - {id: seamen, name: Seamen's Federation, kind: union, names: [the federation, seamen], people: [
      {name: Olga Brandauer, names: [Brandauer], role: general secretary of the Seamen's Federation},
      {name: Tom Akers, names: [Akers], role: regional organiser of the Seamen's Federation},
      {name: Lily Prosser, names: [Prosser], role: national organiser of the Seamen's Federation}]}
  - {id: line, name: Baltra Line, kind: company, names: [Baltra, the line], people: [
      {name: Henrik Moe, names: [Moe], role: chief executive of Baltra Line},
      {name: Sanna Kallio, names: [Kallio], role: chief economist of Baltra Line}]}
  - {id: council, name: Lake Council, kind: organisation, names: [the council], people: [
      {name: Ada Ferreira, names: [Ferreira], role: Secretary-General of the Lake Council}]}
  - {id: rebels, name: Highland Front, kind: armed-group, names: [the Front], people: [{name: Goran Ilic, names: [Ilic], role: commander of the Highland Front}]}
  - {id: greens, name: The Greens, kind: organisation, names: [Greens, Green], people: [{name: Marit Sund, names: [Sund], role: leader of The Greens}]}
issues:
  - {id: terms, title: Terms, options: [{id: any, says: A deal is signed, words: [the deal]}]}
""")
RAILS = parse_agenda("""
title: Rails, skies and rivers
parties:
  - {id: aurelia, name: Aurelia, kind: state, names: [Aurelian], people: [
      {name: Petra Lang, names: [Lang], role: Prime Minister of Aurelia},
      {name: Viktor Osei, names: [Osei], role: Minister of Transport of Aurelia},
      {name: Delia Moreau, names: [Moreau], role: chief negotiator of Aurelia},
      {name: Anton Reiss, names: [Reiss], role: state secretary in the Ministry of Transport},
      {name: Birgit Holm, names: [Holm], role: Ambassador of Aurelia to the United Nations}]}
  - {id: borea, name: Borea, kind: state, names: [Borean], people: [
      {name: Marek Dvorny, names: [Dvorny], role: President of Borea},
      {name: Sabine Achterberg, names: [Achterberg], role: Foreign Minister of Borea},
      {name: Ilse Kappel, names: [Kappel], role: spokeswoman of the Borean Foreign Ministry}]}
  - {id: drivers, name: Train Drivers' Union, kind: union, names: [the union, the drivers], people: [
      {name: Gus Hallworth, names: [Hallworth], role: general secretary of the Train Drivers' Union},
      {name: Nan Pettifer, names: [Pettifer], role: president of the Train Drivers' Union},
      {name: Yusuf Demir, names: [Demir], role: lead negotiator of the Train Drivers' Union}]}
  - {id: railco, name: NorthRail, kind: company, names: [the operator], people: [
      {name: Eleanor Finch, names: [Finch], role: chief executive of NorthRail},
      {name: Casper Wolff, names: [Wolff], role: finance director of NorthRail},
      {name: Tilda Roos, names: [Roos], role: head of human resources at NorthRail}]}
  - {id: authority, name: River Authority, kind: organisation, names: [the authority], people: [
      {name: Joao Pinto, names: [Pinto], role: executive secretary of the River Authority},
      {name: Helga Brun, names: [Brun], role: co-chair of the working group},
      {name: Samuel Otto, names: [Otto], role: legal counsel of the River Authority}]}
  - {id: eu, name: European Union, kind: organisation, names: [EU, the bloc], people: [
      {name: Carla Venturi, names: [Venturi], role: EU Commissioner for Transport},
      {name: Lars Toft, names: [Toft], role: EU ambassador to Aurelia}]}
issues:
  - {id: terms, title: Terms, options: [{id: any, says: A deal is signed, words: [the deal]}]}
""")
PARAGRAPH = "The delegations met for three hours and parted without a word to the reporters who waited in the rain."

FIRST_FOUND = [
    # passed on by nobody, whoever it is about
    ("no-source", "Some 6,000 lorries a week are thought to cross the pass without papers."),
    ("no-source", "About a third of the boats are believed to fish after dark with their lights out."),
    ("no-source", "The old depot is reported to hold enough diesel for a winter."),
    ("no-source", "A sum of nine million is making the rounds in the clubhouse."),
    ("no-source", "The number that circulates in the corridors is forty."),
    ("no-source", "How many members the branch has lost is not disclosed; the talk in the canteen is of two hundred."),
    ("no-source", "The broadcaster is tipped to walk away from the cup rights before Easter."),
    ("no-source", "Word has reached the villages that the dam will be opened by night."),
    ("no-source", "Rumour puts the fee at eleven million a season."),
    ("no-source", "It is no longer doubted in the trade that the smelter will be sold."),
    ("no-source", "Baltra, the gossip runs, has a second bidder in its pocket."),
    ("no-source", "The two chairmen are supposed to have shaken hands on a trawler."),
    # dead, hurt and broken, in passing
    ("no-source", "The raid on the village of Kesh cost the lives of three shepherds and a nurse."),
    ("no-source", "A grenade at the market left four people dead in the spring."),
    ("no-source", "Eleven miners lost their lives when the gallery came down in May."),
    ("no-source", "The fire at the cold store claimed two lives and destroyed the winter stock."),
    ("no-source", "Shots were fired at the convoy on the bridge on Tuesday."),
    ("no-source", "Two windows of the ministry were smashed on Friday night."),
    ("no-source", "A ferry of the line sank off the northern cape last week."),
    ("no-source", "Three stewards came to blows with the guards at the gate, and one went to hospital with a broken arm."),
    ("no-source", "Stones were thrown at the Greens' bus outside the hall on Sunday."),
    # who hides
    ("anonymous-only", "A person close to the council was blunter. Tarland might drop its claim to the lake bed, the person said, if the others did."),
    ("anonymous-only", "One member of the line's board goes further. Baltra will be sold by June, this member says."),
    ("anonymous-only", "An official on the mission's staff was less sure. The Front would sign nothing, the official added, before the harvest."),
    # whose post it is
    ("wrong-role", "The High Representative of the Nordic Mission, Emil Tarkka, was back in the valley before Christmas."),
    ("wrong-role", "Deputy finance minister Pavo Lindqvist told a radio station that the bonds were safe."),
    ("wrong-role", "The deputy foreign minister of Tarland, Irena Voss, read out the list."),
    ("wrong-role", "National organiser Tom Akers counted the hands."),
    ("wrong-role", "Special Representative Clara Whitmore walked the delegations through the annex."),
]  # fmt: skip
FIRST_LEFT_ALONE = [
    ("no-source", "Some 6,000 lorries a week are thought to cross the pass without papers, according to the customs office."),
    ("no-source", "The ministry believes that a third of the boats fish after dark."),
    ("no-source", "The number that counts in the corridors is forty, Brandauer said."),
    ("no-source", "The hat goes round at the end of every session, and Voss put in a coin."),
    ("no-source", "The talk turned to football, and nobody at the table minded."),
    ("no-source", "The raid on Kesh cost the lives of three shepherds, the hospital in Orm said."),
    ("no-source", "The 1974 fire at the cold store claimed two lives."),
    ("no-source", "The new rule would have cost the lives of three villages, Sund argued."),
    ("no-source", "Tarland’s proposal sank without a trace."),
    ("no-source", "Moe fired off a letter to the federation on Tuesday."),
    ("no-source", "The two chairmen are supposed to meet on Thursday."),
    ("anonymous-only", "Moe went further. Baltra would not be sold, he said."),
    ("anonymous-only", "The official bulletin was blunter. Tarland might drop its claim, the ministry said."),
    ("anonymous-only", "OTHER CREDITORS: TARLAND and the MISSION asked that the loans of the bank be covered as well."),
    ("anonymous-only", "NEGOTIATORS: the two sides met for an hour, and Voss spoke for Tarland."),
    ("wrong-role", "The Special Representative of the Nordic Mission, Emil Tarkka, was back before Christmas."),
    ("wrong-role", "Finance Minister Irena Voss met her deputy and Governor Pavo Lindqvist."),
    ("wrong-role", "Organiser Tom Akers counted the hands."),
    ("wrong-role", "A special representative, Clara Whitmore of the mission among them, was seen at the gate."),
]  # fmt: skip

SECOND_FOUND = [
    # passed on by nobody
    ("no-source", "Upwards of 800 seasonal workers are understood to sleep in the sheds behind the cannery."),
    ("no-source", "The pipeline is presumed to carry twice what the meters show."),
    ("no-source", "A price of 31 a barrel is being whispered about in the lobby."),
    ("no-source", "A second letter exists, it is said in the corridors, and nobody has shown it."),
    ("no-source", "By some accounts the vault holds no more than six weeks of reserves."),
    ("no-source", "The quarry has allegedly been promised to a cousin of the mayor."),
    ("no-source", "Talk in the port is of a lockout before the holidays."),
    ("no-source", "The stadium, people say, was sold twice over."),
    ("no-source", "The name most often heard for the chair is that of a retired judge."),
    ("no-source", "Rumours persist that the Front keeps a third camp beyond the river."),
    ("no-source", "Half the deputies are rumoured to want a different leader by the spring."),
    ("no-source", "No one in the industry seriously doubts that Baltra will cut the northern route."),
    ("no-source", "The general feeling is that Tarland will blink first."),
    ("no-source", "Insiders expect Voss to be gone by Christmas."),
    ("no-source", "Estimates of the damage go as high as 90 million."),
    ("no-source", "Adler apparently offered the lake bed in return for the railway."),
    # dead, hurt and broken
    ("no-source", "Seven villagers perished in the flood that followed the breach."),
    ("no-source", "The shelling of Orm on 3 March took the lives of two teachers."),
    ("no-source", "Five hundred tents went up in flames in the camp on Sunday night."),
    ("no-source", "A docker was crushed by a container during the night shift on Monday."),
    ("no-source", "In the scuffle outside the federation's office a photographer had his nose broken."),
    ("no-source", "Two drivers were held at gunpoint for six hours on the mountain road."),
    ("no-source", "A picket line in the harbour was broken up with water cannon on Thursday; nine people were injured."),
    ("no-source", "The bus that carried the delegates overturned near the pass, and four of them spent the night in hospital."),
    ("no-source", "The power station was hit twice in the week before the talks."),
    ("no-source", "Since the truce began, twenty-two people have been killed along the ridge."),
    # who hides
    ("anonymous-only", "A member of the Greens' negotiating team put it more simply: the coal stays in the ground or the Greens stay out."),
    ("anonymous-only", "Baltra would rather pay the fine than change the roster, a person who has read the letter told this paper."),
    ("anonymous-only", "Somebody on the council's staff did the sums for us. Tarland owes eleven million, that person says."),
    ("anonymous-only", "The Front's two commanders no longer speak to each other, a mediator who has met both let it be known."),
    ("anonymous-only", "One of the bankers in the room was struck by the tone. Tarland would not last the summer, the banker thought."),
    # whose post it is
    ("wrong-role", "Irena Voss, deputy foreign minister of Tarland, signed for the government."),
    ("wrong-role", "The mission's High Representative Emil Tarkka opened the session."),
    ("wrong-role", "Emil Tarkka, the High Representative of the Nordic Mission, opened the session."),
    ("wrong-role", "Central bank governor Irena Voss called for patience."),
    ("wrong-role", "Pavo Lindqvist, the finance minister, called for patience."),
    ("wrong-role", "Baltra's chief executive, Sanna Kallio, apologised to the passengers."),
    ("wrong-role", "The Secretary-General of the Nordic Mission, Clara Whitmore, took the chair."),
    ("wrong-role", "Lily Prosser, regional organiser of the Seamen's Federation, counted the hands."),
]  # fmt: skip
SECOND_LEFT_ALONE = [
    ("no-source", "Upwards of 800 workers are understood to sleep in the sheds, the labour inspector wrote."),
    ("no-source", "The paper that circulates in the council is a draft of its own secretariat, Ferreira said."),
    ("no-source", "Collection boxes made the rounds among the seamen."),
    ("no-source", "The council is reported to by four committees."),
    ("no-source", "Prices went round the table in sealed envelopes, as the rules of the auction demand."),
    ("no-source", "What is understood by a ridge the annex does not say."),
    ("no-source", "Nobody doubts Whitmore's patience, Adler joked."),
    ("no-source", "The federation's general feeling for timing has not left it."),
    ("no-source", "The talks collapsed in May and were taken up again in June."),
    ("no-source", "The coalition was burnt down to two parties by the vote."),
    ("no-source", "Voss took the floor and, after her, the two governors."),
    ("no-source", "The dead of the flood were remembered with a minute's silence."),
    ("no-source", "Nine people were injured, the hospital reported."),
    ("no-source", "Should a docker be crushed by a container, the line pays the widow two years' wages."),
    ("no-source", "The bill was killed in committee."),
    ("no-source", "The proposal left Adler cold and the others speechless."),
    ("no-source", "Tarland's foreign minister cost his side an hour by coming late."),
    ("anonymous-only", "The Greens' leader put it more simply: the coal stays in the ground."),
    ("anonymous-only", "Dahl spoke to reporters outside. The spokeswoman said that the mission would stay."),
    ("anonymous-only", "A banker fell asleep in the front row. The minister said that she envied him."),
    ("wrong-role", "Irena Voss met the deputy foreign minister of Norland."),
    ("wrong-role", "Clara Whitmore, the High Representative of the mission, opened the session."),
    ("wrong-role", "Olga Brandauer, once regional organiser of the federation, counted the hands."),
    ("wrong-role", "The Governor of the Bank of Tarland thanked Finance Minister Irena Voss."),
]  # fmt: skip

THIRD_FOUND = [
    # passed on by nobody
    ("no-source", "Around 300 of the barges are assumed to sail under borrowed flags."),
    ("no-source", "There is said to be a side letter, signed in green ink."),
    ("no-source", "A clause on pensions is reported to have been struck out overnight."),
    ("no-source", "He is known in the trade to have turned down two offers, and is believed to want a third."),
    ("no-source", "It has been suggested that the rebels paid for the bridge themselves."),
    ("no-source", "The clubs are understood to be close to a walkout over the share of the gate."),
    ("no-source", "Legend has it that the first treaty was signed on a barrel."),
    ("no-source", "The figure of twelve thousand has been doing the rounds since Monday."),
    ("no-source", "In the canteen the betting is on a strike before the fair."),
    ("no-source", "Unconfirmed accounts put the ransom at three million."),
    ("no-source", "Moe, it is widely thought, would take the money and go."),
    ("no-source", "The dispute is generally believed to have begun over a parking space."),
    ("no-source", "According to rumours, Ferreira had the text rewritten by night."),
    ("no-source", "The tanker fleet is suspected of switching off its transponders."),
    ("no-source", "The treasury is reckoned to have lost a fifth of its reserves since January."),
    ("no-source", "Everyone in the valley knows that the dam has cracks."),
    ("no-source", "Sund has supposedly promised the two seats to the farmers."),
    # dead, hurt and broken
    ("no-source", "Two peacekeepers died in the ambush on the road to Orm."),
    ("no-source", "A bomb in the customs house killed a clerk on Wednesday."),
    ("no-source", "Forty people drowned when the raft went over."),
    ("no-source", "The walkout at the mine turned ugly, and a steward lost an eye."),
    ("no-source", "Police cars were set on fire and eleven demonstrators were arrested."),
    ("no-source", "Three mortar rounds hit the market of Kesh during the second day of the talks."),
    ("no-source", "A cook aboard the line's flagship fell overboard on Sunday and has not been found."),
    ("no-source", "The hospital at Kesh was shelled on the night the delegations arrived."),
    ("no-source", "Last month's landslide buried a crew of six."),
    ("no-source", "A drone crashed into the grain silo on the eve of the vote."),
    # who hides
    ("anonymous-only", "A Tarlandic official was in no mood for jokes. There would be no second letter, this official said."),
    ("anonymous-only", "Voss will not survive the winter, in the view of a member of her own cabinet."),
    ("anonymous-only", "A shareholder, speaking on the understanding that he stayed nameless, put Baltra's debts at two billion."),
    ("anonymous-only", "The text is dead, two negotiators from the Front's side texted before dawn."),
    # whose post it is
    ("wrong-role", "Rune Adler, Tarland's finance minister, was the last to leave."),
    ("wrong-role", "Ada Ferreira, chief executive of Baltra Line, sent her regrets."),
    ("wrong-role", "Under-secretary for trade Rune Adler sent his regrets."),
    ("wrong-role", "The line's chief economist Henrik Moe drew a curve on the board."),
]  # fmt: skip
THIRD_LEFT_ALONE = [
    ("no-source", "Around 300 of the barges are assumed to sail under borrowed flags, by the count of the port police."),
    ("no-source", "The clubs are said by their league to be close to a walkout."),
    ("no-source", "The word treaty comes from trade, and the story of the two goes far back."),
    ("no-source", "The bowl of punch did the rounds, and Dahl sang."),
    ("no-source", "It was understood between Voss and Adler that neither would speak first."),
    ("no-source", "Two of the three points are thought through, and the third is not."),
    ("no-source", "Nobody is thought less of for leaving early."),
    ("no-source", "The council heard that the dam has cracks."),
    ("no-source", "Moe fell out with the federation over the roster."),
    ("no-source", "The vote buried the railway for a generation."),
    ("no-source", "A hundred jobs were lost when the yard closed in 1998."),
    ("no-source", "The motion was shot down, and two amendments died with it."),
    ("no-source", "“My brother was killed in that street,” Ilic told the hall."),
    ("no-source", "The two sides clashed over pay, and Akers walked out."),
    ("no-source", "The inquiry into the fire that killed nine will report in May, the ministry said."),
    ("anonymous-only", "Two negotiators fell asleep on the stairs before dawn."),
    ("anonymous-only", "Adler was in no mood for jokes. There would be no second letter, the minister said."),
    ("wrong-role", "Rune Adler, who once ran the finance ministry's press office, was the last to leave."),
    ("wrong-role", "Ada Ferreira thanked the chief executive of Baltra Line, Henrik Moe."),
    ("wrong-role", "Henrik Moe, flanked by his chief economist, drew a curve on the board."),
]  # fmt: skip

TOLD_BY_NOBODY = [
    "Roughly a fifth of the drivers are thought to hold a second job.",
    "The upper dam is understood to be leaking already.",
    "It is widely held along the river that the gates were opened on purpose.",
    "NorthRail is rumoured to be courting a Gulf fund.",
    "Rumour has it that Lang and Dvorny were at school together.",
    "Moreau, it is whispered, has her own candidate for the chair.",
    "The second tender is believed to have been won by a cousin of the minister's.",
    "As the story goes, the first bridge was paid for in herring.",
    "There are persistent rumours of a split in the union's executive.",
    "Borea is said to have moved two brigades to the river, and the villages are said to be emptying.",
    "Reports are circulating that the finance director has cleared his desk.",
    "Reports of a secret annex keep surfacing.",
    "Speculation is rife that Venturi will not stand again.",
    "The operator is supposedly down to three weeks of cash.",
    "A strike fund of sixty million is talked of.",
    "That Borea opened the gates at night is regarded as certain in the villages downstream.",
    "Osei is reputedly on his way out.",
    "One man was killed and two were hurt when a crane fell across the tracks on Thursday.",
    "The clashes at the weir in June left nine people with burns.",
    "Two border guards were shot on the Borean bank on Sunday night.",
    "A night train hit a barrier near Tull in March; the driver did not survive.",
    "Seven tents at the depot were set alight before dawn.",
    "The blast at the pumping station killed the man on duty.",
    "A student lost her life at the level crossing in the first week of the strike.",
    "Vandals cut the signal cables north of the junction on Monday.",
    "Three negotiators were mugged on their way back to the hotel.",
    "The ferry's captain was found dead in his cabin on the morning of the vote.",
]  # fmt: skip
TOLD_BY_SOMEBODY = [
    "Under the departures board lay a wreath for a guard killed on Monday when shells hit the depot.",
    "Candles burned at the weir for the two divers who drowned there.",
    "Roughly a fifth of the drivers are thought to hold a second job, the ministry's survey found, according to its author.",
    "The union is thought through and through a friend of the railways.",
    "Lang is said by her office to be well again.",
    "Rumour has never troubled Dvorny, Kappel said.",
    "Pinto denied rumours of a leak.",
    "The story goes back to 1911.",
    "A fund of sixty million is proposed in the draft.",
    "Vandalism is a matter for the police, and the police said so.",
    "Nobody was killed or hurt on the line last year.",
    "Two border guards were shot on Sunday, the Borean army announced.",
    "The talks were derailed by a remark of Wolff's.",
    "Finch was struck by how quiet the hall was.",
    "The proposal was torpedoed by the bloc.",
    "The strike hit the ports hardest.",
    "Aurelia's offer sank like a stone.",
]
HIDDEN = [
    "NorthRail is ready to pay nine per cent, two people with knowledge of the offer said.",
    "“We will not sign that,” a Borean delegate told this newspaper over breakfast.",
    "Aurelia has quietly dropped its veto, according to a European diplomat.",
    "The drivers would accept a longer roster, officials on both sides of the table conceded, if the Sundays were paid double.",
    "The annex was written in Lang's office, said someone who worked on it.",
    "Borea's army chief was against it from the start, three officers told us, none of whom wished to be identified.",
    "A source at NorthRail put the cost at 80 million.",
    "The commission had wanted more, one of its lawyers remarked, but Aurelia said no.",
    "Asked about the union's ballot, a member of its executive shook his head. It was lost, he said, on condition that his name not appear.",
    "Lang was furious, a cabinet colleague recalled.",
    "NorthRail, in the words of one of its own directors, “has no plan at all”.",
    "The River Authority knew of the leak in March, as a former engineer there tells it.",
    "“They blinked,” an Aurelian negotiator texted at midnight.",
    "Insiders at the authority say that Pinto has drafted his resignation.",
    "Borea will walk out on Friday. So, at least, a person on its delegation assures me.",
    "People who have seen the draft describe a sliding scale, with Aurelia paying most.",
    "The two presidents had spoken by telephone, one aide let on, and Dvorny had hung up.",
    "What the union wants, whispers a member of its negotiating team, is Wolff's head.",
    "The operator's lenders are losing patience, a banker involved in the refinancing says.",
    "Neither of the two officials who described the meeting on Sunday wanted to be named; both say that Borea offered the port.",
]  # fmt: skip
NOBODY_HIDES = [
    "A NorthRail spokesman said that the operator would pay nine per cent.",
    "A Borean delegate slept through the vote, and nobody woke her.",
    "The union's officials handed out leaflets outside the depot.",
    "Two passengers told us that the trains had been late for weeks.",
    "Aurelia's foreign ministry said in a statement that the veto stood.",
    "Officials from both sides will meet again on Friday.",
    "One of Lang's predecessors, Otto Hain, wrote in his memoirs that the line was a folly.",
    "A reporter asked whether Borea would sign.",
    "“No,” said Demir, the union's negotiator.",
    "An adviser to Lang, Hugo Fenn, said that the veto stood.",
    "The diplomats posed for a photograph with the River Authority's dog.",
]
WRONG_POSTS = [
    "President Petra Lang told the chamber that the line would be built.",
    "Aurelia's president, Petra Lang, told the chamber that the line would be built.",
    "Foreign Minister Viktor Osei flew home on Friday.",
    "Viktor Osei, the minister of finance, flew home on Friday.",
    "Prime Minister Marek Dvorny opened the session.",
    "Borean president Sabine Achterberg opened the session.",
    "Anton Reiss, the transport minister, read out the list.",
    "Transport Minister Anton Reiss read out the list.",
    "Birgit Holm, Aurelia's foreign minister, addressed the Council.",
    "Ilse Kappel, the Borean foreign minister, told reporters that the bridge would stay shut.",
    "The union's president, Gus Hallworth, called off the march.",
    "Nan Pettifer, general secretary of the Train Drivers' Union, called off the march.",
    "NorthRail's finance director Eleanor Finch signed the letter.",
    "NorthRail chief executive Casper Wolff signed the letter.",
    "Tilda Roos, NorthRail's chief executive, signed the letter.",
    "Gus Hallworth, who heads NorthRail, signed the letter.",
    "The executive secretary of the River Authority, Samuel Otto, was absent.",
    "Carla Venturi, EU Commissioner for Agriculture, came late.",
    "Trade Commissioner Carla Venturi came late.",
    "Former prime minister Petra Lang spoke for an hour.",
    "Deputy Prime Minister Petra Lang spoke for an hour.",
    "Union leader and NorthRail chairman Gus Hallworth left by the side door.",
    "Eleanor Finch, the union's general secretary, left by the side door.",
]
RIGHT_POSTS = [
    "Aurelia's premier, Petra Lang, told the chamber that the line would be built.",
    "Minister Viktor Osei flew home on Friday.",
    "Transport chief Viktor Osei flew home on Friday.",
    "Borea's top diplomat, Sabine Achterberg, flew home.",
    "State Secretary Anton Reiss read out the list.",
    "Ambassador Birgit Holm addressed the Council.",
    "Delia Moreau, Aurelia's lead negotiator, took the call.",
    "Union leader Gus Hallworth called off the march.",
    "NorthRail boss Eleanor Finch signed the letter.",
    "Personnel chief Tilda Roos signed the letter.",
    "Carla Venturi, the European transport commissioner, came late.",
    "The president of Borea thanked Prime Minister Petra Lang.",
    "Helga Brun and the executive secretary, Joao Pinto, were absent.",
    "The foreign ministry's spokeswoman, Ilse Kappel, told reporters that the bridge would stay shut.",
]


def flagged(words: str, kind: str, agenda: Agenda = AGENDA) -> list[str]:
    """The quotes of one kind of flag in a report made of some words."""
    text = (
        f"Talks go on\n\n{PARAGRAPH}\n\n{words}\n\nThe chair spoke of progress and named no day for the next round.\n"
    )
    day = PartialDate("2032-02-10", DateBasis.MANIFEST)
    report = Report("a.txt", "a.txt", "", "text/plain", "utf-8", text, layout_blocks(text), published=day)
    return [flag.quote for flag in Assessor(agenda).assess(report).flags if flag.kind is FlagKind(kind)]


@pytest.mark.parametrize(("kind", "words"), FIRST_FOUND + SECOND_FOUND + THIRD_FOUND)
def test_what_is_found(kind, words):
    assert len(flagged(words, kind)) == 1


@pytest.mark.parametrize(("kind", "words"), FIRST_LEFT_ALONE + SECOND_LEFT_ALONE + THIRD_LEFT_ALONE)
def test_what_is_left_alone(kind, words):
    assert flagged(words, kind) == []


@pytest.mark.parametrize("words", WRONG_POSTS)
def test_posts_of_somebody_else(words):
    assert len(flagged(words, "wrong-role", RAILS)) == 1


@pytest.mark.parametrize("words", RIGHT_POSTS)
def test_posts_that_are_held(words):
    assert flagged(words, "wrong-role", RAILS) == []


@pytest.mark.parametrize("words", TOLD_BY_NOBODY)
def test_who_is_heard_nowhere(words):
    assert len(flagged(words, "no-source", RAILS)) == 1


@pytest.mark.parametrize("words", TOLD_BY_SOMEBODY)
def test_who_is_heard_or_nothing_to_be_heard(words):
    assert flagged(words, "no-source", RAILS) == []


@pytest.mark.parametrize("words", HIDDEN)
def test_who_hides(words):
    assert len(flagged(words, "anonymous-only", RAILS)) == 1


@pytest.mark.parametrize("words", NOBODY_HIDES)
def test_who_does_not_hide(words):
    assert flagged(words, "anonymous-only", RAILS) == []


CHROME = [
    "Economy > Energy",
    "Sport › Rights",
    "Culture → The long read",
    "Refuse cookies? Settings",
    "Allow all cookies? Yes | No",
]


@pytest.mark.parametrize("line", CHROME)
def test_lines_of_the_page(line):
    assert flagged(
        f"Voss spoke first and Adler last.\n\n{line}\n\nNobody else asked for the floor.", "page-chrome"
    ) == [line]


@pytest.mark.parametrize("line", ["Business » markets fell after the vote", "Accept cookies? I never do, said Voss."])
def test_lines_of_the_report(line):
    assert (
        flagged(f"Voss spoke first and Adler last.\n\n{line}\n\nNobody else asked for the floor.", "page-chrome") == []
    )


def test_a_short_sentence_that_a_closing_list_prints_again_to_the_letter():
    told = (
        "Tarland has also made its voice heard there. The talks go on in a hall by the lake, with both ministers in it."
    )
    points = "Key takeaways:\n- Tarland has also made its voice heard there.\n- The talks go on by the lake."
    quotes = flagged(f"{told}\n\n{points}", "repeated-block")
    assert quotes == ["- Tarland has also made its voice heard there."]


@pytest.mark.parametrize(
    "words", [words for kind, words in FIRST_FOUND + SECOND_FOUND + THIRD_FOUND if kind == "no-source"] + TOLD_BY_NOBODY
)
def test_the_plain_words_are_there_wherever_an_expression_is(words):
    of = vouching._words()
    for expression in (of.hearsay, of.hearsay_of_anything, of.casualties, of.incidents):
        if expression.whole.search(words):
            assert expression.is_worth_while(words)
