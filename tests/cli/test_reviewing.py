"""Review from the command line, on a copy of the example's record."""

import csv
import io
import json

import pytest


def rows(ended):
    return [json.loads(line) for line in ended.out.splitlines()]


@pytest.fixture
def first(travaux, record):
    """What waits first."""
    return rows(travaux("queue", record, "-n", "1", "--jsonl"))[0]


def test_the_queue_is_in_order_and_shrinks_as_one_judges(travaux, record, first):
    everything = rows(travaux("queue", record, "--jsonl"))
    assert everything[0] == first
    assert [row["priority"] for row in everything] == sorted((row["priority"] for row in everything), reverse=True)
    assert len(everything) == len(rows(travaux("statements", record, "--jsonl")))
    assert first["hangs"] in ("only", "decides", "contradicts")
    assert travaux("judge", "confirm", record, first["id"]).code == 0
    after = rows(travaux("queue", record, "--jsonl"))
    assert first["id"] not in [row["id"] for row in after]
    assert len(after) == len(everything) - 1
    assert first["id"] in [row["id"] for row in rows(travaux("queue", record, "--by", "B. Reader", "--jsonl"))]
    shown = travaux("queue", record, "-n", "2")
    assert "100 sure" in shown.out
    assert f"{len(after) - 2} more wait." in shown.err


def test_the_queue_by_party_and_order(travaux, record):
    found = rows(travaux("queue", record, "--party", "Kyiv", "--order", "doubt", "--jsonl"))
    assert {row["party"] for row in found} == {"ukraine"}
    assert [row["doubt"] for row in found] == sorted((row["doubt"] for row in found), reverse=True)
    assert travaux("queue", record, "--order", "luck").code == 2
    assert travaux("queue", record, "--party", "atlantis").code == 2


@pytest.mark.parametrize(
    "name", ["queue", "reviewers", "reviewers --counts", "judge log"], ids=lambda name: name.replace(" ", "-")
)
def test_the_listings_say_the_same_in_every_form(travaux, record, first, name):
    for reviewer, verdict in (("A. Reader", "confirm"), ("B. Reader", "reject")):
        travaux("judge", verdict, record, first["id"], "--by", reviewer)
    command, *options = name.split()
    words = (
        command,
        *[one for one in options if not one.startswith("--")],
        record,
        *[one for one in options if one.startswith("--")],
    )
    lines = rows(travaux(*words, "--jsonl"))
    assert lines
    assert json.loads(travaux(*words, "--json").out) == lines
    table = list(csv.DictReader(io.StringIO(travaux(*words, "--csv").out, newline="")))
    assert [list(row) for row in table] == [list(line) for line in lines]
    assert all(next(iter(line)) == "id" for line in lines)
    assert travaux(*words).out


def test_nothing_judged_is_said_so(travaux, record):
    assert "Nobody has judged anything." in travaux("reviewers", record).out
    assert "Nobody has judged anything." in travaux("judge", "log", record).out
    ended = travaux("judge", "undo", record)
    assert (ended.code, "has no judgement to take back" in ended.err) == (2, True)


def test_reviewers_who_differ_are_measured_and_their_statement_waits(travaux, record, first):
    travaux("judge", "confirm", record, first["id"], "--by", "A. Reader")
    assert "Agreement needs two reviewers." in travaux("reviewers", record).out
    travaux("judge", "reject", record, first["id"], "--by", "B. Reader")
    found = rows(travaux("reviewers", record, "--jsonl"))
    assert {(row["measure"], row["field"]) for row in found} == {
        (measure, field) for measure in ("alpha", "kappa") for field in ("verdict", "position", "stance")
    }
    assert {(row["units"], row["same"]) for row in found} == {(1, 0)}
    waits = rows(travaux("queue", record, "-n", "1", "--jsonl"))[0]
    assert waits["id"] == first["id"]
    assert waits["says"].startswith("reviewers differ: A. Reader ")
    assert [made["verdict"] for made in waits["decisions"]] == ["confirm", "reject"]
    counts = {row["id"]: row["statements"] for row in rows(travaux("reviewers", record, "--counts", "--jsonl"))}
    assert counts == {"A. Reader": 1, "B. Reader": 1}


def test_undo_takes_back_the_last_and_keeps_the_rows(travaux, record, first):
    travaux("judge", "reject", record, first["id"])
    assert first["id"] not in [row["id"] for row in rows(travaux("statements", record, "--jsonl"))]
    ended = travaux("judge", "undo", record, "--note", "a slip")
    assert ended.code == 0
    assert ended.told[-1].startswith("Judgement 2: takes back 1, by the tests")
    assert first["id"] in [row["id"] for row in rows(travaux("statements", record, "--jsonl"))]
    log = rows(travaux("judge", "log", record, "--statement", first["id"][:8], "--jsonl"))
    assert [(row["id"], row["verdict"], row["withdraws"], row["withdrawn_by"]) for row in log] == [
        (1, "reject", None, 2),
        (2, "withdraw", 1, None),
    ]
    assert travaux("judge", "undo", record, "--number", "1", "--by", "B. Reader").code == 2
    assert travaux("judge", "undo", record, "--number", "1").told[-1].startswith("Judgement 2:")
    assert travaux("doctor", record).code == 0


