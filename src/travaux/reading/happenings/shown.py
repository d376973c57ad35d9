"""What a sentence shows without naming it: a meeting or an incident noticed by the heads on the encoder's states.

`noticing` says that a sentence tells of one, and how likely each of its words names it, takes part in it, or says where and
when. Who a word means, which day "last Tuesday" is and whether a name is a place is read as for any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.happening import Status
from travaux.reading.happenings.days import TimeWords, is_of_time
from travaux.reading.happenings.grammar import is_past
from travaux.reading.happenings.masthead import VENUES
from travaux.reading.happenings.participants import Somebody, people_among, somebodies
from travaux.reading.happenings.places import place_name
from travaux.reading.happenings.standing import Standing, standing_of
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.names import Names
from travaux.reading.noticing import STATUSES, Noticed
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

_NO_PLACES = {"PERSON", "DATE", "TIME", "NORP", "MONEY", "CARDINAL", "ORDINAL"}
_WHERE = frozenset("in at on by via over above under near inside outside behind beneath beside aboard off to".split())
SURELY = 1.5
"""How much likelier than held another status must be where the grammar sees nothing against held."""


def those_shown(line: Line, noticed: Noticed, names: Names) -> list[Somebody]:
    """Who takes part by the words marked so: whoever the agenda knows, else a name, an office or a group."""
    marked = {token.i for token in noticed.tagged(line.sentence, "participant") if not _is_in_brackets(token)}
    doc = line.sentence.span.doc
    named = {
        at: mention
        for at, mention in line.mentions.items()
        if marked & set(range(mention.first, mention.last + 1)) and at < len(doc)
    }
    covered = {at for mention in named.values() for at in range(mention.first, mention.last + 1)}
    others = [
        doc[at]
        for at in sorted(marked - covered)
        if doc[at].pos_ in {"NOUN", "PROPN"} and not _is_title(doc[at], covered)
    ]
    found = [(doc[at], mention) for at, mention in named.items()] + people_among(others, line)
    return list(dict.fromkeys(somebodies(sorted(found, key=lambda pair: pair[0].i), names)))


def _is_in_brackets(token: Token) -> bool:
    """Whether a word stands in brackets, as the name of an agency does."""
    before = token.doc[token.sent.start : token.i].text
    return before.count("(") > before.count(")")


def _is_title(token: Token, covered: set[int]) -> bool:
    """Whether a word only belongs to somebody named: "Secretary-General" of "Secretary-General Ann Lee"."""
    beside = {
        one.i
        for one in (token.head, *token.children)
        if one.dep_ in {"appos", "compound", "nmod"} or token.dep_ in {"appos", "compound", "nmod"}
    }
    return bool(beside & covered) or (token.i + 1 in covered and token.pos_ == "PROPN")


def place_shown(line: Line, noticed: Noticed, own: str | None = None) -> str | None:
    """Where, by the words marked so, as printed: the name of a place where one is among them, else a room, a house, a link.

    Args:
        own: the place that the grammar hangs on what names the meeting, which a room gives way to.
    """
    runs = _runs(noticed.tagged(line.sentence, "place"))
    best = max(runs, key=lambda run: max(noticed.odds(token, line.sentence, "place") for token in run), default=[])
    names = (token for token in best if token.pos_ == "PROPN" and _is_at(token) and kind_of(token) not in _NO_PLACES)
    if (name := next((place for token in names if (place := place_name(token))), None)) is not None:
        return name
    if own is not None:
        return own
    noun = next((token for token in best if token.pos_ == "NOUN" and _is_where(token)), None)
    if noun is None or noun.i in line.mentions or noun.lemma_.lower() not in VENUES | happening_words().status["rooms"]:
        return None
    first = next(token.i for token in noun.subtree if token.pos_ not in {"ADP", "DET", "PRON", "PUNCT", "SPACE"})
    last = max(noun.i, *(token.i for token in best if token.pos_ not in {"ADP", "DET"}))
    return noun.doc[first : last + 1].text


def _is_at(name: Token) -> bool:
    """Whether a name stands behind a preposition of place, the article and other names between: not "by Nauru", "of the Bay"."""
    at = name
    while at.dep_ in {"compound", "nmod", "appos", "conj", "poss"} and at.head != at:
        at = at.head
    return at.dep_ == "pobj" and at.head.lower_ in _WHERE - {"by", "via", "on", "off", "to"}


def _is_where(noun: Token) -> bool:
    """Whether a noun stands behind a preposition of place, or the way a meeting is held by: "on his terrace", "by video"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in _WHERE and not is_of_time(noun)


def standing_shown(
    trigger: Token, noticed: Noticed, *, dated: bool, ahead: bool | None, told_now: bool = False
) -> Standing:
    """How far it has got: by the grammar of the word that names it, by the heads where that sees nothing but the past."""
    told = standing_of(trigger, "", dated=dated, ahead=ahead, told_now=told_now)
    if told.status is not Status.HELD or told.denied or told_now:
        return told
    held = noticed.status[STATUSES.index(Status.HELD)]
    surer = max(noticed.status) - held > SURELY and not is_past(trigger)
    return Standing(noticed.likeliest) if surer else told


def time_shown(
    line: Line, noticed: Noticed, told: Sequence[TimeWords], own: TimeWords | None = None
) -> TimeWords | None:
    """The words of time that are marked as when, the likeliest of several; those that hang on what names the meeting come first.

    Args:
        told: the time words of the sentence; own: those that the grammar hangs on it.
    """
    if own is not None and _odds_within(own, line, noticed) > 0:
        return own
    scored = [(_odds_within(one, line, noticed), place, one) for place, one in enumerate(told)]
    best = max(scored, default=None, key=lambda each: (each[0], -each[1]))
    return best[2] if best is not None and best[0] > 0 else None


def _odds_within(words: TimeWords, line: Line, noticed: Noticed) -> float:
    within = [token for token in line.sentence.span if words.start <= line.sentence.place(token)[0] < words.end]
    return max((noticed.odds(token, line.sentence, "when") for token in within), default=-9.0)


def _runs(tokens: list[Token]) -> list[list[Token]]:
    """Words that follow one another, one small word between them at most."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i - runs[-1][-1].i <= 2:
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs
