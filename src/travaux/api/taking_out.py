"""A record taken out: tables, pages, and its score against a gold record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from travaux.api.across import Across, as_vouched
from travaux.api.agreement import OnTheTable
from travaux.api.foundation import LOCAL
from travaux.errors import RequestError
from travaux.model import Verdict

if TYPE_CHECKING:
    from travaux.analysis.networks import Network
    from travaux.evaluation import Measured, Score
    from travaux.exchange import ExportView
    from travaux.views.agreement import AgreementView
    from travaux.views.page import PageView


class TakenOut(Across, OnTheTable):
    """The verbs that write and measure."""

    def export(self, format: str, path: str | Path, *, reader: str | None = None) -> list[Path]:
        """Write the record as other tools read it, and return the files written; the same record gives the same bytes.

        Args:
            format: a name of `travaux.exchange.formats.FORMATS`.
            path: a folder; for a format that is one file, that file, or a folder to put it in.
            reader: see `judged`.

        Raises:
            RequestError: an unknown format, a library that is not installed, or a place that cannot be written to.
        """
        from travaux.exchange.formats import FORMATS

        if format not in FORMATS:
            raise RequestError(f"no export format {format!r}", remedy=f"one of {', '.join(FORMATS)}")
        chosen, place = FORMATS[format], Path(path)
        if chosen.file and place.is_dir():
            place /= chosen.file
        return chosen.write(place, self._export_view(reader))

    def _export_view(self, reader: str | None) -> ExportView:
        from travaux.exchange import ExportView, occurrences

        judged = self.judged(rejected=True, reader=reader)
        agenda, texts = self.agenda, self.store.reports()
        return ExportView(
            title=agenda.title,
            notice=agenda.notice,
            statements=judged,
            positions=self._positions_of(judged),
            reports=self.reports(reader=reader),
            judgements=self.store.judgements(),
            runs=self.store.runs(),
            occurrences=occurrences((one.effective for one in judged), {report.name: report.text for report in texts}),
            agenda=agenda,
            texts=texts,
            readings=self.store.readings(),
            families=self._family_of_reports(),
            terms=self.term_sheet(reader=reader) if agenda.instrument else None,
            packages=self.packages(reader=reader) if agenda.instrument else None,
        )

    def network(
        self, ties: str | None = None, normalise: str = "none", *, two_mode: bool = False, reader: str | None = None
    ) -> Network:
        """The network of parties, or of parties and options; see `travaux.analysis.networks`. A family of reports counts once.

        Args:
            ties: a word of `Aggregation`; by default ``congruence``, of two modes ``subtract``.
            normalise: a word of `Normalisation`.
            reader: see `judged`.

        Raises:
            RequestError: no such word, or a pair that there is no network of.
        """
        from travaux.analysis import networks, standing

        chosen = ties or ("subtract" if two_mode else "congruence")
        parties = [party.id for party in self.agenda.parties]
        statements, families = standing(self.judged(reader=reader)), self._family_of_reports()
        counts = networks.stance_counts(statements, parties=parties, families=families)
        make = networks.two_mode if two_mode else networks.one_mode
        try:
            return make(counts, networks.Aggregation(chosen), networks.Normalisation(normalise))
        except ValueError as error:
            raise RequestError(str(error), remedy="travaux network -h says which there are") from None

    def page(self, *, reader: str | None = None) -> str:
        """The whole record as one HTML file that needs no network; the same record gives the same bytes."""
        from travaux.views.page import render_page

        return render_page(self.page_view(reader=reader))

    def page_view(self, *, reader: str | None = None, texts: bool = True) -> PageView:
        """What the pages show of the record, for whoever draws pages of their own.

        Args:
            texts: with the reports' texts; without them a large record takes less memory.
        """
        with self.looking():
            return self._viewed(reader, texts)

    def _viewed(self, reader: str | None, texts: bool) -> PageView:
        from travaux.analysis.conflicts import Material, conflicts_in
        from travaux.analysis.shifts import shifts_in
        from travaux.happening import HappeningKind
        from travaux.views.matrix import matrix_of
        from travaux.views.page import PageView

        agenda, every = self.agenda, self.judged(rejected=True, reader=reader)
        judged = [one for one in every if one.verdict is not Verdict.REJECT]
        # As `shifts`, `conflicts`, `meetings` and `incidents` do it, from what is loaded and grouped once.
        dates, families, sure = self._dates(), self._family_of_reports(), as_vouched(judged)
        events = self._all_events()
        material = Material(sure, events, self._facts(), self._compared_reports(sure), agenda)
        return PageView(
            agenda=agenda,
            matrix=matrix_of(agenda, self.positions(reader=reader)),
            statements=tuple(judged),
            rejected=tuple(one for one in every if one.verdict is Verdict.REJECT),
            reports=tuple(self.store.reports()) if texts else (),
            rows=tuple(self.reports(reader=reader)),
            runs=tuple(self.store.runs()),
            flags=tuple(self.flags()),
            families=tuple(self.families()),
            shifts=tuple(shifts_in(sure, dates, families)),
            conflicts=tuple(conflicts_in(material, dates, families)),
            meetings=tuple(one for one in events if one.kind is HappeningKind.MEETING),
            incidents=tuple(one for one in events if one.kind is HappeningKind.INCIDENT),
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
        from travaux.evaluation.across import across_measures
        from travaux.evaluation.given import AcrossInput

        reports = self.store.reports()
        given = AcrossInput(
            agenda=self.agenda,
            reports=reports,
            statements=self._sure_after_judgement(reader),
            happenings=self.store.happenings(reader=LOCAL),
            facts=self.store.facts(reader=LOCAL),
            families=self._family_of_reports(),
        )
        found = Found(self.flags(), self.families())
        across = across_measures(Path(gold), given)
        return [*measured(Path(gold), found), *(Measured(name, measure) for name, measure in across.items())]

    def _repr_html_(self) -> str:
        """The matrix, for notebooks."""
        from travaux.views.page import render_fragment

        return render_fragment(self.matrix())
