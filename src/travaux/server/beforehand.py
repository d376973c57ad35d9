"""What takes long for a page of a large record: made once, where it can be before anybody asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from markupsafe import Markup

from travaux.analysis.queue import Waiting
from travaux.server.at_hand import Held
from travaux.server.filters import Filters
from travaux.views.page.contents import Quoted, dated_beside
from travaux.views.page.links import ServerLinks
from travaux.views.page.rendering import rendered
from travaux.views.timeline import TimelineView, Told, timeline_of

Thing = TypeVar("Thing")
LINKS = ServerLinks()


def timeline_through(filters: Filters, held: Held) -> TimelineView:
    """The timeline of the statements that filters let through, and of what lies beside them."""
    contents = held.contents
    by_party = held.once("by party", lambda: _by_party((one, one) for one in contents.by_id.values()))
    quoted = filters.of(by_party.get(filters.party, []))
    beside = dated_beside(contents, filters.party, filters.option)
    told = (Told(one.statement, one.row) for one in quoted)
    return timeline_of(contents.view.agenda.parties, told, beside, first=filters.first, last=filters.last)


def picture_through(filters: Filters, held: Held) -> Markup:
    """That timeline as it stands on its page."""

    def drawn() -> Markup:
        timeline = timeline_through(filters, held)
        return Markup(rendered("served/picture.html", timeline=timeline, links=LINKS, names=held.contents))

    return held.once(("picture", filters), drawn)


def waiting_through(filters: Filters, held: Held, order: str, mine: str) -> list[tuple[Waiting, Quoted]]:
    """What waits for a person, as far as the filters let it through."""

    def grouped() -> dict[str, list[tuple[Waiting, Quoted]]]:
        found = held.asked(("queue", order, mine), lambda record: record.queue(reviewer=mine or None, order=order))
        listed = ((one, held.contents.found(one.judged.effective.id)) for one in found)
        return _by_party(((one, quoted), quoted) for one, quoted in listed if quoted is not None)

    by_party = held.once(("waiting by party", order, mine), grouped)
    return [one for one in by_party.get(filters.party, []) if filters.is_empty or filters.passes(one[1])]


def _by_party(things: Iterable[tuple[Thing, Quoted]]) -> dict[str, list[Thing]]:
    """Things by the party of the statement that goes with each, in the order given; all of them by the empty word."""
    found: dict[str, list[Thing]] = defaultdict(list)
    for thing, quoted in things:
        found[quoted.statement.party].append(thing)
        found[""].append(thing)
    return dict(found)


def worked_out(held: Held) -> None:
    """Work out beforehand what takes long and the first who looks would wait for."""
    waiting_through(Filters(), held, "priority", "")
    held.asked("tallies", lambda record: record.reviewers())
    held.asked("agreement", lambda record: record.reviewer_agreement())
    held.asked("blind agreement", lambda record: record.blind_agreement())
    held.asked("orphaned", lambda record: record.orphaned())
    for party in ("", *(party.id for party in held.agenda.parties)):
        picture_through(Filters(party=party), held)
    _ = held.shown, held.counts, held.network, held.rows_by_name
