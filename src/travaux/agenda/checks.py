"""The checks between the entries of an agenda; each yields the problems it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources

from travaux.agenda.outline import IssueOutline, Named, Outline, PartyOutline, PersonOutline
from travaux.agenda.problems import AgendaProblem, Severity, did_you_mean
from travaux.agenda.schema import checked_date
from travaux.model import DateBasis, PartialDate


def _error(kind: str, message: str, line: int | None, remedy: str = "") -> AgendaProblem:
    return AgendaProblem(Severity.ERROR, kind, message, line, remedy)


def _warning(kind: str, message: str, line: int | None, remedy: str = "") -> AgendaProblem:
    return AgendaProblem(Severity.WARNING, kind, message, line, remedy)


def check_outline(outline: Outline) -> list[AgendaProblem]:
    """All problems between the entries, errors and warnings, in no particular order."""
    return [problem for check in CHECKS for problem in check(outline)]


def nothing_listed(outline: Outline) -> Iterator[AgendaProblem]:
    """An agenda needs a party, an issue, and an option under every issue."""
    if outline.parties_line is not None and not outline.parties:
        yield _error("no-parties", "no parties yet", outline.parties_line, "list under `parties:` who negotiates")
    if outline.issues_line is not None and not outline.issues:
        yield _error("no-issues", "no issues yet", outline.issues_line, "list under `issues:` what is negotiated")
    for issue in outline.issues:
        if not issue.options and issue.id:
            yield _error(
                "no-options", f"issue `{issue.id.text}` has no options", issue.line, "add one, or remove the issue"
            )


def duplicate_ids(outline: Outline) -> Iterator[AgendaProblem]:
    """An id stands once among the parties, once among the issues, once among the options of all issues."""
    groups: tuple[tuple[str, Iterable[Named | None]], ...] = (
        ("party", (party.id for party in outline.parties)),
        ("issue", (issue.id for issue in outline.issues)),
        ("option", (option.id for option in outline.options)),
    )
    for noun, ids in groups:
        first_lines: dict[str, int | None] = {}
        for named in ids:
            if named is None:
                continue
            if named.text in first_lines:
                told = f"two {_plural(noun)} have the id `{named.text}`, the first in line {first_lines[named.text]}"
                yield _error("duplicate-id", told, named.line, "give one of them another id")
            else:
                first_lines[named.text] = named.line


def _plural(noun: str) -> str:
    return "parties" if noun == "party" else f"{noun}s"


def earlier_ids(outline: Outline) -> Iterator[AgendaProblem]:
    """An id that an option went by before leads to that option alone, and is no option's id now."""
    present = {option.id.text: option for option in outline.options if option.id}
    claimed: dict[str, str] = {}
    for option in outline.options:
        for named in option.was:
            if named.text in present:
                told = f"option `{option.called}` was `{named.text}`, and there is an option of that id"
                yield _error("earlier-id", told, named.line, "remove one of the two")
            elif named.text in claimed:
                told = f"two options were `{named.text}` before, `{claimed[named.text]}` and `{option.called}`"
                yield _error("earlier-id", told, named.line, "keep one of them")
            else:
                claimed[named.text] = option.called


def unknown_options(outline: Outline) -> Iterator[AgendaProblem]:
    """Rules and provisions name options of the agenda."""
    known = [option.id.text for option in outline.options if option.id]
    for rule in outline.rules:
        for named in (rule.first, rule.second):
            if named.text not in known:
                told = f"the rule names an unknown option `{named.text}`"
                yield _error("unknown-option", told, named.line, did_you_mean(named.text, known))
    for provision, named in outline.provisions:
        if named.text not in known:
            told = f"provision `{provision}` names an unknown option `{named.text}`"
            yield _error("unknown-option", told, named.line, did_you_mean(named.text, known))


