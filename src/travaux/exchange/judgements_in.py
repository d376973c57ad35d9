"""Judgements that come from elsewhere: each is made once, and a withdrawal takes back here what it took back there.

Numbers of judgements differ between records. So a judgement is known by what it is: statement, decision, signature, time and
the passage judged; of several that are alike to the letter, as when somebody confirms, takes that back and confirms again
within one second, the first there is the first here. A withdrawal is matched by the judgement that it takes back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from travaux.analysis.merging import letters
from travaux.errors import RequestError
from travaux.exchange.dna.writing import dna_text
from travaux.exchange.incoming import IncomingJudgement
from travaux.exchange.incoming_values import moment, place_of, words_of
from travaux.exchange.passages import Passages, Refusal
from travaux.model import Agenda, FieldValue, Judgement, Report, Stance, Verdict
from travaux.record.corrections import SPAN, checked_addition, checked_corrections
from travaux.record.judging import added_id

NO_JUDGEMENT = (Refusal, RequestError, AttributeError, KeyError, TypeError, ValueError)
"""What a row raises that is no judgement, or none that can be made here."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken in, with the reason."""

    row: IncomingJudgement
    says: str


class JudgementsIn:
    """The judgements to be made in a record.

    Attributes:
        known: how many the record has already; refused: what is not taken in.
        told: the judgements that came with the file, numbered in its order, withdrawals among them.
        ids: the ids that added statements have here, by the ids they had in the file: a report may have another id here.
    """

    def __init__(self, agenda: Agenda, standing: Iterable[Judgement], passages: Passages, now: str):
        self.known = 0
        self.refused: list[Refused] = []
        self.told: list[Judgement] = []
        self.ids: dict[str, str] = {}
        self._agenda, self._passages, self._now = agenda, passages, now
        self._standing = list(standing)
        self._last = max((one.number for one in self._standing), default=0)
        self._numbers: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        self._times: dict[str, set[str]] = defaultdict(set)
        self._withdrawn = {one.withdraws for one in self._standing if one.withdraws is not None}
        for made in self._standing:
            self._numbers[letters(made)].append(made.number)
            self._times[made.statement].add(made.at)
        self._met: Counter[tuple[Any, ...]] = Counter()
        self._new: list[Judgement] = []  # numbered on from the record's last, in the order they came

    def history(self) -> list[Judgement]:
        """What the record will hold: what it holds, and what is to be made after that."""
        return [*self._standing, *self.new()]

    def new(self) -> list[Judgement]:
        """What is to be made, by time, with the numbers it is to have and to take back."""
        times = {one.number: moment(one.at) for one in self._new}
        for one in self._new:
            if one.withdraws is not None:  # a withdrawal comes after what it takes back, whatever its clock said
                times[one.number] = max(times[one.number], times.get(one.withdraws, times[one.number]))
        ordered = sorted(self._new, key=lambda one: (times[one.number], one.number))
        numbers = {one.number: self._last + place for place, one in enumerate(ordered, 1)}
        return [
            replace(
                one,
                number=numbers[one.number],
                withdraws=None if one.withdraws is None else numbers.get(one.withdraws, one.withdraws),
            )
            for one in ordered
        ]

    # ------------------------------------------------------------------------------------------ rows

    def take(self, rows: Iterable[IncomingJudgement]) -> None:
        """Take in rows of a judgements table, in the order of their numbers; one that cannot be is refused."""
        read: list[tuple[IncomingJudgement, int | None, Judgement]] = []
        for row in rows:
            try:
                read.append((row, place_of(row.values.get("id")), self._read(row)))
            except NO_JUDGEMENT as refusal:
                self.refused.append(Refused(row, str(refusal)))
        read.sort(key=lambda one: one[1] or 0)
        seen: dict[
            int, tuple[Judgement, int, int]
        ] = {}  # by number in the file: itself, its place in told, its number here
        for row, number, judgement in read:
            judgement = replace(judgement, statement=self.ids.get(judgement.statement, judgement.statement))
            if number in seen and letters(seen[number][0]) == letters(judgement):
                continue  # formats that keep judgements beside statements have some of them twice
            try:
                place, here = self._take(judgement, seen)
            except NO_JUDGEMENT as refusal:
                self.refused.append(Refused(row, str(refusal)))
            else:
                if number is not None:
                    seen.setdefault(number, (judgement, place, here))

    def _take(self, judgement: Judgement, seen: Mapping[int, tuple[Judgement, int, int]]) -> tuple[int, int]:
        place = len(self.told) + 1
        if judgement.verdict is not Verdict.WITHDRAW:
            here = self.add(judgement, counted=True)
            self.told.append(replace(judgement, number=place))
            return place, here
        taken_back, there, number = seen.get(judgement.withdraws or 0, (None, 0, 0))
        if taken_back is None or taken_back.verdict is Verdict.WITHDRAW:
            raise Refusal("the judgement that it takes back does not come with it")
        if taken_back.statement != judgement.statement:
            raise Refusal(f"it takes back what {taken_back.reviewer} decided on {taken_back.statement}")
        self.told.append(replace(judgement, number=place, withdraws=there))
        return place, self._withdraw(judgement, number)

    def _read(self, row: IncomingJudgement) -> Judgement:
        values = row.values
        report = self._passages.report(str(values.get("report") or ""), str(values["report_id"]))
        verdict = Verdict(values["verdict"])
        start, end, quote = self._passages.exact(
            report, str(values["quote"]), int(values["start"]), int(values["end"]), folded=row.folded
        )
        judgement = Judgement(
            number=0,
            statement=words_of(values["statement"]),
            verdict=verdict,
            reviewer=words_of(values["reviewer"]),
            at=str(values["at"]),
            report_id=report.id,
            start=start,
            end=end,
            quote=quote,
            party=words_of(values["party"]),
            option=words_of(values["option"]),
            stance=Stance(values["stance"]),
            corrections=self._corrections(row, report, verdict),
            note=words_of(values.get("note") or ""),
            withdraws=place_of(values.get("withdraws")) if verdict is Verdict.WITHDRAW else None,
            blind=values.get("blind") in (True, "true"),
        )
        if verdict is Verdict.ADD:
            identity = added_id(judgement)
            self.ids[judgement.statement] = identity
            judgement = replace(judgement, statement=identity)
        return judgement

    def _corrections(
        self, row: IncomingJudgement, report: Report, verdict: Verdict
    ) -> tuple[tuple[str, FieldValue], ...]:
        given = dict(row.values.get("corrections") or {})
        fields = dict((checked_addition if verdict is Verdict.ADD else checked_corrections)(given.items()))
        start, end, quote = (fields.get(name) for name in SPAN)
        if isinstance(start, int) and isinstance(end, int) and isinstance(quote, str):
            exact = self._passages.exact(report, quote, start, end, folded=row.folded)
            fields |= dict(zip(SPAN, exact, strict=True))
        return tuple(fields.items())

    # ------------------------------------------------------------------------------------------ one judgement

    def add(self, judgement: Judgement, *, counted: bool = False) -> int:
        """Keep a judgement to be made, unless the record has it; returns the number it has, or is kept under, here.

        Args:
            counted: of several that are alike each is one of its own; else all that are alike are one.

        Raises:
            Refusal: the store would not take it.
        """
        judgement = self._as_told_here(judgement)
        written = letters(judgement)
        place = self._met[written] if counted else 0
        alike = self._numbers[written]
        if moment(judgement.at) > moment(self._now):
            # A clock that is fast elsewhere must not make a decision outweigh what is decided here from now on.
            before = [letters(replace(judgement, at=at)) for at in sorted(self._times[judgement.statement])]
            alike = [number for one in before for number in self._numbers.get(one, ())]
        if counted:
            self._met[written] += 1
        if place < len(alike):
            self.known += 1
            return alike[place]
        if judgement.verdict is Verdict.ADD:
            self._check_on_agenda(judgement)
        return self._keep(judgement)

    def _withdraw(self, withdrawal: Judgement, number: int) -> int:
        if number in self._withdrawn:
            self.known += 1
            return 0
        self._withdrawn.add(number)
        return self._keep(replace(self._timed(withdrawal), withdraws=number))

    def _keep(self, judgement: Judgement) -> int:
        if moment(judgement.at) > moment(self._now):
            note = f"{judgement.note} (dated {judgement.at} there)".strip()
            judgement = replace(judgement, at=self._now, note=note)
        kept = replace(judgement, number=self._last + len(self._new) + 1)
        self._new.append(kept)
        if kept.verdict is not Verdict.WITHDRAW:
            self._numbers[letters(kept)].append(kept.number)
        return kept.number

    def _as_told_here(self, judgement: Judgement) -> Judgement:
        """A judgement that the store takes.

        Raises:
            Refusal: there is none.
        """
        corrections = dict(judgement.corrections)
        text = self._passages.reports[judgement.report_id].text
        condition = corrections.get("condition")
        if isinstance(condition, str) and condition not in text:
            if dna_text(condition) not in text:
                raise Refusal(f"the condition {condition!r} does not stand in the report")
            corrections["condition"] = dna_text(condition)
            judgement = replace(judgement, corrections=tuple(corrections.items()))
        if not judgement.reviewer.strip():
            raise Refusal("nobody signs it; name who decided with --by")
        if judgement.verdict is Verdict.ADD:
            if not judgement.quote.strip():
                raise Refusal("the passage is blank")
        elif (judgement.verdict is Verdict.CORRECT) != bool(corrections):
            raise Refusal("a correction names what it changes, and only a correction does")
        return self._timed(judgement)

    def _timed(self, judgement: Judgement) -> Judgement:
        if datetime.fromisoformat(judgement.at).utcoffset() == timedelta(0):
            return judgement
        return replace(judgement, at=moment(judgement.at).astimezone(UTC).isoformat(timespec="seconds"))

    def _check_on_agenda(self, judgement: Judgement) -> None:
        options = {name for option in self._agenda.options for name in (option.id, *option.was)}
        if self._agenda.party(judgement.party) is None:
            raise Refusal(f"the agenda has no party {judgement.party!r}")
        if judgement.option not in options:
            raise Refusal(f"the agenda has no option {judgement.option!r}")
