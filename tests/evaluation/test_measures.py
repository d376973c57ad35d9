"""Flags and families against checks.yaml."""

from travaux.evaluation import Found, measured
from travaux.evaluation.checks import Checks
from travaux.evaluation.flags import matches
from travaux.model import Family, Flag, FlagKind


def flag(quote, kind="no-source", report="a.txt"):
    return Flag(f"{report}{kind}{quote}", report, report, FlagKind(kind), 0, len(quote), quote, "why")


def family(*reports):
    return Family("-".join(reports), reports, reports, None, (), "")


def checked(tmp_path, text):
    (tmp_path / "checks.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def rows(gold, **found):
    return {one.name: one.measure.as_dict() for one in measured(gold, Found(**found))}


def test_a_flag_is_right_with_the_same_report_and_kind_and_words_within_words():
    entry = {"report": "a.txt", "kind": "no-source", "quote": "eleven  people\ndied"}
    assert matches(entry, flag("eleven people died"))
    assert matches(entry, flag("In all eleven people died there."))
    assert matches(entry, flag("people died"))
    assert not matches(entry, flag("twelve people died"))
    assert not matches(entry, flag("eleven people died", report="b.txt"))
    assert not matches(entry, flag("eleven people died", kind="anonymous-only"))
    assert not matches(entry, flag(""))
    assert matches({"report": "a.txt", "kind": "undated", "quote": ""}, flag("", kind="undated"))


def test_flags_are_measured_together_and_by_kind(tmp_path):
    gold = checked(
        tmp_path,
        "flags:\n  - {report: a.txt, kind: undated, quote: ''}\n  - {report: a.txt, kind: no-source, quote: one two}\n"
        "  - {report: a.txt, kind: no-source, quote: five six}\n",
    )
    found = rows(gold, flags=[flag("", "undated"), flag("one two three"), flag("seven"), flag("x", "mixed-spelling")])
    assert found["flags"] == {"p": 0.6667, "r": 0.6667, "f1": 0.6667, "predicted": 3, "gold": 3}
    assert found["flags: no-source"]["r"] == 0.5 and found["flags: undated"]["f1"] == 1.0
    assert "families" not in found and "flags: mixed-spelling" not in found


def test_families_are_measured_by_pairs(tmp_path):
    gold = checked(tmp_path, "families: [[a, b, c], [d, e]]\n")
    found = rows(gold, families=[family("a", "b"), family("d", "e", "f")])["families"]
    assert (found["predicted"], found["gold"]) == (4, 4)
    assert (found["p"], found["r"]) == (0.5, 0.5)


def test_nothing_expected_and_nothing_found_is_right(tmp_path):
    gold = checked(tmp_path, "families: []\nflags: []\n")
    assert rows(gold)["families"]["f1"] == rows(gold)["flags"]["f1"] == 1.0
    assert rows(gold, families=[family("a", "b")])["families"]["p"] == 0.0


def test_without_the_file_nothing_is_measured(tmp_path):
    assert measured(tmp_path, Found()) == []
    assert Checks().given == frozenset()
