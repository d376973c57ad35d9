"""What independent reports turn round of one fact: called off and held, denied and told, still to be decided and decided.

Denials are found by their words ("never", "at no time", "not by letter"); consent is found in whatever words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from travaux.analysis.alignment import Beside, Facing
from travaux.analysis.conflict import ConflictKind, opening
from travaux.analysis.decisions_told import DECIDED, decisions_in
from travaux.analysis.one_fact import COMMON, SAME_TIME, SHARED, Differs, OneFact, Told, mostly, named_days, of_one_time
from travaux.analysis.timing import Dates, days_apart, days_meet, span_of, surely_before
from travaux.analysis.turned_claims import claims_otherwise
from travaux.provenance.telling import stem_of
from travaux.reading.happenings.days import base_day, day_meant, time_words

FRAGMENT = 5
"""Words up to which a sentence is no more than the beginning of an answer."""
FEW = 2
"""Telling words and names that a denial and what it denies share at least."""
MUCH_ELSE = 6.0
"""Weight, in nats, of what two sentences share beside names where their names may be those of different speakers."""
SAME_NEWS = 3
"""Days after which somebody may well have thought better of it."""
TURNED = 12.0
"""The same where one claim is turned round, which is shown by its words as well."""
HALF_OF_MUCH = 8.0
"""Weight, in nats, that a denial and what it denies share."""


# -------------------------------------------------------------------------------------- called off and held

OFF = re.compile(
    r"\b(?:cancel\w*|called off|call off|withdrawn|put off|postponed|fell through|never took place|did not take place|never came about"
    r"|did not come about|scrapped|refused to (?:see|receive|meet)|was refused|were refused|turned away|never (?:met|saw|received)"
    r"|did not (?:meet|see|receive)|came to nothing|revoked)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:appointments?|meetings?|audiences?|talks?|tête-à-têtes?|visits?|dinners?|lunch|breakfast|hearings?|calls?|conversations?|summits?|sessions?|receptions?"
    r"|interviews?|trips?|ceremon\w+|concerts?|match|matches|rall(?:y|ies)|to see|to meet|to receive|received|meet|met|see|saw)\b",
    re.IGNORECASE,
)
HELD = re.compile(
    r"\b(?:met|saw|seen|received|got|sat|spent|spoken|c[ao]me (?:away|out|back)|took place|was held|were held|shook|dined|talked|spoke"
    r"|had (?:lunch|dinner|breakfast|tea|an? )|attended|hosted|welcomed|gave (?:them|him|her)|did (?:get|meet|see))\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|without|if|unless|would|might|could)\b|n['’]t\b", re.IGNORECASE
)


def called_off(fact: OneFact, dates: Dates) -> Iterator[Differs]:
    for off, held in ((fact.first, fact.second), (fact.second, fact.first)):
        if not (OFF.search(off.text) and _MEETING.search(off.text)) or OFF.search(held.text) or not _held(held.text):
            continue
        if not (_same_day(off, held) or _two_who_met(fact, off, held)) or fact.weight < HALF_OF_MUCH:
            continue
        if len({stem for stem in off.around.keys() & held.around.keys() if not stem[-1].isdigit()} - _OFFICES) < 2:
            continue  # the day alone, or the host
        values = opening(fact.first.text), opening(fact.second.text)
        why = "what one has called off the other tells as held"
        yield Differs(ConflictKind.STATUS, "whether it took place", values, why, fact.weight)


_OFFICES = frozenset(
    map(stem_of, "prime minister president chancellor premier secretary king office mayor governor mr ms day".split())
)


def _held(text: str) -> bool:
    """Whether a sentence tells of something as held, in a clause that denies nothing."""
    return any(
        not _DENIES.search(_clause_before(text, found.start()) + re.split(r"[,.;:—–]", text[found.start() :])[0])
        for found in HELD.finditer(text)
    )


def _two_who_met(fact: OneFact, off: Told, held: Told) -> bool:
    """Whether both sentences name the same two or more, and a stretch of time of one has the day of the other's report or sentence."""
    base = base_day(off.report)
    days = off.days or ({base.isoformat()} if base is not None else set())
    return len(fact.names) > 1 and any(days_meet(one, two) for one in days for two in held.days_at(held.place))


