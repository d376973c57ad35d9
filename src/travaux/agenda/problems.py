"""What is wrong with an agenda, in words, and at which line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from travaux.agenda.schema import (
    CHOICES,
    PARTY_KINDS,
    AgendaEntry,
    InstrumentEntry,
    IssueEntry,
    OptionEntry,
    PartyEntry,
    PersonEntry,
    ProvisionEntry,
    RuleEntry,
)
from travaux.agenda.source import Loc, Plain, Source
from travaux.errors import AgendaError

MAXIMUM_MESSAGE = 400


class Severity(StrEnum):
    """Whether the agenda can be used in spite of the problem."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class AgendaProblem:
    """One thing to mend in agenda.yaml.

    Attributes:
        severity: an error stops everything that needs the agenda; a warning stops nothing.
        kind: a fixed short name of the problem, such as ``no-parties`` or ``duplicate-id``.
        message: what is wrong, in one line.
        line: the line of the file, from 1; None where no line is to blame.
        remedy: what to do, in one line; may be empty.
    """

    severity: Severity
    kind: str
    message: str
    line: int | None = None
    remedy: str = ""

    def __str__(self) -> str:
        place = "" if self.line is None else f"line {self.line}: "
        return f"{place}{self.message}" + (f" ({self.remedy})" if self.remedy else "")


class InvalidAgenda(AgendaError):
    """An agenda with errors: its message is the first, `problems` holds them all in the order of the file."""

    def __init__(self, problems: Sequence[AgendaProblem], path: Path | str | None):
        self.problems = tuple(problems)
        first, *others = self.problems
        count = f", and {len(others)} more {'problem' if len(others) == 1 else 'problems'}" if others else ""
        super().__init__(first.message + count, remedy=first.remedy, path=path, line=first.line)


def in_order(problems: Sequence[AgendaProblem]) -> list[AgendaProblem]:
    """Problems in the order of the file, those without a line first; errors before warnings of one line.

    Messages quote the file, so each is brought to one printable line of bounded length.
    """
    told = (replace(one, message=_one_line(one.message), remedy=_one_line(one.remedy)) for one in problems)
    return sorted(told, key=lambda problem: (problem.line or 0, problem.severity is Severity.WARNING))


def _one_line(text: str) -> str:
    printable = "".join(mark if mark.isprintable() else " " for mark in text)
    return printable if len(printable) <= MAXIMUM_MESSAGE else printable[: MAXIMUM_MESSAGE - 1] + "…"


def closest(name: str, known: Sequence[str]) -> str | None:
    """The known name that a mistyped one most likely means, or None."""
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.6)), None)


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """``did you mean `x`?``, or the known names where none is close, or empty where there are none."""
    guess = closest(name, known)
    if guess is not None:
        return f"did you mean `{guess}`?"
    return f"known: {', '.join(known)}" if known else ""


def schema_problems(error: ValidationError, source: Source) -> Iterator[AgendaProblem]:
    """The errors pydantic found, translated for somebody who writes the file by hand."""
    for found in error.errors(include_url=False):
        loc = tuple(part for part in found["loc"] if isinstance(part, (str, int)))
        kind, message, remedy = _translated(found["type"], loc, found, source.data)
        yield AgendaProblem(Severity.ERROR, kind, message, source.line(loc), remedy)


def place_in_words(loc: Loc, data: Plain) -> str:
    """Where a value stands, as a reader of the file would say it: "option `nato-membership`"."""
    nouns = {"parties": "party", "people": "person", "issues": "issue", "options": "option", "rules": "rule"}
    told, value = "the agenda", data
    for depth, part in enumerate(loc):
        value = _child(value, part)
        owner = loc[depth - 1] if depth else None
        if isinstance(part, int) and isinstance(owner, str) and owner in nouns:
            told = f"{nouns[owner]} {_called(value, part)}"
        elif isinstance(part, str) and part == "instrument":
            told = "the instrument"
        elif isinstance(part, str) and owner == "provisions":
            told = f"provision `{part}`"
    return told


def _child(value: Plain, part: str | int) -> Plain:
    if isinstance(value, dict):
        return value.get(str(part))
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return None


