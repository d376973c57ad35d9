"""The reader behind its protocol: answers kept, work resumed, pydantic-ai's own test models, keys that stay secret."""

import json
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from model_stubs import HASTE, SOUTH, TEXT, answer, answered, completion, report_of, wait_until
from pydantic_ai.messages import ModelResponse, TextPart
from pydantic_ai.models.function import FunctionModel
from pydantic_ai.models.test import TestModel

from travaux.errors import ModelMissing, ModelRefuses, ReadingError, RequestError
from travaux.reading.language_model import endpoints
from travaux.reading.language_model.cache import AnswerCache, Answered
from travaux.reading.language_model.endpoints import Endpoint, endpoint
from travaux.reading.language_model.prompt import Form
from travaux.reading.language_model.reader import LanguageModelReader
from travaux.reading.language_model.redaction import without_keys

KEY = "planted-key-0123456789abcdef"


def others(number):
    return [report_of(f"Northland said thing {n} about the ferry link.\n", f"{n:02}.txt") for n in range(number)]


def test_pydantic_ais_test_model_is_read_like_any_other(ferry, ferry_report):
    model = TestModel(custom_output_text=answered(answer(), SOUTH))
    with LanguageModelReader(Endpoint("test:test"), model=model, patience=HASTE) as reader:
        reading = reader.read(ferry_report, ferry)
    assert [one.party for one in reading.statements] == ["northland", "southland"]


def test_a_function_model_sees_the_two_messages_and_its_repair(ferry, ferry_report):
    seen = []

    def answers(messages, info):
        seen.append(messages)
        return ModelResponse(parts=[TextPart(answered(answer()) if len(seen) == 2 else "well, hm")])

    with LanguageModelReader(Endpoint("test:test"), model=FunctionModel(answers), patience=HASTE) as reader:
        reading = reader.read(ferry_report, ferry)
    assert len(reading.statements) == 1
    first, second = seen
    assert [part.part_kind for part in first[0].parts] == ["system-prompt", "user-prompt"]
    assert [message.kind for message in second] == ["request", "response", "request"]


def test_an_answer_is_kept_and_asked_for_once(serve, reader_of, ferry, ferry_report):
    server = serve(lambda handler, got, number: handler.answer(answer()))
    first = reader_of(server).read(ferry_report, ferry)
    again = reader_of(server).read(ferry_report, ferry)
    assert first == again
    assert len(server.asked) == 1
    reader = reader_of(server)
    expected = reader.estimate([ferry_report], ferry)
    assert (expected.requests, expected.kept, expected.dollars) == (0, 1, 0.0)


def test_another_model_prompt_or_agenda_is_asked_anew(serve, reader_of, ferry, gold, ferry_report):
    server = serve(lambda handler, got, number: handler.answer())
    reader_of(server).read(ferry_report, ferry)
    reader_of(server, form=Form.TERSE).read(ferry_report, ferry)
    reader_of(server).read(ferry_report, gold.agenda)
    assert len(server.asked) == 3


def test_a_damaged_answer_is_asked_for_again(serve, reader_of, ferry, ferry_report, tmp_path):
    server = serve(lambda handler, got, number: handler.answer(answer()))
    reader_of(server).read(ferry_report, ferry)
    (kept,) = (tmp_path / "answers").rglob("*.json")
    kept.write_text(kept.read_text()[:-20])
    assert len(reader_of(server).read(ferry_report, ferry).statements) == 1
    assert len(server.asked) == 2
    assert list((tmp_path / "answers").rglob("*.part")) == []


def test_an_unusable_answer_is_not_kept(serve, reader_of, ferry, ferry_report, tmp_path):
    server = serve(lambda handler, got, number: handler.send(200, completion("no")))
    with pytest.raises(ReadingError):
        reader_of(server).read(ferry_report, ferry)
    assert list((tmp_path / "answers").rglob("*.json")) == []


def test_a_stopped_run_goes_on_where_it_was(serve, reader_of, ferry, tmp_path):
    def behaviour(handler, got, number):
        if number > 5:
            handler.server.over.wait(5)
        handler.answer()

    server = serve(behaviour)
    reports = others(8)
    unhurried = replace(HASTE, timeout=4.0)  # a slow machine's first five answers are answers all the same
    reader = reader_of(server, patience=unhurried)
    reader.read_ahead(reports, ferry)
    for report in reports[:4]:
        reader.read(report, ferry)
    wait_until(lambda: len(list((tmp_path / "answers").rglob("*.json"))) == 5)
    reader.close()
    server.over.set()
    before = len({got.user for got in server.asked[:5]})
    more = reader_of(server, patience=unhurried)
    more.read_ahead(reports, ferry)
    for report in reports:
        more.read(report, ferry)
    finished = {got.user for got in server.asked[:5]}
    asked_again = [got.user for got in server.asked[5:] if got.user in finished]
    assert before == 5
    assert asked_again == []


