"""Claims that rest on an unnamed source alone, and claims with nobody vouching for them.

Decided by the words of a sentence and those beside it, without grammar or models: what hides a source is said in set phrases, and
a report is looked at once, when it comes in. What a named source says is left alone, with quotation marks or without.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from travaux.model import Agenda, Flag, FlagKind, Report
from travaux.provenance.sentences import sentences_of
from travaux.provenance.visible import INLINE_CITATION, flag_of

_INSIDE_QUOTES = re.compile(r"[\"“][^\"”\n]*[\"”]")
_SUBORDINATE = re.compile(
    r"\b(?:if|once|until|unless|when|after|before|whether|had|would|not|no|never|neither|nor)\b|n[’']t\b", re.IGNORECASE
)
FEWEST_CITED = 4
"""Words of a sentence that a citation may stand for."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The expressions of ``vouching.toml``, compiled."""

    explicit: re.Pattern[str]
    described: re.Pattern[str]
    again: re.Pattern[str]
    verbs: re.Pattern[str]
    sources: re.Pattern[str]
    hearsay: re.Pattern[str]
    casualties: re.Pattern[str]
    settled: re.Pattern[str]
    occasion: re.Pattern[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(files("travaux.provenance").joinpath("vouching.toml").read_text(encoding="utf-8"))
    number, words, before = (data["casualties"][name] for name in ("number", "words", "before"))
    counted = (
        rf"\b{number}\b(?:[ \u00a0-](?!{words})[\w’'-]+){{0,4}}[ \u00a0]{words}\b"
        rf"|\b{before}\b(?:[ \u00a0](?:at least|more than|about|around|some|up to|nearly|over))?[ \u00a0]{number}\b"
    )
    return _Words(
        explicit=_any_of(data["unnamed"]["explicit"]),
        described=_any_of(data["unnamed"]["described"]),
        again=_compiled(data["unnamed"]["again"]),
        verbs=re.compile(data["speech"]["verbs"]),  # lower case only: "the United States" says nothing
        sources=_compiled(data["speech"]["sources"]),
        hearsay=_compiled(data["hearsay"]["markers"]),
        casualties=_compiled(counted),
        settled=_compiled(data["settled"]["verbs"]),
        occasion=_compiled(data["settled"]["occasion"]),
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return _compiled("|".join(f"(?:{pattern})" for pattern in patterns))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


class Topic:
    """What a negotiation is about: the names of its parties and people, and whose they are."""

    def __init__(self, agenda: Agenda | None):
        self._parties: dict[str, str] = {}
        for party in agenda.parties if agenda else ():
            people = (name for person in party.people for name in (person.name, *person.names))
            for name in (party.name, *party.names, *people):
                self._parties.setdefault(name, party.id)
        ordered = sorted(map(re.escape, self._parties), key=lambda name: (-len(name), name))
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)") if ordered else None

    def is_named_in(self, words: str) -> bool:
        """Whether a party or one of its people is named; True where there is no agenda."""
        return self._names is None or self._names.search(words) is not None

    def parties_in(self, words: str) -> list[str]:
        """The ids of the parties that are named, by themselves or by their people, in the order of the words."""
        return (
            [self._parties[found.group()] for found in self._names.finditer(words)] if self._names is not None else []
        )


def unvouched_flags(report: Report, topic: Topic) -> Iterator[Flag]:
    """The flags of claims on an unnamed source's word and on nobody's, in the order of the text.

    1. A source that says it will not be named, or people described and not named who say something; with the sentences that go on
       about "the same people".
    2. Words that pass something on and let nobody vouch: "reportedly", "is said to".
    3. Figures of dead and hurt with no source in the sentence or beside it.
    4. A sentence whose citation points nowhere.
    5. A party is flatly said to have given way, and neither it nor anybody else is heard on it in the whole report.
    """
    sentences = sentences_of(report)
    shown = [report.text[start:end] for start, end in sentences]
    number = 0
    while number < len(sentences):
        last = _unnamed_run(report, sentences, shown, number, topic)
        if last is not None:
            told = "This rests on the word of somebody whom the report does not name"
            yield flag_of(report, FlagKind.ANONYMOUS_ONLY, sentences[number][0], sentences[last][1], told)
            number = last + 1
            continue
        says, last = _nobody(shown, number, topic)
        if says:
            yield flag_of(report, FlagKind.NO_SOURCE, sentences[number][0], sentences[last][1], says)
        number = last + 1


# ------------------------------------------------------------------------------------------------- an unnamed source


def _unnamed_run(
    report: Report, sentences: Sequence[tuple[int, int]], shown: Sequence[str], number: int, topic: Topic
) -> int | None:
    """The last of the sentences from a given one on that rest on one unnamed source; None where the first does not."""
    if not _is_unnamed(shown, number, topic):
        return None
    last = number
    while last + 1 < len(shown) and "\n" not in report.text[sentences[last][1] : sentences[last + 1][0]]:
        if not _words().again.search(shown[last + 1]):
            break
        last += 1
    return last


def _is_unnamed(shown: Sequence[str], number: int, topic: Topic) -> bool:
    told = _INSIDE_QUOTES.sub(" ", shown[number])
    if _words().explicit.search(told):
        return True
    near = " ".join(shown[max(0, number - 1) : number + 1])
    return _words().described.search(told) is not None and _has_source(told) and topic.is_named_in(near)


# ------------------------------------------------------------------------------------------------------ no source


def _nobody(shown: Sequence[str], number: int, topic: Topic) -> tuple[str, int]:
    """Why a sentence has nobody vouching for it, and the last sentence that goes with it; empty where that is not so."""
    sentence = _INSIDE_QUOTES.sub(" ", shown[number])
    words = _words()
    counted = words.casualties.search(sentence)
    beside = shown[max(0, number - 1) : number + 2]
    if counted is not None and not _is_background(sentence) and not any(map(_has_source, beside)):
        return f"Nobody is named who counted “{counted.group()}”", number
    if _cites_nothing(shown, number):
        return "The citation behind this points to no source", number
    if not topic.is_named_in(" ".join(shown[max(0, number - 1) : number + 1])):
        return "", number
    marker = words.hearsay.search(sentence)
    if marker is not None and not _has_source(f"{sentence[: marker.start()]} {sentence[marker.end() :]}"):
        return f"“{marker.group()}” passes on what nobody is named for", number
    settled = words.settled.search(sentence)
    if settled is None or not _is_flat(shown, number, topic, settled):
        return "", number
    last = number
    while (
        last + 1 < len(shown)
        and (more := words.settled.search(shown[last + 1]))
        and _is_flat(shown, last + 1, topic, more)
    ):
        last += 1
    return f"“{settled.group()}” is told flatly: nobody says so, and no occasion is given", last


def _has_source(sentence: str) -> bool:
    told = _INSIDE_QUOTES.sub(" ", sentence)
    return _words().sources.search(told) is not None or _words().verbs.search(told) is not None


def _cites_nothing(shown: Sequence[str], number: int) -> bool:
    """Whether a citation that points nowhere stands in or right behind a sentence, and the sentence says something."""
    if len(INLINE_CITATION.sub("", shown[number]).split()) < FEWEST_CITED:
        return False
    following = shown[number + 1] if number + 1 < len(shown) else ""
    return INLINE_CITATION.search(shown[number]) is not None or INLINE_CITATION.match(following) is not None


def _is_background(sentence: str) -> bool:
    """Whether a sentence looks back on a past that needs no source."""
    return re.search(r"\b(?:19|20)\d\d\b|\b(?:since|ago|decades?|centur(?:y|ies))\b", sentence) is not None


def _is_flat(shown: Sequence[str], number: int, topic: Topic, settled: re.Match[str]) -> bool:
    """Whether a party is said to have given way with nobody to vouch for it: a main clause, no occasion, no source, no voice."""
    sentence = shown[number]
    before = sentence[: settled.start()]
    if _words().occasion.search(sentence) or _has_source(sentence) or _SUBORDINATE.search(before):
        return False
    parties = topic.parties_in(before)
    if not parties:
        return False
    following = shown[number + 1] if number + 1 < len(shown) else ""
    if _words().sources.search(following):
        return False
    return not any(_speaks(other, parties[-1], topic) for other in shown)


def _speaks(sentence: str, party: str, topic: Topic) -> bool:
    """Whether a party is heard in a sentence: it is the last one named before a word of speech, or named right behind a source."""
    told = _INSIDE_QUOTES.sub(" ", sentence)
    for verb in _words().verbs.finditer(told):
        if topic.parties_in(told[: verb.start()])[-1:] == [party]:
            return True
    return any(
        party in topic.parties_in(told[found.start() : found.end() + 60]) for found in _words().sources.finditer(told)
    )
