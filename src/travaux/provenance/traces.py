"""What each report leaves to find its kin by: made once from its text, kept with the record, and small.

A trace tells which reports are worth comparing; the comparison itself is made on the texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from travaux.model import Report
from travaux.provenance.candidates import Keys, fingerprints_of
from travaux.provenance.telling import StemIds, Telling, telling_of
from travaux.provenance.wording import Hashes, Vocabulary, Wording, wording_of


@dataclass(frozen=True, slots=True)
class Trace:
    """What one report leaves.

    Attributes:
        words: how many it has of its own.
        fingerprints: of its runs of words, sorted, each once; see `travaux.provenance.candidates`.
        stems: ids of its telling stems, sorted, each once; see `travaux.provenance.telling`.
    """

    report_id: str
    words: int
    fingerprints: Hashes
    stems: StemIds


def trace_of(report: Report, vocabulary: Vocabulary) -> Trace:
    """What a report leaves."""
    wording = wording_of(report, vocabulary)
    return traced(report, wording, telling_of(report, wording))


def traced(report: Report, wording: Wording, telling: Telling) -> Trace:
    """The same, where its words and what they tell are known."""
    return Trace(report.id, len(wording.words), fingerprints_of(wording.hashes), telling.distinct)


class Traces:
    """The traces of many reports, in the order given.

    Attributes:
        ids: of the reports. words: (reports,) of each. fingerprints, stems: of each.
    """

    def __init__(self, traces: Iterable[Trace]):
        held = list(traces)
        self.ids = [one.report_id for one in held]
        self.words = np.array([one.words for one in held], dtype=np.int64)
        self.fingerprints = Keys.of_each([one.fingerprints for one in held], np.uint64)
        self.stems = Keys.of_each([one.stems for one in held], np.uint32)

    def __len__(self) -> int:
        return len(self.ids)
