"""Step 4: what a model answered, as typed statements, however untidily it was put."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from travaux.model import Act, Agenda, Stance, Via

LONGEST_ANSWER = 400_000
"""Characters of an answer that are looked at; a passage of the longest kind has room for a tenth of it."""
MOST_STATEMENTS = 400
"""More than one passage can hold; an answer with more was not made with care."""
_MOST_OPENINGS = 200


class Unusable(Exception):
    """An answer that no statement can be taken from; the message says why, in words the model can be told too."""


class AnsweredStatement(BaseModel):
    """One statement as a model gives it: the codebook's fields, all still to be checked against the report."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    quote: str
    party: str
    option: str
    stance: str
    act: str
    via: str
    speaker: str | None = None
    condition: str | None = None
    former: bool = False
    via_name: str | None = None
    occurrence: int = Field(default=1, ge=1)


def answer_schema(agenda: Agenda) -> dict[str, Any]:
    """The JSON schema of an answer for an agenda, for servers that hold a model to one.

    Party and option are held to the ids of the agenda. Every field is required and nothing else is allowed, as providers
    that check schemas strictly ask for.
    """

    def words(values: Iterator[str] | type[Stance] | type[Act] | type[Via]) -> dict[str, Any]:
        return {"type": "string", "enum": [str(value) for value in values]}

    text, maybe = {"type": "string"}, {"type": ["string", "null"]}
    fields = {
        "quote": text,
        "party": words(party.id for party in agenda.parties),
        "option": words(option.id for option in agenda.options),
        "stance": words(Stance),
        "act": words(Act),
        "speaker": maybe,
        "condition": maybe,
        "former": {"type": "boolean"},
        "via": words(Via),
        "via_name": maybe,
        "occurrence": {"type": "integer"},
    }
    statement = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"statements": {"type": "array", "items": statement}},
        "required": ["statements"],
        "additionalProperties": False,
    }


def answered_items(text: str) -> list[Any]:
    """The items of an answer, none of them checked.

    An object with ``statements`` is looked for, then a bare list; what stands around it (a fence, a sentence, a model's
    thinking) does not matter, and of several the last counts.

    Raises:
        Unusable: there is no such thing, it is cut off, or it is too long.
    """
    if len(text) > LONGEST_ANSWER:
        raise Unusable(f"the answer has {len(text):,} characters; at most {LONGEST_ANSWER:,} are read")
    if not text.strip():
        raise Unusable("the answer is empty")
    lists = [items for items in map(_items_of, _values_in(text)) if items is not None]
    if not lists:
        cut = text.count("{") > text.count("}")
        raise Unusable("the JSON of the answer is cut off" if cut else "the answer holds no JSON with `statements`")
    if len(lists[-1]) > MOST_STATEMENTS:
        raise Unusable(f"the answer has {len(lists[-1])} statements, more than a passage can hold")
    return lists[-1]


def answered_statement(item: Any) -> AnsweredStatement:
    """One item as a statement.

    Raises:
        Unusable: a field is missing or of the wrong kind; says which.
    """
    try:
        return AnsweredStatement.model_validate(_tidied(item))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the statement"
        raise Unusable(f"{place}: {first['msg'][:80]}") from None


def _tidied(item: Any) -> Any:
    """Small slips made good: values in capitals, ``null`` as a word, nothing where a truth value belongs."""
    if not isinstance(item, dict):
        return item
    tidy = {str(name): value for name, value in item.items()}
    for name in ("speaker", "condition", "via_name"):
        value = tidy.get(name)
        if isinstance(value, str) and value.strip().lower() in ("", "null", "none", "n/a"):
            tidy[name] = None
    for name in ("stance", "act", "via"):
        if isinstance(tidy.get(name), str):
            tidy[name] = tidy[name].strip().lower()
    for name, usual in (("former", False), ("occurrence", 1)):
        if tidy.get(name) is None:
            tidy[name] = usual
    return tidy


def _values_in(text: str) -> Iterator[Any]:
    """The outermost JSON objects and lists in a text, in order."""
    decoder = json.JSONDecoder()
    place = tried = 0
    while tried < _MOST_OPENINGS:
        openings = [at for at in (text.find("{", place), text.find("[", place)) if at >= 0]
        if not openings:
            return
        place, tried = min(openings), tried + 1
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            place += 1
            continue
        yield value


def _items_of(value: Any) -> list[Any] | None:
    if isinstance(value, dict) and isinstance(value.get("statements"), list):
        return list(value["statements"])
    if isinstance(value, list) and value and all(isinstance(item, dict) and "quote" in item for item in value):
        return list(value)
    return None
