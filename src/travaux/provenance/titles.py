"""What the reports of a record together show to be wrong: a name or an office that one of them has and the others have otherwise.

Only people whom reports introduce with an office are compared, and only those whose name or office the agenda leaves open.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from travaux.model import Flag, FlagKind, PartialDate, Report
from travaux.provenance.offices import office_named, offices_in
from travaux.provenance.people import HONORIFICS, Naming, Part, runs_of
from travaux.provenance.roles import Polities, office_at
from travaux.provenance.spelling import Script, folded, is_near, is_same_name
from travaux.provenance.visible import made_flag

FEWEST_FAMILIES = 3
"""So many families must agree before one report is called wrong."""
LARGEST_SHARE = 0.25
"""What is wrong stands in at most this share as many families as what is right."""
SAME_TIME = 60
"""Days around a report in which others may correct its offices; people change office."""
SHORTEST = 5
"""Letters of a part of a name that may be called misspelt by other reports: "Kim Jong Un" and "Kim Jong Il" are two people."""


@dataclass(frozen=True, slots=True)
class Title:
    """A person and an office as a report has them, at their first place.

    Attributes:
        name: the person's name as printed; offices and states before it left out.
        office: the office's name in ``roles.toml``; exclusive: see there; former: put in the past.
        known: whether the agenda has this person; if it has the person's office too, there is no title.
        start, end: name and office in code points of the text; name_start, name_end: the name alone.
        quote: the words from start to end.
    """

    report: str
    report_id: str
    published: PartialDate | None
    name: str
    office: str
    exclusive: bool
    former: bool
    known: bool
    start: int
    end: int
    name_start: int
    name_end: int
    quote: str


def titles_of(report: Report, namings: Sequence[Naming], polities: Polities) -> list[Title]:
    """The people a report introduces with an office, each name and office once, without those whose office the agenda has."""
    known = {naming.parts[-1].start: naming for naming in namings if naming.has_surname}
    found: dict[tuple[str, str, bool], Title] = {}
    for run in runs_of(report):
        parts = _person(run)
        if len(parts) < 2:
            continue
        naming = next((known[part.start] for part in parts if part.start in known), None)
        if naming is not None and offices_in(naming.known.person.role):
            continue
        start, end = parts[0].start, parts[-1].end
        held = office_at(report.text, start, end, polities)
        if held is None:
            continue
        name = " ".join(part.text for part in parts)
        title = Title(
            report.name, report.id, report.published, name, held.office.name, held.office.exclusive, held.former,
            naming is not None, held.start, held.end, start, end, report.text[held.start : held.end],
        )  # fmt: skip
        found.setdefault((_key(name), held.office.name, held.former), title)
    return list(found.values())


def _person(run: Sequence[Part]) -> Sequence[Part]:
    """The name at the end of a run of capitalised words: what follows the last word of an office in it."""
    last = max((place for place, part in enumerate(run) if part.text.casefold() in HONORIFICS), default=-1)
    parts = run[last + 1 :]
    return parts if len(parts) <= 4 and not any(part.text.isupper() and len(part.text) > 2 for part in parts) else ()


@lru_cache(maxsize=100_000)
def _key(name: str) -> str:
    return " ".join(folded(part) for part in name.split())


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom some reports tell of, and which reports decide whether what is told of them is right.

    Attributes:
        names: of the people, as they are compared: those told of, and all that share a part of their name with one of them.
        reports: ids of all reports that tell of these, or of people who share a part of their name with one of these.
    """

    names: frozenset[str]
    reports: frozenset[str]


def reach_of(reports: Collection[str], named: Mapping[str, Sequence[str]]) -> Reach:
    """Whom some reports tell of, with whom to compare them.

    Args:
        reports: ids of the reports. named: by report id, the names in its titles, of all reports.
    """
    by_part: dict[tuple[int, int, str], set[str]] = defaultdict(set)
    holders: dict[str, list[str]] = defaultdict(list)
    for report_id, names in named.items():
        for key in set(map(_key, names)):
            if key not in holders:
                for part in _parts(key):
                    by_part[part].add(key)
            holders[key].append(report_id)

    def sharing(names: Iterable[str]) -> set[str]:
        return {other for part in {part for name in names for part in _parts(name)} for other in by_part[part]}

    reached = sharing({_key(name) for report_id in reports for name in named.get(report_id, ())})
    return Reach(frozenset(reached), frozenset(report_id for name in sharing(reached) for report_id in holders[name]))


def _parts(key: str) -> list[tuple[int, int, str]]:
    """The parts of a name as they are compared: part by part in names of so many."""
    parts = key.split()
    return [(len(parts), place, part) for place, part in enumerate(parts)]


