"""Posts that one person at a time holds, by the agenda: who is called by such a post of somebody else's is called wrongly.

Which posts there are the agenda says, so that a harbour master, a rector and a councillor for transport are known as a mayor is. A post
is a rank ("director"), what it is for ("finance"), and whose it is. Titles of like meaning are one rank ("CEO", "managing
director"), and a rank that the agenda gives nobody else is nobody's mistake: a chairman may well be called president. Ranks that
many have at a time ("member", "spokesman", "minister") and loose words ("leader", "boss") are no posts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from travaux.model import Agenda, PartialDate, Party, Person
from travaux.provenance.offices import words_of_roles

REACH = 140
"""Code points before and behind a name in which a post of its bearer is looked for."""

_LINKS = r"(?:of|for|at|in|on)"
_SEVERAL_POSTS = re.compile(r"\s*(?:,|;|\band\b)\s*(?:also\b\s*)?")
_COMPLEMENT = re.compile(rf"\s{_LINKS}\s")


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the agenda has it.

    Attributes:
        rank: lower case, one word for titles of like meaning. field: what it is for, stems; empty for the post at the top.
        body: the words that name whose it is, stems; those that many bodies share left out.
    """

    rank: str
    field: frozenset[str]
    body: frozenset[str]
    person: Person
    party: Party


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


class Posts:
    """The posts of an agenda, ready to be looked for beside names."""

    def __init__(self, agenda: Agenda | None):
        parties = agenda.parties if agenda else ()
        self._all = tuple(post for party in parties for person in party.people for post in posts_of(person, party))
        self._ids: dict[str, set[str]] = defaultdict(set)
        for party in parties:
            for name in (party.name, *party.names):
                self._ids[_bare(name)].add(party.id)

    @cached_property
    def _by_phrase(self) -> dict[str, tuple[Post, ...]]:
        found: dict[str, list[Post]] = defaultdict(list)
        for post in self._all:
            if is_of_one(post):
                for phrase in _phrases(post):
                    found[phrase].append(post)
        return {phrase: tuple(posts) for phrase, posts in found.items()}

    @cached_property
    def _shapes(self) -> _Shapes | None:
        return _Shapes(self._by_phrase, self._ids) if self._by_phrase else None

    def at(self, text: str, start: int, end: int) -> Given | None:
        """The post that the words around a name give to its bearer: one of the agenda's; None where they give none.

        Args:
            start, end: the name, in code points.
        """
        return self._shapes.at(text, start, end) if self._shapes is not None else None

    def fault_of(self, given: Given, person: Person, published: PartialDate | None) -> str | None:
        """Why a post is not somebody's: it is another's on the agenda; None where it may be both, or nothing shows whose."""
        own = [post for post in self._all if post.person is person]
        if given.is_of_verb and any(post.rank in _at_the_top() for post in own if not post.field):
            own_ids = {post.party.id for post in own}
            if own_ids & {post.party.id for post in given.posts}:
                return None
        holders = [post for post in given.posts if self._is_meant(given, post, own)]
        if not holders or any(_may_be(given, post, holders) for post in own):
            return None
        if any(post.person is person or not _is_in_office(post.person, published) for post in holders):
            return None
        if not person.role.strip() or _PAST.match(person.role):
            return None
        first = holders[0].person
        return f"On the agenda {person.name} is {person.role}; {first.role} is {first.name}"

    def _is_meant(self, given: Given, post: Post, own: list[Post]) -> bool:
        """Whether the words beside a name mean a post of the agenda and no other body's of that rank."""
        if given.body:
            meant = self._parties_in(given.body)
            if meant:
                return post.party.id in meant
            told = stems(given.body)
            return bool(told & post.body)
        if any(one.party.id == post.party.id for one in own) or not own:
            return any(one.party.id == post.party.id for one in own)
        # A mayor without a city is the one spoken of; every body has a president.
        return post.rank not in words_of_roles()["posts"]["of_any_body"] and not post.field

    def _parties_in(self, body: str) -> set[str]:
        """The parties whose name the words of a body are, or begin or end with."""
        bare = _bare(body)
        named = [name for name in self._ids if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bare)]
        longest = max(map(len, named), default=0)
        return set[str]().union(*(self._ids[name] for name in named if len(name) == longest))

    def is_own(self, name: str, title: str) -> bool:
        """Whether a title is, by the agenda, that of somebody: by its rank, and by what it is for where both say that."""
        return any(_names(title, post) for post in self._all if post.person.name == name)

    def is_wrong(self, name: str, words: str, published: PartialDate | None) -> bool:
        """Whether some words give somebody of the agenda a post that it gives to somebody else."""
        person = next((post.person for post in self._all if post.person.name == name), None)
        if person is None:
            return False
        for found in re.finditer(rf"(?<!\w){re.escape(name.split()[-1])}(?!\w)", words):
            first = re.search(r"(?:[A-ZÀ-Þ][\w'’-]* )*$", words[: found.start()])
            starts = [found.start()]
            if first is not None and name.split()[0] in first.group():
                starts.insert(0, first.start() + first.group().rindex(name.split()[0]))
            given = self.at(words, starts[0], found.end())
            if given is not None and self.fault_of(given, person, published) is not None:
                return True
        return False


