"""The agreement on the table as rows: term sheet, packages, references beside it, what changed, what a move opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from travaux.analysis.agreement import (
    Balance,
    Compared,
    DealSpace,
    Nearest,
    Objection,
    Opening,
    Package,
    Stand,
    StandKind,
    Term,
    TermChange,
    TermSheet,
    TermStatus,
    WeighedPackage,
    Wording,
    in_words,
)
from travaux.exchange.columns import Column, Table, date_columns, words_of
from travaux.exchange.rows import Row, date_values
from travaux.model import Statement, content_id

_STAND_SAYS = "each with party, stand, condition, sources that carry it, statement, report and quote."

TERMS = Table(
    "terms",
    "One row for each wording of a provision of the term sheet, and one for each provision that nobody speaks to.",
    (
        Column("id", "text", "Provision, aspect and option, or the value an analyst entered.", required=True),
        Column("provision", "text", "Id of the provision in the kind of instrument.", required=True),
        Column("group", "text", "Group of provisions it belongs to.", required=True),
        Column("asks", "text", "The question the provision answers.", required=True),
        Column("term_status", "text", "How the provision stands over all its wordings.", words_of(TermStatus), True),
        Column("aspect", "text", "Aspect of the provision; empty for the whole."),
        Column("value", "text", "The wording; empty where nothing carries one."),
        Column("code", "texts", "The wording in the words of the kind, as key=value where it has keys."),
        Column("status", "text", "How the wording stands.", words_of(TermStatus), True),
        Column("in_brackets", "boolean", "Whether it is on the table and not agreed.", required=True),
        Column("option", "text", "Id of the option it stands or falls with."),
        Column("stands", "objects", f"How the parties stand to it, {_STAND_SAYS}"),
        Column("silent", "texts", "Ids of the parties whose agreement it takes and of whom nothing was read."),
        Column(
            "distance", "integer", "Nearest word of a supporter: 0 its own, 1 the report's, 2 another's, 3 unnamed."
        ),
        Column(
            "support",
            "integer",
            "Independent sources that carry its support: a report with its copies counts once.",
            required=True,
        ),
        *date_columns("since", "Since when a party supports it"),
        *date_columns("latest", "Date of the latest report that speaks to it"),
        Column("dissent", "objects", f"Statements that give a party another stance, {_STAND_SAYS}"),
        Column("entered", "text", "Who entered it by hand, and when; empty where reports carry it."),
        Column("reason", "text", "Why it has this status.", required=True),
        Column("notice", "text", "What the record's makers want everybody to know who uses it."),
    ),
)

PACKAGES = Table(
    "packages",
    "One row for each package listed: those open to all, and one for each smallest set of positions that would have to move.",
    (
        Column("id", "text", "Id of the package: a hash of its options and moves.", required=True),
        Column("state", "text", "Whether it is open to all, or only after moves.", ("open", "blocked"), True),
        Column("hard", "boolean", "Whether a party rules out what it holds.", required=True),
        Column("options", "texts", "Ids of its options."),
        Column("moves", "objects", f"The positions that would have to move, {_STAND_SAYS}"),
        Column("unknown", "integer", "Pairs of a party and an option in it that nothing was read of.", required=True),
        Column("disputed", "integer", "Pairs of a party and an option in it on which reports disagree.", required=True),
        Column("conditions", "objects", "Conditions that name no option: party, option, condition, statement."),
        Column("balances", "objects", "By party: gets, keeps_out, forgoes, yields, unknown, disputed."),
        Column("notice", "text", "What the record's makers want everybody to know who uses it."),
    ),
)

COMPARED = (
    "id", "provision", "asks", "aspect", "value", "status", "strength", "reference", "reference_value", "article",
    "confidence", "verified", "quote", "note", "reason",
)  # fmt: skip
REFERENCES = ("id", "title", "date", "parties", "same", "compared", "cells", "unverified", "sources", "note")
CHANGES = (
    "id", "provision", "asks", "aspect", "change", "value_before", "value_after", "status_before", "status_after", "moved",
    "reason",
)  # fmt: skip
OPENINGS = (
    "id", "party", "option", "stand", "hard", "support", "opens_an_agreement", "in_sets", "gained", "statement", "report",
    "quote",
)  # fmt: skip
WEIGHED = ("id", "rank", "lowest", "highest", "worst", "shares", "hangs_on", "state", "options", "moves", "weighed_by")


def term_rows(sheet: TermSheet) -> Iterator[Row]:
    """The rows of a term sheet, in the order of its kind."""
    for term in sheet.terms:
        for wording in term.wordings:
            yield _term_row(term, wording)


def _term_row(term: Term, wording: Wording) -> Row:
    return {
        "id": _wording_id(term, wording),
        "provision": term.provision.id,
        "group": term.provision.group,
        "asks": term.provision.asks,
        "term_status": str(term.status),
        "aspect": wording.aspect or None,
        "value": wording.value,
        "code": [f"{key}={value}" if key else value for key, value in wording.code],
        "status": str(wording.status),
        "in_brackets": wording.in_brackets,
        "option": wording.option,
        "stands": [stand_object(one) for one in wording.stands],
        "silent": list(wording.silent),
        "distance": wording.distance,
        "support": wording.support,
        **date_values("since", wording.since),
        **date_values("latest", wording.latest),
        "dissent": [_statement_object(one) for one in wording.dissent],
        "entered": wording.entry.signature if wording.entry else None,
        "reason": wording.reason,
    }


def _wording_id(term: Term, wording: Wording) -> str:
    name = f"{term.provision.id}.{wording.aspect}" if wording.aspect else term.provision.id
    about = wording.option or (wording.value if wording.entry else "")
    return f"{name}/{about}" if about else name


def stand_object(stand: Stand, role: str = "") -> dict[str, Any]:
    """A stand with the words it rests on."""
    one = stand.statement or (stand.former[0] if stand.former else None)
    return {
        "party": stand.party,
        "option": stand.option,
        "stand": role or str(stand.kind),
        "conditions": [condition.text for condition in stand.conditions],
        "needs": list(stand.needs),
        "support": stand.support,
        "statement": one.id if one else None,
        "report": one.report if one else None,
        "quote": one.quote if one else None,
    }


def _statement_object(one: Statement) -> dict[str, Any]:
    return {
        "party": one.party,
        "option": one.option,
        "stand": str(one.stance),
        "conditions": [one.condition] if one.condition else [],
        "needs": [],
        "support": 1,
        "statement": one.id,
        "report": one.report,
        "quote": one.quote,
    }


def package_rows(packages: Iterable[Package]) -> Iterator[Row]:
    """The rows of packages, in the order given."""
    for one in packages:
        yield {
            "id": package_id(one),
            "state": "open" if one.is_open else "blocked",
            "hard": one.is_hard,
            "options": list(one.options),
            "moves": [_move_object(move) for move in one.moves],
            "unknown": one.unknown,
            "disputed": one.disputed,
            "conditions": [
                {"party": party, "option": option, "condition": each.text, "statement": each.statement}
                for party, option, each in one.conditions
            ],
            "balances": [_balance_object(each) for each in one.balances],
        }


def package_id(package: Package) -> str:
    """Id of a package: the same options with the same moves keep it."""
    return content_id("package", *package.options, "moves", *(f"{one.party}/{one.option}" for one in package.moves))


def _move_object(move: Objection) -> dict[str, Any]:
    return stand_object(move.stand) | {"hard": move.is_hard}


def _balance_object(balance: Balance) -> dict[str, Any]:
    names = ("gets", "keeps_out", "forgoes", "yields", "unknown", "disputed")
    return {"party": balance.party, **{name: list(getattr(balance, name)) for name in names}}


def compared_rows(found: Iterable[Compared], reference: str) -> Iterator[Row]:
    """A term sheet beside a reference; `reference` is its id."""
    for one in found:
        wording, cell = one.wording, one.cell
        aspect = wording.aspect if wording else ""
        name = _wording_id(one.term, wording) if wording else one.term.provision.id
        theirs = "" if cell is None else in_words(cell.code_of(aspect)) if aspect else cell.value
        yield {
            "id": name,
            "provision": one.term.provision.id,
            "asks": one.term.provision.asks,
            "aspect": aspect or None,
            "value": wording.value if wording else None,
            "status": str(wording.status) if wording else str(one.term.status),
            "strength": str(one.strength),
            "reference": reference,
            "reference_value": theirs or None,
            "article": (cell.article or None) if cell else None,
            "confidence": cell.confidence if cell else None,
            "verified": cell.is_verified if cell else None,
            "quote": (cell.quote or None) if cell else None,
            "note": (cell.note or None) if cell else None,
            "reason": one.reason or None,
        }


def reference_rows(found: Iterable[Nearest]) -> Iterator[Row]:
    """Reference instruments with what they share with the term sheet, in the order given."""
    for one in found:
        reference = one.reference
        unverified = sum(1 for _, cell in reference.cells if not cell.is_verified)
        yield {
            "id": reference.id,
            "title": reference.title,
            "date": reference.date,
            "parties": reference.parties,
            "same": list(one.same),
            "compared": list(one.compared),
            "cells": len(reference.cells),
            "unverified": unverified,
            "sources": list(reference.sources),
            "note": reference.note or None,
        }


def change_rows(found: Iterable[TermChange]) -> Iterator[Row]:
    """What changed between two term sheets."""
    for one in found:
        wording = one.after or one.before
        assert wording is not None  # a change is of something
        yield {
            "id": _wording_id(one.term, wording),
            "provision": one.term.provision.id,
            "asks": one.term.provision.asks,
            "aspect": wording.aspect or None,
            "change": str(one.change),
            "value_before": one.before.value if one.before else None,
            "value_after": one.after.value if one.after else None,
            "status_before": str(one.before.status) if one.before else None,
            "status_after": str(one.after.status) if one.after else None,
            "moved": [
                {
                    "party": each.party,
                    "before": str(each.before.kind if each.before else StandKind.UNKNOWN),
                    "after": str(each.after.kind if each.after else StandKind.UNKNOWN),
                    "quote": _quote(each.after) or _quote(each.before),
                }
                for each in one.moved
            ],
            "reason": one.reason,
        }


def _quote(stand: Stand | None) -> str | None:
    return stand.statement.quote if stand is not None and stand.statement is not None else None


def opening_rows(found: Iterable[Opening]) -> Iterator[Row]:
    """What each blocking position would open if it alone moved."""
    for one in found:
        shown = _move_object(one.objection)
        yield {
            "id": f"{one.objection.party}/{one.objection.option}",
            "party": one.objection.party,
            "option": one.objection.option,
            "stand": shown["stand"],
            "hard": one.objection.is_hard,
            "support": shown["support"],
            "opens_an_agreement": one.agreement,
            "in_sets": one.in_sets,
            "gained": one.gained,
            "statement": shown["statement"],
            "report": shown["report"],
            "quote": shown["quote"],
        }


def weighed_rows(found: Iterable[WeighedPackage]) -> Iterator[Row]:
    """Packages by an analyst's weights, with how far their rank hangs on each."""
    for one in found:
        yield {
            "id": package_id(one.package),
            "rank": one.rank,
            "lowest": one.lowest,
            "highest": one.highest,
            "worst": round(one.worst, 4),
            "shares": {party: round(share, 4) for party, share in one.shares.items()},
            "hangs_on": [f"{party}/{option}" for party, option in one.hangs_on],
            "state": "open" if one.package.is_open else "blocked",
            "options": list(one.package.options),
            "moves": [f"{move.party}/{move.option}" for move in one.package.moves],
            "weighed_by": one.weighed_by,
        }


def space_rows(space: DealSpace) -> Iterator[Row]:
    """The packages of a deal space: open ones, then those that need moves."""
    yield from package_rows((*space.open, *space.nearest))
