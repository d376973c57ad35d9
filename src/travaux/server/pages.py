"""The pages that are looked at. Each is asked for by GET and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from travaux.analysis import positions_at
from travaux.analysis.judgements import held_judgements
from travaux.errors import UnknownName
from travaux.model import Family, Judgement
from travaux.naming import day_of
from travaux.record import Passage, passages, places, stands_in, terms_of
from travaux.server.at_hand import Around, Held
from travaux.server.beforehand import picture_through
from travaux.server.filters import Filters, Part, filters_of, part_of
from travaux.server.reading_pane import texts_of
from travaux.server.review_pages import ReviewPages
from travaux.server.terms import TermsPage
from travaux.server.terms_asked import canonical
from travaux.views.changed_positions import changes_since, usual_since
from travaux.views.matrix import Matrix, matrix_of
from travaux.views.page.contents import HeldPosition, Quoted

A_PAGE = 25
"""Statements on one page."""
OF_A_POSITION = 5
"""Statements shown of a position beside others; the rest are one click away."""
REPORTS = 50
EVENTS = 40
"""Shifts, conflicts, meetings or incidents on one page."""
FAMILIES, PASSAGES = 10, 12
"""Families on one page, and passages that two of their reports share."""
FOUND = 15
"""Reports with the words of a search that are shown, with places in each."""
PLACES = 3


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report with the words of a search: its first places, and how many more there are."""

    row: Any
    passages: Sequence[Passage]
    more: int


