"""Sentences of independent reports that tell of one fact: what they share, by the words and names that are rare in both texts.

Reports on one negotiation share its words, and two sentences are about one fact only where they share what few sentences have. So a
sentence is held by its own words and, more loosely, by those of the sentences around it and of the report's beginning, which say where
and of what it tells; a short answer is told together with its question. Each word weighs the more the rarer it is, in English reports
and in the record.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from travaux.analysis.alignment import Sentence, near_groups, rare_weights, told_sentences
from travaux.analysis.claims import claim_words, found_in
from travaux.analysis.conflict import ConflictKind
from travaux.analysis.timing import Dates, Families, days_apart, days_meet
from travaux.model import Report
from travaux.provenance.telling import UNSEEN, ordinary, stem_of
from travaux.reading.happenings.days import MONTHS, WEEKDAYS, base_day, day_meant, time_words

AROUND, BEGINNING = 0.5, 0.35
"""What a word of a sentence beside, and of the report's beginning, counts of one of the sentence itself."""
RARE = 12
"""Sentences of a record in which a word may stand that brings two together; what stands in more is what all of it is about."""
FEW = 60
"""Sentences below which a record is too small to tell which words are rare in it."""
SHORT = 14
"""Words up to which a sentence behind a question is its answer."""
QUESTIONS = 3
"""Questions from which a report is an interview."""
INTRODUCED = 6
"""Words around a name, where a report has it first, that say who it is."""
A_DAY = 5.0
"""Weight, in nats, of a day of the calendar that two sentences name."""
BESIDE = 5.0
"""Weight, in nats, that two sentences share themselves where the rare name that brings them together stands beside them."""
ANYTHING = "anything"
"""What a sentence tells that answers whatever another tells."""
ALIKE = 10.0
"""Weight, in nats, of rare words from which two sentences are compared whatever they tell."""
TELLS = 4.5
"""Weight of a name that few sentences of the record have, so that it tells what they are about."""
COMMON = 3.0
"""Weight of what consent is given to, or denied to, that both name."""
SAME_TIME = 14
"""Days that may lie between two reports that count one thing, where neither names a day."""
SHARED = 8.0
"""Weight, in nats, that two sentences share where they may tell of one fact; chosen on eleven records and the exercises."""

_DATES = frozenset((*WEEKDAYS, *MONTHS))
_TODAY = frozenset({"today", "yesterday", "tonight"})
_SPEECH = frozenset(
    map(stem_of, "said say says told tell spoke report reports reported minister president spokesman".split())
)


