"""The index of words on PostgreSQL: for each report a ``tsvector`` of its words and their places.

The words are made here, by the rules that find them again in a text (`travaux.record.searching`), and not by the server,
whose own rules hang on its language and extensions: so a search finds the same reports whatever the database. A vector holds
places up to 16383 only, and 255 of one word; a report with more is marked, and its text is asked where words must stand
together. Its order is by `ts_rank` with the length taken out, not by BM25 as in SQLite.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, text

from travaux.record.dialect.common import WORDS
from travaux.record.searching import LONGEST, Term, folded, stands_in

MOST_PLACES = 255
LAST_PLACE = 16_383
"""Limits of a tsvector: places of one word, and the highest place (PostgreSQL manual, "Limitations")."""
LARGEST = 500_000
"""Bytes of words and places of one vector; the server allows a megabyte. A report with more is looked into itself."""

_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_PACK = 50


def word_index() -> list[str]:
    """A table of vectors, which go with their reports."""
    return [
        f'CREATE TABLE {WORDS} (report_id text COLLATE "C" PRIMARY KEY REFERENCES report (id) ON DELETE CASCADE, '
        "partial boolean NOT NULL, words tsvector)",
        f"CREATE INDEX {WORDS}_words ON {WORDS} USING gin (words)",
        f"CREATE INDEX {WORDS}_partial ON {WORDS} (report_id) WHERE partial",
    ]


def index_words(connection: Connection, report_id: str, text_: str) -> None:
    """Put the words of a report into the index."""
    vector, partial = vector_of(text_)
    connection.execute(
        text(
            f"INSERT INTO {WORDS} (report_id, partial, words) VALUES (:report_id, :partial, CAST(:words AS tsvector))"
        ),
        {"report_id": report_id, "partial": partial, "words": vector},
    )


def vector_of(text_: str) -> tuple[str | None, bool]:
    """A text's words and places as a tsvector is written, and whether some had to be left out; None where nearly all had."""
    places: dict[str, list[int]] = defaultdict(list)
    partial = False
    for place, word in enumerate(_WORD.findall(_MARKS.sub("", folded(text_))), 1):
        # A search is never longer: the beginning of a longer word is all that can be asked for.
        found = places[word[: LONGEST + 1]]
        if len(found) < MOST_PLACES and place <= LAST_PLACE:
            found.append(place)
        else:
            partial = True
    written = " ".join(
        f"'{word}':{','.join(map(str, found))}" if found else f"'{word}'" for word, found in places.items()
    )
    return (None, True) if len(written.encode()) > LARGEST else (written, partial)


def reports_with(connection: Connection, terms: Sequence[Term]) -> list[str]:
    """Ids of the reports with all terms, those first in which they weigh most."""
    together = " & ".join(_asked(term, " <-> ") for term in terms)
    anywhere = " & ".join(_asked(term, " & ") for term in terms)
    # 1: divided by 1 + the logarithm of the length.
    found = connection.execute(
        text(
            f"SELECT report_id, partial FROM {WORDS} WHERE words @@ CAST(:together AS tsquery) "
            "OR (partial AND (words IS NULL OR words @@ CAST(:anywhere AS tsquery))) "
            "ORDER BY coalesce(ts_rank(words, CAST(:together AS tsquery), 1), 0) DESC, report_id"
        ),
        {"together": together, "anywhere": anywhere},
    ).all()
    doubtful = _doubtful(connection, [row.report_id for row in found if row.partial], terms)
    return [row.report_id for row in found if row.report_id not in doubtful]


def _asked(term: Term, between: str) -> str:
    last = len(term.words) - 1
    words = (f"'{word}'" + (":*" if term.beginning and at == last else "") for at, word in enumerate(term.words))
    return f"({between.join(words)})"


def _doubtful(connection: Connection, ids: Sequence[str], terms: Sequence[Term]) -> set[str]:
    """Those of the reports whose own text does not bear out what the index allows."""
    query = text("SELECT id, text FROM report WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))
    wrong = set()
    for at in range(0, len(ids), _PACK):
        for row in connection.execute(query, {"ids": list(ids[at : at + _PACK])}):
            if not stands_in(row.text, terms):
                wrong.add(row.id)
    return wrong


def unindexed(connection: Connection) -> int:
    """How many reports have no row in the index."""
    query = f"SELECT count(*) FROM report WHERE NOT EXISTS (SELECT FROM {WORDS} WHERE report_id = report.id)"
    return int(connection.scalar(text(query)) or 0)
