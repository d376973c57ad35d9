"""Claims that one telling turns round: denied and told, refused and promised, still to be decided and decided, fixed and open.

Without grammar, by words: a negator ("not", "refused", "called off") denies what it governs, the first telling words behind it or,
where none stand there, before it. A claim is turned where what is denied in one sentence stands in the facing one in a clause that
denies nothing, with more of the claim beside it. Passed over is what hangs on a condition ("not before", "unless"), what is denied
twice, and what the other report says as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from travaux.analysis.alignment import Beside, Facing, Sentence, Token, near_groups
from travaux.analysis.claims import claim_words, found_in, opposites
from travaux.analysis.conflict import ConflictKind, opening
from travaux.analysis.told_otherwise import LIKE, VERY_LIKE, Difference, Told
from travaux.model import Report
from travaux.provenance.telling import stem_of
from travaux.reading.happenings.days import MONTHS, WEEKDAYS
from travaux.reading.happenings.figures import number_value

CLOSE = 5
"""Words behind "not" or "nothing" among which what it denies stands: "nothing about it has been agreed"."""
GOVERNED = 3
"""Telling words that a negator governs at most; further ones may belong to another claim."""
MOST = 0.5
"""Share of the lighter clause's weight that two clauses have in common where they make one claim."""
NEARLY_ALL = 0.6
"""The same where nothing but a word and its opposite tells the two apart."""
NAMES = 3
"""Words with a capital before a clause that may name who does what it tells."""
LONG = 6
"""Letters of a word from which one changed letter leaves it the same word, misspelt."""
TELLING = 2.2
"""Weight from which a word right behind "no" or "not a" carries a claim alone."""

DECIDED = "whether it is decided"
"""What conflicts between what is still to be decided and what is decided are about, before whose decision it is."""

_NEVER_DENIES = re.compile(
    r"\b(?:no longer|not only|not just|not merely|no more|no less|no doubt|no fewer|nothing but|not least|none other)\b"
)
_UNDONE = re.compile(r"un(?!der|ion|it|til|less|iform|ique|iver|anim|esco|icef)[a-z]{4,}")
_DENIES_NOUN = re.compile(r"\b(?:no|without|not an?|never an?)\b")
_AUXILIARIES = frozenset("is are was were be been has have had will would shall can could must do does did to".split())
_TIMES = frozenset(
    (*MONTHS, *WEEKDAYS, "evening", "morning", "night", "week", "month", "yesterday", "today", "tomorrow")
)
_FIGURES = frozenset(map(stem_of, "per cent percent percentage point".split()))
_VEILED = "(in a word of its own)"  # what a clause denies that has no negator: "closed", "banned", "unharmed"
_WILL = re.compile(
    r"refus|declin|reject|oppos|against|would not|will not|won't|hear of|deni|deny|rul\w* .*out|turn\w* .*down"
    r"|unwilling|veto|spurn|rebuff"
)
_SPURNS = re.compile(r"(?:reject\w*|spurn\w*|rebuff\w*|refus(?:e|es|ed|ing)|declin\w+)(?! to\b) (?!\w+ to\b)")

