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


# -------------------------------------------------------------------------------------------------- layout and tenses


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
