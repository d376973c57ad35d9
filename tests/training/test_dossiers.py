"""Dossiers, the denser form of training passages: what they say, what is wrong in them, and entries put together."""

import json
import random
import sys
from pathlib import Path

import pytest
from program_files import loaded

TRAINING = Path(__file__).resolve().parents[2] / "training"
HEAD = """negotiation: Cod in the Varda Strait
party norhaven: Norhaven; the islanders
  person Ingrid Vasko: Vasko; Ms Vasko | fisheries minister of Norhaven
party vella: Vella; Vellan
option cod-cut: The cod quota is cut by a fifth
  words: cod quota; smaller catch
option cod-ban: No cod is caught for a year

"""
ENTRIES = """Ms Vasko would not hear of taking a fifth off the cod.
= norhaven cod-cut against reject speaker
Vella would, once the boats are paid for.
= vella cod-cut for accept narrator if "once the boats are paid for"

• Nobody spoke of a year without cod.

The islanders used to want the year without cod.
= norhaven cod-ban for demand narrator former
"""


@pytest.fixture(scope="module")
def training():
    sys.path.insert(0, str(TRAINING))
    yield {name: loaded(TRAINING / f"{name}.py") for name in ("dossiers", "passages", "check_passages")}
    sys.path.remove(str(TRAINING))


@pytest.fixture
def rows_of(training, tmp_path):
    def rows(text):
        path = tmp_path / "cod.txt"
        path.write_text(text, encoding="utf-8")
        return training["dossiers"].rows_of(path)

    return rows


def test_entries_are_passages_with_the_agenda_of_their_dossier(rows_of, training):
    rows = rows_of(HEAD + ENTRIES)
    assert [row["id"] for row in rows] == ["cod-001", "cod-002", "cod-003"]
    first, silent, former = rows
    assert first["passage"] == (
        "Ms Vasko would not hear of taking a fifth off the cod. Vella would, once the boats are paid for."
    )
    assert [(s["party"], s["stance"], s["condition"]) for s in first["statements"]] == [
        ("norhaven", "against", None),
        ("vella", "for", "once the boats are paid for"),
    ]
    assert first["parties"][0]["people"][0]["role"] == "fisheries minister of Norhaven"
    assert first["options"][0]["words"] == ["cod quota", "smaller catch"]
    assert silent["statements"] == []
    assert former["statements"][0]["former"] is True
    for row in rows:
        assert training["check_passages"].problems_of(row) == []


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("A line.\n= norhaven cod-cut against reject", r'cod.txt:10: expected "= party option stance'),
        ("A line.\n= sealand cod-cut against reject speaker", "cod.txt:10: no such party: sealand"),
        ("A line.\n= vella herring for accept speaker", "cod.txt:10: no such option: herring"),
        ("A line.\n= vella cod-cut maybe accept speaker", "cod.txt:10: no such stance: maybe"),
        ("= vella cod-cut for accept speaker", "cod.txt:9: a position before any sentence"),
        ('A line.\n= vella cod-cut for accept speaker if "when"', "cod.txt:9: condition not in entry: when"),
    ],
)
def test_what_is_wrong_names_file_and_line(rows_of, training, entry, told):
    with pytest.raises(training["dossiers"].DossierError, match=told):
        rows_of(HEAD + entry)


def test_every_dossier_there_is_can_be_read_and_holds_together(training):
    paths = sorted((TRAINING / "dossiers").rglob("*.txt"))
    assert len(paths) >= 60
    for path in paths:
        rows = training["dossiers"].rows_of(path)
        assert [problem for row in rows for problem in training["check_passages"].problems_of(row)] == [], path.name
        taken = {statement["option"] for row in rows for statement in row["statements"]}
        assert taken == {option["id"] for option in rows[0]["options"]}, path.name
        passages = [row["passage"] for row in rows]
        assert len(set(passages)) == len(passages), path.name


def test_every_rewording_says_an_option_of_a_dossier_again_and_no_two_options_alike(training):
    rows = map(json.loads, (TRAINING / "rewordings.jsonl").read_text("utf-8").splitlines())
    by_file = {}
    for row in rows:
        by_file.setdefault(row["file"], {})[row["says"]] = row["again"]
    assert len(by_file) >= 70
    for name, reworded in by_file.items():
        options = training["dossiers"].rows_of(TRAINING / "dossiers" / f"{name}.txt")[0]["options"]
        assert reworded.keys() <= {option["says"] for option in options}, name
        said = [again["says"] for own in reworded.values() for again in own] + [option["says"] for option in options]
        assert len(said) == len(set(said)), name
        assert all(1 <= len(again["words"]) <= 5 and all(again["words"]) for own in reworded.values() for again in own)


def test_windows_put_together_lose_no_sentence_and_no_position(training):
    passages = training["passages"]
    rows = training["dossiers"].rows_of(TRAINING / "dossiers" / "planet-plastics.txt")
    entries = []
    for row in rows:
        ends = [place for place, letter in enumerate(row["passage"], 1) if letter == "."] or [len(row["passage"])]
        spans = list(zip([0, *ends], [*ends, len(row["passage"])], strict=False))
        layout = {"text": row["passage"], "sentences": [[a, b] for a, b in spans if a < b], "mentions": []}
        entries.append(passages.example_of(row, "planet-plastics", None, layout))
    windows = passages.compose(entries, random.Random(4))
    for window in windows:
        assert all(0 <= cell.party < len(window.parties) for cell in window.cells)
        assert all(0 <= cell.sentence < len(window.sentences) for cell in window.cells)

    def told(examples):
        return sorted(
            (
                example.parties[cell.party][0],
                example.options[cell.option],
                example.sentences[cell.sentence],
                cell.stance,
            )
            for example in examples
            for cell in example.cells
        )

    assert told(windows) == told(entries)