def test_a_missed_statement_is_added_by_its_words_and_outlives_a_reading(travaux, record):
    option = rows(travaux("statements", record, "--party", "ukraine", "--jsonl"))[0]["option"]
    quote = rows(travaux("statements", record, "--report", "07-paris-live.txt", "--jsonl"))[0]["quote"][:20]
    words = ("07-paris-live.txt", "--party", "Paris", "--option", option, "--stance", "open", "--act", "consider")
    added = travaux(
        "judge", "add", record, *words, "--quote", quote, "--by", "A. Reader", "--note", "between the lines"
    )
    assert added.code == 0
    identity = added.told[-1].split()[3]

    def shown():
        return next(row for row in rows(travaux("statements", record, "--jsonl")) if row["id"] == identity)

    before = shown()
    assert (before["party"], before["stance"], before["act"], before["reader"]) == (
        "france",
        "open",
        "consider",
        "person",
    )
    assert before["judgement"].startswith("added by A. Reader on ")
    assert before["reasons"][0]["says"].endswith(": between the lines")
    agenda = record / "agenda.yaml"
    agenda.write_text(agenda.read_text().replace("names: [Berlin", "names: [the Berlin side, Berlin"))
    assert "10 reports read now" in travaux("read", record).err
    assert shown() == before
    span = f"{before['start']}:{before['end']}"
    assert travaux("judge", "add", record, *words, "--span", span, "--by", "A. Reader").told[-1] == added.told[-1]
    assert travaux("judge", "correct", record, identity, "--span", f"{before['start']}:{before['end'] - 4}").code == 0
    assert shown()["quote"] == quote[:-4]
    assert travaux("doctor", record).code == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "needs one passage"),
        (("--quote", "x", "--span", "1:2"), "needs one passage"),
        (("--span", "12-20"), "write it as 120:158"),
        (("--span", "20:12"), "are no passage"),
        (("--quote", "words of nobody at all"), "do not stand here"),
        (("--quote", "the"), "say which occurrence is meant"),
    ],
)
def test_what_cannot_be_added_is_told_in_one_line(travaux, record, options, told):
    option = rows(travaux("statements", record, "--jsonl"))[0]["option"]
    words = ("07-paris-live.txt", "--party", "france", "--option", option, "--stance", "for")
    ended = travaux("judge", "add", record, *words, *options)
    assert ended.code == 2
    assert told in ended.err
    assert travaux("judge", "log", record, "--jsonl").out == ""


def test_edits_of_the_agenda_are_shown_and_then_made(travaux, record):
    agenda = record / "agenda.yaml"
    before = agenda.read_text()
    shown = travaux("agenda", "add-name", record, "Berlin", "the German side")
    assert shown.code == 0
    assert "+    names: [Berlin, German, the German side]" in shown.out
    assert "To be read anew: 10 reports" in shown.out
    assert "Nothing is written yet" in shown.err
    assert agenda.read_text() == before
    made = travaux("agenda", "add-name", record, "Berlin", "the German side", "--write")
    assert made.out == shown.out
    assert agenda.read_text() == before.replace("[Berlin, German]", "[Berlin, German, the German side]")
    ended = travaux(
        "agenda", "add-option", record, "Ceasefire", "A truce holds at sea", "--words", "sea truce", "--write"
    )
    assert ended.code == 0
    assert "no report has any of the words of option `a-truce-holds-at-sea`" in ended.out
    assert travaux("agenda", "check", record).code == 0
    assert travaux("agenda", "add-option", record, "Weather", "It rains").code == 2


def test_merged_options_keep_their_judgements(travaux, record):
    statements = rows(travaux("statements", record, "--jsonl"))
    gone, kept = "article5-like", "us-guarantor"
    one = next(row for row in statements if row["option"] == gone)
    travaux("judge", "correct", record, one["id"], "--act", "consider")
    shown = travaux("agenda", "merge", record, gone, kept)
    assert f"Position: {one['party']} on {gone}, " in shown.out
    assert "1 judgement on them" in shown.out
    assert travaux("agenda", "merge", record, gone, kept, "--write").code == 0
    (held,) = [row for row in rows(travaux("statements", record, "--jsonl")) if row["verdict"] == "correct"]
    assert (held["id"], held["option"], held["act"]) == (one["id"], kept, "consider")
    assert travaux("read", record).code == 0
    (held,) = [row for row in rows(travaux("statements", record, "--jsonl")) if row["verdict"] == "correct"]
    assert (held["option"], held["act"]) == (kept, "consider")
    assert gone not in {row["option"] for row in rows(travaux("statements", record, "--jsonl"))}
    assert travaux("judge", "log", record, "--orphaned", "--jsonl").out == ""
    assert travaux("doctor", record).code == 0


def test_what_the_agenda_holds_is_shown_and_not_obeyed(travaux, record):
    agenda = record / "agenda.yaml"
    agenda.write_text(
        agenda.read_text().replace("names: [Berlin, German]", "names: [Berlin, German]  # \u202eevil\u202c")
    )
    shown = travaux("agenda", "add-name", record, "germany", "the German side")
    assert shown.code == 0
    assert "\u202e" not in shown.out