def titles_of_one(agenda: Agenda | None) -> Iterator[tuple[str, str]]:
    """The titles that one person on the agenda has ("mayor"), each with the id of the party."""
    holders: dict[str, set[str]] = defaultdict(set)
    for party in agenda.parties if agenda else ():
        for person in party.people:
            for post in posts_of(person, party):
                if is_of_one(post) and not post.field:
                    holders[post.rank].add(party.id)
    yield from ((rank, next(iter(ids))) for rank, ids in holders.items() if len(ids) == 1)


# ------------------------------------------------------------------------------------------------------- of the agenda


_VERBS = frozenset(("chairs", "presides over", "heads", "runs", "directs"))


@cache
def _at_the_top() -> frozenset[str]:
    lists = words_of_roles()["posts"]
    return frozenset((*lists["presiding"], *lists["topmost"], *lists["loose"]))


_PAST = re.compile(
    r"(?:the\s)?(?:former|ex|acting|interim|designate|outgoing|incoming|future|next|honorary|retired)\b", re.IGNORECASE
)


def posts_of(person: Person, party: Party) -> Iterator[Post]:
    """The posts in a person's role; of loose words too, since they tell that somebody has another office."""
    whole = person.role
    for part in _SEVERAL_POSTS.split(whole):
        words = re.sub(r"^(?:the|an?)\s", "", part.strip(), flags=re.IGNORECASE)
        words = re.split(r"\s(?:since|until|from|till)\s", words)[0]
        title, *complements = _COMPLEMENT.split(words)
        if not title or _PAST.match(title):
            continue
        field, body = set[str](), []
        for complement in complements:
            if not body and not field and _is_field(complement):
                field |= stems(complement, keep_generic=True)
            else:
                body.append(complement)
        rank, before = _rank_of(title)
        # "legal adviser", "finance director": what stands before a rank says what for; "city treasurer" says whose.
        own = stems(" ".join((party.name, *party.names)), keep_generic=True)
        field |= {stem for stem in stems(before, keep_generic=True) if stem not in own}
        named = stems(" ".join((*body, party.name, *party.names)))
        yield Post(rank, frozenset(field), named, person, party)


def _is_field(complement: str) -> bool:
    """Whether what follows "director of" is what it is for ("finance") and not whose it is ("the bank", "Osmund")."""
    known = {word for words in words_of_roles()["departments"].values() for word in words}
    return (complement[:1].islower() and not re.match(r"(?:the|its|an?)\s", complement)) or complement.lower() in known


@cache
def _ranks() -> dict[str, str]:
    """Words of a rank to the rank's name."""
    ranks = words_of_roles()["posts"]["ranks"]
    return {word: name for name, words in ranks.items() for word in (name, *words)}


