"""Step 7: the reader that ships, on this machine, the same input giving the same statements.

::

    report ──1 parse──▶ sentences ──2 mentions──▶ parties, people
                            │
                            ├──3 linking─────▶ words that name options (or point back to those just named)
                            ├──4 stance──────▶ sides by grammar: party, stance, act, by which cue
                            ├──4b weighing───▶ what a small encoder makes of each party, option and sentence
                            ├──4c combining──▶ one decision from both
                            ├──5 condition───▶ conditional words, and the demands inside them
                            └──6 attribution─▶ who vouches
                                   └──7 here─▶ statements with quote, span and reasons
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from travaux.model import Act, Agenda, Reading, Reason, Report, Stance, Statement, Via, statement_id
from travaux.reading.attribution import Voucher, together, voucher_of, voucher_weighed
from travaux.reading.combining import Decision, Told, features, shipped_combination
from travaux.reading.condition import Condition, conditions_of
from travaux.reading.linking import Link, OptionIndex
from travaux.reading.mentions import Mention, MentionFinder, Names
from travaux.reading.parse import Sentence, pipeline_digest, sentences_of
from travaux.reading.sides import Found, sides_of
from travaux.reading.table_model import TableModel
from travaux.reading.weighing import Weighed, model_folder, shipped_model, weigh

VERSION = "1"
# A topic is carried to "the plan" or "it" over this many sentences, as a paragraph does.
TOPIC_REACH = 2
# A link of at least this score is a phrase of the agenda standing in the sentence, or most of what the option says.
PLAIN_LINK = 0.7


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence and what the grammar tells of it.

    Attributes:
        members: each party that takes a side, with the side and the mention that names the party.
    """

    sentence: Sentence
    mentions: Mapping[int, Mention]
    links: Sequence[Link]
    conditions: Sequence[Condition]
    members: Sequence[tuple[str, Found, Mention]]

    def told(self) -> dict[tuple[str, str], list[tuple[Found, Mention]]]:
        """The sides by party and option."""
        sides: dict[tuple[str, str], list[tuple[Found, Mention]]] = {}
        for party, found, source in self.members:
            sides.setdefault((party, found.link.option), []).append((found, source))
        return sides

    def spoken(self) -> set[str]:
        """Parties named or meant in the sentence."""
        return {party for mention in self.mentions.values() for party in mention.parties}

    def subjects(self) -> set[str]:
        """Parties that are a subject in the sentence."""
        doc = self.sentence.span.doc
        heads = [at for at in self.mentions if doc[at].dep_ in {"nsubj", "nsubjpass"}]
        return {party for at in heads for party in self.mentions[at].parties}


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


@cache
def model_digest() -> str:
    """SHA-256 over the shipped model and the weights that go with it; ``none`` where there are none."""
    parts = sorted(path for path in model_folder().glob("*") if path.suffix in {".onnx", ".json"})
    if not parts:
        return "none"
    digest = hashlib.sha256()
    for path in parts:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


class LocalReader:
    """Grammar and a small encoder together; nothing is loaded before the first report is read.

    Args:
        encoder: False to read by grammar alone, which the measurements compare with.
    """

    name = "local"

    def __init__(self, *, encoder: bool = True) -> None:
        self.encoder = encoder
        self.prepared: tuple[str, Names, OptionIndex] | None = None

    def fingerprint(self) -> Mapping[str, str]:
        """Version and digests of code, lexicons and models."""
        encoder = model_digest() if self.encoder else "none"
        return {"version": VERSION, "code": code_digest(), "spacy": pipeline_digest(), "encoder": encoder}

    def read(self, report: Report, agenda: Agenda) -> Reading:
        """The statements of one report, in the order of the text."""
        lines = self.lines_of(report, agenda)
        model = shipped_model() if self.encoder else None
        if model is None or not lines:
            found: Iterator[Statement] = (statement for line in lines for statement in told_by_grammar(line, report))
        else:
            found = combined(lines, weighed(model, lines, agenda, report), report)
        statements: dict[str, Statement] = {}
        for statement in found:
            statements.setdefault(statement.id, statement)
        ordered = sorted(statements.values(), key=lambda s: (s.start, s.end, s.party, s.option, s.stance, s.id))
        return Reading(tuple(ordered), len(lines))

    def lines_of(self, report: Report, agenda: Agenda) -> list[Line]:
        """Every sentence of a report with what the grammar tells of it."""
        names, options = self.prepare(agenda)
        finder = MentionFinder(names)
        topic: list[tuple[int, list[Link]]] = []
        lines: list[Line] = []
        for sentence in sentences_of(report):
            mentions = finder.find(sentence)
            links = options.links(sentence)
            earlier = [link for at, before in topic if sentence.number - at <= TOPIC_REACH for link in before]
            lines.append(line_of(sentence, mentions, links, earlier))
            if links:
                topic = [*topic[-1:], (sentence.number, links)]
        return lines

    def prepare(self, agenda: Agenda) -> tuple[Names, OptionIndex]:
        """Names and options of an agenda, kept while the agenda stays the same."""
        if self.prepared is None or self.prepared[0] != agenda.digest or not agenda.digest:
            self.prepared = (agenda.digest, Names(agenda), OptionIndex(agenda))
        return self.prepared[1], self.prepared[2]


