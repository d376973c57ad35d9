"""terms, packages and whatif on the example's record: what a user types, and what is told when it cannot be."""

import json
from pathlib import Path

import pytest

from travaux.agenda import load_agenda

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "example-guarantees"
NAMES = {party.id: party.name for party in load_agenda(EXAMPLE / "agenda.yaml").parties}


@pytest.fixture
def ask(travaux, record, monkeypatch):
    """Runs a command on a copy of the example's record; with a form, gives its rows."""
    monkeypatch.setenv("TRAVAUX_RECORD", str(record))

    def run(*arguments):
        ended = travaux(*arguments)
        return [json.loads(line) for line in ended.out.splitlines()] if "--jsonl" in arguments else ended

    return run


def term(rows, identity):
    (found,) = [row for row in rows if row["id"] == identity]
    return found


def test_the_term_sheet_in_words(ask):
    ended = ask("terms")
    assert ended.code == 0
    assert "Exercise material, no news." in ended.out
    assert "[a force led and manned by European states]  contested" in ended.out
    force = term(ask("terms", "--jsonl"), "standing_forces/european-force")
    against = [f"{NAMES[one['party']]} {one['support']}" for one in force["stands"] if one["stand"] == "ruled-out"]
    assert against[-2:] == ["Russia 1", "Italy 1"]
    assert f"rules it out: {', '.join(against)} nothing read of:" in " ".join(ended.out.split())
    gaps = ended.out[ended.out.index("Nobody says") :]
    for asked in (
        "Who decides that the trigger has occurred?",
        "How fast must they act?",
        "With what do they respond?",
    ):
        assert asked in " ".join(gaps.split())


def test_a_judgement_changes_the_sheet_at_once_and_a_rejection_takes_the_value_away(ask):
    before = term(ask("terms", "--jsonl"), "capability_support/strong-army")
    assert before["value"] == "arms and training for the Ukrainian army"
    stands = before["stands"]
    first = stands[0]["statement"]
    for row in ask("statements", "--option", "strong-army", "--jsonl"):
        if row["id"] != first:
            assert ask("judge", "reject", row["id"]).code == 0
    assert ask("judge", "correct", first, "--stance", "against", "--act", "reject").code == 0
    corrected = term(ask("terms", "--jsonl"), "capability_support/strong-army")
    assert (corrected["status"], corrected["stands"][0]["stand"]) == ("excluded", "ruled-out")
    blocked = ask("whatif", "--jsonl")
    assert (stands[0]["party"], "strong-army") in {(row["party"], row["option"]) for row in blocked}
    for row in ask("statements", "--option", "strong-army", "--jsonl"):
        assert ask("judge", "reject", row["id"]).code == 0
    gone = term(ask("terms", "--jsonl"), "capability_support/strong-army")
    assert (gone["value"], gone["status"]) == (None, "not-mentioned")


def test_every_value_has_a_quote_or_an_entry(ask):
    rows = ask("terms", "--jsonl")
    assert any(row["value"] for row in rows)
    for row in rows:
        if row["value"] is not None:
            assert row["entered"] or any(stand["quote"] for stand in row["stands"])


def test_beside_a_reference(ask):
    rows = ask("terms", "--against", "north_atlantic_treaty_1949", "--jsonl")
    strengths = {row["id"]: row["strength"] for row in rows}
    assert strengths["legal_form/binding-treaty"] == "equal"
    assert strengths["response_obligation/article5-like"] == "equal"
    assert strengths["trigger_determination"] == "silent-here"
    assert strengths["preconditions/guarantees-after-deal"] == "silent-there"
    assert {row["verified"] for row in rows} == {True, False, None}
    shown = ask("terms", "--against", "budapest").out
    assert "stronger" in shown
    assert "it says nothing of credibility" in " ".join(shown.split())
    assert "unverified" in ask("terms", "--against", "north").out
    wrong = ask("terms", "--against", "versailles")
    assert (wrong.code, wrong.out) == (2, "")
    assert "no reference instrument 'versailles'" in wrong.err


def test_the_nearest_references_and_why(ask):
    rows = ask("terms", "--references", "--jsonl")
    assert len(rows) == 19
    assert len(rows[0]["same"]) >= len(rows[-1]["same"])
    assert set(rows[0]["same"]) <= set(rows[0]["compared"])


def test_what_changed_since_a_day_is_never_shown_by_an_undated_report(ask):
    rows = ask("terms", "--since", "2025-09-30", "--jsonl")
    assert rows
    quotes = {move["quote"] for row in rows for move in row["moved"]}
    undated = {row["report"] for row in ask("reports", "--jsonl") if row["published"] is None}
    told = {row["quote"] for row in ask("statements", "--jsonl") if row["report"] in undated}
    assert not quotes & told
    assert ask("terms", "--since", "2025-12-31", "--jsonl") == []


