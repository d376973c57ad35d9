"""What becomes of a file's contents in a record: decided here, without touching the record.

For each statement, in this order:

1. Its report is found by id, by name, or not at all: then it is refused.
2. Its quote must be the report's text: at the place the file gives, or else at the one place in the report where those
   words stand. Otherwise it is refused. No quote, no statement.
3. Party and option must be on the agenda.
4. One that the record has is not added again. Where the file says something else of it than the record, a person changed
   it in the other tool: that becomes a correction, signed by that person. A decision (accept, reject) becomes a judgement.
5. Where somebody has judged it in the record since the file was written, the file does not overrule that: it is listed as
   a conflict and nothing is added.
6. One that the record does not have is added under the reader it is of, beside what that reader has.

Judgements that come with the file are taken in before its statements, each with its own signature and date; a date in the
future becomes the present, with a note. One that the record holds already, to the letter, is not added again; so importing a
file twice changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import Any

from travaux.analysis.judgements import JudgedStatement, in_force
from travaux.analysis.merging import letters
from travaux.errors import RequestError
from travaux.exchange.dna.writing import Offsets, dna_text
from travaux.exchange.incoming import Incoming, IncomingStatement, Value
from travaux.exchange.incoming_values import confidence_of, moment, place_of, words_of
from travaux.model import (
    Act,
    Agenda,
    Judgement,
    Reason,
    Report,
    Stance,
    Statement,
    Verdict,
    Via,
    statement_id,
)
from travaux.record.corrections import CORRECTABLE, checked_corrections
from travaux.record.evidence import Evidence

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
        statements: new ones; judgements: new ones, in the order they are to be made.
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
        reports: with their text; statements: all readers', as they were read; judgements: all there are.
    """

    agenda: Agenda
    reports: Sequence[Report]
    statements: Sequence[Statement]
    judgements: Sequence[Judgement]


