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
AS_ONE = "all to 0"
"""The value of a vote that nobody was against, where the votes for are not told."""

_NUMBER = r"(?:\d{1,3}(?:,\d{3})*|[a-z]+(?:-[a-z]+)?)"
_VOTES = re.compile(
    rf"\b(?P<for>{_NUMBER})(?:\s+votes?)?\s*(?:to|against|[-–])\s*(?P<against>{_NUMBER})(?:\s+votes?\b|\s+against\b)?",
    re.IGNORECASE,
)
_IN_FULL = re.compile(r"\b\d+ votes? (?:to|against) \w+", re.IGNORECASE)
_DECIDED = re.compile(r"\b(?:adopt|approv|pass|vot|ratif|elect|endors|accept|back|agreed to)\w*", re.IGNORECASE)
_NONE = {"none", "nil", "nobody", "zero"}
_AS_ONE = re.compile(
    r"\bunanim(?:ously|ous|ity)\b|\bwithout a (?:single )?(?:dissenting vote|vote against)\b|\bnobody voted against\b",
    re.IGNORECASE,
)
_VOTED = re.compile(r"\bvot\w+|\bballot|\badopt\w+|\bpassed\b|\bmajority\b|\babst\w+", re.IGNORECASE)


def tallies_told(lines: Sequence[Line], report: Report) -> Iterator[Fact]:
    """The votes for and against that a report gives, in the order of the text; the first of a sentence."""
    for line in lines:
        quote = report.text[line.sentence.start : line.sentence.end]
        if not (_VOTED.search(quote) or _AS_ONE.search(quote) or _IN_FULL.search(quote)):
            continue
        as_one = _AS_ONE.search(quote)
        if as_one is not None and _DECIDED.search(quote):
            figure = Figure("votes against", as_one.group(), 0.0, 0.0)
            yield told_fact(line, report, FactKind.NUMBER, TALLY, _words(line), AS_ONE, figure)
            continue
        for found in _VOTES.finditer(quote):
            values = [0.0 if found[side].lower() in _NONE else number_value(found[side]) for side in ("for", "against")]
            near = quote[max(0, found.start() - 12) : found.end() + 8]
            if None in values or not re.search(r"vot|ballot|\b(?:by|with|of)\s+\d", near, re.IGNORECASE):
                continue
            favour, against = values
            figure = Figure("votes against", found["against"], against, against)
            value = f"{favour:g} to {against:g}"
            yield told_fact(line, report, FactKind.NUMBER, TALLY, _words(line), value, figure)
            break


def _words(line: Line) -> tuple[str, ...]:
    """The words that tell which vote it was."""
    return tuple(
        sorted(
            {
                token.lemma_.lower()
                for token in line.sentence.span
                if token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ"}
                and len(token.text) > 2
                and token.lemma_.lower() not in _PLAIN
            }
        )
    )


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
