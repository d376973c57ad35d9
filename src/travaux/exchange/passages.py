"""Where the words that a file brings stand in the record's reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from travaux.exchange.dna.writing import Offsets, dna_text
from travaux.exchange.incoming import IncomingReport
from travaux.model import Report
from travaux.record.evidence import Evidence


class Refusal(Exception):
    """Why one thing of a file cannot be taken in."""


class Passages:
    """The reports of a record, found as a file names them, and passages in them."""

    def __init__(self, reports: Sequence[Report], brought: Iterable[IncomingReport]):
        self.reports = {report.id: report for report in reports}
        self._by_name = {report.name: report for report in reports}
        self._file_names = {one.name: one.id for one in brought if one.id}
        self._evidence: dict[str, Evidence] = {}

    def report(self, name: str, report_id: str | None) -> Report:
        """The report of that id, or of that name in the file or the record.

        Raises:
            Refusal: the record has none.
        """
        found = self.reports.get(report_id or "") or self.reports.get(self._file_names.get(name) or "")
        found = found or self._by_name.get(name)
        if found is None:
            raise Refusal(f"the record has no report {name!r}; travaux add takes it in")
        return found

    def evidence(self, report: Report) -> Evidence:
        """What checks evidence from a report."""
        if report.id not in self._evidence:
            self._evidence[report.id] = Evidence(report.text, report.blocks)
        return self._evidence[report.id]

    def span(self, report: Report, quote: str, start: int | None, end: int | None, *, folded: bool) -> tuple[int, int]:
        """Start and end of a quote: where the file says, or else at the one place where those words stand.

        Raises:
            Refusal: it does not stand there, or in several places.
        """
        if not quote:
            raise Refusal("it has no quote")
        if folded:
            return unfolded(report, start or 0, end or 0, quote)
        if start is not None and end is not None and _is_there(report, start, end, quote):
            return start, end
        first = report.text.find(quote)
        if first < 0:
            raise Refusal("its words do not stand in the report")
        if report.text.find(quote, first + 1) >= 0:
            raise Refusal("its words stand more than once in the report, and the file does not say where")
        return first, first + len(quote)

    def exact(self, report: Report, quote: str, start: int, end: int, *, folded: bool) -> tuple[int, int, str]:
        """Start, end and quote as the report has them, for words that must stand where the file says.

        Raises:
            Refusal: they do not stand there.
        """
        if folded:
            start, end = unfolded(report, start, end, quote)
            quote = report.text[start:end]
        elif _is_there(report, start, end, quote):
            quote = report.text[start:end]
        fault = self.evidence(report).span_fault(start, end, quote)
        if fault:
            raise Refusal(fault)
        return start, end, quote


def unfolded(report: Report, first: int, last: int, quote: str) -> tuple[int, int]:
    """Where a passage of the report's `dna_text` stands in the report itself.

    Raises:
        Refusal: these words do not stand there.
    """
    offsets = Offsets(report.text)
    start, end = offsets.from_dna(first), offsets.from_dna(last, end=True)
    if not report.text[start:end] or dna_text(report.text[start:end]) != quote:
        raise Refusal("the text has changed: the report does not hold these words at this place")
    return start, end


def _is_there(report: Report, start: int, end: int, quote: str) -> bool:
    """Whether a quote stands at a place. Spreadsheets and JSON editors write line ends their own way."""
    there = report.text[start:end]
    return there == quote or (bool(there) and _line_ends(there) == _line_ends(quote))


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
