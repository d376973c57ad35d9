"""The same input gives the same as a record: reports, statements, meetings, flags and families, and a slice brings them over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus_runs import run

import travaux

pytest.importorskip("daft")
from travaux.corpus import record_of_slice
from travaux.corpus.families import ACROSS
from travaux.corpus.folder import CorpusFolder
from travaux.corpus.reading import flag_of, told_of
from travaux.corpus.tables import (
    FAMILIES,
    FLAGS,
    LINKS,
    READINGS,
    REPORTS,
    STATEMENTS,
    TABLES,
    report_of,
    statement_of,
)
from travaux.errors import RequestError

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"example": ROOT / "examples/example-guarantees", "black-sea": ROOT / "tests/quality/black-sea-grain"}


@pytest.fixture(scope="module", params=list(FOLDERS))
def both(request, tmp_path_factory) -> Iterator[tuple[travaux.Record, CorpusFolder, dict[str, Any]]]:
    source = FOLDERS[request.param]
    place = tmp_path_factory.mktemp("both")
    shutil.copy(source / "agenda.yaml", place / "agenda.yaml")
    outcome = run(source, place / "corpus", part=4, workers=2)
    record = travaux.build(source, place / "record")
    yield record, CorpusFolder.opened(place / "corpus"), outcome
    record.close()


def all_rows(corpus, table):
    return [row for part in corpus.parts(table) for row in corpus.rows(table, part)]


def in_order(found):
    return sorted(found, key=lambda one: (one.report, one.start, one.end, one.id))


def test_reports_are_the_same_with_their_bytes(both):
    record, corpus, outcome = both
    rows = {row["id"]: row for row in all_rows(corpus, REPORTS)}
    reports = record.store.reports()
    assert {report.id: report for report in reports} == {identity: report_of(row) for identity, row in rows.items()}
    assert all(record.store.raw(identity) == row["raw"] for identity, row in rows.items())
    assert outcome["new"] == outcome["read"] == len(reports)
    assert outcome["failed"] == outcome["refused"] == []


def test_statements_and_what_is_told_beside_them_are_the_same(both):
    record, corpus, outcome = both
    statements = [statement_of(row) for row in all_rows(corpus, STATEMENTS)]
    own = record.store.statements()
    assert in_order(statements) == in_order(own)
    reasons = {one.id: one.reasons for one in statements}
    assert all(reasons[one.id] == one.reasons for one in own)
    assert outcome["statements"] == len(own) > 20
    told = [told_of(row) for row in all_rows(corpus, READINGS)]
    assert in_order(one for happenings, _ in told for one in happenings) == in_order(record.store.happenings())
    assert in_order(one for _, facts in told for one in facts) == in_order(record.store.facts())


def test_flags_and_families_are_the_same(both):
    record, corpus, _ = both
    assert in_order(flag_of(row) for row in all_rows(corpus, FLAGS)) == in_order(record.flags())
    families = record.families()
    rows = corpus.rows(FAMILIES, ACROSS)
    assert [(row["id"], tuple(row["reports"]), row["original"], row["says"]) for row in rows] == [
        (one.id, one.reports, one.original, one.says) for one in families
    ]
    links = [link for one in families for link in one.links]
    found = corpus.rows(LINKS, ACROSS)
    assert [(row["first"], row["second"], row["kinship"], row["containment"], row["says"]) for row in found] == [
        (one.first, one.second, one.kinship, one.containment, one.says) for one in links
    ]
    assert [len(row["passages"]) for row in found] == [len(one.passages) for one in links]


def test_a_slice_becomes_a_record_in_which_nothing_is_left_to_read(both, tmp_path):
    record, corpus, _ = both
    (first, *_) = [row for row in record.reports() if row.published and row.statements]
    condition = f"published >= '{first.published.value}' and state = 'read' or report in ('{first.name}')"
    outcome = record_of_slice(corpus.folder, condition, tmp_path / "slice")
    wanted = [row for row in record.reports() if row.name == first.name or (row.published and row.published.value >= first.published.value)]  # fmt: skip
    assert outcome.reports == outcome.added == outcome.read == len(wanted)
    with travaux.Record.open(tmp_path / "slice") as slice_:
        names = {row.name for row in wanted}
        assert {row.name for row in slice_.reports()} == names
        assert slice_.store.statements() == [one for one in record.store.statements() if one.report in names]
        assert slice_.store.happenings() == [one for one in record.store.happenings() if one.report in names]
        assert slice_.store.raw(first.id) == record.store.raw(first.id)
        assert slice_.store.check() == []
        assert slice_.read().read == 0
    again = record_of_slice(corpus.folder, condition, tmp_path / "slice")
    assert (again.reports, again.added) == (len(wanted), 0)


HOSTILE = [
    "1 = 1; drop table reports",
    "id in (select id from reports)",
    "true union select 1",
    "read_parquet('/etc/passwd') is not null",
    "url_download(url) is not null",
    "id = '' -- and nothing",
    "no_such_column = 1",
    "published >=",
    "text = 'x'",
    "",
    "\0",
    "id",
    "'" * 9,
    "a" * 20_000,
]


@pytest.mark.parametrize("condition", HOSTILE)
def test_what_is_no_condition_is_refused_and_makes_nothing(both, tmp_path, condition):
    _, corpus, _ = both
    with pytest.raises(RequestError):
        record_of_slice(corpus.folder, condition, tmp_path / "slice")
    assert not (tmp_path / "slice").exists()


def test_a_condition_may_hold_words_that_are_refused_outside_quotes(both, tmp_path):
    _, corpus, _ = both
    outcome = record_of_slice(corpus.folder, "lower(publisher) = 'select; drop -- from'", tmp_path / "slice")
    assert outcome.reports == 0


def test_polars_duckdb_and_pandas_open_the_tables_with_what_the_columns_say(both):
    import duckdb
    import pandas
    import polars
    import pyarrow.parquet

    _, corpus, outcome = both
    for table in TABLES:
        pattern = str(corpus.folder / table.name / "*.parquet")
        names = [name for column in table.columns for name in ([column.name, f"{column.name}_day"] if column.kind == "date" else [column.name])]  # fmt: skip
        found = duckdb.sql(f"select * from '{pattern}'")
        assert found.columns == names == polars.read_parquet(pattern).columns
        number = len(all_rows(corpus, table))
        assert found.shape[0] == polars.read_parquet(pattern).height == number
        one = corpus.file(table, corpus.parts(table)[0])
        assert list(pandas.read_parquet(one).columns) == names
        schema = pyarrow.parquet.read_schema(one)
        assert [schema.field(column.name).metadata[b"says"].decode() for column in table.columns] == [
            one.says for one in table.columns
        ]
    counted = duckdb.sql(f"""
        select count(*) from '{corpus.folder}/statements/*.parquet' s join '{corpus.folder}/reports/*.parquet' r on r.id = s.report_id
        where substring(r.text, s.start + 1, s."end" - s.start) = s.quote and s.published_day >= date '1990-01-01' or r.published is null
    """).fetchall()
    assert counted == [(outcome["statements"],)]