_CONSENTS = re.compile(r"\b(?:agree\w*|consent\w*|promis\w+|pledg\w+|ready|willing|prepared) to\b")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stretch of a sentence that makes one claim.

    Attributes:
        tokens: its words. denied: stems that a negator in it governs, and whether it stands right before each.
        negator: its words; empty where nothing is denied. hangs: whether it depends on something else.
        denying: the stems of the negator itself, which are no part of the claim.
        part: which part of its sentence it stands in; what is set against something else ("while", ";") is another part.
    """

    tokens: tuple[Token, ...]
    denied: dict[str, bool]
    negator: str
    hangs: bool
    part: int = 0
    denying: frozenset[str] = frozenset()

    def has(self, stem: str) -> bool:
        return any(token.stem == stem for token in self.tokens)


def claims_otherwise(beside: Beside) -> Iterator[Difference]:
    """Claims of one report that the other turns round, the surest first."""
    clauses = _of_facing(beside, lambda text, sentence: _clauses(text, sentence, beside))
    found = []
    for pair in beside.facing:
        for denier in (0, 1):
            turned = _turned(beside, pair, clauses, denier)
            if turned is not None:
                found.append(turned)
    found += _opposed(beside, clauses)
    found += _weighed(beside)
    found += _decided(beside)
    found += _settled(beside)
    seen: set[tuple[int, int]] = set()
    for one in sorted(found, key=lambda one: (-one.certain, one.sentences)):
        places = {(side, place) for side, place in enumerate(one.sentences)}
        if not places & seen:
            seen |= places
            yield one


def _sides(beside: Beside) -> Iterator[tuple[Report, tuple[Sentence, ...]]]:
    return zip((beside.first, beside.second), beside.sentences, strict=True)


def _of_facing(beside: Beside, told_in: Callable[[str, Sentence], Told]) -> tuple[dict[int, Told], dict[int, Told]]:
    """What the sentences of each side tell that face another, by their numbers."""
    first, second = (
        {place: told_in(report.text, side[place]) for place in sorted(beside.facing_places(number))}
        for number, (report, side) in enumerate(_sides(beside))
    )
    return first, second


# ------------------------------------------------------------------------------------------- denied and told


def _clauses(text: str, sentence: Sentence, beside: Beside) -> list[_Clause]:
    joints = {first for first, _ in found_in("negators", "joints", sentence.tokens)}
    against = {first for first, _ in found_in("negators", "contrasts", sentence.tokens)}
    to_come = {first for first, _ in found_in("negators", "ahead", sentence.tokens)}  # "have yet to be handed over"
    joints, against = joints - to_come, against - to_come
    clauses: list[_Clause] = []
    group: list[Token] = []
    part = 0
    for place, token in enumerate(sentence.tokens):
        before = text[sentence.tokens[place - 1].end : token.start] if place else ""
        parts = place in against or ";" in before
        if group and (parts or place in joints or re.search(r"[,:()?!—–]", before)):
            clauses.append(replace(_clause(tuple(group), beside), part=part))
            group, part = [], part + parts
        group.append(token)
    return [*clauses, replace(_clause(tuple(group), beside), part=part)] if group else clauses


def _clause(tokens: tuple[Token, ...], beside: Beside) -> _Clause:
    joined = " ".join(token.word for token in tokens)
    hanging = list(found_in("negators", "hanging", tokens))
    around = list(found_in("negators", "around", tokens))
    ahead = list(found_in("negators", "ahead", tokens))
    ahead += [(place, place) for place, token in enumerate(tokens) if token.word.endswith("n't")]
    ahead = [one for one in ahead if not any(first <= one[0] and one[1] <= last for first, last in around)]
    if not ahead and not around:
        veiled = next(found_in("negators", "veiled", tokens), None) is not None
        denies_itself = veiled or any(_UNDONE.match(token.word) for token in tokens)
        return _Clause(tokens, {}, _VEILED if denies_itself else "", bool(hanging))
    if _NEVER_DENIES.search(joined) or len(ahead) + len(around) > 1:
        return _Clause(tokens, {}, joined, True)
    ((first, last),) = ahead + around
    hangs = any(last < place or place < first for place, _ in hanging)
    behind = _telling(tokens[last + 1 :], beside)[:GOVERNED]
    near = (
        set(behind[:1])
        if behind and behind[0] in {token.stem for token in tokens[last + 1 : last + 1 + CLOSE]}
        else set()
    )
    if around and len(behind) < 2:
        behind += _telling(tokens[:first], beside)[-GOVERNED:]
    negator = " ".join(token.word for token in tokens[max(0, first - 1) : last + 3])
    itself = frozenset(token.stem for token in tokens[first : last + 1])
    return _Clause(tokens, {stem: bool(ahead) and stem in near for stem in behind}, negator, hangs, denying=itself)


def _telling(tokens: Sequence[Token], beside: Beside) -> list[str]:
    """The stems that a claim may be made of: neither plain words nor names nor days."""
    texts = beside.first.text, beside.second.text
    return [
        token.stem
        for token in tokens
        if token.stem in beside.weights
        and token.word not in _TIMES
        and token.stem not in _FIGURES
        and number_value(token.word) is None
        and not _is_capital(texts, token)
        and not _is_owner(texts, token)
    ]


def _is_owner(texts: tuple[str, str], token: Token) -> bool:
    """Whether a word says whose something is: "the employers' offer"."""
    return token.word.endswith("'s") or any(
        text[token.start : token.end + 1].casefold() in {f"{token.word}'", f"{token.word}’"}
        and token.word.endswith("s")
        for text in texts
    )


def _is_capital(texts: tuple[str, str], token: Token) -> bool:
    return any(
        text[token.start : token.end].casefold().replace("’", "'") == token.word and text[token.start].isupper()
        for text in texts
    )


def _turned(
    beside: Beside, pair: Facing, clauses: Sequence[Mapping[int, list[_Clause]]], denier: int
) -> Difference | None:
    """The claim that the sentence of one side denies and that of the other tells."""
    places = (pair.first, pair.second)
    best: tuple[float, str, _Clause, _Clause] | None = None
    denied_parts = {one.part for one in clauses[1 - denier][places[1 - denier]] if one.negator}
    for denying in clauses[denier][places[denier]]:
        if not denying.denied or denying.hangs:
            continue
        for telling in clauses[1 - denier][places[1 - denier]]:
            if telling.hangs or telling.part in denied_parts or telling.negator not in {"", _VEILED}:
                continue
            for stem, near in denying.denied.items():
                if telling.negator and not _veils_only(telling, stem):
                    continue
                if _SPURNS.search(denying.negator) and next(found_in("granted", "words", telling.tokens), None) is None:
                    continue  # an offer that is rejected was made all the same
                sure = _one_claim(beside, pair, stem, near, denying, telling)
                if sure <= 0 or _is_told_too(beside, clauses, denier, places, stem):
                    continue
                if best is None or sure > best[0]:
                    best = sure, stem, denying, telling
    if best is None:
        return None
    sure, stem, denying, telling = best
    words = [_shown(beside, denier, denying), _shown(beside, 1 - denier, telling)]
    values = (words[0], words[1]) if denier == 0 else (words[1], words[0])
    word = next(token.word for token in denying.tokens if token.stem == stem)
    why = "one is taken from the other, and what one denies the other tells"
    kind = ConflictKind.POSITION if _WILL.search(denying.negator) else ConflictKind.STATUS
    consents = _CONSENTS.search(" ".join(token.word for token in telling.tokens)) is not None
    of_will = consents and re.search(r"\b(?:will|would) not\b", denying.negator) is not None
    return Difference(kind, f"whether: {word}", values, places, why, sure, of_will=of_will)


def _veils_only(clause: _Clause, stem: str) -> bool:
    """Whether the one word of a clause that denies something by itself is the word that the other denies: "never closed", "closed"."""
    return {clause.tokens[first].stem for first, _ in found_in("negators", "veiled", clause.tokens)} == {stem}


def _one_claim(beside: Beside, pair: Facing, stem: str, near: bool, denying: _Clause, telling: _Clause) -> float:
    """How sure it is that two clauses make one claim, one denying it: by what they share beside the word denied."""
    if not telling.has(stem):
        return 0.0
    own = {token.stem for token in denying.tokens if token.stem in beside.weights} - {stem} - denying.denying
    others = {token.stem for token in telling.tokens if token.stem in beside.weights} - {stem}
    groups = {group for other in others for group in near_groups(other)}
    shared = {one for one in own if one in others or any(group in groups for group in near_groups(one))}
    weight = beside.weights[stem]
    total = weight + sum(beside.weights[one] for one in shared)
    whole = weight + min(sum(beside.weights[one] for one in side) for side in (own, others))
    noun = near and weight >= TELLING and _DENIES_NOUN.search(denying.negator) is not None
    whole_claim = shared and total >= MOST * whole and _has_verb(telling)
    if pair.likeness >= LIKE and (whole_claim or noun):
        return pair.likeness + total / 20
    decides = next(found_in("decided", "done", telling.tokens), None) is not None
    return 0.1 if near and decides and len(denying.tokens) <= 2 * GOVERNED and _settles(stem) else 0.0


def _has_verb(clause: _Clause) -> bool:
    """Whether a clause tells something, and does not only name it: an auxiliary, or a form in "-ed" or "-ing"."""
    return any(token.word in _AUXILIARIES or re.search(r"(?:ed|ing)$", token.word) for token in clause.tokens)


def _settles(stem: str) -> bool:
    return stem in {"agre", "settl", "decid", "sign", "approv", "ratifi", "fix", "conclud", "adopt", "final", "seal"}


def _is_told_too(
    beside: Beside, clauses: Sequence[Mapping[int, list[_Clause]]], denier: int, places: tuple[int, int], stem: str
) -> bool:
    """Whether the side that denies tells it too, or the side that tells denies it too, in what faces the other's sentence."""
    for pair in beside.facing:
        there = (pair.first, pair.second)
        told = clauses[denier][there[denier]] if pair.likeness >= LIKE else ()
        if there[1 - denier] == places[1 - denier] and any(one.has(stem) and not one.negator for one in told):
            return True
        others = clauses[1 - denier][there[1 - denier]]
        if there[denier] == places[denier] and any(
            one.has(stem) and one.negator and not (one.negator == _VEILED and _veils_only(one, stem)) for one in others
        ):
            return True
    return False


