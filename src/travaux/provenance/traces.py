"""What each report leaves to find its kin by: made once from its text, kept with the record, and small.

A trace tells which reports are worth comparing; the comparison itself is made on the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True)
class Traces:
    """The traces of many reports, in the order given.

    Attributes:
        ids: of the reports. words: (reports,) of each. fingerprints, stems: of each.
    """

    ids: Sequence[str]
    words: NDArray[np.int64]
    fingerprints: Keys
    stems: Keys

    @classmethod
    def of(cls, traces: Iterable[Trace]) -> Traces:
        """The traces given, together."""
        held = list(traces)
        return cls(
            [one.report_id for one in held],
            np.array([one.words for one in held], dtype=np.int64),
            Keys.of_each([one.fingerprints for one in held], np.uint64),
            Keys.of_each([one.stems for one in held], np.uint32),
        )

    @classmethod
    def kept(
        cls, ids: Sequence[str], words: Sequence[int], fingerprints: Sequence[bytes], stems: Sequence[bytes]
    ) -> Traces:
        """The traces that `kept_form` gave the bytes of, together."""
        return cls(
            ids, np.array(words, dtype=np.int64), Keys.of_bytes(fingerprints, "<u8"), Keys.of_bytes(stems, "<u4")
        )

    def __len__(self) -> int:
        return len(self.ids)


def kept_form(trace: Trace) -> tuple[bytes, bytes]:
    """Fingerprints and stems as they are kept: numbers of 64 and of 32 bits in a row, the lowest byte first."""
    return trace.fingerprints.astype("<u8").tobytes(), trace.stems.astype("<u4").tobytes()
