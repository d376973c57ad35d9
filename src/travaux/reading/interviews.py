"""Questions and answers: whose words a conversation in print is made of.

Where a report is printed as questions and answers, with labels ("Q:", "A:") or without, the answers are those of one person, whom
the text above the first question names: "I" and "we" in them, "you" in the questions, and "he" or "she" where answers are told ("He
would not put it like that"). An answer that speaks of nobody ("Not for a day.") is that person's as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from travaux.reading.pronouns import FIRST_PERSONS, SUBJECTS, meaning

if TYPE_CHECKING:
    from travaux.reading.mention import Mention
    from travaux.reading.parse import Sentence

FEWEST_QUESTIONS = 3
"""A report that prints fewer is no interview: a column may ask one."""
ADDRESSED = {"you", "your", "yourself", "yours"}
_QUESTION = re.compile(r"(?:Q|QUESTION|Question)(?: ?\d{1,2})?\s?[.:]\s")
_ANSWER = re.compile(r"(?:A|ANSWER|Answer)(?: ?\d{1,2})?\s?[.:]\s?")
_SOMEBODY = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,3}:\s")
"""Another's name before a colon: "DRAGHESCU: …"."""
FEWEST_FIRST_PERSONS = 3
"""Outside the questions of an interview without labels for its answers, to take these as given word for word."""


class Part(Enum):
    """Which part of an interview a sentence stands in."""

    ABOVE = "above"  # or of somebody else
    QUESTION = "question"
    ANSWER = "answer"


@dataclass
class Interview:
    """The parts of a printed interview, and who answers.

    Attributes:
        parts: by the sentence's number. openings: the first sentence of each answer.
        verbatim: whether the answers are printed as given, and not told by the report.
        guest: who answers: the first person with a party above the first question; None until then.
    """

    parts: dict[int, Part]
    openings: frozenset[int]
    verbatim: bool
    guest: Mention | None = None

    def part(self, sentence: Sentence) -> Part:
        """Which part a sentence stands in."""
        return self.parts.get(sentence.number, Part.ABOVE)

    def begins_answer(self, sentence: Sentence) -> bool:
        """Whether a sentence begins an answer that the report tells: "he" is then who answers, and not whom the question named."""
        return self.guest is not None and not self.verbatim and sentence.number in self.openings

    def meet(self, sentence: Sentence, found: dict[int, Mention]) -> None:
        """Take the first person named above the questions for the guest."""
        if self.guest is None and self.part(sentence) is Part.ABOVE:
            people = [found[at] for at in sorted(found) if found[at].person is not None and found[at].parties]
            self.guest = people[0] if people else None

    def resolve(self, sentence: Sentence, found: dict[int, Mention]) -> None:
        """Add whom a question addresses, and whose an answer is, to a sentence's mentions."""
        part = self.part(sentence)
        if self.guest is None or part is Part.ABOVE:
            return
        pronouns = ADDRESSED if part is Part.QUESTION else FIRST_PERSONS
        for token in sentence.span:
            if (
                token.i not in found
                and token.lower_ in pronouns
                and (token.pos_ in {"PRON", "DET"} or token.text == "I")
            ):
                found[token.i] = meaning(token, self.guest)
        acting = any(found[at].parties and sentence.span.doc[at].dep_ in SUBJECTS for at in found)
        spoken = any(set(one.parties) & set(self.guest.parties) for one in found.values())
        if part is Part.ANSWER and self.verbatim and not acting and not spoken:
            first = sentence.first_word()
            if first is not None and first.i not in found:
                found[first.i] = meaning(first, self.guest)


def interview_in(sentences: Sequence[Sentence]) -> Interview | None:
    """The parts of a report printed as an interview; None where it is none.

    Without labels, blocks that end in a question mark are questions where what follows them speaks in the first person.
    """
    blocks = [list(block) for _, block in groupby(sentences, key=lambda sentence: sentence.block)]
    texts = [" ".join(sentence.span.text for sentence in block).strip() for block in blocks]
    labelled = [_QUESTION.match(text) is not None for text in texts]
    if sum(labelled) >= FEWEST_QUESTIONS:
        return _parts(blocks, texts, labelled)
    bare = [text.endswith("?") for text in texts]
    answered = sum(asks and _first_persons(after) > 0 for asks, after in zip(bare, blocks[1:], strict=False))
    return _parts(blocks, texts, bare) if answered >= FEWEST_QUESTIONS else None


def _parts(blocks: Sequence[Sequence[Sentence]], texts: Sequence[str], asks: Sequence[bool]) -> Interview:
    parts: dict[int, Part] = {}
    openings: set[int] = set()
    now, verbatim, own = Part.ABOVE, False, 0
    for block, text, question in zip(blocks, texts, asks, strict=True):
        labelled = _ANSWER.match(text) is not None
        if question:
            now = Part.QUESTION
        elif not labelled and _SOMEBODY.match(text):
            now = Part.ABOVE
        elif labelled or now is Part.QUESTION:
            now, verbatim = Part.ANSWER, verbatim or labelled
            openings.add(block[0].number)
        own += _first_persons(block) if now is Part.ANSWER else 0
        parts |= {sentence.number: now for sentence in block}
    return Interview(parts, frozenset(openings), verbatim or own >= FEWEST_FIRST_PERSONS)


def _first_persons(block: Sequence[Sentence]) -> int:
    return sum(token.lower_ in FIRST_PERSONS for sentence in block for token in sentence.span)
