"""A folder of reports becomes a record in one go.

`build` runs the whole way; the numbers are those of the rooms in DESIGN:

1. ``intake``    files to reports            `Record.add`
2. ``record``    reports into the store      `Record.add`
3. ``reading``   reports to statements       `Record.read`
4. ``analysis``  statements to positions     `Record.positions`
5. ``views``     positions to a matrix       `Record.matrix`
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from travaux import settings
from travaux.api import AGENDA_NAME, Progress, Record
from travaux.errors import AgendaError, NotARecord, RecordExists, RequestError
from travaux.outcomes import AddOutcome


def build(folder: str | Path, output: str | Path | None = None, *, progress: Progress | None = None) -> Record:
    """Make or bring up to date the record of a folder with ``agenda.yaml`` and reports: new, add, read in one go.

    Args:
        folder: becomes the record itself, unless ``output`` names another place or it may not be written; then the
            record lies in the user's data folder, see `record_place`.
        output: folder of the record; the agenda is copied there, the reports are taken from ``folder``.

    Returns:
        The record, open. What could not be taken in or read is told by `Record.reports` and in its `store`; use
        `prepare` and the record's own verbs for the details.

    Raises:
        NotARecord: there is no such folder. AgendaError: it has no agenda, or one that cannot be used.
        RequestError: it holds no reports.
    """
    record = prepare(folder, output)
    try:
        added = record.add(folder, progress=progress)
        if not added.added and not record.reports():
            raise nothing_to_read(Path(folder), added)
        record.read(progress=progress)
    except BaseException:
        record.close()
        raise
    return record


def prepare(folder: str | Path, output: str | Path | None = None) -> Record:
    """The record that `build` fills: made where it is missing, its agenda brought up to date, nothing added yet.

    An agenda that somebody changed in the record itself is kept.

    Raises:
        As `build` does.
    """
    from travaux.agenda import load_agenda
    from travaux.record import Store, is_record

    source = Path(folder)
    if not source.is_dir():
        told = "this is a file, not a folder" if source.exists() else "there is no such folder"
        raise NotARecord(told, remedy="name the folder that holds agenda.yaml and reports/", path=source)
    agenda = source / AGENDA_NAME
    if not agenda.is_file():
        raise AgendaError(
            f"there is no {AGENDA_NAME} here",
            remedy=f"travaux agenda suggest {source} -o {agenda} drafts one from the reports",
            path=source,
        )
    load_agenda(agenda)
    place = record_place(source) if output is None else Path(output)
    if place.resolve() == source.resolve():
        return Record.open(place) if is_record(place) else Record.new(place)
    try:
        store = Store.create(place)
    except RecordExists:
        store = Store.open(place)
    record = Record(place, store)
    try:
        _bring_agenda(agenda, record)
        store.set_info("source", str(source.resolve()))
    except BaseException:
        record.close()
        raise
    return record


def record_place(source: Path) -> Path:
    """Where the record of a folder lies: in the folder itself, or, where that may not be written, in the user's data
    folder under the same name (``name~2`` where another folder's record has it)."""
    from travaux.record import is_writable

    if is_writable(source):
        return source
    name = source.resolve().name or "record"
    taken = 1
    while True:
        place = settings.home() / "records" / (name if taken == 1 else f"{name}~{taken}")
        if _is_free_for(place, source):
            return place
        taken += 1


def _is_free_for(place: Path, source: Path) -> bool:
    from travaux.record import is_record

    if not is_record(place):
        return True
    with Record.open(place, read_only=True) as record:
        return record.store.info().get("source") == str(source.resolve())


def _bring_agenda(agenda: Path, record: Record) -> None:
    """Copy the agenda into the record, unless somebody changed the copy there."""
    from travaux.exchange.whole_files import whole_file

    text, copy = agenda.read_bytes(), record.folder / AGENDA_NAME
    standing = copy.read_bytes() if copy.exists() else None
    if standing is None or hashlib.sha256(standing).hexdigest() == record.store.info().get("agenda-copied"):
        if standing != text:
            with whole_file(copy) as file:
                file.write(text.decode("utf-8"))  # what is no UTF-8 does not load, and so never comes here
        record.store.set_info("agenda-copied", hashlib.sha256(text).hexdigest())


def nothing_to_read(folder: Path, added: AddOutcome) -> RequestError:
    """The error of a folder that gives no report at all; it names the first reason where there is one."""
    if added.refused:
        first = added.refused[0].error
        return RequestError(f"no report could be taken in; {first.message}", remedy=first.remedy, path=first.path)
    return RequestError("no reports here", remedy="put .txt, .md or .html files into reports/", path=folder)
