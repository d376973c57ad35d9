"""Where and when an incident is, and who says so: of all places and days a sentence names, the one that goes with the word.

Small towns are not names of places to the tagger, and a sentence often names two places, so each candidate is weighed: how near it
stands, whether the word governs it, and whether it is only where somebody speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from travaux.model import Report
from travaux.reading.happenings.days import MONTHS, WEEKDAYS, base_day, day_meant, time_words
from travaux.reading.happenings.grammar import above, objects, subjects, token_at
from travaux.reading.happenings.masthead import scene_of
from travaux.reading.happenings.reality import CLOCK, entry_of
from travaux.reading.happenings.things import kinds_of
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

SAYING = set(
    "say report claim announce tell state write confirm declare acknowledge admit recall note add explain reckon count describe "
    "estimate argue insist accuse tweet post".split()
)
_AT = set(
    "in at near outside off around across inside above below along through beside throughout beyond amid over on onto into under "
    "beneath under underneath".split()
)
_BY = {"near", "outside", "off", "at", "above"}
_NEAR = {"in", "at", "near", "outside", "off", "above", "below", "through", "across", "around"}
_ELSEWHERE = {"from", "to", "for", "towards", "toward"}
_NOT_PLACES = set("TIME LAW MONEY PERCENT QUANTITY CARDINAL EVENT LANGUAGE DATE NORP WORK_OF_ART PRODUCT".split())
CALENDAR = {*MONTHS, *WEEKDAYS, "christmas", "easter", "ramadan"}
_REGIONS = {"area", "open", "way", "frontier"}
_GROUNDS = {"thing", "conduit", "area", "open", "seat", "way"}
_ENTRY = re.compile(
    CLOCK.pattern + r"\s*(?:[ap]\.?m\.?|[A-Z]{2,4}\b)?[\s,:;–—-]*((?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,3})[.:,] "
)
_HEADING = 80
"""Within how many code points an entry's heading ends, and a dateline's sentence begins."""
_IN_HEADING = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Oo]ff|[Oo]utside|[Nn]ear)\s+(?:the\s+(?:[a-z]+\s+)?(?:[a-z]+\s+of\s+)?)?"
    r"((?:[A-ZÀ-Þ][\w'’-]+)(?: [A-ZÀ-Þ][\w'’-]+){0,3})"
)
_COMPASS = set(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west".split()
)
_WAYS = {
    "road",
    "way",
    "route",
    "highway",
    "line",
    "track",
    "motorway",
    "approach",
    "path",
    "bridge",
    "access",
    "gate",
    "entrance",
    "crossing",
}
_ARTICLES = {"al", "el", "ar", "as", "ash", "at", "az", "ad", "an"}
_LOCAL = {"mayor", "governor", "delegate", "prefect", "bishop", "councillor", "sheriff"}
_PLACES = {"GPE", "LOC", "FAC"}
_FAR, _SPEAKER, _DIRECTION, _THING, _TOO_FAR = 12, 25, 10, 8, 45


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that a sentence names: its words, where they stand, and how much speaks against it."""

    name: str
    token: Token
    against: int
    beside: bool = False


def place_told(trigger: Token, line: Line, report: Report) -> tuple[str | None, bool]:
    """Where the incident that a word names took place, and whether it is only beside that: "west of Nicosia", "near Kosti".

    None where its sentence, the entry and the dateline that it stands under name no place. The heading of an entry tells more than
    a town that the sentence names only to say which way from it.
    """
    found = [(one.against + _distance(trigger, one), one.token.i, one.name, one.beside) for one in _places(line)]
    place, beside = min(found)[2:] if found and min(found)[0] < _TOO_FAR else (None, False)
    if place is None or place.split()[0].lower() in _COMPASS:
        higher = _heading_place(line, report) or (_lent(trigger, line, report) if place is None else None)
        if higher is not None:
            return higher, False
    return place, beside


