"""The reader that ships, on this machine, the same input giving the same statements.

::

    report ──1 parse──▶ sentences ──2 mentions──▶ parties, people
                            │
                            ├──3 linking─────▶ words that name options (or point back to those just named)
                            ├──4 stance──────▶ sides by grammar: party, stance, act, by which cue
                            ├──4b weighing───▶ what a small encoder makes of each party, option and sentence
                            ├──4c combining──▶ one decision from both
                            ├──5 condition───▶ conditional words, and the demands inside them
                            └──6 attribution─▶ who vouches
                                   └──7 writing──▶ statements with quote, span and reasons

    the same sentences and mentions ──8 happenings──▶ meetings, incidents, facts (what is shown and not named: `noticing`)
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from travaux.model import Agenda, Reading, Report, Statement
from travaux.reading.combining import Decision, Thresholds, load_combination
from travaux.reading.echoes import with_echoes
from travaux.reading.evidence import evidence_of
from travaux.reading.happenings import consents_in, facts_in, happenings_in
from travaux.reading.line import Line, line_of
from travaux.reading.linking import Link, OptionIndex
from travaux.reading.mention import Mention
from travaux.reading.mentions import MentionFinder
from travaux.reading.names import Names
from travaux.reading.noticing import Noticed
from travaux.reading.parse import Sentence, pipeline_digest, sentences_of
from travaux.reading.sides import Found
from travaux.reading.table_model import TableModel, load_model, model_folder
from travaux.reading.weighing import Underway, Weighed, likely_options
from travaux.reading.writing import weighed_statement, written, written_together
from travaux.version import rules_digest

VERSION = "1"
# A topic is carried to "the plan" or "it" over this many sentences, as a paragraph does.
TOPIC_REACH = 2
# Where a sentence does not name its position's holder, these many before it are looked at for a name.
REACH = 2
# Code points at the head of a report in which its letterhead stands.
HEAD = 400
# Reports underway before the one whose statements are asked for: the encoder always has windows, and few are in memory.
AHEAD = 3
# A link of at least this score is a phrase of the agenda standing in the sentence, or most of what the option says.
PLAIN_LINK = 0.7


@cache
def code_digest() -> str:
    """SHA-256 over the reader's own modules and lexicons: a changed rule makes reports unread again."""
    folder = files("travaux.reading")
    return rules_digest((folder, (".py",)), (folder / "happenings", (".py",)), (folder / "lexicon", (".toml",)))