class Pages(ReviewPages):
    """The pages over one record."""

    # ------------------------------------------------------------------------------------------ overview

    def overview(self, request: Request) -> Response:
        """Figures, the matrix, and what changed."""
        held = self._held(request)
        as_of, since = _day(request, "as_of"), _day(request, "since")
        since = since or usual_since(held.contents.dates)
        contents = held.contents

        def matrix_then() -> Matrix:
            families = {report_id: family.id for report_id, family in contents.families.items()}
            positions = positions_at(contents.standing, contents.dates, as_of, families)
            return matrix_of(held.agenda, positions, as_of=as_of)

        matrix = held.matrix if as_of is None else held.once(("matrix", as_of), matrix_then)
        return self._page(
            request,
            "served/overview.html",
            "matrix",
            matrix=matrix,
            shown=held.shown if as_of is None else matrix.without_empty(),
            as_of=as_of,
            since=since,
            counts=held.counts,
            changes=since
            and held.once(("changes", since), lambda: changes_since(contents.standing, contents.dates, since)),
            rows_by_name=held.rows_by_name,
            runs=contents.view.runs,
        )

    # ------------------------------------------------------------------------------------------ options and parties

    def option(self, request: Request) -> Response:
        """Everything on one option, party by party; with ``party``, all of one party's statements on it."""
        held = self._held(request)
        option = held.agenda.option(request.path_params["option"])
        if option is None:
            raise UnknownName(f"no option {request.path_params['option']!r} on the agenda")
        row = next(row for row in held.matrix.rows if row.option.id == option.id)
        positions = [one for cell in row.cells if (one := held.contents.held(cell)) is not None]
        filters = filters_of(request.query_params, held.agenda)
        if filters.party:
            positions = [one for one in positions if one.cell.party.id == filters.party]
        part, shown, around = self._shown(request, positions, single=bool(filters.party))
        return self._page(
            request,
            "served/option.html",
            "option",
            issue=row.issue,
            option=option,
            positions=shown,
            filters=filters,
            part=part,
            around=around,
            most=OF_A_POSITION,
            silent=[cell.party for cell in row.cells if held.contents.held(cell) is None],
        )

    def party(self, request: Request) -> Response:
        """Everything of one party, option by option."""
        held = self._held(request)
        party = held.agenda.party(request.path_params["party"])
        if party is None:
            raise UnknownName(f"no party {request.path_params['party']!r} on the agenda")
        cells = [cell for row in held.matrix.rows for cell in row.cells if cell.party.id == party.id]
        positions = [one for cell in cells if (one := held.contents.held(cell)) is not None]
        _, shown, around = self._shown(request, positions, single=False)
        pairs = [pair for pair in held.network.pairs if party.id in (pair.first, pair.second)]
        return self._page(
            request,
            "served/party.html",
            "party",
            party=party,
            positions=shown,
            around=around,
            most=OF_A_POSITION,
            pairs=pairs,
        )

    def _shown(
        self, request: Request, positions: Sequence[HeldPosition], *, single: bool
    ) -> tuple[Part | None, list[tuple[HeldPosition, int]], dict[str, Around]]:
        """The statements of positions that fit on a page: a page of one position, or the first of each of several."""
        part = None
        shown = [(one, len(one.quoted)) for one in positions]
        if single and positions:
            (one,) = positions
            part = part_of(request.query_params, len(one.quoted), A_PAGE)
            shown = [(HeldPosition(one.cell, one.quoted[part.slice]), len(one.quoted))]
        elif len(positions) > 1 or any(len(one.quoted) > A_PAGE for one in positions):
            shown = [(HeldPosition(one.cell, one.quoted[:OF_A_POSITION]), len(one.quoted)) for one in positions]
        return part, shown, self._around([quoted for one, _ in shown for quoted in one.quoted])

    # ------------------------------------------------------------------------------------------ statements and reports

    def statement(self, request: Request) -> Response:
        """One statement, with what people decided on it."""
        held = self._held(request)
        quoted = self.quoted(held, request.path_params["statement"])
        made, holding = self._judgements_on(held, quoted)
        return self._page(
            request,
            "served/statement.html",
            "statement",
            quoted=quoted,
            around=self._around([quoted]),
            judgements=made,
            holding=holding,
        )

    def _judgements_on(self, held: Held, quoted: Quoted) -> tuple[Sequence[Judgement], set[int]]:
        """Every judgement that holds for a statement, and those made on it since taken back; the numbers of those that hold.

        Only its own report matters.
        """
        made = [one for one in self.at_hand.record.judgements() if one.report_id == quoted.row.id]
        beside = [one.judged.statement for one in held.contents.by_report.get(quoted.row.id, ())]
        identity = quoted.statement.id
        holding = held_judgements([*beside, quoted.judged.statement], made).get(identity, ())
        numbers = {one.number for one in holding}
        withdrawn = {one.number for one in made if one.statement == identity}
        return [one for one in made if one.number in numbers | withdrawn or one.withdraws in withdrawn], numbers

    def quoted(self, held: Held, identity: str) -> Quoted:
        """A statement of the record.

        Raises:
            UnknownName: there is none of that id.
        """
        found = held.contents.found(identity)
        if found is None:
            raise UnknownName(f"no statement {identity!r} in this record")
        return found

    def reports(self, request: Request) -> Response:
        """The list of reports."""
        held = self._held(request)
        query = request.query_params
        words, state, undated = query.get("q", ""), query.get("state", ""), query.get("dated") == "no"
        terms = terms_of(words)
        rows = [
            row
            for row in held.contents.view.rows
            if state in ("", row.state)
            and not (undated and row.published)
            and (not terms or stands_in(f"{row.title or ''} {row.name} {row.publisher or ''}", terms))
        ]
        part = part_of(query, len(rows), REPORTS)
        return self._page(
            request,
            "served/reports.html",
            "reports",
            rows=rows[part.slice],
            numbers=held.contents.by_report,
            part=part,
            words=words,
            state=state,
            undated=undated,
            added=int(told) if (told := query.get("added", "")).isdecimal() and len(told) < 6 else 0,
            waiting=sum(1 for row in held.contents.view.rows if row.state == "new"),
        )

    def report(self, request: Request) -> Response:
        """A report as received, with what was read in it; ``beside`` puts another report next to it."""
        held = self._held(request)
        identity, query = request.path_params["report"], request.query_params
        contents, store = held.contents, self.at_hand.record.store
        if identity not in contents.rows:
            raise UnknownName(f"no report {identity!r} in this record")
        shown = texts_of(contents, store.report, identity, query.get("beside", ""), query.get("words", ""))
        quoted = contents.by_report.get(identity, [])
        return self._page(request, "served/report.html", "report", text=shown[0], other=shown[1], quoted=quoted)

    # ------------------------------------------------------------------------------------------ timeline, network, search

    def timeline(self, request: Request) -> Response:
        """Who said what when, as far as the filters let it through."""
        held = self._held(request)
        filters = filters_of(request.query_params, held.agenda)

        return self._page(
            request,
            "served/timeline.html",
            "timeline",
            filters=filters,
            picture=picture_through(filters, held),
        )

    def network(self, request: Request) -> Response:
        """Who sides with whom."""
        return self._page(request, "served/network.html", "network", network=self._held(request).network)

    def across(self, request: Request) -> Response:
        """Shifts and conflicts."""
        view = self._held(request).contents.view
        return self._whole(request, "across", view.shifts, view.conflicts)

    def happenings(self, request: Request) -> Response:
        """Meetings and incidents."""
        view = self._held(request).contents.view
        return self._whole(request, "happenings", view.meetings, view.incidents)

    def terms(self, request: Request) -> Response:
        """Term sheet and packages, with what is supposed in them."""
        address = canonical(request.query_params)
        if address is not None:
            return RedirectResponse(address, 303)
        held = self._held(request)
        view = held.contents.view.agreement
        given = TermsPage(self.at_hand.record, held, view).given(request) if view is not None else {}
        return self._page(request, "served/terms.html", "terms", **{"agreement": None, **given})

    def terms_file(self, request: Request) -> Response:
        """The sheet or the packages, as the page shows them, as a file."""
        held = self.at_hand.held
        view, name = held.contents.view.agreement, request.url.path.strip("/").partition(".")[0]
        if view is None:
            raise UnknownName("the agenda has no instrument, so there is no term sheet")
        return TermsPage(self.at_hand.record, held, view).csv(request, name)

    def families(self, request: Request) -> Response:
        """Reports that derive from one text, the passages they share side by side."""
        held = self._held(request)
        families = held.contents.view.families
        asked = request.query_params.get("at", "").partition("-")[2]
        part = part_of(request.query_params, len(families), FAMILIES, showing=_place_of(asked, [families]))
        shown = families[part.slice]
        return self._page(
            request,
            "served/families.html",
            "families",
            families=shown,
            part=part,
            rows_by_name=held.rows_by_name,
            shared=self._shared(shown),
        )

    def _shared(self, families: Sequence[Family]) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """What stands in both reports of a link, by the two ids."""
        texts = {name: self.at_hand.record.store.report(name).text for one in families for name in one.report_ids}
        return {
            (link.first_id, link.second_id): [
                (texts[link.first_id][one.start : one.end], texts[link.second_id][one.other_start : one.other_end])
                for one in link.passages[:PASSAGES]
            ]
            for family in families
            for link in family.links
        }

    def _whole(self, request: Request, name: str, *lists: Sequence[object]) -> Response:
        view = self._held(request).contents.view
        at = request.query_params.get("at", "").partition("-")[2]
        part = part_of(request.query_params, max(map(len, lists), default=0), EVENTS, showing=_place_of(at, lists))
        return self._page(request, f"served/{name}.html", name, view=view, agreement=view.agreement, part=part)

    def search(self, request: Request) -> Response:
        """Words in reports and statements, and statements by filters alone."""
        held = self._held(request)
        query = request.query_params
        filters = filters_of(query, held.agenda)
        words = query.get("q", "")
        terms = terms_of(words)
        reports: list[FoundReport] = []
        number = 0
        quoted = list(held.contents.by_id.values())
        if terms:
            identities = self.at_hand.record.store.reports_with(terms)
            listed = [held.contents.rows[one] for one in identities if one in held.contents.rows]
            listed = [row for row in listed if _report_passes(filters, row)]
            number = len(listed)
            reports = [self._found(row, terms) for row in listed[:FOUND]]
            # A statement's words stand in its report, so that only statements of these reports can have them all.
            among = [one for row in listed for one in held.contents.by_report.get(row.id, ())]
            quoted = [one for one in among if stands_in(_words_of(one), terms)]
        asked = bool(terms) or not filters.is_empty or query.get("all") == "yes"
        statements = filters.of(quoted) if asked else []
        part = part_of(query, len(statements), A_PAGE)
        shown = statements[part.slice]
        return self._page(
            request,
            "served/search.html",
            "search",
            words=words,
            filters=filters,
            asked=asked,
            query=filters.query(q=words, all="yes" if query.get("all") == "yes" else ""),
            reports=reports,
            number=number,
            part=part,
            statements=shown,
            around=self._around(shown),
        )

    def _found(self, row: Any, terms: Any) -> FoundReport:
        text = self.at_hand.record.store.report(row.id).text
        found = list(passages(text, places(text, terms)))
        return FoundReport(row, found[:PLACES], max(0, len(found) - PLACES))


def _place_of(identity: str, lists: Sequence[Sequence[Any]]) -> int | None:
    """At which place of the lists something stands; None where nobody asks, or where it is gone."""
    return next((place for ones in lists for place, one in enumerate(ones) if identity and one.id == identity), None)


def _report_passes(filters: Filters, row: Any) -> bool:
    """Whether a report fits those of the filters that are about reports."""
    return filters.publisher in ("", row.publisher) and filters.passes_day(row.published)


def _words_of(quoted: Quoted) -> str:
    one = quoted.statement
    return " ".join(word for word in (one.quote, one.speaker, one.condition, one.via_name) if word)


def _day(request: Request, name: str) -> date | None:
    return day_of(request.query_params.get(name) or None)
