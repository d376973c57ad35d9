"""A record read by a language model: live, by file, side by side with the other reader; what it may never do."""

from __future__ import annotations

import json
import shutil

import pytest
from model_stubs import GOLD, HASTE, answered, batch_line, completion, perfect, serving

import travaux
from travaux.asking import (
    estimate,
    explain,
    import_answers,
    language_model_reader,
    prompt_of_run,
    read_with_model,
    request_lines,
)
from travaux.errors import ModelRefuses, RequestError, UnknownName
from travaux.model import ReportState

# Typographic changes as models make them; each keeps every word.
BENT = {
    "straight": lambda text: text.translate(str.maketrans("’‘“”–—", "''\"\"--")),
    "curly": lambda text: text.replace("'", "’").replace(' "', " “").replace('"', "”"),
    "dashes": lambda text: text.replace(" – ", " - ").replace("–", "-").replace("—", "--").replace("-", "‑"),
    "spaces": lambda text: text.replace(" ", "\u00a0").replace("\n", "  "),
    "lines": lambda text: text.replace(" ", "\n", 3),
    "ellipsis": lambda text: text.replace("...", "…") if "..." in text else text.replace("…", "..."),
    "quoted": lambda text: f"“{text}”",
    "invisible": lambda text: "\u200b".join([text[:5], text[5:]]),
}


