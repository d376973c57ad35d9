"""Tables open in what their users have: pandas, Polars, DuckDB, a spreadsheet, Datasette."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import duckdb
import openpyxl
import pandas
import polars
import pyarrow.parquet
import pytest
import yaml

import travaux
from travaux.errors import RequestError
from travaux.exchange.tables import TABLES
from travaux.exchange.workbook import LONGEST_CELL, read_workbook


def test_pandas_reads_the_csv(record: travaux.Record, tmp_path: Path) -> None:
    record.export("csv", tmp_path)
    frame = pandas.read_csv(tmp_path / "statements.csv", dtype={"id": str})
    assert list(frame["quote"].str.removeprefix("'")) == [one.quote for one in record.statements(rejected=True)]
    assert frame.set_index("id")["verdict"].value_counts().to_dict() == {
        "correct": 1,
        "confirm": 1,
        "reject": 1,
        "unsure": 1,
    }


def test_polars_and_pandas_read_the_parquet(record: travaux.Record, tmp_path: Path) -> None:
    record.export("parquet", tmp_path)
    frame = polars.read_parquet(tmp_path / "statements.parquet")
    assert frame["quote"].to_list() == [one.quote for one in record.statements(rejected=True)]
    assert frame.schema["published_day"] == polars.Date
    assert frame.schema["former"] == polars.Boolean
    days = dict(zip(frame["report"], frame["published_day"].to_list(), strict=True))
    assert str(days["a.txt"]) == "2025-08-18"
    assert days["b.html"] is None  # known to the month only
    judgements = pandas.read_parquet(tmp_path / "judgements.parquet")
    assert str(judgements["at"].dt.tz) == "UTC"
    schema = pyarrow.parquet.read_schema(tmp_path / "statements.parquet")
    assert schema.metadata[b"notice"] == b"Exercise material; no news."
    assert schema.field("stance").metadata[b"says"].startswith(b"The party's attitude")
    assert str(schema.field("stance").type).startswith("dictionary")


def test_the_agreement_keeps_its_passages_in_the_parquet(record: travaux.Record, tmp_path: Path) -> None:
    agenda = record.folder / "agenda.yaml"
    terms = "{wages: {value: nights, option: ferry, code: {percent: '6'}}}"
    told = f"instrument: {{title: Ferries, kind: collective-agreement, provisions: {terms}}}\n"
    agenda.write_text(agenda.read_text(encoding="utf-8") + told, encoding="utf-8")
    record.export("parquet", tmp_path / "parquet")
    record.export("jsonl", tmp_path / "lines")
    for table in (one for one in TABLES if one.name in ("terms", "packages")):
        rows = pyarrow.parquet.read_table(tmp_path / "parquet" / f"{table.name}.parquet").to_pylist()
        text = (tmp_path / "lines" / f"{table.name}.jsonl").read_text(encoding="utf-8")
        lines = [json.loads(line) for line in text.splitlines()]
        assert rows
        for row, line in zip(rows, lines, strict=True):
            for column in (one.name for one in table.columns if one.kind == "objects"):
                assert json.loads(row[column] or "[]") == (line[column] or [])
    stands = pyarrow.parquet.read_table(tmp_path / "parquet" / "terms.parquet")["stands"].to_pylist()
    assert any("night" in (one or "") for one in stands)


def test_duckdb_joins_parquet_csv_and_json_lines(record: travaux.Record, tmp_path: Path) -> None:
    for form in ("parquet", "csv", "jsonl"):
        record.export(form, tmp_path)
    with duckdb.connect() as database:
        counted = database.execute(
            f"SELECT count(*) FROM '{tmp_path}/statements.parquet' s JOIN read_csv('{tmp_path}/reports.csv') r USING (report) "
            f"JOIN read_json('{tmp_path}/statements.jsonl') j ON j.id = s.id"
        ).fetchone()
    assert counted == (len(record.statements(rejected=True)),)


def test_the_workbook_is_one_for_people(record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export("xlsx", tmp_path / "record.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [*(table.name for table in TABLES), "codebook"]
    sheet = book["statements"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    columns = {cell.value: cell.column for cell in sheet[1]}
    quotes = [sheet.cell(row, columns["quote"]) for row in range(2, sheet.max_row + 1)]
    assert quotes[0].hyperlink.target == "https://quay.example/a?x=1&y=2"
    formula = next(cell for cell in quotes if cell.value.startswith("=1+1"))
    assert formula.data_type == "s"  # a text, which no spreadsheet runs
    described = {(row[0].value, row[1].value) for row in book["codebook"].iter_rows(min_row=2)}
    assert described == {(table.name, column.name) for table in TABLES for column in table.columns}


def test_what_a_person_does_in_a_spreadsheet_comes_back(record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export("xlsx", tmp_path / "record.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["statements"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    union, demand = (next(one for one in record.statements() if (one.report, one.option) == where) for where in
                     [("b.html", "bridge"), ("b.html", "ferry")])  # fmt: skip
    sheet.cell(rows[demand.id], columns["stance"]).value = "against"
    sheet.cell(rows[demand.id], columns["party"]).value = "the north"
    last = next(one for one in record.statements() if one.report == "c.txt")
    sheet.cell(rows[last.id], columns["verdict"]).value = "reject"
    sheet.cell(rows[union.id], columns["act"]).value = "perhaps"
    book.save(path)
    outcome = record.import_from("xlsx", path, by="E. Sheet")
    assert outcome.judgements == 2
    assert [(one.kind, one.says) for one in outcome.unplaced] == [
        ("refused", "act cannot be 'perhaps'"),
    ]
    after = {one.statement.id: one for one in record.judged(rejected=True)}
    assert (str(after[demand.id].effective.stance), after[demand.id].effective.party) == ("against", "northland")
    assert str(after[last.id].verdict) == "reject"
    assert record.import_from("xlsx", path, by="E. Sheet").judgements == 0


def test_a_text_too_long_for_a_cell_is_cut_and_shown_so(make, tmp_path: Path) -> None:
    long = make("long")
    (path,) = long.export("xlsx", tmp_path / "x.xlsx")
    assert read_workbook(path)["statements"]
    from travaux.exchange.workbook import _short

    cut = _short("🚢" * LONGEST_CELL)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert cut.endswith("🚢…")
    assert _short("a" * LONGEST_CELL) == "a" * LONGEST_CELL


def test_datasette_opens_the_folder(record: travaux.Record, tmp_path: Path) -> None:
    from datasette.app import Datasette

    database, metadata = record.export("datasette", tmp_path)

    async def asked() -> None:
        app = Datasette(
            files=[], immutables=[str(database)], metadata=yaml.safe_load(metadata.read_text(encoding="utf-8"))
        )
        await app.invoke_startup()

        async def rows(address: str) -> list:
            answer = await app.client.get(address)
            assert answer.status_code == 200, answer.text
            return answer.json()

        found = await rows("/travaux/find_quotes.json?words=ferry&_shape=array")
        assert {row["party"] for row in found} == {"Northland & Isles", "Southland"}  # the rejected one is left out
        positions = await rows("/travaux/v_positions.json?_shape=array")
        assert {row["option"] for row in positions} == {"A ferry runs at night", "A bridge is built"}
        assert len(await rows("/travaux/on_hearsay.json?_shape=array")) == 1
        assert await rows("/travaux/disagreements.json?_shape=array") == []
        page = (await app.client.get("/travaux/statements")).text
        assert "The party&#39;s attitude" in page
        home = (await app.client.get("/")).text
        assert "Exercise material; no news." in home
        table = (await app.client.get("/travaux/statements?_facet=party")).text
        assert "=1+1 say the crews" in table

    with ThreadPoolExecutor(1) as thread:  # this one may have the loop of a browser that other tests use
        thread.submit(asyncio.run, asked()).result()
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize(
    ("form", "name", "content", "told"),
    [
        ("csv", "statements.csv", b"id,report\n1,a.txt\n", "no column quote, party, option, stance"),
        ("jsonl", "statements.jsonl", b'{"id": 1}\n[]\n', "statements.jsonl:2: not a JSON object"),
        ("jsonl", "statements.jsonl", b"{\n", "statements.jsonl:1: not JSON"),
        ("jsonl", "statements.jsonl", b"\xff\n", "not UTF-8"),
        ("xlsx", "record.xlsx", b"PK no", "not a workbook"),
        ("parquet", "statements.parquet", b"PAR1", "not a Parquet file"),
        ("csv", "other.txt", b"", "no statements.csv in this folder"),
    ],
)
def test_files_that_are_none(
    form: str, name: str, content: bytes, told: str, record: travaux.Record, tmp_path: Path
) -> None:
    place = tmp_path / "in"
    place.mkdir()
    (place / name).write_bytes(content)
    with pytest.raises(RequestError, match=told):
        record.import_from(form, place / name if form == "xlsx" else place)


def test_names_that_are_no_format(record: travaux.Record, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="gexf has no way back"):
        record.import_from("gexf", tmp_path)
    with pytest.raises(RequestError, match="no format 'doc'"):
        record.import_from("doc", tmp_path)
    with pytest.raises(RequestError, match="no such file"):
        record.import_from("csv", tmp_path / "none.csv")


def test_a_library_that_is_not_installed_is_named(
    record: travaux.Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import travaux.exchange.extras as extras

    def missing(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(extras, "import_module", missing)
    for form, extra in (("parquet", "parquet"), ("xlsx", "excel")):
        with pytest.raises(RequestError, match=rf"travaux\[{extra}\]"):
            record.export(form, tmp_path / form)