def _same_day(one: Told, two: Told) -> bool:
    days = [named_days(told.report.text, told.sentence) for told in (one, two)]
    return bool(days[0] & days[1])


# -------------------------------------------------------------------------------------- denied and told

_CONSENT = (
    r"(?:agreed|accepted|consented|assented|signed up|said yes|say yes|approved|subscribed|nodded|gone along|went along|come round"
    r"|came round|swallowed|undertaken|undertook|promised|pledged|guaranteed|conceded|waived"
    r"|(?:has|have|had|was|were|been) (?:\w+ )?granted|committed (?:itself|himself|herself|themselves)"
    r"|(?:given|gave|give|had|has|got|made|make) (?:\w+ ){0,5}?(?:consent|assent|agreement|approval|blessing|nod|word|green light"
    r"|go-ahead|undertaking|promise|pledge|commitment|concession|assurance))"
)
_CONSENTS = frozenset(
    map(
        stem_of,
        "pledge guarantee concede grant waive commitment concession undertaking assurance "
        "agree accept consent assent yes approve nod give say word promise undertake sign blessing never against oppose object reject "
        "refuse ask demand want request insist propose suggest offer threaten vow warn".split(),
    )
)
_NO = r"\b(?:never|at no (?:time|point|stage|moment)|not once|nobody|no one|neither|nor|not)\b"
# Consent to nothing: "promised nothing", "no waiver has been granted", "there was no truce".
_TO_NOTHING = (
    r"(?:\b(?:promised|pledged|conceded|granted|undertaken|accepted|agreed(?: to)?|signed|waived|committed \w+sel(?:f|ves) to)"
    r" (?:nothing|no\b)"
    r"|\bno (?:\w+ ){0,7}?(?:was|were|has been|have been|had been) (?:ever )?(?:promised|pledged|conceded|granted|given|made|agreed"
    r"|accepted|signed|undertaken)\b"
    r"|\b(?:has|have|had|gave|given|made|there (?:was|is)|there has been) no (?:such )?"
    r"(?:promise|pledge|undertaking|commitment|concession|truce|agreement|deal|assurance)\b)"
)
_DENYING = r"\bden(?:y|ies|ied|ying)\b"
_AGAINST = r"(?:against|oppos\w+|object\w*|reject\w*|refus\w+|ruled out|turned down)"
_NONE_OF_IT = r"(?:wants?|wanted|will have|would have|accepts?|accepted|tolerates?|says?|said) no\b"
_DEMANDED = r"(?:asked|demanded|wanted|called for|requested|insisted|proposed|suggested|offered)"
_THREATENED = r"(?:threatened|threatening|vowed|warned)"
_CONTACT = (
    r"(?:talked|spoken|spoke|met|seen|saw|conferred|telephoned|phoned|rung|rang|called|sat down|exchanged (?:a )?words?"
    r"|been in (?:touch|contact)"
    r"|(?:talks|talk|meeting|encounter|contact|conversation|(?:telephone |phone )?call) (?:with|between|of|took place))"
)
_DID_NOT = r"\b(?:did not|didn['’]t|does not|doesn['’]t)(?: ever| even)? "
_NEVER = r"\b(?:never|at no (?:time|point|stage|moment)|not once)\b"


def _denial(never: str, will: str, *others: str) -> str:
    """Words that deny what somebody's will is told to be, or that there was contact, by a negator or by "denies"."""
    return "|".join(
        (rf"{never}(?: (?!what|which|whom|who)\w+){{0,4}}? {will}\b", rf"{_DENYING}.{{0,60}}\b{will}\b", *others)
    )