def _rank_of(title: str) -> tuple[str, str]:
    """The rank at the end of a title, and what stands before it."""
    folded = " ".join(title.lower().split())
    for words, rank in sorted(_ranks().items(), key=lambda item: -len(item[0])):
        if folded == words or folded.endswith(f" {words}"):
            return rank, folded[: len(folded) - len(words)].strip()
    before, _, last = folded.rpartition(" ")
    return _plain(last), before


def _plain(word: str) -> str:
    return re.sub(r"(?<=[a-z]{3})(?:woman|person)$", "man", word)


def is_of_one(post: Post) -> bool:
    """Whether one person at a time has a post."""
    lists = words_of_roles()["posts"]
    words = set(re.split(r"[\s-]", post.rank)) | post.field
    if words & set(lists["shared"]) or post.rank in lists["loose"]:
        return False
    return bool(post.field) or post.rank not in lists["several"]


def _phrases(post: Post) -> Iterator[str]:
    """A post as reports write it, lower case."""
    ranks = {word for word, rank in _ranks().items() if rank == post.rank} | {post.rank}
    ranks |= {re.sub(r"man$", ending, rank) for rank in ranks if rank.endswith("man") for ending in ("woman", "person")}
    title = _COMPLEMENT.split(post.person.role.lower())
    for rank in ranks:
        if not post.field:
            yield rank
            continue
        # The words of the field as the agenda has them, before the rank or behind it.
        shown = _field_words(title, post)
        yield from (f"{shown} {rank}", f"{rank} for {shown}", f"{rank} of {shown}", f"{rank} for the {shown}")
    if post.field & stems(title[0], keep_generic=True):
        yield " ".join(re.sub(r"^(?:the|an?)\s", "", title[0]).split())


def _field_words(title: list[str], post: Post) -> str:
    words = [word for part in title[:2] for word in re.findall(r"[\w’'-]+", part)]
    shown = [word for word in words if _stem(word) in post.field]
    return " ".join(dict.fromkeys(shown))


def _stem(word: str) -> str:
    return re.sub(r"(?:[’']s?|s[’']?)$", "", word.casefold()) if len(word) > 3 else word.casefold()


def stems(words: str, keep_generic: bool = False) -> frozenset[str]:
    """The words of a name or field that tell, plural and possessive endings left out."""
    generic = frozenset() if keep_generic else _generic()
    found = {_stem(word) for word in re.findall(r"[^\W\d_][\w’'-]*", words)}
    return frozenset(found - generic - {"the", "and", "of", "for", "in", "on", "at", "it", "its", "a", "an"})


@cache
def _generic() -> frozenset[str]:
    return frozenset(map(_stem, words_of_roles()["bodies"]["generic"]))


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|its|their|a|an)\s", "", name.casefold().replace("’", "'").strip())


def _may_be(given: Given, own: Post, holders: Iterable[Post]) -> bool:
    """Whether somebody's own post may be the one given: the same rank, for the same or for nothing told."""
    return any(own.rank == post.rank and (not own.field or own.field & post.field) for post in holders) and (
        not given.body or bool(stems(given.body) & own.body) or not stems(given.body)
    )


def _is_in_office(person: Person, published: PartialDate | None) -> bool:
    if not person.since and not person.until:
        return not re.search(r"\b(?:until|since|till)\b", person.role)
    if published is None:
        return False
    if person.since and published.earliest < PartialDate(person.since, published.basis).earliest:
        return False
    return not person.until or published.latest <= PartialDate(person.until, published.basis).latest


# --------------------------------------------------------------------------------------------------------- in reports