def line_of(sentence: Sentence, mentions: Mapping[int, Mention], links: list[Link], earlier: list[Link]) -> Line:
    """What the grammar tells of a sentence; `earlier` are the options named just before it."""
    conditions = conditions_of(sentence)
    members = [
        (party, found, source)
        for found in sides_of(sentence, mentions, links, earlier, conditions)
        for source in together(found.side.source, mentions, sentence)
        for party in source.parties
    ]
    return Line(sentence, mentions, links, conditions, members)


def weighed(model: TableModel, lines: Sequence[Line], agenda: Agenda, report: Report) -> list[Weighed]:
    """What the encoder makes of a report."""
    return weigh(model, [line.sentence for line in lines], [line.mentions for line in lines], agenda, report.text)


def told_by_grammar(line: Line, report: Report) -> Iterator[Statement]:
    """The statements of one sentence by grammar alone."""
    for party, found, source in line.members:
        yield written(line, party, found, source, None, report)


def rows_of(line: Line, entries: Sequence[Weighed]) -> list[tuple[float, ...]]:
    """The features of one sentence's entries, for deciding and for fitting the weights that decide."""
    told = line.told()
    strength = {link.option: link.score for link in line.links}
    spoken, subjects = line.spoken(), line.subjects()
    rows = []
    for entry in entries:
        sides = [found for found, _ in told.get((entry.party, entry.option), ())]
        rows.append(
            features(
                entry,
                Told(
                    frozenset(found.side.stance for found in sides if not found.side.former),
                    any(found.carried for found in sides),
                    any(found.nearest for found in sides),
                    any(found.side.cue is None for found in sides),
                ),
                strength.get(entry.option, 0.0),
                spoken=entry.party in spoken,
                subject=entry.party in subjects,
                elsewhere=any(party == entry.party and option != entry.option for party, option in told),
            )
        )
    return rows


def combined(lines: Sequence[Line], cells: Sequence[Weighed], report: Report) -> Iterator[Statement]:
    """The statements of a report by grammar and encoder together."""
    combination = shipped_combination()
    entries: dict[int, list[Weighed]] = {}
    for entry in cells:
        entries.setdefault(entry.sentence, []).append(entry)
    for number, line in enumerate(lines):
        for party, found, source in line.members:
            if found.side.former:
                yield written(line, party, found, source, None, report)
        told, here = line.told(), entries.get(number, [])
        for entry, decision in zip(here, combination.decide(rows_of(line, here)), strict=True):
            sides = [side for side in told.get((entry.party, entry.option), ()) if not side[0].side.former]
            sure = decision.probability >= combination.threshold
            fitting = [
                side for side in sides if (side[0].side.stance is decision.stance if sure else is_plain(side[0]))
            ]
            if fitting:
                yield written(line, entry.party, *fitting[0], decision.probability, report)
            elif sure:
                yield weighed_statement(line, entry, decision, lines[max(0, number - 2) : number], report)


def is_plain(found: Found) -> bool:
    """Whether a side stands on its own: the agenda's own words, a cue, a source, and grammar that ties them together."""
    tied = not found.carried and not found.nearest and found.side.cue is not None
    return tied and found.link.score >= PLAIN_LINK