def _shown(beside: Beside, side: int, clause: _Clause) -> str:
    text = (beside.first, beside.second)[side].text
    words = text[clause.tokens[0].start : clause.tokens[-1].end]
    return opening(words)


# ------------------------------------------------------------------------------------------ one word for its opposite


def _opposed(beside: Beside, clauses: Sequence[Mapping[int, list[_Clause]]]) -> Iterator[Difference]:
    """Clauses that make one claim but for a word that stands for its opposite."""
    for pair in beside.facing:
        if pair.likeness < LIKE:
            continue
        first, second = clauses[0][pair.first], clauses[1][pair.second]
        for at, one in enumerate(first):
            for other_at, two in enumerate(second):
                if _denies_more(one) or _denies_more(two) or not _are_opposed(one, two):
                    continue
                if not (_are_opposed(_joined(first), two) and _are_opposed(one, _joined(second))):
                    continue  # one of them has both words: one goes and another stays
                alike = pair.likeness >= VERY_LIKE and _share(beside, one, two) >= NEARLY_ALL
                if alike or _alike_with_names(beside, first[: at + 1], second[: other_at + 1]):
                    values = (_shown(beside, 0, one), _shown(beside, 1, two))
                    why = "one is taken from the other, and a word of one is the opposite of the other's"
                    about = f"whether: {values[0]}"
                    places = (pair.first, pair.second)
                    yield Difference(ConflictKind.STATUS, about, values, places, why, pair.likeness, opposed=True)


