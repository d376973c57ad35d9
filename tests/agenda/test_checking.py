"""Every mistake in agenda.yaml is told with its line and what was expected; all of them at once."""

from pathlib import Path

import pytest

from travaux.agenda import InvalidAgenda, Severity, check_agenda, load_agenda, parse_agenda
from travaux.agenda.problems import AgendaProblem
from travaux.agenda.source import MAXIMUM_BYTES
from travaux.errors import AgendaError

GOOD = """\
title: Port talks
parties:
  - id: board
    name: Harbour Board
    kind: organisation
    names: [the Board]
    people:
      - {name: Ada Example, names: [Example], role: director}
  - id: dockers
    name: Dockers' Union
    kind: union
    names: [the dockers]
issues:
  - id: pay
    title: Pay
    options:
      - id: rise
        says: Wages rise by six per cent
        words: [six per cent]
      - id: lump-sum
        says: A single payment is made
        words: [lump sum]
rules:
  - excludes: [rise, lump-sum]
instrument:
  title: Agreement
  kind: collective-agreement
  provisions:
    wages: {value: six per cent, option: rise}
    duration: {value: unknown}
"""


def problems_of(tmp_path: Path, text: str, texts: dict[str, str] | None = None) -> list[AgendaProblem]:
    path = tmp_path / "agenda.yaml"
    path.write_text(text, encoding="utf-8")
    return check_agenda(path, texts)


def only_problem(tmp_path: Path, text: str) -> AgendaProblem:
    (problem,) = problems_of(tmp_path, text)
    return problem


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, f"the text to change must stand once: {old}"
    return GOOD.replace(old, new)


def test_a_good_agenda_has_no_problems(tmp_path: Path) -> None:
    assert problems_of(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "kind", "line", "message", "remedy"),
    [
        ("    name: Harbour Board\n", "", "missing-key", 3, "party `board` lacks `name`", "full name"),
        ("    names: [the Board]", "    nmaes: [the Board]", "unknown-key", 6, "unknown key `nmaes`", "`names`"),
        ("title: Port talks\n", "", "missing-key", 1, "the agenda lacks `title`", "title:"),
        ("title: Port talks", "title: Port talks\npeople: []", "unknown-key", 2, "outside of any party", "under"),
        ("title: Port talks", "title: Port talks\nfeeds: []", "unknown-key", 2, "unknown key `feeds`", "known: title"),
        ("names: [the Board]", "names: the Board", "wrong-type", 6, "`names` of party `board`: expected a list", "["),
        ("says: Wages rise by six per cent", "says: [a]", "wrong-type", 18, "`says` of option `rise`", "sentence"),
        ("kind: union", "kind: unions", "wrong-value", 11, "kind: unions", "did you mean `union`?"),
        ("title: Port talks", "title: Port talks\nllm: always", "wrong-value", 2, "expected `never`", ""),
        ("id: board", "id: The Board", "wrong-value", 3, "`The Board` cannot be an id", ""),
        ("id: lump-sum", "id: rise", "duplicate-id", 20, "two options have the id `rise`", "another id"),
        ("id: dockers", "id: board", "duplicate-id", 9, "two parties have the id `board`, the first in line 3", ""),
        ("[rise, lump-sum]", "[rise, lumpsum]", "unknown-option", 24, "unknown option `lumpsum`", "`lump-sum`"),
        ("[rise, lump-sum]", "[rise, rise]", "contradictory-rule", 24, "`rise` excludes itself", ""),
        ("[rise, lump-sum]", "[rise]", "wrong-value", 24, "rule number 1", ""),
        ("option: rise}", "option: raise}", "unknown-option", 29, "provision `wages`", "`rise`"),
        ("role: director}", "role: director, since: 2025-13}", "wrong-value", 8, "`2025-13` is no date", ""),
        (
            "role: director}",
            "role: director, since: 2025-06, until: 2024}",
            "reversed-dates",
            8,
            "since 2025-06 is later than until 2024",
            "exchange",
        ),
        ("names: [the dockers]", "names: [the dockers, '']", "wrong-type", 12, "not empty", ""),
    ],
)
def test_errors(tmp_path: Path, old: str, new: str, kind: str, line: int, message: str, remedy: str) -> None:
    text = changed(old, new)
    found = [problem for problem in problems_of(tmp_path, text) if problem.kind == kind]
    assert [(problem.severity, problem.line) for problem in found] == [(Severity.ERROR, line)]
    assert message in found[0].message
    assert remedy in found[0].remedy
    with pytest.raises(InvalidAgenda):
        load_agenda(tmp_path / "agenda.yaml")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        GOOD.replace("kind: union", "kind: unions")
        .replace("id: lump-sum", "id: rise")
        .replace("title: Pay\n", "x: y\n")
    )
    problems = problems_of(tmp_path, text)
    assert [(problem.kind, problem.line) for problem in problems] == [
        ("wrong-value", 11),
        ("missing-key", 14),
        ("unknown-key", 15),
        ("duplicate-id", 20),
        ("unknown-option", 24),
    ]
    with pytest.raises(AgendaError) as caught:
        load_agenda(tmp_path / "agenda.yaml")
    assert isinstance(caught.value, InvalidAgenda)
    assert list(caught.value.problems) == problems
    told = str(caught.value)
    assert told.startswith(f"{tmp_path / 'agenda.yaml'}:11: ")
    assert "and 4 more problems" in told
    assert "\n" not in told


