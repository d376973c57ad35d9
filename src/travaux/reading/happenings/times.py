"""When a meeting is by the words of its sentence: those that hang on it, without the day of a dateline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from travaux.model import BlockKind, Report
from travaux.reading.happenings.days import TimeWords, base_day, day_meant, is_of_time, time_words
from travaux.reading.happenings.grammar import auxiliaries, clause_verb, objects, token_at
from travaux.reading.happenings.so_far import SoFar
from travaux.reading.happenings.triggers import inner_noun, is_phrase
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line

if TYPE_CHECKING:
    from spacy.tokens import Token


def times_in(line: Line, so_far: SoFar) -> list[TimeWords]:
    """The time words of a sentence, without the day of a dateline."""
    found = time_words(so_far.report.text, line.sentence.start, line.sentence.end)
    return [one for one in found if one.start >= so_far.scene.told_from]


def time_of(token: Token, line: Line, so_far: SoFar) -> TimeWords | None:
    """The time words that belong to a meeting: those that hang on it, else on its clause's verb, else none."""
    report = so_far.report
    words = [one for one in times_in(line, so_far) if not is_since(one, report)]
    if not words:
        return None
    verb = clause_verb(token)
    if len(words) == 1 and (verb is None or is_phrase(token)):
        return words[0]
    beside = token.dep_ == "pobj" and token.head.lower_ in {"after", "since", "following", "before", "from"}
    aim = token.head if token.dep_ in {"advcl", "xcomp"} and "to" in auxiliaries(token) else None
    for top in (token, None if beside else verb, aim):
        if top is None:
            continue
        for one in words:
            at = token_at(line, one.start)
            if at is not None and not _is_anothers(at, token) and reaches(at, top, token):
                return one
    return None


def _is_anothers(word: Token, trigger: Token) -> bool:
    """Whether a day says which of other things is meant: "Sunday matches come before the court"."""
    of = word.head
    return word.dep_ in {"compound", "nmod"} and of.pos_ == "NOUN" and of != trigger and not is_of_time(of)


def only_time(line: Line, report: Report) -> TimeWords | None:
    """The time words of a sentence that has them once."""
    words = time_words(report.text, line.sentence.start, line.sentence.end)
    return words[0] if len(words) == 1 else None


def is_since(words: TimeWords, report: Report) -> bool:
    """Whether time words say from when on something is so: "for the first time since March"."""
    return re.search(
        r"\bsince\s*\Z", report.text[max(0, words.start - 8) : words.start], re.IGNORECASE
    ) is not None or (report.text[words.start : words.end].lower().startswith("since"))


def reaches(token: Token, top: Token, trigger: Token) -> bool:
    """Whether a word hangs on another with no verb between ("set for" beside a meeting is none), and on no other meeting."""
    at = token
    while at != top:
        if at.head == at:
            return False
        at = at.head
        beside = (at.dep_ == "relcl" and at.head == trigger) or (
            at.dep_ == "acl"
            and (
                at.head in (trigger, inner_noun(trigger))
                or (at.tag_ == "VBN" and at.head in trigger.subtree)
                or at.lemma_.lower() in happening_words().status["planned"]
            )
        )
        other = at not in (trigger, inner_noun(trigger)) and at.lemma_.lower() in happening_words().meeting_nouns
        # "Talks are to resume in May": the verb that completes the clause's own.
        completes = at.dep_ == "xcomp" and (at.head == top or at.head.dep_ in {"amod", "relcl"}) and not objects(at)
        if at != top and ((at.pos_ == "VERB" and not (beside or completes)) or other):
            return False
    return True


def is_told_now(line: Line, words: TimeWords | None, so_far: SoFar) -> bool:
    """Whether a heading tells in the present tense what has been on the report's own day."""
    base = base_day(so_far.report)
    if words is None or base is None or line.sentence.kind not in {BlockKind.TITLE, BlockKind.HEADING}:
        return False
    day = day_meant(words, base, ahead=False)
    if re.search(r"\b(?:as it happened|hour by hour)\b", line.sentence.span.text, re.IGNORECASE):
        return True
    return day == base.isoformat() and (so_far.scene.on_the_spot or words.kind in {"full", "day"})
