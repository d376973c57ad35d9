"""Exports say what the record says, the same way each time, whole or not at all."""

import csv
import hashlib
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from program_files import loaded

from travaux.agenda import parse_agenda
from travaux.analysis.agreement import Sheet, deal_space, kind_of, signatories, stands_of, term_sheet
from travaux.analysis.judgements import in_force, standing
from travaux.analysis.positions import positions_at
from travaux.errors import RequestError
from travaux.evaluation import read_statements, score
from travaux.exchange import (
    TABLES,
    ExportView,
    export_csv,
    export_data_package,
    export_json_lines,
    occurrence_of,
    occurrences,
    read_csv,
    statement_row,
    write_csv,
    write_json_lines,
)
from travaux.exchange.whole_files import whole_file
from travaux.model import (
    Act,
    DateBasis,
    Judgement,
    PartialDate,
    Reason,
    Report,
    ReportState,
    Stance,
    Statement,
    Verdict,
    Via,
    statement_id,
)
from travaux.record.rows import ReportRow, Run

ROOT = Path(__file__).resolve().parents[2]
CODEBOOK = (
    ["report", "quote", "occurrence", "speaker", "party", "option", "stance", "act", "condition", "former", "via"]
    + ["via_name"]
)  # fmt: skip

TEXTS = {
    "a.txt": "=1+1 rises, says Ada Example. The dockers, “nay”: no 🚢,\u2028no rise,\u00a0if\nthe Board\r\nstays. no rise",
    "b.txt": "-5 per cent: the Board is open to it. @noon it refused a rise",
}
DATES = {
    "a.txt": PartialDate("2025-08", DateBasis.ANALYST, about=True),
    "b.txt": PartialDate("2025-09-04", DateBasis.PAGE),
}


def statement(report: str, quote: str, party: str, stance: str, nth: int = 1, **fields) -> Statement:
    start = -1
    for _ in range(nth):
        start = TEXTS[report].index(quote, start + 1)
    end, values = start + len(quote), {"act": Act.STATE, "speaker": None, "former": False, "via": Via.SPEAKER} | fields
    made = statement_id(
        "local", f"id-{report}", start, end, party, "rise", stance, values["former"], values["speaker"], values["via"]
    )
    return Statement(made, report, f"id-{report}", start, end, quote, party, "rise", Stance(stance), **values)


STATEMENTS = [
    statement("b.txt", "@noon it refused a rise", "board", "against", act=Act.REJECT, confidence=0.75),
    statement("a.txt", "no rise", "dockers", "open", nth=2, via=Via.ANONYMOUS, via_name="an official, \"off\" the record"),
    statement("a.txt", "no rise,\u00a0if\nthe Board\r\nstays", "dockers", "against", condition="if\nthe Board\r\nstays"),
    statement(
        "a.txt", "=1+1 rises, says Ada Example", "board", "for", speaker="Ada Example",
        reasons=(Reason("speaker", "subject of ‘says’", 17, 28), Reason("act", "=no cue")),
    ),
    statement("b.txt", "-5 per cent", "board", "open", former=True),
]  # fmt: skip


def judgement(number: int, judged: Statement, verdict: Verdict, **fields) -> Judgement:
    return Judgement(
        number, judged.id, verdict, "+Bo", "2025-10-01T12:00:00+00:00", judged.report_id, judged.start, judged.end,
        judged.quote, judged.party, judged.option, judged.stance, **fields,
    )  # fmt: skip


JUDGEMENTS = [
    judgement(1, STATEMENTS[3], Verdict.CORRECT, corrections=(("speaker", None), ("act", "offer")), note="=SUM(A1)"),
    judgement(2, STATEMENTS[4], Verdict.CONFIRM),
]


def report_rows() -> list[ReportRow]:
    read = [
        ReportRow(
            f"id-{name}", name, None, "The Quay", None, DATES[name], None, "en", ReportState.READ, "", 2, len(text)
        )
        for name, text in TEXTS.items()
    ]
    failed = ReportRow("id-c", "c.txt", None, None, None, None, None, None, ReportState.FAILED, "not a text", 0, 0)
    return [failed, *read]


AGENDA = parse_agenda("""\
title: Port
parties: [{id: board, name: The Board}, {id: dockers, name: The dockers}]
issues: [{id: pay, title: Pay, options: [{id: rise, says: Wages rise}, {id: lump-sum, says: One sum is paid}]}]
instrument:
  title: Port agreement
  kind: collective-agreement
  provisions: {wages: {value: '=a rise', option: rise, code: {percent: '6'}}, duration: {value: unknown}}
""")
NAMES = ("statements", "positions", "reports", "judgements", "terms", "packages")


