"""Step 7: the reader that ships: rules over grammar, on this machine, the same input giving the same statements.

::

    report ──1 parse──▶ sentences ──2 mentions──▶ parties, people
                            │
                            ├──3 linking────▶ words that name options (or that point back to those just named)
                            ├──4 stance─────▶ sides: party, stance, act, by which cue
                            ├──5 condition──▶ conditional words, and the demands inside them
                            └──6 attribution▶ who vouches
                                   └──7 here─▶ statements with quote, span and reasons
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from travaux.model import Act, Agenda, Reading, Reason, Report, Stance, Statement, Via, statement_id
from travaux.reading.attribution import together, voucher_of
from travaux.reading.condition import Condition, conditions_of
from travaux.reading.cues import cue_at, lexicon, negated
from travaux.reading.linking import Link, OptionIndex
from travaux.reading.mentions import Mention, MentionFinder, Names
from travaux.reading.parse import Sentence, pipeline_digest, sentences_of
from travaux.reading.stance import Side, Walk, apply_cue, source_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VERSION = "1"
# A topic is carried to "the plan" or "it" over this many sentences, as a paragraph does.
TOPIC_REACH = 2
# Tokens between a cue and the option's words where the parser shows no tie between them. Tuned on the training passages.
FARTHEST_CUE = 15


@dataclass(frozen=True, slots=True)
class Found:
    """A side on an option before it becomes a statement."""

    side: Side
    link: Link
    condition: Condition | None
    carried: bool


@cache
def code_digest() -> str:
    """SHA-256 over the reader's own modules and lexicons: a changed rule makes reports unread again."""
    folder = files("travaux.reading")
    digest = hashlib.sha256()
    parts = [item for item in folder.iterdir() if item.name.endswith(".py")]
    parts += [item for item in (folder / "lexicon").iterdir() if item.name.endswith(".toml")]
    for item in sorted(parts, key=lambda item: item.name):
        digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()


class LocalReader:
    """Rules over spaCy's grammar; nothing is loaded before the first report is read."""

    name = "local"

    def __init__(self) -> None:
        self.prepared: tuple[str, Names, OptionIndex] | None = None

    def fingerprint(self) -> Mapping[str, str]:
        """Version and digests of code, lexicons and model."""
        return {"version": VERSION, "code": code_digest(), "spacy": pipeline_digest()}

    def read(self, report: Report, agenda: Agenda) -> Reading:
        """The statements of one report, in the order of the text."""
        names, options = self.prepare(agenda)
        sentences = sentences_of(report)
        finder = MentionFinder(names)
        topic: list[tuple[int, list[Link]]] = []
        statements: dict[str, Statement] = {}
        for sentence in sentences:
            mentions = finder.find(sentence)
            links = options.links(sentence)
            earlier = [link for at, found in topic if sentence.number - at <= TOPIC_REACH for link in found]
            for found in sides_of(sentence, mentions, links, earlier):
                for statement in statements_of(found, sentence, mentions, report):
                    statements.setdefault(statement.id, statement)
            if links:
                topic = [*topic[-1:], (sentence.number, links)]
        ordered = sorted(statements.values(), key=lambda s: (s.start, s.end, s.party, s.option, s.stance, s.id))
        return Reading(tuple(ordered), len(sentences))

    def prepare(self, agenda: Agenda) -> tuple[Names, OptionIndex]:
        """Names and options of an agenda, kept while the agenda stays the same."""
        if self.prepared is None or self.prepared[0] != agenda.digest or not agenda.digest:
            self.prepared = (agenda.digest, Names(agenda), OptionIndex(agenda))
        return self.prepared[1], self.prepared[2]


def sides_of(
    sentence: Sentence, mentions: Mapping[int, Mention], links: list[Link], earlier: list[Link]
) -> Iterator[Found]:
    """Sides that a sentence tells on the options it names, or on those just named before it."""
    doc = sentence.span.doc
    conditions = conditions_of(sentence)
    told: set[tuple[str, tuple[str, ...]]] = set()
    for link in links:
        for side in sides_on(link, doc, mentions):
            anchor = doc[side.anchor]
            told.add((link.option, side.source.parties))
            inside = next((c for c in conditions if c.first <= anchor.i <= c.last), None)
            if inside is not None and side.token < inside.first:
                # What a party makes a condition, it demands, whatever it says of the thing on that condition.
                yield Found(replace(side, stance=Stance.FOR, act=Act.DEMAND), link, None, False)
            else:
                yield Found(side, link, condition_for(side, anchor.i, conditions), False)
        if not any(option == link.option for option, _ in told):
            nearest = nearest_side(link, sentence, mentions)
            if nearest is not None:
                yield Found(nearest, link, condition_for(nearest, nearest.anchor, conditions), False)
    for anchor in pointing_back(sentence):
        # "It" and "the plan" mean what stood before them: in this sentence where it names an option, else just before.
        before = [link for link in links if link.tokens[-1] < anchor.i] or ([] if links else earlier)
        for side in Walk(anchor, mentions).sides:
            for link in before:
                if (link.option, side.source.parties) not in told:
                    yield Found(side, link, condition_for(side, anchor.i, conditions), True)


