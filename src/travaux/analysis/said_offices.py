"""Who somebody is in two tellings of one sentence: an office, the body or the state the person speaks for, by the words alone.

One telling puts it beside the name; the other may do so too, or name one office or body only in the sentence that has the name ("the
secretary of state told senators"). Offices exclude each other as `conflicts_of_facts` has it; bodies where they are of two kinds,
or where two proper names share no word; states where they are two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain

from travaux.analysis.alignment import Beside, Sentence
from travaux.analysis.claims import claim_words
from travaux.analysis.conflict import ConflictKind
from travaux.analysis.conflicts_of_facts import offices_exclude, state_names
from travaux.analysis.people_named import Named, both_name, full_names
from travaux.analysis.posts_held import posts_otherwise
from travaux.analysis.told_otherwise import LIKE, Difference
from travaux.provenance.roles import Polities, office_at
from travaux.provenance.telling import stem_of
from travaux.reading.happenings.roles import nation_words
from travaux.reading.offices import role_words

_FREE = re.compile(
    r"\b[Tt]he ((?:[a-z]+ ){0,2}?(?:prime |foreign |vice )?(?:minister|secretary of state|secretary-general|secretary general|president"
    r"|chancellor|premier|commissioner|governor|mayor|king)(?: of [a-z]+)?)\b(?! [A-Z]|['’]s)"
)
# Offices that no list has: "interior minister of Osk", "the railways commissioner".
_OFFICE = r"(?:[A-Za-z][\w-]+ ){0,3}(?i:minister|secretary|president|chancellor|premier|commissioner|governor|mayor"
_OFFICE += r"|negotiator|ambassador|envoy)"
_POST = r"(?i:(?:prime|foreign|[a-z]+) minister|president|chancellor|premier|king|ambassador|envoy|secretary of state)"
_BEHIND = re.compile(
    rf", (?:(?:the|an?|its|his|her|their|[A-Z]\w+['’]s) )?({_OFFICE})(?: of [\w ]+?)?"
    r"(?=[,.;:)–—]| (?:since|until|for|from|in|at|who|under)\b)"
)
_BEFORE = re.compile(rf"(?:^|[Tt]he |[a-z,;:] )({_OFFICE})(?: of [\w ]+?)?,? $")
_AFTER = (
    r"(?:,? (?:who (?:heads|leads|chairs|runs|represents|spoke for|speaks for|spoke on behalf of)|(?:[\w-]+ ){0,4}?(?:of|at|for|from))"
    r" (?:the |its |his |her )?)"
)


def offices_otherwise(beside: Beside) -> Iterator[Difference]:
    """Offices, bodies and states given to one person in one place, which exclude each other; each person once."""
    known = full_names(beside)
    seen: set[str] = set()
    for pair in sorted(beside.facing, key=lambda pair: (-pair.likeness, pair.first, pair.second)):
        if pair.likeness < LIKE:
            continue
        sentences = beside.sentences[0][pair.first], beside.sentences[1][pair.second]
        for one, two in both_name(beside, sentences, known):
            if one.surname in seen:
                continue
            values = next(filter(None, (told(beside, sentences, one, two) for told in _COMPARED)), None)
            if values is not None:
                seen.add(one.surname)
                name = beside.first.text[one.start : one.end]
                why = "one is taken from the other, and nobody is both at one time"
                yield Difference(
                    ConflictKind.ROLE,
                    f"the office of {name}",
                    values,
                    (_where(beside, 0, pair.first, values[0]), _where(beside, 1, pair.second, values[1])),
                    why,
                    pair.likeness,
                    known.get(one.surname, name),
                )
    yield from posts_otherwise(beside, seen)


def _where(beside: Beside, side: int, place: int, value: str) -> int:
    """The sentence that says it: that of the name, or one next to it."""
    text, sentences = (beside.first, beside.second)[side].text, beside.sentences[side]
    near = [at for at in (place, place + 1, place - 1) if 0 <= at < len(sentences)]
    return next((at for at in near if value in text[sentences[at].start : sentences[at].end]), place)


_CHARGE = re.compile(
    r",? (?:who (?:is|was) |who )?(?:in charge of|(?:has|had) charge of|responsible for|looks after|runs|at) (?:the )?(?:ministry of )?"
    r"([a-z]+)(?: (ministry|department))?(?![\w-])"
)


def _charges(beside: Beside, sentences: tuple[Sentence, Sentence], one: Named, two: Named) -> Values | None:
    """What somebody has charge of by one telling ("who is in charge of water"), and an office of another field by the other."""
    texts = beside.first.text, beside.second.text
    told: list[tuple[str, set[str]] | None] = []
    for text, sentence, name in zip(texts, sentences, (one, two), strict=True):
        found = _CHARGE.match(text, name.end, sentence.end)
        fields = _fields_of(found.group(1)) if found is not None else set()
        if found is not None and fields:
            told.append((found.group().strip(" ,"), fields))
            continue
        office = _office_beside(text, sentence, name)
        words = set(re.findall(r"[a-z]+", office.lower())) if office else set()
        own = {field for word in words for field in _fields_of(word)} if "minister" in words else set()
        told.append((office, own) if office and own and "prime" not in words else None)
    first, second = told
    if first is None or second is None or first[1] & second[1]:
        return None
    return first[0], second[0]


def _fields_of(word: str) -> set[str]:
    return {field for field, words in claim_words()["portfolios"].items() if word in words}


Values = tuple[str, str]
_Told = Callable[[str, Sentence, Named], str | None]


def _offices(beside: Beside, sentences: tuple[Sentence, Sentence], one: Named, two: Named) -> Values | None:
    told = chain(
        _sides(beside, sentences, (one, two), _office_beside, _free_office),
        _sides(beside, sentences, (one, two), _office_behind, _free_office),
    )
    return next(
        (
            pair
            for pair in told
            if not all("general" in office.lower() for office in pair)  # of which body is told by its letters in one
            and (
                offices_exclude(_portfolio(pair[0]), _portfolio(pair[1])) or _is_promoted(*pair) or _is_exchanged(*pair)
            )
        ),
        None,
    )


def _is_promoted(one: str, two: str) -> bool:
    """Whether one telling makes a deputy of the head of government a minister of something, which the other knows nothing of."""
    deputy = [
        re.search(r"\b(?:deputy|vice)[ -](?:prime minister|premier|chancellor)", office, re.IGNORECASE)
        for office in (one, two)
    ]
    plain = two if deputy[0] else one
    fields = set(_portfolio(plain)) - {"deputy", "vice", "prime", "first", "minister", "premier", "chancellor"}
    return bool(deputy[0]) != bool(deputy[1]) and "minister" in plain.lower() and bool(fields)


_POSTS = ("governor", "mayor", "commissioner", "ambassador", "minister")


def _is_exchanged(one: str, two: str) -> bool:
    """Whether a rewording gives somebody a post of another name, as that of a mayor for a governor's."""
    posts = [{post for post in _POSTS if post in role_words(office)} for office in (one, two)]
    return bool(posts[0] and posts[1]) and not posts[0] & posts[1]


