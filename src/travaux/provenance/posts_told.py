"""How reports put a post beside a name: before it, in apposition, by what somebody does, or by the having of it.

"Harbour master X", "the president of the union, X,", "X, the union's president,", "X, who chairs the committee", "X's presidency". What
stands in front of a title may take it away: a deputy, an acting or a former one, a noun that tells of another body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from travaux.provenance.offices import words_of_roles
from travaux.provenance.posts_of_agenda import Post, bare_name, stems

REACH = 140
"""Code points before and behind a name in which a post of its bearer is looked for."""

_VERBS = frozenset(("chairs", "presides over", "heads", "runs", "directs"))


@dataclass(frozen=True, slots=True)
class Given:
    """A post that a report gives to somebody.

    Attributes:
        title: as printed. posts: those of the agenda that it may be. body: the words that say whose it is; empty where none do.
        start, end: post and name together, in code points of the text.
    """

    title: str
    posts: tuple[Post, ...]
    body: str
    start: int
    end: int

    @property
    def is_of_verb(self) -> bool:
        """Whether it is told by what somebody does ("who chairs the committee"), which no title names."""
        return self.title in _VERBS


_NO_BODY = r"(?:who|said|says|told|is|was|has|had|will|would|until|since|from|spoke|met)\b"
_WORD = r"[\w’'&.-]+"
_BODY = rf"(?: (?:of|at|for|in|on) (?P<of>(?:the |its |their )?{_WORD}(?: (?!{_NO_BODY}){_WORD}){{0,7}}?))?"
_LATER = re.compile(
    r"[^.;]{0,30}?\b(?:until|till|from (?:19|20)\d\d|between (?:19|20)\d\d|in the \w+ties|at the time)\b"
)
_RESPECT = r"(?:(?:Mrs?|Ms|Dr|Prof|Professor|Sir|Dame|Lord|Lady)\.? )?"
_IS = r"(?:is|serves as|works as|sits as|has been|remains)"
_LIST = re.compile(r",? and (?:the )?[A-ZÀ-Þ]|, (?:the )?[A-ZÀ-Þ][\w’'-]+,? (?:and |[A-ZÀ-Þ])")


class Shapes:
    """How reports put a post beside a name, for the posts of one agenda."""

    def __init__(self, by_phrase: dict[str, tuple[Post, ...]], parties: dict[str, set[str]]):
        self._by_phrase = by_phrase
        self._by_letters = {_letters(phrase): posts for phrase, posts in by_phrase.items()}
        self._parties = parties
        title = (
            rf"(?P<title>(?i:{'|'.join(_spaced(one) for one in sorted(by_phrase, key=lambda one: (-len(one), one)))}))"
        )
        front = r"(?P<front>(?:(?:[\w.’'&-]+) ){0,6}?)"
        # "Harbour master Greta Halling", "The president of the union, Imke Sand,", "As rector, Pavel Dunn", "The mayor is".
        self._before = re.compile(rf"(?<![\w’'-]){title}{_BODY}(?P<link>,? | is ){_RESPECT}$")
        # ", the union's president," " (harbour master)" ", who is mayor" " is the mayor" ", as mayor of Osmund,"
        self._behind = re.compile(
            rf"(?:,? who {_IS} |,? {_IS} |,? (?:speaking |writing )?(?:in (?:his|her) (?:capacity|role) )?as |, | \(| [–—] )"
            rf"(?P<article>(?:the |its |their |his |her |our |an? )?){front}{title}{_BODY}"
            r"(?=[,.;:)–—\n]|$|”| (?:and|who|said|says|told|since|until|from)\b)"
        )
        # ", who chairs the committee"
        names = "|".join(sorted(map(re.escape, parties), key=lambda one: (-len(one), one)))
        self._presides = re.compile(
            rf",? who (?P<verb>chairs|presides over|heads|runs|directs) (?:the )?(?P<of>(?i:{names}))(?=[,.;:)–—\n]|$)"
        )
        # "Nadja Fink's presidency of the Carriers' Association"
        nouns = {_holding(phrase): phrase for phrase in by_phrase}
        self._nouns = nouns
        holding = "|".join(map(re.escape, sorted(nouns, key=lambda one: (-len(one), one))))
        self._holding = re.compile(rf"[’']s (?:[a-z]+ )?(?P<title>{holding}){_BODY}(?=[,.;:)–—\n]|$| )")

    def at(self, text: str, start: int, end: int) -> Given | None:
        low = max(0, start - REACH)
        front = text[low:start]
        front = front[max(map(front.rfind, ("\n", ". ", "? ", "! ", "; "))) + 1 :]
        found = self._last(front)
        if found is not None and self._stands_before(found, front, text, end):
            lead = front[: found.start()]
            body = found["of"] or self._owner(lead)
            begins = start - len(front) + found.start()
            return self._given(found["title"], body, begins, end)
        back = text[end : end + REACH].split("\n")[0]
        for shape in (self._behind, self._holding):
            after = shape.match(back)
            if after is None or _LATER.match(back, after.end("title")):
                continue
            title = after["title"]
            if shape is self._holding:
                return self._given(self._nouns[title], after["of"] or "", start, end + after.end())
            lead = after["front"]
            if not self._is_owner_only(lead) or not self._is_plain(f"{after['article']}{lead}"):
                continue
            return self._given(title, after["of"] or self._owner(lead), start, end + after.end())
        return self._presiding(back, start, end)

    def _presiding(self, back: str, start: int, end: int) -> Given | None:
        """The post at the top of a body that somebody heads: those of it that the agenda has."""
        found = self._presides.match(back.replace("’", "'"))
        if found is None:
            return None
        ids = self._parties[bare_name(found["of"])]
        of_chairs = found["verb"] in {"chairs", "presides over"}
        ranks = words_of_roles()["posts"]["presiding" if of_chairs else "topmost"]
        held = {post for posts in self._by_phrase.values() for post in posts if post.party.id in ids and not post.field}
        posts = sorted((post for post in held if post.rank in ranks), key=lambda post: post.person.name)
        return Given(found["verb"], tuple(posts), found["of"], start, end + found.end()) if posts else None

    def _last(self, front: str) -> re.Match[str] | None:
        """The title nearest to a name whose words reach up to it."""
        return self._before.search(front)

    def _stands_before(self, found: re.Match[str], front: str, text: str, end: int) -> bool:
        lead = front[: found.start()]
        if not self._is_plain(lead) or not self._is_name_of_body(found["of"], found["link"]):
            return False
        if found["link"].strip() == ",":
            is_as = re.search(r"\b[Aa]s (?:the |its |their )?$", lead) is not None
            if not is_as and (text[end : end + 1] not in {",", ".", ")", ";", ":"} or _LIST.match(text, end)):
                return False
        return True

    def _is_owner_only(self, lead: str) -> bool:
        """Whether words between a name and a title say whose it is and no more: no "adviser to the", no "who advises the"."""
        owner = self._owner(lead)
        rest = lead.casefold().replace("’", "'").replace(owner.casefold(), " ") if owner else lead
        words = re.findall(r"[\w.’'&-]+", rest)
        return all(
            word[:1].isupper() or re.search(r"[’']s?$", word) or word == "s" or word in _passing() | {"the", "own", "'"}
            for word in words
        )

    def _is_name_of_body(self, body: str | None, link: str) -> bool:
        """Whether what stands between a title and a name is a body and no other clause: "the president thanked Mr Lasker"."""
        if body is None:
            return True
        bare = bare_name(body)
        if bare in self._parties or link.strip():
            return not re.search(r"\b(?:to|with|by|that|as|after|when|which|mr|mrs|ms|and the)\b", bare)
        return all(word[:1].isupper() or word in {"of", "the", "and", "for"} for word in body.split())

    def _is_plain(self, lead: str) -> bool:
        """Whether the words before a title leave it what it is: nobody's deputy, no former one, no other body's."""
        near = re.findall(r"[\w.’'&-]+", re.split(r"[,;:(]", lead)[-1])[-5:]
        words = words_of_roles()
        folded = [word.casefold().strip(".") for word in near]
        ending = folded[-1:]
        if set(folded[-3:]) & {*words["before"]["past"], *words["before"]["silent"]} or set(ending) & _DEPUTIES:
            return False
        if re.search(
            r"\b(?:no|not|never|like to be|become|becoming|be|candidate for|run(?:ning)? for|were|become an?)\s(?:the\s)?$",
            lead,
        ):
            return False
        if not near or not lead.endswith(" "):
            return not lead.rstrip(" “\"‘'(") or lead.rstrip(" ")[-1] in ',;:—–(“"' or not lead.strip()
        last = near[-1]
        if re.search(r"[’']s?$", last) or ending[0] in _OPENERS or ending[0] in words["before"]["passing"]:
            return True
        # A noun before it tells whose it is: "club captain", "Rovers captain"; of an unknown one nothing is known.
        return bool(self._owner(lead))

    def _owner(self, lead: str) -> str:
        """The name of a party at the end of the words before a title."""
        bare = re.sub(r"[’']s? $", " ", lead).casefold().replace("’", "'").rstrip()
        found = [name for name in self._parties if bare == name or bare.endswith((f" {name}",))]
        before, _, last = bare.rpartition(" ")
        if not found and before and last in _passing():
            return self._owner(f"{lead.rstrip().rpartition(' ')[0]} ")
        if found:
            return max(found, key=len)
        owner = re.search(r"((?:[A-ZÀ-Þ][\w’'&-]+ (?:of |and )?){1,6})$", re.sub(r"[’']s? $", " ", lead))
        words = owner.group(1).strip() if owner is not None else ""
        told = stems(words)
        is_known = any(told & post.body for posts in self._by_phrase.values() for post in posts)
        return words if is_known else ""

    def _given(self, title: str, body: str, start: int, end: int) -> Given:
        return Given(title, self._by_letters[_letters(title)], body, start, end)


_DEPUTIES = frozenset("deputy vice co assistant associate sub under junior honorary hon emeritus".split())
_OPENERS = frozenset(
    "the its their our his her whose a an as by with and but to from under of that when while if for told met said says is are was"
    " has between after before against where because then both".split()
)


@cache
def _passing() -> frozenset[str]:
    return frozenset(words_of_roles()["before"]["passing"])


def _spaced(phrase: str) -> str:
    """An expression for a title, whether its words are written apart or together: "harbourmaster", "vice-chair"."""
    return re.escape(phrase).replace(r"\ ", "[ -]?").replace(r"\-", "[ -]?")


def _letters(title: str) -> str:
    return re.sub(r"[\s-]", "", title.casefold())


def _holding(phrase: str) -> str:
    """The word for having a post: "presidency", "chairmanship", "captaincy"."""
    special = words_of_roles()["posts"]["holding"]
    return str(special.get(phrase, f"{phrase}ship"))
