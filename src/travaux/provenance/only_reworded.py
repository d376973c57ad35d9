"""What a text generator's rewording tells flatly that no other report of its family tells: a decision taken, or what is to come.

Whoever leaves a note about its own task in a text has had it made from another one. What stands there and not in what it was made
from has been made up, or has lost whoever said it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from travaux.model import Agenda, BlockKind, Flag, FlagKind, Link
from travaux.provenance.told_in_family import Member, SharedWords
from travaux.provenance.visible import flag_of

# Chosen on the gold records; little changes where they are a tenth larger or smaller.
DONE_ELSEWHERE, AHEAD_ELSEWHERE = 0.5, 0.2
"""Share of a sentence's telling words, by weight, that another report has in one of its own, from which it tells the same."""

_DONE = re.compile(
    r"\b(?:has|have) (?:now |already |also |finally |formally |since |officially )*been (?:\w+ly )?"
    r"(?:agreed|accepted|approved|settled|sealed|ratified|signed|endorsed|adopted|fixed|cancell?ed|concluded|finali[sz]ed|set"
    r"|scheduled|confirmed|reached|lifted|dropped|abandoned|withdrawn|rejected|guaranteed|initialled|called off|postponed"
    r"|suspended|granted|appointed|named|closed|passed|enacted)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"(?<!\bthe )(?<!\ba )(?<!\bpolitical )(?<!\bgood )(?<!\bfree )(?<!\bown )(?<!\bno )"
    r"\b(?:will(?! (?:of|among)\b)|(?:is|are) (?:set|due|going|poised|about|slated) to"
    r"|(?:is|are) (?:widely |generally |soon )?expected)\b(?: \w+)?",
    re.IGNORECASE,
)
# What a generator ends with says nothing that could be checked, and what is made clear by somebody is vouched for.
_NOTHING_TOLD = re.compile(
    r"^\W*(?:In (?:conclusion|summary|short|closing|sum)|Overall|Ultimately|To sum up|All in all)\b"
    r"|\bremains? to be seen\b|\bwill (?:show|tell)\b|\b(?:made|makes) (?:it )?(?:clear|plain|known)\b|\?\W*$",
    re.IGNORECASE,
)


def told_alone(members: Mapping[str, Member], links: Iterable[Link], agenda: Agenda | None) -> Iterator[Flag]:
    """The flags of what generated members of a family tell and none that they share text with does.

    Args:
        members: of one family by report id, those that are no word-for-word copies. links: which of them share text.
    """
    linked: dict[str, list[Member]] = defaultdict(list)
    for link in links:
        for own, other in ((link.first_id, link.second_id), (link.second_id, link.first_id)):
            if own in members and other in members and not _is_generated(members[other]):
                linked[own].append(members[other])
    for report_id, others in linked.items():
        made = members[report_id]
        if not _is_generated(made):
            continue
        shared = [SharedWords(one, made, agenda) for one in others]
        for number, (start, end) in enumerate(made.places):
            words = made.report.text[start:end]
            if made.vouched[number] or _NOTHING_TOLD.search(words):
                continue
            found, elsewhere = _DONE.search(words), DONE_ELSEWHERE
            if found is None:
                found, elsewhere = _AHEAD.search(words), AHEAD_ELSEWHERE
            if found is None or _share_elsewhere(made.stems[number], others, shared) >= elsewhere:
                continue
            says = f"“{found.group()}” is told flatly: nobody says so, and no other report of the family tells it"
            yield flag_of(made.report, FlagKind.NO_SOURCE, start, end, says)


def _is_generated(member: Member) -> bool:
    return any(block.kind is BlockKind.LEFTOVER for block in member.report.blocks)


def _share_elsewhere(own: frozenset[int], others: Sequence[Member], shared: Sequence[SharedWords]) -> float:
    """The largest share of a sentence's telling words that a sentence of another report has."""
    shares = [
        words.by(own, stems) / weight
        for other, words in zip(others, shared, strict=True)
        if (weight := words.weight(own)) > 0.0
        for stems in other.stems
    ]
    return max(shares, default=1.0)  # a sentence without a telling word tells nothing that could be elsewhere