def test_a_long_report_is_asked_about_in_parts_and_read_whole(serve, reader_of, ferry):
    words = [f"Paragraph {n}: Northland said on Monday it would accept the ferry link number {n}." for n in range(120)]
    report = report_of("\n\n".join(words) + "\n")

    def behaviour(handler, got, number):
        shown = got.user.split("<report-")[1]
        handler.answer(*(answer(quote=word[word.index("North") :]) for word in words if word in shown))

    server = serve(behaviour)
    reading = reader_of(server, form=Form.TERSE).read(report, ferry)
    assert len(server.asked) > 2
    assert len(reading.statements) == len(words)
    assert reading.dropped == ()


def test_a_report_with_nothing_to_read_asks_nothing(serve, reader_of, ferry):
    server = serve(lambda handler, got, number: handler.answer())
    reading = reader_of(server).read(report_of("Read also: Northland to close its ports\n"), ferry)
    assert (reading.statements, reading.sentences, server.got) == ((), 0, [])


def test_the_fingerprint_names_model_server_prompt_and_code_and_nothing_secret(monkeypatch):
    monkeypatch.setenv("TRAVAUX_LLM_KEY", KEY)
    full = LanguageModelReader(Endpoint("m", "http://127.0.0.1:1/v1")).fingerprint()
    terse = LanguageModelReader(Endpoint("m", "http://127.0.0.1:1/v1"), form=Form.TERSE).fingerprint()
    assert full["model"] == "m"
    assert full != terse
    assert KEY not in json.dumps(full)


@pytest.mark.parametrize(
    ("model", "base_url", "told"),
    [
        (None, None, "no model is named"),
        ("", None, "no model is named"),
        ("gpt-5", None, "names no provider"),
        ("x", "ftp://127.0.0.1/v1", "no address"),
        ("x", "127.0.0.1:8080", "no address"),
        ("x", "http://me:secret@127.0.0.1/v1", "password or a query"),
        ("x", "http://127.0.0.1/v1?key=secret", "password or a query"),
    ],
)
def test_an_endpoint_that_cannot_be_is_refused_before_anything_is_sent(model, base_url, told):
    with pytest.raises(RequestError, match=told) as caught:
        endpoint(model, base_url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://127.0.0.1:1/v1", True),
        ("http://[::1]/v1", True),
        ("http://localhost/v1", True),
        ("https://example.org/v1", False),
        ("http://localhost.example.org/v1", False),
        ("http://127.0.0.1.example.org", False),
    ],
)
def test_only_this_machine_counts_as_ones_own(url, own):
    assert endpoint("m", url).is_own is own


def test_a_key_never_travels_unencrypted(monkeypatch):
    monkeypatch.setenv("TRAVAUX_LLM_KEY", KEY)
    with pytest.raises(RequestError, match="unencrypted"):
        _ = Endpoint("m", "http://models.example.org/v1").key
    assert Endpoint("m", "https://models.example.org/v1").key == KEY
    assert Endpoint("m", "http://127.0.0.1:8080/v1").key == KEY