@dataclass(frozen=True)
class Told:
    """A sentence of a report, with what stands around it.

    Attributes:
        report, place: whose, and which of its sentences. sentences: of the report. weights: of stems in the record.
        known_names: stems that have a capital letter within sentences of the record, and more often than not.
        question: the place of the question that it answers; None where it answers none.
        marks: of each sentence, the days that it names and what it tells of in whatever words ("~hurt").
    """

    report: Report
    place: int
    sentences: tuple[Sentence, ...]
    weights: Mapping[str, float]
    known_names: frozenset[str] = frozenset()
    question: int | None = None
    marks: tuple[frozenset[str], ...] = ()

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.sentences[self.place]

    @property
    def text(self) -> str:
        """Its words as printed."""
        return self.report.text[self.sentence.start : self.sentence.end]

    @cached_property
    def own(self) -> frozenset[str]:
        """The telling stems of the sentence, and of the question that it answers."""
        return self.stems_at(self.place) | (self.stems_at(self.question) if self.question is not None else frozenset())

    @property
    def _around(self) -> tuple[tuple[int, float], ...]:
        at = self.place
        return ((0, BEGINNING), (1, BEGINNING), (at - 2, BEGINNING), (at - 1, AROUND), (at + 1, AROUND))

    @cached_property
    def around(self) -> Mapping[str, float]:
        """What each telling stem of the sentence, those beside it and the report's beginning counts, 0 to 1."""
        found: dict[str, float] = {}
        for place, counts in self._around:
            if 0 <= place < len(self.sentences):
                for stem in self.stems_at(place):
                    found[stem] = max(counts, found.get(stem, 0.0))
        for name in self.names:
            found |= {stem: AROUND for stem in self._introduced(name) if found.get(stem, 0.0) < AROUND}
        return found | dict.fromkeys(self.own, 1.0)

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of the names in it: words with a capital letter that do not begin it."""
        places = [self.place, *([self.question] if self.question is not None else [])]
        return frozenset(stem for place in places for stem in self.names_at(place))

    @cached_property
    def names_around(self) -> frozenset[str]:
        """The names in it, beside it, and at the report's beginning."""
        places = {place for place, _ in self._around} & set(range(len(self.sentences)))
        return frozenset(stem for place in places for stem in self.names_at(place)) | self.names

    @cached_property
    def names_beside(self) -> frozenset[str]:
        """The names in the sentences right before and behind it, a heading's among them."""
        places = {self.place - 2, self.place - 1, self.place + 1} & set(range(len(self.sentences)))
        return frozenset(stem for place in places for stem in self.names_at(place))

    @cached_property
    def days(self) -> frozenset[str]:
        """The days and stretches of days that it names, or that the sentences before it in its paragraph name, as ISO dates."""
        for place in (self.place, self.place - 1, self.place - 2):
            if place < 0 or "\n" in self.report.text[self.sentences[place].end : self.sentence.start]:
                break
            found = self.days_at(place)
            if found:
                return found
        return frozenset()

    def days_at(self, place: int) -> frozenset[str]:
        """The days and stretches of days that one sentence of the report names, as ISO dates."""
        text, sentence, base = self.report.text, self.sentences[place], base_day(self.report)
        meant = (day_meant(words, base, ahead=False) for words in time_words(text, sentence.start, sentence.end))
        return frozenset(day for day in meant if day is not None)

    @cached_property
    def known_to_report(self) -> frozenset[str]:
        """The stems of all words of the report."""
        return frozenset(token.stem for sentence in self.sentences for token in sentence.tokens)

    def names_at(self, place: int) -> Iterator[str]:
        """The stems of the names in one sentence of the report."""
        text = self.report.text
        for number, token in enumerate(self.sentences[place].tokens):
            capital = text[token.start].isupper() and token.word not in _DATES
            following = self.sentences[place].tokens[number + 1 : number + 2]
            begins = any(text[one.start].isupper() and one.word not in _DATES for one in following)
            if capital and token.stem in self.weights and (number or begins or token.stem in self.known_names):
                yield token.stem

    def _introduced(self, name: str) -> Iterator[str]:
        """The stems around a name where the report has it first."""
        for sentence in self.sentences[: self.place]:
            at = next((number for number, token in enumerate(sentence.tokens) if token.stem == name), None)
            if at is not None:
                around = sentence.tokens[max(0, at - INTRODUCED) : at + 1 + INTRODUCED]
                yield from (token.stem for token in around if token.stem in self.weights)
                return

    def stems_at(self, place: int) -> frozenset[str]:
        """The telling stems of one sentence of the report, and its marks."""
        text = self.report.text
        return (
            frozenset(
                token.stem
                for token in self.sentences[place].tokens
                if token.stem in self.weights and not (token.word in _DATES and text[token.start].isupper())
            )
            | self.marks[place]
        )


@dataclass(frozen=True, slots=True)
class OneFact:
    """Two sentences that may tell of one fact.

    Attributes:
        own: stems that both have themselves. names: names among these. names_near: names in reach of both.
        weight: of all they share, in nats.
    """

    first: Told
    second: Told
    own: frozenset[str]
    names: frozenset[str]
    names_near: frozenset[str]
    weight: float

    def weighs(self, stems: frozenset[str]) -> float:
        """The weight of some stems, in nats."""
        return math.fsum(self.first.weights.get(stem, 0.0) for stem in sorted(stems))


@dataclass(frozen=True, slots=True)
class Differs:
    """What two tellings of one fact tell differently: what it is about, what each says, why both cannot be right, how much shows it."""

    kind: ConflictKind
    about: str
    values: tuple[str, str]
    why: str
    weight: float


def mostly(fact: OneFact) -> bool:
    """Whether two sentences share the larger part of the lighter one."""
    sides = (fact.first.own, fact.second.own, fact.own)
    first, second, both = (fact.weighs(frozenset(stem for stem in own if stem[0] != "~")) for own in sides)
    return both >= 0.5 * min(first, second)


