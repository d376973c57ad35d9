"""Trap: a helpful message swallowed by the framework (`click.Abort("…")` prints "Aborted!"). Seen in nomenklatura."""

import click
import pytest

from travaux import errors
from travaux.cli.root import run


def every_error() -> list[type[errors.TravauxError]]:
    """All classes of the exception tree."""
    found = [errors.TravauxError]
    for kind in found:
        found += kind.__subclasses__()
    return [kind for kind in found if kind.__module__ == "travaux.errors"]


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_the_message_the_remedy_and_the_code_arrive(kind, capsys, monkeypatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise kind("it is so", remedy="do this", path="/some/place", line=7)

    monkeypatch.setattr("travaux.api.Record.open", fails)
    assert run(["show", "record"]) == kind.exit_code
    told = capsys.readouterr()
    assert told.err == "Error: /some/place:7: it is so (do this)\n"
    assert told.out == ""


@pytest.mark.parametrize("raised", [KeyboardInterrupt, click.Abort])
def test_a_stop_is_told_as_one(raised, capsys, monkeypatch) -> None:
    def stops(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr("travaux.api.Record.open", stops)
    assert run(["show", "record"]) == 130
    assert capsys.readouterr().err.strip() == "Stopped."


def test_control_characters_in_a_message_do_not_reach_the_terminal(capsys) -> None:
    assert run(["show", "\x1b[2Jfolder\nwith a line end"]) == 2
    told = capsys.readouterr().err
    assert "\x1b" not in told
    assert told.count("\n") == 1
