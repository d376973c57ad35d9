"""Term sheet and packages in the terminal; every text goes through `one_line`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from travaux.analysis.agreement import (
    Balance,
    Compared,
    DealSpace,
    Package,
    ReferenceInstrument,
    Stand,
    Term,
    TermChange,
    TermSheet,
    TermStatus,
    Wording,
)
from travaux.analysis.agreement.provisions import GAPS
from travaux.model import Agenda, Statement
from travaux.record import ReportRow
from travaux.views.agreement import (
    DISTANCE_SAYS,
    SOURCES_SAY,
    STAND_SAYS,
    STATUS_SAYS,
    STRENGTH_SAYS,
    blocked_options,
    cell_value,
    dissent_says,
    gaps_by_reason,
    grouped_stands,
    objection_says,
    package_notes,
    shown_article,
    shown_wording,
    space_says,
)
from travaux.views.terminal import notice_lines
from travaux.views.words import counted, one_line, shown_date

_STYLES = {
    TermStatus.AGREED: "green",
    TermStatus.ACCEPTED: "green",
    TermStatus.CONTESTED: "red",
    TermStatus.EXCLUDED: "red",
    TermStatus.CONDITIONAL: "yellow",
    TermStatus.PROPOSED: "yellow",
    TermStatus.WITHDRAWN: "magenta",
}

Reports = Mapping[str, ReportRow]


def term_sheet_view(sheet: TermSheet, agenda: Agenda, reports: Reports, *, why: bool = False) -> RenderableType:
    """The term sheet, group by group, with what nobody says at the end.

    Args:
        reports: by name, for dates.
        why: quote every party; else one quote for and one against.
    """
    head = f"{one_line(sheet.title)} · {one_line(sheet.kind.title).lower()}"
    head += f" · as of {sheet.as_of}" if sheet.as_of else ""
    head += f" · as {one_line(sheet.report)} has it" if sheet.report else ""
    parts: list[RenderableType] = [Text(head, style="bold"), *notice_lines(agenda.notice)[:1]]
    group = None
    for term in sheet.terms:
        if term.is_gap:
            continue
        if term.provision.group != group:
            group = term.provision.group
            parts += [Text(), Text(one_line(sheet.kind.groups.get(group, "Other")), style="bold underline")]
        parts += _term_lines(term, agenda, reports, why)
    parts += [Text(), *_gap_lines(sheet)]
    parts.append(Text(SOURCES_SAY, style="dim"))
    return Group(*parts)


def _term_lines(term: Term, agenda: Agenda, reports: Reports, why: bool) -> Iterable[RenderableType]:
    head = Text(one_line(term.provision.asks), style="bold")
    if term.is_competing:
        head.append("  competing wordings", style="red")
    yield Padding(head, (0, 0, 0, 2))
    for wording in (one for one in term.wordings if one.status not in GAPS):
        yield from _wording_lines(wording, agenda, reports, why)


def _wording_lines(wording: Wording, agenda: Agenda, reports: Reports, why: bool) -> Iterable[RenderableType]:
    line = Text(one_line(shown_wording(wording)) or "—")
    if wording.aspect:
        line.append(f"  ({one_line(wording.aspect)})", style="dim")
    line.append(f"  {STATUS_SAYS[wording.status]}", style=_STYLES.get(wording.status, "dim"))
    if wording.since:
        line.append(f"  since {shown_date(wording.since)}", style="dim")
    yield Padding(line, (0, 0, 0, 4))
    names = {party.id: one_line(party.name) for party in agenda.parties}
    for says, stands in grouped_stands(wording.stands):
        yield Padding(Text(f"{says}: {', '.join(_party(one, names) for one in stands)}", style="dim"), (0, 0, 0, 6))
    if wording.entry:
        yield Padding(Text(one_line(wording.reason), style="cyan"), (0, 0, 0, 6))
        if wording.entry.quote:
            yield Padding(Text(f"“{one_line(wording.entry.quote)}” {one_line(wording.entry.report)}"), (0, 0, 0, 6))
    if wording.silent and not wording.entry:
        told = f"nothing read of: {', '.join(names[party] for party in wording.silent)}"
        yield Padding(Text(told, style="dim"), (0, 0, 0, 6))
    for one in _quoted(wording, why):
        yield Padding(quote_line(one, reports, names), (0, 0, 0, 6))


def _party(stand: Stand, names: Mapping[str, str]) -> str:
    told = f"{names[stand.party]} {stand.support}" if stand.support else names[stand.party]
    distance = DISTANCE_SAYS[stand.distance] if stand.distance else ""
    notes = [distance, one_line(dissent_says(stand))]
    notes += [f"if “{one_line(each.text)}”" for each in stand.conditions]
    shown = "; ".join(note for note in notes if note)
    return f"{told} ({shown})" if shown else told


def _quoted(wording: Wording, why: bool) -> list[Statement]:
    """One quote for and one against, or one for each party; of a former position where there is no other."""
    found: list[Statement] = []
    sides: set[bool] = set()
    for _, stands in grouped_stands(wording.stands):
        for stand in sorted(stands, key=lambda one: one.distance if one.distance is not None else 9):
            one = stand.statement or (stand.former[0] if stand.former else None)
            if one is None or (not why and (one.stance == "for") in sides):
                continue
            sides.add(one.stance == "for")
            found.append(one)
    return found


def quote_line(one: Statement, reports: Reports, names: Mapping[str, str]) -> Text:
    """A quote with its party, report and date."""
    row = reports.get(one.report)
    line = Text(f"{names.get(one.party, one.party)}: “{one_line(one.quote)}”")
    line.append(f" {one_line(one.report)}, {shown_date(row.published if row else None)} · {one.id}", style="dim")
    return line


def _gap_lines(sheet: TermSheet) -> Iterable[RenderableType]:
    if not sheet.gaps:
        return
    yield Text("Nobody says", style="bold underline")
    for status, reason, asked in gaps_by_reason(sheet):
        yield Padding(Text(one_line(" ".join(asked))), (0, 0, 0, 2))
        yield Padding(Text(one_line(f"{STATUS_SAYS[status]}: {reason}"), style="dim"), (0, 0, 0, 4))


def compared_view(found: Sequence[Compared], reference: ReferenceInstrument, notice: str) -> RenderableType:
    """The term sheet beside a reference instrument, provision by provision."""
    head = Text(f"Beside: {one_line(reference.title)} ({reference.date})", style="bold")
    parts: list[RenderableType] = [head, *notice_lines(notice)[:1]]
    notes = []
    for one in found:
        line = Text(one_line(one.term.provision.asks), style="bold")
        line.append(f"  {STRENGTH_SAYS[one.strength]}", style="cyan")
        parts += [Text(), line]
        if one.wording is not None:
            parts.append(Padding(Text(f"here   {one_line(shown_wording(one.wording))}"), (0, 0, 0, 2)))
        if one.cell is not None:
            parts.append(Padding(_cell_line(one), (0, 0, 0, 2)))
        if one.reason == one.term.provision.note and one.reason:
            notes.append(one.reason)
        elif one.reason:
            parts.append(Padding(Text(one_line(one.reason), style="dim"), (0, 0, 0, 2)))
    parts += [Text(), *(Text(one_line(note), style="dim") for note in dict.fromkeys(notes))]
    parts.append(
        Text("Stronger and weaker follow the order of the kind, on paper; no order is drawn where it has none.", "dim")
    )
    return Group(*parts)


def _cell_line(one: Compared) -> Text:
    assert one.cell is not None
    line = Text(f"there  {one_line(cell_value(one)) or '—'}")
    if one.cell.article:
        line.append(f"  {one_line(shown_article(one.cell.article))}", style="dim")
    if one.cell.quote:
        line.append(f"  “{one_line(one.cell.quote)}”")
    if not one.cell.is_verified:
        line.append("  unverified", style="yellow")
    return line


def changes_view(found: Sequence[TermChange], agenda: Agenda, says: str) -> RenderableType:
    """What changed between two sheets; `says` names the two."""
    parts: list[RenderableType] = [Text(one_line(says), style="bold"), *notice_lines(agenda.notice)[:1]]
    names = {party.id: one_line(party.name) for party in agenda.parties}
    for one in found:
        wording = one.after if one.after is not None and one.after.value else one.before
        line = Text(str(one.change).replace("-", " "), style="bold cyan")
        line.append(f"  {one_line(one.term.provision.asks)}", style="bold")
        parts += [Text(), line]
        shown = one_line(shown_wording(wording)) if wording is not None else ""
        parts.append(Padding(Text(f"{shown}  {one_line(one.reason)}".strip()), (0, 0, 0, 2)))
        for each in one.moved:
            before = STAND_SAYS[each.before.kind] if each.before else "nothing read"
            after = STAND_SAYS[each.after.kind] if each.after else "nothing read"
            told = Text(f"{names[each.party]}: {before} → {after}")
            quoted = each.after.statement if each.after else None
            if quoted is not None:
                told.append(f"  “{one_line(quoted.quote)}” {one_line(quoted.report)}", style="dim")
            parts.append(Padding(told, (0, 0, 0, 4)))
    if not found:
        parts.append(Text("Nothing changed."))
    return Group(*parts)


def packages_view(space: DealSpace, reports: Reports) -> RenderableType:
    """The deal space: who blocks what, the open packages, and the fewest moves that would open one."""
    agenda = space.agenda
    names = {party.id: one_line(party.name) for party in agenda.parties}
    parts: list[RenderableType] = [Text(one_line(agenda.title), style="bold"), *notice_lines(agenda.notice)[:1]]
    parts += [Text(one_line(space_says(space))), Text()]
    parts += _blocked_lines(space, reports, names)
    if space.open:
        parts.append(Text("Open to all, each as large as can be", style="bold underline"))
        for number, package in enumerate(space.open, 1):
            parts += package_lines(f"{number}.", package, space, names)
        parts.append(Text("more are not listed: --limit", style="dim") if space.more_open else Text())
    if space.nearest:
        parts.append(Text("The fewest moves that would open one", style="bold underline"))
        for number, package in enumerate(space.nearest, 1):
            parts += package_lines(f"{number}.", package, space, names)
        parts.append(Text("more are not listed: --limit", style="dim") if space.more_nearest else Text())
    return Group(*parts)


def _blocked_lines(space: DealSpace, reports: Reports, names: Mapping[str, str]) -> list[RenderableType]:
    found = blocked_options(space)
    if not found:
        return [Text("Nobody objects to any option."), Text()]
    parts: list[RenderableType] = [Text("Who blocks what", style="bold underline")]
    for option, objections in found:
        parts.append(Padding(Text(one_line(option.says), style="bold"), (0, 0, 0, 2)))
        for one in objections:
            line = Text(f"{names[one.party]} {objection_says(one)}", style="red" if one.is_hard else "yellow")
            if one.stand.statement is not None:
                quoted = one.stand.statement
                row = reports.get(quoted.report)
                line.append(f"  “{one_line(quoted.quote)}”", style="not dim default")
                line.append(f" {one_line(quoted.report)}, {shown_date(row.published if row else None)}", style="dim")
                if one.stand.support > 1:
                    line.append(f" · {counted(one.stand.support, 'source')}", style="dim")
            elif one.stand.supposed:
                line.append("  (supposed)", style="dim")
            parts.append(Padding(line, (0, 0, 0, 4)))
    return [*parts, Text()]


def package_lines(number: str, package: Package, space: DealSpace, names: Mapping[str, str]) -> list[RenderableType]:
    """One package: its options, what is not known of it, and what it means to each party."""
    says = {option.id: one_line(option.says) for option in space.agenda.options}
    head = Text(f"{number} ")
    if package.moves:
        moved = "; ".join(f"{names[one.party]} on {one.option} ({objection_says(one)})" for one in package.moves)
        head.append(f"if moved: {one_line(moved)}", style="red" if package.is_hard else "yellow")
    else:
        head.append(counted(len(package.options), "option"), style="green")
    notes = package_notes(package)
    if notes:
        head.append(f"  {notes}", style="dim")
    parts: list[RenderableType] = [Padding(head, (0, 0, 0, 2))]
    parts += [Padding(Text(f"• {says[option]}"), (0, 0, 0, 5)) for option in package.options]
    for party, option, condition in package.conditions:
        told = f"{names[party]} on {option}: “{one_line(condition.text)}”"
        parts.append(Padding(Text(told, style="yellow"), (0, 0, 0, 5)))
    for balance in package.balances:
        line = _balance_line(balance, names)
        if line:
            parts.append(Padding(Text(line, style="dim"), (0, 0, 0, 5)))
    return parts


def _balance_line(balance: Balance, names: Mapping[str, str]) -> str:
    parts = [
        f"gets {', '.join(balance.gets)}" if balance.gets else "",
        f"keeps out {', '.join(balance.keeps_out)}" if balance.keeps_out else "",
        f"forgoes {', '.join(balance.forgoes)}" if balance.forgoes else "",
        f"yields {', '.join(balance.yields)}" if balance.yields else "",
    ]
    told = "; ".join(part for part in parts if part)
    return f"{names[balance.party]}: {told}" if told else ""
