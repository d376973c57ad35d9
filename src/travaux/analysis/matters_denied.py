"""What one report denies outright ("never", "not one", "consented to nothing") and another tells as done, in whatever words.

Nobody denies what nobody has said: an outright denial is held against the sentence of another report that is nearest to it and tells
the same deed (`deeds`) as done. One denial answers one telling, and one telling is answered once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from travaux.analysis.alignment import Token
from travaux.analysis.claims_apart import came_later
from travaux.analysis.conflict import ConflictKind, opening
from travaux.analysis.deeds import deeds_in
from travaux.analysis.matters import Matter, Matters
from travaux.analysis.matters_counted import as_fact
from travaux.analysis.one_fact import Differs, OneFact, Told
from travaux.analysis.timing import Dates

OUTRIGHT = "what one tells the other denies outright"
"""Why such a conflict is one."""
UNDATED = 0.75
"""What a telling counts of which nobody knows whether it was there to be denied."""
BEHIND = 7
"""Words behind a denying word within which what is denied begins."""
SAME_WORD, OTHER_WORDS = (6.0, 1.5), (6.5, 2.0)
"""Score, in nats, of a denial and what it denies, and weight that both have themselves beside the deed, where they tell the deed by one
word and where they do not; chosen on twenty records."""

_NO_DENIAL = (
    r"(?! (?:again|mind|tired|tires|ceas\w+|stopped|fail\w*|before|since|to|the)\b"
    r"|(?: been)? (?:so|as|more|less|quite|really|fully)\b| been (?:the|an?)\b)"
)
_AUXILIARY = r"(?:has|have|had|was|were|been|ever|would|should|could|will|can|may|might|must)"
_OUTRIGHT = re.compile(
    rf"\b(?:(?:never|not once|at no (?:time|point|stage|moment)){_NO_DENIAL}"
    r"|(?:not (?:one|a single)|nothing(?! (?:new|more|else|further|but|short)\b)"
    rf"|none|nobody|no one|no such|no)\b(?: (?!{_AUXILIARY}\b)\w+){{0,6}}?"
    r" (?:has|have|had|was|were|ever)(?: (?:ever|yet|been|was|were)\b)*)",
    re.IGNORECASE,
)
_NO_SUCH = re.compile(r"\bno such\b", re.IGNORECASE)
_EMPHATIC = re.compile(
    r"\b(?:never|not once|at no|not one|not a single|nothing|no such|ever|whatever|whatsoever|at all)\b", re.IGNORECASE
)
_DENIES = re.compile(r"\bden(?:y|ies|ied|ying)(?: that| ever| having)+ ", re.IGNORECASE)
_SO_FAR = re.compile(r"\b(?:so far|as yet|not yet|to date)\b", re.IGNORECASE)
_ENDS = re.compile(r"[.!:;][\"”'’) ]*$")
_CONDITIONS = re.compile(
    r"\b(?:conditions?|demands?|targets?|deadlines?|requirements?|needs?|criteria)\b", re.IGNORECASE
)
_NOTHING = re.compile(
    r"^ (?:(?:to|for|in|with|of|on|from|him|her|them|us) )?(?:nothing|none of (?:it|this|that|them)|no such|nobody|no one)\b",
    re.IGNORECASE,
)
_AHEAD_OF = re.compile(
    r"\b(?:will|would|shall|should|can|could|may|might|must|to|if|unless|until|when|who|which|whom)(?: \w+)?\W*$|['’]ll\W*$"
    r"|\b(?:almost|nearly|practically|virtually|next to|and|but|yet|although|though)\W*$"
    r"|\b(?:who|which|that)(?: (?:is|are|was|were|has|have|had))\W*$|\b(?:condition|understanding|proviso|provided) that\W*$",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|nothing|without|hardly|den(?:y|ies|ied|ying))\b|n['’]t\b", re.IGNORECASE
)
_HANGS = re.compile(
    r"\b(?:if|unless|until|before|would|could|might|should|whether|once|when|will|shall|must|may|can|cannot|ready to|willing to"
    r"|prepared to|to be|yet to|is to|are to)\b|['’]ll\b",
    re.IGNORECASE,
)


_WILLS = frozenset("consent demand propose refuse oppose recant promise threaten".split())


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed of a sentence with the word that tells it."""

    deed: str
    token: Token