_ENDS = frozenset(map(stem_of, "broke broken break off".split()))


def _denies_more(clause: _Clause) -> bool:
    """Whether a negator denies something in a clause, and is no word that has an opposite itself ("broken off")."""
    return clause.negator not in {"", _VEILED} and not (clause.denying and clause.denying <= _ENDS)


def _joined(clauses: Sequence[_Clause]) -> _Clause:
    return replace(clauses[0], tokens=tuple(token for one in clauses for token in one.tokens))


def _alike_with_names(beside: Beside, first: Sequence[_Clause], second: Sequence[_Clause]) -> bool:
    """Whether the last of some clauses are alike with the names before them, and share more than these."""
    one = _with_names(beside, 0, first)
    two = _spelt_as(_with_names(beside, 1, second), one)
    own, others = (
        {token.stem for token in clauses[-1].tokens if token.stem in beside.weights} for clauses in (first, second)
    )
    return bool(own & others) and _share(beside, one, two) >= NEARLY_ALL


def _spelt_as(clause: _Clause, other: _Clause) -> _Clause:
    """A clause with its words as the other spells them, a letter or two changed."""
    known = {token.stem for token in other.tokens if len(token.stem) >= LONG}

    def spelt(token: Token) -> Token:
        if len(token.stem) < LONG or token.stem in known:
            return token
        near = (one for one in sorted(known) if one[0] == token.stem[0])
        like = next((one for one in near if Levenshtein.distance(one, token.stem, score_cutoff=1) <= 1), None)
        return token if like is None else replace(token, stem=like)

    return replace(clause, tokens=tuple(map(spelt, clause.tokens)))