def _portfolio(office: str) -> list[str]:
    # "the foreign minister of Osk": whose does not say of what; "minister of Finance" does.
    own = re.sub(r" of (?:the )?[A-Z].*$", "", office) if " " in office.split(" of ")[0] else office
    words = role_words(own) - nation_words()
    return sorted(
        word.rstrip("s") if len(word) > len("gas") else word for word in words
    )  # "sports minister", "minister for sport"


def _office_beside(text: str, sentence: Sentence, name: Named) -> str | None:
    held = office_at(text, name.start, name.end, Polities(None))
    if held is not None and sentence.start <= held.start < held.end <= sentence.end:
        if held.former:
            return None
        beside = (held.start, name.start) if held.start < name.start else (name.end, held.end)
        return text[slice(*beside)].strip(" ,(")
    behind = _BEHIND.match(text, name.end, sentence.end)
    if behind is not None:
        return behind.group(1)
    return _office_before(text, sentence, name)


def _office_behind(text: str, sentence: Sentence, name: Named) -> str | None:
    """The office behind a name, whatever stands before it ("its negotiator, X, a deputy minister"); else that before it."""
    behind = _BEHIND.match(text, name.end, sentence.end)
    return behind.group(1) if behind is not None else _office_beside(text, sentence, name)


def _office_before(text: str, sentence: Sentence, name: Named) -> str | None:
    before = _BEFORE.search(text[sentence.start : name.start])
    return before.group(1) if before is not None else None


