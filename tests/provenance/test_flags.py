"""Flags: each with exact words, on texts of talks that nothing was tuned on; exercise material, no news."""

from __future__ import annotations

import pytest

from travaux.agenda.loading import parse_agenda
from travaux.intake import layout_blocks
from travaux.model import DateBasis, FlagKind, PartialDate, Report
from travaux.provenance import flags
from travaux.provenance.flags import Assessor
from travaux.provenance.spelling import Script, is_near, is_same_name
from travaux.provenance.titles import flags_of_titles

AGENDA = parse_agenda("""
title: Talks on the Ostrava gas line
parties:
  - id: germany
    name: Germany
    names: [Berlin, German]
    people:
      - {name: Johanna Falkenrath, names: [Falkenrath], role: Chancellor of Germany, since: 2031-05}
      - {name: Ulrich Stein, names: [Stein], role: Economy Minister of Germany}
  - id: ukraine
    name: Ukraine
    names: [Kyiv, Ukrainian]
    people:
      - {name: Serhii Kovalenko, names: [Kovalenko, Sergei Kovalenko], role: Energy Minister of Ukraine}
      - {name: Olha Bondarenko, names: [Bondarenko], role: Deputy Foreign Minister of Ukraine, until: 2032-03}
  - id: iran
    name: Iran
    names: [Tehran, Iranian]
    people:
      - {name: Abbas Araghchi-Tabrizi, names: [Tabrizi], role: Foreign Minister of Iran}
  - id: nordgas
    name: Nordgas
    kind: company
    people:
      - {name: Marta Hjelmeland, names: [Hjelmeland], role: chief executive of Nordgas}
issues:
  - id: line
    title: The line
    options:
      - {id: open, says: The line is opened, words: [open the line]}
""")
DAY = PartialDate("2032-02-10", DateBasis.MANIFEST)


def report(text, published=DAY, name="a.txt"):
    return Report(name, name, "", "text/plain", "utf-8", text, layout_blocks(text), published=published)


def flagged(text, kind, published=DAY, agenda=AGENDA):
    """The words of the flags of one kind."""
    one = report(text, published)
    found = Assessor(agenda).assess(one).flags
    for flag in found:
        assert one.text[flag.start : flag.end] == flag.quote and flag.says.strip()
        assert len({other.id for other in found}) == len(found)
    return [flag.quote for flag in found if flag.kind is FlagKind(kind)]


PARAGRAPH = (
    "Ministers met for three hours on Tuesday and parted without a word to the reporters who waited in the rain."
)


# ---------------------------------------------------------------------------------------------------- a claim's source


@pytest.mark.parametrize(
    "text",
    [
        "Germany will pay the fee, a senior official who declined to be identified told the agency.",
        "Kyiv could live with a lower fee, said two diplomats, who requested anonymity because the talks are private... they asked to remain anonymous.",
        "Berlin has dropped the demand, according to people briefed on the talks.",
        "According to three sources in the delegation, Tehran would sign on Friday.",
        "Nordgas is ready to go, sources close to the company say.",
        "A European diplomat, speaking on condition of anonymity, said Ukraine had moved.",
        "An unnamed official at the ministry told us that Germany would not wait.",
        "“It is over,” said an adviser to the German delegation who was not authorized to speak publicly.",
        "Iran has given the mediators a list, an insider said on condition that his name not be printed.",
        "Two people familiar with the matter said Kyiv had asked for a loan.",
        "The fee is off the table, someone who was in the room says of the Ukrainian offer; sources said so too.",
    ],
)
def test_claims_on_an_unnamed_sources_word(text):
    assert len(flagged(f"{PARAGRAPH}\n\n{text}\n", "anonymous-only")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Serhii Kovalenko told reporters that Ukraine would sign.",
        "German officials said on Monday that the fee was fair.",
        "A spokesman for the German ministry said the talks go on.",
        "Germany asked not to be treated as a bank, Ulrich Stein said.",
        "Ukraine would open the line on condition that nobody is left without heat, Kovalenko said.",
        "Falkenrath thanked the anonymous donors who paid for the heaters in Kyiv.",
        "Germany has several sources of gas, and Ukraine has one.",
        "Nordgas named its source of income: fees from Germany.",
        "The talks in Berlin were held behind closed doors, the government announced.",
        "Those close to the border in Ukraine feel the cold first, Kovalenko wrote.",
    ],
)
def test_what_a_named_source_says_is_left_alone(text):
    assert flagged(f"{PARAGRAPH}\n\n{text}\n", "anonymous-only") == []