def _with_names(beside: Beside, side: int, clauses: Sequence[_Clause]) -> _Clause:
    """The last of some clauses with the names before it: "Marsh, who had voted against it, stays"; without the word opposed."""
    text = (beside.first, beside.second)[side].text
    *before, last = clauses
    names = [token for clause in before for token in clause.tokens if text[token.start].isupper()]
    opposed = {word for pair in opposites() for word in pair}
    kept = [token for token in last.tokens if not any(one.search(token.word) for one in opposed)]
    return replace(last, tokens=(*names[-NAMES:], *kept))


_LEFT_OVER = re.compile(r"\b(?:is|are|was|were|be|been|nothing|little|what|much|time) left\b")


def _are_opposed(one: _Clause, two: _Clause) -> bool:
    words = [_LEFT_OVER.sub("over", " ".join(token.word for token in clause.tokens)) for clause in (one, two)]
    return any(
        first.search(words[0])
        and second.search(words[1])
        and not first.search(words[1])
        and not second.search(words[0])
        for first, second in opposites()
    )


def _share(beside: Beside, one: _Clause, two: _Clause) -> float:
    """The share of the lighter clause's weight that the other has too; 0 where that is a word alone."""
    own, others = ({token.stem for token in clause.tokens if token.stem in beside.weights} for clause in (one, two))
    groups = {group for stem in others for group in near_groups(stem)}
    shared = [stem for stem in own if stem in others or any(group in groups for group in near_groups(stem))]
    lighter = min(sum(beside.weights[stem] for stem in side) for side in (own, others))
    return sum(beside.weights[stem] for stem in shared) / lighter if len(shared) > 1 else 0.0


# ----------------------------------------------------------------------------------------- how far somebody's will goes


def _weighed(beside: Beside) -> Iterator[Difference]:
    """What one telling leaves open, or does not exclude, and the other has somebody agree to, or threaten."""
    for weaker, stronger in (("leaves_open", "settles"), ("not_excluded", "threatens")):
        consent = weaker == "leaves_open"
        told = [
            {
                place: (_first_of(weaker, side[place]), _first_of(stronger, side[place]))
                for place in beside.facing_places(number)
            }
            for number, side in enumerate(beside.sentences)
        ]
        for pair in beside.facing:
            for open_side in (0, 1):
                places = (pair.first, pair.second)
                here, there = told[open_side][places[open_side]], told[1 - open_side][places[1 - open_side]]
                if here[0] is None or there[1] is None or there[0] is not None:
                    continue
                if consent and here[1] is not None and here[1] > here[0]:
                    continue  # thought over, and then agreed to
                if _is_weighed_too(beside, told, open_side, places):
                    continue
                sure = _same_will(beside, places, pair.likeness, consent=consent)
                if sure <= 0:
                    continue
                values = [
                    opening(report.text[side[place].start : side[place].end])
                    for (report, side), place in zip(_sides(beside), places, strict=True)
                ]
                why = "one is taken from the other, and what one leaves open the other has settled or threatened"
                about = f"how far it goes: {values[open_side]}"
                yield Difference(ConflictKind.POSITION, about, (values[0], values[1]), places, why, sure)


