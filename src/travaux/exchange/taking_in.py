"""What becomes of a file's contents in a record: decided here, without touching the record.

Judgements that come with the file are taken in first, each with its own signature and date; a date in the future becomes the
present, with a note. One that the record holds already is not made again; so importing a file twice changes nothing. See
`travaux.exchange.judgements_in`. Then for each statement, in this order:

1. Its report is found by id, by name, or not at all: then it is refused.
2. Its quote must be the report's text: at the place the file gives, or else at the one place in the report where those
   words stand. Otherwise it is refused. No quote, no statement.
3. Party and option must be on the agenda; an option may go by an id it had before.
4. One that the record has is not added again. Where the file says something else of it than the record, its span included, a
   person changed it in the other tool: that becomes a correction, signed by that person. A decision (accept, reject)
   becomes a judgement. A span elsewhere in the report is another passage, and so a statement of that person's own.
5. Where somebody has judged it in the record since the file was written, the file does not overrule that: it is listed as
   a conflict and nothing is added.
6. One that a person added is a judgement and no reading: it comes with the judgements, or where the file has none becomes
   one, signed by who imports it. One that was withdrawn here stays so.
7. Any other that the record does not have is added under the reader it is of, beside what that reader has.
8. Where a file says what was decided on a new statement but has not the judgement itself, as a file of statements alone, who
   imports it signs that decision, and the note says whose it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from travaux.analysis.added import added_statements
from travaux.analysis.judgements import JudgedStatement, in_effect, in_force, same_passage
from travaux.analysis.renaming import present_ids, renamed_judgements, renamed_statements
from travaux.errors import RequestError
from travaux.exchange.dna.writing import dna_text
from travaux.exchange.incoming import Incoming, IncomingStatement, Value
from travaux.exchange.incoming_values import confidence_of, moment, place_of, stamped_verdict
from travaux.exchange.judgements_in import JudgementsIn
from travaux.exchange.passages import Passages, Refusal
from travaux.model import (
    PERSON,
    Act,
    Agenda,
    FieldValue,
    Judgement,
    Reason,
    Report,
    Stance,
    Statement,
    Verdict,
    Via,
    statement_id,
)
from travaux.record.corrections import ADDED, CORRECTABLE, FREE, SPAN, checked_corrections

ANSWERS = {"accept": Verdict.CONFIRM, "reject": Verdict.REJECT, "unsure": Verdict.UNSURE}


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something of a file that the record did not take, with the reason.

    Attributes:
        kind: ``refused`` (it cannot stand), or ``conflict`` (a person has judged otherwise in the record since).
        where: place in the file; quote: the words it is about; says: why, in one line.
    """

    kind: str
    where: str
    report: str
    quote: str
    says: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write, and what not.

    Attributes:
        statements: new ones; judgements: new ones, in the order they are to be made, with the numbers they are to have.
        known: how many statements and judgements the record has already.
        unplaced: what is not taken.
    """

    statements: tuple[Statement, ...]
    judgements: tuple[Judgement, ...]
    known: int
    unplaced: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the record has.

    Attributes:
        reports: with their text; statements: all readers', as they were read, options by the ids they go by now;
            judgements: all there are, as they were made.
    """

    agenda: Agenda
    reports: Sequence[Report]
    statements: Sequence[Statement]
    judgements: Sequence[Judgement]


def plan(
    incoming: Incoming,
    standing: Standing,
    *,
    by: str | None,
    now: str,
    reader: str,
    own: Iterable[tuple[str, str]] = (),
) -> Plan:
    """What becomes of a file's statements and judgements.

    Args:
        by: who signs decisions that the file does not sign.
        now: the time of decisions that the file does not date, ISO 8601 in UTC.
        reader: whose statements are that the file says nothing of.
        own: report id and reader of the readings that were really read here; statements of the same reader from elsewhere
            are kept apart from these, under the reader's name with ``(imported)``.
    """
    return _Planner(incoming, standing, by=by, now=now, reader=reader, own=set(own)).plan()