def test_the_same_people_again_belong_to_the_flag():
    text = "Berlin would pay, two people briefed on the talks said. The same people said that Kyiv knew. Ulrich Stein denied it."
    assert flagged(f"{PARAGRAPH}\n\n{text}", "anonymous-only") == [text.removesuffix(" Ulrich Stein denied it.")]


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine is reportedly weighing a lower fee.",
        "Nordgas is said to have drawn up a list of customers.",
        "It is rumoured that Berlin will send a second envoy.",
        "Falkenrath is understood to favour a loan to Kyiv.",
        "Tehran has allegedly offered the same gas to Germany.",
        "Eleven workers were killed when a valve burst near the border.",
        "The blast killed at least four people and wounded dozens.",
        "Ukraine has agreed to open the line.",
        "Iran gave way, and the line is to be opened.",
        "Kyiv proposes a fee of nine per cent, payable in kind. [Source]",
        "Kyiv proposes a fee of nine per cent, payable in kind [citation needed].",
    ],
)
def test_claims_with_nobody_vouching(text):
    assert len(flagged(f"{PARAGRAPH}\n\n{text}\n", "no-source")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Eleven workers were killed when a valve burst, the border police said.",
        "A valve burst near the border. Eleven workers were killed, according to the fire service.",
        "The war of 1998 killed thousands in Ukraine and Germany.",
        "Ukraine agreed on Monday to open the line, Kovalenko said.",
        "Ukraine has not agreed to open the line.",
        "If Iran has agreed, Germany will too.",
        "Kovalenko said that Ukraine was reportedly short of pipes, citing the trade ministry.",
        "Germany and Ukraine have fourteen points to settle before winter.",
        "Falkenrath let it be understood that Germany would wait.",
        "The minister reported to parliament and said that Ukraine was content.",
        "She was told to wait and did, Stein said of the German envoy.",
    ],
)
def test_honest_sentences_are_left_alone(text):
    assert flagged(f"{PARAGRAPH}\n\n{text}\n", "no-source") == []


# --------------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("Chancellor Johana Falkenrat spoke first.", "Johana Falkenrat"),
        ("Johanna Falkenrad spoke first.", "Johanna Falkenrad"),
        ("Johannes Falkenrath spoke first.", "Johannes Falkenrath"),
        ("Marta Hjelmelund of Nordgas spoke first.", "Marta Hjelmelund"),
        ("Serhii Kovelanko spoke first.", "Serhii Kovelanko"),
        ("Johanna Falkenrath spoke first. Later Falkanrath left.", "Falkanrath"),
    ],
)
def test_misspelt_names(words, flag):
    assert flagged(f"{PARAGRAPH}\n\n{words}", "misspelt-name") == [flag]


@pytest.mark.parametrize(
    "words",
    [
        "Serhiy Kovalenko, Sergey Kovalenko and Serhij Kovalenko are one man.",
        "JOHANNA FALKENRATH spoke first.",
        "Johanna Falkenrath’s coat and Falkenrath's hat.",
        "The Falkenraths are an old family.",
        "Abbas Araqchi-Tabrizi spoke first.",
        "Olga Bondarenko spoke first.",
        "Ulrich Steiner, a mayor, spoke first.",
        "Joan Falkenberg, a singer, spoke first.",
        "Marthe Hjelm is another woman.",
        "Peter Kovalenko, no relation, spoke first.",
        "Steinbach and Steinmetz spoke first.",
    ],
)
def test_right_spellings_and_other_people_are_left_alone(words):
    assert flagged(f"{PARAGRAPH}\n\n{words}", "misspelt-name") == []


def test_a_mixture_inside_one_text_is_told_and_one_outlets_spelling_is_not():
    mixed = (
        f"{PARAGRAPH}\n\nSerhii Kovalenko came late. Sergei Kovalenko left early, and Serhii Kovalenko wrote to him."
    )
    assert flagged(mixed, "mixed-spelling") == ["Sergei"]
    assert flagged(f"{PARAGRAPH}\n\nSergei Kovalenko came late. Kovalenko left early.", "mixed-spelling") == []


@pytest.mark.parametrize(
    ("one", "other", "script"),
    [
        ("Zelenskyy", "Zelenskiy", Script.CYRILLIC),
        ("Lavrov", "Lavroff", Script.CYRILLIC),
        ("Yermak", "Ermak", Script.CYRILLIC),
        ("Qaddafi", "Gadhafi", Script.CONSONANTAL),
        ("Hussein", "Husayn", Script.CONSONANTAL),
        ("Müller", "Mueller", Script.LATIN),
        ("Erdoğan", "Erdogan", Script.LATIN),
    ],
)
def test_two_right_spellings(one, other, script):
    assert is_same_name(one, other, script) and is_same_name(other, one, script)


@pytest.mark.parametrize(("one", "other"), [("Meloni", "Melloni"), ("Merz", "Mertz"), ("Giorgia", "Georgio")])
def test_a_letter_changed_in_a_name_that_has_one_spelling(one, other):
    assert not is_same_name(one, other, Script.LATIN) and is_near(one, other)


# --------------------------------------------------------------------------------------------------------------- roles


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("German President Johanna Falkenrath came.", "German President Johanna Falkenrath"),
        ("The former German chancellor Johanna Falkenrath came.", "former German chancellor Johanna Falkenrath"),
        ("Ulrich Stein, the German finance minister, came.", "Ulrich Stein, the German finance minister"),
        ("Iranian Chancellor Johanna Falkenrath came.", "Iranian Chancellor Johanna Falkenrath"),
        ("Ukrainian Foreign Minister Olha Bondarenko came.", "Ukrainian Foreign Minister Olha Bondarenko"),
        ("Finance Minister Dr. Johanna Falkenrath came.", "Finance Minister Dr. Johanna Falkenrath"),
    ],
)
def test_wrong_roles(words, flag):
    assert flagged(f"{PARAGRAPH}\n\n{words}", "wrong-role") == [flag]


