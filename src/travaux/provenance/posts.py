"""Posts that one person at a time holds, by the agenda: who is called by such a post of somebody else's is called wrongly.

Which posts there are the agenda says, so that a harbour master, a rector and a councillor for transport are known as a mayor is. A post
is a rank ("director"), what it is for ("finance"), and whose it is. Titles of like meaning are one rank ("CEO", "managing
director"), and a rank that the agenda gives nobody else is nobody's mistake: a chairman may well be called president. Ranks that
many have at a time ("member", "spokesman", "minister") and loose words ("leader", "boss") are no posts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property

from travaux.model import Agenda, PartialDate, Person
from travaux.provenance.offices import words_of_roles
from travaux.provenance.posts_of_agenda import PAST, Post, bare_name, is_of_one, phrases_of, posts_of, stems
from travaux.provenance.posts_told import Given, Shapes


class Posts:
    """The posts of an agenda, ready to be looked for beside names."""

    def __init__(self, agenda: Agenda | None):
        parties = agenda.parties if agenda else ()
        self._all = tuple(post for party in parties for person in party.people for post in posts_of(person, party))
        self._ids: dict[str, set[str]] = defaultdict(set)
        for party in parties:
            for name in (party.name, *party.names):
                self._ids[bare_name(name)].add(party.id)

    @cached_property
    def _by_phrase(self) -> dict[str, tuple[Post, ...]]:
        found: dict[str, list[Post]] = defaultdict(list)
        for post in self._all:
            if is_of_one(post):
                for phrase in phrases_of(post):
                    found[phrase].append(post)
        return {phrase: tuple(posts) for phrase, posts in found.items()}

    @cached_property
    def _shapes(self) -> Shapes | None:
        return Shapes(self._by_phrase, self._ids) if self._by_phrase else None

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
        # Loose words are told apart by what stands before them alone: who is special representative is not the high one.
        loose = {post.rank for post in holders} & _loose()
        if loose and not any(post.rank in loose and post.field - _vague() for post in own):
            return None
        if any(post.person is person or not _is_in_office(post.person, published) for post in holders):
            return None
        if not person.role.strip() or PAST.match(person.role):
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
        bare = bare_name(body)
        named = [name for name in self._ids if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", bare)]
        longest = max(map(len, named), default=0)
        return set[str]().union(*(self._ids[name] for name in named if len(name) == longest))


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


@cache
def _loose() -> frozenset[str]:
    return frozenset(words_of_roles()["posts"]["loose"])


@cache
def _vague() -> frozenset[str]:
    return frozenset(words_of_roles()["posts"]["vague"])


@cache
def _at_the_top() -> frozenset[str]:
    lists = words_of_roles()["posts"]
    return frozenset((*lists["presiding"], *lists["topmost"], *lists["loose"]))
