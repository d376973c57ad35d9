"""Which statements a page shows: filters as they stand in its address, so that a view can be passed on as a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from travaux.errors import RequestError, UnknownName
from travaux.model import Act, Agenda, PartialDate, Stance
from travaux.naming import day_of
from travaux.views.page.contents import Quoted


@dataclass(frozen=True, slots=True)
class Filters:
    """What statements must have; empty is anything.

    Attributes:
        party, option: ids; stance, act: words of the codebook; publisher: as a report names it.
        first, last: days between which the report was surely published.
        judged: a person has judged it.
    """

    party: str = ""
    option: str = ""
    stance: str = ""
    act: str = ""
    publisher: str = ""
    first: date | None = None
    last: date | None = None
    judged: bool = False

    @property
    def is_empty(self) -> bool:
        """Everything passes."""
        return self == Filters()

    def query(self, **more: object) -> dict[str, object]:
        """The parameters of an address that says the same."""
        return {
            "party": self.party,
            "option": self.option,
            "stance": self.stance,
            "act": self.act,
            "publisher": self.publisher,
            "from_": self.first or "",
            "to": self.last or "",
            "judged": "yes" if self.judged else "",
            **more,
        }

    def passes(self, quoted: Quoted) -> bool:
        """Whether a statement is shown."""
        one, published = quoted.statement, quoted.row.published
        if self.party not in ("", one.party) or self.option not in ("", one.option):
            return False
        if self.stance not in ("", one.stance) or self.act not in ("", one.act):
            return False
        if self.judged and quoted.judged.verdict is None:
            return False
        if self.publisher not in ("", quoted.row.publisher):
            return False
        return self.passes_day(published)

    def passes_day(self, published: PartialDate | None) -> bool:
        """Whether a report of that day fits the days asked for; one without a date fits only where none are."""
        if self.first is None and self.last is None:
            return True
        return published is not None and published.lies_within(self.first, self.last)

    def of(self, quoted: Iterable[Quoted]) -> list[Quoted]:
        """Those that pass, in the order given."""
        return list(quoted) if self.is_empty else [one for one in quoted if self.passes(one)]


def filters_of(given: Mapping[str, str], agenda: Agenda) -> Filters:
    """The filters of an address.

    Raises:
        UnknownName: a party or option that is not on the agenda. RequestError: a word or a day that is none.
    """
    party, option = given.get("party", ""), given.get("option", "")
    if party and agenda.party(party) is None:
        raise UnknownName(f"no party {party!r} on the agenda")
    if option and agenda.option(option) is None:
        raise UnknownName(f"no option {option!r} on the agenda")
    stance, act = given.get("stance", ""), given.get("act", "")
    if stance and stance not in list(Stance):
        raise RequestError(f"no stance {stance!r}", remedy=f"one of {', '.join(Stance)}")
    if act and act not in list(Act):
        raise RequestError(f"no act {act!r}", remedy=f"one of {', '.join(Act)}")
    return Filters(
        party,
        option,
        stance,
        act,
        given.get("publisher", ""),
        day_of(given.get("from") or None),
        day_of(given.get("to") or None),
        given.get("judged") == "yes",
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a long list.

    Attributes:
        number: of this page, from 1; last: of the last page; total: how many there are in all.
    """

    number: int
    last: int
    total: int
    size: int

    @property
    def slice(self) -> slice:
        """Which of the list stand on it."""
        return slice((self.number - 1) * self.size, self.number * self.size)


def part_of(given: Mapping[str, str], total: int, size: int, showing: int | None = None) -> Part:
    """The page that an address asks for with ``page``; the nearest there is where that is too far.

    Args:
        showing: the place, from 0, of what must stand on it where no page is named.

    Raises:
        RequestError: it is no number.
    """
    asked = given.get("page", str(1 + (showing or 0) // size))
    if not asked.isascii() or not asked.isdigit() or len(asked) > 9:
        raise RequestError(f"no page {asked!r}", remedy="a number from 1")
    last = max(1, -(-total // size))
    return Part(min(max(int(asked), 1), last), last, total, size)
