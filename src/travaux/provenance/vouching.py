"""Claims that rest on an unnamed source alone, and claims with nobody vouching for them.

Decided by the words of a sentence and those beside it, without grammar or models: what hides a source is said in set phrases, and
a report is looked at once, when it comes in. What a named source says is left alone, with quotation marks or without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from travaux.model import Flag, FlagKind, Report
from travaux.provenance.sentences import sentences_of
from travaux.provenance.told import GOES_ON, Told, Topic, told_outside_quotations
from travaux.provenance.unnamed import (
    describes_a_source,
    opens_with_somebody,
    rests_on_somebody,
    seconds_somebody,
    withholds_a_name,
)
from travaux.provenance.visible import INLINE_CITATION, flag_of
from travaux.provenance.vouching_words import Cued, any_of, compiled, cued, vouching_lists

_SUBORDINATE = re.compile(
    r"\b(?:if|that|which|whom|once|until|unless|when|after|before|whether|had|would|not|no|never|neither|nor)\b|n[’']t\b"
    # "While he praised it, they have agreed": with a comma between, the clause is over.
    r"|\b(?:while|whilst|whereas|although|though|because)\b[^,;:—–]*$",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(?:confirm|den)(?:s|ed|ies|ied|y)\s(?:this|it|that|as much|the (?:report|rumou?r|story|claim|account)s?)\b"
)
_LABEL = re.compile(r"(?:\d\d?[.:h]\d\d\W{1,4})?(?P<who>[^\W\d_][\w’'.-]*(?:\s[\w’'.-]+){0,5}):\s")
_TO_THE_PAPER = re.compile(
    r"\b(?:told|tells?|assured|confided (?:to|in)|admitted to|whispered to) (?:us|me|reporters|journalists|(?:this|our) \w+"
    r"|the [A-Z]\w+)\b"
)
_PASSED_ON = re.compile(r"^\s*(?:have )?(?:been )?[\w’'-]+")
_ITS_PAPER = re.compile(r"according to (?:the|this|that) (?P<paper>report|article|story|text|piece|account)")
_NO_CLAIM = re.compile(
    r"\b(?:say|says|said|tell|tells|told|speak|spoke)(?: (?:us|me|them|you))? (?:it|this|that|so|as much|off the record)\b"
    r"(?=\s*(?:[,.;:—–)]|$|on\b|off\b|in\b|at\b|and\b))"
)
# What people who hide have told, put beside each other.
_ACCOUNTS = re.compile(
    r"\btheir (?:versions?|accounts?|stor(?:y|ies)|recollections?|memories) (?:agree|tally|match|differ|fit|diverge)"
)
# What goes on about the sentence before.
_SAME_MATTER = re.compile(
    r"\W*(?:It|They|He|She|This|That|Another|Others|The (?:blast|attack|explosion|strike|fire|crash|number|dead|victims))\b(?! also\b)"
)
# "The two nurses hurt there" are known already.
_KNOWN = re.compile(r"\b(?:the|these|those|all|both)\s$", re.IGNORECASE)
# "Proposed that nobody be locked up because a ship hit something": nothing has happened here.
_THOUGHT_OF = re.compile(r"\b(?:that|because|whether|not|never|I|we|our)\b|n[’']t\b", re.IGNORECASE)
_HEADS_AN_ENTRY = re.compile(r"\d\d?[.:h]\d\d\b.{0,80}[^.!?]", re.DOTALL)
FEWEST_CITED = 4
"""Words of a sentence that a citation may stand for."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The expressions of ``vouching.toml``, compiled."""

    explicit: re.Pattern[str]
    again: re.Pattern[str]
    meant: re.Pattern[str]
    verbs: re.Pattern[str]
    sources: re.Pattern[str]
    plain: re.Pattern[str]
    hearsay: Cued
    hearsay_of_anything: Cued
    casualties: Cued
    incidents: Cued
    looked_back: re.Pattern[str]
    authorities: re.Pattern[str]
    predicted: re.Pattern[str]
    settled: re.Pattern[str]
    joint: re.Pattern[str]
    occasion: re.Pattern[str]