def _first_of(name: str, sentence: Sentence) -> int | None:
    return next((first for first, _ in found_in("attitudes", name, sentence.tokens)), None)


def _is_weighed_too(
    beside: Beside, told: Sequence[Mapping[int, tuple[int | None, int | None]]], open_side: int, places: tuple[int, int]
) -> bool:
    """Whether the side that settles it leaves it open too, in what faces the same sentence."""
    return any(
        told[1 - open_side][there[1 - open_side]][0] is not None
        for pair in beside.facing
        if (there := (pair.first, pair.second))[open_side] == places[open_side] and pair.likeness >= LIKE
    )


def _same_will(beside: Beside, places: tuple[int, int], likeness: float, *, consent: bool) -> float:
    """How sure it is that two sentences are about the will of one party on one thing: by the names or the thing they share."""
    own, others = (
        {token.stem: token for token in side[place].tokens if token.stem in beside.weights or near_groups(token.stem)}
        for side, place in zip(beside.sentences, places, strict=True)
    )
    groups = {group for stem in others for group in near_groups(stem)}
    shared = [
        token for stem, token in own.items() if stem in others or any(group in groups for group in near_groups(stem))
    ]
    if consent and likeness >= LIKE:
        named = [token for token in shared if beside.first.text[token.start].isupper() or near_groups(token.stem)]
        return 0.3 + likeness if named or len(shared) > 1 else 0.0
    return 0.2 + likeness if shared and not consent else 0.0


# ------------------------------------------------------------------------------- still to be decided and decided


@dataclass(frozen=True, slots=True)
class Decision:
    """What a sentence says of a decision: by whom or of what kind, and whether it has been taken.

    Attributes:
        of: stem of a body that has the say, or of the verb of deciding. words: of the sentence, to be shown.
    """

    of: str
    done: bool
    words: str


def _decided(beside: Beside) -> Iterator[Difference]:
    told = _of_facing(beside, decisions_in)
    _name_bodies(beside, told)
    for pair in beside.facing:
        for one in told[0][pair.first]:
            for two in told[1][pair.second]:
                if one.of != two.of or one.done == two.done or _is_both(one, told[0]) or _is_both(two, told[1]):
                    continue
                why = "one is taken from the other, and what is still ahead in one is done in the other"
                places = (pair.first, pair.second)
                about = f"{DECIDED}: {one.of}"
                yield Difference(ConflictKind.STATUS, about, (one.words, two.words), places, why, 0.5 + pair.likeness)


_REFERS = re.compile(
    r"^\W*(?:(?:and|but|then|now|there|in the end|in turn) )?(?:its|their|they|it|the members|members|both houses)\b",
    re.IGNORECASE,
)


def _name_bodies(beside: Beside, told: tuple[dict[int, list[Decision]], dict[int, list[Decision]]]) -> None:
    """Adds to a decision the body that the sentence before names where its own refers to it: "Its members will vote"."""
    for (report, side), here in zip(_sides(beside), told, strict=True):
        for place, decisions in here.items():
            sentence = side[place]
            if not decisions or not place or not _REFERS.match(report.text[sentence.start : sentence.end]):
                continue
            bodies = {
                token.stem for token in side[place - 1].tokens if token.stem in claim_words()["decided"]["deciders"]
            }
            new = bodies - {one.of for one in decisions}
            here[place] = [*decisions, *(replace(decisions[0], of=body) for body in sorted(new))]