def of_one_time(fact: OneFact, dates: Dates) -> bool:
    """Whether two sentences may tell of one time: by the days they name, or one's day and the other's publication."""
    published = dates.get(fact.first.report.id), dates.get(fact.second.report.id)
    # Of two reports that nobody dates, the sentences themselves must tell.
    undated = published == (None, None)
    days = tuple(told.days_at(told.place) if undated else told.days for told in (fact.first, fact.second))
    if days[0] and days[1]:
        return any(days_meet(one, two, 1) for one in days[0] for two in days[1])
    for told, other in ((fact.first, fact.second), (fact.second, fact.first)):
        day_of = dates.get(other.report.id)
        base = day_of.earliest if day_of is not None and day_of.precision == "day" else None
        if base is not None and not other.days and any(days_meet(day, base.isoformat(), 1) for day in told.days):
            return True
    apart = days_apart(*published)
    return apart <= SAME_TIME if apart is not None else not undated


_FEASTS = {
    "valentine": "february 14", "christmas eve": "december 24", "christmas day": "december 25", "boxing day": "december 26",
    "new year's eve": "december 31", "new year's day": "january 1", "may day": "may 1", "halloween": "october 31",
    "all saints": "november 1", "twelfth night": "january 6",
}  # fmt: skip


def named_days(text: str, sentence: Sentence, base: date | None = None) -> frozenset[str]:
    """The days of the calendar that a sentence names, without their years: "february 14"; feasts count as their days.

    Args:
        base: the day from which weekdays and "today" count; None leaves them out.
    """
    found = set()
    if any(token.word in _DATES or token.word in _TODAY for token in sentence.tokens):
        for words in time_words(text, sentence.start, sentence.end):
            if words.kind in {"full", "day"}:
                month = next(month for month in MONTHS if month.startswith(words.parts["m"][:3]))
                found.add(f"{month} {int(words.parts['d'])}")
            elif (
                base is not None and words.kind in {"weekday", "today"} and words.parts.get("w") not in {"next", "last"}
            ):
                day = date.fromisoformat(day_meant(words, base, ahead=False) or "")
                found.add(f"{MONTHS[day.month - 1]} {day.day}")
    joined = " ".join(sentence.words)
    found |= {day for name, day in _FEASTS.items() if name in joined}
    return frozenset(found)


def tellings_of(reports: Sequence[Report]) -> list[list[Told]]:
    """The sentences of reports, each with what stands around it."""
    held = [told_sentences(report) for report in reports]
    number = sum(map(len, held))
    weights = {
        stem: weight for stem, weight in rare_weights(held, FEW).items() if len(stem) > 1 and stem not in _SPEECH
    }
    marks = [
        tuple(named_days(report.text, one, base_day(report)) | _told_of(one) for one in sentences)
        for report, sentences in zip(reports, held, strict=True)
    ]
    marked = Counter(mark for side in marks for one in side for mark in one)
    for mark, count in marked.items():
        rare = -math.log(max(count - 2, 1) / max(number, FEW))
        weights[mark] = min(A_DAY if mark[0] != "~" else COMMON, rare)
    names = _names(reports, held)
    told = []
    for report, sentences, of_each in zip(reports, held, marks, strict=True):
        interview = sum(_asks(report, sentence) for sentence in sentences) >= QUESTIONS
        questions = [_question(report, sentences, place, interview=interview) for place in range(len(sentences))]
        told.append(
            [Told(report, place, sentences, weights, names, asked, of_each) for place, asked in enumerate(questions)]
        )
    return told


def _told_of(sentence: Sentence) -> frozenset[str]:
    """What a sentence tells of that is told in many words: people hurt, a stoppage, a promise, talks."""
    return frozenset(
        f"~{name}"
        for name in claim_words()["told_of"]
        if next(found_in("told_of", name, sentence.tokens), None) is not None
    )