def test_rules_that_leave_an_option_no_agreement(tmp_path: Path) -> None:
    options = "".join(f"      - {{id: {name}, says: It is {name}, words: [{name}]}}\n" for name in "abcd")
    head = f"title: T\nparties:\n  - {{id: p, name: Pee}}\nissues:\n  - id: i\n    title: I\n    options:\n{options}rules:\n"
    direct = only_problem(tmp_path, head + "  - requires: [a, b]\n  - excludes: [b, a]\n")
    assert (direct.kind, direct.line) == ("contradictory-rule", 14)
    assert "`a` requires `b` and excludes it" in direct.message
    chain = only_problem(tmp_path, head + "  - requires: [a, b]\n  - requires: [b, c]\n  - excludes: [a, c]\n")
    assert "`a` requires `c` and excludes it" in chain.message
    fork = only_problem(tmp_path, head + "  - requires: [a, b]\n  - requires: [a, c]\n  - excludes: [c, b]\n")
    assert "`a` requires both `b` and `c`" in fork.message
    assert problems_of(tmp_path, head + "  - requires: [a, b]\n  - requires: [b, a]\n  - excludes: [a, d]\n") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("title: T\nparties:\nissues:\n  - id: i\n    title: I\n    options: []\n", "no-parties"),
        ("title: T\nparties: []\nissues: []\n", "no-issues"),
        ("title: T\nparties:\n  - {id: p, name: P}\nissues:\n  - {id: i, title: I, options: []}\n", "no-options"),
        ("", "empty"),
        ("# nothing but a comment\n", "empty"),
        ("- a\n- b\n", "wrong-type"),
        ("just words", "wrong-type"),
    ],
)
def test_nothing_to_work_with(tmp_path: Path, text: str, kind: str) -> None:
    errors = [problem for problem in problems_of(tmp_path, text) if problem.severity is Severity.ERROR]
    assert kind in {problem.kind for problem in errors}


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("title: a: b\n", 1, "quotes around the text"),
        ("title: T\n\tparties: []\n", 2, "replace the tab"),
        ("title: T\nparties: [a, b\nissues: []\n", 3, "close the bracket"),
        ("title: 'open\nparties: []\n", 1, "close the quotes"),
        ("title: T\ntitle: U\n", 2, "stands twice, first in line 1"),
        ("title: T\n---\ntitle: U\n", 2, "second document"),
        ("title: *other\n", 1, "begins with *"),
        ("title: T\nparties: !!python/object/apply:os.system [ls]\n", 2, "has no place here"),
        ("title: T\n? [a, b]\n: c\n", 2, "cannot be a key"),
        ("title: T\nnotice: \x07\n", 2, "U+0007"),
        ("title: T\nparties: " + "[" * 5000 + "\n", 2, "nested more than"),
    ],
)
def test_broken_yaml(tmp_path: Path, text: str, line: int, told: str) -> None:
    problem = next(p for p in problems_of(tmp_path, text) if p.kind == "unreadable")
    assert problem.line == line
    assert told in f"{problem.message} {problem.remedy}"


def test_aliases_may_be_used_but_not_to_unfold_without_end(tmp_path: Path) -> None:
    shared = GOOD.replace("names: [the Board]", "names: &same [the Board]").replace("[the dockers]", "*same")
    assert parse_agenda(shared).parties[1].names == ("the Board",)
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 10):
        bomb += f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 10) + "]\n"
    assert "more than" in only_problem(tmp_path, bomb).message
    assert "nested more than" in only_problem(tmp_path, "title: &t [*t]\n").message


def test_files_that_are_no_agenda(tmp_path: Path) -> None:
    path = tmp_path / "agenda.yaml"
    assert "no such file" in check_agenda(path)[0].message
    assert "a folder" in check_agenda(tmp_path)[0].message
    path.write_bytes(b"title: T\nnotice: caf\xe9\n")
    problem = check_agenda(path)[0]
    assert (problem.line, problem.message) == (2, "the file is not UTF-8")
    path.write_bytes("title: T\n".encode("utf-16"))
    assert check_agenda(path)[0].message == "the file is not UTF-8"
    path.write_bytes(b"#" * (MAXIMUM_BYTES + 1))
    assert "larger than" in check_agenda(path)[0].message
    with pytest.raises(AgendaError, match="larger than"):
        load_agenda(path)
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_agenda(path) == parse_agenda(GOOD)