@pytest.fixture
def gold_rows():
    rows: dict[str, list[dict]] = {}
    for line in (GOLD / "statements.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault(row["report"], []).append(row)
    return rows


@pytest.fixture
def record(tmp_path):
    """The Black Sea grain record with its reports taken in, read by nobody."""
    folder = tmp_path / "grain"
    with travaux.Record.new(folder) as made:
        shutil.copy(GOLD / "agenda.yaml", folder)
        made.add(GOLD)
        yield made


@pytest.fixture
def serve():
    with serving() as start:
        yield start


def answers_to(record, gold_rows, path, bend=str, form="full", keep=lambda request: True):
    """A file of perfect answers to the record's requests."""
    names = {row.id: row.name for row in record.reports()}
    lines = []
    for line in request_lines(record, "stub-1", form):
        request = json.loads(line)
        shown = request["body"]["messages"][1]["content"]
        report = names[request["custom_id"].split("-")[0]]
        rows = gold_rows.get(report, [])
        if form == "terse":
            rows = [row for row in rows if " ".join(row["quote"].split()) in " ".join(shown.split())]
        if keep(request):
            lines.append(batch_line(request, *perfect(rows, bend)))
    path.write_text("\n".join(reversed(lines)) + "\n", encoding="utf-8")  # a batch comes back in any order
    return path


def test_a_batch_answered_perfectly_is_imported_without_a_loss(record, gold_rows, tmp_path):
    imported = import_answers(record, answers_to(record, gold_rows, tmp_path / "a.jsonl"))
    assert (imported.stale, imported.unknown, imported.outcome.failures, imported.outcome.dropped) == ((), 0, (), 0)
    assert imported.outcome.statements == sum(map(len, gold_rows.values())) == 141
    score = record.evaluate(GOLD, reader="llm")
    assert score.position.f1 == 1.0
    assert score.statement.f1 == 1.0
    assert (score.stance, score.speaker, score.via, score.act, score.condition.f1) == (1.0, 1.0, 1.0, 1.0, 1.0)
    assert record.store.check() == []


@pytest.mark.parametrize("bend", BENT)
def test_typographic_changes_in_quotes_lose_nothing_either(record, gold_rows, tmp_path, bend):
    path = answers_to(record, gold_rows, tmp_path / "a.jsonl", BENT[bend])
    imported = import_answers(record, path)
    assert imported.outcome.dropped == 0
    score = record.evaluate(GOLD, reader="llm")
    assert (score.position.f1, score.statement.f1, score.condition.f1) == (1.0, 1.0, 1.0)
    texts = {report.name: report.text for report in record.store.reports()}
    for one in record.statements(reader="llm"):
        assert texts[one.report][one.start : one.end] == one.quote


def test_passages_of_a_terse_batch_add_up_to_the_same(record, gold_rows, tmp_path):
    imported = import_answers(record, answers_to(record, gold_rows, tmp_path / "a.jsonl", form="terse"))
    assert imported.outcome.failures == ()
    assert record.evaluate(GOLD, reader="llm").position.f1 == 1.0


def test_importing_twice_changes_nothing(record, gold_rows, tmp_path):
    path = answers_to(record, gold_rows, tmp_path / "a.jsonl")
    import_answers(record, path)
    before = record.store.statements(reader="llm")
    again = import_answers(record, path)
    assert again.outcome.read == 0
    assert record.store.statements(reader="llm") == before


def test_answers_that_come_in_two_files_add_up(record, gold_rows, tmp_path):
    first = answers_to(record, gold_rows, tmp_path / "a.jsonl", form="terse", keep=lambda r: "-1-" in r["custom_id"])
    imported = import_answers(record, first)
    assert imported.outcome.failures
    assert all("no answer to it" in failure.reason for failure in imported.outcome.failures)
    second = answers_to(
        record, gold_rows, tmp_path / "b.jsonl", form="terse", keep=lambda r: "-1-" not in r["custom_id"]
    )
    assert import_answers(record, second).outcome.failures == ()
    assert record.evaluate(GOLD, reader="llm").position.f1 == 1.0


def test_answers_to_another_agenda_are_left_out_and_told(record, gold_rows, tmp_path):
    path = answers_to(record, gold_rows, tmp_path / "a.jsonl")
    agenda = record.folder / "agenda.yaml"
    agenda.write_text(agenda.read_text("utf-8").replace("title: ", "title: New ", 1), encoding="utf-8")
    imported = import_answers(record, path)
    assert len(imported.stale) == len(record.reports())
    assert imported.outcome.read == 0
    assert record.store.readers() == []


def test_failed_and_unusable_answers_fail_their_report_only(record, gold_rows, tmp_path):
    path = answers_to(record, gold_rows, tmp_path / "a.jsonl")
    lines = path.read_text("utf-8").splitlines()
    first = json.loads(lines[0])
    lines[0] = json.dumps({"custom_id": first["custom_id"], "error": {"message": "expired"}})
    second = json.loads(lines[1])
    second["response"]["body"]["choices"][0]["message"]["content"] = '{"statements": [{"quote": "'
    lines[1] = json.dumps(second)
    stranger = json.loads(lines[2])
    stranger["custom_id"] = f"{'0' * 16}-1-{'0' * 16}"
    path.write_text("\n".join([*lines, json.dumps(stranger)]), encoding="utf-8")
    imported = import_answers(record, path)
    assert sorted(failure.reason for failure in imported.outcome.failures) == [
        "the JSON of the answer is cut off",
        "the batch failed: expired",
    ]
    assert imported.unknown == 1
    assert imported.outcome.counts[ReportState.READ] == len(lines) - 2


def test_both_readers_stand_side_by_side_under_their_own_ids(record, gold_rows, tmp_path, serve):
    record.read()
    local = record.statements()
    exported = {path.name: path.read_bytes() for path in record.export("jsonl", tmp_path / "before")}
    import_answers(record, answers_to(record, gold_rows, tmp_path / "a.jsonl"))
    assert record.reader == "llm"
    assert record.statements(reader="local") == local
    assert not {one.id for one in local} & {one.id for one in record.statements()}
    assert {one.reader for one in record.statements()} == {"llm"}
    again = {path.name: path.read_bytes() for path in record.export("jsonl", tmp_path / "after", reader="local")}
    for name in ("statements.jsonl", "positions.jsonl", "reports.jsonl"):
        assert again[name] == exported[name]
    record.choose_reader("local")
    assert record.statements() == local
    with pytest.raises(UnknownName, match="local, llm|llm, local"):
        record.statements(reader="oracle")


def test_what_a_person_confirmed_counts_whoever_read_it(record, gold_rows, tmp_path):
    record.read()
    import_answers(record, answers_to(record, gold_rows, tmp_path / "a.jsonl"))
    missed = next(
        one
        for one in record.statements(reader="llm")
        if all(
            other.party != one.party or other.option != one.option or other.report != one.report
            for other in record.statements(reader="local")
        )
    )
    assert missed not in record.statements(reader="local")
    record.judge(missed, "confirm", reviewer="the tests")
    assert missed in record.statements(reader="local")
    assert record.orphaned() == []
    agreement, found = record.compare_readers()
    assert agreement.first_only + agreement.second_only > 0
    assert [one.judged for one in found if one.second is not None and one.second.id == missed.id] == [True]


def test_a_live_reading_says_what_it_takes_and_keeps_its_prompt(record, gold_rows, serve):
    def behaviour(handler, got, number):
        shown = [rows for rows in gold_rows.values() if all(row["quote"] in got.user for row in rows)]
        handler.send(200, completion(answered(*perfect(shown[0] if shown else []))))

    server = serve(behaviour)
    with language_model_reader(record, None, server.url, patience=HASTE) as reader:
        assert reader.place.model == "stub-1"
        expected = estimate(record, reader)
        assert expected.requests == len(record.reports())
        outcome = read_with_model(record, reader)
        assert estimate(record, reader).reports == 0
    assert outcome.failures == ()
    assert outcome.share_dropped == 0.0
    assert record.evaluate(GOLD, reader="llm").position.f1 == 1.0
    (run,) = [run for run in record.store.runs() if run.reader == "llm"]
    assert prompt_of_run(record, run.id[:6]) == server.asked[0].body["messages"][0]["content"]
    with pytest.raises(RequestError, match="no one run"):
        prompt_of_run(record, "zz")


def test_one_bad_report_does_not_stop_the_others(record, gold_rows, serve):
    quote = next(iter(gold_rows.values()))[0]["quote"]

    def behaviour(handler, got, number):
        if quote in got.body["messages"][1]["content"]:
            handler.send(200, completion("no"))
        else:
            handler.answer()

    with language_model_reader(record, "m", serve(behaviour).url, patience=HASTE) as reader:
        outcome = read_with_model(record, reader)
    assert 0 < len(outcome.failures) < len(record.reports())
    assert outcome.counts[ReportState.FAILED] == len(outcome.failures)
    assert all("no JSON" in failure.reason for failure in outcome.failures)


def test_a_refusing_server_ends_the_run_and_what_was_read_stays(record, serve):
    done = []

    def behaviour(handler, got, number):
        done.append(number)
        if len(done) > 3:
            handler.send(401, {"error": {"message": "expired"}})
        else:
            handler.answer()

    with (
        language_model_reader(record, "m", serve(behaviour).url, patience=HASTE) as reader,
        pytest.raises(ModelRefuses),
    ):
        read_with_model(record, reader)
    assert 1 <= sum(row.state == ReportState.READ for row in record.reports(reader="llm")) <= 3
    assert record.store.check() == []


def test_a_record_may_forbid_language_models(record, gold_rows, tmp_path, serve):
    path = answers_to(record, gold_rows, tmp_path / "a.jsonl")
    server = serve(lambda handler, got, number: handler.answer())
    agenda = record.folder / "agenda.yaml"
    agenda.write_text("llm: never\n" + agenda.read_text("utf-8"), encoding="utf-8")
    for forbidden in (
        lambda: language_model_reader(record, "m", server.url),
        lambda: list(request_lines(record)),
        lambda: import_answers(record, path),
    ):
        with pytest.raises(RequestError, match="llm: never"):
            forbidden()
    assert server.got == []


def test_dropped_answers_are_kept_with_their_reason_until_the_report_is_read_anew(record, gold_rows, tmp_path):
    def bend(quote):
        return quote.replace("Russia", "Atlantis")

    import_answers(record, answers_to(record, gold_rows, tmp_path / "a.jsonl", bend))
    dropped = record.dropped(reader="llm")
    assert dropped
    assert {one.kind for one in dropped} <= {"quote-not-found", "condition-not-found"}
    assert all("Atlantis" in one.answer for one in dropped)
    import_answers(record, answers_to(record, gold_rows, tmp_path / "b.jsonl"))
    assert record.dropped(reader="llm") == []


def test_a_shift_is_told_in_a_sentence_with_its_quotes_and_never_stored(record, gold_rows, tmp_path, serve):
    import_answers(record, answers_to(record, gold_rows, tmp_path / "a.jsonl"))
    changing = next(
        (one.party, one.option)
        for one in record.statements()
        if len({other.stance for other in record.statements(one.party, one.option)}) > 1
    )
    told = json.dumps({"sentence": "The reports disagree on this.", "rests_on": [2, 1]})
    server = serve(lambda handler, got, number: handler.send(200, completion(told)))
    before = record.store.statements(reader="llm"), record.store.info()
    with language_model_reader(record, "m", server.url, patience=HASTE) as reader:
        explanation = explain(record, reader, *changing)
    assert explanation.sentence == "The reports disagree on this."
    assert explanation.written_by == "stub-1"
    assert len(explanation.statements) == 2
    assert (record.store.statements(reader="llm"), record.store.info()) == before
    same = next(
        (one.party, one.option)
        for one in record.statements()
        if len({(other.stance, other.former) for other in record.statements(one.party, one.option)}) == 1
    )
    with language_model_reader(record, "m", server.url) as reader, pytest.raises(RequestError, match="nothing changes"):
        explain(record, reader, *same)
