"""The pages to work in: what waits for a person, the same without an answer in sight, and the agenda."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from travaux.server.at_hand import Held
from travaux.server.beforehand import waiting_through
from travaux.server.blind import blind_asked, blind_queue, revealed
from travaux.server.edits import edit_of, edits_made
from travaux.server.filters import Filters, filters_of, part_of
from travaux.server.page_making import PageMaking

WAITING = 8
"""Statements of the queue on one page."""
EDIT_FIELDS = ("edit", "issue", "says", "words", "id", "gone", "kept", "party", "name", "person")


class ReviewPages(PageMaking):
    """The pages of review and of the agenda."""

    def review(self, request: Request) -> Response:
        """What waits for a person, most urgent first, and how far reviewers agree."""
        held = self._held(request)
        query = request.query_params
        order, mine = query.get("order") or "priority", query.get("for", "")
        filters = filters_of(query, held.agenda)
        if query.get("blind"):
            return self._blind(request, held, filters)
        waiting = held.once(("waiting", order, mine, filters), lambda: waiting_through(filters, held, order, mine))
        part = part_of(query, len(waiting), WAITING)
        shown = waiting[part.slice]
        return self._page(
            request,
            "served/review.html",
            "review",
            waiting=shown,
            around=self._around([quoted for _, quoted in shown]),
            part=part,
            filters=filters,
            order=order,
            mine=mine,
            tallies=held.asked("tallies", lambda record: record.reviewers()),
            agreement=held.asked("agreement", lambda record: record.reviewer_agreement()),
            blind=held.asked("blind agreement", lambda record: record.blind_agreement()),
            orphaned=held.asked("orphaned", lambda record: record.orphaned()),
        )

    def _blind(self, request: Request, held: Held, filters: Filters) -> Response:
        """What one reviewer can judge without seeing what was read or decided; nothing else is told."""
        around = request.state.around
        asked = blind_asked(request.query_params, around["reviewer"])
        found = blind_queue(self.at_hand.record, held, asked, filters)
        part = part_of(request.query_params, len(found.waiting), WAITING)
        shown = found.waiting[part.slice]
        return self._page(
            request,
            "served/blind.html",
            "review",
            waiting=shown,
            around={
                one.id: self.at_hand.around(one.report_id, [(one.start, one.end)])[one.start, one.end] for one in shown
            },
            part=part,
            total=found.total,
            filters=filters,
            asked=asked,
            read=revealed(around["done"], held),
        )

    def agenda(self, request: Request) -> Response:
        """The agenda, its edits, and what one of them would change."""
        held = self._held(request)
        edit = edit_of(lambda name: request.query_params.get(name, "").strip())
        preview = self.at_hand.record.preview_edit(edit) if edit else None
        given = {name: value for name, value in request.query_params.items() if name in EDIT_FIELDS}
        return self._page(
            request,
            "served/agenda.html",
            "agenda",
            preview=preview,
            given=given,
            problems=held.once("problems", self._problems),
            **edits_made(self.at_hand.record),
        )

    def _problems(self) -> list[str]:
        from travaux.agenda.loading import check_agenda
        from travaux.api import AGENDA_NAME

        found = check_agenda(self.at_hand.record.folder / AGENDA_NAME)
        return [f"{one.message} ({one.remedy})" if one.remedy else one.message for one in found]