@pytest.mark.parametrize(
    ("old", "new", "kind", "line", "message"),
    [
        ("[the dockers]", "[the dockers, The  board]", "shared-name", 12, "`board` (line 6) and `dockers`"),
        (
            "names: [the dockers]",
            "people: [{name: Ada Example, role: x}]",
            "person-twice",
            12,
            "speaks for two parties",
        ),
        (", role: director}", "}", "no-role", 8, "`Ada Example` of party `board` has no role"),
        ("[the dockers]", "[the Officials]", "common-name", 12, "`the Officials` of party `dockers`"),
        ("names: [Example]", "names: [Will]", "common-name", 8, "`Will`"),
        ("\n        words: [six per cent]", "", "no-words", 17, "option `rise` has no words"),
        ("A single payment is made", "wages rise  by six per cent", "same-option", 21, "the same as option `rise`"),
    ],
)
def test_warnings(tmp_path: Path, old: str, new: str, kind: str, line: int, message: str) -> None:
    problem = only_problem(tmp_path, changed(old, new))
    assert (problem.severity, problem.kind) == (Severity.WARNING, kind)
    assert message in problem.message
    assert problem.line == line
    assert load_agenda(tmp_path / "agenda.yaml").title == "Port talks"  # a warning stops nothing


def test_capitals_are_no_common_word(tmp_path: Path) -> None:
    assert problems_of(tmp_path, changed("[the dockers]", "[US, U.S., WHO, NO]")) == []


def test_one_person_in_two_roles_one_after_the_other(tmp_path: Path) -> None:
    roles = "\n      - {name: Bo Sample, role: deputy, until: 2024-05}\n      - {name: Bo Sample, role: director, since: 2024-05}"
    assert problems_of(tmp_path, changed("role: director}", "role: chair}" + roles)) == []
    overlapping = roles.replace("until: 2024-05", "until: 2025")
    problem = only_problem(tmp_path, changed("role: director}", "role: chair}" + overlapping))
    assert "two people of party `board` are called `Bo Sample`" in problem.message


def test_options_whose_words_occur_nowhere(tmp_path: Path) -> None:
    text = changed("words: [lump sum]", "words: [lump summ payment]")
    reports = {
        "a.txt": "The union wants wages to go up by\nsix  per cent.",
        "b.txt": "A Lump-sum or a lump sum payment.",
    }
    problem = only_problem_with(tmp_path, text, reports)
    assert (problem.kind, problem.line) == ("absent-words", 22)
    assert problem.message == "no report has any of the words of option `lump-sum`"
    assert problem.remedy == "reports have: `lump sum payment`"
    assert problems_of(tmp_path, text) == []  # without texts there is nothing to compare with


def only_problem_with(tmp_path: Path, text: str, texts: dict[str, str]) -> AgendaProblem:
    (problem,) = problems_of(tmp_path, text, texts)
    return problem


@pytest.mark.parametrize(
    ("phrase", "text", "occurs"),
    [
        ("joining NATO", "to join the NATO alliance", True),
        ("on land, at sea and in the air", "protects it on land and sea, and in the air", True),
        ("NATO's Article 5", "an Article 5 of NATO", False),
        ("wage rise", "a rise. Wages", False),
        ("Türkiye talks", "the TÜRKIYE talk", True),
    ],
)
def test_a_phrase_occurs_whatever_its_endings(tmp_path: Path, phrase: str, text: str, occurs: bool) -> None:
    agenda = changed("words: [lump sum]", f"words: ['{phrase.replace(chr(39), chr(39) * 2)}']")
    problems = problems_of(tmp_path, agenda, {"a.txt": text, "b.txt": "six per cent"})
    assert [problem.kind for problem in problems] == ([] if occurs else ["absent-words"])


def test_a_phrase_does_not_run_from_one_report_into_the_next(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, GOOD, {"a.txt": "six per cent lump", "b.txt": "sum"})
    assert [problem.kind for problem in problems] == ["absent-words"]


def test_messages_are_one_printable_line(tmp_path: Path) -> None:
    text = changed("id: board", r'id: "a\nb\x1b[31m"').replace("id: pay", "id: " + "Pay" * 1000)
    problems = problems_of(tmp_path, text)
    assert [problem.kind for problem in problems] == ["wrong-value", "wrong-value"]
    assert all(problem.message.isprintable() and len(problem.message) <= 400 for problem in problems)
    with pytest.raises(InvalidAgenda) as caught:
        load_agenda(tmp_path / "agenda.yaml")
    assert "a b" in str(caught.value) and str(caught.value).isprintable()
