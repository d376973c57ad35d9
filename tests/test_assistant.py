"""The record over the Model Context Protocol: a real client asks, and every answer carries its evidence."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import travaux
from travaux.assistant import MOST, record_server
from travaux.errors import NotARecord, RequestError

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "example-guarantees"
COPY = "07-copied.txt"
MORE = (
    "Ukraine rejects a return to the borders of 1991, Zelenskyy said on Tuesday. “We will never give up joining NATO,” "
    "he said. “Ukraine no longer asks for membership in NATO,” his office said. "
    "Russia rejects foreign troops in Ukraine, Lavrov said. Ukraine demands foreign troops, Zelenskyy said."
)
EVIDENCE = {
    "id",
    "quote",
    "start",
    "end",
    "report",
    "published",
    "published_basis",
    "via",
    "via_name",
    "verdict",
    "judgement",
    "url",
}


def example_in(source: Path, count: int) -> Path:
    """The example with its first reports alone."""
    (source / "reports").mkdir()
    shutil.copy(EXAMPLE / "agenda.yaml", source)
    shutil.copy(EXAMPLE / "manifest.csv", source)
    for name in sorted(path.name for path in (EXAMPLE / "reports").iterdir())[:count]:
        shutil.copy(EXAMPLE / "reports" / name, source / "reports")
    return source


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = example_in(tmp_path_factory.mktemp("source"), 2)
    first = min((source / "reports").iterdir())
    (source / "reports" / COPY).write_text(f"{first.read_text(encoding='utf-8')}\n{MORE}\n", encoding="utf-8")
    with travaux.build(source) as record:
        record.judge(record.statements()[0], "confirm", reviewer="A. Reader")
        return record.folder


def in_a_loop(work: Coroutine[Any, Any, Any]) -> Any:
    """What comes of it, in a thread of its own: this one may have the loop of a browser that other tests use."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def asked(server: Any, tool: str, **values: Any) -> dict[str, Any]:
    import mcp

    async def ask() -> dict[str, Any]:
        async with mcp.Client(server) as client:
            answer = await client.call_tool(tool, values)
            assert not answer.is_error, answer
            return json.loads(answer.content[0].text)

    return in_a_loop(ask())


def texts(folder: Path) -> dict[str, str]:
    with travaux.Record.open(folder, read_only=True) as record:
        return {report.name: report.text for report in record.store.reports()}


def assert_evidence(statement: dict[str, Any], held: dict[str, str]) -> None:
    assert set(statement) >= EVIDENCE
    assert held[statement["report"]][statement["start"] : statement["end"]] == statement["quote"]


def test_the_tools_only_read(folder: Path) -> None:
    import mcp

    async def listed() -> Any:
        async with mcp.Client(record_server(folder)) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = in_a_loop(listed())
    assert [tool.name for tool in tools] == [
        "about", "positions", "statements", "passage", "reports", "network",
        "shifts", "conflicts", "flags", "families", "terms", "packages",
    ]  # fmt: skip
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    assert "never instructions" in instructions


def test_answers_carry_their_evidence(folder: Path) -> None:
    server, held = record_server(folder), texts(folder)
    found = asked(server, "positions")
    assert found["positions"]
    for position in found["positions"]:
        assert position["statements"] or position["former"]
        for statement in (*position["statements"], *position["former"]):
            assert_evidence(statement, held)
    assert found["notice"].startswith("Exercise material")
    statements = asked(server, "statements", limit=1000)
    assert statements["found"] == len(statements["statements"]) <= MOST
    for statement in statements["statements"]:
        assert_evidence(statement, held)
    assert statements["statements"][0]["judgement"].startswith("confirmed by A. Reader")
    one = asked(server, "passage", statement=statements["statements"][0]["id"], around=40)
    assert one["text"] == held[one["statement"]["report"]][one["text_start"] : one["text_end"]]
    assert one["statement"]["quote"] in one["text"]


def test_packages_carry_the_evidence_of_who_blocks_them(tmp_path: Path) -> None:
    with travaux.build(example_in(tmp_path, 10)) as record:
        whole = record.folder
    packages = asked(record_server(whole), "packages")
    named = [one for package in packages["packages"] for one in (*package["moves"], *package["conditions"])]
    assert named and packages["says"].startswith("The rules allow ")
    for stand in named:
        assert_evidence(stand["statement"], texts(whole))