def _heading_place(line: Line, report: Report) -> str | None:
    """The place that the heading of a live blog's entry names: "16.30 Meanwhile, in Kosti"."""
    entry = entry_of(line, report)
    if entry is None or "\n" not in (heading := report.text[entry : entry + _HEADING + 1]):
        return None
    heading = heading[: heading.index("\n")]
    if line.sentence.start < entry + len(heading):
        return None
    found = next(iter(_IN_HEADING.finditer(heading)), None)
    return found.group(1) if found is not None and found.group(1).lower() not in CALENDAR else None


def _lent(trigger: Token, line: Line, report: Report) -> str | None:
    """The place that an entry or a dateline lends to what stands under it without a place of its own."""
    # An entry lends its place to what it reports, and not to what somebody there speaks of: "Moscow. The attack last night …".
    reported = trigger.pos_ == "VERB" and trigger.tag_ != "VBD"
    entry = entry_of(line, report) if reported else None
    dateline = _ENTRY.match(report.text, entry, entry + _HEADING) if entry is not None else None
    if dateline is not None:
        return dateline.group(1)
    # So does a dateline to what the sentence behind it tells as its news.
    if trigger.pos_ != "VERB" or any(one.dep_ not in {"ROOT", "conj", "ccomp"} for one in (trigger, *above(trigger))):
        return None
    scene = scene_of(report)
    return scene.place if scene.dated is not None and line.sentence.start - scene.dated < _HEADING else None


def _places(line: Line) -> Iterator[_Place]:
    doc, span = line.sentence.span.doc, line.sentence.span
    at = span.start
    while at < span.end:
        first = last = at
        if _may_name(doc[first]):
            while last + 1 < span.end and _goes_on(doc[last + 1], span.end):
                last += 1
            place = _place_at(first, last, line)
            if place is not None:
                yield place
        at = last + 1


def _may_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ in {"PROPN", "NOUN", "ADJ"} and token.lower_ not in CALENDAR


def _goes_on(token: Token, end: int) -> bool:
    """Whether a name goes on: "Gulf of Guinea", "Palais des Nations"."""
    if token.pos_ == "PROPN" and token.text[:1].isupper():
        return token.lower_ not in CALENDAR
    hyphen = token.text == "-" or token.nbor(-1).text == "-"
    if hyphen and not token.nbor(-1).whitespace_:
        return True  # "Port-au-Prince"
    return (
        token.lower_ in {"of", "de", "des", "du", "la", "el", "al", "-", "'", "’"}
        and token.i + 1 < end
        and (token.nbor().pos_ == "PROPN" and token.nbor().text[:1].isupper() and token.nbor().lower_ not in CALENDAR)
    )


