"""The page on the agreement: its term sheet beside references, two dates or drafts, packages, and what is supposed in them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from travaux.analysis.agreement import (
    SUPPOSABLE,
    ImpossibleRules,
    Opening,
    WeighedPackage,
    WhatIf,
    openings,
    reference_named,
)
from travaux.errors import RequestError, UnknownName
from travaux.server.terms_asked import TermsAsked, terms_asked
from travaux.views.agreement import AgreementView
from travaux.views.package_table import PackageRow, ordered_packages, package_rows_of

if TYPE_CHECKING:
    from travaux.analysis.agreement import DealSpace, TermPair, TermSheet
    from travaux.api import Record
    from travaux.exchange.columns import Table
    from travaux.server.at_hand import Held

MOST_OPENINGS = 40
"""Objections for which it is worked out what each would open if it alone moved."""


@dataclass(frozen=True, slots=True)
class DealView:
    """What the page shows of the packages.

    Attributes:
        space: what is shown: with what is supposed, where anything is.
        what_if: before and after; None where nothing is supposed.
        rows: in the order and as far as the filters asked for; listed: how many there are without the filters.
        alone: what each objection would open if it alone moved, by party and option.
        weighed: by an analyst's weights, where terms.yaml has any.
        opened: packages that are open only with what is supposed.
        problem: why there are no packages to show, in a line; empty where there are.
    """

    space: DealSpace
    what_if: WhatIf | None = None
    rows: Sequence[PackageRow] = ()
    listed: int = 0
    alone: Mapping[tuple[str, str], Opening] | None = None
    weighed: Sequence[WeighedPackage] = ()
    opened: frozenset[tuple[str, ...]] = frozenset()
    problem: str = ""


class TermsPage:
    """The page's view of one record.

    Args:
        held: the record as it was at one moment; what takes long is worked out once for it.
    """

    def __init__(self, record: Record, held: Held, agreement: AgreementView):
        self.record, self.held, self.agreement = record, held, agreement

    def given(self, request: Request) -> dict[str, Any]:
        """What the template shows.

        Raises:
            RequestError, UnknownName: what the address asks for cannot be.
        """
        asked = terms_asked(request.query_params)
        self._check(asked)
        view, sheet = self.agreement, self._sheet(asked)
        chosen = None
        if asked.against is not None:
            known = self.record.references()
            chosen = tuple(reference_named(one, known) for one in asked.against)
        deal = self._deal(asked)
        return {
            "asked": asked,
            "agreement": replace(view, sheet=sheet, space=deal.space, chosen=chosen),
            "deal": deal,
            "pairs": self._pairs(asked),
            "supposable": tuple(SUPPOSABLE),
            "rows_by_name": self.held.rows_by_name,
        }

    def csv(self, request: Request, name: str) -> Response:
        """The sheet or the packages as they are shown, as a file of comma-separated values."""
        from travaux.exchange.agreement import PACKAGES, TERMS, space_rows, term_rows
        from travaux.exchange.csv_files import write_csv

        asked = terms_asked(request.query_params)
        self._check(asked)
        table: Table = TERMS if name == "terms" else PACKAGES
        rows = term_rows(self._sheet(asked)) if name == "terms" else space_rows(self._spaces(asked)[1])
        notice = self.held.agenda.notice
        file = io.StringIO()
        write_csv(file, [column.name for column in table.columns], ({**row, "notice": notice} for row in rows))
        return Response(
            file.getvalue(),
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": f'attachment; filename="{name}.csv"'},
        )

    def _check(self, asked: TermsAsked) -> None:
        agenda = self.held.agenda
        for party in (asked.only.blocked_by, asked.only.agreed_by):
            if party and agenda.party(party) is None:
                raise UnknownName(f"no party {party!r} on the agenda")
        if asked.only.holds and agenda.option(asked.only.holds) is None:
            raise UnknownName(f"no option {asked.only.holds!r} on the agenda")
        if asked.report and asked.as_of:
            raise RequestError("a day and a report exclude each other", remedy="choose one of them")

    # ------------------------------------------------------------------------------------------ sheets

    def _sheet(self, asked: TermsAsked) -> TermSheet:
        if asked.as_of is None and not asked.report:
            return self.agreement.sheet
        return self.held.once(
            ("sheet", asked.as_of, asked.report),
            lambda: self.record.term_sheet(asked.as_of, report=asked.report or None),
        )

    def _pairs(self, asked: TermsAsked) -> Sequence[TermPair] | None:
        if not asked.compares:
            return None
        if asked.since and asked.since_report:
            raise RequestError("a day and a report exclude each other", remedy="choose one of them")
        key = ("pairs", asked.since, asked.as_of, asked.since_report, asked.report)
        return self.held.once(
            key,
            lambda: self.record.term_pairs(
                asked.since, asked.as_of, since_report=asked.since_report or None, report=asked.report or None
            ),
        )

    # ------------------------------------------------------------------------------------------ packages

    def _deal(self, asked: TermsAsked) -> DealView:
        try:
            what_if, space = self._spaces(asked)
        except ImpossibleRules as error:
            return DealView(
                replace(self.agreement.space, open=(), nearest=()), problem=f"{error.message} ({error.remedy})"
            )
        every = package_rows_of(space)
        rows = [row for row in ordered_packages(every, asked.order) if asked.only.passes(row)]
        alone = None
        if len(space.objections) <= MOST_OPENINGS:
            key = ("openings", asked.as_of, asked.include, asked.leave_out, asked.limit, asked.suppose)
            found = self.held.once(key, lambda: openings(space))
            alone = {(one.objection.party, one.objection.option): one for one in found}
        weighed: Sequence[WeighedPackage] = ()
        if self.held.once("weights", lambda: bool(self.record.term_entries().weights)):
            weighed = self.record.weighed_packages(space)
        opened = frozenset(one.options for one in what_if.opened) if what_if else frozenset()
        return DealView(space, what_if, rows, len(every), alone, weighed, opened)

    def _spaces(self, asked: TermsAsked) -> tuple[WhatIf | None, DealSpace]:
        """The deal space shown, and, where something is supposed, before and after it."""
        key = (asked.as_of, asked.include, asked.leave_out, asked.limit)
        space = self.agreement.space
        if key != (None, (), (), space.asked.limit):
            space = self.held.once(
                ("space", *key),
                lambda: self.record.packages(
                    asked.as_of, include=asked.include, leave_out=asked.leave_out, limit=asked.limit
                ),
            )
        if not asked.suppose:
            return None, space
        found = self.held.once(
            ("what if", *key, asked.suppose), lambda: self.record.what_if(asked.suppose, space=space)
        )
        return found, found.after