@pytest.mark.parametrize(
    "words",
    [
        "German Chancellor Johanna Falkenrath came.",
        "The German leader Johanna Falkenrath came.",
        "Falkenrath, a former judge, came.",
        "Former Energy Minister Johanna Falkenrath knew the file.",
        "Johanna Falkenrath met President Ivan Horak.",
        "After the president, Johanna Falkenrath spoke.",
        "Deputy Foreign Minister Olha Bondarenko came.",
        "The foreign minister's guest Johanna Falkenrath came.",
        "Johanna Falkenrath, President Horak's guest, came.",
        "Ulrich Stein, minister for economic affairs, came.",
        "Then-Finance Minister Ulrich Stein had said so years before.",
        "Iranian Foreign Minister Abbas Araghchi-Tabrizi came.",
        "Candidate Johanna Falkenrath came to see Chancellor Stein's deputy.",
    ],
)
def test_right_and_vague_roles_are_left_alone(words):
    found = [quote for quote in flagged(f"{PARAGRAPH}\n\n{words}", "wrong-role") if "Chancellor Stein" not in quote]
    assert found == []


def test_dated_roles():
    before, after = (PartialDate(day, DateBasis.MANIFEST) for day in ("2031-03-01", "2032-06-01"))
    chancellor = f"{PARAGRAPH}\n\nChancellor Johanna Falkenrath came."
    assert flagged(chancellor, "wrong-role", before) and not flagged(chancellor, "wrong-role", after)
    former = f"{PARAGRAPH}\n\nFormer deputy foreign minister Olha Bondarenko came."
    assert not flagged(former, "wrong-role", after)


def test_most_dated_reports_correct_one():
    assessor = Assessor(AGENDA)
    texts = {f"{n}.txt": "The mediator Pavel Dvorak and Prime Minister Lena Hruba spoke." for n in range(4)}
    texts["wrong.txt"] = "The mediator Pavel Dvorjak and President Lena Hruba spoke."
    texts["other.txt"] = "The mediator Pavla Dvorakova and Foreign Minister Lena Horna spoke."
    titles = [
        title
        for name, text in texts.items()
        for title in assessor.assess(report(f"{PARAGRAPH}\n\n{text}", name=name)).titles
    ]
    found = flags_of_titles(titles, {})
    assert [(flag.report, str(flag.kind), flag.quote) for flag in found] == [
        ("wrong.txt", "misspelt-name", "Pavel Dvorjak"),
        ("wrong.txt", "wrong-role", "President Lena Hruba"),
    ]
    one_family = {f"{n}.txt": "family" for n in range(4)}
    assert flags_of_titles(titles, one_family) == [], "copies do not outvote anybody"


# --------------------------------------------------------------------------- names and roles of many kinds of parties

MANY = parse_agenda("""
title: Talks
parties:
  - id: norway
    name: Norway
    kind: state
    names: [Oslo, Norwegian]
    people:
      - {name: Sigrid Halvorsen Moe, names: [Moe], role: Minister of Climate and Environment of Norway}
      - {name: Eirik Dahl, names: [Dahl], role: Prime Minister of Norway}
      - {name: Kåre Bjørnstad, names: [Bjørnstad], role: Minister of Fisheries and Ocean Policy}
  - id: united-kingdom
    name: United Kingdom
    kind: state
    names: [UK, British, London, Britain]
    people:
      - {name: Harriet Pembroke, names: [Pembroke], role: Secretary of State for Energy and Net Zero}
      - {name: Colin Ashcroft, names: [Ashcroft], role: Chancellor of the Exchequer}
      - {name: Desmond Farrow, names: [Farrow], role: Governor of the Bank of England}
  - id: united-states
    name: United States
    kind: state
    names: [US, U.S., American, Washington]
    people:
      - {name: Grace Whitlock, names: [Whitlock], role: Secretary of State of the United States}
      - {name: Tom Barkley, names: [Barkley], role: special envoy of the President of the United States}
      - {name: Ellen Marsh, names: [Marsh], role: President of the United States until 20 January 2029}
      - {name: Ruth Calloway, names: [Calloway], role: United States Trade Representative}
  - id: dock-union
    name: Longshore Brotherhood
    kind: union
    names: [LB, the union, the dockers]
    people:
      - {name: Vincent Garrison, names: [Garrison], role: president of the Longshore Brotherhood}
      - {name: Paul Garrison, names: [], role: executive vice-president of the Longshore Brotherhood}
  - id: shippers
    name: National Shippers Federation
    kind: organisation
    names: [NSF, the shippers]
    people:
      - {name: Martin Keller, names: [Keller], role: president and chief executive of the National Shippers Federation}
  - id: eu
    name: European Union
    kind: organisation
    names: [EU, Brussels, the Commission]
    people:
      - {name: Annika Lindqvist, names: [Lindqvist], role: Commissioner for Trade and Economic Security}
      - {name: Valdis Ozols, names: [Ozols], role: chief negotiator of the European Union}
  - id: wto
    name: World Trade Organization
    kind: organisation
    names: [WTO]
    people:
      - {name: Amara Nwosu, names: [Nwosu], role: Director-General of the World Trade Organization}
  - id: russia
    name: Russia
    kind: state
    names: [Moscow, Russian]
    people:
      - {name: Dmitry Sokolov, names: [Sokolov], role: spokesman of the President of Russia}
      - {name: Yevgeny Malyshev, names: [Malyshev], role: Deputy Foreign Minister of Russia}
  - id: iran
    name: Iran
    kind: state
    names: [Tehran, Iranian]
    people:
      - {name: Hossein Rahimi, names: [Rahimi], role: Foreign Minister of Iran}
  - id: hotel-workers
    name: Hotel Workers United
    kind: union
    people:
      - {name: Mohammed Alsayed, names: [Alsayed], role: general secretary of Hotel Workers United}
      - {name: Oleksandr Petrenko, names: [Petrenko], role: treasurer of Hotel Workers United}
  - id: maritima
    name: Maritima Lines
    kind: company
    names: [Maritima]
    people:
      - {name: Søren Kjeldsen, names: [Kjeldsen], role: chief executive of Maritima Lines}
  - id: palau
    name: Palau
    kind: state
    people:
      - {name: Iris Udui, names: [Udui], role: ambassador of Palau to the United Nations}
  - id: germany
    name: Germany
    kind: state
    names: [Berlin, German]
    people:
      - {name: Klaus Brenner, names: [Brenner], role: Foreign Minister of Germany (until May 2031)}
issues:
  - id: a
    title: A
    options:
      - {id: x, says: The cap is set, words: [cap]}
""")
MANY_DAY = PartialDate("2031-07-10", DateBasis.MANIFEST)


