"""What is done by one report and not done by another: adopted and still in committee, signed by all and two signatures missing,
launched and not yet, at work and without a single meeting, a session held and called off; consent and no decision at one meeting.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from travaux.analysis.claims_apart import OFF
from travaux.analysis.conflict import ConflictKind, opening
from travaux.analysis.matters import Matter
from travaux.analysis.moments import moments_in
from travaux.analysis.one_fact import Differs
from travaux.analysis.timing import Dates, days_apart
from travaux.provenance.telling import stem_of

MUCH = 6.5
"""Score, in nats, of two sentences of which one tells what is done and the other what is not; chosen on eighteen records and the
exercises."""
RARE = 2.5
"""Weight from which a verb that both have is an act, whatever it tells."""
ITSELF, LITTLE = 3.5, 2.0
"""Weight that they share around the act; the lower one where the score is as high as `SURELY`."""
SURELY = 8.5
TIED = 4
"""Words that may lie between an act and the words by which it is still to be done."""
ONE_NEWS = 2
"""Days between two reports on one meeting."""

ACTS = frozenset("adopt sign open meet publish deliver pay appoint build release found sell finish".split())
"""What is done or not; a body that is at work has met."""
_NOT = r"(?:not|never|n['’]t|nobody|none|no|nor|neither|without)"
_PENDING = re.compile(
    r"\b(?:yet to|still to|still lack\w*|still missing|is missing|are missing|stuck|goes to (?:the )?\w*\s?committee"
    r"|in committee|pending"
    r"|still before|before the (?:\w+ )?(?:council|court|committee|parliament|assembly|board|house)|await\w*|held up|on hold|on ice"
    r"|unsigned|outstanding|still owed|unratified|undecided|unpublished|in limbo|bogged down|shelved|postponed"
    r"|still to come|has still|have still|remains? to be)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(rf"(?:\b{_NOT}|n['’]t)\b", re.IGNORECASE)
_HANGS = re.compile(
    r"\b(?:if|unless|until|before|would|could|might|should|may|whether|when|once|proviso|provided|condition|another"
    r"|next|further|again|date|place|want\w*|ask\w*|demand\w*|propos\w*)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:has|have|had|been|be|was|were|yet to|still to|not|never)(?: \w+ly| already| now"
    r"| since)? (?P<verb>[a-z]+(?:ed|en|aid|lt|nt|wn|old|uilt|ade|ept|id|ut|un))\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:will|shall|can|cannot|must|won['’]t|can['’]t|never going|willing|inclined|ready|prepared|intend\w*|not to"
    r"|does not|do not|doesn['’]t|don['’]t|intends?|going to)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|would|could|should|might|must|is to|are to|was to|were to|to be|if|unless|whether|until|before"
    r"|ready to|going to|due to"
    r"|want\w*|demand\w*|propos\w*|ask\w*|hope\w*|plan\w*|expect\w*|call\w* (?:for|on)|urg\w+)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:has|have|had|was|were|been|is|are)\b(?:\s+\w+){0,3}?\s+\w+(?:ed|en|nt|wn|id|ld|ing|ut|et|un|ne)\b|\b\w+ed\b"
    r"|\b(?:is|are|was|were) over\b|\b(?:met|sat|sold|built|paid|sent|began"
    r"|gave|put|took|held|left)\b|\bat work\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"[a-z]+(?:ed|aid|old|uilt|ade|ept)|sent|given|gave|taken|sold|paid|met|begun|began|gone|over|through|done|put|laid"
    r"|signed|running|operational|work",
)
_GIVEN = re.compile(
    r"\b(?:gave|given|put|granted|issued|received|got|held|took|taken|received|won|set)\b(?: [\w'’]+){0,4} $",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\bat work\b|\b(?:met|been meeting|sat|convened|gathered|held|took place|taken place|gone (?:over|into)|discussed"
    r"|debated|opened|closed|lasted|ended"
    r"|up and running|operational)\b",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset("that with mean means meant about of than only just alone because any".split())
_OF_A_THING = re.compile(r"\b(?:that|which|who) (?:is|are|was|were|has|have|had) $", re.IGNORECASE)
_TERMS = re.compile(r"\b(?:conditions?|demands?|requirements?|targets?|deadlines?|needs?|terms)\b", re.IGNORECASE)
_NOT_HELD = re.compile(
    rf"(?:\b{_NOT}|n['’]t)\b(?: \w+){{0,3}}? (?:met|meet|sat|convened|gathered|held|had|taken|single"
    rf"|one)\b(?: \w+){{0,3}}$|\bno (?:\w+ )?(?:meeting|session|sitting)$",
    re.IGNORECASE,
)
_CONSENTED = re.compile(
    r"(?<!an )(?<!the )\b(?:agreed|accepted|consented|assented|approved|endorsed|signed up|said yes|promised|pledged"
    r"|conceded|granted|gave (?:\w+ ){0,3}(?:consent|assent|approval|blessing|word|nod))\b",
    re.IGNORECASE,
)
_NOTHING_AGREED = re.compile(
    r"\b(?:no (?:\w+ )?(?:decision|agreement|consent|deal|accord) (?:was|has been|had been|were) (?:\w+ )?(?:taken"
    r"|reached|made|given|struck)"
    r"|no (?:\w+ ){1,4}?(?:was|were|has been|had been) (?:\w+ )?(?:agreed|accepted|approved|granted|promised|conceded|signed|given)"
    r"|(?:rose|ended|closed|parted|broke up|adjourned) without (?:an? )?(?:\w+ )?(?:decision|agreement|result|deal|accord)"
    r"|nothing (?:was|has been|had been) (?:\w+ )?(?:decided|agreed|settled|signed|accepted|conceded)"
    r"|declared (?:\w+ ){0,8}?there would be no|did not (?:agree|accept|consent|approve))\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:refused|rejected|turned (?:\w+ ){0,3}?down|ruled (?:\w+ ){0,3}?out|said no)\b", re.IGNORECASE
)


def done_and_not(one: Matter, two: Matter, shared: dict[str, float], score: float, dates: Dates) -> Iterator[Differs]:
    """An act that one of two sentences tells as done and the other as not done, at one time."""
    kinds = one.notions.keys() & two.notions.keys() & ACTS
    kinds |= {stem for stem, weight in shared.items() if weight >= RARE and stem in acting(one) and stem in acting(two)}
    if not kinds:
        return
    for pending, done in ((one, two), (two, one)):
        for kind in sorted(kinds):
            if not is_pending(pending, kind) or not _is_done(done, kind) or not _still(pending, done, dates):
                continue
            if kind == "meet" and OFF.search(pending.text) and not pending.days & done.own_days:
                continue
            if score < MUCH or _other_number(one, two):
                continue
            done_to = _around(pending, kind) & _around(done, kind)
            if _itself(shared, done_to - one.act(kind) - two.act(kind)) >= (LITTLE if score >= SURELY else ITSELF):
                yield _differs(
                    one, two, ConflictKind.STATUS, "whether it has been done", "it cannot be both at one time", score
                )
                return


def acting(matter: Matter) -> frozenset[str]:
    """The stems of the verbs of a sentence that tell what is done or is to be: "has laid", "to be laid"."""
    return frozenset(stem_of(found["verb"].lower()) for found in _VERB.finditer(matter.text))


def consent_and_none(
    one: Matter, two: Matter, shared: dict[str, float], score: float, dates: Dates
) -> Iterator[Differs]:
    """Consent at a meeting by one report, none by another, where both tell of one day."""
    for refused, agreed in ((one, two), (two, one)):
        no, yes = _none(refused), _CONSENTED.search(agreed.text)
        if no is None or yes is None or _none(agreed) is not None:
            continue
        if no.re is _REFUSED and not refused.told_days & agreed.told_days:
            continue
        if any(not (no.start() <= found.start() < no.end()) for found in _CONSENTED.finditer(refused.text)):
            continue
        if _NEGATED.search(_clause(agreed.text, yes.start())) or _HANGS.search(_clause(agreed.text, yes.start())):
            continue
        if not _one_day(refused, agreed, dates):
            continue
        start = [side.told.sentence.start for side in (refused, agreed)]
        both = refused.near(start[0] + no.start(), start[0] + no.end()) & agreed.near(
            start[1] + yes.start(), start[1] + yes.end()
        )
        if score >= MUCH and _itself(shared, both) >= ITSELF:
            yield _differs(one, two, ConflictKind.POSITION, "whether it was agreed", "both tell of one meeting", score)
            return


def of_consent(matter: Matter) -> bool:
    """Whether a sentence has words of consent, or of none."""
    return _CONSENTED.search(matter.text) is not None or _none(matter) is not None


def _none(matter: Matter) -> re.Match[str] | None:
    """The words by which nothing was agreed, or something refused."""
    return _NOTHING_AGREED.search(matter.text) or _REFUSED.search(matter.text)


def _itself(shared: dict[str, float], terms: frozenset[str]) -> float:
    """What two sentences share of some terms, in nats; that they name one party is too little."""
    return math.fsum(sorted(weight for term, weight in shared.items() if term in terms and term[0] != "#"))


def _around(matter: Matter, kind: str) -> frozenset[str]:
    """What a sentence names around an act."""
    words = matter.notions.get(kind, {kind})
    places = [token for token in matter.told.sentence.tokens if token.stem in words]
    return frozenset(term for token in places for term in matter.near(token.start, token.end))


def _differs(one: Matter, two: Matter, kind: ConflictKind, about: str, why: str, weight: float) -> Differs:
    return Differs(kind, about, (opening(one.text), opening(two.text)), why, weight)


def is_pending(matter: Matter, kind: str) -> bool:
    """Whether a sentence tells an act as not done."""
    text = matter.text
    if text.rstrip("\"”' ").endswith("?"):
        return False
    if kind == "meet" and OFF.search(text):
        return bool(matter.own_days or matter.days)
    for token in matter.told.sentence.tokens:
        if token.stem not in matter.notions.get(kind, {kind}):
            continue
        at = token.start - matter.told.sentence.start
        before = _clause(text, at)
        if _HANGS.search(before) or _REFUSES.search(before) or (kind == "meet" and _TERMS.search(before)):
            continue
        if any(
            _words_between(text, found.span(), (at, at + len(token.word))) <= TIED for found in _PENDING.finditer(text)
        ):
            return True
        if kind == "meet" and not _NOT_HELD.search(before + token.word):
            continue
        denial = list(_NEGATED.finditer(before))
        between = before[denial[-1].end() :].lower().split() if denial else []
        if denial and denial[-1].group().lower() == "never" and _OF_A_THING.search(before[: denial[-1].start()]):
            continue
        if denial and len(between) <= TIED and not _ELSEWHERE & set(between):
            return True
    return False


def _words_between(text: str, one: tuple[int, int], two: tuple[int, int]) -> int:
    """How many words lie between two stretches of a sentence."""
    return len(text[min(one[1], two[1]) : max(one[0], two[0])].split())


def _is_done(matter: Matter, kind: str) -> bool:
    text = matter.text
    if text.rstrip("\"”' ").endswith("?") or _PENDING.search(text) or OFF.search(text):
        return False
    for token in matter.told.sentence.tokens:
        if token.stem not in matter.notions.get(kind, {kind}):
            continue
        at = token.start - matter.told.sentence.start
        clause = _clause(text, at) + re.split(r"[,;:—–]", text[at:])[0]
        done = _HELD if kind == "meet" else _DONE
        if not _AHEAD.search(clause) and not _NEGATED.search(clause) and done.search(clause):
            told = kind == "meet" or _PAST.fullmatch(token.word) is not None
            if told or _GIVEN.search(_clause(text, at)) is not None:
                return True
    return False


def _still(pending: Matter, done: Matter, dates: Dates) -> bool:
    """Whether what is not done by one report was done by then: the other is older, or tells of a day before."""
    published = dates.get(pending.told.report.id), dates.get(done.told.report.id)
    if published[0] is None or published[1] is None:
        return published == (None, None)
    if published[1].latest <= published[0].earliest:
        return True
    told = done.told
    moments = moments_in(told.report.text, told.sentence.start, told.sentence.end, done.base)
    return any(moment.last <= published[0].earliest for moment in moments)


def _one_day(one: Matter, two: Matter, dates: Dates) -> bool:
    """Whether two sentences are of one day: as they name it, or as the beginnings of their reports do."""
    if not one.days & two.days:
        return False
    apart = days_apart(dates.get(one.told.report.id), dates.get(two.told.report.id))
    return apart is None or apart <= 2 * ONE_NEWS or bool(one.own_days & two.own_days)


_ORDINAL = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next)\b", re.IGNORECASE
)


def _other_number(one: Matter, two: Matter) -> bool:
    """Whether both name a number in a row, and not the same: the second session is not the third."""
    told = [{found.lower() for found in _ORDINAL.findall(side.text)} for side in (one, two)]
    return bool(told[0] and told[1] and not told[0] & told[1])


def _clause(text: str, place: int) -> str:
    return re.split(r"[.;:—–]|, (?:and|but|while|which|who) ", text[:place])[-1]
