"""The posts that an agenda's roles name: a rank, what it is for, whose it is, and the words that reports have for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from travaux.model import Agenda, Party, Person
from travaux.provenance.offices import offices_in, words_of_roles

_LINKS = r"(?:of|for|at|in|on)"
_SEVERAL_POSTS = re.compile(r"\s*(?:,|;|\band\b)\s*(?:also\b\s*)?")
_COMPLEMENT = re.compile(rf"\s{_LINKS}\s")


PAST = re.compile(
    r"(?:the\s)?(?:former|ex|acting|interim|designate|outgoing|incoming|future|next|honorary|retired)\b", re.IGNORECASE
)


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


def posts_of(person: Person, party: Party) -> Iterator[Post]:
    """The posts in a person's role; of loose words too, since they tell that somebody has another office."""
    whole = person.role
    for number, part in enumerate(_SEVERAL_POSTS.split(whole)):
        words = re.sub(r"^(?:the|an?)\s", "", part.strip(), flags=re.IGNORECASE)
        words = re.split(r"\s(?:since|until|from|till)\s", words)[0]
        title, *complements = _COMPLEMENT.split(words)
        if not title or PAST.match(title):
            continue
        if number and not complements and not offices_in(title) and title.lower() not in _ranks():
            continue  # "minister of fisheries and ocean policy" has one post
        field, body = set[str](), list[str]()
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
    if words & set(lists["shared"]) or (post.rank in lists["loose"] and not post.field - set(lists["vague"])):
        return False
    return bool(post.field) or post.rank not in lists["several"]


def phrases_of(post: Post) -> Iterator[str]:
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
    shown = [word for word in words if stem_of(word) in post.field]
    return " ".join(dict.fromkeys(shown))


def stem_of(word: str) -> str:
    return re.sub(r"(?:[’']s?|s[’']?)$", "", word.casefold()) if len(word) > 3 else word.casefold()


def stems(words: str, keep_generic: bool = False) -> frozenset[str]:
    """The words of a name or field that tell, plural and possessive endings left out."""
    generic = frozenset() if keep_generic else _generic()
    found = {stem_of(word) for word in re.findall(r"[^\W\d_][\w’'-]*", words)}
    return frozenset(found - generic - {"the", "and", "of", "for", "in", "on", "at", "it", "its", "a", "an"})


@cache
def _generic() -> frozenset[str]:
    return frozenset(map(stem_of, words_of_roles()["bodies"]["generic"]))


def bare_name(name: str) -> str:
    return re.sub(r"^(?:the|its|their|a|an)\s", "", name.casefold().replace("’", "'").strip())


def titles_of_one(agenda: Agenda | None) -> Iterator[tuple[str, str]]:
    """The titles that one person on the agenda has ("mayor"), each with the id of the party."""
    holders: dict[str, set[str]] = defaultdict(set)
    for party in agenda.parties if agenda else ():
        for person in party.people:
            for post in posts_of(person, party):
                if is_of_one(post) and not post.field:
                    holders[post.rank].add(party.id)
    yield from ((rank, next(iter(ids))) for rank, ids in holders.items() if len(ids) == 1)