@cache
def model_digest(folder: Path) -> str:
    """SHA-256 over the model in a folder and the weights that go with it; ``none`` where there are none."""
    parts = sorted(path for path in folder.glob("*") if path.suffix in {".onnx", ".json"})
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
        models: folder of the encoder and the weights that go with it; those that ship unless told.
    """

    name = "local"
    languages = frozenset({"en"})
    """Codes of the languages it reads; a report known to be in another is left unread, not misread."""

    def __init__(self, *, encoder: bool = True, models: Path | None = None) -> None:
        self.encoder = encoder
        self.models = models if models is not None else model_folder()
        self.prepared: tuple[str, Names, OptionIndex] | None = None
        self.to_come: Iterator[Report] = iter(())
        self.ahead: deque[Begun] = deque()

    def fingerprint(self) -> Mapping[str, str]:
        """Version and digests of code, lexicons and models."""
        encoder = model_digest(self.models) if self.encoder else "none"
        return {"version": VERSION, "code": code_digest(), "spacy": pipeline_digest(), "encoder": encoder}

    def read_ahead(self, reports: Iterable[Report], agenda: Agenda) -> None:
        """Name the reports that will be read next, in their order: while the encoder reads some, the next are parsed.

        Whoever reads another report, or one of these out of turn, gets the same statements and waits longer.
        """
        self.to_come = iter(reports)
        self.ahead.clear()
        self.begin(agenda)

    def begin(self, agenda: Agenda) -> None:
        """Begin the reports to come until `AHEAD` are underway; fewer where there are none, or where one cannot be had."""
        while len(self.ahead) < AHEAD:
            try:
                report = next((r for r in self.to_come if r.language is None or r.language in self.languages), None)
            except Exception:  # whoever comes to it is told in its own turn, and not in the one's before it
                return
            if report is None:
                return
            self.ahead.append(Begun(self, report, agenda))

    def read(self, report: Report, agenda: Agenda) -> Reading:
        """The statements of one report and what it tells beside them, in the order of the text."""
        if self.ahead and self.ahead[0].report.id == report.id and self.ahead[0].agenda is agenda:
            begun = self.ahead.popleft()
            self.begin(agenda)
        else:
            begun = Begun(self, report, agenda)
        lines = begun.told()
        names, _ = self.prepare(agenda)
        facts = facts_in(lines, names, report)  # before the encoder is waited for: it goes on in the meantime
        happenings = happenings_in(lines, names, report, begun.noticed())  # before its answers are
        cells = begun.weighed()
        facts = (*facts, *consents_in(lines, names, report, likely_options(cells or ())))
        if cells is None:
            found: Iterator[Statement] = (statement for line in lines for statement in told_by_grammar(line, report))
        else:
            combination = load_combination(self.models)
            decided = zip(cells, combination.decide(evidence_of(lines, cells)), strict=True)
            found = with_echoes(lines, combined(lines, decided, combination.thresholds, report), report)
        statements: dict[str, Statement] = {}
        for statement in found:
            statements.setdefault(statement.id, statement)
        ordered = sorted(statements.values(), key=lambda s: (s.start, s.end, s.party, s.option, s.stance, s.id))
        return Reading(tuple(ordered), len(lines), happenings=happenings, facts=facts)

    def lines_of(self, report: Report, agenda: Agenda) -> list[Line]:
        """Every sentence of a report with what the grammar tells of it."""
        return self.lines_from(*self.spoken_of(report, agenda), agenda)

    def spoken_of(self, report: Report, agenda: Agenda) -> tuple[list[Sentence], list[dict[int, Mention]]]:
        """Every sentence of a report, and who is spoken of in each, by the place of the word."""
        names, _ = self.prepare(agenda)
        sentences = sentences_of(report)
        finder = MentionFinder(names, report.text[:HEAD].rpartition("\n")[0])
        return sentences, finder.find_all(sentences)

    def lines_from(
        self, sentences: Sequence[Sentence], spoken: Sequence[dict[int, Mention]], agenda: Agenda
    ) -> list[Line]:
        """What the grammar tells of sentences, given who is spoken of in them."""
        _, options = self.prepare(agenda)
        topic: list[tuple[int, list[Link]]] = []
        lines: list[Line] = []
        for sentence, mentions in zip(sentences, spoken, strict=True):
            links = options.links(sentence)
            earlier = [link for at, before in topic if sentence.number - at <= TOPIC_REACH for link in before]
            lines.append(line_of(sentence, mentions, links, earlier, lines[-1] if lines else None))
            if links:
                topic = [*topic[-1:], (sentence.number, links)]
        return lines

    def prepare(self, agenda: Agenda) -> tuple[Names, OptionIndex]:
        """Names and options of an agenda, kept while the agenda stays the same."""
        if self.prepared is None or self.prepared[0] != agenda.digest or not agenda.digest:
            self.prepared = (agenda.digest, Names(agenda), OptionIndex(agenda))
        return self.prepared[1], self.prepared[2]


class Begun:
    """A report parsed, its windows with the encoder; what goes wrong is raised when its sentences are asked for."""

    def __init__(self, reader: LocalReader, report: Report, agenda: Agenda) -> None:
        self.report, self.agenda = report, agenda
        self.lines: list[Line] = []
        self.underway: Underway | None = None
        self.failed: Exception | None = None
        try:
            sentences, spoken = reader.spoken_of(report, agenda)
            model = load_model(reader.models) if reader.encoder else None
            if model is not None and sentences:
                self.underway = Underway(model, sentences, spoken, agenda, report.text)
            self.lines = reader.lines_from(sentences, spoken, agenda)  # while the encoder is at it
        except Exception as error:  # raised by `told`, in this report's turn and not in the one's before it
            self.failed = error

    def told(self) -> list[Line]:
        """Its sentences with what the grammar tells of them.

        Raises:
            ReadingError, ModelMissing: see `sentences_of` and `pipeline`.
        """
        if self.failed is not None:
            raise self.failed
        return self.lines

    def weighed(self) -> list[Weighed] | None:
        """What the encoder makes of it, waited for; None without an encoder or a sentence."""
        return None if self.underway is None else self.underway.result()

    def noticed(self) -> Mapping[int, Noticed]:
        """What the encoder's heads notice in its sentences, by their number; nothing without an encoder."""
        return {} if self.underway is None else self.underway.noticed()


