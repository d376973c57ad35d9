"""What a sentence is about, whatever its words: what ties two tellings of one fact by reports that share hardly any.

A sentence has the words and names it shares with few others, the notions that its words tell of (`notions`), the options and parties of
the agenda that a statement on it or its own words name, and the days it names. What stands around it counts less: the question it
answers, its paragraph, the sentences beside it, the report's beginning.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from travaux.analysis.alignment import CALENDAR, sentence_of
from travaux.analysis.moments import moments_in
from travaux.analysis.notions import notions_in
from travaux.analysis.one_fact import FEW, Told
from travaux.happening import ONE_DAY
from travaux.model import Agenda, Option, Statement
from travaux.provenance.telling import stem_of
from travaux.reading.happenings.days import base_day

MOST = 5.0
"""Weight, in nats, that one word or name counts at most."""
NOTION, OPTION, PARTY = 3.0, 4.0, 2.5
"""The same of a notion, of an option and of a party of the agenda."""
BESIDE, PARAGRAPH, BEGINNING, ASKED = 0.5, 0.4, 0.35, 0.8
"""What a word counts that stands in the sentence beside, in the paragraph, at the report's beginning, in the question answered."""
AROUND = 0.4
"""What counts of all that two sentences share where not both have it themselves."""
REACH = 9
"""Words around an act in which what it is done to is named."""
LONG = 4
"""Letters that a single word has at least by which texts refer to an option."""
LEAD = 6
"""Sentences of a report's beginning that say of which day it is."""
ANSWER = 6
"""Sentences of an answer, and of a paragraph before one, that are looked at."""


@dataclass(frozen=True)
class Matter:
    """A sentence with what it is about.

    Attributes:
        told: the sentence in its report. notions: those its words tell of, with the stems that tell them.
        names: in it, those that are nobody's on the agenda and of nobody who speaks;
            names_before: with those of the sentence before in its paragraph. before: the sentence that it points back to, or nothing.
        own: what it is about by its own words, the question it answers and the sentence that it points back to; terms: with what stands
            around it, 0 to 1 each.
    """

    told: Told
    notions: Mapping[str, frozenset[str]]
    names: frozenset[str]
    names_before: frozenset[str]
    before: str
    own: frozenset[str]
    terms: Mapping[str, float]

    @property
    def text(self) -> str:
        """Its words as printed."""
        return self.told.text

    def is_of_another(self, other: Matter) -> bool:
        """Whether two sentences are of two things: each has a name of which the other's report has never heard, or what both name is of
        another in each (the council of Lindau, the offer of the builder), or they are about two options.
        """
        if self.names - other.told.known_to_report and other.names - self.told.known_to_report:
            return True
        options = [{term for term in side.own if term[0] == "@"} for side in (self, other)]
        if options[0] and options[1] and not options[0] & options[1]:
            return True
        told_apart = (self.other_ones ^ other.other_ones) & self.own & other.own
        return bool(told_apart) or any(_of_two_things(one, two) for one, two in ((self, other), (other, self)))

    @cached_property
    def qualified(self) -> Mapping[str, frozenset[str]]:
        """The words that say whose or where a thing of the sentence is, behind it: "the council of Lindau", by the thing's stem."""
        return _behind(_QUALIFIED, self.before + self.text)

    @cached_property
    def qualified_by_of(self) -> Mapping[str, frozenset[str]]:
        """Those of `qualified` that stand behind "of" or "on"."""
        return _behind(_OF, self.before + self.text)

    @cached_property
    def other_ones(self) -> frozenset[str]:
        """The stems of the things that the sentence tells from others of their kind: "the second swap", "a new contract"."""
        return frozenset(
            stem_of(word.lower())
            for found in _OTHER.finditer(self.before + self.text)
            for word in found.groups()
            if word
        )

    def act(self, kind: str) -> frozenset[str]:
        """The terms that tell an act: its notion and the words that tell it, or the verb itself."""
        return frozenset({f"+{kind}", kind}) | self.notions.get(kind, frozenset())

    def near(self, start: int, end: int) -> frozenset[str]:
        """What it tells within a few words of a stretch of it, with what it points back to or answers."""
        tokens = self.told.sentence.tokens
        at = [number for number, token in enumerate(tokens) if start <= token.start < end] or [0]
        stems = {token.stem for token in tokens[max(0, at[0] - REACH) : at[-1] + 1 + REACH]}
        here = self.told.stems_at(self.told.place) | {f"+{notion}" for notion in self.notions}
        told = {f"+{notion}" for notion, words in self.notions.items() if words & stems}
        return frozenset(
            (self.own - here) | (self.own & stems) | (self.own & told) | {term for term in self.own if term[0] == "@"}
        )

    @cached_property
    def base(self) -> date | None:
        """The day from which its relative words of time count."""
        return base_day(self.told.report)

    @cached_property
    def days(self) -> frozenset[date]:
        """The days that it names, or the beginning of its report where it names none."""
        return self.own_days or self._days(0, self.told.sentences[min(LEAD, len(self.told.sentences)) - 1].end)

    @cached_property
    def told_days(self) -> frozenset[date]:
        """The days that it names, or those that the sentences before it in its paragraph name."""
        return self.own_days or frozenset(date.fromisoformat(day) for day in self.told.days if len(day) == ONE_DAY)

    @cached_property
    def own_days(self) -> frozenset[date]:
        """The days that it names itself."""
        return self._days(self.told.sentence.start, self.told.sentence.end)

    def _days(self, start: int, end: int) -> frozenset[date]:
        moments = moments_in(self.told.report.text, start, end, self.base)
        return frozenset(moment.first for moment in moments if not moment.days)