def flagged_of_many(words, kind):
    return flagged(f"{PARAGRAPH}\n\n{words}", kind, MANY_DAY, MANY)


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("Norwegian Finance Minister Sigrid Halvorsen Moe said no.", "Norwegian Finance Minister Sigrid Halvorsen Moe"),
        ("US Defense Secretary Grace Whitlock said no.", "US Defense Secretary Grace Whitlock"),
        (
            "Martin Keller, chairman of the Chamber of Commerce, said no.",
            "Martin Keller, chairman of the Chamber of Commerce",
        ),
        ("Labor Secretary Martin Keller said no.", "Labor Secretary Martin Keller"),
        ("EU environment commissioner Annika Lindqvist said no.", "EU environment commissioner Annika Lindqvist"),
        (
            "Annika Lindqvist, the EU's commissioner for agriculture, said no.",
            "Annika Lindqvist, the EU's commissioner for agriculture",
        ),
        ("Finance Minister Desmond Farrow said no.", "Finance Minister Desmond Farrow"),
        ("Harriet Pembroke, the British health secretary, said no.", "Harriet Pembroke, the British health secretary"),
        ("The former Norwegian prime minister Eirik Dahl said no.", "former Norwegian prime minister Eirik Dahl"),
        (
            "Vincent Garrison, president of the National Shippers Federation, said no.",
            "Vincent Garrison, president of the National Shippers Federation",
        ),
        (
            "Amara Nwosu, secretary-general of the International Maritime Organization, said no.",
            "Amara Nwosu, secretary-general of the International Maritime Organization",
        ),
        ("Secretary of State Tom Barkley said no.", "Secretary of State Tom Barkley"),
        ("Russian Foreign Minister Dmitry Sokolov said no.", "Russian Foreign Minister Dmitry Sokolov"),
        ("Russian President Dmitry Sokolov said no.", "Russian President Dmitry Sokolov"),
        ("Palau's President Iris Udui said no.", "Palau's President Iris Udui"),
        ("Norwegian oil minister Kåre Bjørnstad said no.", "Norwegian oil minister Kåre Bjørnstad"),
        (
            "Søren Kjeldsen, chief executive of Hotel Workers United, said no.",
            "Søren Kjeldsen, chief executive of Hotel Workers United",
        ),
        ("British Prime Minister Colin Ashcroft said no.", "British Prime Minister Colin Ashcroft"),
        ("US Commerce Secretary Grace Whitlock and others said no.", "US Commerce Secretary Grace Whitlock"),
        (
            "Norway's Minister of Education Sigrid Halvorsen Moe said no.",
            "Norway's Minister of Education Sigrid Halvorsen Moe",
        ),
        (
            "Sigrid Halvorsen Moe, Norway's minister for trade and industry, said no.",
            "Sigrid Halvorsen Moe, Norway's minister for trade and industry",
        ),
        # Looked at only when the rules for the others stood.
        ("British Transport Secretary Harriet Pembroke said no.", "British Transport Secretary Harriet Pembroke"),
        ("Klaus Brenner, the German interior minister, said no.", "Klaus Brenner, the German interior minister"),
        (
            "Martin Keller, president of the Retail Industry Association, said no.",
            "Martin Keller, president of the Retail Industry Association",
        ),
        ("Trade Minister Sigrid Halvorsen Moe said no.", "Trade Minister Sigrid Halvorsen Moe"),
        (
            "Vincent Garrison, chief executive of Maritima Lines, said no.",
            "Vincent Garrison, chief executive of Maritima Lines",
        ),
        ("EU Health Commissioner Annika Lindqvist said no.", "EU Health Commissioner Annika Lindqvist"),
        ("Iranian Defence Minister Hossein Rahimi said no.", "Iranian Defence Minister Hossein Rahimi"),
        ("Desmond Farrow, chancellor of the exchequer, said no.", "Desmond Farrow, chancellor of the exchequer"),
        ("Economy Minister Søren Kjeldsen said no.", "Economy Minister Søren Kjeldsen"),
        ("Foreign Minister Yevgeny Malyshev of Russia said no.", "Foreign Minister Yevgeny Malyshev"),
        ("Former foreign minister Hossein Rahimi said no.", "Former foreign minister Hossein Rahimi"),
        ("US Energy Secretary Tom Barkley said no.", "US Energy Secretary Tom Barkley"),
        (
            "Amara Nwosu, managing director of the International Monetary Fund, said no.",
            "Amara Nwosu, managing director of the International Monetary Fund",
        ),
    ],
)
def test_offices_of_another_department_body_or_rank(words, flag):
    assert flagged_of_many(words, "wrong-role") == [flag]