def _free_office(text: str, sentence: Sentence, name: Named) -> str | None:
    found = [one.group(1) for one in _FREE.finditer(text, sentence.start, sentence.end)]
    return found[0] if len(found) == 1 else None


def _bodies(beside: Beside, sentences: tuple[Sentence, Sentence], one: Named, two: Named) -> Values | None:
    told = _sides(beside, sentences, (one, two), _body_beside, _free_body)
    return next((pair for pair in told if _bodies_exclude(*pair)), None)


def _sides(
    beside: Beside, sentences: tuple[Sentence, Sentence], names: tuple[Named, Named], beside_name: _Told, free: _Told
) -> Iterator[Values]:
    """What both say: both beside the name, or one beside it and the other elsewhere in the sentence."""
    texts = beside.first.text, beside.second.text
    near = [beside_name(text, sentence, name) for text, sentence, name in zip(texts, sentences, names, strict=True)]
    far = [free(text, sentence, name) for text, sentence, name in zip(texts, sentences, names, strict=True)]
    for first, second in ((near[0], near[1]), (near[0], far[1]), (far[0], near[1])):
        if first and second:
            yield first, second


@cache
def _body() -> re.Pattern[str]:
    nouns = sorted({word.capitalize() for kind in claim_words()["bodies"].values() for word in kind})
    return re.compile(
        rf"(?:(?:[A-ZÀ-Þ][\w.'’&-]*|and|of) ){{0,5}}(?:{'|'.join(nouns)})"
        rf"(?: (?:of|for|on)(?: the)? [A-ZÀ-Þ][\w'’&-]*(?: (?:and |of )?[A-ZÀ-Þ][\w'’&-]*){{0,4}})?(?![\w])"
    )


@cache
def _plain_body() -> re.Pattern[str]:
    nouns = sorted({word for kind in claim_words()["bodies"].values() for word in kind})
    return re.compile(rf"\b(?:[Tt]he|its|their) ([\w'’-]+ (?:{'|'.join(nouns)}))\b")


def _body_beside(text: str, sentence: Sentence, name: Named) -> str | None:
    for found in _body().finditer(text, sentence.start, sentence.end):
        if found.end() <= name.start:
            gap = text[found.end() : name.start]
            if re.fullmatch(r"(?:['’]s)?(?: [a-z-]+){0,3},? ", gap) and not re.search(
                r" (?:and|to|with|by|that|of) ", gap
            ):
                return found.group()
        elif found.start() >= name.end and re.fullmatch(_AFTER, text[name.end : found.start()]):
            return found.group()
    return None


def _free_body(text: str, sentence: Sentence, name: Named) -> str | None:
    bodies = [one.group() for one in _body().finditer(text, sentence.start, sentence.end)]
    bodies = bodies or [one.group(1) for one in _plain_body().finditer(text, sentence.start, sentence.end)]
    return bodies[0] if len(bodies) == 1 else None


