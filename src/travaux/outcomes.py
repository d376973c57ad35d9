"""What became of files that were added and of reports that were read, as the record's verbs return it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from travaux.model import Judgement, ReportState, Stance, Statement

if TYPE_CHECKING:
    from travaux.agenda.editing import AgendaEdit
    from travaux.analysis.merging import JudgesAgreement
    from travaux.errors import TravauxError
    from travaux.exchange.taking_in import Unplaced
    from travaux.intake import Refused
    from travaux.record import Added, LoggedEdit, Source
    from travaux.views.changes import Changes


@dataclass(frozen=True, slots=True)
class AddOutcome:
    """What became of files that were added.

    Attributes:
        added: one entry a report, new or known; refused: files that could not become reports, with the reason.
        warnings: rows of manifests about files that are not there, one line each.
        skipped: how many files of other kinds lay in the folders, by their ending.
    """

    added: tuple[Added, ...]
    refused: tuple[Refused, ...] = ()
    warnings: tuple[str, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)

    @property
    def new(self) -> int:
        """How many reports the record did not have."""
        return sum(one.is_new for one in self.added)


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that could not be read.

    Attributes:
        reason: in one line; bug: the exception, where it is a bug of ours and no mistake of anybody's.
    """

    report: str
    reason: str
    bug: Exception | None = None


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """What a reading came to.

    Attributes:
        read: how many reports were read now; those read before with the same reader and agenda are left alone.
        counts: how many reports of the record are in each state, after it.
        failures: reports that could not be read now.
        statements, dropped: what was taken from the reports read now, and what was brought forward and may not stand.
    """

    read: int
    counts: Mapping[ReportState, int]
    failures: tuple[Failure, ...] = ()
    statements: int = 0
    dropped: int = 0

    @property
    def share_dropped(self) -> float:
        """The share of what was brought forward that may not stand, 0 to 1."""
        brought = self.statements + self.dropped
        return self.dropped / brought if brought else 0.0


@dataclass(frozen=True, slots=True)
class Polling:
    """How one source went at an update.

    Attributes:
        source: as it stands afterwards; its `problem` says why it came to nothing.
        new: how many of its pages the record did not have; waiting: how many are left for the next update.
        warning: what a person should know of it, one line; empty for nothing.
    """

    source: Source
    new: int = 0
    waiting: int = 0
    warning: str = ""


@dataclass(frozen=True, slots=True)
class UpdateOutcome:
    """What an update came to.

    Attributes:
        pollings: each source, in order.
        added: what became of the pages fetched and of the sources that cannot be had: see `AddOutcome`.
        read: what the reading came to; None where there was none, for the reason in `not_read`.
        changes: what is new since the update before.
    """

    pollings: tuple[Polling, ...]
    added: AddOutcome
    read: ReadOutcome | None
    changes: Changes
    not_read: TravauxError | None = None

    @property
    def problems(self) -> int:
        """How many sources and pages could not be had."""
        return sum(1 for one in self.pollings if one.source.problem) + len(self.added.refused)


@dataclass(frozen=True, slots=True)
class TakenInOutcome:
    """What became of a file from another tool, or of another record.

    Attributes:
        reports: names of the reports that were added; described: of those that the file describes anew.
        statements, judgements: how many were added.
        known: how many statements and judgements the record had already.
        unplaced: what was not taken, with the reason: ``refused``, or in ``conflict`` with a person's judgement here.
        told: what the file holds that no record can, a line each.
    """

    reports: tuple[str, ...]
    described: tuple[str, ...]
    statements: int
    judgements: int
    known: int
    unplaced: tuple[Unplaced, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """Two records made one.

    Attributes:
        taken: what came over; agreement: how far the judgements agree that only one of the two records had.
    """

    taken: TakenInOutcome
    agreement: JudgesAgreement


@dataclass(frozen=True, slots=True)
class PositionChange:
    """A cell of the matrix that an edit of the agenda changes, with its stances before and after it."""

    party: str
    option: str
    before: tuple[Stance, ...]
    after: tuple[Stance, ...]


@dataclass(frozen=True, slots=True)
class AgendaPreview:
    """What an edit of the agenda changes, before it is made or after.

    Attributes:
        edit: with ids for the names it was given.
        digest: SHA-256 of the file that was looked at, so that the edit is made in no other.
        diff: the lines of agenda.yaml that change, as a unified diff.
        statements: those that go over to another option, rejected ones too; judgements: those in force on them.
        positions: cells that change at once, by party and option.
        found_in: names of the reports in which the new words or the new name stand.
        reread: names of the reports that must be read anew, which `Record.read` does; judgements stay in force over it.
        warnings: what to look at, a sentence each: what the agenda's own checks now find, and passages judged on both options.
    """

    edit: AgendaEdit
    digest: str
    diff: str
    statements: tuple[Statement, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    positions: tuple[PositionChange, ...] = ()
    found_in: tuple[str, ...] = ()
    reread: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaUndo:
    """An edit of the agenda that is taken back, or could be.

    Attributes:
        edit: the edit; diff: the lines of agenda.yaml that change back, as a unified diff.
        reread: names of the reports that must be read anew.
    """

    edit: LoggedEdit
    diff: str
    reread: tuple[str, ...] = ()