def underway(model: TableModel, lines: Sequence[Line], agenda: Agenda, report: Report) -> Underway:
    """A report's windows, handed to the encoder."""
    return Underway(model, [line.sentence for line in lines], [line.mentions for line in lines], agenda, report.text)


def weighed(model: TableModel, lines: Sequence[Line], agenda: Agenda, report: Report) -> list[Weighed]:
    """What the encoder makes of a report."""
    return underway(model, lines, agenda, report).result()


def told_by_grammar(line: Line, report: Report) -> Iterator[Statement]:
    """The statements of one sentence by grammar alone."""
    for party, found, source in line.members:
        yield written(line, party, found, source, report)


def combined(
    lines: Sequence[Line], decided: Iterable[tuple[Weighed, Decision]], thresholds: Thresholds, report: Report
) -> Iterator[Statement]:
    """The statements of a report by grammar and encoder together.

    What the grammar tells of a cell that the encoder thinks next to impossible is left out: four in five of such are wrong. So is
    what a party only named as a place would hold of an option on which the grammar gives others a side, what somebody would hold to
    whom something is only done, and what a sentence denies that is told of somebody. Where no word of a sentence means any party, what
    one would hold has to be as likely as a further position: whose words go on is known, see `carry_on`.
    """
    decided = list(decided)
    denying = [line.denies() for line in lines]
    likeliest: dict[tuple[str, int], float] = {}
    for cell, decision in decided:
        own = cell.party, cell.sentence
        likeliest[own] = max(decision.probability, likeliest.get(own, 0.0))
    for cell, decision in decided:
        line = lines[cell.sentence]
        beside = line.others_alone(cell.party, cell.option)
        if denying[cell.sentence] or line.only_done_to(cell.party) or (beside and line.only_where(cell.party)):
            continue
        meant = bool(line.spoken()) and not beside
        first = decision.probability >= likeliest[cell.party, cell.sentence] and meant
        yield from decided_statement(lines, cell, decision, thresholds.first if first else thresholds.further, report)


def decided_statement(
    lines: Sequence[Line],
    cell: Weighed,
    decision: Decision,
    threshold: float,
    report: Report,
) -> Iterator[Statement]:
    """The statement of one cell, if its decision and the grammar's sides leave one; it counts from a probability of `threshold`."""
    line = lines[cell.sentence]
    sides = line.told.get((cell.party, cell.option), ())
    held = [side for side in sides if not side[0].side.former]
    sure = decision.probability >= threshold
    if sure and decision.former:
        held = held or list(sides)
    fitting = [side for side in held if (side[0].side.stance is decision.stance if sure else is_plain(side[0]))]
    # What a condition asks for in the agenda's own words the encoder takes for refused as readily as what hangs on it.
    fitting = fitting or [side for side in held if side[0].asked and side[0].link.score >= PLAIN_LINK]
    if fitting:
        yield written_together(line, cell, *fitting[0], decision, report)
    elif sure:
        before = lines[max(0, cell.sentence - REACH) : cell.sentence]
        yield weighed_statement(line, cell, decision, before, report)


def is_plain(found: Found) -> bool:
    """Whether a side stands on its own: the agenda's own words, a cue, a source, and grammar that ties them together."""
    tied = not found.carried and not found.nearest and found.side.cue is not None
    return tied and found.link.score >= PLAIN_LINK
