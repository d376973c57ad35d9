"""What changed, as one view model: text, Markdown, e-mail and Atom are made from it, so they cannot disagree.

A further kind of change joins in two places: its heading in `HEADINGS`, and a function beside those below that makes an
`Entry` of each thing there is now; which of them are new is found by their keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from travaux.analysis import JudgedStatement
from travaux.analysis.conflict import Conflict
from travaux.analysis.shifts import Shift
from travaux.model import Agenda, Flag
from travaux.record import ReportRow, Updating
from travaux.views.across import conflict_about
from travaux.views.words import counted, shown_date, shown_stance, shown_via

HEADINGS = {
    "report": ("New reports", "report"),
    "statement": ("New statements", "statement"),
    "shift": ("New shifts", "shift"),
    "conflict": ("New conflicts", "conflict"),
    "flag": ("New flags", "flag"),
}
"""Kinds of change in the order they are shown: heading, and the noun they are counted by."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new.

    Attributes:
        kind: a key of `HEADINGS`. key: what it is known by; with the kind it names one thing for good.
        title: one line that says what is new.
        quote: the words that show it; empty where there are none to show.
        detail: where it stands and how sure it is, one line.
        url: where it was published, None where nobody says.
        told: when the update that found it ended, ISO 8601 in UTC; empty before that.
    """

    kind: str
    key: str
    title: str
    quote: str = ""
    detail: str = ""
    url: str | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one kind."""

    kind: str
    heading: str
    entries: tuple[Entry, ...]

    @property
    def counted(self) -> str:
        """``3 reports``."""
        return counted(len(self.entries), HEADINGS[self.kind][1])


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two updates.

    Attributes:
        title, notice: the record's.
        since, until: times of the update before and of the last one, ISO 8601 in UTC; empty where there was none.
        sections: one for each kind that has changes, in the order of `HEADINGS`.
    """

    title: str
    notice: str
    since: str
    until: str
    sections: tuple[Section, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not self.sections

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All changes, section by section."""
        return tuple(entry for section in self.sections for entry in section.entries)

    @property
    def summary(self) -> str:
        """``2 reports, 5 statements``; ``nothing new`` where that is so."""
        return ", ".join(section.counted for section in self.sections) or "nothing new"


def report_entries(rows: Iterable[ReportRow]) -> list[Entry]:
    """An entry for each report, whatever became of it."""
    return [
        Entry(
            "report",
            row.id,
            row.title or row.name,
            "",
            " · ".join(filter(None, (row.name, row.publisher, shown_date(row.published, basis=True), _state(row)))),
            row.url,
        )
        for row in rows
    ]


def statement_entries(judged: Iterable[JudgedStatement], agenda: Agenda, rows: Mapping[str, ReportRow]) -> list[Entry]:
    """An entry for each statement as it counts.

    Args:
        rows: the reports, by name.
    """
    entries = []
    for one in judged:
        shown = one.effective
        row = rows.get(shown.report)
        condition = f", on the condition: “{shown.condition}”" if shown.condition else ""
        detail = f"{shown.report}, {shown_date(row.published if row else None)} · {shown_via(shown)}"
        entries.append(
            Entry(
                "statement",
                shown.id,
                f"{agenda.name_of(shown.party)} · {shown_stance(shown)} · {agenda.says_of(shown.option)}{condition}",
                shown.quote,
                detail,
                row.url if row else None,
            )
        )
    return entries


def shift_entries(shifts: Iterable[Shift], agenda: Agenda) -> list[Entry]:
    """An entry for each change of a party's position, with the words that show what is held now."""
    entries = []
    for shift in shifts:
        title = f"{agenda.name_of(shift.party)} · {shift.kind} · {agenda.says_of(shift.option)}"
        shown = shift.after or shift.before
        reports = " → ".join(one.report for one in (shift.before, shift.after) if one is not None)
        entries.append(Entry("shift", shift.id, title, shown.quote, f"{shift.says} · {reports}"))
    return entries


def conflict_entries(conflicts: Iterable[Conflict], agenda: Agenda) -> list[Entry]:
    """An entry for each pair of reports, or more, that cannot all be right, with the first words of each side."""
    return [
        Entry(
            "conflict",
            one.id,
            f"{one.kind} · {conflict_about(one, agenda)}",
            " — ".join(side.passages[0].quote for side in one.sides if side.passages),
            f"{one.says} · {', '.join(one.reports)}",
        )
        for one in conflicts
    ]


def flag_entries(flags: Iterable[Flag]) -> list[Entry]:
    """An entry for each reason to trust a report less."""
    return [Entry("flag", one.id, f"{one.report} · {one.kind}", one.quote, one.says) for one in flags]


def changes_between(title: str, notice: str, entries: Iterable[Entry], since: str, until: str) -> Changes:
    """Changes made of what is known to be new.

    Args:
        entries: of any kind; since, until: ISO 8601 in UTC.
    """
    found: dict[str, list[Entry]] = {kind: [] for kind in HEADINGS}
    for entry in entries:
        found[entry.kind].append(entry)
    sections = tuple(Section(kind, HEADINGS[kind][0], tuple(own)) for kind, own in found.items() if own)
    return Changes(title, notice, since, until, sections)


def changes_of(
    title: str,
    notice: str,
    entries: Sequence[Entry],
    told: Mapping[tuple[str, str], int],
    updatings: Sequence[Updating],
    after: int,
) -> Changes:
    """What the updates after a certain one told.

    Args:
        entries: everything there is now, of any kind.
        told: the number of the update that told each thing, by kind and key.
        updatings: all updates, oldest first.
        after: number of the last update that does not count any more; 0 for what was there at the beginning.
    """
    ended = {one.number: one.finished for one in updatings}
    numbers = ((entry, told.get((entry.kind, entry.key))) for entry in entries)
    new = (replace(entry, told=ended[number]) for entry, number in numbers if number is not None and number > after)
    return changes_between(title, notice, new, ended.get(after, ""), updatings[-1].finished if updatings else "")


def _state(row: ReportRow) -> str:
    if row.state in ("read", "empty"):
        return counted(row.statements, "statement")
    return f"{row.state}: {row.reason}" if row.reason else str(row.state)
