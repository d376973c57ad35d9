"""What links two reports: passages that stand in both, by exact containment, and the verdict these give."""

from __future__ import annotations

from travaux.model import Kinship, Link, Report
from travaux.provenance.copies import Shared

# Chosen on the stories of tests/provenance/stories, on pairs of the encoder's training articles about one negotiation, and on the gold
# records; docs/provenance.md tells how the held-out stories had a part in that.
COPIED = 0.25
"""Containment outside quotation marks from which a report is a copy, given that the copied part holds the news."""
PASSED_ON = 0.1
"""Containment from which a shared origin is likely, on the same condition."""
COPIED_LEAD = 0.4
"""How much of either report's first part must be shared: agencies print old paragraphs again below new news."""
COPIED_WHOLE = 0.8
"""Containment from which it is a copy wherever the shared part stands."""


def copied_link(first: Report, second: Report, shared: Shared) -> Link | None:
    """The link of two reports that share passages, or None where these show nothing.

    1. "copy shown": a quarter of the shorter report's runs of three words stand in the other, outside quotation marks, and the
       news is among them; or nearly all of them do.
    2. "shared origin likely": a tenth of them do, the news among them.
    3. Old paragraphs that an agency prints again below new ones, and words that both quote, are no link.
    """
    kinship = kinship_of(shared.unquoted, shared.lead)
    if kinship is Kinship.NONE:
        return None
    longest = max((one.end - one.start for one in shared.passages), default=0)
    said = (
        f"{round(100 * shared.containment)} in 100 of the shorter report's runs of three words stand in the other; "
        f"{len(shared.passages)} shared {'passage' if len(shared.passages) == 1 else 'passages'}, "
        f"the longest of {longest} characters."
    )
    return link_between(first, second, kinship, shared, 0.0, said)


def kinship_of(unquoted: float, lead: float) -> Kinship:
    with_news = lead >= COPIED_LEAD
    if unquoted >= COPIED_WHOLE or (unquoted >= COPIED and with_news):
        return Kinship.COPY
    return Kinship.ORIGIN if unquoted >= PASSED_ON and with_news else Kinship.NONE


def link_between(first: Report, second: Report, kinship: Kinship, shared: Shared, likeness: float, says: str) -> Link:
    return Link(
        first.name,
        first.id,
        second.name,
        second.id,
        kinship,
        round(shared.containment, 4),
        round(likeness, 4),
        shared.passages,
        says,
    )
