"""A quote is found where its words stand, typography aside, and nowhere else; what is stored are the report's own words."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from travaux.reading.language_model.alignment import LONGEST_GAP, Folded, locate

WORDS = [
    "the",
    "corridor",
    "Erdoğan",
    "Türkiye’s",
    "İzmir",
    "“grain”",
    "re-export",
    "U.N.",
    "naïve",
    "ﬁnal",
    "12%",
    "😀",
    "ещё",
]
SPACES = [" ", "  ", "\n", "\u00a0", "\u2009", " \r\n "]
# Each pair is one mark in two typographies.
RETYPED = [("’", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "--"), ("…", "..."), ("\u00a0", " "), ("ﬁ", "fi")]

texts = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([*SPACES, " – ", "—", "… ", "’ "])), min_size=3, max_size=40
)


def found(quote, text):
    return [text[one.start : one.end] for one in locate(quote, Folded(text))]


@given(texts, st.data())
@settings(max_examples=150, deadline=None)
def test_whole_words_of_a_text_are_found_where_they_stand(parts, data):
    text = "".join(word + space for word, space in parts)
    first = data.draw(st.integers(0, len(parts) - 1))
    last = data.draw(st.integers(first, len(parts) - 1))
    start = sum(len(word + space) for word, space in parts[:first])
    end = sum(len(word + space) for word, space in parts[:last]) + len(parts[last][0])
    places = locate(text[start:end], Folded(text))
    assert (start, end, "exactly") in [(one.start, one.end, one.how) for one in places]


@given(texts, st.data())
@settings(max_examples=150, deadline=None)
def test_retyped_words_are_found_and_the_texts_own_are_given_back(parts, data):
    text = "".join(word + space for word, space in parts)
    first = data.draw(st.integers(0, len(parts) - 1))
    last = data.draw(st.integers(first, len(parts) - 1))
    start = sum(len(word + space) for word, space in parts[:first])
    quote = text[start : sum(len(word + space) for word, space in parts[:last]) + len(parts[last][0])]
    # Where the text says the same more than once, its words may be given back from another place.
    assert retyped(quote) in [retyped(words) for words in found(retyped(quote), text)]


def retyped(words):
    """Words as somebody types them who has no other marks and spaces."""
    for ours, theirs in RETYPED:
        words = words.replace(ours, theirs)
    return " ".join(words.split())


@example("¼", "1")
@given(st.text(max_size=200), st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_whatever_is_found_lies_in_the_text_and_says_the_same(text, quote):
    for one in locate(quote, Folded(text)):
        assert 0 <= one.start < one.end <= len(text)
        own = text[one.start : one.end]
        if one.how == "exactly":
            assert own == quote
        elif one.how == "but for typography":
            letters = [c for c in Folded(quote).folded if c.isalnum()]
            assert [c for c in Folded(own).folded if c.isalnum()] == letters


@given(texts, st.sampled_from("abcxyz"))
@settings(max_examples=80, deadline=None)
def test_a_quote_with_another_letter_stands_nowhere(parts, letter):
    text = "".join(word + space for word, space in parts)
    assert found(f"{parts[0][0]}{letter}{letter}q {parts[1][0]}", text) == []


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("able to accept", "It is unable to accept the plan."),
        ("Russia agree", "Russia agreed to it."),
        ("agreed to i", "Russia agreed to it."),
        ("the plan is dead", "The plan is dead."),
        ("", "text"),
        ("   ", "text"),
    ],
)
def test_cut_words_other_capitals_and_nothing_are_not_found(quote, text):
    assert found(quote, text) == []


@pytest.mark.parametrize(
    ("quote", "own"),
    [
        ('"We accept" - all of it', "“We accept” — all of it"),
        ("We accept... gladly", "We accept… gladly"),
        ("'quoted words'", "‘quoted words’"),
        ("one two three.", "one two three"),
        ("...one two three...", "one two three"),
        ("Erdog\u0306an said", "Erdoğan said"),
        ("Erdoğan said", "Erdog\u0306an said"),
        ("co-operate with us", "co\u00adoperate with us"),
    ],
)
def test_typography_is_bridged(quote, own):
    text = f"Before. {own} After it"
    if own == "co\u00adoperate with us":  # a soft hyphen is no hyphen: the word has none
        assert found(quote, text) == []
        assert found("cooperate with us", text) == [own]
    else:
        assert found(quote, text) == [own]


def test_words_left_out_at_an_ellipsis_are_stored_with_the_rest():
    text = "Moscow said, after a long night of talks, that it would return to the deal."
    assert found("Moscow said … it would return to the deal", text) == [text[:-1]]


def test_an_ellipsis_bridges_neither_paragraphs_nor_far_words():
    assert found("Moscow said so ... it would return to it", "Moscow said so then.\nBut it would return to it.") == []
    far = f"Moscow said so {'x ' * LONGEST_GAP} it would return to it"
    assert found("Moscow said so ... it would return to it", far) == []


def test_a_long_text_is_folded_in_reasonable_time():
    text = "Ankara’s envoy said “yes” — and then “no”…\n" * 5_000
    assert len(locate('Ankara\'s envoy said "yes" - and then "no"...', Folded(text))) == 5_000
