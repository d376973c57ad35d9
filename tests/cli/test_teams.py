"""A record on a PostgreSQL server by the command line: the same talk, the same listings, and copies both ways."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest
from postgresql_server import postgresql, postgresql_session  # noqa: F401 (fixtures)
from served import serving
from small_record import AGENDA, make_small_record

from travaux.record import DATABASE_NAME, POINTER_NAME


@pytest.fixture
def talks(home, tmp_path, postgresql):  # noqa: F811
    """A small record on the server."""
    return make_small_record(tmp_path / "talks")


def test_a_record_on_a_server_is_worked_with_as_one_in_a_file(talks, travaux, monkeypatch):
    assert sorted(path.name for path in talks.iterdir() if not path.name.endswith(".lock")) == [
        "agenda.yaml",
        POINTER_NAME,
    ]
    assert travaux("doctor", talks).code == 0
    (found,) = json.loads(travaux("statements", talks, "--json", "--option", "low-fee").out)
    judged = travaux("judge", "reject", talks, found["id"][:8], "--by", "A. Reader")
    assert judged.code == 0, judged.err
    assert json.loads(travaux("statements", talks, "--json", "--option", "low-fee").out) == []
    assert "a.txt" in travaux("search", talks, "minister*").out
    monkeypatch.chdir(talks)
    assert len(json.loads(travaux("reports", "--json").out)) == 3, "found as the current folder"
    assert travaux("new", talks).code == 2


def test_a_copy_shows_and_exports_the_same_to_the_byte(talks, travaux, tmp_path, postgresql, monkeypatch):  # noqa: F811
    first = json.loads(travaux("statements", talks, "--json").out)[0]["id"]
    assert travaux("judge", "confirm", talks, first, "--by", "A. Reader").code == 0
    copied = travaux("copy", talks, tmp_path / "file", "--database", "sqlite", "--json")
    assert copied.code == 0, copied.err
    rows = {row["id"]: row["rows"] for row in json.loads(copied.out)}
    assert (rows["report"], rows["original"], rows["statement"], rows["judgement"]) == (3, 3, 6, 1)
    assert re.search(rf"{sum(rows.values())} rows, each compared with the original", copied.err)
    assert (tmp_path / "file" / DATABASE_NAME).is_file()
    assert (tmp_path / "file" / "agenda.yaml").read_text() == AGENDA
    assert "TRAVAUX_DB" not in copied.err
    assert travaux("copy", tmp_path / "file", tmp_path / "back").code == 0, "TRAVAUX_DB says where"
    with monkeypatch.context() as without:
        without.delenv("TRAVAUX_DB")
        told = travaux("copy", tmp_path / "file", tmp_path / "third", "--database", postgresql.address)
        assert told.code == 0 and "opened where TRAVAUX_DB names that server" in told.err
    assert (tmp_path / "back" / POINTER_NAME).is_file()
    for command in (["statements"], ["reports"], ["show"], ["judge", "log"], ["flags"], ["families"], ["queue"]):
        shown = [travaux(*command, place, "--json") for place in (talks, tmp_path / "file", tmp_path / "back")]
        assert shown[0].code == 0, shown[0].err
        assert shown[0].out == shown[1].out == shown[2].out, command
    written = []
    for place in (talks, tmp_path / "file", tmp_path / "back"):
        out = tmp_path / f"out-{place.name}"
        assert travaux("export", place, "--format", "datapackage", "--output", out).code == 0
        assert travaux("page", place, "--output", out / "page.html").code == 0
        written.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert written[0] == written[1] == written[2]


def test_a_copy_is_refused_where_something_stands(talks, travaux, tmp_path):
    for place in ("full", "file"):
        (tmp_path / place).mkdir() if place == "full" else (tmp_path / place).write_text("x")
    (tmp_path / "full" / "x").write_text("x")
    for place in ("full", "file"):
        ended = travaux("copy", talks, tmp_path / place)
        assert ended.code == 2 and ended.told == [
            f"Error: {tmp_path / place}: this is there already (name a folder that is not)"
        ]
    ended = travaux("copy", talks, tmp_path / "new", "--database", "postgresql://127.0.0.1:1/x")
    assert ended.code == 3 and "does not answer" in ended.err
    assert not (tmp_path / "new").exists()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_server_that_is_away_is_one_line_and_code_3(talks, travaux, monkeypatch):
    monkeypatch.setenv("TRAVAUX_DB", "postgresql://ada:secretive@127.0.0.1:1/talks")
    for command in (["show", talks], ["doctor", talks], ["serve", talks, "-p", "0"]):
        ended = travaux(*command)
        assert ended.code == 3
        assert len(ended.told) == 1 and ended.told[0].startswith("Error: ") and "127.0.0.1:1/talks" in ended.err
        assert "secretive" not in ended.err


def test_a_judgement_made_elsewhere_is_on_the_page_and_a_lost_server_is_a_page(talks, travaux, postgresql, monkeypatch):  # noqa: F811
    with serving(talks) as served:
        assert served.get("/").status == 200
        (found,) = json.loads(travaux("statements", talks, "--json", "--option", "low-fee").out)
        assert "matter of course" in served.get("/search?q=minister").text
        assert travaux("judge", "reject", talks, found["id"], "--by", "A. Reader").code == 0
        assert "A. Reader" in served.get(f"/statements/{found['id']}").text
        postgresql.stop("fast")
        try:
            lost = served.get("/")
            assert lost.status == 503 and "does not answer" in lost.text
        finally:
            postgresql.start()
        assert served.get("/").status == 200


def test_serve_offers_to_write_where_the_server_grants_it(talks):
    command = [sys.executable, "-m", "travaux", "serve", talks, "-p", "0"]
    told = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(command, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        address = running.stdout.readline().decode().strip()
        try:
            assert b'action="/judgements"' in urllib.request.urlopen(f"{address.rstrip('/')}/review").read()
        finally:
            running.send_signal(signal.SIGINT)
            running.communicate(timeout=30)