def _place_at(first: int, last: int, line: Line) -> _Place | None:
    doc = line.sentence.span.doc
    if first - 2 >= line.sentence.span.start and doc[first - 1].text == "-" and doc[first - 2].lower_ in _ARTICLES:
        first -= 2
    head, kind = doc[last], kind_of(doc[last])
    before, after = _preposition(first, line), doc[last + 1] if last + 1 < line.sentence.span.end else None
    right_there = before is not None and before.lower_ in _AT
    if before is not None and before.lower_ in {"under", "underneath"} and not kinds_of(before.head) & _GROUNDS:
        return None  # "a tunnel under Rafah", and not "shot under Nero"
    if all(token.pos_ != "PROPN" for token in doc[first : last + 1]) and kind not in _PLACES and not right_there:
        return None
    # The tagger takes small towns for people, days and peoples; right after "near" they can be none of these.
    hit = (
        before is None
        and head.dep_ in {"dobj", "nsubjpass"}
        and head.tag_ == "NNP"
        and first > line.sentence.span.start
    )
    by = hit or (before is not None and before.lower_ in _BY and head.pos_ == "PROPN")
    by = by or (right_there and kind not in {"DATE", "EVENT", "LAW", "LANGUAGE"} and head.tag_ == "NNP")
    if kind in _NOT_PLACES and not (
        by and kind in {"DATE", "NORP", "PRODUCT", "WORK_OF_ART", "LANGUAGE", "EVENT", "LAW"}
    ):
        return None
    if head.is_upper and len(head.text) <= 5 and kind not in _PLACES:
        return None
    mention = line.mentions.get(last)
    of_area = before is not None and before.lower_ == "of" and _is_area_of(before.head)
    someone = kind == "PERSON" or (mention is not None and mention.person)
    if of_area and someone and last > first and before is not None and not kinds_of(before.head) & _REGIONS:
        of_area = False  # "the office of Ann Lee", and not "the port of Calais"
    if mention is not None and mention.person and not of_area:
        return None
    if (before is None or before.lower_ == "of") and kinds_of(head) & {"craft"}:
        return None  # "the trawler Ada"
    name = doc[first : last + 1].text
    if before is not None and before.lower_ == "of" and before.head.lower_ in _COMPASS and not someone:
        # "West of Kosti" is not in Kosti.
        return _Place(doc[before.head.i : last + 1].text, head, _against(head, before), beside=True)
    named = kind in _PLACES
    # "The Kosti dam", "our Linz works", "Nagoya's port"
    owner = after is not None and after.lower_ in {"'s", "’s"}
    thing = doc[last + 2] if owner and last + 2 < line.sentence.span.end else after
    carries = (
        thing is not None
        and (thing.pos_ in {"NOUN", "ADJ"} or thing.lower_ == "works")
        and thing.text.islower()
        and not owner
    )
    if owner and not ((named or right_there) and _carrier(last + 2, line)):
        return None
    if any(
        child.dep_ == "relcl" and any(_means_place(below) for below in child.children) for child in head.children
    ) and (named or (kind != "PERSON" and mention is None)):
        return _Place(name, head, 0)
    article = first > line.sentence.span.start and doc[first - 1].dep_ == "det"
    if right_there and not (
        kind == "PERSON" and not article and (carries or (before is not None and before.lower_ not in _NEAR))
    ):
        beside = before is not None and before.lower_ in {"near", "above", "outside", "over"}
        return _Place(name, head, _against(head, before), beside)
    away = _DIRECTION if before is not None and before.lower_ in _ELSEWHERE else 0
    if carries or (owner and named):
        carrier = _carrier(last + 1 + owner, line)
        if carrier is not None and (mention is None or named):
            whole = doc[first : carrier.i + 1].text if kind != "GPE" and not owner and carrier.i == last + 1 else name
            return _Place(whole, head, _against(head, before) + away)
        return None
    if before is not None and before.lower_ == "of":
        if of_area:
            return _Place(name, head, _against(head, before))
        # "The mayor of Kosti reported": what he tells is of Kosti where it is of no other place.
        return _Place(name, head, _SPEAKER) if before.head.lemma_.lower() in _LOCAL else None
    if before is not None and away:
        known = named or before.head.lemma_.lower() in _WAYS or "supply" in kinds_of(before.head)
        return _Place(name, head, _against(head, before) + _DIRECTION) if known else None
    if head.dep_ in {"dobj", "nsubjpass"} and (named or (mention is None and (kind or hit))):
        # Where a thing that is hit stands tells more than its own name: "the Long Bridge in Kosti".
        return _Place(name, head, _against(head, None) + _THING)
    return None


def _means_place(word: Token) -> bool:
    """Whether a relative word means the place that it follows: "Kosti, where a shell fell", "Kosti, which shells hit"."""
    return word.lower_ == "where" or (word.lower_ in {"which", "that"} and word.dep_ == "dobj")


def _is_scene(noun: Token) -> bool:
    """Whether what a place hangs on may itself be where or what an incident befalls: "a school in Kosti", "a strike on Kosti"."""
    return _is_area(noun) or bool(kinds_of(noun)) or noun.lemma_.lower() in happening_words().incident_nouns


