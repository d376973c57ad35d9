"""The shape of agenda.yaml: which keys there are and what each may hold."""

from __future__ import annotations

import calendar
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

PARTY_KINDS = ("state", "organisation", "armed-group", "company", "union")
CHOICES = ("one", "some", "any")
MAXIMUM_ID = 64

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def is_id(text: str) -> bool:
    """Whether a text may be an id: lower-case letters and digits joined by single hyphens, 64 at most."""
    return len(text) <= MAXIMUM_ID and _ID.fullmatch(text) is not None


def id_from(text: str) -> str:
    """A text made into an id: ``Article 5-like!`` becomes ``article-5-like``; ``x`` where nothing is left."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.casefold().replace("'", "")).strip("-")
    return plain[:MAXIMUM_ID].strip("-") or "x"


def _checked_id(text: str) -> str:
    if not is_id(text):
        raise ValueError(
            f"`{text}` cannot be an id: expected lower-case letters, digits and hyphens, as in {id_from(text)}"
        )
    return text


def checked_date(text: str) -> str:
    match = _DATE.fullmatch(text)
    year, month, day = (int(part) if part else None for part in match.groups()) if match else (None, None, None)
    valid = year is not None and year > 0 and (month is None or 1 <= month <= 12)
    if valid and day is not None:
        assert year is not None and month is not None  # the pattern has no day without a month
        valid = 1 <= day <= calendar.monthrange(year, month)[1]
    if not valid:
        raise ValueError(f"`{text}` is no date: expected 2025-08-18, 2025-08 or 2025")
    return text


def _nothing_is_no_entry(value: object) -> object:
    """A key with nothing after it (all its entries deleted) means an empty list."""
    return [] if value is None else value


def _nothing_is_no_mapping(value: object) -> object:
    return {} if value is None else value


def _nothing_is_no_text(value: object) -> object:
    return "" if value is None else value


def _one_term_is_a_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def code_pairs(value: object) -> tuple[tuple[str, str], ...]:
    """A code as pairs of key and value: ``treaty``, ``[land, sea]`` (their keys are empty) or ``{years: 15}``.

    Raises:
        ValueError: it is nothing of the kind.
    """
    if value is None:
        return ()
    if isinstance(value, dict):
        entries = [
            (key, each) for key, given in value.items() for each in (given if isinstance(given, list) else [given])
        ]
    else:
        entries = [("", each) for each in (value if isinstance(value, list) else [value])]
    if not all(isinstance(each, str) and each.strip() for _, each in entries):
        raise ValueError("`code` is a word, a list of words, or keys with a word each, as in `{years: 15}`")
    return tuple((str(key), each.strip()) for key, each in entries)


Text = Annotated[str, StringConstraints(strict=True, min_length=1, pattern=r"\S")]
OptionalText = Annotated[str, StringConstraints(strict=True), BeforeValidator(_nothing_is_no_text)]
Id = Annotated[str, StringConstraints(strict=True), AfterValidator(_checked_id)]
Day = Annotated[str, StringConstraints(strict=True), AfterValidator(checked_date)]
Texts = Annotated[list[Text], BeforeValidator(_nothing_is_no_entry)]
Code = Annotated[tuple[tuple[str, str], ...], BeforeValidator(code_pairs)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonEntry(_Entry):
    """``{name: …, names: […], role: …, since: 2019-05, until: …}``."""

    name: Text
    names: Texts = []
    role: OptionalText = ""
    since: Day | None = None
    until: Day | None = None


class PartyEntry(_Entry):
    """``{id: …, name: …, kind: state, names: […], people: […]}``."""

    id: Id
    name: Text
    kind: Literal["state", "organisation", "armed-group", "company", "union"] = "state"
    names: Texts = []
    people: Annotated[list[PersonEntry], BeforeValidator(_nothing_is_no_entry)] = []


class OptionEntry(_Entry):
    """``{id: …, says: …, words: […], was: […]}``."""

    id: Id
    says: Text
    words: Texts = []
    was: Annotated[list[Id], BeforeValidator(_nothing_is_no_entry)] = []


class IssueEntry(_Entry):
    """``{id: …, title: …, choose: some, options: […]}``."""

    id: Id
    title: Text
    choose: Literal["one", "some", "any"] | None = None
    options: Annotated[list[OptionEntry], BeforeValidator(_nothing_is_no_entry)]


class RuleEntry(_Entry):
    """``excludes: [a, b]`` or ``requires: [a, b]``."""

    excludes: list[Text] | None = None
    requires: list[Text] | None = None

    @model_validator(mode="after")
    def _one_kind_two_options(self) -> RuleEntry:
        given = [options for options in (self.excludes, self.requires) if options is not None]
        if len(given) != 1 or len(given[0]) != 2:
            raise ValueError("a rule is `excludes: [a, b]` or `requires: [a, b]` with two option ids")
        return self


class ProvisionEntry(_Entry):
    """``{value: …, option: …, code: …}``; ``value: unknown`` where nobody has put a term forward."""

    value: Text
    option: Text | None = None
    code: Code = ()


Terms = Annotated[list[ProvisionEntry], BeforeValidator(_one_term_is_a_list)]


class InstrumentEntry(_Entry):
    """``{title: …, kind: …, parties: […], provisions: {name: {value: …, option: …, code: …}}}``; competing terms as a list."""

    title: Text
    kind: OptionalText = ""
    parties: Texts = []
    provisions: Annotated[dict[str, Terms], BeforeValidator(_nothing_is_no_mapping)] = {}


class AgendaEntry(_Entry):
    """The whole file."""

    title: Text
    notice: OptionalText = ""
    llm: Literal["never"] | None = None
    parties: Annotated[list[PartyEntry], BeforeValidator(_nothing_is_no_entry)]
    issues: Annotated[list[IssueEntry], BeforeValidator(_nothing_is_no_entry)]
    rules: Annotated[list[RuleEntry], BeforeValidator(_nothing_is_no_entry)] = []
    instrument: InstrumentEntry | None = None


def usual_choice(options: int) -> str:
    """How many of an issue's options settle it where the file does not say: one alone is a question of yes or no."""
    return "some" if options > 1 else "any"
