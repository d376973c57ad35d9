"""What the address of the page on the agreement asks for, so that a view, suppositions with it, can be passed on as a link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from travaux.analysis.agreement import LIMIT, SUPPOSABLE
from travaux.errors import RequestError
from travaux.naming import day_of
from travaux.views.package_table import PackageFilter, PackageOrder, package_order

Pairs = list[tuple[str, str]]
PATH = "/terms"
MOST_PACKAGES = 100
MOST_SUPPOSED = 30
"""Suppositions, and options asked for or left out, that one address may hold."""
MANY = ("against", "suppose", "with", "without")
"""Names that an address may have several times."""


@dataclass(frozen=True, slots=True)
class TermsAsked:
    """The address in parts.

    Attributes:
        pairs: all that it says, in order, without what is empty or said twice.
        against: ids of the references to show; None for the nearest.
        suppose: ``party:option=stand``, see `travaux.api.Record.what_if`.
        as_of, report: of which day, or in which report; since, since_report: compared with which.
    """

    pairs: tuple[tuple[str, str], ...]
    against: tuple[str, ...] | None
    suppose: tuple[str, ...]
    include: tuple[str, ...]
    leave_out: tuple[str, ...]
    as_of: date | None
    report: str
    since: date | None
    since_report: str
    order: PackageOrder
    only: PackageFilter
    limit: int

    @property
    def compares(self) -> bool:
        """Two dates or two drafts are set side by side."""
        return self.since is not None or bool(self.since_report)

    def address(self, name: str = "", value: str = "", *, drop: str = "", at: str = "") -> str:
        """This address with one thing more, or another, or without one.

        Args:
            name, value: what is added, or replaced where it may stand but once.
            drop: of a name that may stand several times, the value to leave out under `name`.
            at: the section to go to.
        """
        kept = [
            pair
            for pair in self.pairs
            if pair != (name, drop) and (pair[0] != name or (name in MANY and pair != (name, value)))
        ]
        added = [(name, value)] if name and value else []
        return _address([*kept, *added], at)

    @property
    def query(self) -> str:
        """What stands behind the path; empty where nothing is asked for."""
        return _address(list(self.pairs), "").removeprefix(PATH)

    def supposing(self, suppositions: Iterable[str]) -> str:
        """This address with suppositions more; a later one on the same party and option takes the place of the earlier."""
        found = dict(one.partition("=")[::2] for one in (*self.suppose, *suppositions))
        rest = [pair for pair in self.pairs if pair[0] != "suppose"]
        return _address([*rest, *(("suppose", f"{pair}={stand}") for pair, stand in found.items())], "packages")

    def hidden(self, *without: str) -> Pairs:
        """What a form carries on that asks for something else."""
        return [pair for pair in self.pairs if pair[0] not in without]


def terms_asked(given: QueryParams) -> TermsAsked:
    """The parts of an address.

    Raises:
        RequestError: a day, an order or a number that is none, or more than one address may hold.
    """
    pairs = tuple(dict.fromkeys((name, value.strip()) for name, value in given.multi_items() if value.strip()))
    one = dict(pairs)
    many = {name: tuple(value for key, value in pairs if key == name) for name in MANY}
    if max(len(values) for values in many.values()) > MOST_SUPPOSED:
        raise RequestError(f"more than {MOST_SUPPOSED} are asked for at once", remedy="take some of them back")
    limit = one.get("limit", str(LIMIT))
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:6]) <= MOST_PACKAGES):
        raise RequestError(f"no limit {limit!r}", remedy=f"a number from 1 to {MOST_PACKAGES}")
    only = PackageFilter(
        one.get("blocked_by", ""), one.get("agreed_by", ""), one.get("holds", ""), bool(one.get("open"))
    )
    return TermsAsked(
        pairs,
        many["against"] if many["against"] or "beside" in one else None,
        many["suppose"],
        many["with"],
        many["without"],
        day_of(one.get("as_of")),
        one.get("report", ""),
        day_of(one.get("since")),
        one.get("since_report", ""),
        package_order(one.get("sort", "")),
        only,
        int(limit),
    )


def canonical(given: QueryParams) -> str | None:
    """The address that says the same in one way, where the form of a supposition has three fields for it; None where it does.

    Raises:
        RequestError: a supposition without party, option or a stand that can be supposed.
    """
    fields = [given.get(name, "").strip() for name in ("party", "option", "stand")]
    if not any(name in given for name in ("party", "option", "stand")):
        return None
    if not all(fields) or fields[2] not in SUPPOSABLE:
        raise RequestError("a supposition names a party, an option and a stand", remedy=f"with {', '.join(SUPPOSABLE)}")
    party, option, stand = fields
    supposed = f"{party}:{option}="
    # A later supposition on the same pair takes the place of the earlier one.
    kept = [
        (name, value)
        for name, value in given.multi_items()
        if value.strip()
        and name not in ("party", "option", "stand")
        and not (name == "suppose" and value.startswith(supposed))
    ]
    return _address([*kept, ("suppose", f"{supposed}{stand}")], "packages")


def _address(pairs: Pairs, at: str) -> str:
    return PATH + (f"?{urlencode(pairs, safe=':')}" if pairs else "") + (f"#{at}" if at else "")