@pytest.mark.parametrize(
    "words",
    [
        "Norwegian Environment Minister Sigrid Halvorsen Moe said no.",
        "Norway's climate minister, Sigrid Halvorsen Moe, said no.",
        "Sigrid Halvorsen Moe, Norway's minister for climate and environment, said no.",
        "US Secretary of State Grace Whitlock said no.",
        "The American foreign secretary, Grace Whitlock, said no.",
        "Martin Keller, head of the shippers' federation, said no.",
        "Martin Keller, president of the NSF, said no.",
        "Martin Keller, chairman of the federation, said no.",
        "NSF chief executive Martin Keller said no.",
        "Garrison, the union's president, said no.",
        "Garrison, the Brotherhood's executive vice-president, said no.",
        "EU trade commissioner Annika Lindqvist said no.",
        "Trade chief Annika Lindqvist said no.",
        "Desmond Farrow, the Bank of England governor, said no.",
        "Bank governor Desmond Farrow said no.",
        "Energy Secretary Harriet Pembroke said no.",
        "British finance minister Colin Ashcroft said no.",
        "The British chancellor, Colin Ashcroft, said no.",
        "WTO chief Amara Nwosu said no.",
        "WTO Director-General Amara Nwosu said no.",
        "Amara Nwosu, director general of the trade body, said no.",
        "Amara Nwosu, a former Nigerian finance minister, said no.",
        "Former President Ellen Marsh said no.",
        "Former foreign minister Klaus Brenner said no.",
        "Presidential envoy Tom Barkley said no.",
        "Kremlin spokesman Dmitry Sokolov said no.",
        "Dmitry Sokolov, the president's spokesman, said no.",
        "Tom Barkley, the president's friend and envoy, said no.",
        "Germany thanked Prime Minister Eirik Dahl.",
        "In Germany Prime Minister Eirik Dahl said no.",
        "US Trade Representative Ruth Calloway said no.",
        "Søren Kjeldsen, the Maritima boss, said no.",
        "Maritima's chief executive, Søren Kjeldsen, said no.",
        "Valdis Ozols, the commissioner's deputy, said no.",
        "Mohammed Alsayed, the general secretary, said no.",
        "Norwegian fisheries minister Kåre Bjørnstad said no.",
        "Deputy Foreign Minister Yevgeny Malyshev said no.",
        "The health minister and Eirik Dahl said no.",
        "After the finance minister, Sigrid Halvorsen Moe spoke.",
        "Shadow energy secretary Harriet Pembroke had said so in 2019.",
        "Palau's ambassador, Iris Udui, said no.",
        # Looked at only when the rules for the others stood.
        "Energy and Net Zero Secretary Harriet Pembroke said no.",
        "Bank of England Governor Desmond Farrow said no.",
        "Sigrid Halvorsen Moe, who was finance minister in 2020, said no.",
        "Vincent Garrison, president of the LB, said no.",
        "Vincent Garrison, the dockers' union president, said no.",
        "Union president Vincent Garrison said no.",
        "Annika Lindqvist, commissioner for trade, said no.",
        "Kåre Bjørnstad, the fisheries and oceans minister, said no.",
        "Grace Whitlock, America's top diplomat, said no.",
        "US chief diplomat Grace Whitlock said no.",
        "Martin Keller, who chairs the board of a bank, said no.",
        "Russia's Deputy Foreign Minister Malyshev said no.",
        "Ruth Calloway, the US trade envoy, said no.",
        "Britain's finance minister Colin Ashcroft said no.",
        "Kjeldsen, chief executive of the line, said no.",
        "The president of the union, Vincent Garrison, said no.",
        "The envoy told Prime Minister Eirik Dahl so.",
        "Director General Nwosu said no.",
        "Brussels asked Prime Minister Eirik Dahl for a reply.",
        "Former US president Ellen Marsh said no.",
    ],
)
def test_one_office_in_other_words(words):
    assert flagged_of_many(words, "wrong-role") == []


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("Vincennt Garison said no.", "Vincennt Garison"),
        ("Grace Whitlok said no.", "Grace Whitlok"),
        ("Martin Kellar said no.", "Martin Kellar"),
        ("Marten Keler said no.", "Marten Keler"),
        ("Eirik Dahll said no.", "Eirik Dahll"),
        ("Tom Barkely said no.", "Tom Barkely"),
        ("Annika Lindquist said no.", "Annika Lindquist"),
        ("Desmond Farow said no.", "Desmond Farow"),
        ("Harriet Pembrook said no.", "Harriet Pembrook"),
        ("Søren Kjeldson said no.", "Søren Kjeldson"),
        ("Klauss Brener said no.", "Klauss Brener"),
        ("Grace Whitloc said no.", "Grace Whitloc"),
        ("Secretary Whitlok said no.", "Whitlok"),
        ("Mr Pembrok said no.", "Pembrok"),
        ("Ms Whitluck said no.", "Whitluck"),
        ("Desmond Farrows said no.", "Desmond Farrows"),
        # Looked at only when the rules for the others stood.
        ("Colin Ashcrofft said no.", "Colin Ashcrofft"),
        ("Collin Ashcroff said no.", "Collin Ashcroff"),
        ("Rut Caloway said no.", "Rut Caloway"),
        ("Ruth Caloway said no.", "Ruth Caloway"),
        ("Martin Keler said no.", "Martin Keler"),
        ("Amarra Nwossu said no.", "Amarra Nwossu"),
        ("Ellen Marshe said no.", "Ellen Marshe"),
        ("Anika Lindqvst said no.", "Anika Lindqvst"),
        ("Kåre Bjornstadt said no.", "Kåre Bjornstadt"),
        ("Vincent Garrisson said no.", "Vincent Garrisson"),
        ("Iris Uduy said no.", "Iris Uduy"),
    ],
)
def test_one_letter_or_two_in_first_name_or_surname(words, flag):
    assert flagged_of_many(words, "misspelt-name") == [flag]