class Refusal(Exception):
    """Why one thing cannot be taken in."""


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
        self.reports = {report.id: report for report in standing.reports}
        self.by_name = {report.name: report for report in standing.reports}
        self.file_names = {one.name: one.id for one in incoming.reports if one.id}
        self.evidence: dict[str, Evidence] = {}
        self.known_ids: dict[str, JudgedStatement] = {}
        self.made: dict[str, Statement] = {}
        self.judged: list[Judgement] = []
        self.told: list[Judgement] = []
        self.as_sent: dict[str, JudgedStatement] = {}
        self.held = {letters(one) for one in standing.judgements}
        self.latest: dict[tuple[str, str], Judgement] = {}
        self.times: dict[str, set[str]] = defaultdict(set)
        for made in standing.judgements:
            self.times[made.statement].add(made.at)
        self.known = 0
        self.unplaced: list[Unplaced] = []

    def plan(self) -> Plan:
        for row in self.incoming.judgements:
            values = row.values
            try:
                self._judgement_row(values, folded=row.folded)
            except (Refusal, RequestError, AttributeError, KeyError, TypeError, ValueError) as refusal:
                report, quote = (str(values.get(name) or "") for name in ("report", "quote"))
                self.unplaced.append(Unplaced("refused", row.where, report, quote, f"no judgement: {refusal}"))
        history = [*self.standing.judgements, *sorted(self.judged, key=lambda one: moment(one.at))]
        numbered = [replace(one, number=place) for place, one in enumerate(history, 1)]
        self.known_ids = {one.statement.id: one for one in in_force(self.standing.statements, numbered)}
        self.latest = _latest_by_reviewer(numbered)
        told = [replace(one, number=place) for place, one in enumerate(self.told, 1)]
        self.as_sent = {one.statement.id: one for one in in_force(self.standing.statements, told)}
        for one in self.incoming.statements:
            try:
                self._statement(one)
            except Refusal as refusal:
                self.unplaced.append(Unplaced("refused", one.where, one.report, one.quote, str(refusal)))
            except (AttributeError, KeyError, TypeError, ValueError) as error:  # a value of a kind that cannot be
                says = f"not a statement: {type(error).__name__} {error}"
                self.unplaced.append(Unplaced("refused", one.where, str(one.report), str(one.quote), says))
        return Plan(
            tuple(self.made.values()),
            tuple(sorted(self.judged, key=lambda one: moment(one.at))),
            self.known,
            tuple(self.unplaced),
        )

    # ------------------------------------------------------------------------------------------ statements

    def _statement(self, one: IncomingStatement) -> None:
        report = self._report(one.report, one.report_id)
        standing = self.known_ids.get(one.id or "")
        span = self._span(one, report)
        values = self._values(one)
        if standing is not None and (standing.statement.start, standing.statement.end) == span:
            self._known_statement(one, standing, values)
            return
        if standing is not None:  # somebody drew its borders otherwise: that is a statement of that person's own
            one = replace(one, reader=one.by or self.default_reader, as_read={}, extra={})
        statement = self._new_statement(one, report, span, values)
        standing = self.known_ids.get(statement.id)
        if standing is not None:
            self._known_statement(one, standing, values)
            return
        if statement.id in self.made:
            self.known += 1
            return
        fault = self._evidence(report).statement_fault(statement)
        if fault:
            raise Refusal(fault)
        self.made[statement.id] = statement
        if one.answer is not None:
            self._decide(one, statement, ANSWERS[one.answer], {})

    def _known_statement(self, one: IncomingStatement, standing: JudgedStatement, values: Mapping[str, Value]) -> None:
        counts, sent = _fields(standing.effective), _fields(self._as_sent(one, standing).effective)
        changed = {name: value for name, value in values.items() if name in CORRECTABLE and value != counts[name]}
        told_since = one.stamp != standing.reason
        if told_since and all(values[name] == sent[name] for name in changed):
            changed = {}  # nobody changed it in the file: it shows what counted here when the file was written
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
            says = f"in the record it is {standing.reason}, since this file was written"
            self.unplaced.append(Unplaced("conflict", one.where, one.report, one.quote, says))
            return
        self._decide(one, standing.statement, verdict, changed)

    def _as_sent(self, one: IncomingStatement, standing: JudgedStatement) -> JudgedStatement:
        """A statement as it counted when the file was written, as far as the judgements in the file tell; else as it was read."""
        sent = self.as_sent[standing.statement.id]
        return sent if sent.reason == one.stamp else JudgedStatement(standing.statement, standing.statement)

    def _already(
        self, one: IncomingStatement, standing: JudgedStatement, verdict: Verdict, changed: Mapping[str, Value]
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
        self, one: IncomingStatement, statement: Statement, verdict: Verdict, changed: Mapping[str, Value]
    ) -> None:
        try:
            corrections = checked_corrections(changed.items())
        except RequestError as error:
            raise Refusal(error.message) from None
        self._add_judgement(
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
                corrections=corrections,
                note=f"imported from {self.incoming.source}",
            )
        )

    def _signed(self, one: IncomingStatement) -> str:
        return one.by or self.by or ""

    def _new_statement(
        self, one: IncomingStatement, report: Report, span: tuple[int, int], values: Mapping[str, Value]
    ) -> Statement:
        said = {name: value for name, value in values.items() if value is not None}
        given = {**_DEFAULTS, **said, **self._placed(one.as_read)}
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
        identity = statement_id(reader, report.id, *span, party, option, stance, former, speaker, via)
        return Statement(
            identity,
            report.name,
            report.id,
            *span,
            report.text[span[0] : span[1]],
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

    def _reader(self, name: str, report_id: str) -> str:
        chosen = name or self.default_reader
        return f"{chosen} (imported)" if (report_id, chosen) in self.own else chosen

    def _report(self, name: str, report_id: str | None) -> Report:
        found = self.reports.get(report_id or "") or self.reports.get(self.file_names.get(name, ""))
        found = found or self.by_name.get(name)
        if found is None:
            raise Refusal(f"the record has no report {name!r}; travaux add takes it in")
        return found

    def _span(self, one: IncomingStatement, report: Report) -> tuple[int, int]:
        if not one.quote:
            raise Refusal("it has no quote")
        if one.folded:
            return _unfolded(report, one.start or 0, one.end or 0, one.quote)
        if one.start is not None and one.end is not None:
            there = report.text[one.start : one.end]
            # Spreadsheets and JSON editors write line ends their own way; the record keeps the report's.
            if there == one.quote or (there and _line_ends(there) == _line_ends(one.quote)):
                return one.start, one.end
        first = report.text.find(one.quote)
        if first < 0:
            raise Refusal("its words do not stand in the report")
        if report.text.find(one.quote, first + 1) >= 0:
            raise Refusal("its words stand more than once in the report, and the file does not say where")
        return first, first + len(one.quote)

    def _values(self, one: IncomingStatement) -> dict[str, Value]:
        for name, value in (*one.values.items(), *one.as_read.items()):
            if not (value is None or isinstance(value, bool if name == "former" else str)):
                raise Refusal(f"{name} cannot be {value!r}")
        values = self._placed(one.values)
        for name in ("party", "option", "stance"):
            if not values.get(name):
                raise Refusal(f"it names no {name}")
        return values

    def _placed(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """The values with ids of the agenda for the names of parties and options."""
        placed = dict(values)
        agenda = self.standing.agenda
        known = {
            "party": {one.id: (one.id, one.name, *one.names) for one in agenda.parties},
            "option": {one.id: (one.id, one.says, *one.words) for one in agenda.options},
        }
        for noun, names in known.items():
            if placed.get(noun):
                placed[noun] = _id_of(str(placed[noun]), names, noun)
        return placed

    def _evidence(self, report: Report) -> Evidence:
        if report.id not in self.evidence:
            self.evidence[report.id] = Evidence(report.text, report.blocks)
        return self.evidence[report.id]

    # ------------------------------------------------------------------------------------------ judgements

    def _judgement_row(self, values: Mapping[str, Any], *, folded: bool) -> None:
        report = self._report(str(values.get("report") or ""), str(values["report_id"]))
        start, end, quote = int(values["start"]), int(values["end"]), str(values["quote"])
        if folded:
            start, end = _unfolded(report, start, end, quote)
            quote = report.text[start:end]
        fault = self._evidence(report).span_fault(start, end, quote)
        if fault:
            raise Refusal(fault)
        judgement = Judgement(
            number=0,
            statement=words_of(values["statement"]),
            verdict=Verdict(values["verdict"]),
            reviewer=words_of(values["reviewer"]),
            at=str(values["at"]),
            report_id=report.id,
            start=start,
            end=end,
            quote=quote,
            party=words_of(values["party"]),
            option=words_of(values["option"]),
            stance=Stance(values["stance"]),
            corrections=checked_corrections((values.get("corrections") or {}).items()),
            note=words_of(values.get("note") or ""),
        )
        self.told.append(judgement)
        self._add_judgement(judgement)

    def _add_judgement(self, judgement: Judgement) -> None:
        """Keeps a judgement to be made, unless it is held already.

        Raises:
            Refusal: the store would not take it.
        """
        corrections = dict(judgement.corrections)
        text = self.reports[judgement.report_id].text
        condition = corrections.get("condition")
        if isinstance(condition, str) and condition not in text:
            if dna_text(condition) not in text:
                raise Refusal(f"the condition {condition!r} does not stand in the report")
            corrections["condition"] = dna_text(condition)
            judgement = replace(judgement, corrections=tuple(corrections.items()))
        if not judgement.reviewer.strip():
            raise Refusal("nobody signs it; name who decided with --by")
        if (judgement.verdict is Verdict.CORRECT) != bool(corrections):
            raise Refusal("a correction names what it changes, and only a correction does")
        if moment(judgement.at).utcoffset() != timedelta(0):
            in_utc = moment(judgement.at).astimezone(UTC).isoformat(timespec="seconds")
            judgement = replace(judgement, at=in_utc)
        if moment(judgement.at) > moment(self.now):
            # A clock that is fast elsewhere must not make a decision outweigh what is decided here from now on.
            if any(letters(replace(judgement, at=at)) in self.held for at in self.times[judgement.statement]):
                self.known += 1
                return
            note = f"{judgement.note} (dated {judgement.at} there)".strip()
            judgement = replace(judgement, at=self.now, note=note)
        written = letters(judgement)
        if written in self.held:
            self.known += 1
            return
        self.held.add(written)
        self.judged.append(judgement)


_DEFAULTS: dict[str, Value] = {
    "act": str(Act.STATE),
    "speaker": None,
    "condition": None,
    "former": False,
    "via": str(Via.SPEAKER),
    "via_name": None,
}
"""What a statement has where the format cannot say: the weakest act, and the party itself as the one who speaks."""


def _fields(statement: Statement) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name in CORRECTABLE:
        value = getattr(statement, name)
        values[name] = value if value is None or isinstance(value, bool) else str(value)
    return values


def _unfolded(report: Report, first: int, last: int, quote: str) -> tuple[int, int]:
    """Where a passage of the report's `dna_text` stands in the report itself."""
    offsets = Offsets(report.text)
    start, end = offsets.from_dna(first), offsets.from_dna(last, end=True)
    if not report.text[start:end] or dna_text(report.text[start:end]) != quote:
        raise Refusal("the text has changed: the report does not hold these words at this place")
    return start, end


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(value: Value) -> str | None:
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
    for one in sorted(judgements, key=lambda one: (moment(one.at), one.number)):
        latest[one.statement, one.reviewer] = one
    return latest