def _is_area_of(noun: Token) -> bool:
    """Whether a name after a noun and "of" is a place: "the port of Calais", "half of Dnipro", "two inhabitants of Wau"."""
    lemma = noun.lemma_.lower()
    if _is_area(noun) or lemma in {"half", "part", "most", "all", "third", "much"}:
        return True
    return lemma in {"inhabitant", "resident", "citizen", "people", "family", "household", "child", "villager"}


def _is_area(noun: Token) -> bool:
    """Whether a noun is a place that a name may follow: "the port of Calais", "the gates of Northport"."""
    kinds = kinds_of(noun) | happening_words().things.get(noun.lemma_.lower(), frozenset())
    return bool(kinds & (_GROUNDS | {"weight"})) or noun.lower_ == "works"


def _carrier(first: int, line: Line) -> Token | None:
    """The thing or area whose name stands before it: "Northport fertiliser works", "Kilis district"."""
    doc = line.sentence.span.doc
    for at in range(first, min(first + 3, line.sentence.span.end)):
        token = doc[at]
        if token.lower_ == "works" or (token.pos_ == "NOUN" and kinds_of(token) & (_GROUNDS | {"weight"})):
            return token
        if token.pos_ not in {"NOUN", "ADJ"} or not token.text.islower():
            return None
    return None


def _preposition(first: int, line: Line) -> Token | None:
    """The preposition that a name stands after, over an article, adjectives and what kind of place it is."""
    doc = line.sentence.span.doc
    at, steps = first - 1, 0
    while at >= line.sentence.span.start and steps < 4:
        token = doc[at]
        if token.lower_ in _AT | _ELSEWHERE | {"of"}:
            return token
        is_ground = token.pos_ == "NOUN" and "area" in kinds_of(token)
        if not is_ground and token.pos_ not in {"DET", "ADJ", "PRON", "ADV"}:
            return None
        at, steps = at - 1, steps + 1
    return None


def _against(head: Token, preposition: Token | None) -> int:
    """What speaks against a place: it is where somebody speaks, or it is only named as whence or whither."""
    against = 0
    if any(child.dep_ == "prep" and child.lower_ in _NEAR and _is_named(child) for child in head.children):
        against += _THING  # "the Palais in Geneva"
    if preposition is not None and preposition.head.pos_ == "NOUN" and not _is_scene(preposition.head):
        against += _THING  # "a firm in Singapore" is not where its ship sank
    if preposition is not None and _lies_by(preposition):
        against += _THING  # "in Kosti, across the river from Tsol"
    for one in above(head):
        if one.lower_ == "according":
            return _TOO_FAR  # "according to the office of Ann Lee"
        if one.dep_ in {"nsubj", "agent"} and one.head.lemma_.lower() in SAYING:
            against += _SPEAKER
            break
        if one.lemma_.lower() in SAYING and one.pos_ == "VERB" and (preposition is None or preposition.head == one):
            against += _FAR
            break
        if one.pos_ in {"VERB", "AUX"}:
            break
    return against


def _lies_by(preposition: Token) -> bool:
    """Whether what a preposition begins says, between commas, where a place named right before it lies."""
    doc, at = preposition.doc, preposition.i
    return at - 2 >= preposition.sent.start and doc[at - 1].text == "," and doc[at - 2].pos_ == "PROPN"


def _is_named(preposition: Token) -> bool:
    return any(kind_of(child) == "GPE" for child in preposition.children)


def _distance(trigger: Token, place: _Place) -> int:
    """How far a place stands from a word: the words between, fewer where it hangs on the word, more where a clause stands between."""
    doc = trigger.doc
    first, last = sorted((trigger.i, place.token.i))
    apart = last - first
    if trigger in place.token.ancestors:
        apart = min(apart, 3 + _verbs_between(place.token, trigger) * _FAR)
    elif any(
        token.text in {";", ":"} or token.lower_ in {"when", "after", "before", "while"}
        for token in doc[first + 1 : last]
    ):
        apart += _FAR
    return apart