class Matters:
    """The sentences of a record's reports with what they are about; what is rare in the record ties two of them."""

    def __init__(self, told: Sequence[Sequence[Told]], statements: Sequence[Statement], agenda: Agenda | None):
        self._agenda = agenda
        self._statements: dict[str, list[Statement]] = {}
        for one in statements:
            self._statements.setdefault(one.report_id, []).append(one)
        self.notions = [[notions_in(one.sentence.tokens) for one in side] for side in told]
        self._options = [[self._options_of(one, found) for one, found in zip(side, notions, strict=True)]
                         for side, notions in zip(told, self.notions, strict=True)]  # fmt: skip
        self._told = told
        number = max(sum(map(len, told)), FEW)
        held: Counter[str] = Counter()
        for side, notions in zip(self._options, self.notions, strict=True):
            for options, found in zip(side, notions, strict=True):
                held.update(options)
                held.update(f"+{notion}" for notion in found)
        self._weights = {
            term: min({"@": OPTION, "#": PARTY}.get(term[0], NOTION), -math.log(max(count - 1, 1) / number))
            for term, count in held.items()
        }
        self._made: dict[tuple[int, int], Matter] = {}

    def __getitem__(self, place: tuple[int, int]) -> Matter:
        """The sentence by the numbers of its report and of its place."""
        if place not in self._made:
            self._made[place] = self._matter(*place)
        return self._made[place]

    def weight(self, term: str, told: Told) -> float:
        """What a term weighs, in nats."""
        return self._weights[term] if term in self._weights else min(MOST, told.weights.get(term, 0.0))

    def score(self, one: Matter, two: Matter, shared: Mapping[str, float]) -> float:
        """How much shows that two sentences are of one matter, in nats: what they share themselves, and less of what is around."""
        own = math.fsum(sorted(weight for term, weight in shared.items() if term in one.own and term in two.own))
        return own + AROUND * (math.fsum(sorted(shared.values())) - own)

    def shared(self, one: Matter, two: Matter) -> dict[str, float]:
        """What two sentences share, each with its weight; a notion that a shared word tells already counts for the rest alone."""
        found = {
            term: self.weight(term, one.told) * min(counts, two.terms[term])
            for term, counts in one.terms.items()
            if term in two.terms
        }
        for term in [term for term in found if term[0] == "#"]:
            words = self._party_words.get(term[1:], frozenset()) & one.own & two.own
            found[term] = max(0.0, found[term] - math.fsum(sorted(found.get(word, 0.0) for word in words)))
        for term in [term for term in found if term[0] == "+"]:
            words = one.notions.get(term[1:], frozenset()) & two.notions.get(term[1:], frozenset())
            found[term] = max(0.0, found[term] - math.fsum(sorted(found.get(word, 0.0) for word in words)))
        return found

    def shared_of_parties(self, one: Matter, two: Matter) -> dict[str, float]:
        """The same, where the names of a party and its people count for no more than the party."""
        found = self.shared(one, two)
        for term in [term for term in found if term[0] == "#"]:
            found[term] = self.weight(term, one.told)
            for word in self._party_words.get(term[1:], frozenset()) & found.keys():
                found[word] = 0.0
        return found

    def parties_named(self, stems: set[str]) -> set[str]:
        """The terms of the parties that a name is of."""
        return {f"#{party}" for party, words in self._party_words.items() if words & stems}

    def _matter(self, side: int, place: int) -> Matter:
        told = self._told[side]
        one = told[place]
        own = self._terms(side, place)
        terms: dict[str, float] = {}
        for other, counts in self._around(side, place).items():
            for term in self._terms(side, other):
                terms[term] = max(counts, terms.get(term, 0.0))
        asked = self._asked(side, place)
        if asked is not None:
            own |= self._terms(side, asked)
        back = told[place - 1].text + " " if place and _points_back(one) and not _apart(told[place - 1], one) else ""
        if back and asked is None:
            own |= self._terms(side, place - 1)
        names = self._names(one)
        before = self._names(told[place - 1]) if place and not _apart(told[place - 1], one) else frozenset()
        return Matter(one, self.notions[side][place], names, names | before, back, own, terms | dict.fromkeys(own, 1.0))

    def _names(self, told: Told) -> frozenset[str]:
        return frozenset(told.names_at(told.place)) - self._on_the_agenda - _speakers(told) - _dateline(told)

    def _terms(self, side: int, place: int) -> frozenset[str]:
        told = self._told[side][place]
        stems = frozenset(stem for stem in told.stems_at(place) if stem[0] != "~")
        return stems | self._options[side][place] | {f"+{notion}" for notion in self.notions[side][place]}

    def _asked(self, side: int, place: int) -> int | None:
        """The question that a sentence answers, itself or further down in the answer's paragraph."""
        told = self._told[side]
        for back in range(ANSWER):
            at = place - back
            if at < 0 or (back and _apart(told[at], told[at + 1])):
                return None
            if told[at].question is not None:
                return told[at].question
        return None

    def _around(self, side: int, place: int) -> dict[int, float]:
        told = self._told[side]
        found = {0: BEGINNING, 1: BEGINNING}
        for at in range(place - 1, max(-1, place - ANSWER), -1):
            if _apart(told[at], told[at + 1]):
                found[at] = max(found.get(at, 0.0), PARAGRAPH)  # the heading above, or how the paragraph before ends
                break
            found[at] = max(found.get(at, 0.0), PARAGRAPH)
        for at in (place - 1, place + 1):
            if 0 <= at < len(told):
                found[at] = max(
                    found.get(at, 0.0), BESIDE if not _apart(told[min(at, place)], told[max(at, place)]) else PARAGRAPH
                )
        return {at: counts for at, counts in found.items() if at < len(told) and at != place}

    def _options_of(self, told: Told, notions: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """The options that a statement on a sentence is about, or that its words name, and the parties that it names."""
        start, end = told.sentence.start, told.sentence.end
        found = {
            f"@{one.option}" for one in self._statements.get(told.report.id, ()) if one.start < end and start < one.end
        }
        stems = {token.stem for token in told.sentence.tokens}
        found |= {f"#{party}" for party, words in self._parties if any(name <= stems for name in words)}
        for option, phrases in self._named:
            if any(all(stem in stems or kinds & notions.keys() for stem, kinds in phrase) for phrase in phrases):
                found.add(f"@{option}")
        return frozenset(found)

    @cached_property
    def _on_the_agenda(self) -> frozenset[str]:
        """The stems of the names that parties and their people go by."""
        if self._agenda is None:
            return frozenset()
        named = [name for party in self._agenda.parties for name in (party.name, *party.names)]
        named += [
            name
            for party in self._agenda.parties
            for person in party.people
            for name in (person.name, *person.names, person.role)
        ]
        return frozenset(token.stem for name in named for token in sentence_of(name, 0, len(name)).tokens)

    @cached_property
    def _parties(self) -> list[tuple[str, list[frozenset[str]]]]:
        """The parties with the words of each name that they and their people go by."""
        if self._agenda is None:
            return []
        found = []
        for party in self._agenda.parties:
            names = [
                party.name,
                *party.names,
                *(name for person in party.people for name in (person.name, *person.names)),
            ]
            words = [
                frozenset(
                    token.stem for token in sentence_of(name, 0, len(name)).tokens if token.word not in _PLAIN_WORDS
                )
                for name in names
            ]
            found.append((party.id, [one for one in words if one]))
        return found

    @cached_property
    def _party_words(self) -> Mapping[str, frozenset[str]]:
        return {party: frozenset(stem for name in words for stem in name) for party, words in self._parties}

    @cached_property
    def _named(self) -> list[tuple[str, list[list[tuple[str, frozenset[str]]]]]]:
        """The options with their phrases, each word by its stem and the notions it tells of."""
        if self._agenda is None:
            return []
        return [(option.id, list(_phrases(option))) for issue in self._agenda.issues for option in issue.options]


_PLAIN_WORDS = frozenset("the a an of for in on to at by from with and or no its their is are be as".split())


def _phrases(option: Option) -> Iterable[list[tuple[str, frozenset[str]]]]:
    """The phrases by which texts refer to an option; a single word stands for itself alone."""
    for words in option.words:
        tokens = [token for token in sentence_of(words, 0, len(words)).tokens if token.word not in _PLAIN_WORDS]
        if len(tokens) > 1:
            yield [(token.stem, frozenset(notions_in([token]))) for token in tokens]
        elif tokens and len(tokens[0].word) > LONG:
            yield [(tokens[0].stem, frozenset())]


_BACK = frozenset(
    "it they this that these those its their he she his her both them one neither each all nobody none".split()
)


def _points_back(told: Told) -> bool:
    """Whether a sentence begins with a word that stands for what the sentence before is about."""
    return bool(_BACK & {token.word for token in told.sentence.tokens[:2]})


def _apart(one: Told, two: Told) -> bool:
    """Whether a new paragraph begins between two sentences that follow each other."""
    return "\n" in one.report.text[one.sentence.end : two.sentence.start]


_QUALIFIED = re.compile(
    r"\b(?P<thing>[a-z]{4,}) (?:of|at|on|in|for) (?:the |its |their |all )?(?P<whose>[A-Za-zÀ-ÿ][\w-]{2,})"
)
_OF = re.compile(r"\b(?P<thing>[a-z]{4,}) (?:of|on) (?:the |its |their |all )?(?P<whose>[A-Za-zÀ-ÿ][\w-]{2,})")
_OTHER = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|other|another|previous|separate|similar)"
    r" ([a-z]{3,})(?: ([a-z]{3,}))?",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"\b(?P<thing>[a-z]{4,}) (?P<word>on|for) (?:the )?(?P<whose>[A-Za-zÀ-ÿ][\w-]{2,})"
    r"|\b(?P<owner>[a-z]{4,})(?:s['’]|['’]s) (?P<owned>[a-z]{4,})"
)
_HEADED = re.compile(r"\W*(?:In|At|Off|Near|Around|Outside) (?:the )?(?P<place>[A-ZÀ-Þ][\w'’-]+)")
_MADE = ("panel", "pact", "text", "decree")
_NO_THING = frozenset(
    "what which this that those these them whom least once last first time day week month year weeks years months "
    "days".split()
)


