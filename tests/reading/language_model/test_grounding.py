"""What a model brings forward stands only where the report's own words bear it out; the rest is dropped with the reason."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_stubs import SOUTH, TEXT, answer, perfect, report_of

from travaux.model import Reading
from travaux.reading.language_model.grounding import DropKind, Grounding
from travaux.reading.language_model.passages import passages_of
from travaux.record.evidence import check_reading


def grounded(agenda, report, *items):
    (passage,) = passages_of(report, 24_000)
    found = Grounding(report, agenda, "a test").ground([(passage, list(items))])
    check_reading(report, "llm", Reading(found.statements, 5, found.dropped))
    return found


def kinds(found):
    return [one.kind for one in found.dropped]


def reviews(statement):
    return [reason.says for reason in statement.reasons if reason.step == "review"]


def test_right_answers_become_statements_with_the_reports_own_words(ferry, ferry_report):
    found = grounded(ferry, ferry_report, answer(), SOUTH)
    assert [(one.party, one.stance, one.condition) for one in found.statements] == [
        ("northland", "for", None),
        ("southland", "against", "unless fares are frozen"),
    ]
    assert found.dropped == ()
    for one in found.statements:
        assert one.reader == "llm"
        assert TEXT[one.start : one.end] == one.quote
        assert reviews(one) == []


def test_quotes_with_other_typography_are_stored_as_printed(ferry, ferry_report):
    item = answer(quote='Its  minister called the plan "a fair bargain"', speaker="Example")
    (one,) = grounded(ferry, ferry_report, item).statements
    assert one.quote == "Its minister called the plan “a fair bargain”"
    assert one.speaker == "Ada Example"


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        (answer(quote="Northland said it would reject the ferry link"), DropKind.QUOTE_NOT_FOUND),
        (answer(quote="northland said on monday it would"), DropKind.QUOTE_NOT_FOUND),
        (answer(quote="would accept"), DropKind.QUOTE_TOO_SHORT),
        (answer(quote="ferry " * 400), DropKind.QUOTE_TOO_LONG),
        (answer(quote="Northland to close its ports for ever"), DropKind.NOT_THE_REPORT),
        (answer(party="atlantis"), DropKind.UNKNOWN_PARTY),
        (answer(party=""), DropKind.UNKNOWN_PARTY),
        (answer(option="tunnel"), DropKind.UNKNOWN_OPTION),
        (answer(stance="neutral"), DropKind.OFF_THE_CODEBOOK),
        (answer(act="agree"), DropKind.OFF_THE_CODEBOOK),
        (answer(via="rumour"), DropKind.OFF_THE_CODEBOOK),
        (answer(condition="if the price is right"), DropKind.CONDITION_NOT_FOUND),
        (answer(condition="for ever"), DropKind.CONDITION_NOT_FOUND),
        ({"quote": "Northland said"}, DropKind.MALFORMED),
        ("Northland", DropKind.MALFORMED),
        (None, DropKind.MALFORMED),
        (answer(quote=7), DropKind.MALFORMED),
    ],
)
def test_what_may_not_stand_is_dropped_with_its_reason(ferry, ferry_report, item, kind):
    found = grounded(ferry, ferry_report, item, answer())
    assert kinds(found) == [kind]
    assert found.dropped[0].says
    assert len(found.statements) == 1
    assert found.dropped[0].answer == json.dumps(item, ensure_ascii=True)[:2_000]


def test_party_and_option_may_be_named_as_the_agenda_names_them(ferry, ferry_report):
    item = answer(party="Northland", option="A ferry links the two coasts")
    (one,) = grounded(ferry, ferry_report, item).statements
    assert (one.party, one.option) == ("northland", "ferry-link")


def test_the_same_position_on_the_same_words_counts_once(ferry, ferry_report):
    found = grounded(ferry, ferry_report, answer(), answer())
    assert len(found.statements) == 1
    assert kinds(found) == [DropKind.TWICE]


def test_an_invented_speaker_is_left_out_and_said(ferry, ferry_report):
    (one,) = grounded(ferry, ferry_report, answer(speaker="Sir Nobody Atall")).statements
    assert one.speaker is None
    assert reviews(one) == ["the speaker 'Sir Nobody Atall' stands nowhere and is left out"]


def test_a_speaker_made_of_the_reports_words_stays(ferry, ferry_report):
    (one,) = grounded(ferry, ferry_report, answer(speaker="Northland's minister")).statements
    assert one.speaker == "Northland's minister"


def test_invisible_and_half_characters_get_into_no_statement(ferry, ferry_report):
    item = answer(speaker="Northland's\u202e \ud800min\u200bister", via="other", via_name="\udfffSouthland")
    (one,) = grounded(ferry, ferry_report, item).statements
    assert one.speaker == "Northland's minister"
    assert one.via_name == "Southland"
    found = grounded(ferry, ferry_report, answer(quote="\ud800 is no word at all"), answer(party="\ud800"))
    assert kinds(found) == [DropKind.QUOTE_NOT_FOUND, DropKind.UNKNOWN_PARTY]
    assert all(one.says.isprintable() and one.answer.isascii() for one in found.dropped)


def test_a_quote_cut_after_a_not_is_flagged(ferry):
    report = report_of("Northland will not accept the ferry link under any flag.\n")
    (one,) = grounded(ferry, report, answer(quote="accept the ferry link under any flag")).statements
    assert reviews(one) == ["the word before the quote turns it round"]


def test_a_position_whose_party_nobody_names_is_flagged(ferry, ferry_report):
    text = "Talks went on.\n\nThe delegates would accept the ferry link at once.\n"
    (one,) = grounded(ferry, report_of(text), answer(quote="would accept the ferry link at once")).statements
    assert reviews(one) == ["no name of Northland stands in the quote or before it"]


def test_a_speaker_of_another_party_is_flagged(ferry, ferry_report):
    item = {**SOUTH, "speaker": "Ada Example", "via": "speaker"}
    (one,) = grounded(ferry, ferry_report, item).statements
    assert reviews(one) == ["Ada Example speaks for Northland"]


def test_a_later_occurrence_is_taken_where_it_is_meant(ferry):
    text = "Northland wants the ferry link now. Others slept.\n\nAgain: Northland wants the ferry link now.\n"
    item = answer(quote="Northland wants the ferry link now", occurrence=2)
    (one,) = grounded(ferry, report_of(text), item).statements
    assert one.start == text.rindex("Northland wants")
    (first,) = grounded(
        ferry, report_of(text), {**item, "occurrence": 9, "quote": "Northland wants the ferry link now."}
    ).statements
    assert first.start == text.rindex("Northland wants")


def test_gold_statements_answered_perfectly_lose_nothing(gold):
    for report in gold.reports:
        rows = gold.statements.get(report.name, [])
        found = grounded(gold.agenda, report, *perfect(rows))
        assert found.dropped == ()
        assert sorted(one.quote for one in found.statements) == sorted(row["quote"] for row in rows)
        by_key = {(one.quote, one.party, one.option, one.stance, one.former): one for one in found.statements}
        for row in rows:
            one = by_key[row["quote"], row["party"], row["option"], row["stance"], bool(row.get("former"))]
            assert (one.act, one.via, one.condition) == (row["act"], row["via"], row.get("condition"))
            assert one.speaker == row.get("speaker")


values = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=40), st.lists(st.integers(), max_size=2))


@given(
    st.lists(
        st.one_of(
            values,
            st.dictionaries(st.sampled_from(sorted(answer())), values, max_size=11),
            st.fixed_dictionaries(
                {
                    **{name: st.just(value) for name, value in answer().items()},
                    "quote": st.one_of(st.text(max_size=60), st.tuples(st.integers(0, 250), st.integers(0, 120))),
                    "condition": st.one_of(st.none(), st.text(max_size=20), st.just("unless fares are frozen")),
                    "speaker": st.one_of(st.none(), st.text(max_size=30), st.just("Southland’s union")),
                    "stance": st.sampled_from(["for", "against", "open", "maybe"]),
                }
            ),
        ),
        max_size=8,
    )
)
@settings(max_examples=200, deadline=None)
def test_whatever_a_model_says_each_item_stands_or_is_dropped_and_what_stands_is_evidence(ferry, ferry_report, items):
    given_items = [
        {**item, "quote": TEXT[item["quote"][0] : sum(item["quote"])]}
        if isinstance(item, dict) and isinstance(item.get("quote"), tuple)
        else item
        for item in items
    ]
    found = grounded(ferry, ferry_report, *given_items)  # checks the rules of evidence itself
    assert len(found.statements) + len(found.dropped) == len(given_items)
    for one in found.statements:
        assert one.condition is None or one.condition in TEXT
        assert "close its ports" not in one.quote


def test_grounding_is_repeatable(gold):
    report = gold.reports[0]
    items = perfect(gold.statements[report.name])
    assert grounded(gold.agenda, report, *items) == grounded(gold.agenda, report, *items)
