"""A command killed at any of its write points loses nothing that was done, and done again makes the same record."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from web_stubs import article, page, running_site

DRIVER = Path(__file__).resolve().parents[1] / "support" / "write_points.py"
PATH = os.pathsep.join([str(DRIVER.parents[2] / "src"), str(DRIVER.parent), os.environ.get("PYTHONPATH", "")])
FEED = b"<rss version='2.0'><channel><title>Mail</title><item><link>/one</link></item><item><link>/two</link></item></channel></rss>"
ON_THE_WEB = ("sources", "update")

FEWEST = {
    "new": 50,
    "add": 12,
    "read": 20,
    "show": 12,
    "judge": 3,
    "date": 3,
    "sources": 3,
    "update": 30,
    "agenda": 4,
    "import": 15,
    "merge": 15,
    "export": 20,
    "export-dna": 4,
    "page": 4,
    "migrate": 30,
}
"""By scenario of the driver: write points that it has at least, so that a hook which no longer sees them is noticed."""


@pytest.fixture
def deaths(tmp_path):
    """Runs a scenario; one entry a death."""

    def run(scenario):
        with running_site() as site:
            site.pages |= {
                "/feed": page(FEED, "application/rss+xml"),
                "/one": page(article("One", first="Northland wants the ferry too.")),
                "/two": page(article("Two", first="Southmark rejects the ferry.")),
            }
            address = [site.host] if scenario in ON_THE_WEB else []
            done = subprocess.run(
                [sys.executable, DRIVER, scenario, tmp_path, *address],
                env={
                    **os.environ,
                    "PYTHONPATH": PATH,
                    "TRAVAUX_HOME": str(tmp_path / "home"),
                    "TRAVAUX_REVIEWER": "Tester",
                },
                capture_output=True,
                text=True,
                check=False,
            )
        assert done.returncode == 0, done.stderr[-2000:]
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


@pytest.mark.parametrize("scenario", FEWEST)
def test_a_command_killed_at_each_of_its_write_points(deaths, scenario):
    found = deaths(scenario)
    killed = [one for one in found if one["signal"] == signal.SIGKILL]
    assert [one["point"] for one in killed] == list(range(1, len(killed) + 1))
    assert len(killed) >= FEWEST[scenario]
    assert [one for one in found if one["wrong"]] == []