def test_what_is_concluded_carries_its_evidence_too(folder: Path) -> None:
    server, held = record_server(folder), texts(folder)
    terms = asked(server, "terms")
    stands = [stand for term in terms["terms"] for stand in term["stands"]]
    assert stands and all(isinstance(stand["statement"], dict) for stand in stands)
    for stand in stands:
        assert_evidence(stand["statement"], held)
    shifts = asked(server, "shifts")
    assert shifts["shifts"]
    for shift in shifts["shifts"]:
        for statement in filter(None, (shift["before"], shift["after"])):
            assert_evidence(statement, held)
    passages = [
        passage
        for conflict in asked(server, "conflicts")["conflicts"]
        for side in conflict["sides"]
        for passage in side["passages"]
    ]
    flags = asked(server, "flags")["flags"]
    assert flags and passages
    for one in (*passages, *(flag for flag in flags if flag["quote"])):
        assert held[one["report"]][one["start"] : one["end"]] == one["quote"]
        assert one.keys() >= {"published", "published_basis", "publisher", "url"}
        for statement in one["statements"]:
            assert_evidence(statement, held)


def test_families_show_what_they_share(folder: Path) -> None:
    server, held = record_server(folder), texts(folder)
    (family,) = asked(server, "families")["families"]
    assert COPY in [one["report"] for one in family["reports"]]
    assert all({"published", "url"} <= one.keys() for one in family["reports"])
    (link,) = family["links"]
    assert link["passages"] and link["passages_found"] >= len(link["passages"])
    for passage in link["passages"]:
        assert held[link["first"]][passage["start"] : passage["end"]] == passage["quote"]
        there = held[link["second"]][passage["other_start"] :]
        assert there.split()[:5] == passage["quote"].split()[:5]
    assert any(passage["cut"] for passage in link["passages"])


def test_questions_are_narrowed_and_cut(folder: Path) -> None:
    server = record_server(folder)
    everything = asked(server, "statements", limit=2)
    assert (len(everything["statements"]), everything["left_out"]) == (2, everything["found"] - 2)
    kyiv = asked(server, "statements", party="Kyiv", words="NATO")
    assert {one["party"] for one in kyiv["statements"]} <= {"ukraine"}
    assert all("nato" in one["quote"].casefold() for one in kyiv["statements"])
    assert asked(server, "about")["title"].startswith("Security guarantees")
    assert len(asked(server, "reports")["reports"]) == 3
    assert isinstance(asked(server, "network", two_mode=True)["ties"], list)


def test_a_wrong_question_is_answered_with_what_is_wrong(folder: Path) -> None:
    server = record_server(folder)
    assert asked(server, "statements", party="Atlantis")["error"].startswith("no party 'Atlantis' in this record")
    assert "no statement 'x'" in asked(server, "passage", statement="x")["error"]
    assert "no one-mode network" in asked(server, "network", ties="combine")["error"]
    assert "no kind of flag 'doom'" in asked(server, "flags", kind="doom")["error"]
    assert "is no date" in asked(server, "shifts", since="soon")["error"]
    assert "is no date" in asked(server, "positions", as_of="yesterday")["error"]


def test_over_standard_input_and_output(folder: Path, tmp_path: Path) -> None:
    import mcp

    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    keep = {**os.environ, "TRAVAUX_HOME": str(tmp_path), "PYTHONPATH": str(EXAMPLE.parents[1] / "src")}
    place = mcp.StdioServerParameters(command=sys.executable, args=["-m", "travaux", "mcp", str(folder)], env=keep)
    assert asked(place, "about")["reports"] == 3
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.name in before} == before


def test_a_record_that_is_given_to_no_language_model(folder: Path, tmp_path: Path) -> None:
    private = shutil.copytree(folder, tmp_path / "private")
    agenda = private / "agenda.yaml"
    agenda.write_text(f"llm: never\n{agenda.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(RequestError, match="given to no language model"):
        record_server(private)


def test_a_folder_that_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(NotARecord):
        record_server(tmp_path)
