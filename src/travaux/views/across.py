"""Terminal views of what is found across reports: shifts, conflicts, meetings, incidents, each with its quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from travaux.analysis.conflict import Conflict
from travaux.analysis.events import Event
from travaux.analysis.shifts import Order, Shift
from travaux.happening import HappeningKind
from travaux.model import Agenda, PartialDate, Statement
from travaux.views.terminal import notice_lines
from travaux.views.words import counted, one_line, shown_date, shown_stance

LONGEST_QUOTE = 300
"""Longer quotes are cut in the terminal, with a mark; machine forms have them whole."""


def shifts_view(shifts: Sequence[Shift], agenda: Agenda) -> RenderableType:
    """Shifts one below the other, with both quotes; those of unknown order under a heading of their own."""
    parts: list[RenderableType] = notice_lines(agenda.notice)
    if not shifts:
        return Group(*parts, Text("No shifts."))
    unknown = False
    for shift in shifts:
        if shift.order is Order.UNKNOWN and not unknown:
            unknown = True
            parts += [Text("Differences whose order no date tells", style="bold"), Text()]
        parts += _shift_lines(shift, agenda)
    return Group(*parts, Text(counted(len(shifts), "shift"), style="dim"))


def _shift_lines(shift: Shift, agenda: Agenda) -> Iterable[RenderableType]:
    head = Text(one_line(agenda.name_of(shift.party)), style="bold")
    head.append(f" · {shift.kind} · ", style="dim")
    head.append(one_line(agenda.says_of(shift.option)), style="not bold")
    yield head
    sides = ((shift.before, shift.published[0]), (shift.after, shift.published[1]))
    for statement, day in sides:
        if statement is not None:
            yield Padding(_quoted(statement, day), (0, 0, 0, 2))
    yield Padding(Text(one_line(shift.says), style="dim"), (0, 0, 0, 2))
    yield Text()


def _quoted(statement: Statement, day: PartialDate | None) -> Text:
    line = Text(f"{shown_stance(statement)}: ", style="cyan")
    line.append(f"“{shortened(statement.quote)}”", style="not dim")
    if statement.condition:
        line.append(f" on the condition “{one_line(statement.condition)}”")
    line.append(f" {one_line(statement.report)}, {shown_date(day)}", style="dim")
    return line


def conflicts_view(conflicts: Sequence[Conflict], agenda: Agenda) -> RenderableType:
    """Conflicts one below the other, each side with its passages and why they exclude each other."""
    parts: list[RenderableType] = notice_lines(agenda.notice)
    if not conflicts:
        return Group(*parts, Text("No conflicts."))
    for conflict in conflicts:
        head = Text(str(conflict.kind), style="magenta")
        head.append(f" · {one_line(conflict_about(conflict, agenda))}", style="bold")
        head.append(f" · weight {conflict.weight}", style="dim")
        parts.append(head)
        for side in conflict.sides:
            parts.append(Padding(Text(one_line(side.value), style="cyan"), (0, 0, 0, 2)))
            for one in side.passages:
                line = Text(f"“{shortened(one.quote)}”")
                line.append(f" {one_line(one.report)}", style="dim")
                parts.append(Padding(line, (0, 0, 0, 4)))
        parts += [Padding(Text(one_line(conflict.says), style="dim"), (0, 0, 0, 2)), Text()]
    return Group(*parts, Text(counted(len(conflicts), "conflict"), style="dim"))


def conflict_about(conflict: Conflict, agenda: Agenda) -> str:
    """What a conflict is about, with the agenda's words in place of its ids."""
    if not conflict.options:
        return conflict.about
    return f"{', '.join(map(agenda.name_of, conflict.parties))} on: {'; '.join(map(agenda.says_of, conflict.options))}"


def events_view(events: Sequence[Event], notice: str = "") -> RenderableType:
    """Meetings or incidents one below the other, each with every report's version."""
    parts: list[RenderableType] = notice_lines(notice)
    if not events:
        return Group(*parts, Text("Nothing found."))
    for event in events:
        parts += _event_lines(event)
    noun = "meeting" if events[0].kind is HappeningKind.MEETING else "incident"
    return Group(*parts, Text(counted(len(events), noun), style="dim"))


def _event_lines(event: Event) -> Iterable[RenderableType]:
    head = Text(one_line(event.what), style="bold")
    known = [event.place, event.day, *(", ".join(names) for names in [event.participants] if names)]
    if event.kind is HappeningKind.MEETING:
        known.insert(0, " → ".join(event.statuses))
    known += [f"{figure.words} {figure.counted}" for figure in event.figures]
    head.append("".join(f" · {one_line(part)}" for part in known if part), style="not bold")
    yield head
    for one in event.versions:
        line = Text(f"“{shortened(one.quote)}”")
        claimed = f", by the word of {one_line(one.claimed_by)}" if one.claimed_by else ""
        denied = ", denied" if one.denied else ""
        line.append(f" {one_line(one.report)}{claimed}{denied}", style="dim")
        yield Padding(line, (0, 0, 0, 2))
    yield Text()


def shortened(quote: str) -> str:
    """A quote on one line, cut where it is very long."""
    line = one_line(quote)
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rstrip()} …"