def denials_and_told(
    told: Sequence[Sequence[Told]], of: Sequence[str], matters: Matters, dates: Dates
) -> Iterator[tuple[Differs, OneFact]]:
    """Outright denials, each with the sentence of another family that tells what it denies.

    Args:
        told: the sentences of each report. of: its family. dates: of publication by report id.
    """
    denials = {
        (number, place): denied
        for number, side in enumerate(told)
        for place, one in enumerate(side)
        if (denied := denied_outright(one))
    }
    if not denials:
        return
    wanted = {one.deed for denied in denials.values() for one in denied}
    tellings: dict[tuple[int, int], Sequence[Deed]] = {}
    for number, side in enumerate(told):
        for place, one in enumerate(side):
            if (number, place) not in denials and (done := told_as_done(one, wanted)):
                tellings[number, place] = done
    pairs: list[tuple[float, tuple[int, int], tuple[int, int]]] = []
    for at, denied in denials.items():
        for other, done in tellings.items():
            both = {one.deed for one in denied} & {one.deed for one in done}
            if of[at[0]] == of[other[0]] or not both:
                continue
            denier, teller = matters[at], matters[other]
            if came_later(denier.told, teller.told, dates) or _of_two_parties(denier, teller):
                continue
            firsts = [min(one.token.start for one in deeds if one.deed in both) for deeds in (denied, done)]
            if _of_two_doers(denier, firsts[0], teller, firsts[1]):
                continue
            doers = matters.parties_named(_name_before(denier.told, firsts[0]))
            if doers and doers.isdisjoint(teller.terms):
                continue  # "Russia has never agreed" answers nothing that is told of others
            shared = matters.shared_of_parties(denier, teller)
            words = {one.token.stem for one in (*denied, *done) if one.deed in both}
            itself = math.fsum(
                sorted(
                    weight
                    for term, weight in shared.items()
                    if term in denier.own and term in teller.own and term not in words
                )
            )
            score = matters.score(denier, teller, shared) * (1.0 if teller.told.report.id in dates else UNDATED)
            if not _of_its_object(denier, denied, shared, teller):
                continue
            stems = [{one.token.stem for one in side if one.deed in both} for side in (denied, done)]
            least, least_itself = SAME_WORD if stems[0] & stems[1] else OTHER_WORDS
            if score >= least and itself >= least_itself:
                pairs.append((score, at, other))
    taken: set[tuple[int, int]] = set()
    for score, at, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if at in taken or other in taken:
            continue
        taken |= {at, other}
        yield _differs(matters[at], matters[other], denials[at], score), as_fact(matters[at], matters[other])


def _differs(denier: Matter, teller: Matter, denied: Sequence[Deed], score: float) -> Differs:
    of_will = any(one.deed in _WILLS for one in denied) and not _of_a_meeting(denier, denied)
    values = opening(denier.text), opening(teller.text)
    kind = ConflictKind.POSITION if of_will else ConflictKind.STATUS
    return Differs(kind, "whether it ever was", values, OUTRIGHT, score)


def _of_two_parties(one: Matter, two: Matter) -> bool:
    """Whether both sentences name parties, and none that the other does."""
    first, second = ({term for term in side.own if term[0] == "#"} for side in (one, two))
    return bool(first and second and not first & second)


def _of_its_object(denier: Matter, denied: Sequence[Deed], shared: Mapping[str, float], teller: Matter) -> bool:
    """Whether what a telling shares is more than the doer: of what stands behind the deed in the denial, where anything does."""
    token = max((one.token for one in denied), key=lambda token: token.start)
    behind = denier.text[token.end - denier.told.sentence.start :]
    if _NOTHING.match(behind):
        return True
    end = token.end + len(re.split(r"[.,;:—–]", behind)[0])
    words = {one.stem for one in denier.told.sentence.tokens if token.end <= one.start < end} & denier.own
    words |= {f"+{notion}" for notion, stems in denier.notions.items() if stems & words}
    both = {term for term in shared if term in denier.own and term in teller.own}
    return not words or any(term in words or term[0] == "@" for term in both)