_MET = re.compile(rf"\b{_CONTACT}\b", re.IGNORECASE)
# How a denial is worded, and what it denies: consent and contact by any "not", the rest where there never was any.
DENIED_AND_TOLD = tuple(
    (re.compile(denial, re.IGNORECASE), told if isinstance(told, re.Pattern) else re.compile(told, re.IGNORECASE))
    for denial, told in (
        (
            _denial(
                _NO,
                _CONSENT,
                rf"{_DENYING}.{{0,60}}\b(?:agree|accept|consent)\w*\b",
                _TO_NOTHING,
                rf"{_DID_NOT}(?:agree|accept|consent|promise|pledge|concede|grant|waive|approve)\b",
            ),
            rf"\b{_CONSENT}\b",
        ),
        (_denial(_NEVER, _AGAINST), rf"\b(?:{_AGAINST}\b|{_NONE_OF_IT})"),
        (_denial(_NEVER, _DEMANDED), rf"\b{_DEMANDED}\b"),
        (_denial(_NEVER, _THREATENED), rf"\b{_THREATENED}\b"),
        (
            _denial(
                rf"(?:{_NO}|\bno\b|n['’]t\b)",
                _CONTACT,
                rf"{_DENYING}.{{0,60}}\b(?:meeting|talking|speaking|seeing|calling)\b",
                rf"{_DID_NOT}(?:speak|talk|meet|see|confer|call)\b",
            ),
            _MET,
        ),
    )
)
_ASKED = DENIED_AND_TOLD[2][1]
_UNSURE = re.compile(
    r"\b(?:whatever|anything|everything|what|insist\w*|demand\w*|ask\w*|not|never|nobody|nor|neither|no|if|unless|until|would|could|(?-i:may)|might|whether|once|should|will)\b|n['’]t\b",
    re.IGNORECASE,
)
NOT_BY = re.compile(
    r"^\W*(?:No, )?(?:and )?not (?:by|in|with|through|from|on|over|at) (?:an? |the |any )?([\w -]{3,40}?)[.,;!]",
    re.IGNORECASE,
)


def denied(fact: OneFact, dates: Dates) -> Iterator[Differs]:
    """Consent told and denied, in whatever words; and what an answer denies in so many words ("Not by letter.")."""
    for denier, teller in ((fact.first, fact.second), (fact.second, fact.first)):
        if came_later(denier, teller, dates) or any(one.text.rstrip().endswith("?") for one in (denier, teller)):
            continue
        short = NOT_BY.match(denier.text)
        if short is not None:
            words = {stem_of(word) for word in re.findall(r"[a-z]+", short.group(1).lower())}
            told = {token.stem for token in teller.sentence.tokens}
            if (
                words
                and words <= told
                and words & fact.own
                and not _UNSURE.search(teller.text)
                and fact.weight >= HALF_OF_MUCH
            ):
                yield _differs(fact, "what one tells the other denies", "how it came about")
            continue
        common = frozenset(stem for stem in fact.own - fact.names - fact.names_near - _CONSENTS if stem[0] != "~")
        if len(teller.sentence.tokens) <= FRAGMENT:
            continue
        if fact.weight < HALF_OF_MUCH or fact.weighs(common) < COMMON:
            continue
        much = fact.weighs(common)
        if not mostly(fact) and (len(common | fact.names) < FEW or fact.weighs(common | fact.names) < MUCH_ELSE):
            continue
        if _names_apart(fact) and not (mostly(fact) and much >= TURNED) and (_strangers(fact) or much < MUCH_ELSE):
            continue  # one thing may be told on one's word and denied on another's
        for denied, willed in DENIED_AND_TOLD:
            found = willed.search(teller.text)
            denial = denied.search(denier.text)
            if found is None or denial is None or _is_unsure(teller.text, found.start()):
                continue
            if _HANGS.search(_clause_before(denier.text, denial.end())):
                continue
            if willed is _MET:
                if _may_have_met(fact, denier, teller):
                    yield _differs(fact, "the contact that one tells of never was, by the other", "whether they talked")
                    break
                continue
            if willed is _ASKED and _of_another_thing(fact, denier, denial.end()):
                continue
            if denied.search(teller.text) or _of_two_doers(denier, denial.start(), teller, found.start()):
                continue
            yield replace(
                _differs(fact, "what one tells of somebody's will never was, by the other", "whether it was agreed"),
                kind=ConflictKind.POSITION,
            )
            break


