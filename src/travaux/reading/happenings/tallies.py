"""The votes of a body: "by 19 votes to 3", "212 to 87", "a vote of 14-3", with the words that tell which vote it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from travaux.happening import Fact, FactKind, Figure
from travaux.model import Report
from travaux.reading.happenings.figures import number_value
from travaux.reading.happenings.told_facts import told_fact
from travaux.reading.line import Line

TALLY = "votes for and against"
"""The subject of these facts."""

_NUMBER = r"(?:\d{1,3}(?:,\d{3})*|[a-z]+(?:-[a-z]+)?)"
_VOTES = re.compile(
    rf"\b(?P<for>{_NUMBER})(?:\s+votes?)?\s*(?:to|against|[-–])\s*(?P<against>{_NUMBER})(?:\s+votes?\b|\s+against\b)?",
    re.IGNORECASE,
)
_VOTED = re.compile(r"\bvot\w+|\bballot|\badopt\w+|\bpassed\b|\bmajority\b|\babst\w+", re.IGNORECASE)


def tallies_told(lines: Sequence[Line], report: Report) -> Iterator[Fact]:
    """The votes for and against that a report gives, in the order of the text; the first of a sentence."""
    for line in lines:
        quote = report.text[line.sentence.start : line.sentence.end]
        if not _VOTED.search(quote):
            continue
        for found in _VOTES.finditer(quote):
            values = [number_value(found[side]) for side in ("for", "against")]
            if None in values or not re.search(
                r"vot|ballot|^\s*(?:by|to)\b", quote[max(0, found.start() - 12) : found.end() + 8], re.IGNORECASE
            ):
                continue
            favour, against = values
            figure = Figure("votes against", found["against"], against, against)
            words = {
                token.lemma_.lower()
                for token in line.sentence.span
                if token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ"}
                and len(token.text) > 2
                and token.lemma_.lower() not in _PLAIN
            }
            value = f"{favour:g} to {against:g}"
            yield told_fact(line, report, FactKind.NUMBER, TALLY, tuple(sorted(words)), value, figure)
            break


_PLAIN = {
    "vote",
    "votes",
    "adopt",
    "member",
    "majority",
    "abstention",
    "abstain",
    "say",
    "have",
    "pass",
    "report",
    "tell",
    "day",
    "week",
}
