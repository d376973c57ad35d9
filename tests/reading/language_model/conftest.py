"""Servers, readers of them, and a small negotiation to read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from model_stubs import GOLD, HASTE, TEXT, Behaviour, GoldRecord, Server, report_of, serving

from travaux.agenda import load_agenda
from travaux.model import Agenda, Issue, Option, Party, Person, Report
from travaux.reading.language_model.endpoints import Endpoint
from travaux.reading.language_model.reader import LanguageModelReader


@pytest.fixture
def serve() -> Iterator[Callable[[Behaviour], Server]]:
    """Starts servers, and ends them after the test."""
    with serving() as start:
        yield start


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key and no proxy of whoever runs the tests."""
    for name in ("TRAVAUX_LLM_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def ferry() -> Agenda:
    """A small agenda; its digest is that of nothing, as in a draft."""
    north = Party(
        "northland", "Northland", names=("the North",), people=(Person("Ada Example", ("Example",), "minister"),)
    )
    south = Party("southland", "Southland")
    options = (
        Option("ferry-link", "A ferry links the two coasts", ("ferry link",)),
        Option("fares", "Fares are frozen"),
    )
    return Agenda("Ferry talks", (north, south), (Issue("transport", "Transport", options),), digest="0" * 64)


@pytest.fixture(scope="session")
def ferry_report() -> Report:
    return report_of(TEXT)


@pytest.fixture
def reader_of(tmp_path: Path) -> Iterator[Callable[..., LanguageModelReader]]:
    """Makes readers of servers, in a hurry, and closes them after the test."""
    made: list[LanguageModelReader] = []

    def reader(server: Server, **options: Any) -> LanguageModelReader:
        options = {"answers": tmp_path / "answers", "patience": HASTE, **options}
        made.append(LanguageModelReader(Endpoint("stub-1", server.url), **options))
        return made[-1]

    yield reader
    for one in made:
        one.close()


@pytest.fixture(scope="session")
def gold() -> GoldRecord:
    """The Black Sea grain record."""
    found = GoldRecord(load_agenda(GOLD / "agenda.yaml"))
    found.reports = [report_of(path.read_text("utf-8"), path.name) for path in sorted((GOLD / "reports").glob("*.txt"))]
    for line in (GOLD / "statements.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found.statements.setdefault(row["report"], []).append(row)
    return found