def came_later(denier: Told, teller: Told, dates: Dates) -> bool:
    """Whether what is told may have happened after it was denied."""
    if not surely_before(dates.get(denier.report.id), dates.get(teller.report.id)):
        return False
    base = base_day(denier.report)
    return base is None or not teller.days or any(span_of(day)[0] > base for day in teller.days)


def _of_two_doers(one: Told, at: int, two: Told, there: int) -> bool:
    """Whether what is denied and what is told each have a name before them of which the other report has never heard."""
    before = [
        {
            token.stem
            for token in told.sentence.tokens
            if token.end <= told.sentence.start + place and told.text[token.start - told.sentence.start].isupper()
        }
        & told.names
        for told, place in ((one, at), (two, there))
    ]
    return bool(before[0] - two.known_to_report and before[1] - one.known_to_report)


def _of_another_thing(fact: OneFact, denier: Told, end: int) -> bool:
    """Whether what was never asked for, which stands behind the words of asking, is in no word of the telling."""
    start = denier.sentence.start + end
    behind = re.split(r"[.,;:—–]", denier.text[end:])[0]
    words = {token.stem for token in denier.sentence.tokens if start <= token.start < start + len(behind)} & denier.own
    return bool(words) and not words & fact.own


_ANY_TIME = re.compile(r"\b(?:never|ever|at no|not once|any other|at all|any day|since)\b", re.IGNORECASE)


def _may_have_met(fact: OneFact, denier: Told, teller: Told) -> bool:
    """Whether contact that one denies is the one that the other tells of: of somebody both name, or on a day that both name."""
    named = any(fact.first.weights[name] >= COMMON for name in fact.names | (fact.names_near & fact.own))
    dated = any(mark[-1].isdigit() for mark in fact.own)
    if denier.days and teller.days and not dated and not _ANY_TIME.search(denier.text):
        return any(days_meet(one, two) for one in denier.days for two in teller.days)
    return named or dated


_HANGS = re.compile(r"\b(?:if|unless|when|until|once)\b", re.IGNORECASE)


def _is_unsure(text: str, place: int) -> bool:
    return _UNSURE.search(_clause_before(text, place)) is not None


def _clause_before(text: str, place: int) -> str:
    return re.split(r"[.;:—–]|, (?:and|but|while) ", text[:place])[-1]


def _strangers(fact: OneFact) -> bool:
    """Whether both sentences have names of which the other's report knows none."""
    return _share_no_name(fact, lambda told: told.known_to_report)


def _names_apart(fact: OneFact) -> bool:
    """Whether both sentences have names of which the other's report has none near."""
    return _share_no_name(fact, lambda told: told.names_around)


def _share_no_name(fact: OneFact, within: Callable[[Told], frozenset[str]]) -> bool:
    return all(one.names and not one.names & within(other) for one, other in _both_ways(fact))


def _differs(fact: OneFact, why: str, about: str) -> Differs:
    values = opening(fact.first.text), opening(fact.second.text)
    return Differs(ConflictKind.STATUS, about, values, why, fact.weight)


# ----------------------------------------------------------------------------------- claims turned, as in copies


