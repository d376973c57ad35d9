"""What an agenda becomes, its digest, and writing it."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.agenda import (
    InvalidAgenda,
    agenda_template,
    check_agenda,
    dump_agenda,
    id_from,
    is_id,
    load_agenda,
    parse_agenda,
)
from travaux.model import Agenda, Instrument, Issue, Option, Party, Person, Provision, Rule

ROOT = Path(__file__).resolve().parents[2]
OWN_GOLD = [ROOT / "examples" / "example-guarantees", ROOT / "tests" / "quality" / "black-sea-grain"]

SMALL = """\
title: Port talks
notice: Made up
llm: never
parties:
  - {id: board, name: Board, kind: organisation, names: [No, "1922", 1922], people: [{name: Ada Example, since: 2024-01}]}
issues:
  - {id: pay, title: Pay, options: [{id: rise, says: Wages rise, words: [on, six per cent]}]}
"""


@pytest.mark.parametrize("folder", OWN_GOLD, ids=lambda folder: folder.name)
def test_the_records_of_this_project_load_and_survive_writing(folder: Path) -> None:
    agenda = load_agenda(folder / "agenda.yaml")
    plain = yaml.safe_load((folder / "agenda.yaml").read_text(encoding="utf-8"))
    assert [party.id for party in agenda.parties] == [party["id"] for party in plain["parties"]]
    assert [option.id for option in agenda.options] == [
        option["id"] for issue in plain["issues"] for option in issue["options"]
    ]
    assert len(agenda.rules) == len(plain.get("rules", []))
    assert agenda.notice, "an example of made-up reports says so"
    assert parse_agenda(dump_agenda(agenda)) == agenda
    assert check_agenda(folder / "agenda.yaml") == []


def test_the_gold_agenda_of_real_reports_loads() -> None:
    path = ROOT.parent / "shared" / "gold" / "ukraine-guarantees" / "agenda.yaml"
    if not path.exists():
        pytest.skip("the gold record of real reports is not beside the checkout")
    agenda = load_agenda(path)
    assert (len(agenda.parties), len(agenda.options)) == (9, 28)
    assert check_agenda(path) == []


def test_values_stay_as_they_are_printed() -> None:
    agenda = parse_agenda(SMALL)
    assert agenda.parties[0].names == ("No", "1922", "1922")
    assert agenda.parties[0].people == (Person("Ada Example", since="2024-01"),)
    assert agenda.options == (Option("rise", "Wages rise", ("on", "six per cent"), "pay"),)
    assert (agenda.notice, agenda.llm) == ("Made up", "never")


def test_rules_and_instrument() -> None:
    agenda = load_agenda(OWN_GOLD[0] / "agenda.yaml")
    assert agenda.rules[0] == Rule("excludes", "nato-membership", "neutrality-in-law")
    assert Rule("requires", "binding-treaty", "us-guarantor") in agenda.rules
    assert agenda.instrument is not None
    assert agenda.instrument.provisions[0] == Provision("beneficiary", "Ukraine", "article5-like")
    assert Provision("duration", "unknown", None) in agenda.instrument.provisions


def test_the_digest_is_of_what_a_reader_sees() -> None:
    digest = parse_agenda(SMALL).digest
    assert len(digest) == 64
    same = [
        "# a comment\n" + SMALL,
        SMALL.replace("title: Port talks\nnotice: Made up\n", "notice: Other\ntitle: Other\n"),
        SMALL.replace("{id: board, name: Board,", "{name: Board, id: board,"),
        SMALL + "instrument: {title: T, kind: k, provisions: {a: {value: b, option: rise}}}\nrules: []\n",
    ]
    other = [
        SMALL.replace("name: Board", "name: Boards"),
        SMALL.replace('"1922", 1922', "1922"),
        SMALL.replace("Ada Example", "Ada Sample"),
        SMALL.replace("says: Wages rise", "says: Wages fall"),
        SMALL.replace("words: [on, six per cent]", "words: [on six, per cent]"),
    ]
    assert {parse_agenda(text).digest for text in same} == {digest}
    assert len({parse_agenda(text).digest for text in other} | {digest}) == len(other) + 1


@pytest.mark.parametrize("title", ["Port talks", "a: b # c", "", "- [x", "Gespräche\nüber 'Häfen' 🚢", "null", "@x"])
def test_a_fresh_agenda_says_that_there_are_no_parties_yet(title: str) -> None:
    text = agenda_template(title)
    with pytest.raises(InvalidAgenda, match="no parties yet") as caught:
        parse_agenda(text, "agenda.yaml")
    assert [problem.kind for problem in caught.value.problems] == ["no-parties", "no-issues"]
    assert yaml.safe_load(text)["title"] == (" ".join(title.split()) or "Talks")


def test_the_example_in_a_fresh_agenda_works_once_uncommented(tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    lines = agenda_template("Port talks").splitlines()
    started = lines.index("parties:")
    keys = ("# notice: ", "# llm: ", "# rules:", "# instrument:")
    body = [line.removeprefix("# ") if line.startswith(("#   ", *keys)) else line for line in lines[started:]]
    prose = {line for line in body if line.startswith(("# ", "#-"))}
    assert prose, "the explanations stay comments"
    path.write_text("\n".join(lines[:started] + body) + "\n", encoding="utf-8")
    assert check_agenda(path) == []
    agenda = load_agenda(path)
    assert [party.id for party in agenda.parties] == ["harbour-board", "dockers-union"]
    assert agenda.instrument is not None and agenda.rules[0].kind == "excludes"


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    str.strip
)
ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
names = st.lists(texts, max_size=3).map(tuple)
people = st.builds(Person, texts, names, st.just("") | texts, st.sampled_from([None, "2024", "2024-02-29"]), st.none())
parties = st.lists(
    st.builds(Party, ids, texts, st.sampled_from(["state", "union"]), names, st.lists(people, max_size=2).map(tuple)),
    min_size=1,
    max_size=3,
    unique_by=lambda party: party.id,
)


@st.composite
def agendas(draw: st.DrawFn) -> Agenda:
    option_ids = draw(st.lists(ids, min_size=2, max_size=5, unique=True))
    options = tuple(Option(option_id, draw(texts), draw(names), "one") for option_id in option_ids)
    kind = draw(st.sampled_from(["excludes", "requires"]))
    term = Provision(draw(texts), draw(texts), draw(st.sampled_from([None, option_ids[0]])))
    return Agenda(
        title=draw(texts),
        parties=tuple(draw(parties)),
        issues=(Issue("one", draw(texts), options),),
        notice=draw(st.just("") | texts),
        rules=draw(st.sampled_from([(), (Rule(kind, option_ids[0], option_ids[1]),)])),
        instrument=draw(st.none() | st.just(Instrument(draw(texts), "treaty", (term,)))),
        llm=draw(st.sampled_from(["", "never"])),
    )


@settings(max_examples=60, deadline=None)
@given(agendas())
def test_a_written_agenda_reads_back_to_the_same(agenda: Agenda) -> None:
    text = dump_agenda(agenda)
    again = parse_agenda(text)
    assert agenda == Agenda(**{name: getattr(again, name) for name in agenda.__slots__} | {"digest": ""})
    assert dump_agenda(again) == text


@given(st.text(max_size=100))
def test_any_text_makes_an_id(text: str) -> None:
    assert is_id(id_from(text))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.text("[]{}&*!|>'\"%@`#:-,? \n\tabc\u2028\x85\ufeff", max_size=120))
def test_whatever_is_in_the_file_the_answer_is_an_agenda_error(text: str) -> None:
    with pytest.raises(InvalidAgenda) as caught:
        parse_agenda(text, "agenda.yaml")
    assert "\n" not in str(caught.value)