def _question(report: Report, sentences: Sequence[Sentence], place: int, *, interview: bool) -> int | None:
    """The place of the question that a sentence answers, itself or behind a short first answer.

    Args:
        interview: whether the report has several questions; a short paragraph is then one, with or without its mark.
    """
    for back in (1, 2):
        if place < back or (back > 1 and len(sentences[place - 1].tokens) > SHORT):
            return None
        answers = interview or _ANSWER.match(report.text, sentences[place].start) is not None
        if _asks(report, sentences[place - back]) or (answers and _is_paragraph(report, sentences, place - back)):
            return place - back
    return None


_ANSWER = re.compile(r"\W*(?:not|no|yes|never|nor|neither|certainly|of course|indeed)\b", re.IGNORECASE)


def _is_paragraph(report: Report, sentences: Sequence[Sentence], place: int) -> bool:
    """Whether a sentence is a short paragraph of its own."""
    before = sentences[place - 1].end if place else 0
    alone = "\n" in report.text[before : sentences[place].start] or not place
    behind = sentences[place + 1].start if place + 1 < len(sentences) else len(report.text)
    return alone and "\n" in report.text[sentences[place].end : behind] and len(sentences[place].tokens) <= 2 * SHORT


def _asks(report: Report, sentence: Sentence) -> bool:
    return report.text[sentence.start : sentence.end].rstrip("\"”' ").endswith("?") or bool(
        re.match(r"\W*(?:Q[.:]|Question:) ", report.text[sentence.start : sentence.end])
    )


def _names(reports: Sequence[Report], held: Sequence[Sequence[Sentence]]) -> frozenset[str]:
    """The stems that have a capital letter within sentences, more often than not, or stand at their beginning alone."""
    capital: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for report, sentences in zip(reports, held, strict=True):
        for sentence in sentences:
            for token in sentence.tokens[1:]:
                capital[token.stem] += 1 if report.text[token.start].isupper() else -1
            for token in sentence.tokens[:1]:
                first[token.stem] += 1
    known = {stem for stem, more in capital.items() if more > 0}
    return frozenset(known | {stem for stem in first if stem not in capital and ordinary().get(stem, UNSEEN) <= UNSEEN})


def one_fact(first: Told, second: Told) -> OneFact | None:
    """What two sentences share where they may tell of one fact; None where it is too little."""
    own = _both(first.own, second.own)
    near = {stem: min(first.around[stem], second.around[stem]) for stem in first.around.keys() & second.around.keys()}
    near |= dict.fromkeys(own, 1.0)
    weight = math.fsum(first.weights[stem] * counts for stem, counts in sorted(near.items()))
    if weight < SHARED:
        return None
    return OneFact(first, second, own, first.names & second.names, first.names_around & second.names_around, weight)


def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    groups = {group for stem in other for group in near_groups(stem)}
    return frozenset(stem for stem in one if stem in other or any(group in groups for group in near_groups(stem)))


def pairs_apart(
    tellings: Sequence[Sequence[Told]], families: Families, kinds: Callable[[Told], frozenset[str]]
) -> Iterator[tuple[Told, Told]]:
    """Pairs of sentences of different families that share a rare word, each once, in the order of the reports.

    Args:
        kinds: what a sentence tells that may be told differently; two that have none in common are a pair only where they share much.
    """
    every = [told for side in tellings for told in side]
    having: dict[str, list[int]] = defaultdict(list)
    for number, told in enumerate(every):
        for stem in told.own | told.names_beside:
            having[stem].append(number)
    of = [families.get(told.report.id, told.report.id) for told in every]
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for stem, held in sorted(having.items()):
        if 1 < len(held) <= RARE:
            weight = every[held[0]].weights[stem]
            for place, one in enumerate(held):
                for other in held[place + 1 :]:
                    if of[one] != of[other]:
                        own = stem in every[one].own and stem in every[other].own
                        shared[one, other] += weight if own else 0.0
    told_of = [kinds(told) for told in every]
    for (one, other), weight in sorted(shared.items()):
        both = told_of[one] | told_of[other]
        if not weight:
            weights = every[one].weights
            if math.fsum(weights[stem] for stem in sorted(every[one].own & every[other].own)) < BESIDE:
                continue
        if weight >= ALIKE or ANYTHING in both or told_of[one] & told_of[other]:
            yield every[one], every[other]