class _Planner:
    def __init__(
        self,
        incoming: Incoming,
        standing: Standing,
        *,
        by: str | None,
        now: str,
        reader: str,
        own: set[tuple[str, str]],
    ):
        self.incoming = incoming
        self.standing = standing
        self.by, self.now, self.own, self.default_reader = by, now, own, reader
        self.present = present_ids(standing.agenda)
        self.names = {
            "party": {one.id: (one.id, one.name, *one.names) for one in standing.agenda.parties},
            "option": {one.id: (one.id, one.says, *one.words, *one.was) for one in standing.agenda.options},
        }
        self.passages = Passages(standing.reports, incoming.reports)
        self.judgements = JudgementsIn(standing.agenda, standing.judgements, self.passages, now)
        self.known_ids: dict[str, JudgedStatement] = {}
        self.as_sent: dict[str, JudgedStatement] = {}
        self.history: list[Judgement] = []
        self.ever_added: set[str] = set()
        self.made: dict[str, Statement] = {}
        self.latest: dict[tuple[str, str], Judgement] = {}
        self.known = 0
        self.unplaced: list[Unplaced] = []

    def plan(self) -> Plan:
        self.judgements.take(self.incoming.judgements)
        for one in self.judgements.refused:
            report, quote = (str(one.row.values.get(name) or "") for name in ("report", "quote"))
            self.unplaced.append(Unplaced("refused", one.row.where, report, quote, f"no judgement: {one.says}"))
        self.history = history = renamed_judgements(self.judgements.history(), self.present)
        names = {report.id: report.name for report in self.standing.reports}
        statements = [one for one in self.standing.statements if one.reader != PERSON]
        statements += added_statements(history, names)
        self.known_ids = {one.statement.id: one for one in in_force(statements, history)}
        self.as_sent = {
            one.statement.id: one
            for one in in_force(statements, renamed_judgements(self.judgements.told, self.present))
        }
        self.ever_added = {one.statement for one in history if one.verdict is Verdict.ADD}
        self.latest = _latest_by_reviewer(history)
        for incoming in self.incoming.statements:
            try:
                self._statement(incoming)
            except Refusal as refusal:
                self._unplaced("refused", incoming, str(refusal))
            except (AttributeError, KeyError, TypeError, ValueError) as error:  # a value of a kind that cannot be
                self._unplaced("refused", incoming, f"not a statement: {type(error).__name__} {error}")
        return Plan(
            tuple(self.made.values()),
            tuple(self.judgements.new()),
            self.known + self.judgements.known,
            tuple(self.unplaced),
        )

    def _unplaced(self, kind: str, one: IncomingStatement, says: str) -> None:
        self.unplaced.append(Unplaced(kind, one.where, str(one.report), str(one.quote), says))

    # ------------------------------------------------------------------------------------------ statements

    def _statement(self, one: IncomingStatement) -> None:
        report = self.passages.report(one.report, one.report_id)
        identity = self.judgements.ids.get(one.id or "", one.id or "")
        standing = self.known_ids.get(identity)
        span = self.passages.span(report, one.quote, one.start, one.end, folded=one.folded)
        values = self._values(one) | dict(zip(SPAN, (*span, report.text[slice(*span)]), strict=True))
        if standing is not None and any(same_passage(span, place) for place in _places(standing)):
            self._known_statement(one, standing, values)
            return
        if standing is not None:  # other words of the report: a statement of that person's own
            own = one.by or self.default_reader
            one = replace(one, id=None, reader="" if own == PERSON else own, as_read={}, extra={})
        elif one.reader == PERSON:
            self._added(one, identity, report, values)
            return
        statement = self._new_statement(one, report, values)
        standing = self.known_ids.get(statement.id)
        if standing is not None:
            self._known_statement(one, standing, values)
            return
        if statement.id in self.made:
            self.known += 1
            return
        fault = self.passages.evidence(report).statement_fault(statement)
        if fault:
            raise Refusal(fault)
        if one.answer is not None:
            self._decide(one, statement, ANSWERS[one.answer], {})
        else:
            self._as_stamped(one, statement, values)
        self.made[statement.id] = statement  # only with the decision on it: what was rejected must not count

    def _added(self, one: IncomingStatement, identity: str, report: Report, values: Mapping[str, FieldValue]) -> None:
        """A statement that a person added: known, withdrawn here since, or one that the file brings without its judgement."""
        if identity in self.ever_added:
            if one.answer is None:
                self.known += 1
            else:
                self._unplaced("conflict", one, "in the record, who added it has withdrawn it")
            return
        statement = self._new_statement(one, report, values)
        if statement.id in self.ever_added:
            self.known += 1
            return
        fields = {name: getattr(statement, name) for name in (*ADDED, *FREE)}
        given = {name: value for name, value in fields.items() if value is not None}
        self._judge(one, statement, Verdict.ADD, {name: _plain(value) for name, value in given.items()})
        self.ever_added.add(statement.id)
        self._as_stamped(one, statement, values)

    def _as_stamped(self, one: IncomingStatement, statement: Statement, values: Mapping[str, FieldValue]) -> None:
        """Decides on a new statement as somebody had when the file was written, where no judgement says so."""
        stamped = stamped_verdict(one.stamp)
        present = renamed_statements([statement], self.present)
        if stamped is None or in_force(present, self.history)[0].verdict is not None:
            return
        counts = _fields(present[0])
        changed = {name: value for name, value in values.items() if name in CORRECTABLE and value != counts[name]}
        if changed.keys() & set(SPAN):
            changed |= {name: values[name] for name in SPAN}
        if changed:
            self._decide(one, statement, Verdict.CORRECT, changed)
        elif stamped not in (Verdict.ADD, Verdict.CORRECT):
            self._decide(one, statement, stamped, {})

    def _known_statement(
        self, one: IncomingStatement, standing: JudgedStatement, values: Mapping[str, FieldValue]
    ) -> None:
        counts, sent = _fields(standing.effective), _fields(self._as_sent(one, standing).effective)
        changed = {name: value for name, value in values.items() if name in CORRECTABLE and value != counts[name]}
        told_since = one.stamp != standing.reason
        if told_since and all(values[name] == sent[name] for name in changed):
            changed = {}  # nobody changed it in the file: it shows what counted here when the file was written
        if changed.keys() & set(SPAN):
            changed |= {name: values[name] for name in SPAN}
        if not changed and one.answer is None:
            self.known += 1
            return
        verdict = Verdict.CORRECT if changed else ANSWERS[one.answer or "accept"]
        if one.answer == "reject":
            verdict, changed = Verdict.REJECT, {}
        if self._already(one, standing, verdict, changed):
            self.known += 1
            return
        if told_since and standing.verdict is not None:
            self._unplaced("conflict", one, f"in the record it is {standing.reason}, since this file was written")
            return
        self._decide(one, standing.statement, verdict, changed)

    def _as_sent(self, one: IncomingStatement, standing: JudgedStatement) -> JudgedStatement:
        """A statement as it counted when the file was written, as far as the judgements in the file tell; else as it was read."""
        sent = self.as_sent[standing.statement.id]
        return sent if sent.reason == one.stamp else JudgedStatement(standing.statement, standing.statement)

    def _already(
        self, one: IncomingStatement, standing: JudgedStatement, verdict: Verdict, changed: Mapping[str, FieldValue]
    ) -> bool:
        """Whether that person has said so already, or something else later."""
        last = self.latest.get((standing.statement.id, self._signed(one)))
        if last is not None:
            if one.at is not None and moment(last.at) >= moment(one.at):
                return True
            if last.verdict is verdict and dict(last.corrections) == dict(changed):
                return True
            if verdict is Verdict.CONFIRM and last.verdict in (Verdict.CONFIRM, Verdict.CORRECT):
                return True  # confirms what that person made of it
        return verdict is not Verdict.CORRECT and verdict is standing.verdict and one.stamp == standing.reason

    def _decide(
        self, one: IncomingStatement, statement: Statement, verdict: Verdict, changed: Mapping[str, FieldValue]
    ) -> None:
        try:
            corrections = checked_corrections(changed.items())
        except RequestError as error:
            raise Refusal(error.message) from None
        self._judge(one, statement, verdict, dict(corrections))

    def _judge(
        self, one: IncomingStatement, statement: Statement, verdict: Verdict, fields: Mapping[str, FieldValue]
    ) -> None:
        self.judgements.add(
            Judgement(
                number=0,
                statement=statement.id,
                verdict=verdict,
                reviewer=self._signed(one),
                at=one.at or self.now,
                report_id=statement.report_id,
                start=statement.start,
                end=statement.end,
                quote=statement.quote,
                party=statement.party,
                option=statement.option,
                stance=statement.stance,
                corrections=tuple(fields.items()),
                note=f"imported from {self.incoming.source}" + (f": {one.stamp}" if one.stamp else ""),
            )
        )

    def _signed(self, one: IncomingStatement) -> str:
        return one.by or self.by or ""

    def _new_statement(self, one: IncomingStatement, report: Report, values: Mapping[str, FieldValue]) -> Statement:
        said = {name: value for name, value in values.items() if value is not None}
        given = {**_DEFAULTS, **said, **self._placed(_without_span(one.as_read))}
        start, end = self._span_as_read(one, report)
        try:
            stance, act, via = Stance(str(given["stance"])), Act(str(given["act"])), Via(str(given["via"]))
        except ValueError as error:
            raise Refusal(f"off the codebook: {error}") from None
        reader = self._reader(one.reader, report.id)
        party, option = str(given["party"]), str(given["option"])
        speaker, former, condition = _text(given["speaker"]), given["former"] is True, _text(given["condition"])
        if condition is not None and condition not in report.text and dna_text(condition) in report.text:
            condition = dna_text(condition)
        reasons = tuple(
            Reason(str(why["step"]), str(why["says"]), place_of(why.get("start")), place_of(why.get("end")))
            for why in one.extra.get("reasons") or ()
        )
        ids = {
            name: statement_id(reader, report.id, start, end, party, name, stance, former, speaker, via)
            for name in (option, *(before for before, now in self.present.items() if now == option))
        }
        # What was read under an id the option had before keeps it, and with it its own.
        option = next((name for name, identity in ids.items() if identity == one.id), option)
        return Statement(
            ids[option],
            report.name,
            report.id,
            start,
            end,
            report.text[start:end],
            party,
            option,
            stance,
            act,
            speaker,
            condition,
            former,
            via,
            _text(given["via_name"]),
            reader,
            confidence_of(one.extra.get("confidence")),
            reasons,
        )

    def _span_as_read(self, one: IncomingStatement, report: Report) -> tuple[int, int]:
        """Where the passage stood before a person corrected its borders."""
        start, end = (place_of(one.as_read.get(name, told)) for name, told in (("start", one.start), ("end", one.end)))
        quote = str(one.as_read.get("quote") or one.quote)
        return self.passages.span(report, quote, start, end, folded=one.folded)

    def _reader(self, name: str, report_id: str) -> str:
        chosen = name or self.default_reader
        return f"{chosen} (imported)" if (report_id, chosen) in self.own else chosen

    def _values(self, one: IncomingStatement) -> dict[str, FieldValue]:
        """The values that a file gives, but for the span."""
        given = _without_span(one.values)
        for name, value in (*given.items(), *_without_span(one.as_read).items()):
            if not (value is None or isinstance(value, bool if name == "former" else str)):
                raise Refusal(f"{name} cannot be {value!r}")
        values = self._placed(given)
        for name in ("party", "option", "stance"):
            if not values.get(name):
                raise Refusal(f"it names no {name}")
        return values

    def _placed(self, values: Mapping[str, Value]) -> dict[str, FieldValue]:
        """The values with ids of the agenda for the names of parties and options."""
        placed: dict[str, FieldValue] = dict(values)
        for noun, names in self.names.items():
            if placed.get(noun):
                placed[noun] = _id_of(str(placed[noun]), names, noun)
        return placed


