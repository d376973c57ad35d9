"""What a model is told: the codebook, examples that its own machinery accepts, the agenda; reports cut at paragraphs."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_stubs import CHECKOUT, TEXT, report_of

from travaux.model import Act, Agenda, Issue, Option, Party, Stance, Via
from travaux.reading.language_model.costs import tokens_of
from travaux.reading.language_model.grounding import Grounding
from travaux.reading.language_model.passages import passages_of, sentences_in
from travaux.reading.language_model.prompt import (
    LONGEST_PASSAGE,
    Form,
    prompt_for,
    rules,
    rules_digest,
    worked_examples,
)


@pytest.mark.parametrize("example", worked_examples(), ids=lambda example: example.id)
def test_each_worked_example_is_ours_and_grounds_without_a_loss(example):
    rows = [
        json.loads(line)
        for path in sorted((CHECKOUT / "training" / "passages").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if f'"id": "{example.id}"' in line[:40]
    ]
    (row,) = rows
    assert row["passage"] == example.passage
    agenda = Agenda(
        row["negotiation"],
        tuple(Party(party["id"], party["names"][0], names=tuple(party["names"][1:])) for party in row["parties"]),
        (Issue("x", "X", tuple(Option(option["id"], option["says"]) for option in row["options"])),),
    )
    report = report_of(f"{example.passage}\n")
    (passage,) = passages_of(report, 24_000)
    found = Grounding(report, agenda, "a test").ground([(passage, list(example.statements))])
    assert found.dropped == ()
    assert len(found.statements) == len(row["statements"]) == len(example.statements)
    stated = [(one["quote"], one["party"], one["option"], one["stance"]) for one in example.statements]
    assert stated == [(one["quote"], one["party"], one["option"], one["stance"]) for one in row["statements"]]


@pytest.mark.parametrize("form", Form)
def test_the_rules_name_every_value_of_the_codebook(form):
    for values in (Stance, Act, Via):
        for value in values:
            assert str(value) in rules(form)


def test_the_prompt_carries_the_agenda_and_no_report(ferry, gold):
    for form in Form:
        text = prompt_for(ferry, form).instructions
        for words in (
            "northland",
            "the North",
            "Ada Example",
            "minister",
            "ferry-link",
            "A ferry links the two coasts",
        ):
            assert words in text
    instructions = prompt_for(gold.agenda).instructions
    for rows in gold.statements.values():
        for row in rows:
            assert row["quote"] not in instructions


def test_the_terse_prompt_and_its_passage_fit_four_thousand_tokens(gold):
    prompt = prompt_for(gold.agenda, Form.TERSE)
    long = report_of("Russia said that it would return to the grain deal in due course. " * 400)
    first = passages_of(long, LONGEST_PASSAGE[Form.TERSE])[0]
    assert tokens_of(prompt.messages(long, first)) < 3_100


def test_the_same_agenda_gives_the_same_prompt_and_another_another(ferry, gold):
    assert prompt_for(ferry).digest == prompt_for(ferry).digest
    assert prompt_for(ferry).digest != prompt_for(gold.agenda).digest
    assert rules_digest(Form.FULL) != rules_digest(Form.TERSE)


def test_a_report_that_fits_is_one_passage_without_its_page_chrome(ferry_report):
    (passage,) = passages_of(ferry_report, 24_000)
    assert "Northland said on Monday" in passage.text
    assert "Read also" not in passage.text
    assert passage.before == ""


@given(st.lists(st.text("abc ’.ü", min_size=1, max_size=300), min_size=1, max_size=12), st.integers(40, 400))
@settings(max_examples=80, deadline=None)
def test_passages_show_every_word_once_in_order(paragraphs, longest):
    report = report_of("\n\n".join(paragraphs) + "\n", "p.txt") if any(p.strip() for p in paragraphs) else None
    if report is None:
        return
    passages = passages_of(report, longest)
    shown = "".join("".join(passage.text.split()) for passage in passages)
    blocks = "".join("".join(report.text[b.start : b.end].split()) for b in report.blocks if b.is_read)
    assert shown == blocks
    assert [passage.number for passage in passages] == list(range(1, len(passages) + 1))
    assert all(len(passage.text) <= longest + 2 for passage in passages)


def test_a_cut_report_shows_the_end_of_what_stands_before(ferry):
    report = report_of("\n\n".join(f"Paragraph {n} is about the ferry link, he said." for n in range(40)) + "\n")
    passages = passages_of(report, 300)
    assert len(passages) > 3
    assert passages[1].before.endswith("he said.")
    shown = prompt_for(ferry).messages(report, passages[1])[1].content
    assert shown.startswith(f"Part 2 of {len(passages)} of the report.\nWhat stands before it")


def test_sentences_are_counted_and_nothing_read_is_none(ferry_report):
    assert sentences_in(ferry_report) >= 5
    assert sentences_in(report_of("Read also: Northland to close its ports\n")) == 0
    assert TEXT


def test_the_shipped_data_is_in_the_package():
    folder = Path(CHECKOUT / "src" / "travaux" / "reading" / "language_model")
    for name in ("examples.jsonl", "prices.toml", "orders.toml", "prompts/full.md", "prompts/terse.md"):
        assert (folder / name).is_file()