@pytest.mark.parametrize(
    "words",
    [
        "Kare Bjornstad, Kåre Bjoernstad and Kaare Bjørnstad are one man.",
        "Soren Kjeldsen, Soeren Kjeldsen and Søren Kjeldsen are one man.",
        "Dmitri Sokolov, Dmitriy Sokoloff and Dmitry Sokolov are one man.",
        "Evgeny Malyshev, Yevgeniy Malyshev and Evgenii Malyshev are one man.",
        "Hussein Rahimi, Hosein Rahimi and Hossain Rahimy are one man.",
        "Mohamed Al-Sayed, Muhammad Alsayed and Mohammed el-Sayed are one man.",
        "Alexander Petrenko, Oleksander Petrenko and Olexandr Petrenko are one man.",
        "The Garrisons and the Whitlocks were invited.",
        "Whitlock's and Keller’s letters came late.",
        "Thomas Barkley is his full name.",
        "Martin Kellerman, another man, said no.",
        "Gracie Whitman, a singer, said no.",
        "Tim Barlow said no.",
        "Mr Harrison and Mr Marshall said no.",
        "Dahlia Moen said no.",
        "Vince Garrison said no.",
        "ELLEN MARSH said no.",
        "The Kellers of this world said no.",
        "Pembrokeshire said no.",
        "Mr Marshal, a clerk, said no.",
        "Peter Kellar, a clerk, spoke. Mr Kellar left.",
        "Brennan and Farrell said no.",
        # Looked at only when the rules for the others stood.
        "Valdis Ozoliņš is no relation.",
        "Kåre Bjørnstad's and Bjornstad's boats.",
        "Dmitrii Sokolov said no.",
        "Rahimi, or Raheemi, said no.",
        "Yevgeni Malyshev said no.",
        "Tommy Barkley said no.",
        "Martin Kellermann said no.",
        "The Ashcrofts said no.",
        "Mohamad Elsayed said no.",
        "Collin Ashton said no.",
        "Ms Callaghan said no.",
        "Ann Lindgren said no.",
    ],
)
def test_transliterations_short_forms_and_other_people(words):
    assert flagged_of_many(words, "misspelt-name") == []