_DEFAULTS: dict[str, FieldValue] = {
    "act": str(Act.STATE),
    "speaker": None,
    "condition": None,
    "former": False,
    "via": str(Via.SPEAKER),
    "via_name": None,
}
"""What a statement has where the format cannot say: the weakest act, and the party itself as the one who speaks."""


def _places(judged: JudgedStatement) -> list[tuple[int, int]]:
    """Where a statement was read, and where it stands as it counts."""
    return [(one.start, one.end) for one in (judged.statement, judged.effective)]


def _without_span(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if name not in SPAN}


def _fields(statement: Statement) -> dict[str, FieldValue]:
    return {name: _plain(getattr(statement, name)) for name in CORRECTABLE}


def _plain(value: FieldValue) -> FieldValue:
    """A value as corrections have it: words of the codebook are texts."""
    return value if value is None or isinstance(value, bool | int) else str(value)


def _text(value: FieldValue) -> str | None:
    return None if value in (None, "", False) else str(value)


def _id_of(named: str, known: Mapping[str, tuple[str, ...]], noun: str) -> str:
    if named in known:
        return named
    wanted = named.strip().casefold()
    found = [one for one, names in known.items() if wanted in (name.casefold() for name in names)]
    if len(found) == 1:
        return found[0]
    raise Refusal(f"the agenda has no {noun} {named!r}" if not found else f"{noun} {named!r} may be any of {found}")


def _latest_by_reviewer(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    latest: dict[tuple[str, str], Judgement] = {}
    for one in in_effect(judgements):
        latest[one.statement, one.reviewer] = one
    return latest