def sides_on(link: Link, doc: Doc, mentions: Mapping[int, Mention]) -> list[Side]:
    """Sides on one option, walking from each of its words, the one nearest to the top first; one walk decides a party."""
    tokens = [doc[at] for at in link.tokens if at not in mentions] or [doc[at] for at in link.tokens]
    kept: dict[tuple[str, ...], list[Side]] = {}
    for anchor in sorted(tokens, key=lambda token: (sum(1 for _ in token.ancestors), token.i)):
        found: dict[tuple[str, ...], list[Side]] = {}
        for side in Walk(anchor, mentions, absorb=link.does_away, own=frozenset(link.tokens)).sides:
            found.setdefault(side.source.parties, []).append(side)
        for parties, sides in found.items():
            kept.setdefault(parties, sides)
    return [side for sides in kept.values() for side in sides]


def nearest_side(link: Link, sentence: Sentence, mentions: Mapping[int, Mention]) -> Side | None:
    """Where the grammar leads nowhere: the side of the nearest cue before the option's words that has a party for its source."""
    doc, first = sentence.span.doc, link.tokens[0]
    for at in range(first - 1, max(sentence.span.start - 1, first - FARTHEST_CUE), -1):
        cue = cue_at(doc[at])
        if cue is None or cue.stance == "relay" or cue.word_class == "verdict":
            continue
        source = source_of(doc[at], mentions)
        if source is None or not source.parties:
            continue
        under = negated(doc[at])
        stance = apply_cue(Stance.FOR, cue, under)
        if stance is None:
            return None
        return Side(
            source,
            cue,
            at,
            stance,
            cue.act,
            False,
            cue.speech,
            None,
            first,
            (("not " if under else "") + cue.word + " (nearest)",),
        )
    return None


def condition_for(side: Side, anchor: int, conditions: list[Condition]) -> Condition | None:
    """The condition that goes with a side: the first one that does not hold the option's own words."""
    return next((c for c in conditions if not c.first <= anchor <= c.last), None)


def pointing_back(sentence: Sentence) -> list[Token]:
    """Words that stand for what was spoken of before, as the content of a cue: "rejected the plan", "welcomed it"."""
    words, found = lexicon(), []
    for token in sentence.span:
        general = token.lemma_.lower() in words.general_nouns and token.pos_ == "NOUN"
        if general and not any(
            child.lower_ in {"the", "this", "that", "these", "those", "such", "any"} for child in token.lefts
        ):
            continue
        pronoun = token.lower_ in words.general_pronouns and token.pos_ in {"PRON", "DET"}
        if not (general or pronoun) or token.dep_ not in {"dobj", "nsubjpass", "pobj", "nsubj"}:
            continue
        head = token.head if token.dep_ != "pobj" else token.head.head
        if cue_at(head) is not None or cue_at(token.head) is not None:
            found.append(token)
    return found


def statements_of(
    found: Found, sentence: Sentence, mentions: Mapping[int, Mention], report: Report
) -> Iterator[Statement]:
    """The statements of one side: one for each party that takes it."""
    side, doc = found.side, sentence.span.doc
    voucher = voucher_of(side, sentence, mentions)
    start, end = sentence.start, sentence.end
    condition, condition_reason = None, []
    if found.condition is not None:
        first, last = sentence.stretch(doc[found.condition.first], doc[found.condition.last])
        condition = report.text[first:last]
        condition_reason = [Reason("condition", f"“{found.condition.mark}” makes it conditional", first, last)]
    for source in together(side.source, mentions, sentence):
        for party in source.parties:
            speaker = None if voucher.via is Via.ANONYMOUS or source.anonymous else source.speaker
            place = sentence.stretch(doc[source.first], doc[source.last]) if source.last < len(doc) else (None, None)
            words = found.link.text + (" (named just before)" if found.carried else "")
            reasons = [
                Reason("speaker", source.how, *place),
                Reason("option", f"its words: {words}", *sentence.place(doc[side.anchor])),
                Reason("stance", " ← ".join(side.turns) or "its own words", *sentence.place(doc[side.token])),
                Reason("via", voucher.says),
                *condition_reason,
            ]
            identity = statement_id(
                "local", report.id, start, end, party, found.link.option, side.stance, side.former, speaker, voucher.via
            )
            yield Statement(
                identity, report.name, report.id, start, end, report.text[start:end], party, found.link.option, side.stance,
                side.act, speaker, condition, side.former, voucher.via, voucher.name, "local", None, tuple(reasons),
            )  # fmt: skip


__all__ = ["LocalReader", "source_of"]
