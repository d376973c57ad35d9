"""People whom the agenda does not know, tied to a party by the words beside the name or by whom they speak for."""

from __future__ import annotations

import re

from travaux.reading.discourse import CHAIRS, Discourse
from travaux.reading.mention import Mention, parties_below
from travaux.reading.offices import last_name, name_of, titled
from travaux.reading.parse import Sentence

BEHALF = re.compile(
    r"(?:^|; )\W*([A-ZÀ-Þ][\w'’.-]*(?: (?:(?:of|and|the) )?[A-ZÀ-Þ][\w'’.-]*){0,4}),? (?:speaking )?(?:for|on behalf of)(?: the)? ?$"
)
"""Whoever speaks at the head of a sentence, up to the party spoken for."""


def find_strangers(told: Discourse, sentence: Sentence, found: dict[int, Mention]) -> None:
    """People the agenda does not know, tied to a party by an apposition, a title or an affiliation."""
    for entity in sentence.span.ents:
        # The tagger may take half a name that the agenda has for somebody else: "Harold" of "Harold DAGGETT".
        found_already = any(
            entity.start <= at < entity.end or (one.person is not None and one.first <= entity.start <= one.last)
            for at, one in found.items()
        )
        if entity.label_ != "PERSON" or found_already:
            continue
        root = entity.root
        near = [
            child
            for child in root.children
            if child.dep_ in {"appos", "compound", "prep", "nmod", "amod", "poss", "relcl"}
        ]
        if root.dep_ == "appos":
            near.append(root.head)
        parties = [party for child in near for party in parties_below(child, found)]
        if root.dep_ == "appos" and root.head.i in found:
            parties = list(found[root.head.i].parties) or parties
        presides = titled(entity, CHAIRS)
        if not parties and not presides and titled(entity, told.lexicon["offices"]):
            parties = told.salience_at(entity[0], found).ids[-1:]
        name = name_of(entity)
        earlier = told.salience.named.get(last_name(name))
        if parties:
            found[root.i] = Mention(
                (parties[0],),
                name,
                None,
                False,
                "tied to the party by the words beside the name",
                entity.start,
                entity.end - 1,
            )
        elif earlier is not None:
            found[root.i] = Mention(
                earlier.parties,
                earlier.person,
                None,
                False,
                f"named before as {earlier.person}",
                entity.start,
                entity.end - 1,
            )
        else:
            found[root.i] = Mention(
                (), name, None, False, "a person the agenda does not know", entity.start, entity.end - 1
            )
        if presides:
            told.chair = found[root.i]

    for token in sentence.span:
        if token.pos_ == "PROPN" and token.i not in found and token.ent_type_ != "PERSON":
            known = told.salience.named.get(token.text)
            if known is not None and known.person != token.text:
                how = f"named before as {known.person}"
                found[token.i] = Mention(known.parties, known.person, None, False, how, token.i, token.i)


def find_spokespeople(sentence: Sentence, found: dict[int, Mention]) -> None:
    """Whoever speaks for a party in a bulletin: "KUWAIT, for the ARAB GROUP, objected", "Samoa, on behalf of the islands,"."""
    doc, end = sentence.span.doc, sentence.span.end
    for at in sorted(found):
        party = found[at]
        behalf = BEHALF.search(doc[sentence.span.start : party.first].text)
        closed = party.last + 1 < end and doc[party.last + 1].text in {",", "("}
        if behalf is None or not closed or not party.parties or party.person is not None:
            continue
        name = doc.char_span(sentence.span.start_char + behalf.start(1), sentence.span.start_char + behalf.end(1))
        if name is None or any(name.start <= other < name.end for other in found):
            continue
        how = f"speaks for {party.parties[0]}"
        found[name.root.i] = Mention(party.parties, None, name.text, False, how, name.start, name.end - 1)