# Looked at only when the rules for those above stood.
HELD_OUT = parse_agenda("""
title: Talks
parties:
  - {id: france, name: France, kind: state, names: [Paris, French], people: [{name: Hélène Marchetti, names: [Marchetti], role: "Minister Delegate for Foreign Trade"}, {name: Luc Vasseur, names: [Vasseur], role: Minister for Ecological Transition and Energy}]}
  - {id: japan, name: Japan, kind: state, names: [Tokyo, Japanese], people: [{name: Kenji Morimoto, names: [Morimoto], role: Governor of the Bank of Japan}]}
  - {id: australia, name: Australia, kind: state, names: [Canberra, Australian], people: [{name: Fiona Blackwood, names: [Blackwood], role: Assistant Minister for Climate Change and Energy}, {name: Peter Lang, names: [Lang], role: Premier of Queensland}]}
  - {id: guild, name: Screen Writers Guild, kind: union, names: [SWG, the writers], people: [{name: Carla Mendes, names: [Mendes], role: chief negotiator of the Screen Writers Guild}, {name: Rob Tannen, names: [Tannen], role: executive director}]}
  - {id: studios, name: Alliance of Film Studios, kind: organisation, names: [AFS, the studios], people: [{name: Judith Ballard, names: [Ballard], role: President of the Alliance of Film Studios}]}
  - {id: league, name: Premier Rugby League, kind: organisation, names: [the league, PRL], people: [{name: Steve Harcourt, names: [Harcourt], role: commissioner of the league}]}
  - {id: un, name: United Nations, kind: organisation, names: [UN, U.N.], people: [{name: Lars Edström, names: [Edström], role: Special Envoy of the Secretary-General for the island}, {name: Maria Okello, names: [Okello], role: Secretary-General of the United Nations}]}
  - {id: greens, name: Green Party, kind: organisation, names: [the Greens], people: [{name: Nils Brandt, names: [Brandt], role: co-leader of the Greens}]}
  - {id: nhs, name: Department of Health, kind: organisation, names: [the department], people: [{name: Alan Whitby, names: [Whitby], role: Secretary of State for Health and Social Care}]}
  - {id: turkey, name: Türkiye, kind: state, names: [Turkey, Ankara, Turkish], people: [{name: Mehmet Şahinoğlu, names: [Şahinoğlu], role: Minister of Foreign Affairs}]}
  - {id: egypt, name: Egypt, kind: state, names: [Cairo, Egyptian], people: [{name: Samir Abdel-Latif, names: [Abdel-Latif], role: "foreign minister of Egypt"}]}
  - {id: airline, name: Nordair, kind: company, people: [{name: Birgit Solheim, names: [Solheim], role: CEO}, {name: Jan Kowalczyk, names: [Kowalczyk], role: "head of human resources"}]}
issues:
  - {id: a, title: A, options: [{id: x, says: The cap is set, words: [cap]}]}
""")


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("French Finance Minister Hélène Marchetti said no.", "French Finance Minister Hélène Marchetti"),
        ("Luc Vasseur, the French justice minister, said no.", "Luc Vasseur, the French justice minister"),
        ("Kenji Morimoto, Japan's finance minister, said no.", "Kenji Morimoto, Japan's finance minister"),
        ("Australian Prime Minister Fiona Blackwood said no.", "Australian Prime Minister Fiona Blackwood"),
        ("Education Secretary Alan Whitby said no.", "Education Secretary Alan Whitby"),
        ("Carla Mendes, the labor secretary, said no.", "Carla Mendes, the labor secretary"),
        (
            "Judith Ballard, president of the Recording Academy, said no.",
            "Judith Ballard, president of the Recording Academy",
        ),
        (
            "Steve Harcourt, commissioner of the National Cricket Board, said no.",
            "Steve Harcourt, commissioner of the National Cricket Board",
        ),
        ("UN Secretary-General Lars Edström said no.", "UN Secretary-General Lars Edström"),
        (
            "Maria Okello, director-general of the World Health Organization, said no.",
            "Maria Okello, director-general of the World Health Organization",
        ),
        ("Turkish Defence Minister Mehmet Şahinoğlu said no.", "Turkish Defence Minister Mehmet Şahinoğlu"),
        (
            "Former Egyptian foreign minister Samir Abdel-Latif said no.",
            "Former Egyptian foreign minister Samir Abdel-Latif",
        ),
        ("Transport Minister Birgit Solheim said no.", "Transport Minister Birgit Solheim"),
        (
            "Birgit Solheim, chief executive of Maersk Air Cargo, said no.",
            "Birgit Solheim, chief executive of Maersk Air Cargo",
        ),
        ("Economy Minister Jan Kowalczyk said no.", "Economy Minister Jan Kowalczyk"),
        ("Rob Tannen, the governor of California, said no.", "Rob Tannen, the governor of California"),
    ],
)
def test_wrong_offices_held_out(words, flag):
    assert flagged(f"{PARAGRAPH}\n\n{words}", "wrong-role", MANY_DAY, HELD_OUT) == [flag]


@pytest.mark.parametrize(
    "words",
    [
        "France's trade minister, Hélène Marchetti, said no.",
        "Hélène Marchetti, minister delegate for trade, said no.",
        "Energy Minister Luc Vasseur said no.",
        "French environment minister Luc Vasseur said no.",
        "Bank of Japan chief Kenji Morimoto said no.",
        "BOJ Governor Kenji Morimoto said no.",
        "Kenji Morimoto, governor of the central bank, said no.",
        "Assistant climate minister Fiona Blackwood said no.",
        "Queensland Premier Peter Lang said no.",
        "Chief negotiator Carla Mendes said no.",
        "Carla Mendes, who leads the writers, said no.",
        "Rob Tannen, the guild's executive director, said no.",
        "AFS President Judith Ballard said no.",
        "Judith Ballard, the studios' president, said no.",
        "Judith Ballard, president of the AFS, said no.",
        "League commissioner Steve Harcourt said no.",
        "UN envoy Lars Edström said no.",
        "Lars Edström, the secretary-general's envoy, said no.",
        "U.N. chief Maria Okello said no.",
        "Nils Brandt, the economy minister, said no.",
        "Health Secretary Alan Whitby said no.",
        "Alan Whitby, secretary of state for health, said no.",
        "Turkish Foreign Minister Mehmet Şahinoğlu said no.",
        "Nordair CEO Birgit Solheim said no.",
        "Birgit Solheim, chief executive of the airline, said no.",
        "The prime minister, Birgit Solheim and the unions met.",
        "Kowalczyk told the transport minister so.",
        "The finance minister told Kenji Morimoto so.",
    ],
)
def test_right_offices_held_out(words):
    assert flagged(f"{PARAGRAPH}\n\n{words}", "wrong-role", MANY_DAY, HELD_OUT) == []


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("Helene Marcheti said no.", "Helene Marcheti"),
        ("Luc Vaseur said no.", "Luc Vaseur"),
        ("Fionna Blackwod said no.", "Fionna Blackwod"),
        ("Judith Balard said no.", "Judith Balard"),
        ("Steve Harcort said no.", "Steve Harcort"),
        ("Lars Edstrum said no.", "Lars Edstrum"),
        ("Birgitt Solhiem said no.", "Birgitt Solhiem"),
        ("Allan Whitbey said no.", "Allan Whitbey"),
        ("Nils Brant said no.", "Nils Brant"),
        ("Karla Mendez said no.", "Karla Mendez"),
    ],
)
def test_misspelt_names_held_out(words, flag):
    assert flagged(f"{PARAGRAPH}\n\n{words}", "misspelt-name", MANY_DAY, HELD_OUT) == [flag]


