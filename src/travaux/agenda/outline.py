"""What can be made out of an agenda that may still have mistakes: enough to check how its parts fit together.

The checks between entries run on this outline rather than on the finished agenda, so that one mistake of type does not
hide the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from travaux.agenda.source import Plain, Source


@dataclass(frozen=True, slots=True)
class Named:
    """A text of the file and its line."""

    text: str
    line: int | None


@dataclass(frozen=True, slots=True)
class PersonOutline:
    """A person of one party; `names` has the full name first."""

    names: tuple[Named, ...]
    role: str
    since: Named | None
    until: Named | None
    line: int | None


@dataclass(frozen=True, slots=True)
class PartyOutline:
    """A party; `names` has its name first, and leaves out its people's."""

    id: Named | None
    names: tuple[Named, ...]
    people: tuple[PersonOutline, ...]
    line: int | None

    @property
    def called(self) -> str:
        """Its id, or its name, for a message."""
        return self.id.text if self.id else self.names[0].text if self.names else "without a name"


@dataclass(frozen=True, slots=True)
class OptionOutline:
    """An option and the phrases it is found by; `was` has the ids it went by before."""

    id: Named | None
    says: Named | None
    words: tuple[Named, ...]
    line: int | None
    was: tuple[Named, ...] = ()

    @property
    def called(self) -> str:
        """Its id, or its sentence, for a message."""
        return self.id.text if self.id else self.says.text if self.says else "without an id"


@dataclass(frozen=True, slots=True)
class IssueOutline:
    """An issue with its options."""

    id: Named | None
    options: tuple[OptionOutline, ...]
    line: int | None
    choose: str = ""


@dataclass(frozen=True, slots=True)
class RuleOutline:
    """A rule between two options."""

    kind: str
    first: Named
    second: Named
    line: int | None


@dataclass(frozen=True, slots=True)
class Outline:
    """All entries of the file that have the right shape; the lines of `parties` and `issues` where those are lists."""

    parties: tuple[PartyOutline, ...]
    issues: tuple[IssueOutline, ...]
    rules: tuple[RuleOutline, ...]
    provisions: tuple[tuple[str, Named], ...]
    signatories: tuple[Named, ...]
    parties_line: int | None
    issues_line: int | None

    @property
    def options(self) -> tuple[OptionOutline, ...]:
        """The options of all issues, in order."""
        return tuple(option for issue in self.issues for option in issue.options)


@dataclass(frozen=True, slots=True)
class _Place:
    """A value of the file together with its path, so that its line can be asked for."""

    source: Source
    value: Plain
    loc: tuple[str | int, ...]

    @property
    def line(self) -> int | None:
        return self.source.line(self.loc)

    def under(self, key: str) -> _Place:
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return _Place(self.source, value, (*self.loc, key))

    def items(self) -> Iterator[_Place]:
        if isinstance(self.value, list):
            for place, value in enumerate(self.value):
                yield _Place(self.source, value, (*self.loc, place))

    def one_or_more(self) -> Iterator[_Place]:
        return self.items() if isinstance(self.value, list) else iter((self,))

    def entries(self) -> Iterator[_Place]:
        return (item for item in self.items() if isinstance(item.value, dict))

    def text(self, key: str) -> Named | None:
        there = self.under(key)
        return Named(there.value, there.line) if isinstance(there.value, str) and there.value.strip() else None

    def texts(self, key: str) -> tuple[Named, ...]:
        items = self.under(key).items()
        return tuple(Named(item.value, item.line) for item in items if isinstance(item.value, str))


def outline_of(source: Source) -> Outline:
    """The outline of a file that could be read as YAML."""
    top = _Place(source, source.data, ())
    provisions = top.under("instrument").under("provisions")
    names = provisions.value if isinstance(provisions.value, dict) else {}
    named_options = ((name, term.text("option")) for name in names for term in provisions.under(name).one_or_more())
    return Outline(
        parties=tuple(_party(place) for place in top.under("parties").entries()),
        issues=tuple(_issue(place) for place in top.under("issues").entries()),
        rules=tuple(rule for place in top.under("rules").entries() for rule in _rules(place)),
        provisions=tuple((name, option) for name, option in named_options if option is not None),
        signatories=top.under("instrument").texts("parties"),
        parties_line=_line_of_list(source, "parties"),
        issues_line=_line_of_list(source, "issues"),
    )


def _line_of_list(source: Source, key: str) -> int | None:
    """The line of a key that may hold entries; None where it is missing or of a wrong type, which is told elsewhere."""
    data = source.data
    holds = isinstance(data, dict) and key in data and isinstance(data[key], (list, type(None)))
    return source.line((key,)) if holds else None


def _party(place: _Place) -> PartyOutline:
    name = place.text("name")
    names = ((name,) if name else ()) + place.texts("names")
    people = tuple(_person(person) for person in place.under("people").entries())
    return PartyOutline(place.text("id"), names, people, place.line)


def _person(place: _Place) -> PersonOutline:
    name, role = place.text("name"), place.text("role")
    names = ((name,) if name else ()) + place.texts("names")
    return PersonOutline(names, role.text if role else "", place.text("since"), place.text("until"), place.line)


def _issue(place: _Place) -> IssueOutline:
    options = tuple(_option(option) for option in place.under("options").entries())
    choose = place.text("choose")
    return IssueOutline(place.text("id"), options, place.line, choose.text if choose else "")


def _option(place: _Place) -> OptionOutline:
    return OptionOutline(place.text("id"), place.text("says"), place.texts("words"), place.line, place.texts("was"))


def _rules(place: _Place) -> Iterator[RuleOutline]:
    for kind in ("excludes", "requires"):
        options = place.texts(kind)
        if len(options) == 2:
            yield RuleOutline(kind, options[0], options[1], place.line)