def _verbs_between(low: Token, high: Token) -> int:
    found = 0
    for one in above(low):
        if one == high:
            break
        found += one.pos_ in {"VERB", "AUX"}
    return found


def day_told(trigger: Token, line: Line, report: Report) -> tuple[str | None, str | None]:
    """The day of what a word names, and the words for it; None for each where the sentence does not tell it.

    The day on which somebody says it is not the day on which it happened.
    """
    found = []
    for words in time_words(report.text, line.sentence.start, line.sentence.end):
        token = token_at(line, words.start)
        day = day_meant(words, base_day(report), ahead=False)
        if token is not None and not _is_of_saying(token, trigger):
            # "Idle since 2022, it burst on Monday": what lasts until today is no day of an incident where another is told.
            lasting = report.text[max(0, words.start - 7) : words.end].lower().lstrip().startswith("since")
            found.append(((lasting, _verb_of(token) != trigger, abs(token.i - trigger.i)), words, day))
    if not found:
        return None, None
    found.sort(key=lambda one: one[0])
    words = found[0][1]
    return next((day for _, _, day in found if day), None), report.text[words.start : words.end]


def _verb_of(token: Token) -> Token | None:
    """What word that tells or describes something a word hangs on."""
    return next((one for one in above(token) if one.pos_ in {"VERB", "AUX", "ADJ"}), None)


def _is_of_saying(token: Token, trigger: Token) -> bool:
    """Whether time words hang on the verb of saying that governs the incident, and not on the incident."""
    verb = _verb_of(token)
    said = verb is not None and verb != trigger and verb.lemma_.lower() in SAYING and verb in trigger.ancestors
    if said and trigger.head == verb and trigger.dep_ == "nsubj":
        return False  # "the fire claimed 12 lives in May"
    return said and not trigger.i < token.i < (verb.i if verb is not None else 0)


def claimed_by(trigger: Token, line: Line) -> str | None:
    """Who says so: the subject of the verb of saying above, or whoever stands after "according to", "by the count of"."""
    doc = trigger.doc
    for one in line.sentence.span:
        if one.lower_ == "according" and one.i + 1 < len(doc):
            source = next((below for child in one.children for below in child.children if below.dep_ == "pobj"), None)
            return _phrase(source) if source is not None else None
        if (
            one.lower_ in {"count", "figures", "account", "estimate", "reckoning"}
            and one.dep_ == "pobj"
            and one.head.lower_ == "by"
        ):
            of = next((below for child in one.children if child.lower_ == "of" for below in child.children), None)
            owner = next((child for child in one.children if child.dep_ == "poss"), None)
            if of is not None or owner is not None:
                return _phrase(of if of is not None else owner)  # type: ignore[arg-type]
    for one in line.sentence.span:
        if one.pos_ == "VERB" and one.lemma_.lower() in SAYING | {"speak"} and one != trigger:
            told = one == trigger.head or trigger in list(one.subtree) or one.dep_ in {"parataxis", "ccomp"}
            source = next(iter(child for child in one.children if child.dep_ in {"nsubj", "agent"}), None)
            if told and source is not None:
                return _phrase(source)
    return None


def _phrase(token: Token) -> str:
    ends = [one for one in token.subtree if one.dep_ not in {"relcl", "appos", "acl"}]
    text = token.doc[token.left_edge.i : max(one.i for one in ends) + 1].text
    return text.split(",")[0].strip()


def named(trigger: Token, particle: str = "") -> str:
    """The words for an incident: the noun with what stands before it, or the verb with what it is about."""
    if trigger.pos_ == "NOUN":
        words = [one for one in trigger.lefts if one.dep_ in {"compound", "amod", "nummod"}]
        return " ".join([*(one.text for one in words), trigger.text])
    things = objects(trigger) or subjects(trigger)
    thing = next((one for one in things), None)
    done = f"{trigger.text.lower()} {particle}".strip()
    return f"{thing.text} {done}" if thing is not None else done
