"""Where things stand: in the one file at a fragment, on the server under an address. The same templates ask either."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from urllib.parse import quote, urlencode

from travaux.model import Statement

SHORTEST, LONGEST = 6, 16
"""Characters of a statement's id."""


class Links(Protocol):
    """Addresses, as the templates write them into ``href``.

    Attributes:
        standalone: there is one page only, and nobody to send a form to.
    """

    standalone: bool

    def name(self, identity: str) -> str:
        """An id as the page writes it."""

    def section(self, name: str) -> str:
        """A section of the record: ``matrix``, ``positions``, ``timeline``, ``network``, ``reports``…"""

    def reports(self, **asked: str) -> str:
        """The list of reports, those that are asked for where a list can be asked."""

    def statements(self, **asked: str) -> str:
        """All statements, or those that are asked for."""

    def option(self, option: str) -> str:
        """All positions on an option."""

    def party(self, party: str) -> str:
        """All positions of a party."""

    def position(self, party: str, option: str) -> str:
        """A party's statements on an option."""

    def cell(self, party: str, option: str) -> str:
        """Its cell of the matrix."""

    def statement(self, statement: Statement) -> str:
        """A statement among others."""

    def by_id(self, statement: str) -> str:
        """A statement of which only the id is at hand."""

    def place(self, statement: Statement) -> str:
        """Its quote in the report's text."""

    def report(self, report_id: str) -> str:
        """A report's text."""

    def words(self, report_id: str, start: int, end: int) -> str:
        """Words in a report's text that no statement quotes; code points, half open."""

    def beside(self, report_id: str, other: str) -> str:
        """Two reports side by side."""

    def span(self, kind: str, identity: str) -> str:
        """A meeting, an incident or a shift."""


class FileLinks:
    """Within one file, where things are named by as few characters of their ids as tell them apart.

    Args:
        identities: ids of everything in the file that is linked to.
    """

    standalone = True

    def __init__(self, identities: Iterable[str] = ()):
        given = set(identities)
        self._length = next(
            length for length in range(SHORTEST, LONGEST + 1) if len({one[:length] for one in given}) == len(given)
        )

    def name(self, identity: str) -> str:
        return identity[: self._length]

    def section(self, name: str) -> str:
        return f"#{name}"

    def reports(self, **asked: str) -> str:
        return "#reports"

    def statements(self, **asked: str) -> str:
        return "#positions"

    def option(self, option: str) -> str:
        return f"#o-{option}"

    def party(self, party: str) -> str:
        return f"#y-{party}"

    def position(self, party: str, option: str) -> str:
        return f"#p-{party}.{option}"

    def cell(self, party: str, option: str) -> str:
        return f"#c-{party}.{option}"

    def statement(self, statement: Statement) -> str:
        return self.by_id(statement.id)

    def by_id(self, statement: str) -> str:
        return f"#s-{self.name(statement)}"

    def place(self, statement: Statement) -> str:
        return f"#at-{self.name(statement.id)}"

    def report(self, report_id: str) -> str:
        return f"#r-{self.name(report_id)}"

    def words(self, report_id: str, start: int, end: int) -> str:
        return f"#w-{self.name(report_id)}.{start}"

    def beside(self, report_id: str, other: str) -> str:
        return self.report(other)

    def span(self, kind: str, identity: str) -> str:
        return f"#{'shift' if kind == 'shift' else 'event'}-{self.name(identity)}"


class ServerLinks:
    """Under the addresses of `travaux.server`."""

    standalone = False

    def name(self, identity: str) -> str:
        return identity

    def section(self, name: str) -> str:
        places = {
            "matrix": "/#matrix",
            "parties": "/#matrix",
            "shifts": "/across#shifts",
            "conflicts": "/across#conflicts",
        }
        return places.get(name, f"/{name}")

    def reports(self, **asked: str) -> str:
        return with_query("/reports", **asked)

    def statements(self, **asked: str) -> str:
        return with_query("/search", **(asked or {"all": "yes"}))

    def option(self, option: str) -> str:
        return f"/options/{quote(option, safe='')}"

    def party(self, party: str) -> str:
        return f"/parties/{quote(party, safe='')}"

    def position(self, party: str, option: str) -> str:
        return f"{self.option(option)}#p-{party}.{option}"

    def cell(self, party: str, option: str) -> str:
        return f"/#c-{party}.{option}"

    def statement(self, statement: Statement) -> str:
        return self.by_id(statement.id)

    def by_id(self, statement: str) -> str:
        return f"/statements/{statement}"

    def place(self, statement: Statement) -> str:
        return f"/reports/{statement.report_id}#at-{statement.id}"

    def report(self, report_id: str) -> str:
        return f"/reports/{report_id}"

    def words(self, report_id: str, start: int, end: int) -> str:
        return f"/reports/{report_id}?words={start}-{end}#words"

    def beside(self, report_id: str, other: str) -> str:
        return f"/reports/{report_id}?beside={other}"

    def span(self, kind: str, identity: str) -> str:
        # Which part of a long list it stands in is worked out when it is asked for: the list may have grown by then.
        page, name = ("/across", f"shift-{identity}") if kind == "shift" else ("/happenings", f"event-{identity}")
        return f"{page}?at={name}#{name}"


def with_query(path: str, **given: object) -> str:
    """An address with those of its parameters that are not empty, in the order given."""
    query = urlencode(
        [(name.rstrip("_"), str(value)) for name, value in given.items() if value not in (None, "", False)]
    )
    return f"{path}?{query}" if query else path


def without_done(address: str) -> str:
    """An address without what it says was just done, so that it is not said twice."""
    path, _, query = address.partition("?")
    kept = "&".join(part for part in query.split("&") if part and not part.startswith("done="))
    return f"{path}?{kept}" if kept else path