def view(reverse: bool = False, notice: str = "Exercise material; no news.") -> ExportView:
    judged = in_force(STATEMENTS, JUDGEMENTS)
    dates = {f"id-{name}": day for name, day in DATES.items()}
    turned = slice(None, None, -1 if reverse else 1)
    positions = positions_at(standing(judged), dates)[turned]
    stands = stands_of(AGENDA, positions, standing(judged)[turned])
    return ExportView(
        title="Talks at the port: Summer 2025!",
        statements=judged[turned],
        positions=positions,
        reports=report_rows()[turned],
        judgements=JUDGEMENTS[turned],
        runs=[Run("local", '{"cues": "abc"}', "d1", "0.1"), Run("local", '{"cues": "abd"}', "d1", "0.1")][turned],
        occurrences=occurrences(STATEMENTS, TEXTS),
        notice=notice,
        terms=term_sheet(Sheet(AGENDA, kind_of("collective-agreement"), read=2), stands),
        packages=deal_space(AGENDA, signatories(AGENDA), stands),
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_record_gives_the_same_bytes_in_whatever_order_it_comes(tmp_path: Path) -> None:
    first = export_data_package(tmp_path / "one", view())
    export_data_package(tmp_path / "two", view(reverse=True))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    export_data_package(tmp_path / "one", view())  # over an earlier export
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert [path.name for path in first] == [
        *(f"{name}.csv" for name in NAMES),
        *(f"{name}.jsonl" for name in NAMES),
        "datapackage.json",
    ]
    assert sorted(contents(tmp_path / "one")) == sorted(path.name for path in first)  # no drafts left


def test_csv_and_json_lines_hold_the_same(tmp_path: Path) -> None:
    export_csv(tmp_path, view())
    export_json_lines(tmp_path, view())
    for table in TABLES:
        rows = read_csv(tmp_path / f"{table.name}.csv")
        lines = (tmp_path / f"{table.name}.jsonl").read_text(encoding="utf-8").splitlines()
        objects = [json.loads(line) for line in lines]
        assert len(rows) == len(objects) > 0
        for row, one in zip(rows, objects, strict=True):
            assert list(row) == list(one) == [column.name for column in table.columns]
            assert next(iter(one)) == "id"
            for column in table.columns:
                assert_same(column.kind, row[column.name], one[column.name])
                assert one[column.name] is not None or not column.required


def assert_same(kind: str, cell: str, value: object) -> None:
    if value is None:
        assert cell == ""
    elif kind == "texts":
        assert cell == "; ".join(value)
    elif kind in ("objects", "object"):
        assert (json.loads(cell) if cell else type(value)()) == value
    elif kind == "boolean":
        assert cell == str(value).lower()
    elif kind in ("integer", "number"):
        assert float(cell) == value
    else:
        assert cell == value


def test_a_line_of_statements_has_the_fields_of_the_codebook(tmp_path: Path) -> None:
    export_json_lines(tmp_path, view())
    rows = read_statements(tmp_path / "statements.jsonl")
    assert set(CODEBOOK) < set(rows[0])
    assert [row["report"] for row in rows] == ["a.txt", "a.txt", "a.txt", "b.txt", "b.txt"]
    for row in rows:
        assert TEXTS[row["report"]][row["start"] : row["end"]] == row["quote"]
        assert row["notice"] == "Exercise material; no news."
    first, _, third, former, _ = rows
    assert (first["speaker"], first["act"], first["verdict"]) == (None, "offer", "correct")
    assert first["judgement"].startswith("corrected by +Bo on 2025-10-01")
    assert first["published"], first["published_precision"] == ("2025-08", "month")
    assert (first["published_basis"], first["published_about"], first["publisher"]) == ("analyst", True, "The Quay")
    assert first["reasons"][0] == {"step": "speaker", "says": "subject of ‘says’", "start": 17, "end": 28}
    assert (third["occurrence"], third["via_name"]) == (2, 'an official, "off" the record')
    assert (former["former"], former["stance"]) == (True, "open")


def test_the_gold_scorer_reads_exported_statements(tmp_path: Path) -> None:
    script = ROOT.parent / "shared" / "gold" / "score_record.py"
    if not script.exists():
        pytest.skip("the gold records' own scorer is not beside the checkout")
    module = loaded(script)
    (tmp_path / "reports").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "reports" / name).write_bytes(text.encode())
    export_json_lines(tmp_path, view())
    exported = tmp_path / "statements.jsonl"
    figures = module.score(tmp_path, exported)
    assert figures["position"]["f1"] == figures["statement"]["f1"] == figures["stance"] == 1.0
    assert score(tmp_path, read_statements(exported)).as_dict() == figures


