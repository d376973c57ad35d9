"""evaluate, doctor: how good the reading is, and whether everything is in order."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux import settings
from travaux.cli.output import Listing, example, listing
from travaux.cli.places import found_record, open_record, record_and_rest, record_argument
from travaux.cli.showing import READER, tell_reader
from travaux.errors import EXIT_SOME_FAILED, NotARecord, TravauxError
from travaux.version import __version__
from travaux.views.words import counted

if TYPE_CHECKING:
    from travaux.api import Record

FIGURES = ("id", "p", "r", "f1", "predicted", "gold", "agree")
DIFFERENCES = ("kind", "report", "party", "option", "gold", "predicted", "gold_quote", "predicted_quote")


@click.command()
@click.argument("record_and_gold", nargs=-1, required=True, metavar="[RECORD] GOLD")
@click.option(
    "--explain",
    "explained",
    is_flag=True,
    help="List everything that was read otherwise than in GOLD, with both quotes.",
)
@READER
@listing
@example("travaux evaluate my-record examples/example-guarantees")
def evaluate(record_and_gold: tuple[str, ...], explained: bool, reader: str | None, out: Listing) -> None:
    """Score the record against GOLD: a folder with statements.jsonl, written by a careful reader, and reports/.

    p, r and f1 are precision, recall and their mean; agree is the share of matched statements with the same value. Where GOLD
    has a checks.yaml, what it expects across the reports is measured too (docs/provenance.md and docs/across.md say how);
    "of gold statements" is what the analysis makes of perfectly read statements.
    """
    from travaux.evaluation import explain, require_sound_gold
    from travaux.views.terminal import differences_view, rows_view

    folder, (gold,) = record_and_rest(record_and_gold, 1, "GOLD")
    require_sound_gold(Path(gold))
    with open_record(folder) as record:
        tell_reader(record, reader)
        if explained:
            found = [asdict(one) for one in explain(Path(gold), record.statements(reader=reader))]
            rows = [{"id": number, **one} for number, one in enumerate(found, 1)]
            view = differences_view(rows, record.notice)
            out.write(rows, lambda _: view, columns=("id", *DIFFERENCES), notice=record.notice)
        else:
            rows = _figures(record, Path(gold), reader)
            out.write(rows, lambda _: rows_view(rows, FIGURES), columns=FIGURES, notice=record.notice)


def _figures(record: Record, gold: Path, reader: str | None) -> list[dict[str, Any]]:
    """One row a figure, by the names of `travaux.evaluation.Score`, then those of what GOLD expects across reports."""
    blank: dict[str, Any] = dict.fromkeys(FIGURES)
    statements = [
        {**blank, "id": name, **(figure if isinstance(figure, dict) else {"agree": figure})}
        for name, figure in record.evaluate(gold, reader=reader).as_dict().items()
    ]
    checks = [{**blank, "id": one.name, **one.measure.as_dict()} for one in record.evaluate_checks(gold, reader=reader)]
    return statements + checks


@click.command()
@record_argument
@click.option(
    "--repair", is_flag=True, help="Save what can be read of a damaged database; the damaged file is kept beside it."
)
@click.option("--restore", metavar="COPY", help="Bring back a copy that was made before the schema changed.")
@listing
@example("travaux doctor my-talks", "travaux doctor my-talks --restore record.schema-0005.sqlite")
def doctor(record: Path | None, repair: bool, restore: str | None, out: Listing) -> None:
    """Check the installation, and a record through and through: files, quotes, layout, judgements.

    Exit code 1 where something is wrong or lost. A note is no fault. Before a newer version of Travaux changes the schema
    of a record, it keeps a copy of the database beside it, the last three of them.
    """
    from travaux.views.terminal import rows_view

    rows = [*_installation(), *_mended(record, repair, restore), *_record(record)]
    columns = ("id", "state", "says")
    out.write(rows, lambda _: rows_view(rows, columns), columns=columns)
    if any(row["state"] in ("wrong", "lost") for row in rows):
        sys.exit(EXIT_SOME_FAILED)


def _mended(named: Path | None, repair: bool, restore: str | None) -> Iterator[dict[str, str]]:
    from travaux.cli.repairing import repaired, restored

    if repair and restore:
        raise click.UsageError("--repair and --restore are two ways; choose one", click.get_current_context())
    if repair:
        yield from (_row(*told) for told in repaired(_folder(named)))
    elif restore:
        yield _row(*restored(_folder(named), restore))


def _folder(named: Path | None) -> Path:
    folder = found_record() if named is None else named
    if not folder.is_dir():
        raise NotARecord("there is no such folder", path=folder)
    return folder


def _row(about: str, state: str, says: str) -> dict[str, str]:
    return {"id": about, "state": state, "says": says}


def _installation() -> Iterator[dict[str, str]]:
    from travaux.reading.model_files import check_installed_model

    yield _row("travaux", "well", f"{__version__} on Python {platform.python_version()}")
    yield _row("home", "well", str(settings.home()))
    try:
        model = check_installed_model()
    except TravauxError as error:
        yield _row("model", "wrong", str(error))
        return
    if model.listed is None:
        yield _row(model.name, "note", "models.toml does not list it, so there is nothing to compare its files with")
        return
    for path in model.missing:
        yield _row(model.name, "wrong", f"{path} is missing; install it again")
    for path in model.changed:
        yield _row(model.name, "wrong", f"{path} is not the file listed in models.toml; install it again")
    if model.is_sound:
        yield _row(
            model.name,
            "well",
            f"{model.listed.version}, {counted(len(model.listed.files), 'file')} as listed; {model.listed.origin}",
        )
    if not model.listed.verified_by:
        yield _row(model.name, "note", "nobody has compared its files with the original release yet")


def _record(named: Path | None) -> Iterator[dict[str, str]]:
    if named is None:
        try:
            named = found_record()
        except NotARecord:
            yield _row("record", "note", "none was named and none was found")
            return
    from travaux.cli.repairing import kept
    from travaux.record.lost import lost_judgements

    with open_record(named) as record:
        problems = record.store.check()
        for problem in problems:
            yield _row(problem.about, "wrong", problem.says)
        rows = record.reports()
        if not problems:
            statements = sum(row.statements for row in rows)
            told = (
                f"{counted(len(rows), 'report')}, {counted(statements, 'statement')}: every quote stands in its report"
            )
            yield _row("record", "well", told)
        lost = lost_judgements(record.store.info())
        if lost:
            yield _row("judgements", "note", f"lost to damage of the file: {', '.join(map(str, lost))}")
        yield from (_row(*told) for told in kept(record.folder))
        yield from _agenda(record)
        for row in rows:
            if row.state == "failed":
                yield _row(row.name, "wrong", f"could not be read: {row.reason}")
        unread = sum(1 for row in rows if row.state == "new")
        if unread:
            yield _row("record", "note", f"{counted(unread, 'report')} not read yet: travaux read reads them")
        for judgement in record.orphaned():
            told = f"its passage is no longer read; it is kept: {judgement.verdict} by {judgement.reviewer}"
            yield _row(f"judgement {judgement.number}", "note", told)


def _agenda(record: Record) -> Iterator[dict[str, str]]:
    from travaux.agenda import check_agenda
    from travaux.api import AGENDA_NAME

    problems = check_agenda(record.folder / AGENDA_NAME)
    for problem in problems:
        yield _row(AGENDA_NAME, "wrong" if str(problem.severity) == "error" else "note", str(problem))
    if not problems:
        yield _row(AGENDA_NAME, "well", "nothing wrong")