def turned(fact: OneFact, dates: Dates) -> Iterator[Differs]:
    """What two sentences turn round that share nearly all, at one time: as between a report and its rewording."""
    apart = days_apart(dates.get(fact.first.report.id), dates.get(fact.second.report.id))
    if not mostly(fact) or fact.weight < SHARED or _names_apart(fact):
        return
    if any(OFF.search(one.text) and _PLANNED.search(two.text) for one, two in _both_ways(fact)):
        return  # what was planned has been called off since
    if apart and any(_SINCE_CHANGED.search(told.text) for told in (fact.first, fact.second)):
        return  # what is said to be so now was otherwise before
    if any(_WOULD_CONSENT.search(one.text) and _NEVER_DID.search(two.text) for one, two in _both_ways(fact)):
        return  # what somebody would accept is no word on what was accepted before
    published_near = apart is None or apart <= SAME_TIME
    for one in claims_otherwise(_beside(fact)):
        if one.kind is ConflictKind.POSITION and apart is not None and apart > SAME_NEWS:
            continue  # consent after refusal, or the other way round, is a shift
        if (
            apart
            and any(_CONSENTED.search(told.text) for told in (fact.first, fact.second))
            and _since_agreed(fact, dates)
        ):
            continue
        decided = one.about.startswith(DECIDED)
        if not (published_near if decided else of_one_time(fact, dates)):
            continue  # the day of what is still ahead is another than that of what is done
        if decided and (fact.weighs(fact.own) < TURNED / 2 or _decided_since(fact, dates)):
            continue
        least = SHARED if one.opposed else TURNED
        if not decided and (fact.weight < least or fact.weighs(fact.own) < least - one.opposed * COMMON):
            continue
        if one.kind in {ConflictKind.STATUS, ConflictKind.POSITION} and one.certain > 0.5:
            yield Differs(ConflictKind.STATUS, one.about, one.values, "it cannot be both at one time", fact.weight)


_PLANNED = re.compile(r"\b(?:will|is to|are to|is due|due to|scheduled|planned|set to)\b", re.IGNORECASE)
_WOULD_CONSENT = re.compile(r"\b(?:would|could|might) (?:accept|agree|consent|concede|approve|sign)\b", re.IGNORECASE)
_NEVER_DID = re.compile(rf"{_NEVER} \w+ed\b", re.IGNORECASE)


def _both_ways(fact: OneFact) -> tuple[tuple[Told, Told], ...]:
    return (fact.first, fact.second), (fact.second, fact.first)


_CONSENTED = re.compile(rf"\b{_CONSENT}\b", re.IGNORECASE)
_NOT_SO = re.compile(r"\b(?:not|yet|nor|neither)\b|n['’]t\b", re.IGNORECASE)


def _since_agreed(fact: OneFact, dates: Dates) -> bool:
    """Whether what was not agreed to by the earlier report is told as agreed by the later one: that is news."""
    first, second = fact.first, fact.second
    if surely_before(dates.get(second.report.id), dates.get(first.report.id)):
        first, second = second, first
    return _NOT_SO.search(first.text) is not None and _NOT_SO.search(second.text) is None


_SINCE_CHANGED = re.compile(
    r"\bnow (?:says?|accepts?|agrees?|backs?|supports?|opposes?|wants?|rejects?)\b|\bno longer\b", re.IGNORECASE
)


def _decided_since(fact: OneFact, dates: Dates) -> bool:
    """Whether what is ahead in one report may have been done by the time of the other."""
    for ahead, done in ((fact.first, fact.second), (fact.second, fact.first)):
        if not any(not one.done for one in decisions_in(ahead.report.text, ahead.sentence)):
            continue
        if not surely_before(dates.get(ahead.report.id), dates.get(done.report.id)):
            return False
        published = base_day(done.report)
        words = time_words(ahead.report.text, ahead.sentence.start, ahead.sentence.end)
        days = [day_meant(one, base_day(ahead.report), ahead=True) for one in words]
        return published is None or not any(day is not None and span_of(day)[0] > published for day in days)
    return False


def _beside(fact: OneFact) -> Beside:
    sentences = (fact.first.sentence,), (fact.second.sentence,)
    likeness = min(
        1.0, fact.weighs(fact.own) / max(1.0, min(fact.weighs(fact.first.own), fact.weighs(fact.second.own)))
    )
    return Beside(fact.first.report, fact.second.report, sentences, (Facing(0, 0, likeness),), fact.first.weights)
