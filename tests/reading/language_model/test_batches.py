"""Requests and answers as files: they say the same as live ones, round-trip, and refuse what is not theirs."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_stubs import completion, report_of

from travaux.errors import RequestError
from travaux.reading.language_model.batches import UNNAMED, by_passage, custom_id, read_answers, request_line
from travaux.reading.language_model.endpoints import Endpoint
from travaux.reading.language_model.prompt import Form
from travaux.reading.language_model.reader import LanguageModelReader


def requests_of(agenda, *reports, form=Form.FULL):
    reader = LanguageModelReader(Endpoint("m:m"), form=form)
    return [request for report in reports for request in reader.requests(report, agenda)]


def answer_line(name, text, **more):
    return json.dumps(
        {
            "id": "b",
            "custom_id": name,
            "response": {"status_code": 200, "body": completion(text)},
            "error": None,
            **more,
        }
    )


def read(*lines):
    return list(read_answers(io.StringIO("\n".join(lines) + "\n"), "answers.jsonl"))


def test_a_request_line_says_what_is_sent_live(serve, reader_of, ferry, ferry_report):
    server = serve(lambda handler, got, number: handler.answer())
    reader_of(server).read(ferry_report, ferry)
    (request,) = requests_of(ferry, ferry_report)
    line = json.loads(request_line(request, ferry, "stub-1"))
    live = server.asked[0].body
    assert line["method"] == "POST"
    assert line["url"] == "/v1/chat/completions"
    assert line["body"]["messages"] == live["messages"]
    assert line["body"]["model"] == live["model"]
    assert line["body"]["response_format"]["json_schema"]["schema"] == live["response_format"]["json_schema"]["schema"]
    assert set(line["body"]) == {"model", "messages", "response_format", "temperature"}


def test_request_ids_are_short_unique_and_name_report_and_passage(gold):
    requests = requests_of(gold.agenda, *gold.reports, form=Form.TERSE)
    names = [custom_id(request) for request in requests]
    assert len(set(names)) == len(names) > len(gold.reports)
    assert all(len(name) <= 64 for name in names)
    assert names[0].startswith(f"{gold.reports[0].id}-1-")


def test_a_request_without_a_model_says_so_and_a_thinking_one_has_no_temperature(ferry, ferry_report):
    (request,) = requests_of(ferry, ferry_report)
    assert json.loads(request_line(request, ferry, ""))["body"]["model"] == UNNAMED
    assert "temperature" not in json.loads(request_line(request, ferry, "gpt-5-mini"))["body"]
    assert json.loads(request_line(request, ferry, "gpt-4.1"))["body"]["temperature"] == 0


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_answers_round_trip(text):
    name = f"{'0' * 16}-1-{'a' * 16}"
    (one,) = read(answer_line(name, text))
    assert (one.report_id, one.passage, one.asked, one.failure) == ("0" * 16, 1, "a" * 16, "")
    assert one.answered is not None
    assert one.answered.model == "stub-1"
    assert (one.answered.input_tokens, one.answered.output_tokens) == (100, 20)


NAME = f"{'0' * 16}-2-{'a' * 16}"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"error": {"message": "expired"}}, "expired"),
        ({"error": "gone", "response": None}, "gone"),
        ({"response": {"status_code": 500, "body": {}}}, "answered 500"),
        ({"response": {"status_code": 200, "body": {"choices": []}}}, "no choices"),
        ({"response": {"status_code": 200, "body": {"choices": [{"message": {"content": None}}]}}}, "no answer"),
        ({"response": 3}, "neither"),
        ({}, "neither"),
    ],
)
def test_a_line_that_reports_a_failure_says_why(row, told):
    (one,) = read(json.dumps({"custom_id": NAME, **row}))
    assert one.answered is None
    assert told in one.failure


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "no JSON"),
        ("[1]", "no custom_id"),
        ('{"custom_id": "../../etc"}', "no custom_id"),
        ('{"custom_id": 7}', "no custom_id"),
        ("[" * 9_000, "no JSON"),
    ],
)
def test_a_file_of_something_else_is_refused_with_its_line(line, told):
    with pytest.raises(RequestError, match=told) as caught:
        read(answer_line(NAME, "x"), line)
    assert caught.value.line == 2


def test_of_two_answers_the_later_that_is_no_failure_counts():
    failed = json.dumps({"custom_id": NAME, "error": {"message": "no"}})
    found = by_passage(read(failed, answer_line(NAME, "one"), answer_line(NAME, "two"), failed))
    (one,) = found.values()
    assert one.answered.text == "two"


def test_every_report_of_the_record_is_asked_about(ferry):
    reports = [report_of(f"Northland said thing {n}.\n", f"{n}.txt") for n in range(3)]
    assert [request.report_id for request in requests_of(ferry, *reports)] == [report.id for report in reports]
