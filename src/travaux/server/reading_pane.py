"""What the page of a report shows: its text, another one beside it where somebody asks, and words that are linked to."""

from __future__ import annotations

import re
from collections.abc import Callable

from travaux.errors import RequestError, UnknownName
from travaux.model import Report
from travaux.server.beforehand import LINKS
from travaux.views.page.contents import Contents
from travaux.views.page.kin import Kin, kin_of, nearest, twins
from travaux.views.page.reading_pane import ReportText, report_text
from travaux.views.page.segments import Span

HERE, THERE = "shared", "other"
"""How the anchors of shared passages begin in a report and in the one beside it."""


def texts_of(
    contents: Contents, report: Callable[[str], Report], identity: str, beside: str, words: str
) -> tuple[ReportText, ReportText | None]:
    """The text of a report, and of the one beside it, their shared passages marked.

    Alone, the passages that it shares with its nearest kin are marked, and each leads to that report beside it.

    Args:
        report: gives a report by its id.
        beside: the other report's id; empty for none.
        words: ``120-180``, words to point out; empty for none.

    Raises:
        UnknownName: no report of that id. RequestError: no such words.
    """
    kin = kin_of(identity, contents.families.get(identity), contents.rows)
    own = report(identity)
    named = [_words(words, own)] if words else []
    if not beside:
        near = nearest(kin)
        there = f"{LINKS.beside(identity, near.row.id)}#{THERE}" if near else ""
        return report_text(contents, own, twins(near, HERE, there) if near else (), named), None
    if beside not in contents.rows or beside == identity:
        raise UnknownName(f"no report {beside!r} to put beside this one")
    unrelated = Kin(contents.rows[beside], None, (), False)
    chosen = next((one for one in kin if one.row.id == beside), unrelated)
    back = next(
        (one for one in kin_of(beside, contents.families.get(beside), contents.rows) if one.row.id == identity),
        Kin(contents.rows[identity], None, (), False),
    )
    text = report_text(contents, own, twins(chosen, HERE, f"#{THERE}"), named)
    return text, report_text(contents, report(beside), twins(back, THERE, f"#{HERE}"))


def _words(asked: str, report: Report) -> Span:
    found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", asked)
    span = (int(found[1]), int(found[2])) if found else (0, 0)
    if not span[0] < span[1] <= len(report.text):
        raise RequestError(f"no words {asked[:40]!r} in this report", remedy="two places in its text: 120-180")
    return *span, "words"