def test_positions(tmp_path: Path) -> None:
    (path, *_) = export_csv(tmp_path, view())[1:]
    board, dockers = read_csv(path)
    assert (board["id"], board["stances"], board["since"], board["since_basis"]) == (
        "board/rise",
        "against",
        "2025-09-04",
        "page",
    )
    assert (dockers["stances"], dockers["latest"], dockers["latest_precision"]) == ("against; open", "2025-08", "month")
    assert board["former"] == STATEMENTS[4].id


def test_the_codebook_describes_the_files(tmp_path: Path) -> None:
    export_data_package(tmp_path, view())
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["name"] == "talks-at-the-port-summer-2025"
    assert package["notice"] in package["description"]
    assert [reading["fingerprint"] for reading in package["readings"]] == [{"cues": "abc"}, {"cues": "abd"}]
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names)) == 2 * len(NAMES)
    for resource in package["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        fields = resource["schema"]["fields"]
        assert all(field["description"].endswith(".") for field in fields)
        for key in resource["schema"].get("foreignKeys", []):
            assert key["reference"]["resource"] in names
        if resource["format"] == "csv":
            with (tmp_path / resource["path"]).open(encoding="utf-8", newline="") as file:
                assert next(csv.reader(file)) == [field["name"] for field in fields]


def test_a_record_without_notice_or_statements(tmp_path: Path) -> None:
    empty = ExportView("Ж", [], [], [])
    export_data_package(tmp_path, empty)
    assert read_csv(tmp_path / "statements.csv") == []
    assert (tmp_path / "statements.jsonl").read_bytes() == b""
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["name"], package["notice"]) == ("record", None)
    export_json_lines(tmp_path, view(notice=""))
    assert {row["notice"] for row in read_statements(tmp_path / "statements.jsonl")} == {None}


@given(st.text("an ", max_size=12), st.text("an ", min_size=1, max_size=3))
def test_occurrences_are_counted_as_the_gold_scorer_counts_them(text: str, quote: str) -> None:
    starts = [at for at in range(len(text)) if text.startswith(quote, at)]
    assert [occurrence_of(text, quote, start) for start in starts] == list(range(1, len(starts) + 1))
    elsewhere = set(range(len(text) + 2)) - set(starts)
    assert {occurrence_of(text, quote, start) for start in elsewhere} <= {None}


def test_a_row_with_its_report_finds_its_occurrence() -> None:
    one = STATEMENTS[1]
    report = Report("id-a.txt", "a.txt", "", "text/plain", "utf-8", TEXTS["a.txt"], published=DATES["a.txt"])
    row = statement_row(one, report)
    assert (row["occurrence"], row["published"], row["published_precision"]) == (2, "2025-08", "month")
    assert (statement_row(one)["occurrence"], statement_row(one)["published"]) == (None, None)


def test_a_row_that_does_not_fit_its_table_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match=r"\['b'\]"):
        write_csv(io.StringIO(), ["a"], [{"a": 1, "b": 2}])


@given(
    st.lists(
        st.fixed_dictionaries({"id": st.text(), "x": st.none() | st.floats(allow_nan=False, allow_infinity=False)})
    )
)
def test_json_lines_are_lines_whatever_they_hold(rows: list[dict]) -> None:
    stream = io.StringIO()
    write_json_lines(stream, rows)
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == rows


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "new" / "statements.csv"
    with pytest.raises(KeyboardInterrupt), whole_file(path) as file:
        file.write("half")
        raise KeyboardInterrupt
    assert list(path.parent.iterdir()) == []
    path.write_text("before", encoding="utf-8")
    with pytest.raises(RuntimeError), whole_file(path) as file:
        file.write("half")
        raise RuntimeError("the record cannot be read on")
    assert contents(path.parent) == {"statements.csv": b"before"}
    with whole_file(path) as file:
        file.write("after\n")
        assert path.read_text(encoding="utf-8") == "before"
    assert contents(path.parent) == {"statements.csv": b"after\n"}


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(RequestError, match="cannot be written"):
        export_data_package(tmp_path / "taken", view())
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    if os.access(locked, os.W_OK):
        pytest.skip("this user may write anywhere, so a read-only folder cannot be tried")
    with pytest.raises(RequestError, match="cannot be written"):
        export_csv(locked, view())


def test_files_that_are_no_such_table(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    for content, told in [
        (b"a,b\n1\n", "table.csv:2: expected 2 cells"),
        (b"\xff", "not UTF-8"),
        (b'a\n"b', "not a CSV"),
    ]:
        path.write_bytes(content)
        with pytest.raises(RequestError, match=told):
            read_csv(path)
    with pytest.raises(RequestError, match="cannot be read"):
        read_csv(tmp_path / "none.csv")
