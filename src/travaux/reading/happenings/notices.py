"""Lines without a verb that announce or head a meeting: calendars, titles of bulletins and live blogs.

"Sixth round of the talks: Lima, Sunday, 15 June", "17-21 June - Second session of the Tuna Commission, Nairobi", "LIVE | Oslo,
third round: Saturday 8 June". The line's pieces between bars, colons and commas tell place and day; whether the meeting lies
ahead is told by its day and the report's. Under a heading that speaks of meetings a line may be nothing but places and days:
"Lima, 1-4 May; Oslo, 14 May", "Oslo, 1 June: Mori and Salas".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from travaux.happening import ORDINALS, Status
from travaux.model import BlockKind, Report
from travaux.reading.happenings.days import MONTHS, WEEKDAYS, TimeWords, base_day, lies_ahead, time_words
from travaux.reading.happenings.grammar import token_at
from travaux.reading.happenings.lands import names_of_lands
from travaux.reading.happenings.masthead import Scene
from travaux.reading.happenings.places import place_within
from travaux.reading.happenings.triggers import form_of_noun
from travaux.reading.line import Line
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

LONGEST = 40
"""Words of a line that may still be a notice."""
_FORMS = {"meeting", "talks", "conference", "summit"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_SERIES = frozenset("meetings sessions rounds round talks summits negotiations calendar diary dates".split())
"""Words of a heading under which places and days may be listed; those of several meetings head nothing else."""
_ENTRY = re.compile(r"\s*(?P<place>[A-ZÀ-Þ][\w'’.-]*(?:[ -][A-ZÀ-Þ][\w'’.-]*){0,2})(?:, [A-ZÀ-Þ][\w .'’-]*?)?,\s+")
_BETWEEN = re.compile(r"\s*(?:[|:;,()–—•]|\s-\s)\s*")
_LABELS = frozenset(
    "live explainer analysis brief update calendar agenda diary opinion interview statement summary minutes".split()
)
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’.]+(?:[ -](?:de |del |la |of )?[A-ZÀ-Þ][\w'’.]+){0,2}\Z")


@dataclass(frozen=True, slots=True)
class Notice:
    """A meeting named by a line of its own.

    Attributes:
        trigger: the noun, or the place where a list has no noun; form: of the meeting; place, words: where and when, as far as
            told; status: by its day; listed: first and last token of the entry of a list, None for a line of its own.
    """

    trigger: Token
    form: str
    place: str | None
    words: TimeWords | None
    status: Status
    listed: tuple[int, int] | None = None


def notice_in(line: Line, report: Report, scene: Scene) -> Notice | None:
    """The meeting that a line announces or heads; None for a sentence, and for a line with neither day nor a scene of its own."""
    span = line.sentence.span
    tail = span.text.casefold().find("as it happened")
    first = span[0].idx
    told = [one for one in span if tail < 0 or one.idx - first < tail]
    if span.text.rstrip().endswith("?"):
        return None
    if len(span) > LONGEST or any(token.tag_ in _FINITE and token.pos_ in {"VERB", "AUX"} for token in told):
        return None
    trigger = next((one for one in span if _names_one(one)), None)
    if trigger is None:
        return None
    if trigger.lower_ in _SERIES and trigger.lower_ != "talks" and trigger.lower_.endswith("s"):
        return None  # "UPCOMING MEETINGS" heads a list
    words = time_words(report.text, line.sentence.start, _end_of_line(line, report))
    dated = next((one for one in words if one.kind in {"range", "full", "day"}), None) or next(
        (one for one in words if one.kind in {"weekday", "month", "bare month"}), None
    )
    place = _place(line, report, words)
    if place is None or place in names_of_lands():
        place = place_within(span) or _before(trigger) or place  # "Sudan: the Jeddah talks" are not all over the land
    base = base_day(report)
    ahead = lies_ahead(dated, base) if dated is not None else None
    if ahead is None:
        # A bare weekday in a line of its own announces, unless the line heads what went on there.
        weekday = dated is not None and dated.kind == "weekday" and not scene.on_the_spot
        ahead = weekday or any(child.lower_ in {"next", "coming", "upcoming"} for child in trigger.children)
    if dated is None and not scene.on_the_spot:
        return None
    if dated is not None and place is None and not scene.on_the_spot and not _is_next(span):
        return None
    form = form_of_noun(trigger) or "meeting"
    return Notice(
        trigger, form if form in _FORMS else "meeting", place, dated, Status.PLANNED if ahead else Status.HELD
    )


def _end_of_line(line: Line, report: Report) -> int:
    """Where the line ends that a sentence heads with a colon: "NEXT SESSION: Tuesday, 9 April"."""
    end = line.sentence.end
    if not line.sentence.span.text.rstrip().endswith(":"):
        return end
    last = report.blocks[line.sentence.block].end
    newline = report.text.find("\n", end, last)
    return min(newline if newline >= 0 else last, end + LONGEST)


def _is_next(span: Span) -> bool:
    """Whether a line begins by saying that it tells of what comes next: "NEXT SESSION: Tuesday, 9 April"."""
    return span[0].lower_ in {"next", "upcoming", "coming"}


def listed_in(line: Line, before: Line | None, report: Report) -> list[Notice]:
    """The meetings of a line that is a list of places with their days: several, or one with those who come.

    One with those who come must stand under a heading or a title that speaks of meetings; a place and a day alone are a masthead.
    """
    text, found = report.text, list[Notice]()
    for first, last in _entries(text, line.sentence.start, line.sentence.end):
        place = _ENTRY.match(text, first, last)
        times = time_words(text, place.end(), last) if place is not None else ()
        words = next(iter(times), None)
        token = token_at(line, place.start("place")) if place is not None else None
        if place is None or words is None or token is None or words.start > place.end() + 1:
            return []
        rest = text[words.end : last].strip(" .")
        if words.kind not in {"range", "full", "day"} or (rest and not rest.startswith(":")):
            return []
        ends = [one.i for one in line.sentence.span if line.sentence.place(one)[0] < last]
        ahead = lies_ahead(words, base_day(report))
        status = Status.PLANNED if ahead else Status.HELD
        found.append(Notice(token, "meeting", place["place"], words, status, (token.i, ends[-1])))
    return found if len(found) > 1 or (":" in line.sentence.span.text and _is_under_meetings(before)) else []


def _is_under_meetings(before: Line | None) -> bool:
    """Whether what stands before a line is a heading or a title that speaks of meetings."""
    if before is None or before.sentence.words.isdisjoint(_SERIES):
        return False
    return before.sentence.kind in {BlockKind.TITLE, BlockKind.HEADING} or before.sentence.span.text.isupper()


def _entries(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for mark in re.finditer(";", text[start:end]):
        yield first, start + mark.start()
        first = start + mark.end()
    yield first, end


def _names_one(token: Token) -> bool:
    """Whether a noun of a notice names a meeting; names of bodies in capitals hold the noun itself ("Second Session")."""
    if token.pos_ in {"NOUN", "PROPN"} and form_of_noun(token) in _FORMS:
        return True
    if token.lower_ == "round":
        return token.i > token.sent.start and token.nbor(-1).lower_ in ORDINALS
    return token.lower_ in {"session", "meeting", "plenary", "summit", "talks"} and token.dep_ != "compound"


def _before(trigger: Token) -> str | None:
    """A place's name right before the noun: "Kyoto summit"; the tagger knows few places in lines without a verb."""
    before = trigger.nbor(-1) if trigger.i > trigger.sent.start else None
    if before is None or before.pos_ != "PROPN" or not before.text.istitle() or before.lower_ in {*MONTHS, *WEEKDAYS}:
        return None
    return before.text if kind_of(before) in {"", "GPE", "LOC", "FAC"} else None


def _place(line: Line, report: Report, words: list[TimeWords]) -> str | None:
    """A piece of the line that is a name and nothing else, and not somebody's."""
    text, at = report.text, line.sentence.start
    bounds = [at]
    for found in _BETWEEN.finditer(text, at, line.sentence.end):
        bounds += [found.start(), found.end()]
    bounds.append(line.sentence.end)
    for first, last in zip(bounds[::2], bounds[1::2], strict=True):
        piece = text[first:last].strip(" .")
        lower = set(piece.casefold().split())
        if not _NAME.match(piece) or lower & ({*MONTHS, *WEEKDAYS} | _LABELS):
            continue
        if any(first < one.end and one.start < last for one in words):
            continue
        token = token_at(line, first)
        mention = line.mentions.get(token.i) if token is not None else None
        if token is None or (mention is not None and mention.person) or kind_of(token) in {"DATE", "TIME"}:
            continue
        if kind_of(token) == "PERSON" and " " in piece:
            continue
        within = line.sentence.span.doc[token.i : token.i + len(piece.split())]
        if not any(_names_one(one) for one in within):
            return piece
    return None