def test_blind_review_of_a_sample_by_two_people(travaux, record):
    sample = ("queue", record, "--blind", "--sample", "4", "--seed", "7", "--jsonl")
    first = rows(travaux(*sample, "--by", "A. Reader"))
    assert len(first) == 4
    assert set(first[0]) == {"id", "report", "start", "end", "quote", "party", "option"}
    shown = travaux(*sample[:-1], "--by", "A. Reader").out
    assert first[0]["id"][:8] in shown and "stance" not in shown
    read = {row["id"]: row for row in rows(travaux("statements", record, "--jsonl"))}
    for row in first:
        one = read[row["id"]]
        coded = ("--stance", one["stance"], "--act", one["act"], "--condition", one["condition"] or "")
        former = ("--former",) if one["former"] else ()
        ended = travaux("judge", "blind", record, row["id"], *coded, *former, "--by", "A. Reader")
        assert ended.code == 0
        assert f"confirm {row['id']} blind by A. Reader" in ended.told[-2]
        assert ended.told[-1].startswith(
            f"Read as: {'formerly ' if one['former'] else ''}{one['stance']}, {one['act']}"
        )
    assert rows(travaux(*sample, "--by", "A. Reader")) == []
    assert rows(travaux(*sample, "--by", "B. Reader")) == first
    for row in first[:3]:
        assert travaux("judge", "blind", record, row["id"], "--stance", "none", "--by", "B. Reader").code == 0
    again = travaux("judge", "blind", record, first[0]["id"], "--stance", "unsure", "--by", "B. Reader")
    assert (again.code, "has seen what was read" in again.err) == (2, True)
    unsaid = travaux("judge", "blind", record, first[3]["id"], "--stance", "for", "--by", "B. Reader")
    assert (unsaid.code, "a position needs its act" in unsaid.err) == (2, True)
    found = rows(travaux("reviewers", record, "--blind", "--jsonl"))
    assert {row["blind"] for row in found} == {True}
    assert {row["field"] for row in found} == {"position", "stance", "act", "condition"}
    stance = {row["reviewers"]: (row["units"], row["same"]) for row in found if row["field"] == "stance"}
    assert stance == {"A. Reader, B. Reader": (3, 0), "A. Reader, (as read)": (4, 4), "B. Reader, (as read)": (3, 0)}
    both = rows(travaux("reviewers", record, "--jsonl"))
    assert {row["blind"] for row in both} == {True, False}
    assert len({row["id"] for row in both}) == len(both)
    counts = {row["id"]: row["blind"] for row in rows(travaux("reviewers", record, "--counts", "--jsonl"))}
    assert counts == {"A. Reader": 4, "B. Reader": 3}
    assert travaux("reviewers", record, "--counts", "--blind").code == 2
    log = rows(travaux("judge", "log", record, "--jsonl"))
    assert {row["blind"] for row in log} == {True}


def test_a_sample_narrows_the_queue_too(travaux, record):
    everything = {row["id"] for row in rows(travaux("queue", record, "--jsonl"))}
    few = [row["id"] for row in rows(travaux("queue", record, "--sample", "5", "--jsonl"))]
    assert len(few) == 5 and set(few) < everything
    assert len(rows(travaux("queue", record, "--sample", "3", "--party", "russia", "--jsonl"))) == 3
    assert travaux("queue", record, "--sample", "0").code == 2


def test_edits_of_the_agenda_are_listed_and_taken_back(travaux, record):
    before = (record / "agenda.yaml").read_text()
    assert "No edit of the agenda was made" in travaux("agenda", "log", record).out
    add = ("agenda", "add-name", record, "ukraine", "Kyjiw", "--by", "A. Reader", "--note", "in German papers")
    assert travaux(*add).code == 0
    assert rows(travaux("agenda", "log", record, "--jsonl")) == [], "nothing was written"
    assert travaux(*add, "--write").code == 0
    (row,) = rows(travaux("agenda", "log", record, "--jsonl"))
    assert (row["id"], row["kind"], row["reviewer"], row["note"]) == (1, "add-name", "A. Reader", "in German papers")
    ended = travaux("agenda", "undo", record, "--by", "B. Reader")
    assert ended.code == 0
    assert "-    names: [Kyiv, Kiev, Ukrainian, Ukrainians, Kyjiw]" in ended.out
    assert ended.told[-1] == "Taken back: edit 1, Kyjiw names ukraine."
    assert (record / "agenda.yaml").read_text() == before
    log = rows(travaux("agenda", "log", record, "--jsonl"))
    assert [(row["undoes"], row["undone_by"], row["reviewer"]) for row in log] == [
        (None, 2, "A. Reader"),
        (1, None, "B. Reader"),
    ]
    assert "Kyjiw names ukraine" in travaux("agenda", "log", record).out
    ended = travaux("agenda", "undo", record)
    assert (ended.code, "no edit of the agenda is left to take back" in ended.err) == (2, True)
