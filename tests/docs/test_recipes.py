"""The recipes: every command of ours is run as it stands there, and what the pages name is there afterwards."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import shlex
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest

import travaux
from travaux.cli.root import run

ROOT = Path(__file__).resolve().parents[2]
RECIPES = ROOT / "docs" / "recipes"
EXAMPLE = ROOT / "examples" / "example-guarantees"
PAGES = ["r", "gephi", "dna", "zotero", "datasette", "obsidian", "label-studio", "assistant"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("source")
    (source / "reports").mkdir()
    for name in ("agenda.yaml", "manifest.csv"):
        shutil.copy(EXAMPLE / name, source)
    for name in sorted(path.name for path in (EXAMPLE / "reports").iterdir())[:3]:
        shutil.copy(EXAMPLE / "reports" / name, source / "reports")
    with travaux.build(source, tmp_path_factory.mktemp("built") / "my-talks") as record:
        return record.folder


@pytest.fixture
def desk(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a record my-talks, and with what other programs would have written."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAVAUX_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TRAVAUX_REVIEWER", "the tests")
    shutil.copytree(built, tmp_path / "my-talks")
    with travaux.Record.open(tmp_path / "my-talks") as record:
        record.export("dna", tmp_path / "coded.dna")
        record.export("prodigy", tmp_path / "answered.jsonl")
        tasks, interface = record.export("label-studio", tmp_path / "given")
        shutil.move(tasks, tmp_path / "annotated.json")
        interface.unlink()
    return tmp_path


def blocks(page: str, language: str) -> list[str]:
    text = (RECIPES / f"{page}.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def commands(page: str) -> list[str]:
    lines = [line.split(" #")[0].strip() for block in blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("travaux ")]


def test_there_is_a_page_for_each_tool_and_exchange_names_them() -> None:
    assert sorted(path.stem for path in RECIPES.glob("*.md")) == sorted(PAGES)
    text = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
    assert all(f"recipes/{page}.md" in text for page in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_runs_and_what_the_page_names_is_there(page: str, desk: Path, capsys) -> None:
    for command in commands(page):
        words = shlex.split(command)[1:]
        if words[-1] == "--draft-agenda":
            assert run(words) == 0
            continue
        assert run(words) == 0, capsys.readouterr().err
    text = (RECIPES / f"{page}.md").read_text(encoding="utf-8")
    named = re.findall(r"[`\"]((?:out|networks|dna|vault|labels|old-project|my-talks)/[\w./-]+\.\w+)", text)
    if page in ("r", "gephi", "dna", "datasette", "label-studio", "obsidian"):
        assert named
    for path in named:
        if path.endswith(".parquet"):
            assert run(["export", "my-talks", "--format", "parquet", "-o", "out"]) == 0
        assert (desk / path).exists(), path


def test_the_r_of_the_page_names_columns_and_attributes_that_are_there(desk: Path) -> None:
    for command in commands("r"):
        run(shlex.split(command)[1:])
    with (desk / "out" / "statements.csv").open(encoding="utf-8", newline="") as file:
        header = set(next(csv.reader(file)))
    code = "\n".join(blocks("r", "r"))
    used = set(re.findall(r"\b(?:is\.na|as\.Date)\((\w+)\)", code)) | set(re.findall(r"(\w+) (?:==|!=)", code))
    used |= {name for call in re.findall(r"count\(([^)]*)\)", code) for name in call.split(", ")}
    used |= set(re.findall(r"(\w+) = \"c\"", code))
    assert {"party", "option", "stance", "verdict", "published", "id"} <= used <= header
    graph = ElementTree.parse(desk / "networks" / "one-mode-congruence.graphml")
    keys = {key.get("attr.name") for key in graph.iter("{http://graphml.graphdrawing.org/xmlns}key")}
    assert set(re.findall(r"[EV]\(g\)\$(\w+)", code)) == {"cosine", "label"} <= keys


def test_the_apostrophes_are_taken_off_as_the_page_of_r_says(desk: Path) -> None:
    (pattern,) = re.findall(r'sub\("(\^.*?)", "", quote', (RECIPES / "r.md").read_text(encoding="utf-8"))
    from travaux.exchange.csv_files import neutral_cell

    for text in ("=1+1", "+x", "-x", "@x", "'quoted'", "plain", "''=x"):
        assert re.sub(pattern.replace("\\\\", "\\"), "", neutral_cell(text)) == text


def test_the_python_of_the_page_on_datasette_runs(desk: Path) -> None:
    run(shlex.split(commands("datasette")[0])[1:])
    (code,) = blocks("datasette", "python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "datasette.md", "exec"), {})
    assert len(printed.getvalue().splitlines()) > 3
    text = (RECIPES / "datasette.md").read_text(encoding="utf-8")
    with closing(sqlite3.connect(desk / "out" / "travaux.db")) as database:
        views = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert views == set(re.findall(r"`(v_\w+)`", text))
    metadata = (desk / "out" / "metadata.yaml").read_text(encoding="utf-8")
    assert all(f"{name}:" in metadata for name in ("find_quotes", "disagreements", "on_hearsay"))


def test_the_settings_of_the_page_on_assistants(desk: Path) -> None:
    (settings,) = blocks("assistant", "json")
    (server,) = json.loads(settings)["mcpServers"].values()
    assert (server["command"], server["args"][0]) == ("travaux", "mcp")
    from travaux.assistant import _Tools

    text = (RECIPES / "assistant.md").read_text(encoding="utf-8")
    tools = [name for name in vars(_Tools) if not name.startswith("_")]
    assert all(f"`{name}`" in text for name in tools)


def test_the_notes_of_the_vault_stay_as_the_page_says(desk: Path) -> None:
    exports = [shlex.split(line)[1:] for line in commands("obsidian")]
    assert run(exports[0]) == 0
    note = desk / "vault" / "Negotiation.md"
    mine = note.read_text(encoding="utf-8") + "\nMine.\n"
    note.write_text(mine, encoding="utf-8")
    assert run(exports[-1]) == 0
    assert note.read_text(encoding="utf-8") == mine
    assert os.listdir(desk / "vault" / "Parties")
