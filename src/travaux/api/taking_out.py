"""A record taken out: tables, pages, and its score against a gold record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from travaux.api.across import Across
from travaux.api.agreement import OnTheTable
from travaux.api.foundation import LOCAL
from travaux.errors import RequestError

if TYPE_CHECKING:
    from travaux.evaluation import Measured, Score
    from travaux.exchange import ExportView
    from travaux.views.agreement import AgreementView
    from travaux.views.page import PageView

FORMATS = ("csv", "jsonl", "datapackage")
"""Export formats: the tables as CSV, as JSON lines, or both with a ``datapackage.json`` that explains them."""


class TakenOut(Across, OnTheTable):
    """The verbs that write and measure."""

    def export(self, format: str, path: str | Path, *, reader: str | None = None) -> list[Path]:
        """Write the record's tables into a folder and return the files written; the same record gives the same bytes.

        Args:
            format: one of `FORMATS`.
            reader: see `judged`.

        Raises:
            RequestError: an unknown format, or a folder that cannot be written.
        """
        from travaux import exchange

        writers = {
            "csv": exchange.export_csv,
            "jsonl": exchange.export_json_lines,
            "datapackage": exchange.export_data_package,
        }
        if format not in writers:
            raise RequestError(f"no export format {format!r}", remedy=f"one of {', '.join(FORMATS)}")
        return writers[format](Path(path), self._export_view(reader))

    def _export_view(self, reader: str | None) -> ExportView:
        from travaux.exchange import ExportView, occurrences

        judged = self.judged(rejected=True, reader=reader)
        agenda = self.agenda
        return ExportView(
            title=agenda.title,
            notice=agenda.notice,
            statements=judged,
            positions=self._positions_of(judged),
            reports=self.reports(reader=reader),
            judgements=self.store.judgements(),
            runs=self.store.runs(),
            occurrences=occurrences(
                (one.effective for one in judged), {report.name: report.text for report in self.store.reports()}
            ),
            terms=self.term_sheet(reader=reader) if agenda.instrument else None,
            packages=self.packages(reader=reader) if agenda.instrument else None,
        )

    def page(self, *, reader: str | None = None) -> str:
        """The whole record as one HTML file that needs no network; the same record gives the same bytes."""
        from travaux.views.page import render_page

        return render_page(self._page_view(reader))

    def _page_view(self, reader: str | None = None) -> PageView:
        from travaux.views.matrix import matrix_of
        from travaux.views.page import PageView

        judged, agenda = self.judged(reader=reader), self.agenda
        return PageView(
            agenda=agenda,
            matrix=matrix_of(agenda, self._positions_of(judged)),
            statements=tuple(judged),
            reports=tuple(self.store.reports()),
            rows=tuple(self.reports(reader=reader)),
            runs=tuple(self.store.runs()),
            flags=tuple(self.flags()),
            families=tuple(self.families()),
            agreement=self._agreement_view(reader) if agenda.instrument else None,
        )

    def _agreement_view(self, reader: str | None) -> AgreementView:
        from travaux.analysis.agreement import nearest
        from travaux.views.agreement import AgreementView

        sheet = self.term_sheet(reader=reader)
        return AgreementView(sheet, self.packages(reader=reader), nearest(sheet, self.references()))

    def evaluate(self, gold: str | Path, *, reader: str | None = None) -> Score:
        """How the record's statements, as they count, agree with a gold record.

        Raises:
            EvaluationError: the folder is no gold record.
        """
        from travaux.evaluation import score

        return score(Path(gold), self.statements(reader=reader))

    def evaluate_checks(self, gold: str | Path, *, reader: str | None = None) -> list[Measured]:
        """How what the record found across its reports agrees with a gold record's ``checks.yaml``, kind by kind.

        Raises:
            EvaluationError: the file cannot be used. Nothing is measured where there is none.
        """
        from travaux.evaluation import Found, Measured, measured
        from travaux.evaluation.across import AcrossInput, across_measures

        reports = self.store.reports()
        given = AcrossInput(
            agenda=self.agenda,
            reports=reports,
            statements=self._sure_after_judgement(reader),
            happenings=self.store.happenings(reader=LOCAL),
            facts=self.store.facts(reader=LOCAL),
            families=self._family_of_reports(),
        )
        found = Found(frozenset(report.name for report in reports), self.flags(), self.families())
        across = across_measures(Path(gold), given)
        return [*measured(Path(gold), found), *(Measured(name, measure) for name, measure in across.items())]

    def _repr_html_(self) -> str:
        """The matrix, for notebooks."""
        from travaux.views.page import render_fragment

        return render_fragment(self.matrix())

    # ------------------------------------------------------------------------------------------ names