def _called(value: Plain, place: int) -> str:
    for key in ("id", "name"):
        name = value.get(key) if isinstance(value, dict) else None
        if isinstance(name, str) and name:
            return f"`{name}`"
    return f"number {place + 1}"


_TYPES = {
    "list_type": "expected a list, such as [first, second]",
    "dict_type": "expected keys with values under it",
    "model_type": "expected keys with values",
    "model_attributes_type": "expected keys with values",
    "string_type": "expected a text",
    "string_too_short": "expected a text that is not empty",
    "string_pattern_mismatch": "expected a text that is not blank",
}


def _translated(kind: str, loc: Loc, found: Any, data: Plain) -> tuple[str, str, str]:
    """Kind, message and remedy of one of pydantic's errors."""
    place, last = place_in_words(loc, data), loc[-1] if loc else None
    if kind == "missing":
        example = (
            "add `title:` in a few words" if last == "title" and len(loc) > 1 else _EXAMPLES.get(str(last), "add it")
        )
        return "missing-key", f"{place} lacks `{last}`", example
    if kind == "extra_forbidden":
        if loc == ("people",):
            return (
                "unknown-key",
                "people stand outside of any party",
                "put them under `people:` of the party they speak for",
            )
        known = list(_entry_at(loc[:-1]).model_fields)
        return "unknown-key", f"{place} has an unknown key `{last}`", did_you_mean(str(last), known)
    key = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    if kind in _TYPES:
        if not loc:
            return "wrong-type", "expected the keys of an agenda", "begin with `title:`, `parties:` and `issues:`"
        is_entry = key in _LISTS or "provisions" in loc[-3:-2] if isinstance(last, int) else "provisions" in loc[-2:-1]
        whose = place if is_entry else f"`{key}` of {place}"
        return "wrong-type", f"{whose}: {_TYPES[kind]}", _EXAMPLES.get(key, "")
    if kind == "literal_error":
        value = str(found["input"])
        allowed = [str(name) for name in _allowed(loc)]
        guess = closest(value, allowed)
        remedy = f"did you mean `{guess}`?" if guess else ""
        return "wrong-value", f"`{key}: {value}` of {place}: expected {_listed(allowed)}", remedy
    if kind == "value_error":
        return "wrong-value", f"{place}: {found['ctx']['error']}", ""
    return "wrong-value", f"`{key}` of {place}: {found['msg']}", ""


_LISTS = ("parties", "people", "issues", "options", "rules")

_EXAMPLES = {
    "title": "write the negotiation in a few words, as in `title: Talks on …`",
    "parties": "list who negotiates under `parties:`, each with `id:` and `name:`",
    "issues": "list what is negotiated under `issues:`, each with `id:`, `title:` and `options:`",
    "options": "list the options under `options:`, each with `id:` and `says:`",
    "people": "list them as `- {name: …, role: …}`",
    "rules": "list them as `- excludes: [a, b]` or `- requires: [a, b]`",
    "names": "write `names: [one, another]`",
    "words": "write `words: [one phrase, another phrase]`",
    "id": "add a short name such as `id: some-name`",
    "name": "add `name:` with the full name",
    "says": "add `says:` with a sentence that is true or false of the agreement",
    "value": "add `value:` with the term in a few words, or `value: unknown`",
}

_ENTRIES: dict[str, type[BaseModel]] = {
    "parties": PartyEntry,
    "people": PersonEntry,
    "issues": IssueEntry,
    "options": OptionEntry,
    "rules": RuleEntry,
    "instrument": InstrumentEntry,
    "provisions": ProvisionEntry,
}


def _entry_at(loc: Loc) -> type[BaseModel]:
    """The schema of the mapping at a path."""
    entry: type[BaseModel] = AgendaEntry
    for part in loc:
        if isinstance(part, str) and part in _ENTRIES:
            entry = _ENTRIES[part]
    return entry


def _listed(allowed: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in allowed]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _allowed(loc: Loc) -> tuple[str, ...]:
    return {"llm": ("never",), "choose": CHOICES}.get(str(loc[-1]), PARTY_KINDS)
