"""The figures are those of the gold records' own scorer, to the last digit; differences and gold records are explained."""

import json
import random
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from program_files import loaded

from travaux.errors import EvaluationError
from travaux.evaluation import (
    check_gold,
    count_differences,
    explain,
    read_statements,
    require_sound_gold,
    score,
)
from travaux.model import Act, Stance, Statement, Via

ROOT = Path(__file__).resolve().parents[2]
SHARED_GOLD = ROOT.parent / "shared" / "gold"
OWN_GOLD = [ROOT / "examples" / "example-guarantees", ROOT / "tests" / "quality" / "black-sea-grain"]

AGENDA = """\
title: Port talks
parties:
  - {id: board, name: Board, people: [{name: Ada Example, role: director}]}
  - {id: dockers, name: Dockers}
issues:
  - id: pay
    title: Pay
    options: [{id: rise, says: Wages rise, words: [rise]}, {id: bonus, says: A bonus is paid, words: [bonus]}]
"""
REPORTS = {
    "a.txt": "The Board offers a rise. The dockers want a rise. No, no, no, no: no bonus, says Ada Example.\nA rise 🚢, a rise!",
    "b.txt": "Once rejected, the bonus is now wanted by the dockers if wages rise. nanana.\r\nThe Board is silent\r\n",
}
GOLD = [
    {
        "report": "a.txt",
        "quote": "The Board offers a rise",
        "party": "board",
        "option": "rise",
        "stance": "for",
        "act": "offer",
    },
    {
        "report": "a.txt",
        "quote": "a rise",
        "occurrence": 2,
        "party": "dockers",
        "option": "rise",
        "stance": "for",
        "act": "demand",
    },
    {
        "report": "a.txt",
        "quote": "no bonus, says Ada Example",
        "party": "board",
        "option": "bonus",
        "stance": "against",
        "act": "reject",
    }
    | {"speaker": "Ada Example"},
    {
        "report": "b.txt",
        "quote": "the bonus is now wanted by the dockers",
        "party": "dockers",
        "option": "bonus",
        "stance": "for",
    }
    | {"act": "demand", "condition": "if wages rise", "via": "narrator"},
    {
        "report": "b.txt",
        "quote": "Once rejected, the bonus",
        "party": "dockers",
        "option": "bonus",
        "stance": "against",
        "act": "reject",
    }
    | {"former": True, "via": "narrator"},
]
DEFAULTS = {"occurrence": 1, "speaker": None, "condition": None, "former": False, "via": "speaker", "via_name": None}


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_gold(tmp_path_factory.mktemp("gold"))


def write_gold(folder: Path) -> Path:
    (folder / "reports").mkdir()
    for name, text in REPORTS.items():
        (folder / "reports" / name).write_bytes(text.encode("utf-8"))
    write_rows(folder / "statements.jsonl", [DEFAULTS | row for row in GOLD])
    (folder / "agenda.yaml").write_text(AGENDA, encoding="utf-8")
    (folder / "manifest.csv").write_text("file,publisher\na.txt,One\nb.txt,Two\n", encoding="utf-8")
    (folder / "checks.yaml").write_text("families:\n  - [a.txt, b.txt]\n", encoding="utf-8")
    return folder