def test_a_providers_key_is_not_sent_to_an_address_given_by_hand(serve, reader_of, ferry, ferry_report, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server = serve(lambda handler, got, number: handler.answer())
    reader_of(server).read(ferry_report, ferry)
    assert all(KEY not in json.dumps(got.headers) for got in server.got)


def test_a_key_reaches_its_server_and_nothing_else(serve, reader_of, ferry, ferry_report, tmp_path, monkeypatch):
    """The server gives the key back wherever it can: in an answer, a name, an error."""
    monkeypatch.setenv("TRAVAUX_LLM_KEY", KEY)

    def behaviour(handler, got, number):
        assert got.headers["authorization"] == f"Bearer {KEY}"
        if ferry_report.text[:10] in got.user:
            text = answered(answer(speaker=KEY, quote=f"{KEY} said it"), answer())
            handler.send(200, completion(text, model=f"model {KEY}"))
        else:
            handler.send(401 if "thing 1" in got.user else 500, {"error": {"message": f"Incorrect API key: {KEY}"}})

    reader = reader_of(serve(behaviour))
    reading = reader.read(ferry_report, ferry)
    told = [repr(reading)]
    for report in others(2):
        try:
            reader.read(report, ferry)
        except (ReadingError, ModelRefuses) as error:
            told += [str(error), "".join(traceback.format_exception(error))]
    assert len(told) == 5
    for path in tmp_path.rglob("*"):
        if path.is_file():
            told.append(path.read_bytes().decode("latin-1"))
    assert len(told) > 5
    assert all(KEY not in text for text in told)
    assert "[key]" in told[0]


@pytest.mark.parametrize(
    "text", ["Bearer abcdefghijkl0123", "sk-proj-abcdefgh1234", "gsk_ABCDEFGH12345", "hf_abcdefghijklmno7"]
)
def test_what_is_shaped_like_a_key_is_taken_out(text):
    assert "[key]" in without_keys(f"wrong: {text}.")


def test_ordinary_words_stay(monkeypatch):
    monkeypatch.setenv("SHORT_KEY", "the")
    assert without_keys(TEXT) == TEXT
    news = "The bearer of documents met key-decision-makers and sk-based stakeholders in the SK-Telecom hall."
    assert without_keys(news) == news


def test_without_the_extra_there_is_one_line_and_its_remedy(monkeypatch, ferry, ferry_report):
    import sys

    monkeypatch.setitem(sys.modules, "pydantic_ai", None)
    with pytest.raises(ModelMissing, match=r"pip install 'travaux\[llm\]'"):
        endpoints.require_extra()
    with LanguageModelReader(Endpoint("openai:x")) as reader, pytest.raises(ModelMissing, match="pip install"):
        reader.read(ferry_report, ferry)


@pytest.mark.parametrize(
    ("model", "told"), [("openai:gpt-5", "OPENAI_API_KEY"), ("nobody:x", "nobody:x"), ("anthropic:x", "anthropic")]
)
def test_a_provider_without_key_or_package_is_one_line(ferry, ferry_report, model, told, monkeypatch):
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    with LanguageModelReader(Endpoint(model)) as reader, pytest.raises(ModelRefuses, match=told):
        reader.read(ferry_report, ferry)


def test_kept_answers_are_whole_or_not_there(tmp_path):
    cache = AnswerCache(tmp_path / "answers")
    cache.put("ab" * 32, Answered("text \u2028 \U0001f600", "m", 1, 2))
    assert cache.get("ab" * 32) == Answered("text \u2028 \U0001f600", "m", 1, 2)
    assert cache.get("cd" * 32) is None
    blocked = AnswerCache(tmp_path / "file")
    Path(tmp_path / "file").write_text("in the way")
    blocked.put("ab" * 32, Answered("text", "m"))
    assert blocked.get("ab" * 32) is None


def test_a_key_of_the_keyring_is_used_where_the_environment_has_none(monkeypatch):
    import sys
    import types

    held = {("travaux", "openai"): "ring-openai", ("travaux", "models.example.org"): "ring-host"}
    ring = types.ModuleType("keyring")
    ring.errors = types.ModuleType("keyring.errors")
    ring.errors.KeyringError = type("KeyringError", (Exception,), {})
    ring.get_password = lambda service, account: held.get((service, account))
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.setitem(sys.modules, "keyring.errors", ring.errors)
    assert Endpoint("openai:gpt-5").key == "ring-openai"
    assert Endpoint("m", "https://models.example.org/v1").key == "ring-host"
    assert Endpoint("m", "http://127.0.0.1:1/v1").key is None
    monkeypatch.setenv("TRAVAUX_LLM_KEY", KEY)
    assert Endpoint("openai:gpt-5").key == KEY

    def locked(service, account):
        raise ring.errors.KeyringError

    monkeypatch.delenv("TRAVAUX_LLM_KEY")
    ring.get_password = locked
    assert Endpoint("openai:gpt-5").key is None


def test_reports_that_fail_do_not_hold_up_those_behind_them(serve, reader_of, ferry):
    server = serve(lambda handler, got, number: handler.send(200, completion("no")))
    reader = reader_of(server)
    reports = others(30)
    reader.read_ahead(reports, ferry)
    for place, report in enumerate(reports):
        with pytest.raises(ReadingError):
            reader.read(report, ferry)
        ahead = min(len(reports) - place - 1, 12)
        assert len(reader._under_way) == ahead
    assert len(server.asked) == 2 * len(reports)
