"""Positions of a large record, kept as they were worked out, with the parties and options on which something came since.

Whoever writes what positions hang on accounts for it in the same transaction: it names the reports concerned, and all parties and
options that these, or judgements on them, speak of are touched. A change that nobody accounted for shows in the count of changes,
and then nothing that is kept is taken for true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from travaux.record import changes
from travaux.record.changes import Topic
from travaux.record.dialect import insert_missing, upsert
from travaux.record.queries import packs
from travaux.record.schema import JUDGEMENT, POSITION, SETTLED, STATEMENT, TOUCHED

Cell = tuple[str, str]
"""A party and an option, by their ids as they were when somebody wrote."""
Content = Mapping[str, Any]

HANGS_ON = (Topic.REPORTS, Topic.READINGS, Topic.JUDGEMENTS, Topic.WORTH)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept.

    Attributes:
        positions: by party and option, in a form that goes to JSON.
        touched: on what something came since; there the positions no longer hold.
    """

    positions: Mapping[Cell, Content]
    touched: frozenset[Cell]


def count(connection: Connection) -> int:
    """How many changes there have been of what positions hang on."""
    found = changes.changes(connection)
    return sum(found[topic] for topic in HANGS_ON)


def account(connection: Connection, reports: Iterable[str] = ()) -> bool:
    """Account for the change of this transaction; False where no positions are kept, and none need be touched.

    Called as early as the reports are known: who writes at the same time waits here, and not amid rows that others wait for.

    Args:
        reports: ids of those that it changes; see `touch`.
    """
    kept = bool(connection.execute(update(SETTLED).values(accounted=SETTLED.c.accounted + 1)).rowcount)
    if kept:
        touch(connection, reports)
    return kept


def touch(connection: Connection, reports: Iterable[str]) -> None:
    """Note that something changed with some reports: called before and after, where their statements themselves change."""
    cells: set[Cell] = set()
    for pack in packs(reports):
        stated = select(STATEMENT.c.party, STATEMENT.c.option).where(STATEMENT.c.report_id.in_(pack)).distinct()
        cells.update((row.party, row.option) for row in connection.execute(stated))
        judged: dict[str, tuple[set[str], set[str]]] = {}
        for row in connection.execute(select(JUDGEMENT).where(JUDGEMENT.c.report_id.in_(pack))):
            parties, options = judged.setdefault(row.report_id, (set(), set()))
            corrected = dict(row.corrections)
            parties.update({row.party, corrected.get("party", row.party)})
            options.update({row.option, corrected.get("option", row.option)})
        for parties, options in judged.values():
            cells.update(product(parties, options))  # corrections of one statement add up
    if cells:
        rows = [{"party": party, "option": option} for party, option in sorted(cells)]
        connection.execute(insert_missing(connection.dialect, TOUCHED), rows)


def kept(connection: Connection, key: str) -> Kept | None:
    """What is kept by this key; None where there is nothing, or something was not accounted for."""
    row = connection.execute(select(SETTLED)).first()
    if row is None or row.key != key or row.accounted != count(connection):
        return None
    positions = {(one.party, one.option): one.content for one in connection.execute(select(POSITION))}
    return Kept(positions, frozenset((one.party, one.option) for one in connection.execute(select(TOUCHED))))


def keep(
    connection: Connection, key: str, counted: int, positions: Mapping[Cell, Content], anew: Sequence[Cell] | None
) -> bool:
    """Keep positions; False where somebody wrote what they hang on since they were worked out, and nothing is kept.

    Args:
        counted: as `count` gave it before. anew: what was worked out anew, all else stands; None for everything.
    """
    if count(connection) != counted:
        return False
    for table in (TOUCHED, SETTLED):
        connection.execute(delete(table))
    if anew is None:
        connection.execute(delete(POSITION))
    for party, option in anew or ():
        connection.execute(delete(POSITION).where(POSITION.c.party == party, POSITION.c.option == option))
    rows = [{"party": party, "option": option, "content": content} for (party, option), content in positions.items()]
    if rows:
        connection.execute(upsert(connection.dialect, POSITION, ["party", "option"]), rows)
    connection.execute(insert(SETTLED).values(key=key, accounted=counted))
    return True