def write_rows(path: Path, rows: list[dict]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    path = SHARED_GOLD / "score_record.py"
    if not path.exists():
        pytest.skip("the gold records' own scorer is not beside the checkout")
    return loaded(path)


def statement(report: str, quote: str, party: str, option: str, stance: str, **fields) -> Statement:
    text = REPORTS[report].replace("\r\n", "\n")
    start = text.index(quote)
    return Statement(
        "",
        report,
        "",
        start,
        start + len(quote),
        quote,
        party,
        option,
        Stance(stance),
        Act(fields.pop("act", "state")),
        **fields,
    )


def test_figures_of_a_small_record(gold: Path) -> None:
    predicted = [
        statement("a.txt", "The Board offers a rise", "board", "rise", "for", act="offer"),  # right in everything
        statement("a.txt", "want a rise", "dockers", "rise", "against", act="demand"),  # the stance is wrong
        statement(
            "a.txt", "bonus, says Ada Example", "board", "bonus", "against", act="reject"
        ),  # the speaker is missing
        statement("a.txt", "a rise!", "board", "rise", "for"),  # a position of the gold, elsewhere
        statement(
            "b.txt", "the bonus is now wanted", "dockers", "bonus", "for", condition="if wages rise", via=Via.NARRATOR
        ),
    ]
    figures = score(gold, predicted).as_dict()
    # positions: three of four predicted cells are among the gold's five
    assert figures["position"] == {"p": 0.75, "r": 0.6, "f1": 0.6667, "predicted": 4, "gold": 5}
    assert figures["statement"] == {"p": 0.8, "r": 0.8, "f1": 0.8, "predicted": 5, "gold": 5}
    assert (figures["stance"], figures["speaker"], figures["via"], figures["act"]) == (0.75, 0.75, 1.0, 0.75)
    assert figures["condition"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "predicted": 1, "gold": 1}


def test_nothing_predicted_scores_nothing(gold: Path) -> None:
    figures = score(gold, []).as_dict()
    assert figures["position"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "predicted": 0, "gold": 5}
    assert figures["stance"] == 0.0


rows = st.fixed_dictionaries(
    {
        "report": st.sampled_from(["a.txt", "b.txt", "c.txt"]),
        "party": st.sampled_from(["board", "dockers"]),
        "option": st.sampled_from(["rise", "bonus"]),
        "stance": st.sampled_from(["for", "against", "open"]),
    },
    optional={
        "occurrence": st.sampled_from([None, 0, 1, 2, 3, 4, 7, -1]),
        "former": st.booleans() | st.none(),
        "speaker": st.sampled_from([None, "", "Ada Example", "Bo"]),
        "condition": st.sampled_from([None, "", "if wages rise"]),
        "via": st.sampled_from(["speaker", "narrator"]),
        "act": st.sampled_from(["offer", "demand"]),
    },
)
quotes = st.sampled_from([row["quote"] for row in GOLD] + ["a rise", "no", "nana", "🚢, a", "", "nowhere", "silent\n"])
spans = st.tuples(st.integers(-3, 120), st.integers(-3, 120))
quoted = st.builds(lambda row, quote: row | {"quote": quote}, rows, quotes)
spanned = st.builds(lambda row, span: row | {"start": span[0], "end": span[1]}, rows, spans)
altered = st.builds(lambda row, change: DEFAULTS | row | change, st.sampled_from(GOLD), st.fixed_dictionaries({}, optional={
    "stance": st.sampled_from(["for", "against"]),
    "speaker": st.none(),
    "former": st.booleans(),
    "condition": st.sampled_from([None, "x"]),
    "act": st.just("state"),
}))  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(predicted=st.lists(quoted | spanned | altered, max_size=12))
def test_agrees_with_the_gold_records_scorer(
    gold: Path, scorer: ModuleType, tmp_path: Path, predicted: list[dict]
) -> None:
    path = write_rows(tmp_path / "predicted.jsonl", predicted)
    expected = scorer.score(gold, path)
    assert score(gold, read_statements(path)).as_dict() == expected
    assert list(score(gold, predicted).as_dict()) == list(expected)


@pytest.mark.parametrize("seed", range(3))
def test_agrees_on_the_gold_records(scorer: ModuleType, tmp_path: Path, seed: int) -> None:
    for folder in [*OWN_GOLD, SHARED_GOLD / "ukraine-guarantees"]:
        chance = random.Random(seed)
        predicted = []
        for row in read_statements(folder / "statements.jsonl"):
            if chance.random() < 0.7:
                row |= {"stance": chance.choice(["for", row["stance"]]), "quote": row["quote"][: chance.randint(5, 80)]}
                row |= {"speaker": chance.choice([None, row["speaker"]]), "act": chance.choice(["state", row["act"]])}
                row |= {"condition": chance.choice([None, "x"]), "party": chance.choice(["russia", row["party"]])}
                predicted.append(row)
        path = write_rows(tmp_path / "predicted.jsonl", predicted)
        assert score(folder, predicted).as_dict() == scorer.score(folder, path)


def test_differences_say_what_kind_of_mistake(gold: Path) -> None:
    predicted = [
        statement("a.txt", "The Board offers a rise", "dockers", "rise", "for"),
        statement("a.txt", "want a rise", "dockers", "rise", "open", act="demand"),
        statement("a.txt", "no bonus, says Ada", "board", "rise", "against"),
        statement("b.txt", "the bonus is now wanted by the dockers", "dockers", "bonus", "for", act="demand"),
        statement("b.txt", "The Board is silent", "board", "bonus", "against"),
    ]
    differences = explain(gold, predicted)
    told = [(d.kind, d.report, d.party, d.option, d.gold, d.predicted) for d in differences]
    assert told == [
        ("missed position", "a.txt", "board", "rise", "for", None),
        ("party wrong", "a.txt", "board", "rise", "board", "dockers"),
        ("spurious position", "a.txt", "dockers", "rise", None, "open"),
        ("stance wrong", "a.txt", "dockers", "rise", "for", "open"),
        ("missed position", "a.txt", "board", "bonus", "against", None),
        ("spurious position", "a.txt", "board", "rise", None, "against"),
        ("option wrong", "a.txt", "board", "bonus", "bonus", "rise"),
        ("missed position", "b.txt", "dockers", "bonus", "former-against", None),
        ("missed statement", "b.txt", "dockers", "bonus", "former-against", None),
        ("via wrong", "b.txt", "dockers", "bonus", "narrator", "speaker"),
        ("condition wrong", "b.txt", "dockers", "bonus", "if wages rise", None),
        ("spurious position", "b.txt", "board", "bonus", None, "against"),
        ("spurious statement", "b.txt", "board", "bonus", None, "against"),
    ]
    assert differences[1].gold_quote == differences[1].predicted_quote == "The Board offers a rise"
    assert next(iter(count_differences(differences).items())) == ("missed position", 3)
    assert explain(gold, read_statements(gold / "statements.jsonl")) == []


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(predicted=st.lists(quoted | spanned | altered, max_size=8))
def test_differences_add_up_to_the_figures(gold: Path, predicted: list[dict]) -> None:
    figures, counts = score(gold, predicted), count_differences(explain(gold, predicted))
    found = figures.position.predicted - counts.get("spurious position", 0)
    assert found == figures.position.gold - counts.get("missed position", 0)
    astray = counts.get("party wrong", 0) + counts.get("option wrong", 0)
    matched = figures.statement.predicted - counts.get("spurious statement", 0) - astray
    assert matched == figures.statement.gold - counts.get("missed statement", 0) - astray
    if matched:
        assert figures.stance == round((matched - counts.get("stance wrong", 0)) / matched, 4)
        assert figures.speaker == round((matched - counts.get("speaker wrong", 0)) / matched, 4)


@pytest.mark.parametrize("folder", OWN_GOLD, ids=lambda folder: folder.name)
def test_the_gold_records_of_this_project_are_sound(folder: Path) -> None:
    assert check_gold(folder) == []
    perfect = score(folder, read_statements(folder / "statements.jsonl"))
    assert perfect.position.f1 == perfect.statement.f1 == perfect.stance == 1.0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"report": "z.txt"}, "there is no report `z.txt`"),
        ({"quote": "A rise is offered"}, "the quote does not stand in a.txt"),
        ({"occurrence": 2}, "the quote does not stand in a.txt"),
        ({"condition": "if it rains"}, "the condition does not stand in a.txt"),
        ({"party": "crew"}, "party `crew` is not on the agenda"),
        ({"option": "tea"}, "option `tea` is not on the agenda"),
        ({"stance": "pro"}, "`pro` is no stance"),
        ({"act": "mumble"}, "`mumble` is no act"),
        ({"via": "radio"}, "`radio` is no via"),
    ],
)
def test_a_gold_record_with_a_mistake(tmp_path: Path, change: dict, told: str) -> None:
    folder = write_gold(tmp_path)
    path = folder / "statements.jsonl"
    path.write_text("\n" + json.dumps(DEFAULTS | GOLD[0] | change) + "\n", encoding="utf-8")
    (problem,) = check_gold(folder)
    assert (problem.path, problem.line) == (str(path), 2)
    assert told in problem.message
    with pytest.raises(EvaluationError, match=r"statements\.jsonl:2: "):
        require_sound_gold(folder)


