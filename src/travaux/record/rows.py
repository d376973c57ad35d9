"""What the store hands out besides the nouns of `travaux.model`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from travaux.model import PartialDate, ReportState, content_id


class Outcome(StrEnum):
    """What adding a report came to."""

    ADDED = "added"
    ALREADY = "already"
    UPDATED = "updated"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a report handed to the store.

    Attributes:
        outcome: ``added`` as a new report; ``already`` there, byte for byte; ``updated``, there already with what a
            manifest now says of it; ``renamed``, new bytes under a name that was taken.
        name: the name that was given; for ``renamed`` the name it now has.
        of: for ``already`` and ``updated`` the name the bytes are stored under where it is not the one given; for
            ``renamed`` the name that was taken; None otherwise.
    """

    outcome: Outcome
    name: str
    of: str | None = None

    @property
    def is_new(self) -> bool:
        """Whether the record did not have it."""
        return self.outcome in (Outcome.ADDED, Outcome.RENAMED)

    @property
    def stored(self) -> str:
        """The name the bytes are stored under."""
        return self.name if self.of is None or self.outcome is Outcome.RENAMED else self.of


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report without its text, and what one reader made of it.

    Attributes:
        state: ``new`` where the reader has not read it; reason: why it failed, empty otherwise.
        statements: how many the reader took from it.
        characters: length of the text in code points.
        published: as an analyst dates the report, else as it says itself; given: as it says itself.
    """

    id: str
    name: str
    title: str | None
    publisher: str | None
    url: str | None
    published: PartialDate | None
    updated: PartialDate | None
    language: str | None
    state: ReportState
    reason: str
    statements: int
    characters: int
    given: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Which reader, in which version and with which agenda, made a reading.

    Attributes:
        reader: name of the reader.
        fingerprint: version and digests of everything that decides a reading, as `fingerprint_json` writes it.
        agenda_digest: `Agenda.digest` of the agenda read against.
        version: version of Travaux.
    """

    reader: str
    fingerprint: str
    agenda_digest: str
    version: str

    @property
    def id(self) -> str:
        """Hash of the four attributes; when it was started is no part of it."""
        return content_id("run", self.reader, self.fingerprint, self.agenda_digest, self.version)


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """Which run a present reading of a report comes from, and when that run began (ISO 8601, UTC)."""

    report_id: str
    reader: str
    run: str
    started: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing `Store.check` found wrong.

    Attributes:
        about: what it concerns: ``database``, a report's name, ``statement ID``, ``happening ID``, ``fact ID``, ``run ID`` or
            ``judgement NUMBER``.
        says: what is wrong with it, one line.
    """

    about: str
    says: str

    def __str__(self) -> str:
        return f"{self.about}: {self.says}"


def fingerprint_json(fingerprint: Mapping[str, str]) -> str:
    """A reader's fingerprint as JSON with sorted keys, so that equal fingerprints are equal strings."""
    return json.dumps(dict(fingerprint), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