def unknown_signatories(outline: Outline) -> Iterator[AgendaProblem]:
    """The instrument names parties of the agenda."""
    known = [party.id.text for party in outline.parties if party.id]
    for named in outline.signatories:
        if named.text not in known:
            told = f"the instrument names an unknown party `{named.text}`"
            yield _error("unknown-party", told, named.line, did_you_mean(named.text, known))


def contradictory_rules(outline: Outline) -> Iterator[AgendaProblem]:
    """No option excludes or requires itself, and none requires, directly or through others, what cannot be together."""
    requires: dict[str, list[str]] = {}
    excluded: dict[frozenset[str], int | None] = {}
    for rule in outline.rules:
        first, second = rule.first.text, rule.second.text
        if first == second:
            yield _error("contradictory-rule", f"`{first}` {rule.kind} itself", rule.line, "name two options")
        elif rule.kind == "requires":
            requires.setdefault(first, []).append(second)
        else:
            excluded.setdefault(frozenset((first, second)), rule.line)
    told_pairs: set[frozenset[str]] = set()
    alone = {
        option.id.text: issue
        for issue in outline.issues
        if issue.choose == "one"
        for option in issue.options
        if option.id
    }
    for option in requires:
        needed = _needed_by(option, requires)
        yield from _two_of_one(option, needed, alone, outline)
        for pair, line in excluded.items():
            if pair <= needed and pair not in told_pairs:
                told_pairs.add(pair)
                yield _impossible(option, pair, line)


def _two_of_one(
    option: str, needed: set[str], alone: dict[str, IssueOutline], outline: Outline
) -> Iterator[AgendaProblem]:
    """An option cannot need two options of an issue that one option settles."""
    for issue in outline.issues:
        ours = sorted(one for one in needed if alone.get(one) is issue)
        if len(ours) > 1 and (option in ours or option not in alone):
            line = next((rule.line for rule in outline.rules if rule.first.text == option), None)
            pair = " and ".join(f"`{one}`" for one in ours)
            name = issue.id.text if issue.id else "without an id"
            told = f"`{option}` needs {pair} together, and issue `{name}` is settled by one option"
            yield _error("contradictory-rule", told, line, "remove the rule, or write `choose: some` under the issue")


def _impossible(option: str, pair: frozenset[str], line: int | None) -> AgendaProblem:
    first, second = sorted(pair)
    if option in pair:
        (other,) = pair - {option}
        told = f"`{option}` requires `{other}` and excludes it"
    else:
        told = f"`{option}` requires both `{first}` and `{second}`, which exclude each other"
    return _error("contradictory-rule", told, line, f"no agreement could hold `{option}`: remove one of the rules")


def _needed_by(option: str, requires: dict[str, list[str]]) -> set[str]:
    """The option and all it requires, directly or through others."""
    needed, waiting = set(), [option]
    while waiting:
        current = waiting.pop()
        if current not in needed:
            needed.add(current)
            waiting.extend(requires.get(current, ()))
    return needed


def reversed_dates(outline: Outline) -> Iterator[AgendaProblem]:
    """A role is held from `since` to `until`, in this order."""
    for party in outline.parties:
        for person in party.people:
            since, until = _partial(person.since), _partial(person.until)
            if person.names and person.since and since and until and since.earliest > until.latest:
                told = f"`{person.names[0].text}`: since {since.value} is later than until {until.value}"
                yield _error("reversed-dates", told, person.since.line, "exchange the two dates")


def _partial(named: Named | None) -> PartialDate | None:
    """The date, where it is one; what is none is told by the schema."""
    try:
        return None if named is None else PartialDate(checked_date(named.text), DateBasis.ANALYST)
    except ValueError:
        return None


