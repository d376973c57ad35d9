"""Consent that a report tells of, and denials that there ever was any, by the party and the option that they are about.

A denial is no position: "Reports that the President consented to X are inaccurate" says what did not happen. It is read whatever its
words: consent that is negated ("never agreed", "promised nothing", "there was no deal"), a tale of consent that is called untrue
("whoever says that we signed up has dreamt it", "not a word of it is true"), consent that somebody denies.

Whose consent it is, is told by the subject of the words of consent; else by whoever speaks or is named. An office may be that of a
person of several parties: all of them are meant. On which option, by the words that name one, or, where these are none or no more
than "it", by what the sentences before speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from travaux.happening import Fact, FactKind
from travaux.model import Report
from travaux.reading.happenings.days import base_day, day_meant, time_words
from travaux.reading.happenings.figures import number_value
from travaux.reading.happenings.grammar import auxiliaries, is_future, negated, subjects, token_at
from travaux.reading.happenings.told_facts import told_fact
from travaux.reading.line import Line
from travaux.reading.names import Names
from travaux.reading.offices import offices_in

if TYPE_CHECKING:
    from spacy.tokens import Token

GIVEN, OFFERED, DENIED = "consented", "would consent", "denied"
"""The values of these facts: consent was given, would be given, was never given."""

ANY = "?"
"""Stands for the option where none can be told."""

BACK = 4
"""Sentences before one in which what it speaks of may be named."""
PLAINLY = 0.8
"""Score of a link from which a denial names its option itself, whatever else it points back to."""
MOST = 3
"""Options that one sentence may be about."""

_VERBS = frozenset(
    "accept agree consent assent approve concede promise pledge undertake grant waive commit swallow subscribe nod acquiesce endorse "
    "accede yield relent guarantee".split()
)
_WITH = {
    "sign": r"\bsign\w*\s+(?:up|off|on)\b",
    "say": r"\b(?:said|say|saying)\s+yes\b",
    "go": r"\b(?:went|gone|go|going)\s+along\b",
    "come": r"\bc[ao]me\s+round\b",
    "shake": r"\b(?:shook|shaken|shake)\s+(?:\w+\s+){0,2}hands?\s+(?:up)?on\b",
    "give": r"\b(?:gave|given|give|giving)\s+(?:\w+\s+){0,3}?(?:up|way|consent|assent|agreement|approval|blessing|nod|word"
    r"|green\s+light|go-ahead|promise|pledge|undertaking|commitment|assurances?)\b",
    "let": r"\b(?:let|letting)\s+(?:\w+\s+){1,4}go\b",
    "drop": r"\bdrop(?:ped)?\b",
    "abandon": r"\babandon(?:ed)?\b",
    "put": r"\bput\s+(?:\w+\s+){0,3}?(?:name|signature)\b",
    "make": r"\b(?:made|make|making)\s+(?:\w+\s+){0,4}?(?:promises?|pledges?|commitments?|concessions?|undertakings?|deals?)\b",
    "strike": r"\b(?:struck|strike)\s+(?:\w+\s+){0,3}?(?:deal|bargain|agreement)\b",
    "have": r"\b(?:had|has|have)\s+(?:\w+\s+){0,2}?(?:deal|word|consent|agreement|understanding|undertaking|promise)\b",
    "keep": r"\bkept\s+(?:\w+\s+){0,2}?(?:truce|ceasefire)\b",
}
_BEHIND = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _WITH.items()}
_BARGAIN = (
    r"(?:deals?|agreements?|truces?|cease-?fires?|bargains?|pacts?|understandings?|promises?|pledges?|undertakings?|commitments?"
    r"|concessions?|consent|assurances?|accords?)"
)
_NEVER_WAS = re.compile(
    rf"\bthere\s+(?:never\s+(?:was|had\s+been)|(?:was|were|is|has\s+been|had\s+been)\s+(?:never|not))\s+"
    rf"(?:an?y?\s+)?(?:[\w-]+\s+)?{_BARGAIN}\b"
    rf"|\bthere\s+(?:was|were|is|has\s+been|had\s+been)\s+no\s+(?:such\s+)?(?:[\w-]+\s+)?{_BARGAIN}\b"
    rf"|\bno\s+(?:such\s+)?(?:[\w-]+\s+)?{_BARGAIN}\s+(?:\w+\s+){{0,4}}?(?:exists?|existed|(?:was|were|has\s+been|had\s+been)\s+(?:ever\s+)?"
    r"(?:made|struck|reached|given|done|agreed))\b"
    rf"|\b(?:know|knows|knew)\s+(?:nothing\s+of|of\s+no)\s+(?:an?y?\s+)?(?:such\s+)?(?:[\w-]+\s+)?{_BARGAIN}\b",
    re.IGNORECASE,
)
_WAS = re.compile(
    rf"\bthere\s+(?:was|had\s+been|has\s+been)\s+an?\s+(?:[\w-]+\s+)?{_BARGAIN}\b",
    re.IGNORECASE,
)
_TO_NOTHING = re.compile(
    r"\b(?:promised|pledged|conceded|granted|undertaken|undertook|accepted|agreed\s+to|signed|waived|given\s+away|given\s+up|gave\s+up"
    r"|gave\s+away|committed\s+\w+\s+to|approved)\s+(?:nothing|no\s+such|none|neither)\b",
    re.IGNORECASE,
)
_TALE = re.compile(
    r"\b(?:reports?|reporting|claims?|stor(?:y|ies)|rumou?rs?|accounts?|tales?|allegations?|suggestions?|assertions?|versions?|talk|news"
    r"|notion|idea|impression|headlines?|(?:who|what)ever|anyone|anybody|those\s+who|it|that|this|what|word|first\s+half|half)\b",
    re.IGNORECASE,
)
_UNTRUE = re.compile(
    r"\b(?:inaccurate|untrue|false|incorrect|unfounded|baseless|groundless|without\s+(?:any\s+)?foundation|invented|inventions?"
    r"|fabricat\w+|fictions?|fantas(?:y|ies)|fair(?:y|ies)\s*-?\s*tales?|made\s+up|nonsense|rubbish|dream\w*|dreamt|imagin(?:ed|ation|ing)"
    r"|imaginary|fanciful|mistaken|misinformed|misled|misheard|misunderst\w+|(?:is|are|was|were)\s+(?:simply\s+|quite\s+|plainly\s+)?wrong"
    r"|(?:is|was|are)\s+(?:not|n[o']t)\s+(?:true|so|correct|accurate|the\s+case)|isn['’]t\s+(?:true|so)|a\s+lie|lies|lying|a\s+myth|legend"
    r"|not\s+a\s+word(?:\s+of\s+\w+)?\s+(?:is|was)\s+true|not\s+a\s+single\s+word|no\s+truth\s+in|news\s+to\s+(?:me|us|him|her|them)|hoax"
    r"|does\s+not\s+correspond|do\s+not\s+correspond|bears?\s+no\s+relation|did\s+not\s+happen|never\s+happened|from\s+the\s+realm)\b",
    re.IGNORECASE,
)
_NOT_UNTRUE = re.compile(
    r"\b(?:not|never|nor|n['’]t)\s+(?:been\s+)?(?:invented|made\s+up|false|untrue|dream\w*)", re.IGNORECASE
)
_ANY_TALE = re.compile(r"\bnot\s+a\s+(?:single\s+)?word\b|\bno\s+truth\s+in\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:e|es|ed|ing)|repudiat\w+|contradict(?:s|ed))\b", re.IGNORECASE
)
_NOT_DENIED = re.compile(r"\b(?:not|never|nobody|n['’]t)\s+(?:\w+\s+)?(?:den|disput)", re.IGNORECASE)
_NEVER = re.compile(r"\b(?:never|at\s+no\s+(?:time|point|stage|moment|hour)|not\s+once|in\s+no\s+way)\b", re.IGNORECASE)
_MODAL = {"would", "could", "can", "may", "might", "should", "must", "ca", "wo", "will", "shall", "to", "'ll", "’ll"}
_NOT = re.compile(r"\b(?:not|never|no|nobody)\b", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:yet|so\s+far|until|till|by\s+(?:then|now|the\s+end|\w+day)|unless|before|if|without)\b", re.IGNORECASE
)
_WOULD = re.compile(
    r"\b(?:could|would|might)\s+(?:\w+\s+)?(?:live\s+with|do\s+without|accept|swallow|agree|see|go\s+along|consent|give\s+up|part\s+with"
    r"|drop|forgo|waive|tolerate|put\s+up\s+with|settle\s+for|sign|renounce|relinquish|stomach|concede)\b"
    r"|\b(?:ready|willing|prepared)\s+to\s+(?:accept|live|do\s+without|agree|swallow|give\s+up|part|drop|forgo|concede|tolerate|sign)\b",
    re.IGNORECASE,
)
_WHO = r"(?:they|people|sources?|officials?|diplomats?|witnesses|delegates?|members?|insiders?|envoys?)"
_SAID_OF = re.compile(
    rf"\b(?:{_WHO}(?: \w+){{0,9}}? (?:say|says|said|tell|tells|told|recall\w*|insist\w*)|according to|reportedly|said to|is understood"
    r"|in private|privately|in confidence|behind closed doors|let it be known|signal\w*|not (?:want|wish|be) (?:to be )?"
    r"(?:named|quoted|identified)|on condition of anonymity|asked not to be|told (?:\w+ ){1,4}(?:that|he|she|they|it))\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:both|the two|all|the|two) (?:sides|parties|governments|camps|of them)\b|\beach side\b", re.IGNORECASE
)
_ON_A_CLAUSE = re.compile(r"\b(?:if|unless|whether|should|until)\b", re.IGNORECASE)
_AGO = re.compile(r"\b(?P<n>\d+|[a-z]+)\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier|before)\b", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_OF_TIME_ONLY = {"has", "have", "had", "did", "was", "were", "been", "having"}


def consents_told(
    lines: Sequence[Line], names: Names, report: Report, likely: Mapping[int, Sequence[str]] | None = None
) -> Iterator[Fact]:
    """Consent told and denied in a report, one fact for each party and option that a sentence may be about.

    Args:
        likely: the options that the encoder finds in each sentence, by its number; see `travaux.reading.weighing`.
    """
    for place, line in enumerate(lines):
        text = report.text[line.sentence.start : line.sentence.end]
        told = _told(line, text)
        if told is None:
            continue
        value, verb = told
        before = lines[place - 1].sentence if place and lines[place - 1].sentence.block == line.sentence.block else None
        around = text if before is None else report.text[before.start : line.sentence.end]
        if value == OFFERED and not _SAID_OF.search(around):
            continue  # what somebody would do by its own account is its position
        options = _options(lines, place, text, likely or {}, value)
        day = _day(text, line, report) if value != DENIED else None
        for party in _parties(lines, place, verb, names, text, value):
            for option in options or [ANY]:
                yield told_fact(line, report, FactKind.CONSENT, f"{party} {option}", (), value, None, day)


def _day(text: str, line: Line, report: Report) -> str | None:
    """When consent is told to have been given; None where the sentence does not say."""
    base = base_day(report)
    ago = _AGO.search(text)
    if ago is not None and base is not None:
        number = 1.0 if ago["n"].lower() in {"a", "an"} else number_value(ago["n"])
        if number is not None:
            return (base - timedelta(days=int(number) * _DAYS[ago["unit"].lower()])).isoformat()
    meant = (
        day_meant(words, base, ahead=False) for words in time_words(report.text, line.sentence.start, line.sentence.end)
    )
    return next((day for day in meant if day), None)


def _told(line: Line, text: str) -> tuple[str, Token | None] | None:
    """Whether a sentence tells of consent or denies it, and the word that does; None where it does neither."""
    if text.rstrip("\"”’' ").endswith("?"):
        return None
    verbs = [token for token in line.sentence.span if _consents(token, line)]
    untrue = _UNTRUE.search(text)
    if untrue is not None and _NOT_UNTRUE.search(text) is None:
        about = _TALE.search(text) if verbs else None
        bargain = re.search(rf"\b{_BARGAIN}\b", text, re.IGNORECASE)
        if (
            _ANY_TALE.search(text)
            or (about is not None and about.start() < untrue.end())
            or (bargain and _TALE.search(text))
        ):
            return DENIED, next(iter(verbs), None)
        if verbs:
            return DENIED, verbs[0]
    denies = _DENIES.search(text)
    if denies is not None and _NOT_DENIED.search(text) is None:
        behind = [verb for verb in verbs if line.sentence.place(verb)[0] > line.sentence.start + denies.start()]
        if behind or re.search(rf"\b{_BARGAIN}\b", text[denies.end() :], re.IGNORECASE):
            return DENIED, next(iter(behind), None)
    if _NEVER_WAS.search(text):
        return DENIED, None
    nothing = _TO_NOTHING.search(text)
    for verb in verbs:
        at = line.sentence.place(verb)[0] - line.sentence.start
        clause = re.split(r"[.;:—–]", text[:at])[-1]
        if nothing is not None:
            return DENIED, verb
        never = _NEVER.search(clause) is not None and not auxiliaries(verb) & _MODAL
        if (never or _denied(verb)) and not _NOT_YET.search(clause[-24:] + text[at:]):
            return DENIED, verb
    if nothing is not None:
        return DENIED, None
    for verb in verbs:
        clause = re.split(r"[.;:—–]", text[: line.sentence.place(verb)[0] - line.sentence.start])[-1]
        if _given(verb) and not _ON_A_CLAUSE.search(clause) and not _NEVER.search(clause):
            return GIVEN, verb
    would = _WOULD.search(text)
    if would is not None:
        clause = re.split(r"[.;:—–]", text[: would.start()])[-1]
        hangs = _ON_A_CLAUSE.search(clause) or _NOT.search(text[: would.end()])
        return None if hangs else (OFFERED, token_at(line, line.sentence.start + would.start()))
    return (GIVEN, None) if _WAS.search(text) else None


def _consents(token: Token, line: Line) -> bool:
    """Whether a word says that somebody consents: "agreed", "signed up", "gave its blessing"."""
    if token.pos_ not in {"VERB", "AUX"} and token.tag_ not in {"VBN", "VBD"}:
        return False
    lemma = token.lemma_.lower()
    if lemma in {"drop", "abandon", "let"} and any(child.dep_ in {"auxpass", "nsubjpass"} for child in token.children):
        return False  # "it has not been dropped": what is left as it is
    if lemma in _VERBS:
        return token.dep_ != "amod"
    pattern = _BEHIND.get(lemma)
    if pattern is None:
        return False
    start = token.idx
    behind = line.sentence.span.doc.text[start : start + 60]
    return pattern.match(behind) is not None


def _denied(verb: Token) -> bool:
    """Whether a word of consent tells that there was none: negated, and of what was, not of what is or shall be."""
    words = {child.lower_ for child in verb.children}
    never = bool(words & {"never", "nor", "neither"}) or (
        negated(verb) and any(child.lower_ == "once" for child in verb.subtree)
    )
    no_one = negated(verb) or never
    if not no_one and any(
        child.dep_ == "neg" or child.lower_ == "never" for at in _carried(verb) for child in at.children
    ):
        no_one = True
    if not no_one:
        return False
    aux = auxiliaries(verb)
    if is_future(verb) or aux & _MODAL:
        return False
    return bool(aux & _OF_TIME_ONLY) or verb.tag_ in {"VBD", "VBN", "VBG"}


def _carried(verb: Token) -> Iterator[Token]:
    """The verbs whose negation a verb shares: those it is joined to, or hangs on as what somebody did."""
    at = verb
    while at.dep_ in {"conj", "xcomp", "pcomp"} and at.head != at and at.head.pos_ in {"VERB", "AUX"}:
        at = at.head
        yield at


def _given(verb: Token) -> bool:
    """Whether a word of consent tells that it was given."""
    aux = auxiliaries(verb)
    if negated(verb) or is_future(verb) or aux & {"would", "could", "can", "may", "might", "should", "must"}:
        return False
    if any(child.lower_ in {"no", "nothing", "never", "neither"} for child in verb.children):
        return False
    if any(child.dep_ == "neg" for at in _carried(verb) for child in at.children):
        return False
    if aux & {"to"}:
        return False
    return bool(aux & _OF_TIME_ONLY) or verb.tag_ in {"VBD", "VBN"}


def _options(
    lines: Sequence[Line], place: int, text: str, likely: Mapping[int, Sequence[str]], value: str
) -> list[str]:
    """The options that a sentence is about, the likeliest first: its own, and those spoken of before where it says "it"."""
    links = sorted(lines[place].links, key=lambda link: -link.score)[:MOST]
    # Who denies names what is denied; what else is likely there is what it is set against.
    own = [link.option for link in links] if links and value == DENIED else _spoken_of(lines[place], likely)
    if own and (
        not _means_what_was_said(lines[place]) or (value == DENIED and links[:1] and links[0].score >= PLAINLY)
    ):
        return own
    for back in range(1, BACK + 1):
        if place < back:
            break
        before = _spoken_of(lines[place - back], likely)
        if before:
            return list(dict.fromkeys((*own, *before)))
    return own


def _means_what_was_said(line: Line) -> bool:
    """Whether a sentence points back: "it", "that", "such a thing", but not "it is worth noting that"."""
    return any(
        token.lower_ in {"it", "this", "that", "so", "them", "one", "such"}
        and token.dep_ not in {"expl", "mark", "nummod"}
        for token in line.sentence.span
    )


def _spoken_of(line: Line, likely: Mapping[int, Sequence[str]]) -> list[str]:
    by_words = [link.option for link in sorted(line.links, key=lambda link: -link.score)]
    return list(dict.fromkeys((*by_words[:MOST], *likely.get(line.sentence.number, ())[:1])))


def _parties(lines: Sequence[Line], place: int, verb: Token | None, names: Names, text: str, value: str) -> list[str]:
    """Whose consent it may be: that of the subject of its words; else of all whom the sentence, or the one before, names."""
    line = lines[place]
    if verb is not None and not (value == GIVEN and _ALL.search(text)):
        for one in subjects(verb):
            mention = line.mentions.get(one.i)
            if mention is not None and mention.parties:
                return _of_office(mention.how, mention.parties, names)
    if value == GIVEN and _ALL.search(text):
        return [party.id for party in names.agenda.parties]
    found = [party for mention in line.mentions.values() for party in _of_office(mention.how, mention.parties, names)]
    if not found and place:
        found = [party for mention in lines[place - 1].mentions.values() for party in mention.parties]
    return list(dict.fromkeys(found)) or _issuers(lines[0], names)


def _issuers(first: Line, names: Names) -> list[str]:
    """The parties whose names a report's first line has, in capitals too: whose paper it most likely is."""
    head = first.sentence.span.text.casefold()
    return [party.id for party in names.agenda.parties if party.name.casefold() in head]


def _of_office(how: str, parties: Sequence[str], names: Names) -> list[str]:
    """The parties that a mention may mean: by a bare office those of all who hold one of its name on the agenda."""
    if not how.startswith("office: "):
        return list(parties)
    words = re.sub(r"^the\s+", "", how.removeprefix("office: ").lower())
    if len(words.split()) > 2 or any(word[0].isupper() for word in how.removeprefix("office: ").split()[1:-1]):
        return list(parties)
    last = words.split()[-1] if words else ""
    held = [
        party.id
        for party in names.agenda.parties
        for person in party.people
        if person.role and last in {word.lower() for word in offices_in(person.role)}
    ]
    return list(dict.fromkeys((*parties, *held)))