def test_manifest_and_checks_of_a_gold_record(tmp_path: Path) -> None:
    folder = write_gold(tmp_path)
    (folder / "manifest.csv").write_text("file\na.txt\nc.txt\n", encoding="utf-8")
    (folder / "checks.yaml").write_text(
        "families:\n  - [a.txt, z.txt]\n"
        "flags:\n  - {report: a.txt, kind: undated, quote: ''}\n  - {report: a.txt, kind: no-source, quote: not there}\n"
        "shifts:\n  - {party: crew, option: rise, from: for, to: against, before: a.txt, after: y.txt}\n",
        encoding="utf-8",
    )
    assert [(Path(p.path).name, p.line, p.message) for p in check_gold(folder)] == [
        ("manifest.csv", None, "the manifest does not list `b.txt`"),
        ("manifest.csv", None, "reports/ lacks the file `c.txt`"),
        ("checks.yaml", 7, "shifts: there is no report `y.txt`"),
        ("checks.yaml", 7, "shifts: party `crew` is not on the agenda"),
        ("checks.yaml", 5, "flags: the quote does not stand in a.txt: 'not there'"),
        ("checks.yaml", 2, "families: there is no report `z.txt`"),
    ]


def test_a_folder_that_is_no_gold_record(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no folder reports/ here"):
        score(tmp_path, [])
    (tmp_path / "reports").mkdir()
    with pytest.raises(EvaluationError, match=r"statements\.jsonl: there is no such file"):
        score(tmp_path, [])
    path = tmp_path / "statements.jsonl"
    for content, told in [
        (b'\n{"a": 1\n', "statements.jsonl:2: not JSON"),
        (b"[1]\n", "statements.jsonl:1: expected a JSON object"),
        (b"[" * 100_000, "statements.jsonl:1: "),
        (b"\xff\xfe", "statements.jsonl: the file is not UTF-8"),
        (b'{"report": "a.txt", "party": "x", "option": "y"}', "statements.jsonl:1: the statement lacks `stance`"),
        (b'{"report": "a", "party": "x", "option": "y", "stance": "for"}', "has neither `start` nor `quote`"),
    ]:
        path.write_bytes(content)
        with pytest.raises(EvaluationError) as caught:
            score(tmp_path, [])
        assert told in str(caught.value)
        assert check_gold(tmp_path)


def test_predictions_that_lack_something_are_named(gold: Path) -> None:
    row = {"report": "a.txt", "party": "board", "option": "rise", "stance": "for", "start": 3}
    with pytest.raises(EvaluationError, match="predicted statements:1: `start` and `end` must be whole numbers"):
        score(gold, [row])
    with pytest.raises(EvaluationError, match="predicted statements:2: the statement lacks `party`"):
        score(gold, [row | {"end": 4}, {"report": "a.txt"}])


def test_a_quote_with_a_unicode_line_separator_is_one_line(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "rows.jsonl", [{"quote": "a\u2028b\x85c"}, {"quote": "d"}])
    assert read_statements(path) == [{"quote": "a\u2028b\x85c"}, {"quote": "d"}]
