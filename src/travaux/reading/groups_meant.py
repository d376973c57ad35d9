"""Several parties meant at once, and one of two: "both sides", "the three governments", "the latter"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from travaux.reading.discourse import Discourse
from travaux.reading.mention import Mention
from travaux.reading.parse import Sentence
from travaux.reading.pronouns import NUMBERS, group_phrase, latest_first, subjects_above

if TYPE_CHECKING:
    from spacy.tokens import Span


def find_groups(told: Discourse, sentence: Sentence, found: dict[int, Mention]) -> None:
    """ "Both sides", "the three governments" and the like mean so many of the parties spoken of, and not who says so of them."""
    if sentence.words.isdisjoint(NUMBERS.keys() | {"both", "neither"}):
        return
    for token in sentence.span:
        counted = group_phrase(token)
        if counted is None or counted[0].root.i in found:
            continue
        phrase, number = counted
        before = [at for at in sorted(found) if at < phrase.start]
        tellers = {party for at in subjects_above(token, before) for party in found[at].parties}
        here = [party for at in before for party in found[at].parties if party not in tellers]
        spoken = [party for party in told.salience.ids if party not in tellers]
        group = parties_meant(told, [*spoken, *here], phrase, number)
        if len(group) < number:
            group = parties_meant(told, [*told.salience.ids, *here, *tellers], phrase, number)
        if len(group) == number:
            how = f"the {number} parties spoken of: {phrase.text}"
            found[phrase.root.i] = Mention(tuple(sorted(group)), None, None, False, how, phrase.start, phrase.end - 1)


def parties_meant(told: Discourse, parties: Sequence[str], phrase: Span, number: int) -> list[str]:
    """So many of the parties: "both" and "both presidents" are the two just named, "both sides" those the report is about."""
    just_named = number == 2 and (len(phrase) == 1 or phrase.root.lemma_.lower() in told.lexicon["offices"])
    return latest_first(parties)[:2] if just_named else told.salience.principals(parties, number)


def find_former_and_latter(told: Discourse, sentence: Sentence, found: dict[int, Mention]) -> None:
    """ "The former" and "the latter", where they act, are the first and the second of the last two that a sentence named."""
    if sentence.words.isdisjoint({"former", "latter"}):
        return
    for token in sentence.span[1:]:
        acts = token.dep_ == "nsubj" and token.head.pos_ == "VERB"
        alone = token.lower_ in {"former", "latter"} and token.nbor(-1).lower_ == "the" and acts
        if not alone or token.i in found or not told.named_before:
            continue
        meant = told.named_before[token.lower_ == "latter"]
        how = f"the {token.lower_} of the two named before"
        found[token.i] = replace(meant, how=how, first=token.i - 1, last=token.i)
