"""The three edits of an agenda that review needs: a new option, two options merged, a name added.

`edited` says what an edit makes of an agenda; `edited_text` makes it in the file, and everything the analyst wrote around
it stays as it is. What the text then gives is compared with what the edit should give: a file that cannot be edited so is
left to its author.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from travaux.agenda.loading import agenda_digest, parse_agenda
from travaux.agenda.problems import did_you_mean
from travaux.agenda.schema import id_from, is_id, usual_choice
from travaux.agenda.text_edits import Change, Entry, EntryList, changed, document
from travaux.errors import RequestError, UnknownName
from travaux.model import Agenda, Instrument, Issue, Option, Party, Person, Rule


@dataclass(frozen=True, slots=True)
class NewOption:
    """A new option at the end of an issue.

    Attributes:
        issue: id of the issue; id: of the new option, made from `says` where it is empty.
        says: the proposition; words: how reports refer to it.
    """

    issue: str
    says: str
    words: tuple[str, ...] = ()
    id: str = ""

    def __str__(self) -> str:
        return f"new option {self.id or id_from(self.says)}: {self.says}"


@dataclass(frozen=True, slots=True)
class MergedOptions:
    """One option made part of another: its words and what was judged under it go over, its sentence goes.

    Attributes:
        gone, kept: option ids.
    """

    gone: str
    kept: str

    def __str__(self) -> str:
        return f"option {self.gone} merged into {self.kept}"


@dataclass(frozen=True, slots=True)
class NewName:
    """A name that reports use for a party, or for one of its people.

    Attributes:
        party: its id; name: the name; person: full name of the person it is for, None for the party itself.
    """

    party: str
    name: str
    person: str | None = None

    def __str__(self) -> str:
        return f"{self.name} names {self.person or self.party}"


AgendaEdit: TypeAlias = NewOption | MergedOptions | NewName


def edited(agenda: Agenda, edit: AgendaEdit) -> Agenda:
    """What an edit makes of an agenda, its digest with it.

    Raises:
        UnknownName: no such issue, option, party or person. RequestError: the edit cannot be made, with the reason.
    """
    if isinstance(edit, NewOption):
        made = _with_option(agenda, edit)
    elif isinstance(edit, MergedOptions):
        made = _with_merged(agenda, edit)
    else:
        made = _with_name(agenda, edit)
    made = replace(made, issues=tuple(_with_usual_choice(issue, agenda) for issue in made.issues))
    return replace(made, digest=agenda_digest(made))


def edited_text(text: str, edit: AgendaEdit) -> str:
    """The text of agenda.yaml with an edit made in it; comments, order and style stay.

    Raises:
        AgendaError: the agenda cannot be used before the edit, or could not after it. What `edited` raises.
        RequestError: the file is written in a way that cannot be edited without touching more than the edit.
    """
    agenda = parse_agenda(text)
    wanted = edited(agenda, edit)
    made = changed(text, list(_changes(text, agenda, edit)))
    if parse_agenda(made) != wanted:
        raise RequestError(
            "agenda.yaml is written in a way that this edit cannot be made in", remedy="make it by hand: " + str(edit)
        )
    return made


# ---------------------------------------------------------------------------------------------- what it makes


def _with_usual_choice(issue: Issue, before: Agenda) -> Issue:
    """An issue after an edit: where it was settled as is usual for the number of its options, it is so still."""
    old = next(one for one in before.issues if one.id == issue.id)
    if old.choose != usual_choice(len(old.options)):
        return issue
    return replace(issue, choose=usual_choice(len(issue.options)))


def _with_option(agenda: Agenda, edit: NewOption) -> Agenda:
    known = [issue.id for issue in agenda.issues]
    if edit.issue not in known:
        raise UnknownName(f"no issue {edit.issue!r} on the agenda", remedy=did_you_mean(edit.issue, known))
    option = _option_of(edit)
    if not option.says or any(not word for word in option.words):
        raise RequestError("an option says something", remedy="give a sentence that is true or false of the agreement")
    if not is_id(option.id):
        raise RequestError(f"{option.id!r} cannot be an id", remedy=f"as in {id_from(option.id)}")
    for other in agenda.options:
        if option.id == other.id or option.id in other.was:
            raise RequestError(f"there is an option {option.id!r} already, {other.says!r}", remedy="give another id")
    return replace(
        agenda,
        issues=tuple(
            replace(issue, options=(*issue.options, option)) if issue.id == edit.issue else issue
            for issue in agenda.issues
        ),
    )


def _option_of(edit: NewOption) -> Option:
    says = " ".join(edit.says.split())
    words = tuple(dict.fromkeys(" ".join(word.split()) for word in edit.words))
    return Option(edit.id or id_from(says), says, words, edit.issue)


def _with_merged(agenda: Agenda, edit: MergedOptions) -> Agenda:
    gone, kept = (_known_option(agenda, one) for one in (edit.gone, edit.kept))
    if gone.id == kept.id:
        raise RequestError(f"{gone.id} cannot be merged into itself", remedy="name two options")
    if any(rule.kind == "excludes" and {rule.first, rule.second} == {gone.id, kept.id} for rule in agenda.rules):
        told = f"a rule says that {gone.id} and {kept.id} exclude each other: they cannot be one option"
        raise RequestError(told, remedy="remove the rule first, if it is wrong")
    whole = replace(
        kept,
        words=(*kept.words, *_missing(gone.words, kept.words)),
        was=(*kept.was, gone.id, *gone.was),
    )
    issues = (
        replace(
            issue,
            options=tuple(whole if one.id == kept.id else one for one in issue.options if one.id != gone.id),
        )
        for issue in agenda.issues
    )
    rules = (
        replace(rule, first=_merged(rule.first, edit), second=_merged(rule.second, edit))
        for rule in agenda.rules
        if not _is_within(rule, edit)
    )
    return replace(
        agenda,
        issues=tuple(issue for issue in issues if issue.options),
        rules=tuple(rules),
        instrument=agenda.instrument and _with_option_merged(agenda.instrument, edit),
    )


def _merged(option: str, edit: MergedOptions) -> str:
    return edit.kept if option == edit.gone else option


def _is_within(rule: Rule, edit: MergedOptions) -> bool:
    """Whether a rule is between the two options and so says nothing any more."""
    return {rule.first, rule.second} == {edit.gone, edit.kept}


def _with_option_merged(instrument: Instrument, edit: MergedOptions) -> Instrument:
    provisions = (replace(term, option=term.option and _merged(term.option, edit)) for term in instrument.provisions)
    return replace(instrument, provisions=tuple(provisions))


def _with_name(agenda: Agenda, edit: NewName) -> Agenda:
    party = agenda.party(edit.party)
    if party is None:
        known = [one.id for one in agenda.parties]
        raise UnknownName(f"no party {edit.party!r} on the agenda", remedy=did_you_mean(edit.party, known))
    name = " ".join(edit.name.split())
    if not name:
        raise RequestError("a name has letters", remedy="give the words that reports use")
    person = None if edit.person is None else _known_person(party, edit.person)
    holder: Party | Person = person or party
    if name in (holder.name, *holder.names):
        raise RequestError(f"{holder.name} goes by {name!r} already", remedy="nothing is to be done")
    if person is None:
        named = replace(party, names=(*party.names, name))
    else:
        people = (replace(one, names=(*one.names, name)) if one is person else one for one in party.people)
        named = replace(party, people=tuple(people))
    return replace(agenda, parties=tuple(named if one is party else one for one in agenda.parties))


def _known_person(party: Party, named: str) -> Person:
    for person in party.people:
        if named == person.name:
            return person
    known = [person.name for person in party.people]
    raise UnknownName(f"no {named!r} speaks for {party.name} on the agenda", remedy=did_you_mean(named, known))


def _known_option(agenda: Agenda, named: str) -> Option:
    option = agenda.option(named)
    if option is None:
        known = [one.id for one in agenda.options]
        raise UnknownName(f"no option {named!r} on the agenda", remedy=did_you_mean(named, known))
    return option


def _missing(words: Iterable[str], among: Iterable[str]) -> tuple[str, ...]:
    known = {word.casefold() for word in among}
    return tuple(word for word in words if word.casefold() not in known)


# ---------------------------------------------------------------------------------------------- where it is made


def _changes(text: str, agenda: Agenda, edit: AgendaEdit) -> Iterable[Change]:
    top = document(text)
    if isinstance(edit, NewOption):
        option = _option_of(edit)
        entry: Entry = {"id": option.id, "says": option.says}
        if option.words:
            entry["words"] = list(option.words)
        issue = top.entries("issues").having("id", edit.issue)
        yield issue.entries("options").append(entry)
    elif isinstance(edit, NewName):
        holder = top.entries("parties").having("id", edit.party)
        if edit.person is not None:
            holder = holder.entries("people").having("name", edit.person)
        yield holder.add_words("names", [" ".join(edit.name.split())])
    else:
        gone, kept = _known_option(agenda, edit.gone), _known_option(agenda, edit.kept)
        issues = top.entries("issues")
        yield from _words_over(issues, gone, kept, agenda)
        yield from _rules_over(top.entries("rules"), agenda.rules, edit)
        for term in agenda.instrument.provisions if agenda.instrument else ():
            if term.option == edit.gone:
                yield top.under("instrument").under("provisions").under(term.name).put("option", edit.kept)


def _words_over(issues: EntryList, gone: Option, kept: Option, agenda: Agenda) -> Iterable[Change]:
    into = issues.having("id", kept.issue).entries("options").having("id", kept.id)
    more: dict[str, list[str]] = {"was": [gone.id, *gone.was]}
    if missing := _missing(gone.words, kept.words):
        more = {"words": list(missing), **more}
    yield from into.add_to_lists(more)
    told = f"{gone.id} ({gone.says}) was merged into {kept.id}"
    alone = sum(option.issue == gone.issue for option in agenda.options) == 1
    where = issues.having("id", gone.issue)
    yield (
        issues.remove(where, told)
        if alone
        else where.entries("options").remove(where.entries("options").having("id", gone.id), told)
    )


def _rules_over(entries: EntryList, rules: Iterable[Rule], edit: MergedOptions) -> Iterable[Change]:
    for rule, entry in zip(rules, entries, strict=True):
        if _is_within(rule, edit):
            yield entries.remove(entry, f"{rule.kind} {rule.first}, {rule.second}: one option now")
        elif edit.gone in (rule.first, rule.second):
            yield from entry.replace_words(rule.kind, edit.gone, edit.kept)


__all__ = ["AgendaEdit", "MergedOptions", "NewName", "NewOption", "edited", "edited_text"]
