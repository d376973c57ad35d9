"""The real command line: a process of its own where that matters, else the same entry point in this one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from travaux.cli.root import run

CHECKOUT = Path(__file__).resolve().parents[2]
EXAMPLE = CHECKOUT / "examples" / "example-guarantees"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> list[str]:
        """The lines of talk that are no announcement of the record used."""
        return [line for line in self.err.splitlines() if line and not line.startswith("Record: ")]


Command = Callable[..., Ended]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Nothing of the user's own settings, and a home of the test's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRAVAUX_", "NO_COLOR"))}
    path = os.pathsep.join([str(CHECKOUT / "src"), *filter(None, [kept.get("PYTHONPATH")])])
    return {
        **kept,
        "PYTHONPATH": path,
        "TRAVAUX_HOME": str(home),
        "TRAVAUX_REVIEWER": "the tests",
        "COLUMNS": "100",
        **more,
    }


def process(*arguments: str | Path, home: Path, cwd: Path | None = None, stdin: bytes = b"", **more: str) -> Ended:
    """``python -m travaux`` as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "travaux", *map(str, arguments)],
        cwd=cwd,
        env=environment(home, **more),
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """TRAVAUX_HOME of this test, empty."""
    place = tmp_path / "home"
    for name, value in environment(place).items():
        if name != "PYTHONPATH":
            monkeypatch.setenv(name, value)
    for name in ("TRAVAUX_RECORD", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return place


@pytest.fixture
def travaux(home: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command line in this process: ``travaux("show", record, "--json")``."""

    def command(*arguments: str | Path) -> Ended:
        capsys.readouterr()
        try:
            code = run([str(one) for one in arguments])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        told = capsys.readouterr()
        return Ended(code, told.out, told.err)

    return command


@pytest.fixture
def apart(home: Path) -> Command:
    """Runs a command line in a process of its own, with the home of this test."""

    def command(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", **more: str) -> Ended:
        return process(*arguments, home=home, cwd=cwd, stdin=stdin, **more)

    return command


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """The example's record, built once in a process of its own, and how that ended. Not to be written to."""
    folder = tmp_path_factory.mktemp("built")
    ended = process("build", EXAMPLE, "--output", folder / "record", home=folder / "home")
    return folder / "record", ended


@pytest.fixture
def record(built: tuple[Path, Ended], tmp_path: Path) -> Path:
    """A copy of the example's record, to do with as one likes."""
    return Path(shutil.copytree(built[0], tmp_path / "example"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example as an analyst has it before Travaux: agenda, manifest and two reports."""
    place = tmp_path / "talks"
    (place / "reports").mkdir(parents=True)
    for name in ("agenda.yaml", "manifest.csv"):
        shutil.copy(EXAMPLE / name, place)
    for report in ("01-rome-after-alaska.txt", "02-washington-wire.txt"):
        shutil.copy(EXAMPLE / "reports" / report, place / "reports")
    return place


@pytest.fixture
def started(home: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts a command line in a process of its own and does not wait for it."""

    def command(*arguments: str | Path, **options: object) -> subprocess.Popen[bytes]:
        # As people start it: `python -m` forgets the exit code where Ctrl-C came while Python ran code given as text.
        return subprocess.Popen(
            [Path(sys.executable).with_name("travaux"), *map(str, arguments)],
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **options,  # type: ignore[call-overload]
        )

    return command


@pytest.fixture(scope="session")
def example_folder() -> Path:
    """The example's folder, which is a gold record too."""
    return EXAMPLE


@pytest.fixture(scope="session")
def example_texts() -> dict[str, str]:
    """The example's reports by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in (EXAMPLE / "reports").glob("*.txt")}
