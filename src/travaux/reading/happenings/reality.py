"""Whether a word tells of what has happened, or of what is feared, planned, forbidden, denied or merely spoken of in general.

From the word up through the verbs that govern it: a clause told in the past is real wherever it hangs, save under "if". What has no
tense of its own (an infinitive, an object, what stands after a preposition) is as real as whatever governs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from travaux.model import BlockKind, Report
from travaux.reading.happenings.days import time_words
from travaux.reading.happenings.grammar import auxiliaries, is_future, is_maybe, negated, subjects
from travaux.reading.happenings.things import kinds_of
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line

if TYPE_CHECKING:
    from spacy.tokens import Token

CLOCK = re.compile(r"\W*\d{1,2}[:.h]\d\d\b")
"""How an entry of a live blog begins."""

_BEGUN = set(
    "begin start resume continue keep see hear manage go proceed help watch film witness catch find force compel oblige".split()
)
_DENIED = {"deny", "imagine", "suppose", "wish", "pretend", "denial", "hypothesis", "disprove"}
_CONDITION = {"if", "unless", "whether", "lest", "though"}
_NOT_SO = {"never", "hardly", "nowhere", "not", "n't", "n’t", "almost", "nearly"}
_PAST_AUX = {"had", "has", "have", "was", "were", "been", "'ve", "’ve"}
_NO_MATTER_WHICH = {"any", "every", "each", "no", "such", "either", "neither"}
_YOUNG = set(
    "child children boy boys girl girls infant infants baby babies teenager teenagers youngster youngsters student students".split()
)
_RATES = re.compile(
    r"\b(?:(?:per|every|each) (?:year|month|week|day|decade)|annual(?:ly)?|yearly)\b"
    r"|(?<!for )(?<!half )(?<!in )(?<!than )(?<!of )\ba (?:year|month|week|day|decade)\b"
    r"(?! (?:after|before|ago|later|earlier|since|of|long|in|when))",
    re.IGNORECASE,
)


def has_happened(token: Token, line: Line, report: Report) -> bool:
    """Whether the word, a noun or verb of an incident, tells of something done."""
    if any(child.lower_ in _NO_MATTER_WHICH and child.dep_ in {"det", "neg"} for child in token.children):
        return False
    if _is_mused(token) or _is_known(token, line, report):
        return False
    if _is_question(token) or _RATES.search(line.sentence.span.text):
        return False
    now = _is_title(line) or is_live(line, report)
    at = token
    if token.pos_ == "NOUN":
        if _is_bare(token) and not _is_title(line):
            return False
        governor = _governor(token)
        if governor is None:
            # "Scuffles at the gate this morning": a line without a verb.
            timed = token.dep_ == "ROOT" and bool(time_words(report.text, line.sentence.start, line.sentence.end))
            return _is_title(line) or _is_definite(token) or timed
        if token.dep_ not in {"nsubj", "nsubjpass"} and any(_is_unreal(one) for one in _between(token, governor)):
            return False
        at = governor
        if _is_unreal(at) and token.dep_ != "nsubj":
            return False
    return _is_real(at, now=now, noun=token if token.pos_ == "NOUN" else None)


def _is_mused(token: Token) -> bool:
    """Whether somebody only speaks or thinks of it: "he spoke of the dam being blown up"."""
    for one in (token, *_up(token)):
        if (
            one.dep_ == "pcomp"
            and one.tag_ in {"VBG", "VBN"}
            and one.head.lower_ in {"of", "about"}
            and "having" not in auxiliaries(one)
        ):
            ruler = one.head.head
            return ruler.lemma_.lower() in happening_words().mused or _is_unreal(ruler)
        if one.pos_ in {"VERB", "AUX"} and one.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return False
    return False


def _up(token: Token) -> Iterator[Token]:
    at = token
    while at.head != at:
        at = at.head
        yield at


def _is_known(token: Token, line: Line, report: Report) -> bool:
    """Whether a clause only says which people are meant of whom something is so now: "those abducted in May are in good health".

    "People who fled as children are selling oranges" tells nothing new either, unless it says when they did.
    """
    if token.pos_ != "VERB":
        return False
    who = token.head
    if any(kind in {"craft", "thing", "arm"} for kind in kinds_of(who)):
        return False
    if token.tag_ == "VBN" and token.dep_ == "acl":
        return who.dep_ == "nsubj" and who.head.tag_ in {"VBZ", "VBP"}
    if token.tag_ != "VBD" or token.dep_ != "relcl" or who.dep_ not in {"nsubj", "ROOT"} or who.i > token.i:
        return False
    now = next((one for one in line.sentence.span if one.i > token.i and one.tag_ in {"VBZ", "VBP", "VBD"}), None)
    if any(
        one.lower_ in _YOUNG and one.i > one.sent.start and one.nbor(-1).lower_ == "as" for one in line.sentence.span
    ):
        return True  # "who fled as children"
    present = now is not None and now.tag_ != "VBD"
    return present and not time_words(report.text, line.sentence.start, line.sentence.end)


def _is_real(verb: Token, *, now: bool, noun: Token | None) -> bool:
    """Whether a verb, and what governs it where it has no tense of its own, is told as done."""
    at, steps = verb, 0
    while steps < 8:
        steps += 1
        if negated(at) or any(child.lower_ in _NOT_SO and child.dep_ in {"neg", "advmod"} for child in at.children):
            return False
        if any(child.dep_ == "mark" and child.lower_ in _CONDITION for child in at.children):
            return False
        if is_maybe(at) or is_future(at):
            return False
        aux = auxiliaries(at)
        if at.tag_ == "VBD" or aux & _PAST_AUX or (at.pos_ == "AUX" and at.lower_ in _PAST_AUX):
            return not _denied_above(at)
        if at.tag_ in {"VBZ", "VBP"} or (at.tag_ in {"VBG", "VBN"} and aux & {"is", "are", "'s", "’s", "am"}):
            told = (
                now
                or bool(aux & {"being"})
                or at.tag_ == "VBG"
                or any(child.lower_ in {"just", "now", "already"} for child in at.children)
            )
            return (told or (noun is not None and _is_definite(noun))) and not _denied_above(at)
        if "to" in aux or at.tag_ == "VB":
            # "Had to be cleared" has been, and "has to be" has not.
            made = at.head.lemma_.lower() == "have" and at.dep_ == "xcomp"
            if not (at.head != at and (made or at.head.lemma_.lower() in _BEGUN)):
                return False
        elif at.tag_ == "VBN":
            # A participle without an auxiliary: "a ship sunk off Tromso", "Two hurt in blast".
            return not _denied_above(at)
        ruler, words = _ruler(at)
        if any(_is_unreal(one) for one in words):
            return False
        if ruler is None:
            return now or (noun is not None and _is_definite(noun))
        if _is_unreal(ruler):
            return False
        at = ruler
    return False


def _denied_above(verb: Token) -> bool:
    """Whether a clause told in the past hangs on a word that denies or imagines it: "denied that they had fired"."""
    at = verb
    while at.dep_ == "conj" and at.head != at:
        at = at.head
    if at.dep_ not in {"ccomp", "acl", "xcomp"}:
        return False
    head = at.head
    # "Nobody knows who cut the cable": that it was cut is known.
    asked = any(child.tag_ in {"WP", "WRB"} for child in at.children)
    return head.lemma_.lower() in _DENIED or (head.pos_ == "VERB" and head.i < at.i and negated(head) and not asked)


def _ruler(at: Token) -> tuple[Token | None, list[Token]]:
    """The next verb above a word, and the words between the two."""
    words: list[Token] = []
    one = at
    while one.head != one:
        one = one.head
        if one.pos_ in {"VERB", "AUX"}:
            return one, words
        words.append(one)
    return None, words


def _governor(noun: Token) -> Token | None:
    return _ruler(noun)[0]


def _between(token: Token, top: Token) -> Iterator[Token]:
    at = token
    while at.head not in {at, top}:
        at = at.head
        yield at


def _is_unreal(word: Token) -> bool:
    return word.lemma_.lower() in happening_words().unreal and word.pos_ != "PROPN"


def _is_bare(noun: Token) -> bool:
    """Whether a noun that is counted stands alone in the singular, as in rules and policies: "fire, flood and collision"."""
    alone = all(child.dep_ in {"punct", "cc", "conj", "prep"} for child in noun.children)
    return (
        noun.tag_ == "NN"
        and alone
        and noun.dep_ != "nsubj"
        and not noun.lemma_.endswith(("ing", "fire", "arson", "sabotage"))
    )


def _is_definite(noun: Token) -> bool:
    """Whether a noun is one that is known or counted: "the blast", "Monday's raid", "two fires"."""
    return any(
        (child.dep_ == "det" and child.lower_ in {"the", "this", "that", "these", "those", "last"})
        or child.dep_ in {"poss", "nummod"}
        for child in noun.children
    )


def _is_title(line: Line) -> bool:
    return line.sentence.kind in {BlockKind.TITLE, BlockKind.HEADING}


def is_live(line: Line, report: Report) -> bool:
    """Whether a sentence stands in an entry that begins with the time of day."""
    return entry_of(line, report) is not None


def entry_of(line: Line, report: Report) -> int | None:
    """Where the live blog's entry that a sentence stands in begins, its own block or one of the two before it; None where none does."""
    for number in range(line.sentence.block, max(-1, line.sentence.block - 3), -1):
        if CLOCK.match(report.text, report.blocks[number].start, report.blocks[number].end):
            return report.blocks[number].start
    return None


def _is_question(token: Token) -> bool:
    """Whether the clause is asked and not told: "Did the dam burst?", and not "The dam burst. Why?"."""
    if not token.sent.text.rstrip().endswith("?"):
        return False
    root = token.sent.root
    first = next((one for one in subjects(root)), None)
    asks = any(child.dep_ == "aux" and first is not None and child.i < first.i for child in root.children)
    return asks and (root == token or root in token.ancestors) and token.dep_ not in {"relcl", "advcl", "conj"}
