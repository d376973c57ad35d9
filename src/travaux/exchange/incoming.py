"""What a file from elsewhere brings, in one form whatever the format; `travaux.exchange.taking_in` says what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from travaux.model import FieldValue, PartialDate

Value = FieldValue


@dataclass(frozen=True, slots=True)
class IncomingReport:
    """A report, or what a file says of one the record has.

    Attributes:
        name: name it has in the file; id: its id in the record it came from, where the file says so.
        raw: its bytes; None where the file does not carry the text, only what is known of it.
        media_type: of the bytes.
        title, author, publisher, url, published: as the file gives them; None where it does not.
    """

    name: str
    id: str | None = None
    raw: bytes | None = None
    media_type: str = "text/plain"
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class IncomingStatement:
    """A statement as a file has it.

    Attributes:
        where: place in the file, as a message names it.
        report: name of its report; report_id: id, where the file says so.
        quote: the words; start, end: where they stand, in code points, None where the file does not say.
        values: the codebook's fields by name; party and option by id or any name of the agenda. Fields that the format
            cannot hold are missing, which is not the same as None. Start, end and quote among them are not looked at.
        id: the id it had when it was exported; None for one that was made elsewhere.
        reader: whose it is.
        stamp: what was said of judgements on it when it was exported (`JudgedStatement.reason`), empty where nothing.
        answer: ``accept``, ``reject`` or ``unsure`` where a person decided on it in the other tool.
        by, at: who decided, and when (ISO 8601 in UTC), where the file says so.
        as_read: what the reader read where a person had corrected it, its span included.
        extra: confidence and reasons, where the format holds them.
        folded: whether quote and places are those of the report's `dna_text`, with other line ends and fewer characters.
    """

    where: str
    report: str
    quote: str
    values: Mapping[str, Value]
    report_id: str | None = None
    start: int | None = None
    end: int | None = None
    id: str | None = None
    reader: str = ""
    stamp: str = ""
    answer: str | None = None
    by: str | None = None
    at: str | None = None
    as_read: Mapping[str, Value] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    folded: bool = False


@dataclass(frozen=True, slots=True)
class IncomingJudgement:
    """A row of a judgements table; `values` are those of `travaux.exchange.tables.JUDGEMENTS` by name.

    `folded` is as for a statement.
    """

    where: str
    values: Mapping[str, Any]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """All that one file or folder brings.

    Attributes:
        source: what it was read from, for messages.
        told: what the file holds that a record cannot, a line each.
    """

    source: str
    reports: tuple[IncomingReport, ...] = ()
    statements: tuple[IncomingStatement, ...] = ()
    judgements: tuple[IncomingJudgement, ...] = ()
    told: tuple[str, ...] = ()
