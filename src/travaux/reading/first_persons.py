"""Whom "I" and "we" mean: whoever is quoted, whose words stand behind a name and a colon, or who wrote the whole.

Who tells a quotation often stands behind it ("“We will not go,” the envoy said"), and may stand in the sentence that ends it. A
letter, a statement or an interview names its author at its head ("Statement by the Trustees", "Chief minister Joseph Canepa on …"),
or speaks in the first person throughout; whoever writes a report or a column is nobody here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from travaux.reading.cues import is_speech
from travaux.reading.offices import speaker_words
from travaux.reading.pronouns import FIRST_PERSONS, SUBJECTS, meaning, subjects_above

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from travaux.reading.mention import Mention
    from travaux.reading.parse import Sentence

OPENING, CLOSING, EITHER = {"“", "„", "«"}, {"”", "»"}, {'"', "''", "``"}
OPENING_LINES = 4
"""Sentences at the head of a report that may name its author, where they have no verb."""
THROUGHOUT = 5
"""First persons outside quotations that make a text somebody's own, whom it speaks of first; columns have fewer."""
LONGEST_LABEL = 10
"""Words before the colon behind which somebody's own words stand: "Ms Ruiz (Chile), for the GROUP OF 77:"."""


@dataclass
class Quoting:
    """Who is being quoted, carried through the sentences of one report.

    Attributes:
        block: number of the block that was read last; inside: whether a quotation in it is still open.
        author: whose words the report is, by its letterhead or its head. first: whom it speaks of first. teller: who spoke last.
        own: mentions of sentences with their first persons that nobody is quoted with.
        labelled: whose words stand behind a name and a colon, to the end of the block.
        waiting: mentions of sentences whose quotation is still open, with their first persons: who tells it may follow.
    """

    block: int = -1
    inside: bool = False
    author: Mention | None = None
    first: Mention | None = None
    own: list[tuple[dict[int, Mention], Token]] = field(default_factory=list)
    teller: Mention | None = None
    labelled: Mention | None = None
    waiting: list[tuple[dict[int, Mention], list[Token]]] = field(default_factory=list)

    def resolve(self, sentence: Sentence, found: dict[int, Mention]) -> None:
        """Put the first persons of a sentence among its mentions, where they are quoted or stand behind a label.

        Args:
            found: its other mentions by token number; added to, and mentions of sentences before it may be.
        """
        if sentence.block != self.block:
            self.block, self.inside, self.labelled, self.waiting = sentence.block, False, None, []
        span, begun_inside = sentence.span, self.inside
        quoted, self.inside = quoted_tokens(span, self.inside)
        first = next((found[at] for at in sorted(found) if found[at].parties), None)
        self.first = self.first or first
        if self.author is None and sentence.number < OPENING_LINES and not any(map(is_main, span)):
            self.author = first
        label = label_of(span, quoted, found)
        self.labelled = label or self.labelled
        here = label or teller_in(span, quoted, found)
        if begun_inside and here is not None:
            for before, waiting in self.waiting:
                put(here, waiting, before)
        if not self.inside or here is not None:
            self.waiting = []
        said = []
        for token in span:
            if (
                token.lower_ not in FIRST_PERSONS or token.pos_ not in {"PRON", "DET"} or token.i in found
            ):  # "US", a state
                continue
            if token.i in quoted or self.labelled is not None:
                said.append(token)
            else:
                behind = told_behind(token, found)
                if behind is not None:
                    put(behind, [token], found)
                elif not is_newsroom(token):
                    self.own.append((found, token))
        meant = here or self.labelled or self.teller
        if meant is not None:
            put(meant, said, found)
        if self.inside and here is None and said:
            self.waiting.append((found, said))
        self.teller = here or self.teller

    def end(self) -> None:
        """At the end of a report, make first persons that nobody is quoted with mean its author."""
        author = self.author or (self.first if len(self.own) >= THROUGHOUT else None)
        if author is not None:
            for found, token in self.own:
                put(author, [token], found)


def put(teller: Mention, tokens: list[Token], found: dict[int, Mention]) -> None:
    """Make first persons mean who speaks."""
    found.update({token.i: meaning(token, teller) for token in tokens})


def quoted_tokens(span: Span, inside: bool) -> tuple[set[int], bool]:
    """Numbers of the tokens between quotation marks, and whether the last one is still open.

    Args:
        inside: whether a quotation is open where the sentence begins.
    """
    quoted = set()
    for token in span:
        if token.text in OPENING or (token.text in EITHER and not inside):
            inside = True
        elif token.text in CLOSING or token.text in EITHER:
            inside = False
        elif inside:
            quoted.add(token.i)
    return quoted, inside


def label_of(span: Span, quoted: set[int], found: Mapping[int, Mention]) -> Mention | None:
    """Whose words follow a name and a colon at the head of a sentence: "Mr AHMED: We are between the two."."""
    for token in span[:LONGEST_LABEL]:
        if token.i in quoted or token.pos_ in {"VERB", "AUX"}:
            return None
        if token.text == ":":
            named = [at for at in sorted(found) if at < token.i]
            return found[named[0]] if named else None
    return None


def teller_in(span: Span, quoted: set[int], found: Mapping[int, Mention]) -> Mention | None:
    """Who speaks in a sentence, by the words outside its quotation: the subject of a verb of speech, the nearest to it."""
    outside = [at for at in sorted(found) if at not in quoted]
    subjects = [at for at in outside if span.doc[at].dep_ in SUBJECTS and span.doc[at].head.i not in quoted]
    telling = [at for at in subjects if is_speech(span.doc[at].head)]
    if not quoted:
        telling = [at for at in telling if is_main(span.doc[at].head)]
        return found[telling[0]] if telling else None
    colon = next(
        (token.i for token in span if token.text == ":" and token.i + 1 < span.end and token.i not in quoted), None
    )
    before_colon = [at for at in subjects or outside if colon is not None and at < colon < min(quoted)]
    likely = telling or before_colon[:1] or subjects
    return found[min(likely, key=lambda at: min(abs(at - other) for other in quoted))] if likely else None


def is_newsroom(pronoun: Token) -> bool:
    """Whether a first person is whoever made the report: "the minister told us", "our coverage"."""
    above = pronoun.head
    told = pronoun.dep_ in {"dobj", "dative"} and is_speech(above)
    return told or (pronoun.dep_ == "poss" and above.lemma_.lower() in speaker_words()["newsroom"])


def told_behind(pronoun: Token, found: Mapping[int, Mention]) -> Mention | None:
    """Who tells what a first person is the subject of, without quotation marks: "We welcome this, the forum declared"."""
    if pronoun.dep_ not in SUBJECTS:
        return None
    heads = {at: pronoun.doc[at].head for at in subjects_above(pronoun, sorted(found))}
    return next((found[at] for at, verb in heads.items() if verb.i > pronoun.head.i and is_speech(verb)), None)


def is_main(verb: Token) -> bool:
    """Whether a word is its sentence's main verb, or one beside it."""
    main = verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT")
    return main and verb.pos_ in {"VERB", "AUX"}