def written(
    line: Line, party: str, found: Found, source: Mention, confidence: float | None, report: Report
) -> Statement:
    """The statement of one party's side as the grammar tells it."""
    side, sentence = found.side, line.sentence
    voucher = voucher_of(side, sentence, line.mentions)
    doc = sentence.span.doc
    words = found.link.text + (" (named just before)" if found.carried else "")
    turns = " ← ".join(side.turns) or "its own words"
    reasons = [
        Reason("speaker", source.how, *place_of(source, sentence)),
        Reason("option", f"its words: {words}", *sentence.place(doc[side.anchor])),
        Reason("stance", turns + (" (the nearest cue)" if found.nearest else ""), *sentence.place(doc[side.token])),
    ]
    speaker = None if voucher.via is Via.ANONYMOUS or source.anonymous else source.speaker
    return statement_of(
        sentence, party, found.link.option, (side.stance, side.act, side.former), speaker, voucher,
        found.condition, confidence, reasons, report,
    )  # fmt: skip


def weighed_statement(
    line: Line, entry: Weighed, decision: Decision, before: Sequence[Line], report: Report
) -> Statement:
    """The statement of a side that the encoder finds where the grammar tells none, or another one."""
    sentence = line.sentence
    mention = mention_of_party(entry.party, line) or next(
        (found for earlier in reversed(before) if (found := mention_of_party(entry.party, earlier)) is not None), None
    )
    voucher = voucher_weighed(entry.via, entry.party, sentence, line.mentions)
    percent = round(100 * decision.probability)
    reasons = [
        Reason("option", "likeness in meaning, weighed by the encoder"),
        Reason("stance", f"the whole sentence, weighed by the encoder: {percent} in 100 that there is a position"),
    ]
    speaker = None
    if mention is not None:
        place = place_of(mention, sentence) if mention in line.mentions.values() else (None, None)
        reasons.insert(0, Reason("speaker", mention.how, *place))
        speaker = None if voucher.via is Via.ANONYMOUS else mention.speaker
    condition = line.conditions[0] if entry.conditional and line.conditions else None
    return statement_of(
        sentence, entry.party, entry.option, (decision.stance, entry.act, entry.former), speaker, voucher,
        condition, decision.probability, reasons, report,
    )  # fmt: skip


def mention_of_party(party: str, line: Line) -> Mention | None:
    """The mention by which a sentence most likely names a position's holder: a subject first, a person before a body."""
    doc = line.sentence.span.doc
    held = [(at, mention) for at, mention in sorted(line.mentions.items()) if party in mention.parties]
    if not held:
        return None
    return min(
        held, key=lambda item: (doc[item[0]].dep_ not in {"nsubj", "nsubjpass"}, item[1].person is None, item[0])
    )[1]


def place_of(mention: Mention, sentence: Sentence) -> tuple[int | None, int | None]:
    """Where a mention stands in the report; nowhere if it lies outside the sentence's document."""
    doc = sentence.span.doc
    return sentence.stretch(doc[mention.first], doc[mention.last]) if mention.last < len(doc) else (None, None)


def statement_of(
    sentence: Sentence,
    party: str,
    option: str,
    what: tuple[Stance, Act, bool],
    speaker: str | None,
    voucher: Voucher,
    condition: Condition | None,
    confidence: float | None,
    reasons: Sequence[Reason],
    report: Report,
) -> Statement:
    """A statement whose quote is the sentence; `what` is stance, act and whether it is former."""
    stance, act, former = what
    words, why = None, list(reasons)
    why.append(Reason("via", voucher.says))
    if condition is not None:
        doc = sentence.span.doc
        first, last = sentence.stretch(doc[condition.first], doc[condition.last])
        words = report.text[first:last]
        why.append(Reason("condition", f"“{condition.mark}” makes it conditional", first, last))
    start, end = sentence.start, sentence.end
    identity = statement_id("local", report.id, start, end, party, option, stance, former, speaker, voucher.via)
    return Statement(
        identity, report.name, report.id, start, end, report.text[start:end], party, option, stance, act, speaker,
        words, former, voucher.via, voucher.name, "local", confidence, tuple(why),
    )  # fmt: skip
