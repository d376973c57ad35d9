"""What feeds and sitemaps list: pages, each with what the site says of it."""

from __future__ import annotations

from dataclasses import dataclass

from travaux.model import PartialDate

MOST_LISTED = 2_000
"""How many pages of one document are looked at: the newest stand first by custom, and no feed needs more."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that a feed or sitemap lists.

    Attributes:
        url: its address.
        title, author, publisher: as the list gives them; None where it does not.
        published, updated: days, kept apart; of basis ``page``, for the site says so of its page.
    """

    url: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Polled:
    """What a feed or sitemap says.

    Attributes:
        title: its own; empty where it has none.
        items: the pages it lists, in its order, each address once.
        further: addresses of further sitemaps.
        warning: what a person should know of it, one line; empty for nothing.
    """

    title: str = ""
    items: tuple[Listed, ...] = ()
    further: tuple[str, ...] = ()
    warning: str = ""


def each_once(items: list[Listed]) -> tuple[Listed, ...]:
    """The items without those whose address stands earlier."""
    return tuple({item.url: item for item in reversed(items)}.values())[::-1]