def test_two_drafts_side_by_side(ask):
    rows = ask("terms", "--since-report", "08-joint-communique.txt", "--report", "10-berlin-questions.txt", "--jsonl")
    assert {row["change"] for row in rows} <= {"entered", "fell-out", "softened", "firmer", "changed"}
    assert any(row["change"] == "entered" and row["provision"] == "legal_form" for row in rows)
    one = ask("terms", "--report", "08-joint-communique.txt")
    assert "as 08-joint-communique.txt has it" in " ".join(one.out.split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("terms", "--against", "north", "--references"), "--against and --references exclude each other"),
        (("terms", "--report", "x.txt", "--as-of", "2025-08-18"), "--report and --as-of exclude each other"),
        (("terms", "--report", "x.txt"), "no report 'x.txt'"),
        (("packages", "--with", "freze-line"), "did you mean `freeze-line`?"),
        (("packages", "--with", "freeze-line", "--without", "freeze-line"), "cannot be in and left out at once"),
        (("packages", "--limit", "0"), "0 is not in the range"),
        (("packages", "--package", "freeze-line", "--weighed"), "exclude each other"),
        (("packages", "--weighed"), "nobody has given weights"),
        (("whatif", "--suppose", "russia:freeze-line"), "supposes nothing"),
        (("whatif", "--suppose", "russia:freeze-line=perhaps"), "supposes nothing"),
        (("whatif", "--suppose", "rusia:freeze-line=for"), "did you mean `russia`?"),
        (
            ("packages", "--with", "nato-membership", "--with", "guarantees-instead"),
            "agenda.yaml:207: no package keeps to these rules together: excludes: [nato-membership, guarantees-instead]",
        ),
    ],
)
def test_what_cannot_be_is_told_in_a_line(ask, arguments, told):
    ended = ask(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


def test_packages_say_who_blocks_and_with_which_words(ask):
    rows = ask("packages", "--limit", "2", "--jsonl")
    assert len(rows) == 2
    texts = {path.name: path.read_text(encoding="utf-8") for path in (EXAMPLE / "reports").glob("*.txt")}
    for row in rows:
        assert row["state"] == "blocked"
        for move in row["moves"]:
            assert move["option"] in row["options"]
            assert move["statement"]
            assert move["quote"] in texts[move["report"]]
    assert ask("packages", "--limit", "1", "--jsonl") == rows[:1]
    shown = ask("packages", "--limit", "1").out
    assert "none is open to all" in " ".join(shown.split())
    assert "more are not listed: --limit" in shown


def test_one_package_is_looked_at_even_where_a_rule_forbids_it(ask):
    ended = ask("packages", "--package", "freeze-line, nato-membership, neutrality-in-law", "--jsonl")
    ((row),) = ended
    assert row["options"] == ["nato-membership", "neutrality-in-law", "freeze-line"]
    told = ask("packages", "--package", "freeze-line,nato-membership,neutrality-in-law")
    assert "Breaks a rule of agenda.yaml: excludes: [nato-membership, neutrality-in-law]" in told.err
    assert "Breaks a rule of agenda.yaml: issue `guarantees` (choose: some)" in told.err


def test_what_is_supposed_is_never_stored(ask):
    before = ask("whatif", "--jsonl")
    ended = ask("whatif", "--suppose", "russia:freeze-line=for", "--suppose", "germany:freeze-line=open")
    assert "Supposed, not stored: russia:freeze-line=for, germany:freeze-line=open." in ended.err
    assert "(supposed)" not in ended.out  # nobody who is supposed to agree blocks anything
    supposed = ask("whatif", "--suppose", "united-states:strong-army=ruled-out")
    assert "(supposed)" in supposed.out
    assert ask("whatif", "--jsonl") == before


ENTRIES = """\
terms:
  - {provision: duration, value: fifteen years, code: {years: 15}, parties: [united-states], by: A. Reader, on: 2025-12-20,
     report: 10-berlin-questions.txt, quote: would not lie on the table forever}
weights:
  - {party: ukraine, by: A. Reader, on: 2025-12-20, options: {freeze-line: 3, strong-army: 1}}
  - {party: russia, by: A. Reader, on: 2025-12-20, options: {donetsk-withdrawal: 5}}
"""


def test_what_an_analyst_signs_for_is_shown_as_such(ask, record):
    (record / "terms.yaml").write_text(ENTRIES)
    row = term(ask("terms", "--jsonl"), "duration/fifteen years")
    assert (row["entered"], row["status"]) == ("entered by A. Reader on 2025-12-20", "proposed-only")
    assert "Entered by A. Reader on 2025-12-20." in ask("terms").out
    early = ask("terms", "--as-of", "2025-12-19", "--jsonl")
    assert [one["value"] for one in early if one["provision"] == "duration"] == [None]
    assert [
        row["strength"] for row in ask("terms", "--against", "paris", "--jsonl") if row["provision"] == "duration"
    ] == ["silent-there"]
    france = ask("terms", "--against", "france", "--jsonl")
    assert [row["strength"] for row in france if row["provision"] == "duration"] == ["stronger"]
    weighed = ask("packages", "--weighed", "--jsonl")
    assert [one["rank"] for one in weighed] == sorted(one["rank"] for one in weighed)
    assert all(one["lowest"] <= one["rank"] <= one["highest"] for one in weighed)
    (record / "terms.yaml").write_text(ENTRIES.replace("lie on the table", "stand on the table"))
    ended = ask("terms")
    assert ended.code == 2
    assert f"{record / 'terms.yaml'}:3: these words do not stand in 10-berlin-questions.txt" in ended.err


def test_an_agenda_without_an_instrument_is_told_what_to_add(ask, record, tmp_path):
    text = (record / "agenda.yaml").read_text(encoding="utf-8")
    (record / "agenda.yaml").write_text(text[: text.index("\ninstrument:") + 1], encoding="utf-8")
    ended = ask("terms")
    assert ended.code == 2
    assert "the agenda has no instrument (add `instrument:`" in ended.err
    assert ask("packages", "--limit", "1").code == 0, "positions and rules are enough for packages"
    page = ask("page", "-o", "-").out
    assert 'id="matrix"' in page
    assert 'id="packages"' not in page
    assert ask("export", "-o", tmp_path / "out").code == 0
    assert len((tmp_path / "out" / "terms.csv").read_text().splitlines()) == 1


def test_agenda_check_tells_what_does_not_fit_the_kind(travaux, folder):
    text = (folder / "agenda.yaml").read_text(encoding="utf-8")
    (folder / "agenda.yaml").write_text(text.replace("code: planned", "code: plannd"), encoding="utf-8")
    ended = travaux("agenda", "check", folder, "--jsonl")
    assert ended.code == 1
    (row,) = [one for one in map(json.loads, ended.out.splitlines()) if one["severity"] == "error"]
    assert "`plannd` is no code of it" in row["problem"]
    assert row["remedy"] == "did you mean `planned`?"
    (folder / "truce.yaml").write_text("version: 1\n")
    (folder / "agenda.yaml").write_text(text.replace("kind: security-guarantee", "kind: truce"), encoding="utf-8")
    ended = travaux("agenda", "check", folder, "--jsonl")
    (row,) = [one for one in map(json.loads, ended.out.splitlines()) if one["severity"] == "error"]
    assert row["problem"] == "truce.yaml:1: `kind` is missing"
    assert "kind: truce" in (folder / "agenda.yaml").read_text(encoding="utf-8").splitlines()[row["line"] - 1]


def test_support_counts_families_in_the_sheet_as_in_the_matrix(ask):
    held = {(row["party"], row["option"]): row for row in ask("show", "--jsonl")}
    stands = [stand for row in ask("terms", "--jsonl") for stand in row["stands"] if stand["statement"]]
    for stand in stands:
        position = held[stand["party"], stand["option"]]
        if stand["stand"] == "unknown":  # only what was held before is told
            assert stand["support"] == 0
            continue
        assert 1 <= stand["support"] <= position["support"]
        if len(position["stances"]) == 1:
            assert stand["support"] == position["support"]
    assert any(stand["support"] > 1 for stand in stands)
    text = " ".join(ask("terms").out.split())
    relayed = [one for one in stands if one["support"] and held[one["party"], one["option"]]["distance"] == "relayed"]
    assert "russia" in {one["party"] for one in relayed}
    assert all(f"{NAMES[one['party']]} {one['support']} (as told by another" in text for one in relayed)
    several = [stand for stand in stands if stand["support"] > 1]
    assert all(f"{NAMES[stand['party']]} {stand['support']}" in text for stand in several)
    assert "a report with its copies and rewordings is one." in text


def test_agenda_check_tells_rules_that_leave_no_package_with_their_line(travaux, tmp_path):
    (tmp_path / "agenda.yaml").write_text(
        "title: T\nparties: [{id: a, name: Aland}]\nissues:\n  - id: one\n    title: One\n    choose: one\n"
        "    options: [{id: x, says: X, words: [p q]}, {id: y, says: Y, words: [r s]}]\n  - id: two\n    title: Two\n"
        "    choose: some\n    options: [{id: z, says: Z, words: [t u]}]\nrules:\n  - excludes: [x, z]\n  - excludes: [y, z]\n"
    )
    ended = travaux("agenda", "check", tmp_path, "--jsonl")
    assert ended.code == 1
    (row,) = [json.loads(line) for line in ended.out.splitlines()]
    assert row["kind"] == "impossible-rules"
    assert row["line"] == 4
    for rule in ("issue `one` (choose: one)", "issue `two` (choose: some)", "excludes: [x, z]", "excludes: [y, z]"):
        assert rule in row["problem"]
    text = (tmp_path / "agenda.yaml").read_text()
    (tmp_path / "agenda.yaml").write_text(text.replace("  - excludes: [y, z]\n", ""))
    assert travaux("agenda", "check", tmp_path).code == 0
