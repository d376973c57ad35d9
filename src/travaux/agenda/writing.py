"""agenda.yaml as Travaux writes it: the commented file a new record starts with, and drafts."""

from __future__ import annotations

from typing import Any

import yaml

from travaux.agenda.schema import PARTY_KINDS, usual_choice
from travaux.model import Agenda, Instrument, Issue, Party, Person

WIDTH = 110


def agenda_template(title: str) -> str:
    """The agenda.yaml of a new record: a title, no parties and issues yet, and an example to uncomment and change.

    As it stands, it is refused with "no parties yet"; with the ``#`` before the example removed, it is a valid agenda.
    """
    named = _dumped({"title": " ".join(title.split()) or "Talks"}).rstrip("\n")
    return _TEMPLATE.replace("@title@", named).replace("@kinds@", ", ".join(PARTY_KINDS))


def dump_agenda(agenda: Agenda) -> str:
    """An agenda as YAML that `parse_agenda` reads back to an equal one; the same agenda gives the same text."""
    parts: list[dict[str, Any]] = [{"title": agenda.title}]
    if agenda.notice:
        parts[0]["notice"] = agenda.notice
    if agenda.llm:
        parts[0]["llm"] = agenda.llm
    parts.append({"parties": [_party(party) for party in agenda.parties]})
    parts.append({"issues": [_issue(issue) for issue in agenda.issues]})
    if agenda.rules:
        parts.append({"rules": [_Flow({rule.kind: [rule.first, rule.second]}) for rule in agenda.rules]})
    if agenda.instrument:
        instrument = agenda.instrument
        head = _given(title=instrument.title, kind=instrument.kind, parties=list(instrument.parties))
        parts.append({"instrument": head | {"provisions": _terms(instrument)}})
    return "\n".join(_dumped(part) for part in parts)


class _Flow(dict[str, Any]):
    """A mapping written on one line in braces."""


class _Writer(yaml.SafeDumper):
    """Lists indented under their key, lists of texts in brackets, no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _list_node(writer: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    of_texts = all(isinstance(item, str) for item in data)
    return writer.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=of_texts)


def _flow_node(writer: yaml.SafeDumper, data: _Flow) -> yaml.Node:
    return writer.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)


_Writer.add_representer(list, _list_node)
_Writer.add_representer(_Flow, _flow_node)


def _dumped(data: dict[str, Any]) -> str:
    # An explicit block style, since the default puts mappings of scalars on one line in some releases.
    return str(
        yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False)
    )


def _given(**values: object) -> dict[str, Any]:
    """The values that are not empty, in the order given."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _party(party: Party) -> dict[str, Any]:
    people = [_person(person) for person in party.people]
    return _given(id=party.id, name=party.name, kind=party.kind, names=list(party.names), people=people)


def _person(person: Person) -> _Flow:
    names = list(person.names)
    return _Flow(_given(name=person.name, names=names, role=person.role, since=person.since, until=person.until))


def _issue(issue: Issue) -> dict[str, Any]:
    written = [
        _given(id=option.id, says=option.says, words=list(option.words), was=list(option.was))
        for option in issue.options
    ]
    usual = usual_choice(len(issue.options))
    choose = {} if issue.choose == usual else {"choose": issue.choose}
    return {"id": issue.id, "title": issue.title} | choose | {"options": written}


def _terms(instrument: Instrument) -> dict[str, Any]:
    """The provisions by name; competing terms of one as a list."""
    terms: dict[str, list[_Flow]] = {}
    for term in instrument.provisions:
        written = _given(value=term.value, option=term.option, code=_code(term.code))
        terms.setdefault(term.name, []).append(_Flow(written))
    return {name: found[0] if len(found) == 1 else found for name, found in terms.items()}


def _code(pairs: tuple[tuple[str, str], ...]) -> Any:
    if all(not key for key, _ in pairs):
        values = [value for _, value in pairs]
        return values[0] if len(values) == 1 else values
    keyed: dict[str, list[str]] = {}
    for key, value in pairs:
        keyed.setdefault(key, []).append(value)
    return _Flow({key: values[0] if len(values) == 1 else values for key, values in keyed.items()})


_TEMPLATE = """\
# The agenda of one negotiation: who negotiates, what about, and which outcomes are possible.
# Everything else is read from the reports, so this file is the one thing you write yourself.
# `travaux agenda suggest` drafts one from the reports you added; `travaux agenda check` says what is missing.
#
# To start, remove the "# " before the lines of the example below and put your own negotiation in its place.
# Ids are lower case, joined by hyphens. Choose them once: judgements and links refer to them.

@title@

# A sentence shown wherever the record is shown: an embargo, a caution, "exercise material".
# notice: Draft, not for circulation
#
# With this line no text of this record is ever given to a language model.
# llm: never

# --- Parties ------------------------------------------------------------------------------------------
# A party can take a position; `kind` is one of @kinds@.
# names   other words that reports use for it: the capital, the adjective, the seat of government.
#         Leave out words that mean something else most of the time ("the West", "officials").
# people  those who speak for it. A person belongs to one party. `role` is the office held during the talks,
#         `since` and `until` are optional dates (2025-08-18, 2025-08 or 2025). Spellings go into `names`.
parties:
#   - id: harbour-board
#     name: Harbour Board
#     kind: organisation
#     names: [the Board, port management]
#     people:
#       - {name: Ada Example, names: [Example], role: director of the Harbour Board, since: 2024-03}
#   - id: dockers-union
#     name: Dockers' Union
#     kind: union
#     names: [the dockers, dock workers]
#     people: []

# --- Issues and options -------------------------------------------------------------------------------
# An option is a proposition that a party can be for or against. Write `says` as a plain sentence that is true
# or false of the final agreement, and without "not". What can be settled separately is two options.
# choose  how many of its options settle an issue: one, some (one or more, the default) or any (none too).
# words   how reports refer to the option, longest phrases first; a few typical ones are enough.
# was     ids it went by before, so that judgements made under them stay in force; `travaux agenda merge` writes it.
issues:
#   - id: pay
#     title: Pay
#     options:
#       - id: six-percent
#         says: Wages rise by six per cent
#         words: [six per cent, 6 percent, wage rise]
#       - id: one-off-payment
#         says: The dockers get a single payment in place of a rise
#         words: [one-off payment, lump sum]
#   - id: shifts
#     title: Working time
#     options:
#       - id: night-shifts
#         says: Night shifts are worked at weekends
#         words: [weekend night shifts, night work]

# --- Rules between options (optional) -----------------------------------------------------------------
# excludes: [a, b]   both cannot be in one agreement
# requires: [a, b]   a can be in an agreement only if b is in it too
# Put here what follows from the meaning of the options, never what you expect the parties to accept.
# rules:
#   - excludes: [six-percent, one-off-payment]

# --- Instrument (optional) ----------------------------------------------------------------------------
# The agreement under negotiation as a term sheet. Name the option a term stands or falls with; write
# `value: unknown` where nobody has put a term forward yet, so that the gap is seen.
# instrument:
#   title: Collective agreement for the port
#   kind: collective-agreement
#   provisions:
#     wages: {value: six per cent, option: six-percent}
#     duration: {value: unknown}
"""