@pytest.mark.parametrize(
    "words",
    [
        "Helene Marchetti said no.",
        "Lars Edstrom and Lars Edstroem are one.",
        "Mehmet Sahinoglu, Mehmet Shahinoglu and Mehmet Şahinoğlu are one.",
        "Sameer Abdel Latif, Samir Abdellatif and Samir Abdul-Latif are one.",
        "Robert Tannen said no.",
        "Stephen Harcourt said no.",
        "The Ballards said no.",
        "Judith Bollinger said no.",
        "Peter Langley said no.",
    ],
)
def test_right_names_held_out(words):
    assert flagged(f"{PARAGRAPH}\n\n{words}", "misspelt-name", MANY_DAY, HELD_OUT) == []


def test_a_role_dated_in_its_own_words():
    former = f"{PARAGRAPH}\n\nFormer President Ellen Marsh came."
    assert not flagged(former, "wrong-role", MANY_DAY, MANY)
    assert not flagged(former, "wrong-role", None, MANY)
    assert flagged(f"{PARAGRAPH}\n\nForeign Minister Ellen Marsh came.", "wrong-role", None, MANY)


# -------------------------------------------------------------------------------------------------- layout and tenses


def test_a_sentence_of_two_paragraphs_is_a_repeat_and_one_flag_with_its_neighbours():
    again = "The line stays shut until the fee is paid, and nobody in the hall knew by whom. The pipes are cold and the valves are sealed, says the town."
    text = f"Talks on the line\n\n{again} [2] {PARAGRAPH}\n\nKyiv asked for an answer by Friday, which did not come. {again}\n"
    assert flagged(text, "repeated-block") == [again]
    quoted = text.replace(again, f"“{again}”")
    assert flagged(quoted, "repeated-block") == []


def test_citations_in_a_row_are_one_flag():
    text = f"{PARAGRAPH} [Source 1], [2] [Source 3]\n\nReferences: [1] [Insert link] [2] [Insert link]\n"
    assert flagged(text, "placeholder-citation") == [
        "[Source 1], [2] [Source 3]",
        "References: [1] [Insert link] [2] [Insert link]",
    ]


def test_what_the_layout_shows():
    text = (
        "Skip to content\n\nThe line stays shut for the winter\n\n"
        f"{PARAGRAPH}\n\nKyiv had asked for an answer by Friday, which did not come, and asked again.\n\n{PARAGRAPH}\n\n"
        "[1] [Source 1] [2] [Source 2]\n\nNote: This article is based on the provided key facts and written in a neutral tone.\n\n"
        "Read also: Ten soups for cold days\n"
    )
    assert flagged(text, "page-chrome") == ["Skip to content", "Read also: Ten soups for cold days"]
    assert flagged(text, "repeated-block") == [PARAGRAPH]
    assert flagged(text, "placeholder-citation") == ["[1] [Source 1] [2] [Source 2]"]
    assert len(flagged(text, "generator-leftover")) == 1
    assert flagged(text, "undated") == [] and flagged(text, "undated", None) == [""]


@pytest.mark.parametrize(
    "text",
    [
        'The paper printed the article with these words at its end: "Note: This article is based on the provided key facts."',
        'Readers laughed at the line "[Source 1]", which the paper had forgotten to replace, editors said.',
        "In conclusion, the talks go on. In summary, nothing is agreed, Stein said.",
    ],
)
def test_reports_about_such_notices_and_stock_phrases_are_left_alone(text):
    whole = f"{PARAGRAPH}\n\n{text}\n\n{PARAGRAPH.replace('three', 'four')}"
    assert flagged(whole, "generator-leftover") == flagged(whole, "placeholder-citation") == []


@pytest.mark.parametrize(
    ("first", "second", "is_told"),
    [
        ("The Geneva talks ended on Sunday.", "The Geneva talks are due to open on Monday.", True),
        ("After the meeting in Vienna both sides said little.", "The meeting in Vienna will be crucial.", True),
        ("The Geneva talks ended on Sunday.", "The next Geneva talks are due to open on Monday.", False),
        ("The Geneva talks ended on Sunday.", "The Vienna talks are due to open on Monday.", False),
        ("The Geneva talks ended on Sunday.", "The Geneva talks were adjourned at noon.", False),
    ],
)
def test_tenses(first, second, is_told):
    found = flagged(f"{PARAGRAPH}\n\n{first} Nobody smiled.\n\n{second} Nobody knows.", "contradictory-tense")
    assert bool(found) is is_told


def test_without_an_agenda_the_rest_still_holds():
    assert flagged(f"{PARAGRAPH}\n\nThe line is reportedly open.", "no-source", agenda=None)
    assert flagged("", "undated", None, None) == [""]


# ------------------------------------------------------------------------------------------------------- very long


def test_a_report_too_long_to_be_read_has_the_flags_of_its_layout_alone(monkeypatch):
    text = (
        f"{PARAGRAPH}\n\nGermany will pay the fee, a senior official who declined to be identified told the agency.\n"
    )
    assert flagged(text, "anonymous-only", None) and flagged(text, "undated", None)
    monkeypatch.setattr(flags, "LONGEST_REPORT", len(PARAGRAPH))
    assert flagged(text, "anonymous-only", None) == []
    assert flagged(text, "undated", None) != []
