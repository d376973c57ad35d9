"""Who holds an office by one report and not by another, where the agenda says which of the two is right.

The words beside a name are read as for the flag of a wrong role (`travaux.provenance.roles`): one report gives somebody an office that
by the agenda is not the person's, another gives the person's own. So the office may be of any body that has one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from travaux.analysis.conflict import Conflict, ConflictKind, Passage, Side, conflict_of_passages
from travaux.analysis.timing import Dates
from travaux.analysis.titles import excludes, runs_what, title_at
from travaux.model import Agenda, Party, Person, Report
from travaux.provenance.offices import offices_in
from travaux.provenance.people import name_parts
from travaux.provenance.roles import Polities, fault_of, office_at
from travaux.provenance.sentences import sentences_of
from travaux.provenance.spelling import folded

SAME_OFFICE = 90
"""Days after which somebody whose office the agenda dates may well hold another."""

Sentences = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Called:
    """What a report calls somebody: the words, their sentence, and whether by the agenda that is right."""

    words: str
    passage: Passage
    is_right: bool


def conflicts_of_offices(reports: Sequence[Report], dates: Dates, agenda: Agenda | None) -> list[Conflict]:
    """One conflict for everybody whom one report gives the office that is the person's and another one that is not.

    Args:
        reports: with their texts. dates: date of publication by report id.
    """
    if agenda is None or len(reports) < 2:
        return []
    polities, people = Polities(agenda), _Surnames(agenda)
    called: dict[str, list[_Called]] = defaultdict(list)
    for report in sorted(reports, key=lambda one: (one.name, one.id)):
        sentences = sentences_of(report)
        for person, party, start, end in people.named_in(report.text):
            if (one := _called(report, sentences, start, end, person, party, polities)) is not None:
                called[person.name].append(one)
    found = []
    for person, _ in people.all:
        told = called[person.name]
        wrong = [one for one in told if not one.is_right]
        right = [one for one in told if one.is_right and (_is_undated(person) or _is_near(one, wrong, dates))]
        others = {one.passage.report_id for one in wrong}
        right = [one for one in right if one.passage.report_id not in others]
        if wrong and right:
            why = f"on the agenda {person.name} is {person.role}"
            sides = [*_sides(wrong), *_sides(right)]
            about = f"the office of {person.name}"
            found.append(conflict_of_passages(ConflictKind.ROLE, about, sides, why, {}, person.name))
    return found


class _Surnames:
    """The people of an agenda by their surnames; those who share one are known by their full names alone."""

    def __init__(self, agenda: Agenda):
        self.all = [(person, party) for party in agenda.parties for person in party.people if name_parts(person.name)]
        self._by: dict[str, list[tuple[Person, Party]]] = defaultdict(list)
        for person, party in self.all:
            self._by[name_parts(person.name)[-1]].append((person, party))
        names = "|".join(sorted(map(re.escape, self._by), key=lambda name: (-len(name), name)))
        self._any = re.compile(
            rf"(?:[A-ZÀ-Þ][\w.'’-]* (?:[a-z]{{2,3}} )?){{0,4}}(?<![\w’'-])(?P<surname>{names})(?![\w-])"
        )

    def named_in(self, text: str) -> Iterator[tuple[Person, Party, int, int]]:
        """Everybody named, with the place of the name, first names included."""
        for found in self._any.finditer(text):
            meant = self._by[found["surname"]]
            for person, party in meant:
                first = name_parts(person.name)[0]
                before = found.group()[: found.start("surname") - found.start()]
                at = before.rfind(first) if first != found["surname"] else -1
                if at >= 0:
                    yield person, party, found.start() + at, found.end()
                elif len(meant) == 1 and not re.search(r"[A-ZÀ-Þ][\w'’-]+ $", before):
                    yield person, party, found.start("surname"), found.end()


def _called(
    report: Report, sentences: Sentences, start: int, end: int, person: Person, party: Party, polities: Polities
) -> _Called | None:
    held = office_at(report.text, start, end, polities)
    given = polities.posts.at(report.text, start, end)
    if held is not None and fault_of(held, person, party, report.published, polities):
        return _of(report, sentences, held.start, held.end, start, end, False)
    if given is not None and polities.posts.fault_of(given, person, report.published):
        return _of(report, sentences, given.start, given.end, start, end, False)
    if given is not None and any(post.person is person for post in given.posts):
        return _of(report, sentences, given.start, given.end, start, end, True)
    if held is not None and not held.former and any(one.is_same(held.office) for one in offices_in(person.role)):
        return _of(report, sentences, held.start, held.end, start, end, True)
    return _titled(report, sentences, start, end, person)


def _titled(report: Report, sentences: Sentences, start: int, end: int, person: Person) -> _Called | None:
    """What a report calls somebody by a title that is the person's by the agenda, or that leaves no room for it."""
    runs = runs_what(report.text, end)
    if runs is not None and runs[0].casefold() in person.role.casefold():
        return _of(report, sentences, start, runs[1], start, end, True)
    title = title_at(report.text, start, end)
    other = excludes(title, person.role) if title is not None else None
    if title is None or other is None:
        return None
    return _of(report, sentences, title.start, title.end, start, end, not other)


