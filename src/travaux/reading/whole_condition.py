"""What the encoder takes for a condition, made whole: it marks words, and may begin in mid-clause or stop before its end.

The condition runs from the mark that opens it to the end of its clause, by the grammar; words that nothing opens are none.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from travaux.reading.condition import INVERTED, PARTICIPLES, marks, opens_clause, stretch

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CAUSES = {"because", "although", "though", "whereas"}
HIGHEST = 3
"""How many words up from what looks like a condition the clause is looked for that it belongs to."""
FARTHEST = 8
"""Words at most between that clause's mark and what looks like a condition."""


def completed(part: Span) -> tuple[int, int] | None:
    """Words that look like a condition, from the mark that opens them to the end of their clause; None where nothing does.

    Returns:
        The first and the last token's numbers.
    """
    first = opening(part)
    if first is None or first.lower_ in CAUSES:
        return None
    last = part[-1]
    if first.i == part.start and last.head.i <= last.i and not any(not child.is_punct for child in last.rights):
        return first.i, last.i
    comma = next((token.i for token in part.doc[part.end : part.sent.end] if token.text == ","), part.sent.end)
    return first.i, max(last.i, min(stretch(first, first)[1], comma - 1))


def opening(part: Span) -> Token | None:
    """The mark of what looks like a condition: across its beginning, at it, before it in its clause, or else inside it."""
    across = mark_over(part[0])
    if across is not None or opens(part[0]):
        return across or part[0]
    above_it = itertools.islice(part.root.ancestors, HIGHEST)
    edges = [token.left_edge for token in (part.root, *above_it) if token.dep_ in {"advcl", "prep", "pcomp"}]
    before = (edge for edge in edges if 0 < part.start - edge.i <= FARTHEST and begins_clause(edge))
    found = next(before, None) or next((token for token in part if begins_clause(token)), None)
    return None if found is None else mark_over(found) or found


def mark_over(token: Token) -> Token | None:
    """The first word of a mark of the lexicon that begins before a word and reaches it or the space before it."""
    sentence = token.sent
    start = token.idx - sentence.start_char
    for match in marks().finditer(sentence.text):
        mark = sentence.char_span(match.start(), match.end())
        if mark is not None and match.start() < start <= match.end() + 1:
            return mark[0]
    return None


def opens(token: Token) -> bool:
    """Whether a condition may begin here: with a mark, a preposition, a conjunction or an adverb."""
    if token.lower_ in PARTICIPLES:
        return opens_clause(token)
    return token.tag_ in {"IN", "RB", "WRB"} or token.lower_ in INVERTED or marked(token)


def begins_clause(token: Token) -> bool:
    """Whether a clause or phrase begins here that its first word makes a condition, a time or a cause."""
    return token.dep_ == "mark" or token.tag_ == "WRB" or (marked(token) and opens(token))


def marked(token: Token) -> bool:
    """Whether one of the lexicon's marks begins here."""
    return marks().match(token.sent.text, token.idx - token.sent.start_char) is not None
