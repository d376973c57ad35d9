"""Review by people who have not seen what was read: samples, the blind queue, blind judgements and their agreement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from travaux.api.judging import Judged, signed_by
from travaux.api.questions import Asked
from travaux.errors import RequestError
from travaux.model import PERSON, Act, Judgement, Stance, Statement

if TYPE_CHECKING:
    from travaux.analysis.blind import BlindPassage
    from travaux.analysis.reviewers import ReviewerAgreement


class BlindlyReviewed(Judged, Asked):
    """The verbs of blind review."""

    def sample(
        self,
        number: int,
        *,
        seed: int = 0,
        party: str | None = None,
        option: str | None = None,
        report: str | None = None,
        reader: str | None = None,
    ) -> list[Statement]:
        """A random sample of the statements a reader took, as they were read; see `travaux.analysis.blind.sample_of`.

        Judgements change nothing of it, so that several reviewers judge the same statements at whatever time.

        Args:
            number: how many; all there are where that is fewer. seed: another one gives another sample.
            party, option, report: drawn from only those.
            reader: whose statements, see `judged`.

        Raises:
            RequestError: a number below 1.
        """
        from travaux.analysis.blind import sample_of

        if number < 1:
            raise RequestError(f"a sample of {number} is none", remedy="give 1 or more")
        return sample_of(self._as_read(party, option, report, reader), number, seed)

    def blind_queue(
        self,
        *,
        reviewer: str | None = None,
        among: Collection[str] | None = None,
        party: str | None = None,
        option: str | None = None,
        report: str | None = None,
        reader: str | None = None,
    ) -> list[BlindPassage]:
        """What a reviewer can judge blind, by report and place, without what was read or decided of it.

        The order tells nothing: one by doubt would tell how sure the reader is.

        Args:
            reviewer: who judges; by default as `settings.reviewer` says. among: ids, such as those of a `sample`.

        Raises:
            RequestError: nobody is named.
        """
        from travaux.analysis.blind import blind_passages

        statements = self._as_read(party, option, report, reader)
        wanted = statements if among is None else [one for one in statements if one.id in among]
        return blind_passages(wanted, self._judgements(), self._blind_reviewer(reviewer))

    def judge_blind(
        self,
        statement: Statement | str,
        stance: str,
        *,
        act: Act | str | None = None,
        condition: str | None = None,
        former: bool = False,
        reviewer: str | None = None,
        note: str = "",
    ) -> Judgement:
        """Add a reviewer's own coding of a passage, made without seeing what was read, for good.

        It becomes a confirmation where it is just what was read, a rejection where the passage gives no such position, else a
        correction; `Judgement.blind` tells it apart.

        Args:
            statement: the id of the passage, see `blind_queue`.
            stance: ``for``, ``against`` or ``open``; ``none`` where the passage gives no such position; ``unsure``.
            act: what the words say the party does; needed with the first three. condition: its words, as they stand in the
                report, or None. former: the report marks the position as no longer held.

        Raises:
            RequestError: a word that is none of these, no act, the reviewer has judged the passage before, or what `judge`
            refuses. UnknownName: no such statement.
        """
        from travaux.analysis.blind import Coding, decided_by, has_seen, seen_by

        signed = self._blind_reviewer(reviewer)
        read = self._statement(statement.id if isinstance(statement, Statement) else statement)
        if read.reader == PERSON:
            raise RequestError(f"{read.id} was added by a person, not read", remedy="judge it as any other")
        if has_seen(read, seen_by(self._judgements(), signed)):
            told = f"{signed} has judged this passage before and has seen what was read"
            raise RequestError(told, remedy="judge it as any other")
        coding = Coding(_stance_word(stance), _act(act), condition or None, former)
        if coding.stance in list(Stance) and coding.act is None:
            raise RequestError("a position needs its act", remedy=f"one of {', '.join(Act)}")
        verdict, changes = decided_by(coding, read)
        made = self._judgement_on(read, verdict, reviewer=signed, note=note, corrections=changes)
        return self.store.judge(replace(made, blind=True))

    def blind_agreement(self) -> list[ReviewerAgreement]:
        """How far reviewers agree who judged blind: α over all and κ for each two, then κ of each with what was read.

        Over what they coded blind and nothing else, see `travaux.analysis.reviewers.CODED`.
        """
        from travaux.analysis.reviewers import CODED, agreement, agreement_with_reading, blind_decisions

        statements = self._all_statements()
        decided = blind_decisions(statements, self._judgements())
        return [*agreement(decided, CODED, blind=True), *agreement_with_reading(decided, statements)]

    def _as_read(
        self, party: str | None, option: str | None, report: str | None, reader: str | None
    ) -> list[Statement]:
        party_id, option_id = self._party(party), self._option(option)
        name = None if report is None else self._report(report)
        return [
            one
            for one in self._statements_of(self._reader_name(reader))
            if party_id in (None, one.party) and option_id in (None, one.option) and name in (None, one.report)
        ]

    def _blind_reviewer(self, reviewer: str | None) -> str:
        signed = signed_by(reviewer).strip()
        if not signed:
            raise RequestError("whoever judges blind must be known", remedy="say who with --by")
        return signed


def _stance_word(named: str) -> str:
    from travaux.analysis.blind import NO_POSITION, UNSURE

    words = (*map(str, Stance), NO_POSITION, UNSURE)
    if named not in words:
        raise RequestError(f"no stance {named!r}", remedy=f"one of {', '.join(words)}")
    return named


def _act(named: Act | str | None) -> Act | None:
    try:
        return None if named is None else Act(named)
    except ValueError:
        raise RequestError(f"no act {named!r}", remedy=f"one of {', '.join(Act)}") from None
