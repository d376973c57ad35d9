"""Edits of agenda.yaml: only what the edit says changes, however the file is written; what cannot be edited so is refused."""

import difflib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.agenda import dump_agenda, parse_agenda
from travaux.agenda.editing import MergedOptions, NewName, NewOption, edited, edited_text
from travaux.errors import AgendaError, RequestError, UnknownName
from travaux.model import Agenda, Instrument, Issue, Option, Party, Person, Provision, Rule

ROOT = Path(__file__).resolve().parents[2]
OWN = [ROOT / "examples" / "example-guarantees", ROOT / "tests" / "quality" / "black-sea-grain"]

PORT = """\
# Port talks, written by hand.
title: "Port talks"   # quoted
parties:
- id: board           # dashes at the margin
  name: Board
  names:
  - the Board
  - port management   # as the papers say

- {id: union, name: Dockers' Union, people: [{name: Ada Example}, {name: Bo Example, names: [Bo, ]}]}
issues:
    - id: pay
      title: Pay
      options:
          # first the rise
          - id: rise
            says: Wages rise by six per cent
            words:
              - six per cent
              - "6 %"   # also "6%"
          -   id: lump
              says: >-
                The dockers get a single
                payment
              words: null
          # after the last one
    - id: shifts
      title: Shifts
      options: [{id: nights, says: Night shifts are worked, words: [night work]}, {id: sundays, says: 'Sundays, too'}]
    - id: term
      title: Term
      options:
      - id: two-years   # kept remark
        says: It holds for two years
        # another remark, with a # in it
        words: [two years, 'no # comment']
rules:
  - excludes: [rise, lump]   # one or the other
  - requires: [nights, rise]
  - requires: [sundays, nights]
instrument:
  title: Agreement
  provisions:
    wages: {value: six, option: rise}
    nights: {value: some, option: nights}
# The end, without a line break"""