@cache
def _words() -> _Words:
    data = vouching_lists()
    hearsay = data["hearsay"]
    number, words, before, lives, persons = (
        data["casualties"][name] for name in ("number", "words", "before", "lives", "persons")
    )
    gap = rf"(?:(?!{words})[\w’'-]+[ \u00a0])"
    counted = (
        rf"\b{number}\b(?:[ \u00a0-](?!{words})[\w’'-]+){{0,4}}[ \u00a0]{words}\b"
        rf"|\b{lives}\b"
        rf"|\ban?[ \u00a0]{gap}{{0,3}}?{persons}[ \u00a0]{gap}{{0,4}}?{words}\b"
        rf"|\b(?:killed|killing|wounded|wounding|injured|injuring|maimed|blinded)[ \u00a0](?:an?|the|his|her|their)[ \u00a0]"
        rf"{gap}{{0,3}}?{persons}\b"
        rf"|\b{before}\b(?:[ \u00a0](?:at least|more than|about|around|some|up to|nearly|over))?[ \u00a0]{number}\b"
    )
    return _Words(
        explicit=any_of(data["unnamed"]["explicit"]),
        again=compiled(data["unnamed"]["again"]),
        meant=compiled(data["unnamed"]["meant"]),
        verbs=re.compile(data["speech"]["verbs"]),  # lower case only: "the United States" says nothing
        sources=compiled(data["speech"]["sources"]),
        plain=re.compile(data["speech"]["plain"]),
        hearsay=cued(any_of([*hearsay["anywhere"], *hearsay["markers"]]), hearsay),
        hearsay_of_anything=cued(any_of(hearsay["anywhere"]), hearsay),
        casualties=cued(compiled(counted), data["casualties"]),
        incidents=cued(compiled(data["incidents"]["words"]), data["incidents"]),
        looked_back=compiled(data["incidents"]["looked_back"]),
        authorities=compiled(data["incidents"]["authorities"]),
        predicted=compiled(data["predicted"]["words"]),
        settled=compiled(data["settled"]["verbs"]),
        joint=compiled(data["settled"]["joint"]),
        occasion=compiled(data["settled"]["occasion"]),
    )


def unvouched_flags(report: Report, topic: Topic) -> Iterator[Flag]:
    """The flags of claims on an unnamed source's word and on nobody's, in the order of the text.

    1. A source that says it will not be named, or people described and not named who say something; with the sentences that go on
       about "the same people".
    2. Words that pass something on and let nobody vouch: "reportedly", "is said to", "so the story goes".
    3. Figures of dead and hurt, blows, seizures and accidents, with no source in the sentence or where it is told on; and what is
       to come told as a fact.
    4. A sentence whose citation points nowhere.
    5. A party is flatly said to have given way, or a thing to be done by several, and nobody is heard on it.
    """
    places = sentences_of(report)
    shown = [report.text[start:end] for start, end in places]
    text = Told(report, places, shown, told_outside_quotations(report.text, places), topic)
    number = 0
    while number < len(places):
        last = _unnamed_run(text, number)
        if last is not None:
            told = "This rests on the word of somebody whom the report does not name"
            yield flag_of(report, FlagKind.ANONYMOUS_ONLY, places[number][0], places[last][1], told)
            number = last + 1
            continue
        says, last = _nobody(text, number)
        if says:
            yield flag_of(report, FlagKind.NO_SOURCE, places[number][0], places[last][1], says)
        number = last + 1


def vouched_sentences(report: Report) -> list[bool]:
    """For each sentence of a report whether somebody vouches in it, or it is only what somebody is quoted with."""
    places = sentences_of(report)
    told = told_outside_quotations(report.text, places)
    labels = (_LABEL.match(report.text, start, end) for start, end in places)
    return [
        _has_source(words) or not words.strip(" .") or (label is not None and label["who"].isupper())
        for words, label in zip(told, labels, strict=True)
    ]


_SAME_VERB = 5
"""Letters by which two forms of a verb are one."""


def acts_of_speech(report: Report) -> list[tuple[frozenset[str], bool]]:
    """For each sentence the words of speech that are acts as well ("argued"), cut short, and whether only these vouch in it."""
    words = _words()

    def of(told: str) -> tuple[frozenset[str], bool]:
        verbs = [found.group() for found in words.verbs.finditer(told)]
        acts = frozenset(verb[:_SAME_VERB] for verb in verbs if not words.plain.fullmatch(verb))
        is_plain = words.sources.search(told) is not None or any(map(words.plain.fullmatch, verbs))
        return acts, bool(acts) and not is_plain

    return [of(told) for told in told_outside_quotations(report.text, sentences_of(report))]


# ------------------------------------------------------------------------------------------------- an unnamed source


def _unnamed_run(text: Told, number: int) -> int | None:
    """The last of the sentences from a given one on that rest on one unnamed source; None where the first does not."""
    if not _is_unnamed(text, number):
        return None
    last = number
    again, meant = _words().again, _words().meant
    while text.is_same_paragraph(last) and (again.search(text.shown[last + 1]) or meant.search(text.told[last + 1])):
        last += 1
    return last


