"""A small record that was judged and dated, and the command line on it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_record import make_small_record

from travaux import Record

SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Nothing of the user's own settings, in this process and in those that it starts."""
    monkeypatch.setenv("TRAVAUX_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TRAVAUX_REVIEWER", "Tester")
    monkeypatch.delenv("TRAVAUX_RECORD", raising=False)


@pytest.fixture
def talks(tmp_path):
    """Three reports, six statements, two judgements, one dating."""
    folder = make_small_record(tmp_path / "talks")
    with Record.open(folder) as record:
        for statement in record.statements()[:2]:
            record.judge(statement, "confirm", reviewer="Tester", note="looked at twice")
        record.date("c.txt", "2025-03", reviewer="Tester")
    return folder


@pytest.fixture
def travaux(tmp_path):
    """Runs a command line in a process of its own: its exit code, standard output, and lines on standard error."""

    def command(*arguments, **more):
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TRAVAUX_")},
            "PYTHONPATH": os.pathsep.join([str(SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])]),
            "TRAVAUX_HOME": str(tmp_path / "home"),
            "TRAVAUX_REVIEWER": "Tester",
            "COLUMNS": "200",
        }
        done = subprocess.run(
            [sys.executable, "-m", "travaux", *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            **more,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, [line for line in done.stderr.splitlines() if line]

    return command
