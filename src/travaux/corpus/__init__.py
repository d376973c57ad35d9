"""The same reading over millions of reports: by processes of this machine, or on a Ray cluster by Daft.

`travaux.corpus.running.read_corpus` runs the whole way; the same numbers stand in its code:

1. ``source``     which files a source has: a path, a folder, a pattern, an address in an object store
2. ``unpacking``  files to reports, by the code of ``travaux add``; kept in packs
3. ``settling``   names and copies as a record has them; packs become parts of ``reports/``
4. ``reading``    each part read by the reader that ships: ``readings/``, ``statements/``, ``flags/``
5. ``families``   what the reports are to one another: ``families/``, ``links/``, and flags across reports

``engine`` is the one module that knows Daft and Ray, ``folder`` the one that knows where things lie, ``tables`` what stands in them;
``slices`` makes a record of what a condition in SQL chooses. Steps 2 and 4 work pack by pack and part by part, each written under a
temporary name and renamed when it is whole, so that whatever ends a run, the next goes on there without duplicates or gaps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.first_access import on_first_access

if TYPE_CHECKING:
    from travaux.corpus.running import CorpusOutcome, Settings, read_corpus
    from travaux.corpus.slices import record_of_slice

__all__ = ["CorpusOutcome", "Settings", "read_corpus", "record_of_slice"]

# Every process that takes in for a corpus, and every job on a cluster, imports this package and needs one module of it.
__getattr__, __dir__ = on_first_access(
    __name__,
    {
        "travaux.corpus.running": ("CorpusOutcome", "Settings", "read_corpus"),
        "travaux.corpus.slices": ("record_of_slice",),
    },
)
