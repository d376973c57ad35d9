"""What post each person has in two tellings of one text, wherever in it the words stand: one who is retold keeps the post.

A post is a noun beside a name ("Mayor Ina Bord", "Ina Bord, the town's mayor", "Ina Bord, who chairs the board"), or the only post of
the sentence behind one that has the name alone ("Bord shrugged. The mayor had expected it."). A reworder knows no more of people than
the text does, so somebody who has no post in one telling that goes with the one in the other is told of otherwise. Posts go together
where they are of one class (`claims.toml`, posts) with one field and one body; a word that fits any post ("leader") goes with all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from travaux.analysis.alignment import Beside, Sentence, near_groups
from travaux.analysis.claims import claim_words
from travaux.analysis.conflict import ConflictKind
from travaux.analysis.people_named import UPPER, Named, full_names, names_in, one_surname
from travaux.analysis.told_otherwise import Difference
from travaux.model import Report
from travaux.provenance.telling import stem_of
from travaux.reading.happenings.roles import nation_words

ANY = "any"
"""The class of words that fit any post."""
_OF_FIELDS = frozenset({"minister", "commissioner"})
"""Classes whose posts are told apart by what they are for, whatever body they belong to."""
_OF_BODIES = frozenset(
    {"presides", "premier", "governor", "mayor", "secretary_general", "manages", "speaks", "ambassador"}
)
"""Classes whose posts are told apart by the body or place they belong to."""
_FUNCTIONS = frozenset({"presides", "speaks", "negotiates", "secretary", "manages"})
"""Classes of what somebody with any rank or trade may do for a body as well."""
_WHOSE = (
    rf"(?:[{UPPER}][\w-]*['’]s? |(?:[Tt]he |[Aa] )(?:[\w-]+ ){{0,2}}?[\w-]+['’]s? "
    r"|(?i:the |an? |its |his |her |their |our |who (?:is|was) (?:the |an? )?|as (?:the )?))"
)
_OF = r"(?: (?:of|for|at) (?:the |its |a )?(?P<of>[\w&'’-]+(?: (?:of |and |for |the )?[\w&'’-]+){0,4}?))?"
_NO_MODIFIER = frozenset(
    "said says told tells and or but with to by from that than as was is were are had has have who which when while met of for in on at"
    " then".split()
)
_FORMER = re.compile(
    r"\b(?:former|formerly|ex|once|then|outgoing|late|designate|elect|would-be|future|next|new)\b|\b(?:until|used to)\b"
)
_DEPUTY = frozenset("deputy vice assistant under acting interim".split())


@dataclass(frozen=True, slots=True)
class _Post:
    """A post that a sentence gives to somebody.

    Attributes:
        kind: its class. fields: what it is for. body: words of the body or place it belongs to. proper: whether that is a name.
        deputy: whether it is a deputy's. guessed: whether "its" is taken for what the sentence before begins with. what: words before
            the noun. place: number of the sentence. shown: the words.
    """

    kind: str
    fields: frozenset[str]
    body: tuple[str, ...]
    proper: bool
    deputy: bool
    guessed: bool
    what: tuple[str, ...]
    place: int
    shown: str


def posts_otherwise(beside: Beside, known_already: Collection[str]) -> Iterator[Difference]:
    """Posts of one person that do not go together, each person once.

    Args:
        known_already: surnames of people whose offices are known to be told otherwise.
    """
    names = full_names(beside)
    held = [_held(report, side) for report, side in zip((beside.first, beside.second), beside.sentences, strict=True)]
    likeness = {(pair.first, pair.second): pair.likeness for pair in beside.facing}
    for surname in sorted(held[0]):
        other = (
            surname if surname in held[1] else next((one for one in sorted(held[1]) if one_surname(surname, one)), None)
        )
        if other is None or surname in known_already or not {surname, other} & names.keys():
            continue
        mine, theirs = held[0][surname], held[1][other]
        apart = [
            (one, two)
            for one in mine
            for two in theirs
            if not any(_go_together(beside, one, each) for each in theirs)
            and not any(_go_together(beside, each, two) for each in mine)
        ]
        if apart:
            one, two = max(apart, key=lambda pair: likeness.get((pair[0].place, pair[1].place), -1.0))
            name = names.get(surname) or names[other]
            why = "one is taken from the other, and has given somebody another post"
            yield Difference(
                ConflictKind.ROLE,
                f"the office of {name}",
                (one.shown, two.shown),
                (one.place, two.place),
                why,
                likeness.get((one.place, two.place), 0.0),
                name,
            )


# ------------------------------------------------------------------------------------------------------ posts in a text


@cache
def _classes() -> dict[str, str]:
    """The class of each post noun, in lower case with spaces for hyphens."""
    return {
        noun.replace("-", " "): kind
        for kind, nouns in claim_words()["posts"].items()
        if kind not in {"together", "ranks"}
        for noun in nouns
    }


@cache
def _noun() -> str:
    nouns = sorted(_classes(), key=lambda noun: (-len(noun), noun))
    return "|".join(noun.replace(" ", "[ -]") for noun in nouns)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<whose>{_WHOSE})?(?P<what>(?:[\w-]+ ){{0,4}}?)(?P<post>(?i:{_noun()})){_OF},?"
        r" (?:(?:Mrs?|Ms|Dr|Sheikh|Sir|Lord|Lady)\.? )?$"
    )


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(
        rf"(?:,| [–—(]| \() ?(?P<whose>{_WHOSE})?(?P<what>(?:[\w'’-]+ ){{0,5}}?)(?P<post>(?i:{_noun()}))(?![\w-]|['’]s)"
        rf"{_OF}(?=[,.;:)–—]| (?:since|until|for|from|in|at|who|under|and)\b|$|\s*$)"
    )


_DOES = re.compile(
    r",? who (?:now |has )?(?P<does>chair(?:s|ed)|preside[sd] over|lead[s]?|led|head(?:s|ed)|run[s]?|ran|negotiate[sd] for"
    r"|speaks for|spoke for|represents|represented) (?:the |its |his |her )?(?P<of>[\w&'’-]+(?: [\w&'’-]+){0,3})"
)
_DOING = {"chair": "presides", "presid": "presides", "negoti": "negotiates", "speak": "speaks", "spoke": "speaks"}


@cache
def _definite() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<whose>(?<!\w)[Tt]he |(?<!\w)[{UPPER}][\w-]*['’]s? )(?P<what>(?:[a-z-]+ ){{0,2}}?)"
        rf"(?P<post>(?i:{_noun()}))(?![\w-]|['’]s)(?P<of>(?!))?(?! [{UPPER}])"
    )


def _held(report: Report, sentences: Sequence[Sentence]) -> dict[str, list[_Post]]:
    """The posts of the people that a report names, by surname; what is former or still to come is none."""
    found: dict[str, list[_Post]] = defaultdict(list)
    alone: dict[str, list[int]] = defaultdict(list)
    for place, sentence in enumerate(sentences):
        names = list(names_in(report.text, sentence))
        for name in names:
            told = [one for one in _told_beside(report.text, sentences, place, name) if one is not None]
            found[name.surname] += told
        if len(names) == 1 and place + 1 < len(sentences):
            alone[names[0].surname].append(place + 1)
    for surname, places in alone.items():
        for place in places:
            if not found[surname] and not list(names_in(report.text, sentences[place])):
                definite = _definite().finditer(report.text, sentences[place].start, sentences[place].end)
                only = [_post(report.text, sentences, place, one) for one in definite]
                if len(only) == 1:
                    found[surname] += filter(None, only)
    return {surname: posts for surname, posts in found.items() if posts}


def _told_beside(text: str, sentences: Sequence[Sentence], place: int, name: Named) -> Iterator[_Post | None]:
    sentence = sentences[place]
    before = _before().search(text, sentence.start, name.start)
    while before is not None and before.end() != name.start:
        before = _before().search(text, before.start() + 1, name.start)
    if before is not None:
        yield _post(text, sentences, place, before)
    behind = _behind().match(text, name.end, sentence.end)
    if behind is not None:
        yield _post(text, sentences, place, behind)
    does = _DOES.match(text, name.end, sentence.end)
    if does is not None:
        kind = next((kind for stem, kind in _DOING.items() if does["does"].startswith(stem)), ANY)
        body, proper = _body(does["of"])
        yield _Post(kind, frozenset(), body, proper, False, False, (), place, does.group().strip(" ,"))


def _post(text: str, sentences: Sequence[Sentence], place: int, found: re.Match[str]) -> _Post | None:
    what = found["what"].lower().split()
    around = f"{found['whose'] or ''}{found['what']}".lower()
    if _NO_MODIFIER & set(what) or _FORMER.search(around) or _FORMER.match(text[found.end() :].lstrip(" ,")):
        return None
    noun = re.sub(r"[ -]+", " ", found["post"].lower())
    words = [*what, *re.findall(r"[a-z]+", (found["of"] or "").lower()), *found["post"].lower().split()[:-1]]
    fields = frozenset(
        field for field, listed in claim_words()["portfolios"].items() for word in words if word in listed
    )
    kind = "minister" if noun == "secretary" and fields else _classes()[noun]
    whose = (found["whose"] or "").strip()
    owner = re.sub(r"['’]s?$", "", whose) if re.search(r"['’]", whose) else ""
    body, proper = _body(found["of"] or owner)
    guessed = not body and whose.lower() in {"its", "their"} and place > 0
    if guessed:
        first = sentences[place - 1]
        body, _ = _body(text[first.start : first.tokens[min(len(first.tokens) - 1, 3)].end])
    deputy = bool(_DEPUTY & {part for word in (*what, *found["post"].lower().split()) for part in word.split("-")})
    return _Post(kind, fields, body, proper, deputy, guessed, tuple(what), place, found.group().strip(" ,(–—"))


def _body(words: str) -> tuple[tuple[str, ...], bool]:
    """The words of a body or place, and whether they are a name."""
    told = tuple(word for word in re.findall(r"[^\W\d_]+", words) if word.lower() not in _SMALL)
    return told, any(word[0].isupper() and word.lower() not in nation_words() for word in told)


_SMALL = frozenset("the of and for its a an s is are was has have had".split())


# ------------------------------------------------------------------------------------------------------ what goes together


def _go_together(beside: Beside, one: _Post, two: _Post) -> bool:
    if ANY in {one.kind, two.kind}:
        return not (_heads_a_part(one, two) or _heads_a_part(two, one))
    if one.kind != two.kind:
        if {one.kind, two.kind} & _ranks() and {one.kind, two.kind} & _FUNCTIONS:
            return not (_is_somebody_elses(beside, 1, one) or _is_somebody_elses(beside, 0, two))
        return {one.kind, two.kind} in _together() or bool(
            one.fields & two.fields and {one.kind, two.kind} & {"minister"}
        )
    if one.deputy != two.deputy:
        return False
    if one.kind in _OF_FIELDS:
        return not (one.fields and two.fields) or bool(one.fields & two.fields)
    return one.kind not in _OF_BODIES or not _two_bodies(beside, one, two)


def _heads_a_part(one: _Post, two: _Post) -> bool:
    """Whether one is chief of a part of what the other leads: "the UN's relief chief", "the Secretary-General of the UN"."""
    return (
        one.kind == ANY
        and bool(one.what)
        and two.kind in _LEADS
        and bool(one.body)
        and _alike(one.body, two.body)
        and not two.deputy
    )


_LEADS = frozenset({"presides", "premier", "governor", "mayor", "secretary_general", "crowned"})


@cache
def _together() -> list[set[str]]:
    return [set(pair) for pair in claim_words()["posts"]["together"]]


@cache
def _ranks() -> frozenset[str]:
    return frozenset(claim_words()["posts"]["ranks"])


def _is_somebody_elses(beside: Beside, side: int, post: _Post) -> bool:
    """Whether a report gives a post to nobody by name, but to somebody: "the archbishop, who chairs it"."""
    text = (beside.first, beside.second)[side].text
    noun = re.search(rf"(?i:{_noun()})(?![\w-])", post.shown)
    return noun is not None and re.search(rf"(?<!\w)[Tt]he {re.escape(noun.group())}(?!\w)", text) is not None


def _two_bodies(beside: Beside, one: _Post, two: _Post) -> bool:
    """Whether the posts belong to two bodies: one that is named shares no word with the other and is no other word for it.

    A name that the other report does not have at all is none that it could mean; and what stands beside it in one sentence of either is
    something else.
    """
    if one.guessed and two.guessed:
        return False
    if not one.body or not two.body or _alike(one.body, two.body) or not (one.proper or two.proper):
        return False
    if one.proper and two.proper:
        return True
    named, other = (one.body, two.body) if one.proper else (two.body, one.body)
    name, there = {stem_of(word.lower()) for word in named}, 1 if one.proper else 0
    if not (one.guessed or two.guessed) and not any(
        name <= {token.stem for token in sentence.tokens} for sentence in beside.sentences[there]
    ):
        return True
    both = name | {stem_of(word.lower()) for word in other}
    return any(both <= {token.stem for token in sentence.tokens} for side in beside.sentences for sentence in side)


def _alike(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether the words of two bodies have one in common, near words or the letters that one is called by ("the NMU")."""
    stems = [{stem_of(word.lower()) for word in side} for side in (one, two)]
    groups = [{group for stem in side for group in near_groups(stem)} for side in stems]
    letters = ["".join(word[0] for word in side).upper() for side in (one, two)]
    return bool(stems[0] & stems[1] or groups[0] & groups[1] or letters[0] in two or letters[1] in one)