def _of(
    report: Report, sentences: Sentences, start: int, end: int, name: int, name_end: int, is_right: bool
) -> _Called:
    words = (
        re.sub(r"(?:,? (?:Mrs?|Ms|Dr|Sir|Dame|Sheikha?)\.?)+\s*$", "", report.text[start:name])
        + report.text[name_end:end]
    )
    where = next((one for one in sentences if one[0] <= name < one[1]), (start, end))
    passage = Passage(report.name, report.id, *where, report.text[slice(*where)])
    return _Called(" ".join(words.strip(" ,(’'").split()), passage, is_right)


def _is_undated(person: Person) -> bool:
    return not person.since and not person.until and not re.search(r"\b(?:19|20)\d\d\b", person.role)


def _is_near(one: _Called, wrong: Sequence[_Called], dates: Dates) -> bool:
    """Whether a report is of the time of one that has it otherwise, or one of the two has no date."""
    day = dates.get(one.passage.report_id)
    for other in wrong:
        there = dates.get(other.passage.report_id)
        if day is None or there is None:
            return True
        if max(day.earliest - there.latest, there.earliest - day.latest).days <= SAME_OFFICE:
            return True
    return False


def _sides(called: Sequence[_Called]) -> Iterator[Side]:
    by_words: dict[str, set[Passage]] = defaultdict(set)
    shown: Mapping[str, str] = {one.words.casefold(): one.words for one in reversed(called)}
    for one in called:
        by_words[one.words.casefold()].add(one.passage)
    for words, passages in sorted(by_words.items()):
        yield Side(shown[words], tuple(sorted(passages, key=lambda one: (one.report, one.start, one.end))))


def joined(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """The same conflicts, those on the office of one person that have a passage in common as one."""
    found: list[Conflict] = []
    for one in conflicts:
        same = next((other for other in found if _share_a_passage(one, other)), None)
        if same is None:
            found.append(one)
        else:
            found[found.index(same)] = _with_sides(same, one)
    return found


def _share_a_passage(one: Conflict, other: Conflict) -> bool:
    if one.kind is not ConflictKind.ROLE or other.kind is not ConflictKind.ROLE:
        return False
    if None in (one.about_whom, other.about_whom) or _surname(one) != _surname(other):
        return False
    return any(
        first.meets(second)
        for side in one.sides
        for there in other.sides
        for first in side.passages
        for second in there.passages
    )


def _surname(conflict: Conflict) -> str:
    return folded((conflict.about_whom or "").split()[-1])


def _with_sides(conflict: Conflict, more: Conflict) -> Conflict:
    """A conflict with the passages of another one that it does not have."""
    sides = {side.value: set(side.passages) for side in conflict.sides}
    known = [one for side in conflict.sides for one in side.passages]
    for side in more.sides:
        new = {one for one in side.passages if not any(one.meets(other) for other in known)}
        if new:
            sides.setdefault(side.value, set()).update(new)
    made = [
        Side(value, tuple(sorted(passages, key=lambda one: (one.report, one.start, one.end))))
        for value, passages in sides.items()
    ]
    why = conflict.says.rpartition(": ")[2].rstrip(".")
    return conflict_of_passages(ConflictKind.ROLE, conflict.about, made, why, {}, conflict.about_whom)