def _is_both(one: Decision, told: Mapping[int, Sequence[Decision]]) -> bool:
    """Whether a report that tells of a decision as ahead tells it as done elsewhere, or the other way round."""
    return any(other.of == one.of and other.done != one.done for told_here in told.values() for other in told_here)


def decisions_in(text: str, sentence: Sentence) -> list[Decision]:
    """What a sentence says of a decision that is taken or still ahead, by whom each; none where it says both or denies it."""
    tokens = sentence.tokens
    verbs = [first for first, _ in found_in("decided", "verbs", tokens)]
    if next(found_in("negators", "ahead", tokens), None) is not None:
        return []  # denied, and not ahead
    bodies = [token.stem for token in tokens if token.stem in claim_words()["decided"]["deciders"]]
    later = next(found_in("decided", "ahead", tokens), None) is not None
    coming = [verb for verb in verbs if _is_coming(tokens, verb)]
    done = [verb for verb in verbs if verb not in coming and _is_done(tokens, verb)]
    ahead = bool(coming) or (later and not done and bool(verbs or _is_put_to(tokens)))
    if ahead == bool(done):
        return []
    words = opening(text[sentence.start : sentence.end])
    return [
        Decision(of, bool(done), words)
        for of in dict.fromkeys((*bodies, *(tokens[verb].stem for verb in coming or done)))
    ]


def _is_coming(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a verb of deciding tells what lies ahead: "is to be signed", "will ratify", "the members vote"."""
    before = [token.word for token in tokens[max(0, verb - 4) : verb]]
    if {"will", "shall"} & set(before) or re.search(r"\b(?:is|are|has|have|yet|still) to(?: be)?$", " ".join(before)):
        return True
    rules = before and (
        tokens[verb - 1].stem in claim_words()["decided"]["deciders"] or before[-1] in {"who", "then", "must"}
    )
    return bool(rules) and tokens[verb].word in {"vote", "votes", "decide", "decides"}


def _is_done(tokens: Sequence[Token], verb: int) -> bool:
    word = tokens[verb].word
    before = {token.word for token in tokens[max(0, verb - 4) : verb]}
    if before & {"to", "be", "will", "would", "may", "must", "if", "until", "before", "once"}:
        return False
    return word.endswith("ed") or word == "threw out" or bool(before & {"has", "have", "had", "already", "been"})


def _is_put_to(tokens: Sequence[Token]) -> bool:
    joined = " ".join(token.word for token in tokens)
    return re.search(r"\b(?:goes|go|going|put|puts|sent|submitted) to the\b", joined) is not None


# ------------------------------------------------------------------------------------------- fixed and open


def _settled(beside: Beside) -> Iterator[Difference]:
    told = _of_facing(beside, lambda _, sentence: fixed_in(sentence))
    for pair in beside.facing:
        one, two = told[0][pair.first], told[1][pair.second]
        if one is None or two is None or one == two:
            continue
        texts = [
            opening(report.text[side[place].start : side[place].end])
            for (report, side), place in zip(_sides(beside), (pair.first, pair.second), strict=True)
        ]
        why = "one is taken from the other, and what is fixed in one is open in the other"
        yield Difference(
            ConflictKind.STATUS,
            "whether it is settled",
            (texts[0], texts[1]),
            (pair.first, pair.second),
            why,
            0.4 + pair.likeness,
        )


def fixed_in(sentence: Sentence) -> bool | None:
    """Whether a sentence says of a meeting or its date that it is fixed (True) or open (False); None where it says neither."""
    if next(found_in("settled", "no", sentence.tokens), None) is not None:
        return False
    denies = next(found_in("negators", "ahead", sentence.tokens), None) is not None
    hangs = next(found_in("negators", "hanging", sentence.tokens), None) is not None
    if next(found_in("settled", "yes", sentence.tokens), None) is not None and not denies and not hangs:
        return True
    return None
