"""agenda.yaml to Agenda, and all that is wrong with it.

1. bytes to text            source.read_source
2. text to data with lines  source.parse_source
3. shape                    schema.AgendaEntry, told by problems.schema_problems
4. how entries fit          checks.check_outline
5. against the reports      occurrence.absent_options
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from travaux.agenda.checks import check_outline
from travaux.agenda.occurrence import absent_options
from travaux.agenda.outline import outline_of
from travaux.agenda.problems import AgendaProblem, InvalidAgenda, Severity, in_order, schema_problems
from travaux.agenda.schema import AgendaEntry, InstrumentEntry, PartyEntry, RuleEntry, usual_choice
from travaux.agenda.source import SourceError, SourceFault, parse_source, read_source
from travaux.model import Agenda, Instrument, Issue, Option, Party, Person, Provision, Rule


def load_agenda(path: Path) -> Agenda:
    """The agenda of a file.

    Raises:
        InvalidAgenda: an AgendaError with all errors in `problems`; warnings raise nothing, see `check_agenda`.
    """
    try:
        text = read_source(path)
    except SourceError as error:
        raise InvalidAgenda(_source_problems(error.faults), path) from None
    return parse_agenda(text, path)


def parse_agenda(text: str, path: Path | str | None = None) -> Agenda:
    """The agenda of a text; `path` is named in errors.

    Raises:
        InvalidAgenda: an AgendaError with all errors in `problems`.
    """
    entry, problems = _examined(text, {})
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors or entry is None:
        raise InvalidAgenda(errors, path)
    return _agenda(entry)


def check_agenda(path: Path, texts: Mapping[str, str] | None = None) -> list[AgendaProblem]:
    """All errors and warnings of an agenda, in the order of the file.

    Args:
        path: the agenda; a file that is missing or cannot be read is an error in the list.
        texts: texts of reports by name; where given, options that no text has words of are warned about.
    """
    try:
        text = read_source(path)
    except SourceError as error:
        return _source_problems(error.faults)
    return check_text(text, texts)


def check_text(text: str, texts: Mapping[str, str] | None = None) -> list[AgendaProblem]:
    """`check_agenda` for the text of an agenda."""
    return _examined(text, texts or {})[1]


def agenda_digest(agenda: Agenda) -> str:
    """SHA-256 in hexadecimal over what a reader sees: parties, their names and people, options with sentence and words.

    Comments, the order of keys, title, notice, rules, instrument and earlier ids do not change it; the order of entries does.
    """
    parties = [
        [
            party.id,
            party.name,
            party.kind,
            list(party.names),
            [[person.name, list(person.names), person.role, person.since, person.until] for person in party.people],
        ]
        for party in agenda.parties
    ]
    options = [[option.id, option.says, list(option.words)] for option in agenda.options]
    canonical = json.dumps([parties, options], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _examined(text: str, texts: Mapping[str, str]) -> tuple[AgendaEntry | None, list[AgendaProblem]]:
    """The checked entry, or None, and all problems."""
    try:
        source = parse_source(text)
    except SourceError as error:
        return None, _source_problems(error.faults)
    if source.data is None:
        empty = "the file is empty" if not text.strip() else "the file holds only comments"
        told = AgendaProblem(Severity.ERROR, "empty", empty, None, "begin with `title:`, `parties:` and `issues:`")
        return None, [told]
    problems = _source_problems(source.faults)
    entry = None
    try:
        entry = AgendaEntry.model_validate(source.data)
    except ValidationError as error:
        problems += schema_problems(error, source)
    outline = outline_of(source)
    problems += check_outline(outline)
    problems += absent_options(outline, texts)
    return entry, in_order(problems)


def _source_problems(faults: tuple[SourceFault, ...]) -> list[AgendaProblem]:
    return [AgendaProblem(Severity.ERROR, "unreadable", fault.message, fault.line, fault.remedy) for fault in faults]


def _agenda(entry: AgendaEntry) -> Agenda:
    agenda = Agenda(
        title=entry.title,
        parties=tuple(_party(party) for party in entry.parties),
        issues=tuple(
            Issue(
                issue.id,
                issue.title,
                tuple(
                    Option(option.id, option.says, tuple(option.words), issue.id, tuple(option.was))
                    for option in issue.options
                ),
                issue.choose or usual_choice(len(issue.options)),
            )
            for issue in entry.issues
        ),
        notice=entry.notice,
        rules=tuple(_rule(rule) for rule in entry.rules),
        instrument=None if entry.instrument is None else _instrument(entry.instrument),
        llm=entry.llm or "",
    )
    return replace(agenda, digest=agenda_digest(agenda))


def _party(entry: PartyEntry) -> Party:
    people = (
        Person(person.name, tuple(person.names), person.role, person.since, person.until) for person in entry.people
    )
    return Party(entry.id, entry.name, entry.kind, tuple(entry.names), tuple(people))


def _rule(entry: RuleEntry) -> Rule:
    if entry.excludes is not None:
        return Rule("excludes", *entry.excludes)
    assert entry.requires is not None  # the schema lets exactly one of the two through
    return Rule("requires", *entry.requires)


def _instrument(entry: InstrumentEntry) -> Instrument:
    provisions = (
        Provision(name, term.value, term.option, term.code)
        for name, terms in entry.provisions.items()
        for term in terms
    )
    return Instrument(entry.title, entry.kind, tuple(provisions), tuple(entry.parties))
