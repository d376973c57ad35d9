"""5 What the reports of a corpus are to one another: families and their links, and flags that only many reports show.

Pairs worth comparing come from MinHash (Broder 1997, "On the resemblance and containment of documents"), made and joined by Daft over
the whole corpus: each of `HASHES` smallest hashes over a report's runs of `GRAM` words is a key, and two reports that share
`FEWEST` of them are compared. From there on `travaux.provenance.families` decides, by exact containment, as in a record. What MinHash
misses is measured in docs/corpus.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from travaux.corpus.engine import Engine
from travaux.corpus.folder import CorpusFolder, Index
from travaux.corpus.reading import titles_of
from travaux.corpus.tables import FAMILIES, FLAGS, LINKS, READINGS, REPORTS, family_values, flag_values
from travaux.model import Agenda, Block, BlockKind, Family, Report
from travaux.provenance.candidates import SHINGLE, Pairs, pairs_within
from travaux.provenance.families import families_of
from travaux.provenance.titles import flags_of_titles
from travaux.provenance.unattributed import unattributed_flags
from travaux.provenance.wording import Vocabulary, wording_of
from travaux.provenance.words_at_hand import Progress

HASHES = 128
GRAM = SHINGLE
FEWEST = 1
ACROSS = "across"
"""The file of flags that the reports show together, and the only one of families and links."""

_VOCABULARY = Vocabulary()


def find_across(
    corpus: CorpusFolder, agenda: Agenda, engine: Engine, run: str, progress: Progress | None = None
) -> None:
    """Write families, links and flags across reports for all parts there are; families last, since they say that it is done."""
    index = Index(corpus)
    ids = index.ids()
    pairs = candidates(corpus, engine, {report_id: place for place, report_id in enumerate(ids)})
    families = families_of(map(index.report, ids), index.report, agenda, progress, pairs)
    family_of = {report_id: family.id for family in families for report_id in family.report_ids}
    titles = [
        title
        for part in corpus.parts(REPORTS)
        for row in corpus.rows(READINGS, part, ["titles"])
        for title in titles_of(row)
    ]
    flags = flags_of_titles(sorted(titles, key=lambda one: one.report), family_of)
    flags += unattributed_flags(families, index.report, agenda)
    known = {row["id"] for part in corpus.parts(REPORTS) for row in corpus.rows(FLAGS, part, ["id"])}
    across = [flag_values(flag) for flag in flags if flag.id not in known]  # what a report shows alone is told once
    corpus.write(FLAGS, ACROSS, across, run)
    rows, links = _rows(families)
    corpus.write(LINKS, ACROSS, links, run)
    corpus.write(FAMILIES, ACROSS, rows, run)


def candidates(corpus: CorpusFolder, engine: Engine, place_of: dict[str, int], fewest: int = FEWEST) -> Pairs:
    """Pairs of reports that share enough of their smallest hashes, by the reports' places."""
    files = [corpus.file(REPORTS, part) for part in corpus.parts(REPORTS)]
    if not files:
        return np.empty((0, 2), dtype=np.int32)
    sketched = engine.sketched(files, own_words, HASHES, GRAM)
    lists = engine.shared_lists(sketched, ("place", "smallest"), "id").column("together").to_pylist()
    owners: list[NDArray[np.int32]] = [
        np.unique(np.array([place_of[report_id] for report_id in one], dtype=np.int32)) for one in lists
    ]
    sizes = np.array([len(one) for one in owners], dtype=np.intp)
    starts = np.append(0, np.cumsum(sizes)[:-1]).astype(np.intp) if len(sizes) else np.empty(0, dtype=np.intp)
    found, counts = pairs_within(np.concatenate([*owners, np.empty(0, dtype=np.int32)]), starts, sizes)
    kept: Pairs = found[counts >= fewest]
    return kept


def own_words(text: str, blocks: list[dict[str, Any]] | None) -> str:
    """The words of a report that are compared, parted by spaces; empty where there are too few for one run."""
    laid = tuple(Block(one["start"], one["end"], BlockKind(one["kind"]), one["reason"]) for one in blocks or ())
    words = wording_of(Report("", "", "", "", "", text, laid), _VOCABULARY).words
    return " ".join(words) if len(words) >= GRAM else ""


def _rows(families: list[Family]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    made = [family_values(family) for family in families]
    return [row for row, _ in made], [link for _, links in made for link in links]
