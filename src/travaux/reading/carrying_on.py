"""Sentences that speak of nobody and carry on what somebody has just said: "Not the 0.09.", "Rents must come down by a tenth."

Reports tell at length what one speaker holds, and name the speaker once. A sentence of the same paragraph right behind, without
a word for anybody, goes on in that voice where it has no verb of its own, tells what should or would be, or is quoted. What is
told as a fact is nobody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from travaux.reading.first_persons import CLOSING, EITHER, OPENING, is_main
from travaux.reading.pronouns import SUBJECTS, meaning

if TYPE_CHECKING:
    from travaux.reading.mention import Mention
    from travaux.reading.parse import Sentence

WANTED = {"would", "should", "must", "shall", "could", "might", "can", "may", "'d", "’d"}
"""What a speaker has in mind; "will" tells what is going to happen as well."""


def carry_on(sentences: Sequence[Sentence], found: Sequence[dict[int, Mention]]) -> None:
    """Let sentences that carry on somebody's words speak of whoever that is.

    Args:
        found: the mentions of each sentence by token number; added to at a sentence's first word.
    """
    block, voice = -1, None
    for sentence, here in zip(sentences, found, strict=True):
        if sentence.block != block:
            block, voice = sentence.block, None
        first = sentence.first_word()
        if first is None:
            continue
        if here:
            voice = voice_of(sentence, here)
        elif voice is not None and carries_on(sentence):
            here[first.i] = meaning(first, voice)
        else:
            voice = None


def voice_of(sentence: Sentence, mentions: dict[int, Mention]) -> Mention | None:
    """Who a sentence is about: its first subject that is a party or speaks for one, else the first mention that does."""
    known = [at for at in sorted(mentions) if mentions[at].parties]
    subjects = [at for at in known if sentence.span.doc[at].dep_ in SUBJECTS]
    return mentions[(subjects or known)[0]] if known else None


def carries_on(sentence: Sentence) -> bool:
    """Whether a sentence without anybody in it may go on in the voice of the one before."""
    main = [token for token in sentence.span if is_main(token)]
    if not main or any(token.text in OPENING | CLOSING | EITHER for token in sentence.span):
        return True
    return any(child.lower_ in WANTED for token in main for child in token.children)