def _of_two_doers(one: Matter, at: int, two: Matter, there: int) -> bool:
    """Whether the name nearest before the deed is in each sentence one that the other's report has never heard of; they share none."""
    doers = [_name_before(side.told, place) for side, place in ((one, at), (two, there))]
    strangers = doers[0] - two.told.known_to_report and doers[1] - one.told.known_to_report
    return bool(strangers) and not (one.names & two.names) - doers[0] - doers[1]


def _name_before(told: Told, place: int) -> set[str]:
    """The words of the last name before a place of the report: "the Pilots' Guild"."""
    tokens = [token for token in told.sentence.tokens if token.start < place]
    capital = [token.stem in told.names and told.report.text[token.start].isupper() for token in tokens]
    last = max((number for number, one in enumerate(capital) if one), default=-1)
    first = last
    while first > 0 and capital[first - 1]:
        first -= 1
    return {token.stem for token in tokens[max(0, first) : last + 1]}


def _of_a_meeting(matter: Matter, denied: Sequence[Deed]) -> bool:
    """Whether it is a meeting that nobody agreed to: "no such session had ever been agreed"."""
    at = denied[0].token.start - matter.told.sentence.start
    words = matter.notions.get("meet", frozenset())
    behind = list(re.finditer(r"\bno\b", matter.text[:at], re.IGNORECASE))
    start = matter.told.sentence.start + behind[-1].end() if behind else at
    return bool(behind) and any(
        token.stem in words for token in matter.told.sentence.tokens if start <= token.start < denied[0].token.start
    )


def denied_outright(told: Told) -> Sequence[Deed]:
    """What a sentence denies outright: the deed that stands behind the denying word, or before "nothing"."""
    text, sentence = told.text, told.sentence
    if not _EMPHATIC.search(text) and not _DENIES.search(text):
        return ()
    if text.rstrip("\"”' ").endswith("?") or _SO_FAR.search(text):
        return ()
    deeds = [Deed(deed, token) for deed, token in deeds_in(sentence.tokens)]
    deeds = [one for one in deeds if one.token.word != "met" or not _CONDITIONS.search(text)]
    found: list[Deed] = []
    for denial in (*_OUTRIGHT.finditer(text), *_DENIES.finditer(text)):
        end = denial.end()
        clause = re.split(r"[.;:—–]|, (?:and|but|while) ", text[end:])[0]
        told_of = denial.group() + clause
        if _AHEAD_OF.search(text[: denial.start()]) or (denial.re is _OUTRIGHT and not _EMPHATIC.search(told_of)):
            continue
        near = [one for one in sentence.tokens if one.start >= sentence.start + end][:BEHIND]
        near = [one for one in near if one.start < sentence.start + end + len(clause)]
        first = next((one.token for one in deeds if one.token in near), None)
        if first is None and _NO_SUCH.match(denial.group()):
            within = sentence.start + denial.start(), sentence.start + end
            first = next((one.token for one in deeds if within[0] < one.token.start < within[1]), None)
        found += [one for one in deeds if one.token is first]
        if first is None and near and re.fullmatch(r"[a-z]+(?:ed|en)", near[0].word):
            found.append(Deed(f"={near[0].stem}", near[0]))
    for one in deeds:
        place = one.token.start - sentence.start
        if _NOTHING.match(text[one.token.end - sentence.start :]) and not _HANGS.search(_clause(text, place)):
            found.append(one)
    return tuple(dict.fromkeys(found))


def told_as_done(told: Told, wanted: set[str]) -> Sequence[Deed]:
    """The deeds among those wanted that a sentence tells as done: neither denied nor wished for nor ahead."""
    text, sentence = told.text, told.sentence
    deeds = [Deed(deed, token) for deed, token in deeds_in(sentence.tokens)]
    deeds += [
        Deed(f"={token.stem}", token) for token in sentence.tokens if re.fullmatch(r"[a-z]+(?:ed|en)", token.word)
    ]
    deeds = [one for one in deeds if one.deed in wanted]
    if not deeds or not _ENDS.search(text):
        return ()
    found = []
    for one in deeds:
        clause = _clause(text, one.token.start - sentence.start)
        follows = text[one.token.end - sentence.start :]
        if not _NEGATED.search(clause) and not _HANGS.search(clause) and not _NOTHING.match(follows):
            found.append(one)
    return tuple(found)


def _clause(text: str, place: int) -> str:
    return re.split(r"[.;:—–]|, (?:and|but|while|which|who) ", text[:place])[-1]
