"""What a run will take is said before, near enough: counted tokens within a tenth, prices dated, unknown ones called unknown."""

import json

import pytest
from model_stubs import CHECKOUT, counted_texts, digest, report_of

from travaux.reading.language_model.costs import Estimate, Price, price_of, prices, tokens_in, tokens_of
from travaux.reading.language_model.endpoints import Endpoint
from travaux.reading.language_model.prompt import Form
from travaux.reading.language_model.reader import LanguageModelReader

COUNTED = [
    json.loads(line)
    for line in (CHECKOUT / "tests/reading/language_model/counted_tokens.jsonl").read_text("utf-8").splitlines()
]
VOCABULARIES = ("o200k_base", "cl100k_base")


@pytest.fixture(scope="module")
def texts():
    return dict(counted_texts())


def test_the_counts_are_of_what_is_sent_today(texts):
    assert {row["what"]: row["sha256"] for row in COUNTED} == {what: digest(text) for what, text in texts.items()}, (
        "the prompt changed: tests/reading/language_model/count_tokens.py counts again"
    )


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_each_request_and_answer_is_within_a_tenth_of_its_counted_tokens(texts, vocabulary):
    for row in COUNTED:
        # An answer without statements has five tokens; one more or less is no tenth of anything.
        assert abs(tokens_in(texts[row["what"]]) - row[vocabulary]) <= max(2, 0.1 * row[vocabulary]), row["what"]


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
@pytest.mark.parametrize("form", Form)
def test_a_whole_runs_estimate_is_within_a_tenth_of_its_counted_cost(gold, vocabulary, form):
    name = "black-sea-grain"
    counts = {row["what"]: row[vocabulary] for row in COUNTED}
    requests = [what for what in counts if what.startswith(f"{name}/{form}/")]
    counted_in = sum(counts[what] for what in requests) + len(requests) * counts[f"{name}/{form}"]
    counted_out = sum(count for what, count in counts.items() if what.startswith(f"{name}/answer/"))
    expected = LanguageModelReader(Endpoint("openai:gpt-5-mini"), form=form).estimate(gold.reports, gold.agenda)
    assert expected.requests == len(requests)
    assert abs(expected.input_tokens / counted_in - 1) < 0.1
    assert abs(expected.output_tokens / counted_out - 1) < 0.1
    price = price_of("openai:gpt-5-mini")
    counted = (counted_in * price.input + counted_out * price.output) / 1e6
    assert abs(expected.dollars / counted - 1) < 0.1


@pytest.mark.parametrize("text", ["", " ", "a", "Zelenskyy", "ещё раз", "😀😀", "2025-08-18", "x" * 500])
def test_any_text_has_a_count(text):
    assert 0 <= tokens_in(text) <= 2 * len(text.encode()) + 1


def test_prices_are_dated_and_a_dated_name_has_the_price_of_its_model():
    assert len(prices()) > 20
    assert all(price.input >= 0 and price.output >= 0 and len(price.as_of) == 10 for price in prices())
    assert price_of("openai:gpt-5-mini-2025-08-07") == price_of("openai:gpt-5-mini")


def test_an_unknown_price_is_unknown_and_ones_own_server_is_free():
    assert price_of("openai:gpt-99") is None
    assert Estimate(1, 1, 0, 1000, 100).dollars is None
    assert Estimate(1, 1, 0, 1000, 100, own_server=True).dollars == 0.0
    assert Estimate(0, 0, 5, 0, 0).dollars == 0.0
    assert Estimate(1, 1, 0, 1_000_000, 1_000_000, Price("m", 1.5, 2.0, "2026-01-01")).dollars == 3.5


def test_a_server_elsewhere_has_no_known_price(ferry):
    report = report_of("Northland said it would accept the ferry link.\n")
    there = LanguageModelReader(Endpoint("gpt-5-mini", "https://models.example.org/v1")).estimate([report], ferry)
    assert there.dollars is None
    assert there.input_tokens > tokens_of(())
