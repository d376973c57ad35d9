"""What waits for a person, what she adds and takes back, and how far several reviewers agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from travaux.api.judging import now, signed_by, time_to_judge
from travaux.api.looking import once
from travaux.api.questions import Asked
from travaux.errors import RequestError
from travaux.model import FieldValue, Judgement, Report, Stance, Statement, Verdict

if TYPE_CHECKING:
    from travaux.analysis.queue import Order, Waiting
    from travaux.analysis.reviewers import Decided, ReviewerAgreement, ReviewerTally

PLAIN: Mapping[str, FieldValue] = {"act": "state", "former": False, "via": "speaker"}
"""What an added statement says where nobody tells: the words say so without more, now, and the party itself vouches."""


class Reviewed(Asked):
    """The verbs of review."""

    def queue(
        self,
        party: str | None = None,
        option: str | None = None,
        report: str | None = None,
        *,
        reviewer: str | None = None,
        order: Order | str = "priority",
        reader: str | None = None,
    ) -> list[Waiting]:
        """The statements that wait for a person, most urgent first; see `travaux.analysis.queue.waiting`.

        Args:
            party, option, report: only those.
            reviewer: what this reviewer has not judged, whatever others decided; None for what nobody has settled.
            order: ``priority`` (doubt times stake), ``doubt`` or ``stake``.
            reader: whose statements, see `judged`.

        Raises:
            RequestError: there is no such order.
        """
        from travaux.analysis.queue import order_of, waiting

        chosen = order_of(order)
        party_id, option_id = self._party(party), self._option(option)
        name = None if report is None else self._report(report)
        with self.looking():
            every, decided = self.judged(rejected=True, reader=reader), self._decisions()
        # The stakes are those of the whole matrix, so what is asked for is picked out at the end.
        found = waiting(every, self._dates(), decided, reviewer=reviewer, order=chosen)
        return [
            one
            for one in found
            if party_id in (None, one.judged.effective.party)
            and option_id in (None, one.judged.effective.option)
            and name in (None, one.judged.effective.report)
        ]

    def add_statement(
        self,
        report: str,
        passage: str | tuple[int, int],
        fields: Mapping[str, FieldValue],
        *,
        occurrence: int | None = None,
        reviewer: str | None = None,
        note: str = "",
    ) -> Judgement:
        """Add a statement that every reader missed, for good; it counts whichever reader is chosen.

        Adding what the same reviewer has added already adds nothing and returns the judgement that did it.

        Args:
            report: its name or id.
            passage: the words as they stand in the report, or start and end in code points, half open. They may come from
                what the layout took for page chrome: a person sees what it is.
            fields: ``party``, ``option`` and ``stance``; ``act``, ``former`` and ``via`` where they are not as in `PLAIN`;
                ``condition``, ``via_name`` and ``speaker`` where there are any.
            occurrence: which of the places the words stand at, from 1; needed where there are several.
            reviewer: who signs; by default as `settings.reviewer` says.

        Returns:
            The judgement that adds it; its ``statement`` is the id of the new statement.

        Raises:
            UnknownName: no such report, party or option. RequestError: the words do not stand there, stand at several
            places, or the store refuses a field.
        """
        from travaux.record import added_id

        told = self.store.report(self._report(report))
        start, end = _passage(told, passage, occurrence)
        given: dict[str, FieldValue] = {**PLAIN, **fields}
        missing = [name for name in ("party", "option", "stance") if not isinstance(given.get(name), str)]
        if missing:
            raise RequestError(f"a statement needs its {missing[0]}", remedy="say who stands how to which option")
        party, option = self._party(str(given.pop("party"))), self._option(str(given.pop("option")))
        assert party is not None and option is not None  # None only where None was asked for
        stance = _stance(str(given.pop("stance")))
        made = Judgement(
            number=0,
            statement="",
            verdict=Verdict.ADD,
            reviewer=signed_by(reviewer),
            at=time_to_judge(self.store, told.id),
            report_id=told.id,
            start=start,
            end=end,
            quote=told.text[start:end],
            party=party,
            option=option,
            stance=stance,
            corrections=tuple(given.items()),
            note=note,
        )
        made = replace(made, statement=added_id(made))
        key = (made.verdict, made.statement, made.reviewer)
        own = next((one for one in self._in_effect() if (one.verdict, one.statement, one.reviewer) == key), None)
        return own or self.store.judge(made)

    def withdraw(
        self, judgement: Judgement | int, *, reviewer: str | None = None, note: str = "", others: bool = False
    ) -> Judgement:
        """Take back one's own judgement, by its number: a new row that says so; nothing is removed.

        What was withdrawn holds as if it had never been made. Withdrawing it again changes nothing.

        Args:
            others: somebody else's may be taken back too, signed by who does it; for whoever answers for the record.

        Raises:
            RequestError: there is no such judgement, somebody else made it, or it is a withdrawal itself.
        """
        number = judgement.number if isinstance(judgement, Judgement) else judgement
        return self.store.withdraw(number, signed_by(reviewer), now(), note, others=others)

    def undo(self, *, reviewer: str | None = None, note: str = "") -> Judgement:
        """Take back one's own last judgement that still holds; doing it again takes back the one before.

        Raises:
            RequestError: there is none.
        """
        signed = signed_by(reviewer)
        own = [one for one in self._in_effect() if one.reviewer == signed]
        if not own:
            raise RequestError(f"{signed or 'nobody'} has no judgement to take back", remedy="say whose with --by")
        return self.withdraw(own[-1], reviewer=signed, note=note)

    def judgements(self, statement: Statement | str | None = None, *, reviewer: str | None = None) -> list[Judgement]:
        """Every judgement ever made, withdrawn ones and withdrawals too, in the order they were made.

        Args:
            statement: only those made on it, or holding for it though made on another reading of its passage.
            reviewer: only those signed so.
        """
        from travaux.analysis.judgements import held_judgements

        made = self._judgements()
        if statement is not None:
            named = self._statement(statement.id if isinstance(statement, Statement) else statement)
            held = {one.number for one in held_judgements(self._all_statements(), made).get(named.id, ())}
            made = [one for one in made if one.statement == named.id or one.number in held]
        return [one for one in made if reviewer in (None, one.reviewer)]

    def reviewers(self) -> list[ReviewerTally]:
        """Who has judged how much, by name."""
        from travaux.analysis.reviewers import tallies

        return tallies(self._judgements(), self._decisions())

    def reviewer_agreement(self) -> list[ReviewerAgreement]:
        """How far reviewers agree: Krippendorff's α over all, Cohen's κ for each two; see `travaux.analysis.reviewers`."""
        from travaux.analysis.reviewers import agreement

        return agreement(self._decisions())

    def _decisions(self) -> Decided:
        from travaux.analysis.reviewers import decisions

        return once(self, ("decisions",), lambda: decisions(self._all_statements(), self._judgements()))

    def _in_effect(self) -> list[Judgement]:
        from travaux.analysis import in_effect

        return in_effect(self._judgements())


def _passage(report: Report, passage: str | tuple[int, int], occurrence: int | None) -> tuple[int, int]:
    """Start and end of a passage of a report.

    Raises:
        RequestError: it does not stand there, or it is not told which of several places is meant.
    """
    from travaux.record import places_of

    if not isinstance(passage, str):
        start, end = passage
        if not 0 <= start < end <= len(report.text):
            told = f"characters {start} to {end} are no passage of a text of {len(report.text)}"
            raise RequestError(
                told, path=report.name, remedy="count from 0, the end being the character after the last"
            )
        return start, end
    places = places_of(report.text, passage)
    if not places:
        raise RequestError(f"the words {passage!r} do not stand here", path=report.name, remedy="copy them exactly")
    if occurrence is None and len(places) > 1:
        told = f"the words {passage!r} stand here {len(places)} times"
        raise RequestError(told, path=report.name, remedy="say which occurrence is meant, from 1")
    if not 1 <= (occurrence or 1) <= len(places):
        told = f"there is no occurrence {occurrence} of the words {passage!r}"
        raise RequestError(told, path=report.name, remedy=f"they stand here {len(places)} times")
    start = places[(occurrence or 1) - 1]
    return start, start + len(passage)


def _stance(named: str) -> Stance:
    try:
        return Stance(named)
    except ValueError:
        raise RequestError(f"stance cannot be {named!r}", remedy=f"one of {', '.join(Stance)}") from None
