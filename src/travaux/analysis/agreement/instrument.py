"""The instrument of an agenda held against its kind: do its names and codes fit? Told with the line in agenda.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from travaux.agenda import AgendaProblem, Severity
from travaux.agenda.problems import did_you_mean
from travaux.agenda.source import SourceError, parse_source, read_source
from travaux.analysis.agreement.kinds import InstrumentKind, ProvisionKind, kind_of
from travaux.errors import AgendaError
from travaux.model import Agenda, Provision

UNKNOWN_VALUE = "unknown"
"""What an agenda writes where nobody has put a term forward, so that the gap is seen."""


def instrument_problems(agenda: Agenda, path: Path) -> list[AgendaProblem]:
    """What does not fit in an agenda's instrument, in the order of the file; empty where there is no instrument.

    An unknown kind and a code that its kind does not know are errors; a provision the kind does not have is shown all the
    same, under a heading of its own, and is warned about.

    Args:
        path: of agenda.yaml; it is read again for the lines.
    """
    if agenda.instrument is None:
        return []
    try:
        lines = parse_source(read_source(path)).line
    except SourceError:  # the file is told to be unreadable where it is loaded
        return []
    try:
        kind = kind_of(agenda.instrument.kind, path.parent)
    except AgendaError as error:
        # What is wrong may be in the file of the user's own kind: that one is named in the message.
        own = error.path is not None and Path(error.path).name != path.name
        told = f"{Path(str(error.path)).name}:{error.line}: {error.message}" if own else error.message
        return [AgendaProblem(Severity.ERROR, "unknown-kind", told, lines(("instrument", "kind")), error.remedy)]
    found = []
    hung: set[tuple[str, str, str]] = set()
    for term in agenda.instrument.provisions:
        line = lines(("instrument", "provisions", term.name))
        found += [
            AgendaProblem(severity, name, message, line, remedy)
            for severity, name, message, remedy in (*_problems(term, kind), *_twice(term, kind, hung))
        ]
    return found


def require_fitting(agenda: Agenda, path: Path) -> None:
    """Raises:
    AgendaError: the first error of `instrument_problems`, with file and line.
    """
    for one in instrument_problems(agenda, path):
        if one.severity is Severity.ERROR:
            raise AgendaError(one.message, remedy=one.remedy, path=path, line=one.line)


def _problems(term: Provision, kind: InstrumentKind) -> Iterator[tuple[Severity, str, str, str]]:
    known = kind.provision(term.name)
    if known is None:
        remedy = did_you_mean(term.name, kind.known_names)
        told = f"a {kind.title.lower()} has no provision `{term.name}`"
        yield Severity.WARNING, "unknown-provision", told, remedy
        return
    if term.option is None and term.value != UNKNOWN_VALUE:
        told = f"provision `{term.name}` has a value that no option carries: it is not shown"
        yield Severity.WARNING, "no-option", told, "name its option, or sign for it in terms.yaml"
    for key, value in term.code:
        allowed = allowed_words(known[0], known[1], key)
        if allowed is None:
            told = f"provision `{term.name}`: there is no key `{key}` in its code"
            yield Severity.ERROR, "unknown-code", told, did_you_mean(key, known[0].values)
        elif allowed and value not in allowed:
            told = f"provision `{term.name}`: `{value}` is no code of it"
            yield Severity.ERROR, "unknown-code", told, did_you_mean(value, allowed)


def _twice(
    term: Provision, kind: InstrumentKind, hung: set[tuple[str, str, str]]
) -> Iterator[tuple[Severity, str, str, str]]:
    """Two wordings of one thing on one option stand and fall together, and are one."""
    if term.option is None:
        return
    known = kind.provision(term.name)
    key = (known[0].id, known[1], term.option) if known else (term.name, "", term.option)
    if key in hung:
        told = f"provision `{term.name}` hangs twice on the option `{term.option}`"
        yield Severity.ERROR, "same-option", told, "keep one wording, or give the other an option of its own"
    hung.add(key)


def allowed_words(provision: ProvisionKind, aspect: str, key: str) -> tuple[str, ...] | None:
    """The words a code may have under a key; empty where any will do, None where there is no such key."""
    if provision.type == "quantity" and not aspect:
        return () if key in provision.values else None
    if key:
        return None
    return provision.words(aspect)