def changes(before, after):
    """Lines taken out and put in."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


EDITS = {
    "name to a block list": (
        NewName("board", "the port: authority"),
        [],
        ["  - 'the port: authority'"],
    ),
    "name to a mapping in braces": (
        NewName("union", "dockers"),
        ["- {id: union, name: Dockers' Union, people: [{name: Ada Example}, {name: Bo Example, names: [Bo, ]}]}"],
        [
            "- {id: union, name: Dockers' Union, names: [dockers], "
            "people: [{name: Ada Example}, {name: Bo Example, names: [Bo, ]}]}"
        ],
    ),
    "name to a person who has none": (
        NewName("union", "Ada", "Ada Example"),
        ["- {id: union, name: Dockers' Union, people: [{name: Ada Example}, {name: Bo Example, names: [Bo, ]}]}"],
        [
            "- {id: union, name: Dockers' Union, people: "
            "[{name: Ada Example, names: [Ada]}, {name: Bo Example, names: [Bo, ]}]}"
        ],
    ),
    "name behind a trailing comma": (
        NewName("union", "no", "Bo Example"),
        ["- {id: union, name: Dockers' Union, people: [{name: Ada Example}, {name: Bo Example, names: [Bo, ]}]}"],
        ["- {id: union, name: Dockers' Union, people: [{name: Ada Example}, {name: Bo Example, names: [Bo, 'no', ]}]}"],
    ),
    "option behind a folded text": (
        NewOption("pay", "Bonus: paid", ("bonus", "yes"), "bonus"),
        [],
        ["          -   id: bonus", "              says: 'Bonus: paid'", "              words: [bonus, 'yes']"],
    ),
    "option into a list in brackets": (
        NewOption("shifts", "Early, late", ("early",)),
        [
            "      options: [{id: nights, says: Night shifts are worked, words: [night work]}, {id: sundays, says: 'Sundays, too'}]"
        ],
        [
            "      options: [{id: nights, says: Night shifts are worked, words: [night work]}, {id: sundays, says: "
            "'Sundays, too'}, {id: early-late, says: 'Early, late', words: [early]}]"
        ],
    ),
    "merge inside brackets": (
        MergedOptions("sundays", "nights"),
        [
            "      options: [{id: nights, says: Night shifts are worked, words: [night work]}, {id: sundays, says: 'Sundays, too'}]",
            "  - requires: [sundays, nights]",
        ],
        [
            "      options: [{id: nights, says: Night shifts are worked, words: [night work], was: [sundays]}]",
            "  # requires sundays, nights: one option now",
        ],
    ),
    "merge of the only option of an issue, remarks kept": (
        MergedOptions("two-years", "lump"),
        [
            "              words: null",
            "    - id: term",
            "      title: Term",
            "      options:",
            "      - id: two-years   # kept remark",
            "        says: It holds for two years",
            "        # another remark, with a # in it",
            "        words: [two years, 'no # comment']",
        ],
        [
            "              words: [two years, 'no # comment']",
            "              was: [two-years]",
            "    # two-years (It holds for two years) was merged into lump",
            "    # kept remark",
            "    # another remark, with a # in it",
        ],
    ),
    "merge that rules and terms follow": (
        MergedOptions("nights", "two-years"),
        [
            "      options: [{id: nights, says: Night shifts are worked, words: [night work]}, {id: sundays, says: 'Sundays, too'}]",
            "        words: [two years, 'no # comment']",
            "  - requires: [nights, rise]",
            "  - requires: [sundays, nights]",
            "    nights: {value: some, option: nights}",
        ],
        [
            "      options: [{id: sundays, says: 'Sundays, too'}]",
            "        words: [two years, 'no # comment', night work]",
            "        was: [nights]",
            "  - requires: [two-years, rise]",
            "  - requires: [sundays, two-years]",
            "    nights: {value: some, option: two-years}",
        ],
    ),
}


@pytest.mark.parametrize("edit", EDITS, ids=str)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_only_what_the_edit_says_changes(edit, line_end):
    made, out, put_in = EDITS[edit]
    text = PORT.replace("\n", line_end)
    after = edited_text(text, made)
    assert parse_agenda(after) == edited(parse_agenda(text), made)
    assert "\n" not in after.replace("\r\n", "") or line_end == "\n"
    assert changes(PORT, after.replace("\r\n", "\n")) == (out, put_in)


def test_edits_follow_one_another():
    text = PORT
    for edit, _, _ in EDITS.values():
        if isinstance(edit, MergedOptions) and edit.gone == "nights":
            continue  # sundays went into nights before
        text = edited_text(text, edit)
    text = edited_text(text, MergedOptions("nights", "rise"))
    agenda = parse_agenda(text)
    assert agenda.option("rise").was == ("nights", "sundays")
    assert agenda.option("lump").was == ("two-years",)
    assert [rule.kind for rule in agenda.rules] == ["excludes"]
    assert text.endswith("# The end, without a line break")


@pytest.mark.parametrize("folder", OWN, ids=lambda folder: folder.name)
def test_the_agendas_of_this_project_can_be_edited(folder):
    text = (folder / "agenda.yaml").read_text(encoding="utf-8")
    agenda = parse_agenda(text)
    first, *_, last = agenda.options
    for party in agenda.parties:
        assert len(changes(text, edited_text(text, NewName(party.id, "Somebody Else")))[1]) == 1
    for issue in agenda.issues:
        out, put_in = changes(text, edited_text(text, NewOption(issue.id, "Something new happens", ("something new",))))
        assert out == [] and "Something new happens" in "".join(put_in)
    merged = edited_text(text, MergedOptions(last.id, first.id))
    assert parse_agenda(merged).option(first.id).was == (last.id,)
    comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in merged.splitlines() if line in comments] == comments


@pytest.mark.parametrize(
    ("edit", "error", "told"),
    [
        (NewOption("pya", "x y"), UnknownName, "no issue 'pya' on the agenda (did you mean `pay`?)"),
        (NewOption("pay", " "), RequestError, "an option says something"),
        (NewOption("pay", "x y", id="X Y"), RequestError, "'X Y' cannot be an id"),
        (NewOption("pay", "x y", id="nights"), RequestError, "there is an option 'nights' already"),
        (NewName("unoin", "x"), UnknownName, "no party 'unoin'"),
        (NewName("union", " "), RequestError, "a name has letters"),
        (NewName("board", "port management"), RequestError, "goes by 'port management' already"),
        (NewName("union", "x", "Cy Example"), UnknownName, "no 'Cy Example' speaks for Dockers' Union"),
        (MergedOptions("rise", "rise"), RequestError, "merged into itself"),
        (MergedOptions("rise", "lump"), RequestError, "exclude each other"),
        (MergedOptions("rise", "nought"), UnknownName, "no option 'nought'"),
    ],
)
def test_edits_that_cannot_be_are_refused_in_one_line(edit, error, told):
    with pytest.raises(error, match=re.escape(told)) as found:
        edited_text(PORT, edit)
    assert "\n" not in str(found.value)


def test_a_control_character_is_written_as_an_escape():
    made = edited_text(PORT, NewOption("pay", "A bell\x07 rings", id="bell"))
    assert "\x07" not in made
    assert parse_agenda(made).option("bell").says == "A bell\x07 rings"


def test_what_cannot_be_edited_without_touching_more_is_left_to_its_author():
    shared = PORT.replace("names:\n  - the Board", "names: &both\n  - the Board").replace(
        "name: Ada Example}", "name: Ada Example, names: *both}"
    )
    assert parse_agenda(shared).parties[1].people[0].names == ("the Board", "port management")
    with pytest.raises(RequestError, match="make it by hand"):
        edited_text(shared, NewName("board", "the docks"))
    below = PORT.replace("- id: board           # dashes at the margin", "-\n  id: board")
    assert parse_agenda(below).parties[0].id == "board"
    assert "the docks" in edited_text(below, NewName("board", "the docks")), "the list itself is written as expected"
    broken = PORT.replace("title: Pay", "titel: Pay")
    with pytest.raises(AgendaError, match="lacks `title`"):
        edited_text(broken, NewName("board", "the docks"))


def test_ids_of_before_lead_to_one_option():
    merged = edited_text(PORT, MergedOptions("sundays", "nights"))
    assert "earlier-id" not in str(parse_agenda(merged))
    with pytest.raises(AgendaError, match="option `nights` was `rise`, and there is an option of that id"):
        parse_agenda(merged.replace("was: [sundays]", "was: [rise]"))
    with pytest.raises(AgendaError, match="two options were `sundays` before, `lump` and `nights`"):
        parse_agenda(merged.replace("words: null", "was: [sundays]"))
    with pytest.raises(RequestError, match="there is an option 'sundays' already"):
        edited_text(merged, NewOption("pay", "Sundays are off", id="sundays"))
    assert parse_agenda(merged).digest != parse_agenda(PORT).digest
    renamed = PORT.replace("id: two-years", "was: [old-id]\n        id: two-years")
    assert parse_agenda(renamed).digest == parse_agenda(PORT).digest


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=12
)
words = names.map(lambda text: " ".join(text.split())).filter(bool)
plain = st.sampled_from(
    ["a", "b: c", "- d", "no", "null", "1922", "e, f", "#g", "h # i", "'j'", '"k"', "{l}", "🕊 m", "~", "ö:"]
)
phrases = st.one_of(plain, words)


@st.composite
def agendas(draw):
    options = iter([f"o{number}" for number in range(20)])
    issues = tuple(
        Issue(f"i{number}", draw(phrases), tuple(
            Option(next(options), draw(phrases), tuple(draw(st.lists(phrases, max_size=2, unique_by=str.casefold))), f"i{number}")
            for _ in range(draw(st.integers(1, 3)))
        ))
        for number in range(draw(st.integers(1, 3)))
    )  # fmt: skip
    ids = [option.id for issue in issues for option in issue.options]
    parties = tuple(
        Party(f"p{number}", draw(phrases), "state", tuple(draw(st.lists(phrases, max_size=2, unique=True))), tuple(
            Person(f"Person {place}", tuple(draw(st.lists(phrases, max_size=2, unique=True))))
            for place in range(draw(st.integers(0, 2)))
        ))
        for number in range(draw(st.integers(1, 2)))
    )  # fmt: skip
    rules = (Rule("requires", ids[0], ids[-1]),) if len(ids) > 1 and draw(st.booleans()) else ()
    terms = tuple(Provision(f"t{n}", draw(phrases), draw(st.sampled_from(ids))) for n in range(draw(st.integers(0, 2))))
    instrument = Instrument("Paper", "treaty", terms) if terms else None
    return Agenda("Talks", parties, issues, rules=rules, instrument=instrument), ids


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_whatever_the_agenda_the_edit_is_exact(data):
    agenda, ids = data.draw(agendas())
    text = dump_agenda(agenda)
    before = parse_agenda(text)
    kinds = [
        st.builds(
            NewOption,
            st.sampled_from([issue.id for issue in agenda.issues]),
            phrases,
            st.tuples(phrases),
            st.just("new"),
        ),
        st.builds(NewName, st.sampled_from([party.id for party in agenda.parties]), phrases),
    ]
    if len(ids) > 1:
        kinds.append(st.permutations(ids).map(lambda order: MergedOptions(*order[:2])))
    edit = data.draw(st.one_of(kinds))
    try:
        wanted = edited(before, edit)
    except RequestError:
        return
    try:
        made = edited_text(text, edit)
    except (
        AgendaError
    ) as refused:  # two names alike and the like are warnings; an edit that breaks the agenda is an error
        assert "id" in str(refused) or "U+" in str(refused)
        return
    assert parse_agenda(made) == wanted
    if not isinstance(edit, MergedOptions):
        out, put_in = changes(text, made)
        assert len(out) <= 1 and len(put_in) <= 3