def _behind(pattern: re.Pattern[str], text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for told in pattern.finditer(text):
        found.setdefault(stem_of(told["thing"].lower()), set()).add(stem_of(told["whose"].lower()))
    return {thing: frozenset(whose) for thing, whose in found.items()}


def _of_two_things(one: Matter, two: Matter) -> bool:
    """Whether a thing that both sentences name is in one that of somebody of whom the other's report has never heard, or of another."""
    for thing, whose in one.qualified.items():
        if thing not in one.own or thing not in two.own or whose <= _NO_THING:
            continue
        named = whose & one.names
        of = [side.qualified_by_of.get(thing, frozenset()) for side in (one, two)]
        if of[0] and of[1] and not of[0] & of[1] and not _tell_alike(one, of[0], two, of[1]):
            return True
        if named and not named & two.told.known_to_report:
            return True
    head = _HEADED.match(one.text)
    if head is not None and stem_of(head["place"].lower()) in one.names - two.told.known_to_report:
        return True
    return any(_only_here(found, one, two) for found in _WHOSE.finditer(one.before + one.text))


def _only_here(found: re.Match[str], one: Matter, two: Matter) -> bool:
    """Whether a thing that both sentences name has in one an owner, a subject or a purpose that the other report does not know."""
    thing = stem_of((found["thing"] or found["owned"]).lower())
    whose = found["whose"] or found["owner"]
    if thing not in one.own or thing not in two.own or whose.lower() in CALENDAR:
        return False
    made = found["word"] != "on" or any(thing in one.notions.get(kind, frozenset()) for kind in _MADE)
    return made and stem_of(whose.lower()) not in two.told.known_to_report | _NO_THING


def _tell_alike(one: Matter, first: frozenset[str], two: Matter, second: frozenset[str]) -> bool:
    """Whether words tell one notion, or are known to both reports."""
    kinds = [
        {kind for kind, stems in side.notions.items() if stems & words} for side, words in ((one, first), (two, second))
    ]
    return bool(kinds[0] & kinds[1]) or bool(first & two.told.known_to_report and second & one.told.known_to_report)


def _dateline(told: Told) -> set[str]:
    """The stems of a report's dateline: "LONDON, May 11 (Crown Press) - "."""
    head = DATELINE.match(told.text)
    if head is None:
        return set()
    return {token.stem for token in told.sentence.tokens if token.end <= told.sentence.start + head.end()}


DATELINE = re.compile(r"[^.;]{2,70}?(?:\)\s*[-–—]|\s[-–—])\s")
_SPEAK = frozenset(
    "say says said tell tells told explain explains explained announce announces announced add adds added writes "
    "wrote".split()
)


def _speakers(told: Told) -> set[str]:
    """The stems of the words next to those that make somebody a speaker, and of titles."""
    tokens = told.sentence.tokens
    found = {token.stem for token in tokens if token.word in _TITLES}
    for at, token in enumerate(tokens):
        if token.word in _SPEAK:
            found |= {one.stem for one in tokens[max(0, at - 3) : at + 4]}
    return found


_TITLES = frozenset("mr mrs ms dr sir president minister prime chairman chair secretary general".split())
