"""users, audit and serve for a team, from the command line; a terminal and a server are real."""

import io
import json
import os
import pty
import re
import signal
import stat
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager

import pytest
from click.testing import CliRunner
from small_record import make_small_record

from travaux.cli.root import command, run
from travaux.server.passwords import is_password
from travaux.server.people import load_people

PASSWORD = "seven quiet ferries"


def asked(*arguments, given=""):
    return CliRunner().invoke(command, [str(one) for one in arguments], input=given, catch_exceptions=True)


def test_people_are_added_changed_listed_and_removed(tmp_path):
    file = tmp_path / "users.yaml"
    assert (
        asked("users", "add", file, "ana", "--role", "review", "--signs", "Ana P.", given=f"{PASSWORD}\n").exit_code
        == 0
    )
    assert asked("users", "add", file, "bo", "--role", "read", "--by-proxy").exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSWORD not in file.read_text(encoding="utf-8")
    rows = [json.loads(line) for line in asked("users", "list", file, "--jsonl").stdout.splitlines()]
    assert rows == [
        {"id": "ana", "role": "review", "signs": "Ana P.", "signs_in": "by password"},
        {"id": "bo", "role": "read", "signs": "bo", "signs_in": "by a server in front"},
    ]
    assert "Ana P." in asked("users", "list", file).stdout
    assert asked("users", "role", file, "ANA", "edit").exit_code == 0
    assert asked("users", "password", file, "bo", given="another long password\n").exit_code == 0
    ana, bo = load_people(file)
    assert (
        ana.role == "edit" and is_password(PASSWORD, ana.password) and is_password("another long password", bo.password)
    )
    assert asked("users", "remove", file, "ana").exit_code == 0
    assert [one.name for one in load_people(file)] == ["bo"]


def test_what_cannot_be_is_told_in_a_line_and_changes_nothing(tmp_path, capsys, monkeypatch):
    file = tmp_path / "users.yaml"
    asked("users", "add", file, "ana", "--role", "review", given=f"{PASSWORD}\n")
    before = file.read_bytes()
    for arguments, given, told in (
        (("add", file, "ANA", "--role", "read"), f"{PASSWORD}\n", "ANA is there already"),
        (("add", file, "bo", "--role", "read", "--signs", "ana"), f"{PASSWORD}\n", "signs in or signs as"),
        (("add", file, "bo", "--role", "read"), "short\n", "12 to 256 characters"),
        (("add", file, "bo", "--role", "read"), "", "12 to 256 characters"),
        (("password", file, "bo"), f"{PASSWORD}\n", "nobody is called 'bo'"),
        (("remove", file, "bo"), "", "nobody is called 'bo'"),
        (("list", tmp_path / "none.yaml"), "", "there is no such users file"),
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        assert run(["users", *map(str, arguments)]) == 2
        said = capsys.readouterr().err
        assert told in said and said.count("\n") == 1
    assert file.read_bytes() == before


def on_terminal(arguments, *answers):
    """A command on a terminal of its own, which is typed the answers one after the other; its code and what is seen."""
    process, terminal = pty.fork()
    if process == 0:
        os.execv(sys.executable, [sys.executable, "-m", "travaux", *map(str, arguments)])
    seen = b""
    try:
        for answer in answers:
            before = len(seen)
            while b": " not in seen[before:]:
                seen += os.read(terminal, 4096)
            time.sleep(0.1)  # until getpass has turned the echo off
            os.write(terminal, answer.encode() + b"\n")
        while chunk := _read(terminal):
            seen += chunk
    finally:
        _, status = os.waitpid(process, 0)
        os.close(terminal)
    return os.waitstatus_to_exitcode(status), seen.decode()


def _read(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other end is closed
        return b""


def test_on_a_terminal_the_password_is_asked_twice_and_never_shown(tmp_path):
    file = tmp_path / "users.yaml"
    code, seen = on_terminal(["users", "add", file, "ana", "--role", "edit"], PASSWORD, PASSWORD)
    assert code == 0, seen
    assert "Password for ana: " in seen and "The same again: " in seen and PASSWORD not in seen
    assert is_password(PASSWORD, load_people(file)[0].password)
    code, seen = on_terminal(["users", "password", file, "ana"], "another long password", "another long passwort")
    assert code == 2 and "two different passwords" in seen
    assert is_password(PASSWORD, load_people(file)[0].password)


def test_no_command_takes_a_password_as_an_argument():
    users = command.get_command(None, "users")
    for one in users.commands.values():
        for parameter in one.params:
            assert "pass" not in (parameter.name or ""), one.name


@contextmanager
def served(folder, *options):
    process = subprocess.Popen(
        [sys.executable, "-m", "travaux", "serve", str(folder), "-p", "0", *map(str, options)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        address = process.stdout.readline().strip()
        assert address, process.stderr.read()
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def test_a_record_is_served_to_people_and_audit_lists_what_they_did(tmp_path):
    folder, file = make_small_record(tmp_path / "talks"), tmp_path / "users.yaml"
    asked("users", "add", file, "ana", "--role", "review", "--signs", "Ana P.", given=f"{PASSWORD}\n")
    with served(folder, "--users", file) as address:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = opener.open(address).read().decode()
        token = re.search(r'name="token" value="([^"]+)"', page)[1]
        for password in ("not the password", PASSWORD):
            fields = urllib.parse.urlencode({"name": "ana", "password": password, "token": token, "back": "/review"})
            try:
                page = opener.open(f"{address}sign-in", fields.encode()).read().decode()
            except urllib.error.HTTPError as error:
                assert error.code == 403
        assert "What waits for a person" in page
        token = re.search(r'name="token" value="([^"]+)"', page)[1]
        statement = re.search(r'name="statement" value="([^"]+)"', page)[1]
        fields = urllib.parse.urlencode(
            {"token": token, "statement": statement, "verdict": "confirm", "reviewer": "Bo"}
        )
        opener.open(f"{address}judgements", fields.encode()).read()
    rows = [json.loads(line) for line in asked("audit", folder, "--jsonl").stdout.splitlines()]
    assert [(one["id"], one["person"], one["address"], one["what"], one["about"]) for one in rows] == [
        ("1", "ana", "127.0.0.1", "sign-in failed", None),
        ("2", "ana", "127.0.0.1", "signed in", None),
        ("3", "ana", "127.0.0.1", "judged", f"judgement 1: confirm {statement}"),
    ]
    log = asked("judge", "log", folder, "--jsonl").stdout
    assert json.loads(log)["reviewer"] == "Ana P."
    assert "sign-in failed" in asked("audit", folder, "--what", "sign-in failed").stdout


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--users", "none.yaml"), "there is no such users file"),
        (("--trusted-header", "X-Remote-User"), "would be believed from everybody"),
        (("--proxy", "127.0.0.1"), "--users or --trusted-header names it"),
        (("--others", "read"), "--users or --trusted-header names it"),
        (("--public-address", "talks.example"), "no address to reach this by"),
        (("--public-address", "https://talks.example/record"), "no address to reach this by"),
        (("--public-address", "https://ana@talks.example"), "no address to reach this by"),
    ],
)
def test_a_server_for_nobody_is_not_started(tmp_path, monkeypatch, capsys, options, told):
    monkeypatch.chdir(tmp_path)
    make_small_record(tmp_path / "talks")
    assert run(["serve", "talks", "-p", "0", *options]) == 2
    assert told in capsys.readouterr().err
