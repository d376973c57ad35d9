"""Whose office or body is meant where no party stands beside it: "the foreign minister", "the government"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from travaux.reading.discourse import Discourse
from travaux.reading.letterheads import is_own_word
from travaux.reading.mention import Mention
from travaux.reading.offices import end_of_office, is_office, office_of
from travaux.reading.pronouns import Salience

if TYPE_CHECKING:
    from spacy.tokens import Token


def office_in_discourse(told: Discourse, token: Token, salience: Salience) -> Mention | None:
    """The holder of an office among the parties spoken of; else the one holder on the agenda.

    Of several holders it is the one of the party on whose paper the report stands, else the person last spoken of, else the one of
    the party named at the report's head, else one whom the report has named, else that of the party last spoken of.
    """
    words = office_of(token)
    text = token.doc[token.left_edge.i : token.i + 1].text
    counted = any(child.dep_ == "nummod" for child in token.children)
    if token.lemma_.lower() in told.lexicon["offices"] and not is_office(token) and not counted:
        return None  # "the ministers" are several
    holders = {
        party.id: person.name
        for party in told.names.agenda.parties
        if (person := told.names.holder(words, party)) is not None
    }
    titled_last = told.titles.last_with(words, salience) if is_office(token) and told.own_paper is None else None
    if titled_last is not None:
        return replace(titled_last, how=f"office: {text}", first=token.left_edge.i, last=token.i)
    spoken = [party for party in reversed(salience.ids) if party in holders]
    meant = likeliest_holder(told, holders, spoken, salience) if spoken or len(holders) == 1 else None
    if meant is not None:
        return Mention((meant,), holders[meant], None, False, f"office: {text}", token.left_edge.i, token.i)
    if is_office(token) and salience.ids:
        last = end_of_office(token)
        text = token.doc[token.left_edge.i : last + 1].text
        how = f"office of the party last spoken of: {text}"
        return Mention((likely_state(told, token, salience),), None, text, False, how, token.left_edge.i, last)
    generic = {
        "ministry",
        "government",
        "union",
        "country",
        "kingdom",
        "republic",
        "bloc",
        "organisation",
        "organization",
        "company",
        "group",
        "movement",
        "faction",
    }
    # "The European Union" is a body of its own, and nobody's where the agenda doesn't have it.
    own_name = token.lemma_.lower() not in {"ministry", "government"} and any(
        child.dep_ in {"compound", "amod", "poss"} and child.pos_ == "PROPN" for child in token.lefts
    )
    lemma = token.lemma_.lower()
    if lemma not in generic or own_name or counted:
        return None
    body = text if lemma == "ministry" else None
    own = told.own_paper
    if own is not None and is_own_word(lemma, told.kinds[own.parties[0]]):
        how = f"{text}, on its own paper"
        return Mention(own.parties, None, body, False, how, token.left_edge.i, token.i)
    if not salience.ids:
        return None
    how = f"body of the party last spoken of: {text}"
    return Mention((likely_state(told, token, salience),), None, body, False, how, token.left_edge.i, token.i)


def likely_state(told: Discourse, noun: Token, salience: Salience) -> str:
    """The party last spoken of; of the states where only they have such ("the ministry"), of the companies for "the company"."""
    lemma = noun.lemma_.lower()
    kind = "state" if lemma in told.lexicon["of_states"] else lemma
    fitting = [party for party in salience.ids if told.kinds[party] == kind]
    return (fitting or salience.ids)[-1]


def likeliest_holder(told: Discourse, holders: Mapping[str, str], spoken: Sequence[str], salience: Salience) -> str:
    """Whose holder of an office is meant, as a party's id; see `office_in_discourse`.

    Args:
        holders: names of those who hold it, by party. spoken: those of the parties that were spoken of, the last one first.
    """
    person = salience.person
    paper = told.own_paper.parties if told.own_paper is not None else ()
    last = [party for party in person.parties if holders.get(party) == person.person] if person is not None else []
    last = last if person is not None and person.person is not None else []
    head = told.quoting.author.parties if told.quoting.author is not None else ()
    named = {one.person for one in told.salience.named.values()}
    known = [party for party in spoken if holders[party] in named]
    return next(party for party in (*paper, *last, *head, *known, *spoken, *holders) if party in holders)
