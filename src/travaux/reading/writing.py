"""Step 7: a position found becomes a statement, with quote, span and the reasons that a user reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from travaux.model import Act, Reason, Report, Stance, Statement, Via, statement_id
from travaux.reading.attribution import Voucher, heard_in, voucher_of, voucher_weighed
from travaux.reading.combining import Decision
from travaux.reading.condition import Condition
from travaux.reading.line import Line
from travaux.reading.mention import Mention
from travaux.reading.parse import Sentence
from travaux.reading.sides import Found
from travaux.reading.weighing import Weighed


@dataclass(frozen=True, slots=True)
class Held:
    """What a party holds: an option by its id, the stance, the act, and whether it is told as no longer held."""

    party: str
    option: str
    stance: Stance
    act: Act
    former: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """The words [start, end) of the report that make a position conditional, and what makes them so."""

    start: int
    end: int
    says: str


def written(line: Line, party: str, found: Found, source: Mention, report: Report) -> Statement:
    """The statement of one party's side as the grammar alone tells it."""
    side = found.side
    voucher = voucher_of(side, line.sentence, line.mentions)
    terms = terms_of(line.sentence, found.condition) if found.condition is not None else None
    held = Held(party, found.link.option, side.stance, side.act, side.former)
    return statement_of(line, held, source, voucher, terms, grammar_reasons(line, found, source), None, report)


def written_together(
    line: Line, cell: Weighed, found: Found, source: Mention, decision: Decision, report: Report
) -> Statement:
    """The statement of a side that the grammar tells, with act, voucher and condition as both together have them."""
    told = voucher_of(found.side, line.sentence, line.mentions)
    voucher = (
        told
        if told.via is decision.via or (found.side.former and found.side.act is not Act.OFFER)
        else voucher_weighed(decision.via, cell.party, line.sentence, line.mentions)
    )
    act = decision.act if found.side.stance is decision.stance else found.side.act
    held = Held(cell.party, cell.option, found.side.stance, act, found.side.former)
    terms = terms_agreed(line, found, cell, decision)
    reasons = grammar_reasons(line, found, source)
    return statement_of(line, held, source, voucher, terms, reasons, decision.probability, report)


def weighed_statement(
    line: Line, cell: Weighed, decision: Decision, before: Sequence[Line], report: Report
) -> Statement:
    """The statement of a side that the encoder finds where the grammar tells none, or another one."""
    mention = mention_of_party(cell.party, line) or next(
        (found for earlier in reversed(before) if (found := mention_of_party(cell.party, earlier)) is not None), None
    )
    percent = round(100 * decision.probability)
    reasons = [
        Reason("option", "likeness in meaning, weighed by the encoder"),
        Reason("stance", f"the whole sentence, weighed by the encoder: {percent} in 100 that there is a position"),
    ]
    if mention is not None:
        place = place_of(mention, line.sentence) if mention in line.mentions.values() else (None, None)
        reasons.insert(0, Reason("speaker", mention.how, *place))
    held = Held(cell.party, cell.option, decision.stance, decision.act, decision.former)
    voucher = voucher_weighed(decision.via, cell.party, line.sentence, line.mentions)
    terms = terms_agreed(line, None, cell, decision)
    return statement_of(line, held, mention, voucher, terms, reasons, decision.probability, report)


def grammar_reasons(line: Line, found: Found, source: Mention) -> list[Reason]:
    """Which words made the speaker, the option and the stance."""
    side, sentence = found.side, line.sentence
    doc = sentence.span.doc
    words = found.link.text + (" (named just before)" if found.carried else "")
    turns = " ← ".join(side.turns) or "its own words"
    return [
        Reason("speaker", source.how, *place_of(source, sentence)),
        Reason("option", f"its words: {words}", *sentence.place(doc[side.anchor])),
        Reason("stance", turns + (" (the nearest cue)" if found.nearest else ""), *sentence.place(doc[side.token])),
    ]


def terms_of(sentence: Sentence, condition: Condition) -> Terms:
    """A condition that the grammar finds."""
    doc = sentence.span.doc
    start, end = sentence.stretch(doc[condition.first], doc[condition.last])
    return Terms(start, end, f"“{condition.mark}” makes it conditional")


def terms_agreed(line: Line, found: Found | None, cell: Weighed, decision: Decision) -> Terms | None:
    """The words of the condition, where there is one by both together: the grammar's if it has any.

    What is itself the condition has none: who asks for guarantees in return for something demands them outright.
    """
    if not decision.conditional:
        return None
    if found is not None and found.condition is not None:
        return terms_of(line.sentence, found.condition)
    all_terms = [terms_of(line.sentence, condition) for condition in line.conditions]
    if cell.condition is not None and not all_terms:
        all_terms = [Terms(*cell.condition, "the encoder takes these words for a condition")]
    doc = line.sentence.span.doc
    named = [line.sentence.place(doc[at]) for link in line.links if link.option == cell.option for at in link.tokens]
    return next(
        (t for t in all_terms if not named or any(end <= t.start or start >= t.end for start, end in named)), None
    )


def mention_of_party(party: str, line: Line) -> Mention | None:
    """The mention by which a sentence most likely names a position's holder: a subject first, a person before a body."""
    doc = line.sentence.span.doc
    held = [(at, mention) for at, mention in sorted(line.mentions.items()) if party in mention.parties]
    if not held:
        return None
    return min(
        held, key=lambda item: (doc[item[0]].dep_ not in {"nsubj", "nsubjpass"}, item[1].person is None, item[0])
    )[1]


def spokesperson(line: Line, party: str) -> str | None:
    """Who speaks for a party that a sentence names only as such: "X wants Y, its chief executive said", "according to Z"."""
    heard = heard_in(line.sentence, line.mentions)
    return next(
        (found.speaker for found in heard if party in found.parties and not found.anonymous and found.speaker), None
    )


def place_of(mention: Mention, sentence: Sentence) -> tuple[int | None, int | None]:
    """Where a mention stands in the report; nowhere if it lies outside the sentence's document."""
    doc = sentence.span.doc
    return sentence.stretch(doc[mention.first], doc[mention.last]) if mention.last < len(doc) else (None, None)


def statement_of(
    line: Line,
    held: Held,
    source: Mention | None,
    voucher: Voucher,
    terms: Terms | None,
    reasons: Sequence[Reason],
    confidence: float | None,
    report: Report,
) -> Statement:
    """A statement whose quote is the sentence."""
    # Whom somebody unnamed tells of keeps a name of its own; whose unnamed official speaks has none.
    nameless = source is None or source.anonymous or (voucher.via is Via.ANONYMOUS and source.person is None)
    speaker = None if nameless or source is None else source.speaker or spokesperson(line, held.party)
    why = [*reasons, Reason("via", voucher.says)]
    if terms is not None:
        why.append(Reason("condition", terms.says, terms.start, terms.end))
    start, end = line.sentence.start, line.sentence.end
    identity = statement_id(
        "local", report.id, start, end, held.party, held.option, held.stance, held.former, speaker,
        voucher.via,
    )  # fmt: skip
    return Statement(
        identity, report.name, report.id, start, end, report.text[start:end], held.party, held.option,
        held.stance, held.act, speaker, report.text[terms.start : terms.end] if terms else None,
        held.former, voucher.via, voucher.name, "local", confidence, tuple(why),
    )  # fmt: skip