def flags_of_titles(titles: Iterable[Title], family_of: Mapping[str, str]) -> list[Flag]:
    """What the reports of a record show to be wrong in one another, by report and place.

    Args:
        titles: of all reports. family_of: family by report id; a report in none counts for itself.
    """
    by_name: dict[str, list[Title]] = defaultdict(list)
    for title in titles:
        by_name[_key(title.name)].append(title)
    found = [*_misspelt(by_name, family_of)]
    for same in by_name.values():
        found += _wrong(same, family_of)
    return sorted(found, key=lambda flag: (flag.report, flag.start, flag.kind))


def flags_within(
    reach: Reach, titles: Sequence[Title], family_of: Mapping[str, str]
) -> tuple[list[Flag], set[tuple[str, int, int]]]:
    """What `flags_of_titles` would show of the names in reach, and all places at which it might.

    Args:
        titles: of the reports in reach.
    """
    of_names = [title for title in titles if _key(title.name) in reach.names]
    places = {(one.report_id, one.start, one.end) for one in of_names}
    places |= {(one.report_id, one.name_start, one.name_end) for one in of_names}
    found = flags_of_titles(titles, family_of)
    return [flag for flag in found if (flag.report_id, flag.start, flag.end) in places], places


def _families(titles: Iterable[Title], family_of: Mapping[str, str]) -> set[str]:
    return {family_of.get(title.report_id, title.report_id) for title in titles}


def _misspelt(by_name: Mapping[str, Sequence[Title]], family_of: Mapping[str, str]) -> Iterator[Flag]:
    support = {name: len(_families(titles, family_of)) for name, titles in by_name.items()}
    by_part: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for name, families in support.items():
        if families >= FEWEST_FAMILIES:
            for part in _parts(name):
                by_part[part].append(name)
    for name, titles in by_name.items():
        if titles[0].known:
            continue  # the agenda says how the name is written
        parts = name.split()
        near = {
            other
            for part in _parts(name)
            for other in by_part.get(part, ())
            if other != name and support[name] <= LARGEST_SHARE * support[other] and _one_part_off(parts, other.split())
        }
        if near:
            right = min(near, key=lambda other: (-support[other], other))
            shown = Counter(title.name for title in by_name[right]).most_common(1)[0][0]
            for report_id in sorted({title.report_id for title in titles}):
                first = next(title for title in titles if title.report_id == report_id)
                told = f"Reports of {support[right]} families write {shown}."
                quote = first.quote[first.name_start - first.start : first.name_end - first.start]
                yield made_flag(
                    first.report, first.report_id, FlagKind.MISSPELT_NAME, first.name_start, first.name_end, quote, told
                )


def _one_part_off(parts: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two names differ in one part only, by a letter or two, and not as transliterations do."""
    apart = [(one, other) for one, other in zip(parts, others, strict=True) if one != other]
    if len(apart) != 1:
        return False
    one, other = apart[0]
    # "Petrov" and "Petrova", "Mario" and "Maria" are two people.
    if one[:-1] == other[:-1] or one[:-1] == other or other[:-1] == one:
        return False
    return (
        min(len(one), len(other)) >= SHORTEST and is_near(one, other) and not is_same_name(one, other, Script.UNKNOWN)
    )


def _wrong(titles: Sequence[Title], family_of: Mapping[str, str]) -> Iterator[Flag]:
    """Offices of one person that most dated reports of the same weeks contradict."""
    dated = [title for title in titles if title.exclusive and title.published is not None]
    for title in dated:
        day = title.published
        assert day is not None  # by the line above
        near = [one for one in dated if one.published is not None and _days_apart(day, one.published) <= SAME_TIME]
        support: dict[tuple[str, bool], set[str]] = defaultdict(set)
        for one in near:
            support[one.office, one.former] |= _families([one], family_of)
        own = support[title.office, title.former]
        (office, former), most = max(support.items(), key=lambda item: (len(item[1]), item[0]))
        is_same = office_named(title.office).is_same(office_named(office))
        if (is_same and former is title.former) or (former and not is_same):
            continue
        if title.former and not is_same:
            continue  # former holders of another office are nobody's mistake
        if len(most) >= FEWEST_FAMILIES and len(own) <= LARGEST_SHARE * len(most):
            shown = f"former {office}" if former else office
            told = f"Reports of {len(most)} families from the same weeks call {title.name} {shown}."
            yield made_flag(
                title.report, title.report_id, FlagKind.WRONG_ROLE, title.start, title.end, title.quote, told
            )


def _days_apart(one: PartialDate, other: PartialDate) -> int:
    return max(0, (max(one.earliest, other.earliest) - min(one.latest, other.latest)).days)
