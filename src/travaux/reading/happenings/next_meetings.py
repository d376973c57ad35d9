"""Whether another meeting is settled, by a report's words: fixed, announced by somebody, or still open.

Told of "another session", "the next round", "they will meet again": what a report on talks says at its end. A sentence that leaves the
date open may name no meeting itself where the one before it does ("Talks are to resume. Neither a place nor a day has been set.").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from travaux.happening import Fact, FactKind
from travaux.model import Report
from travaux.reading.happenings.told_facts import told_fact
from travaux.reading.line import Line

NEXT_MEETING = "next meeting"
"""The subject of these facts: a record is about one negotiation, and there is one next meeting at a time."""

_MEETING = r"(?:sessions?|meetings?|rounds?|talks|summits?|negotiations|conferences?)"
_AGAIN = re.compile(
    rf"\b(?:another|next|new|further|fresh|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s(?:[a-z]+\s)?{_MEETING}\b"
    r"|\b(?:meet|sit down|come together|get together|convene)\s(?:once\s)?(?:again|anew|more)\b"
    r"|\breconvene\w*|\breturn to the (?:negotiating )?table\b"
    rf"|\b{_MEETING}\s(?:is|are|will|would|were|was)\s(?:to\s)?(?:be\s)?(?:resume|continue|go on)\w*",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:no|neither|without)\s(?:(?:a|an|the|any|naming|setting|fixing|new|firm|exact)\s){0,2}(?:dates?|places?|venues?|days?|time)\b"
    r"|\b(?:no|not|nothing|nobody)\b[^.;]{0,40}\b(?:agreed|settled|fixed|scheduled|set|announced|planned|decided)\b"
    r"|\b(?:nobody|no one)\s(?:knows|knew|could say|can say|would say)\s(?:when|where|whether)\b"
    r"|\bremains? (?:open|unclear|unsettled)\b"
    r"|\byet to be (?:agreed|settled|fixed|scheduled|set|announced|decided)\b",
    re.IGNORECASE,
)
_FIXED = re.compile(
    r"\b(?:is|are|was|has been|have been)\s(?:now\s|already\s|all\s)?(?:settled|agreed|fixed|scheduled|certain)\b|\bhave agreed to\b"
    r"|\bagreed (?:for|on)\b",
    re.IGNORECASE,
)
_COMING = re.compile(r"\b(?:will|is to|are to)\b", re.IGNORECASE)
_HEDGED = re.compile(
    r"\b(?:may|might|could|would|should|if|unless|whether|hope\w*|wants?|wanted|ask\w*|call\w*|propos\w*|not|no|never)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|told|tells|announc\w+|confirm\w+|according to|declar\w+|wrote|stated|reported|adds?|added)\b",
    re.IGNORECASE,
)


class Settled(StrEnum):
    """How far another meeting is settled by a sentence."""

    OPEN = "open"
    FIXED = "settled"  # in the report's own voice
    ANNOUNCED = "announced"  # on somebody's word, or with no more than "will"


def next_meetings_told(lines: Sequence[Line], report: Report) -> Iterator[Fact]:
    """What a report says of another meeting of those who negotiate, in the order of the text."""
    before = ""
    for line in lines:
        start, end = line.sentence.start, line.sentence.end
        words = report.text[start:end]
        settled = _settled(words, before)
        before = words
        if settled is not None:
            yield told_fact(line, report, FactKind.STATUS, NEXT_MEETING, (), str(settled))


def _settled(words: str, before: str) -> Settled | None:
    if words.rstrip().endswith("?"):
        return None
    if _OPEN.search(words):
        return Settled.OPEN if _AGAIN.search(words) or (len(words) < 100 and _AGAIN.search(before)) else None
    if not _AGAIN.search(words) or _HEDGED.search(words):
        return None
    if _FIXED.search(words):
        return Settled.ANNOUNCED if _SAID.search(words) else Settled.FIXED
    return Settled.ANNOUNCED if _COMING.search(words) else None