def _bodies_exclude(one: str, two: str) -> bool:
    """Whether two bodies cannot be one: of two kinds, or two proper names without a word in common."""
    words = [{stem_of(word.lower()) for word in re.findall(r"[^\W\d_]{3,}", body)} for body in (one, two)]
    kinds = [_kind_of(body) for body in (one, two)]
    if None in kinds or min(map(len, words)) < 2:
        return False  # "the Union" may be any
    nouns = {stem_of(word) for kind in claim_words()["bodies"].values() for word in kind}
    if (words[0] & words[1]) - nouns - {"nation", "intern", "general"}:
        return False
    return kinds[0] != kinds[1] or (
        one[0].isupper() and two[0].isupper() and bool(words[0] - nouns and words[1] - nouns)
    )


def _kind_of(body: str) -> str | None:
    head = [word.lower() for word in re.findall(r"[^\W\d_]+", re.split(r" (?:of|for|on) ", body)[0])]
    kinds = claim_words()["bodies"]
    return next((kind for word in reversed(head) for kind, nouns in kinds.items() if word in nouns), None)


@cache
def _state() -> str:
    return "|".join(sorted(map(re.escape, state_names()), key=lambda name: (-len(name), name)))


def _nations(beside: Beside, sentences: tuple[Sentence, Sentence], one: Named, two: Named) -> Values | None:
    told = [
        _nation_beside(report.text, sentence, name)
        for report, sentence, name in zip((beside.first, beside.second), sentences, (one, two), strict=True)
    ]
    for side, report in enumerate((beside.first, beside.second)):
        if told[side] is None and told[1 - side] is not None:
            told[side] = _nation_near(beside, side, report.text, sentences, (one, two)[1 - side])
    first, second = told
    if first is None or second is None or state_names()[first] == state_names()[second]:
        return None
    return first, second


def _nation_near(
    beside: Beside, side: int, text: str, sentences: tuple[Sentence, Sentence], other: Named
) -> str | None:
    """The state of the office that the other telling gives somebody, named next to where this one has the name alone.

    "X needed nine minutes. The Qatari prime minister announced ..."; none where the text has that office of both states.
    """
    there = (beside.first, beside.second)[1 - side].text
    held = re.search(
        rf"({_state()})(?:['’]s)? ({_POST}),? (?:[A-Z]\w+ )?$", there[sentences[1 - side].start : other.start]
    )
    if held is None:
        return None
    post = held.group(2).lower()
    of_both = re.compile(rf"(?<!\w)({_state()})(?:['’]s)? (?i:{re.escape(post)})(?!\w)(?! [A-Z])")
    place = beside.sentences[side].index(sentences[side])
    near = beside.sentences[side][max(0, place - 1) : place + 2]
    found = {
        found.group(1)
        for found in of_both.finditer(text, near[0].start, near[-1].end)
        if found.group(1) in state_names()
    }
    everywhere = {state_names().get(found.group(1)) for found in of_both.finditer(text)}
    # Where the other telling names that state as well, it tells of two people.
    named = {
        state_names()[one]
        for one in re.findall(rf"(?<!\w)({_state()})(?!\w)", there[sentences[1 - side].start : sentences[1 - side].end])
    }
    if {state_names()[one] for one in found} & named:
        return None
    if len(found) != 1 or state_names()[held.group(1)] in everywhere:
        return None
    return found.pop()


def _nation_beside(text: str, sentence: Sentence, name: Named) -> str | None:
    front = re.search(
        rf"(?<!\w)({_state()})(?:['’]s)?(?:(?:,? [a-z-]+){{0,2}}| {_POST}),? $", text[sentence.start : name.start]
    )
    if front is not None and not re.search(
        r"\b(?:and|to|with|by|that|from|in|for)\b", text[sentence.start + front.end(1) : name.start]
    ):
        return front.group(1)
    back = re.match(
        rf",? (?:of|from|for|who spoke for) (?:the )?({_state()})(?!\w|['’]s)", text[name.end : sentence.end]
    )
    return back.group(1) if back is not None else None


_COMPARED = (_offices, _bodies, _nations, _charges)
