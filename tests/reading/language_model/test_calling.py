"""The whole path against a server on this machine, well behaved and not: waits, limits, repairs, and what ends a run."""

import json
import time

import pytest
from model_stubs import HASTE, SOUTH, answer, answered, completion, report_of, wait_until

from travaux.errors import ModelRefuses, ReadingError
from travaux.reading.language_model.calling import Patience
from travaux.reading.language_model.endpoints import LONGEST_RESPONSE, Endpoint, resolved
from travaux.reading.language_model.reader import LanguageModelReader


def test_a_good_answer_becomes_statements(serve, reader_of, ferry, ferry_report):
    server = serve(lambda handler, got, number: handler.answer(answer(), SOUTH))
    reading = reader_of(server).read(ferry_report, ferry)
    assert [one.party for one in reading.statements] == ["northland", "southland"]
    assert reading.sentences > 0
    (got,) = server.asked
    assert got.body["model"] == "stub-1"
    assert got.body["temperature"] == 0
    assert [message["role"] for message in got.body["messages"]] == ["system", "user"]
    schema = got.body["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["statements"]["items"]["properties"]["party"]["enum"] == ["northland", "southland"]


def test_a_server_without_schemas_is_asked_without_one_from_then_on(serve, reader_of, ferry, ferry_report):
    def behaviour(handler, got, number):
        if "response_format" in got.body:
            handler.send(
                400, {"error": {"message": "response_format is not supported", "type": "invalid_request_error"}}
            )
        else:
            handler.answer(answer())

    server = serve(behaviour)
    reader = reader_of(server)
    assert len(reader.read(ferry_report, ferry).statements) == 1
    assert (
        len(
            reader.read(
                report_of("Northland said on Monday it would accept the ferry link.\n", "b.txt"), ferry
            ).statements
        )
        == 1
    )
    assert ["response_format" in got.body for got in server.asked] == [True, False, False]


def test_an_untidy_answer_is_sent_back_once_with_the_reason(serve, reader_of, ferry, ferry_report):
    def behaviour(handler, got, number):
        good = answered(answer())
        handler.send(200, completion(good[:-40] if len(got.body["messages"]) == 2 else good))

    server = serve(behaviour)
    assert len(reader_of(server).read(ferry_report, ferry).statements) == 1
    first, second = server.asked
    assert second.body["messages"][:2] == first.body["messages"]
    assert "cut off" in second.user


@pytest.mark.parametrize("text", ["I would rather not.", answered(answer())[:-5], ""])
def test_an_answer_that_stays_unusable_fails_the_report_with_the_reason(serve, reader_of, ferry, ferry_report, text):
    server = serve(lambda handler, got, number: handler.send(200, completion(text)))
    with pytest.raises(ReadingError, match=r"no JSON|cut off|empty"):
        reader_of(server).read(ferry_report, ferry)
    assert len(server.asked) == 2


def test_wrong_quotes_and_invented_parties_are_dropped_and_the_rest_stands(serve, reader_of, ferry, ferry_report):
    wrong = (answer(quote="Northland would never accept it at all"), answer(party="atlantis"), answer(option="bridge"))
    server = serve(lambda handler, got, number: handler.answer(*wrong, answer()))
    reading = reader_of(server).read(ferry_report, ferry)
    assert [one.kind for one in reading.dropped] == ["quote-not-found", "unknown-party", "unknown-option"]
    assert len(reading.statements) == 1


def test_429_is_waited_for_as_long_as_the_server_asks(serve, reader_of, ferry, ferry_report):
    when = []

    def behaviour(handler, got, number):
        when.append(time.monotonic())
        if len(when) == 1:
            handler.send(429, {"error": {"message": "slow down"}}, retry_after_ms="300")
        else:
            handler.answer(answer())

    assert len(reader_of(serve(behaviour)).read(ferry_report, ferry).statements) == 1
    assert when[1] - when[0] >= 0.28


def test_after_a_429_nobody_else_asks_before_the_time(serve, reader_of, ferry):
    refused, when = [], []

    def behaviour(handler, got, number):
        if not refused:
            refused.append(time.monotonic())
            handler.send(429, {"error": {"message": "slow down"}}, retry_after_ms="400")
            return
        when.append(time.monotonic())
        handler.answer()

    reader = reader_of(serve(behaviour), patience=Patience(1, 5, 3, 0.01, 1.0))
    reports = [report_of(f"Northland said thing {n} about the ferry link.\n", f"{n}.txt") for n in range(3)]
    reader.read_ahead(reports, ferry)
    for report in reports:
        reader.read(report, ferry)
    assert min(when) - refused[0] >= 0.38


def test_a_wait_longer_than_anybody_stays_ends_the_run(serve, reader_of, ferry, ferry_report):
    server = serve(lambda handler, got, number: handler.send(429, {"error": {"message": "no"}}, retry_after="3600"))
    with pytest.raises(ModelRefuses, match="3600 seconds"):
        reader_of(server).read(ferry_report, ferry)


def test_a_fault_of_the_server_is_tried_again(serve, reader_of, ferry, ferry_report):
    def behaviour(handler, got, number):
        if number < 3:
            handler.send(500, {"error": {"message": "oops"}})
        else:
            handler.answer(answer())

    server = serve(behaviour)
    assert len(reader_of(server).read(ferry_report, ferry).statements) == 1
    assert len(server.asked) == 3


def test_a_server_that_stays_at_fault_fails_the_report(serve, reader_of, ferry, ferry_report):
    server = serve(lambda handler, got, number: handler.send(500, {"error": {"message": "oops"}}))
    with pytest.raises(ReadingError, match="fails .500.*oops, 3 times"):
        reader_of(server).read(ferry_report, ferry)
    assert len(server.asked) == HASTE.tries


@pytest.mark.parametrize("raw", [b"", b"<html>busy</html>", b'{"choices": [', b'{"object": "cat"}', b"\xff\xfe\x00"])
def test_what_is_no_completion_fails_the_report(serve, reader_of, ferry, ferry_report, raw):
    server = serve(lambda handler, got, number: handler.send(200, raw))
    with pytest.raises(ReadingError):
        reader_of(server).read(ferry_report, ferry)


def test_a_connection_cut_in_the_middle_is_tried_again(serve, reader_of, ferry, ferry_report):
    def behaviour(handler, got, number):
        if number == 1:
            handler.send_response(200)
            handler.send_header("content-length", "5000")
            handler.end_headers()
            handler.wfile.write(b'{"id": "c1"')
            handler.close_connection = True
        else:
            handler.answer(answer())

    assert len(reader_of(serve(behaviour)).read(ferry_report, ferry).statements) == 1


def test_a_slow_drip_is_given_up(serve, reader_of, ferry, ferry_report):
    raw = json.dumps(completion(answered(answer()))).encode()
    server = serve(lambda handler, got, number: handler.drip(raw, 0.05))
    begun = time.monotonic()
    with pytest.raises(ReadingError, match=r"no whole answer in 0\.6 seconds, 3 times|no answer in time, 3 times"):
        reader_of(server).read(ferry_report, ferry)
    assert time.monotonic() - begun < 5


def test_an_answer_of_ten_megabytes_is_not_taken_in(serve, reader_of, ferry, ferry_report):
    raw = json.dumps(completion("x" * 10_000_000)).encode()
    server = serve(lambda handler, got, number: handler.send(200, raw))
    with pytest.raises(ReadingError, match=f"longer than {LONGEST_RESPONSE:,} bytes"):
        reader_of(server, patience=Patience(2, 20, 3, 0.01, 0.5)).read(ferry_report, ferry)


def test_an_answer_packed_to_unpack_without_end_is_not_taken_in(serve, reader_of, ferry, ferry_report):
    import gzip

    raw = gzip.compress(b" " * 20_000_000)
    server = serve(lambda handler, got, number: handler.send(200, raw, content_encoding="gzip"))
    with pytest.raises(ReadingError, match="packed"):
        reader_of(server).read(ferry_report, ferry)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirections_are_not_followed(serve, reader_of, ferry, ferry_report, monkeypatch, status):
    monkeypatch.setenv("TRAVAUX_LLM_KEY", "planted-key-0123456789")
    other = serve(lambda handler, got, number: handler.answer(answer()))
    place = f"{other.url}/chat/completions"
    server = serve(lambda handler, got, number: handler.send(status, b"", location=place))
    with pytest.raises(ModelRefuses, match="sends elsewhere"):
        reader_of(server).read(ferry_report, ferry)
    assert other.got == []


@pytest.mark.parametrize(
    ("status", "told"), [(401, "refuses the key"), (403, "refuses the key"), (404, "no such model")]
)
def test_what_asking_again_cannot_mend_ends_the_run(serve, reader_of, ferry, ferry_report, status, told):
    server = serve(lambda handler, got, number: handler.send(status, {"error": {"message": "no"}}))
    with pytest.raises(ModelRefuses, match=told):
        reader_of(server).read(ferry_report, ferry)
    assert len(server.asked) == 1


def test_no_server_ends_the_run(ferry, ferry_report):
    with (
        LanguageModelReader(Endpoint("m", "http://127.0.0.1:9/v1"), patience=HASTE) as reader,
        pytest.raises(ModelRefuses, match="is the server running"),
    ):
        reader.read(ferry_report, ferry)


def test_a_request_too_long_for_the_model_names_the_terse_prompt(serve, reader_of, ferry, ferry_report):
    body = {"error": {"message": "maximum context length is 2048 tokens", "code": "context_length_exceeded"}}
    server = serve(lambda handler, got, number: handler.send(400, body))
    with pytest.raises(ReadingError):
        reader_of(server).read(ferry_report, ferry)


def test_a_filter_that_holds_an_answer_back_fails_the_report(serve, reader_of, ferry, ferry_report):
    def behaviour(handler, got, number):
        held = completion("")
        held["choices"][0]["finish_reason"] = "content_filter"
        handler.send(200, held)

    with pytest.raises(ReadingError, match="filter"):
        reader_of(serve(behaviour)).read(ferry_report, ferry)


def test_no_more_requests_are_under_way_than_allowed(serve, reader_of, ferry):
    now, most = [], []

    def behaviour(handler, got, number):
        now.append(number)
        most.append(len(now))
        time.sleep(0.05)
        now.remove(number)
        handler.answer()

    reader = reader_of(serve(behaviour), patience=Patience(3, 5, 3, 0.01, 0.5))
    reports = [report_of(f"Northland said thing {n} about the ferry link.\n", f"{n}.txt") for n in range(12)]
    reader.read_ahead(reports, ferry)
    for report in reports:
        reader.read(report, ferry)
    assert 2 <= max(most) <= 3


def test_closing_ends_what_is_under_way(serve, reader_of, ferry, ferry_report):
    server = serve(lambda handler, got, number: handler.server.over.wait(10))
    reader = reader_of(server, patience=Patience(2, 60, 3, 0.01, 0.5))
    reader.read_ahead([ferry_report], ferry)
    wait_until(lambda: len(server.asked) == 1)
    begun = time.monotonic()
    reader.close()
    assert time.monotonic() - begun < 3


def test_a_server_with_one_model_names_it_and_one_with_several_must_be_told(serve):
    server = serve(lambda handler, got, number: handler.answer())
    assert resolved(Endpoint("", server.url)).model == "stub-1"
    server.models = ["a", "b"]
    with pytest.raises(ModelRefuses, match="several models: a, b"):
        resolved(Endpoint("", server.url))
    server.models = []
    with pytest.raises(ModelRefuses, match="names no model"):
        resolved(Endpoint("", server.url))
    assert server.asked == []


def test_half_characters_of_an_error_can_be_stored(serve, reader_of, ferry, ferry_report):
    server = serve(lambda handler, got, number: handler.send(422, b'{"error": {"message": "bad \\ud800 thing"}}'))
    with pytest.raises(ReadingError) as caught:
        reader_of(server).read(ferry_report, ferry)
    caught.value.message.encode("utf-8")