def shared_names(outline: Outline) -> Iterator[AgendaProblem]:
    """A name should lead to one party and one person: reports that use a shared one are read for the wrong one."""
    claims: dict[str, list[tuple[PartyOutline, PersonOutline | None, Named]]] = {}
    for party in outline.parties:
        for person, names in [(None, party.names), *((person, person.names) for person in party.people)]:
            for named in {_folded(named.text): named for named in reversed(names)}.values():
                claims.setdefault(_folded(named.text), []).append((party, person, named))
    for claimants in claims.values():
        first_party, first_person, first = claimants[0]
        for party, person, named in claimants[1:]:
            if party is not first_party:
                yield _claimed_twice(first_party, first_person, first, (party, person, named))
            elif person and first_person and not _follow(first_person, person):
                told = f"two people of party `{party.called}` are called `{named.text}`, the first in line {first.line}"
                yield _warning("shared-name", told, named.line, "give them longer names, or dates if it is one person")


def _claimed_twice(
    first_party: PartyOutline,
    first_person: PersonOutline | None,
    first: Named,
    second: tuple[PartyOutline, PersonOutline | None, Named],
) -> AgendaProblem:
    party, person, named = second
    parties = f"`{first_party.called}` (line {first.line}) and `{party.called}`"
    whole_names = [claimant.names[0] if claimant else None for claimant in (first_person, person)]
    if whole_names == [first, named]:
        return _warning(
            "person-twice", f"`{named.text}` speaks for two parties, {parties}", named.line, "keep one of them"
        )
    told = f"the name `{named.text}` is claimed by two parties, {parties}"
    return _warning("shared-name", told, named.line, "leave it to the party that reports mean by it")


def _follow(first: PersonOutline, second: PersonOutline) -> bool:
    """Whether two entries are one person in two roles, or holders of one office, one after the other."""
    for earlier, later in ((first, second), (second, first)):
        until, since = _partial(earlier.until), _partial(later.since)
        if until and since and until.earliest <= since.latest:
            return True
    return False


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def missing_people(outline: Outline) -> Iterator[AgendaProblem]:
    """A person without a role cannot be checked against the office a report gives."""
    for party in outline.parties:
        for person in party.people:
            if person.names and not person.role:
                told = f"`{person.names[0].text}` of party `{party.called}` has no role"
                yield _warning("no-role", told, person.line, "add the office held, as in `role: President of …`")


def common_names(outline: Outline) -> Iterator[AgendaProblem]:
    """A name that is an everyday word will be found where nobody is meant."""
    for party in outline.parties:
        for named in (*party.names, *(named for person in party.people for named in person.names)):
            bare = _without_article(named.text)
            if not (len(bare) > 1 and bare.isupper()) and bare.casefold() in common_words():
                told = f"the name `{named.text}` of party `{party.called}` is also a common word"
                yield _warning("common-name", told, named.line, "leave it out, or write a longer form")


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest.strip() if rest and first.casefold() in {"the", "a", "an"} else name


@cache
def common_words() -> frozenset[str]:
    """The words of ``common_words.txt``, casefolded."""
    text = resources.files("travaux.agenda").joinpath("common_words.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].split() for line in text.splitlines())
    return frozenset(word.casefold() for words in lines for word in words)


def weak_options(outline: Outline) -> Iterator[AgendaProblem]:
    """An option should have words to be found by, and a sentence of its own."""
    for issue in outline.issues:
        first_ids: dict[str, str] = {}
        for option in issue.options:
            if not option.words:
                told = f"option `{option.called}` has no words: it is found only by the words of its sentence"
                yield _warning(
                    "no-words", told, option.line, "add how reports refer to it, as in `words: [one phrase]`"
                )
            if option.says is None:
                continue
            says = _folded(option.says.text)
            if says in first_ids:
                told = f"option `{option.called}` says the same as option `{first_ids[says]}`"
                yield _warning("same-option", told, option.says.line, "remove one, or say what differs")
            else:
                first_ids[says] = option.called


CHECKS: tuple[Callable[[Outline], Iterator[AgendaProblem]], ...] = (
    nothing_listed,
    duplicate_ids,
    earlier_ids,
    unknown_options,
    unknown_signatories,
    contradictory_rules,
    reversed_dates,
    shared_names,
    missing_people,
    common_names,
    weak_options,
)