def _is_unnamed(text: Told, number: int) -> bool:
    told = text.told[number]
    if _words().explicit.search(told):
        return True
    is_withheld = withholds_a_name(told)
    # Whoever keeps a name back over what is told hides, whether a party is named beside it or not.
    if is_withheld and rests_on_somebody(told):
        return True
    if is_withheld and (_TO_THE_PAPER.search(told) or _ACCOUNTS.search(told)):
        return True
    before = text.told[number - 1] if number and text.is_same_paragraph(number - 1) else ""
    # "A person close to the board was blunter. The port would be sold, the person said."
    if before and _words().meant.search(told) and opens_with_somebody(before) and text.is_of_paragraph_on_topic(number):
        return True
    if not text.is_on_topic(number):
        return False
    if describes_a_source(told) and _has_source(told):
        return True
    if is_withheld and (_has_source(_NO_CLAIM.sub(" ", told)) or ":" in told):
        return True
    return rests_on_somebody(told) and not seconds_somebody(before, told)


# ------------------------------------------------------------------------------------------------------ no source


def _nobody(text: Told, number: int) -> tuple[str, int]:
    """Why a sentence has nobody vouching for it, and the last sentence that goes with it; empty where that is not so."""
    sentence = text.told[number]
    words = _words()
    happened = _unseen(text, number)
    if happened:
        return happened, number
    predicted = words.predicted.search(sentence)
    if predicted is not None and _is_in_main_clause(text, number, predicted) and not text.is_asked(number):
        return f"“{predicted.group()}” tells what is to come as a fact, and nobody says so", number
    is_on_topic = text.is_of_paragraph_on_topic(number) or GOES_ON.match(sentence) is not None
    if text.is_on_topic(number) and _cites_nothing(text, number):
        return "The citation behind this points to no source", number
    for marker in (words.hearsay if is_on_topic else words.hearsay_of_anything).finditer(sentence):
        if not _is_hearsay(text, number, marker):
            continue
        return f"“{_bare(marker.group())}” passes on what nobody is named for", number
    if not is_on_topic:
        return "", number
    joint = words.joint.search(sentence)
    if joint is not None and _is_claimed(text, number, joint):
        return f"“{joint.group()}” is told flatly: nobody says so, and no occasion is given", number
    settled = words.settled.search(sentence)
    if settled is None or not _is_flat(text, number, settled):
        return "", number
    last = number
    while (
        last + 1 < len(text.shown)
        and (more := words.settled.search(text.told[last + 1]))
        and _is_flat(text, last + 1, more)
    ):
        last += 1
    return f"“{settled.group()}” is told flatly: nobody says so, and no occasion is given", last


def _unseen(text: Told, number: int) -> str:
    """Why nobody vouches for what a sentence says has happened: dead and hurt, blows, accidents; empty where that is not so."""
    told, words = text.told[number], _words()
    if _HEADS_AN_ENTRY.fullmatch(told.strip()):
        return ""  # what stands under it tells who saw it
    counted = words.casualties.search(told)
    if counted is not None and _KNOWN.search(told[: counted.start()]):
        counted = None
    happened = counted or words.incidents.search(told)
    if happened is None or (counted is None and _THOUGHT_OF.search(told[: happened.start()])):
        return ""
    if _is_background(told) or _is_told_of(text, number):
        return ""
    return f"Nobody is named who {'saw' if counted is None else 'counted'} “{happened.group()}”"


def _has_source(told: str) -> bool:
    """Whether somebody vouches in a sentence without its quotations."""
    return _words().sources.search(told) is not None or _words().verbs.search(told) is not None


def _bare(words: str) -> str:
    return words.strip(" ,;:—–(\n")


def _cites_nothing(text: Told, number: int) -> bool:
    """Whether a citation that points nowhere stands in or right behind a sentence that says something in nobody's name."""
    said = INLINE_CITATION.sub("", text.shown[number])
    if not text.topic.is_named_in(said):
        return False
    if len(re.findall(r"[^\W\d_]{2,}", said)) < FEWEST_CITED or _has_source(text.told[number]):
        return False
    return (
        INLINE_CITATION.search(text.shown[number]) is not None
        or INLINE_CITATION.match(text.following(number)) is not None
    )


