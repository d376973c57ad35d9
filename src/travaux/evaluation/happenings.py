"""Meetings and incidents against the gold record's.

An event found answers a meeting where one of its versions stands in a report of the entry and has its status, the places do
not contradict each other, and the places are one, or at least half of those who take part are found (all of them where the
entry names one), or the days are one and whoever the entry names, if anybody, is found in part. Those who take part are compared by
party and person of the agenda, "American officials" by the party.

It answers an incident where a version stands in a report of the entry, the places do not contradict each other, the killed
agree where both count them, and the places are one or the words for it have something in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from travaux.analysis.conflicts_of_facts import figures_agree
from travaux.analysis.events import Event, places_agree
from travaux.evaluation.checks import Entry
from travaux.evaluation.counting import measure_answers
from travaux.evaluation.given import AcrossInput
from travaux.evaluation.statements import Measure
from travaux.happening import Figure, Happening, HappeningKind
from travaux.model import Agenda
from travaux.reading.happenings.figures import figure_of_words

_STOP = set("a an the of in on at to by for as and with from into over is was were has have had it its s u".split())


def measure_happenings(entries: Sequence[Entry], events: Sequence[Event], given: AcrossInput) -> Measure:
    """Precision and recall of the meetings, or of the incidents, found."""
    return measure_answers(events, entries, lambda event, entry: answers(event, entry, given.agenda))


def answers(event: Event, entry: Entry, agenda: Agenda) -> bool:
    """Whether an event found is the one an entry tells of."""
    reports = entry.get("reports")
    told_in = {str(name) for name in reports} if isinstance(reports, list) else set()
    versions = [one for one in event.versions if one.report in told_in]
    if event.kind is HappeningKind.MEETING:
        versions = [one for one in versions if str(one.status) == entry.get("status")]
        return bool(versions) and _is_meeting(versions, event, entry, agenda)
    return any(_is_incident(one, entry) for one in versions)


def _is_meeting(versions: Sequence[Happening], event: Event, entry: Entry, agenda: Agenda) -> bool:
    place = str(entry.get("place") or "")
    found = [one.place for one in event.versions if one.place]
    if place and found and not any(_one_place(name, place) for name in found):
        return False
    if place and any(_one_place(name, place) for name in found):
        return True
    named = entry.get("participants")
    wanted = [_keys(str(name), agenda) for name in (named if isinstance(named, list) else [])]
    known = {key for one in versions for name in one.participants for key in _keys(name, agenda)}
    known |= {party for one in versions for party in one.parties if any(party in keys for keys in wanted)}
    met = sum(bool(keys & known) for keys in wanted)
    if bool(wanted) and met >= max(1, len(wanted) / 2) and (met > 1 or len(wanted) == 1):
        return True
    return (met > 0 or not wanted) and any(_one_day(one.day, str(entry.get("date") or "")) for one in versions)


def _one_day(found: str | None, wanted: str) -> bool:
    """Whether a day found is the entry's or one of its stretch, and a stretch found within it."""
    told = re.findall(r"\d{4}-\d\d-\d\d", wanted)
    days = re.findall(r"\d{4}-\d\d-\d\d", found or "")
    return bool(told) and bool(days) and min(told) <= min(days) <= max(days) <= max(told)


def _is_incident(one: Happening, entry: Entry) -> bool:
    place = str(entry.get("place") or "")
    if place and one.place and not _one_place(one.place, place) and not _words(one.place) & _words(place):
        return False
    killed = entry.get("killed")
    gold = figure_of_words(str(killed), "killed") if killed else None
    found: Figure | None = one.figure("killed")
    if gold is not None and found is not None and not figures_agree(gold, found):
        return False
    if place and one.place:
        return True
    return bool(_words(str(entry.get("what") or "")) & (_words(one.what) | _words(one.quote)))


def _one_place(one: str, two: str) -> bool:
    return places_agree(one, two) or any(places_agree(one, part) for part in re.split(r",| and ", two) if part.strip())


def _keys(name: str, agenda: Agenda) -> set[str]:
    """What a participant is known by: the person on the agenda, else the parties its words name, else its words."""
    folded = name.casefold()
    people = {
        person.name
        for party in agenda.parties
        for person in party.people
        if folded in {known.casefold() for known in (person.name, *person.names)}
    }
    if people:
        return people
    parties = {party.id for party in agenda.parties if _names(folded, (party.name, *party.names))}
    return parties or _words(name)


def _names(text: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text) for name in names)


def _words(text: str) -> set[str]:
    """The words of a text by their first five letters, so that "missiles" and "missile" are one."""
    return {word[:5] for word in re.findall(r"\w+", text.casefold()) if word not in _STOP and len(word) > 2}