_BODY = r"(?: (?:of|at|for|in|on) (?P<of>(?:the |its |their )?[\w’'&.-]+(?: (?!(?:who|said|says|told|is|was|has|had|will|would|until|since|from|spoke|met)\b)[\w’'&.-]+){0,7}?))?"
_LATER = re.compile(r"[^.;]{0,30}?\b(?:until|till|from (?:19|20)\d\d|between (?:19|20)\d\d|in the \w+ties|at the time)\b")
_RESPECT = r"(?:(?:Mrs?|Ms|Dr|Prof|Professor|Sir|Dame|Lord|Lady)\.? )?"
_IS = r"(?:is|serves as|works as|sits as|has been|remains)"
_LIST = re.compile(r",? and (?:the )?[A-ZÀ-Þ]|, (?:the )?[A-ZÀ-Þ][\w’'-]+,? (?:and |[A-ZÀ-Þ])")


class _Shapes:
    """How reports put a post beside a name, for the posts of one agenda."""

    def __init__(self, by_phrase: dict[str, tuple[Post, ...]], parties: dict[str, set[str]]):
        self._by_phrase = by_phrase
        self._by_letters = {_letters(phrase): posts for phrase, posts in by_phrase.items()}
        self._parties = parties
        title = rf"(?P<title>(?i:{'|'.join(_spaced(one) for one in sorted(by_phrase, key=lambda one: (-len(one), one)))}))"
        front = r"(?P<front>(?:(?:[\w.’'&-]+) ){0,6}?)"
        # "Harbour master Greta Halling", "The president of the union, Imke Sand,", "As rector, Pavel Dunn", "The mayor is".
        self._before = re.compile(rf"(?<![\w’'-]){title}{_BODY}(?P<link>,? | is ){_RESPECT}$")
        # ", the union's president," " (harbour master)" ", who is mayor" " is the mayor" ", as mayor of Osmund,"
        self._behind = re.compile(
            rf"(?:,? who {_IS} |,? {_IS} |,? (?:speaking |writing )?(?:in (?:his|her) (?:capacity|role) )?as |, | \(| [–—] )"
            rf"(?P<article>(?:the |its |their |his |her |our |an? )?){front}{title}{_BODY}(?=[,.;:)–—\n]|$|”| (?:and|who|said|says|told|since|until|from)\b)"
        )
        # ", who chairs the committee"
        names = "|".join(sorted(map(re.escape, parties), key=lambda one: (-len(one), one)))
        self._presides = re.compile(
            rf",? who (?P<verb>chairs|presides over|heads|runs|directs) (?:the )?(?P<of>(?i:{names}))(?=[,.;:)–—\n]|$)"
        )
        # "Nadja Fink's presidency of the Carriers' Association"
        nouns = {_holding(phrase): phrase for phrase in by_phrase}
        self._nouns = nouns
        self._holding = re.compile(
            rf"[’']s (?:[a-z]+ )?(?P<title>{'|'.join(map(re.escape, sorted(nouns, key=lambda one: (-len(one), one))))}){_BODY}(?=[,.;:)–—\n]|$| )"
        )

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
        ids = self._parties[_bare(found["of"])]
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
        bare = _bare(body)
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
        if re.search(r"\b(?:no|not|never|like to be|become|becoming|be|candidate for|run(?:ning)? for|were|become an?)\s(?:the\s)?$", lead):
            return False
        if not near or not lead.endswith(" "):
            return not lead.rstrip(" “\"‘'(") or lead.rstrip(" ")[-1] in ",;:—–(“\"" or not lead.strip()
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
    "the its their our his her a an as by with and but to from under of that when while if for told met said says is are was"
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
    return special.get(phrase, f"{phrase}ship")


def _names(title: str, post: Post) -> bool:
    """Whether a title is somebody's own post: by its rank, and by what it is for where both say that."""
    words = re.sub(r"^(?:the|its|their|an?)\s", "", title.casefold())
    head = _COMPLEMENT.split(words)
    rank, before = _rank_of(head[0].strip(" ,"))
    told = stems(f"{before} {' '.join(head[1:2])}", keep_generic=True)
    return rank == post.rank and (not post.field or not told or bool(told & post.field))