def _is_hearsay(text: Told, number: int, marker: re.Match[str]) -> bool:
    """Whether words that let nobody vouch stand alone: no source beside them, nobody asked about it, nobody answering."""
    told, marker = _clause_of(text.told[number], marker)
    # "Nobody doubts that it is said to": other words that pass on vouch for nothing either.
    before, behind = told[: marker.start()], _words().hearsay.sub(" ", told[marker.end() :])
    # "Is supposed to have said": what is said to have been said is part of what is passed on.
    if " by " in marker.group() and text.topic.is_named_in(marker.group()):
        return False  # "it is said by Chile that"
    if marker.group().endswith((" to", " have")):
        behind = _PASSED_ON.sub("", behind)
    if _has_source(f"{_words().hearsay.sub(' ', before)} {behind}") or _has_speaker_before(text, number):
        return False
    # "According to the report", where the text has told of one before.
    if (named := _ITS_PAPER.search(marker.group())) and any(
        re.search(rf"\b{named['paper']}", words, re.IGNORECASE) for words in text.shown[:number]
    ):
        return False
    if text.is_same_paragraph(number) and _ANSWERED.search(text.following(number)):
        return False
    return not text.is_asked(number)


def _clause_of(told: str, marker: re.Match[str]) -> tuple[str, re.Match[str]]:
    """What stands between semicolons around a marker, and the marker in it: who vouches for the rest does not for this."""
    first = told.rfind(";", 0, marker.start()) + 1
    last = told.find(";", marker.end())
    clause = told[first : last if last >= 0 else len(told)]
    found = marker.re.search(clause)
    return (clause, found) if found is not None and first else (told, marker)


def _has_speaker_before(text: Told, number: int) -> bool:
    """Whether a sentence opens with the name of who speaks and a colon, as minutes and live pages have it."""
    label = _LABEL.match(text.shown[number])
    return label is not None and (label["who"].isupper() or text.topic.is_named_in(label["who"]))


def _is_told_of(text: Told, number: int) -> bool:
    """Whether somebody vouches for what happened: in the sentence, right behind it, or before it where it goes on about that."""
    told = text.told[number]
    # "It put three nurses in hospital": nobody puts anything at some figure here.
    alone = _words().casualties.sub(" ", _words().incidents.sub(" ", told))
    if any(map(_has_source, (alone, *_beside(text, number)))):
        return True
    return text.is_asked(number) or _has_speaker_before(text, number) or _words().looked_back.search(told) is not None


def _beside(text: Told, number: int) -> Iterator[str]:
    """The sentences of the paragraph that may tell who vouches for a given one."""
    if text.is_same_paragraph(number) and _is_on(text.told[number], text.told[number + 1]):
        yield text.told[number + 1]
    if number and text.is_same_paragraph(number - 1) and _SAME_MATTER.match(text.told[number]):
        yield text.told[number - 1]


def _is_on(told: str, following: str) -> bool:
    """Whether a sentence goes on about what happened in the one before: by who has to do with such things, or in its words."""
    if _SAME_MATTER.match(following) or _words().authorities.search(following):
        return True
    own, others = (set(re.findall(r"[a-z]{5,}", words)) for words in (told, following))
    return bool(own & others)


def _is_background(sentence: str) -> bool:
    """Whether a sentence looks back on a past that needs no source."""
    return re.search(r"\b(?:19|20)\d\d\b|\b(?:since|ago|decades?|centur(?:y|ies))\b", sentence) is not None


def _is_claimed(text: Told, number: int, settled: re.Match[str]) -> bool:
    """Whether a thing is said to be done in a main clause, with no occasion and no source in the sentence or behind it."""
    return not _words().occasion.search(text.shown[number]) and _is_in_main_clause(text, number, settled)


def _is_in_main_clause(text: Told, number: int, settled: re.Match[str]) -> bool:
    """Whether words stand in a main clause, with no source in the sentence or behind it."""
    if _has_source(text.told[number]) or _has_speaker_before(text, number):
        return False
    return not _SUBORDINATE.search(text.told[number][: settled.start()]) and not _words().sources.search(
        text.following(number)
    )


def _is_flat(text: Told, number: int, settled: re.Match[str]) -> bool:
    """Whether a party is said to have given way with nobody to vouch for it, and is not heard itself in the whole report."""
    if not _is_claimed(text, number, settled):
        return False
    parties = text.topic.parties_in(text.told[number][: settled.start()])
    return bool(parties) and not any(_speaks(told, parties[-1], text.topic) for told in text.told)


def _speaks(told: str, party: str, topic: Topic) -> bool:
    """Whether a party is heard in a sentence: it is the last one named before a word of speech, or named right behind a source."""
    for verb in _words().verbs.finditer(told):
        if topic.parties_in(told[: verb.start()])[-1:] == [party]:
            return True
    return any(
        party in topic.parties_in(told[found.start() : found.end() + 60]) for found in _words().sources.finditer(told)
    )
