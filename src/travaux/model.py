"""The nouns of a record, as frozen dataclasses. No input or output happens here.

Offsets are code points into ``Report.text``, half open: ``report.text[statement.start:statement.end] ==
statement.quote`` holds for every statement. Ids are hashes of escaped content, so the same input gives the same ids.
The fields of a statement are those of the codebook.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from travaux.happening import Fact, Happening


class Stance(StrEnum):
    """A party's attitude to an option coming true."""

    FOR = "for"
    AGAINST = "against"
    OPEN = "open"

    @property
    def opposite(self) -> Stance:
        """The stance a negation turns this one into; ``open`` stays ``open``."""
        return {Stance.FOR: Stance.AGAINST, Stance.AGAINST: Stance.FOR}.get(self, self)


class Act(StrEnum):
    """What the report's words say the party does (not its attitude)."""

    PROPOSE = "propose"
    OFFER = "offer"
    DEMAND = "demand"
    ACCEPT = "accept"
    SUPPORT = "support"
    REJECT = "reject"
    OPPOSE = "oppose"
    CONSIDER = "consider"
    STATE = "state"


class Via(StrEnum):
    """Who vouches for a statement."""

    SPEAKER = "speaker"
    NARRATOR = "narrator"
    OTHER = "other"
    ANONYMOUS = "anonymous"


class BlockKind(StrEnum):
    """What a stretch of a report's layout is."""

    TITLE = "title"
    HEADING = "heading"
    BYLINE = "byline"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    NOTE = "note"  # a glossary or explanatory box beside the report
    CHROME = "chrome"  # navigation, "read also", share buttons: the page's, not the report's
    LEFTOVER = "leftover"  # a text generator's note about its own task
    PLACEHOLDER = "placeholder"  # citations that point nowhere
    REPEAT = "repeat"  # a block that stands earlier in the same report


READ_KINDS = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
"""The kinds of block that evidence may come from."""
LONGEST_REPORT = 1_000_000
"""Code points of evidence up to which a report is read, compared and looked at sentence by sentence: two long novels."""


class DateBasis(StrEnum):
    """Where a date comes from. A date of retrieval is never a date of publication."""

    PAGE = "page"
    URL = "url"
    TEXT = "text"
    MANIFEST = "manifest"
    ANALYST = "analyst"


class ReportState(StrEnum):
    """What became of a report: nothing found is never confused with could not read."""

    NEW = "new"
    READ = "read"
    EMPTY = "empty"
    UNREAD = "unread"  # in a language that the reader does not read
    FAILED = "failed"


class Verdict(StrEnum):
    """A person's decision on a statement: four on one that was read, one that adds one, one that takes a decision back."""

    CONFIRM = "confirm"
    REJECT = "reject"
    CORRECT = "correct"
    UNSURE = "unsure"
    ADD = "add"
    WITHDRAW = "withdraw"


PERSON = "person"
"""The reader that statements name which a person added."""

FieldValue = str | bool | int | None
"""What a field of a statement may be corrected to; whole numbers are the ends of its span."""


class FlagKind(StrEnum):
    """A visible reason to trust a report less; the first nine are those of the codebook."""

    PAGE_CHROME = "page-chrome"  # the page's own words between the report's: navigation, "read also"
    GENERATOR_LEFTOVER = "generator-leftover"  # a text generator's note about its own task
    PLACEHOLDER_CITATION = "placeholder-citation"  # a citation that points nowhere
    UNDATED = "undated"  # nobody says when it was published
    ANONYMOUS_ONLY = "anonymous-only"  # a claim rests on an unnamed source alone
    WRONG_ROLE = "wrong-role"  # an office the person does not hold at the time
    MISSPELT_NAME = "misspelt-name"
    REPEATED_BLOCK = "repeated-block"  # what stands in the report already
    NO_SOURCE = "no-source"  # a claim with nobody vouching for it
    MIXED_SPELLING = "mixed-spelling"  # one name spelt two ways in one text: spliced from two
    CONTRADICTORY_TENSE = "contradictory-tense"  # one event told as past and as still to come


class Kinship(StrEnum):
    """How two reports hang together. There is no "independent": no link found proves nothing."""

    COPY = "copy shown"
    ORIGIN = "shared origin likely"
    NONE = "no link found"


def content_id(kind: str, *parts: str | int | bool | None) -> str:
    """Id of a thing from its content: 16 hexadecimal digits of SHA-256 over a JSON list, so that no join collides.

    Args:
        kind: the noun, such as ``report``; equal parts of different kinds get different ids.
        parts: what makes the thing itself.
    """
    escaped = json.dumps([kind, *parts], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(escaped.encode("ascii")).hexdigest()[:16]


@lru_cache(maxsize=65_536)  # a record has few different days and asks for them without end
def _days_of(value: str) -> tuple[date, date]:
    """First and last day that an ISO date to the day, month or year may mean."""
    parts = [int(part) for part in value.split("-")]
    first = date(*([*parts, 1, 1])[:3])
    if len(parts) == 3:
        return first, first
    if len(parts) == 1:
        return first, date(first.year, 12, 31)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, date.fromordinal(following.toordinal() - 1)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date known to the day, the month or the year, with its basis.

    Attributes:
        value: ``2025-08-18``, ``2025-08`` or ``2025``.
        basis: where it comes from.
        about: True where an analyst gave it as an estimate.
    """

    value: str
    basis: DateBasis
    about: bool = False

    def __post_init__(self) -> None:
        if len(self.value) not in (4, 7, 10):
            raise ValueError(f"not a date of day, month or year precision: {self.value!r}")
        _ = self.earliest

    @property
    def precision(self) -> str:
        """``day``, ``month`` or ``year``."""
        return {4: "year", 7: "month", 10: "day"}[len(self.value)]

    @property
    def earliest(self) -> date:
        """The first day the date may mean."""
        return _days_of(self.value)[0]

    @property
    def latest(self) -> date:
        """The last day the date may mean."""
        return _days_of(self.value)[1]

    def lies_within(self, first: date | None, last: date | None) -> bool:
        """Whether it surely lies between two days, both counted; None leaves that side open."""
        return (first is None or self.earliest >= first) and (last is None or self.latest <= last)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a report's text and what it is; blocks do not overlap and leave out only white space.

    Attributes:
        start, end: code points into the report's text, half open.
        kind: what it is.
        reason: why it was taken for that, in words a user reads; may be empty for plain paragraphs.
    """

    start: int
    end: int
    kind: BlockKind
    reason: str = ""

    @property
    def is_read(self) -> bool:
        """Whether evidence may come from this block."""
        return self.kind in READ_KINDS


@dataclass(frozen=True, slots=True)
class Report:
    """One published text, stored as received and never altered.

    Attributes:
        id: hash of name and original bytes.
        name: file name, unique in the record (for nested folders the path below the folder added, with ``/``).
        sha256: of the original bytes.
        media_type: of the original bytes, such as ``text/html`` or ``application/pdf``.
        encoding: the encoding the bytes were read in.
        text: the text that all offsets refer to; for a plain file the decoded bytes exactly, byte order mark excepted.
        blocks: its layout, in order.
        title, author, publisher, url: as the page or the manifest gives them; None where nobody does.
        published, updated: dates with their basis; None where nobody gives one.
        language: two-letter code, or None where it was not determined.
        listed: True where a manifest has a row for this report.
    """

    id: str
    name: str
    sha256: str
    media_type: str
    encoding: str
    text: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None
    language: str | None = None
    listed: bool = False


def report_id(name: str, sha256: str) -> str:
    """Id of a report from its name and the SHA-256 of its bytes."""
    return content_id("report", name, sha256)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks for a party.

    Attributes:
        name: full name.
        names: other spellings and short forms.
        role: office or function, in words; empty where none is known.
        since, until: ISO dates the role was held from and to, as far as known.
    """

    name: str
    names: tuple[str, ...] = ()
    role: str = ""
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A state, organisation or group that negotiates."""

    id: str
    name: str
    kind: str = "state"
    names: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A proposition a party can be for or against.

    Attributes:
        id: short name, unique on the agenda.
        says: the proposition, a sentence.
        words: how texts refer to it.
        issue: id of the issue it belongs to.
        was: ids it went by before, its own or those of options merged into it; judgements made under them hold for it.
    """

    id: str
    says: str
    words: tuple[str, ...] = ()
    issue: str = ""
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """A point on the agenda, grouping options.

    Attributes:
        choose: how many of its options settle it: ``one``, ``some`` (one or more) or ``any`` (none too).
    """

    id: str
    title: str
    options: tuple[Option, ...] = ()
    choose: str = "some"


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows from the meaning of two options.

    Attributes:
        kind: ``excludes`` (order does not matter) or ``requires`` (the first only together with the second).
        first, second: option ids.
    """

    kind: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Provision:
    """One term of the instrument; competing terms of one provision share its name.

    Attributes:
        name: which provision, as the agenda calls it.
        value: the term in words, ``unknown`` where nobody has put one forward.
        option: the option it stands or falls with; None where unknown.
        code: the same in the words of the instrument's kind, as pairs of a key (empty for a bare value) and a value.
    """

    name: str
    value: str
    option: str | None = None
    code: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Instrument:
    """The agreement under negotiation as a term sheet.

    Attributes:
        parties: ids of those whose agreement it takes; empty for all on the agenda.
    """

    title: str
    kind: str
    provisions: tuple[Provision, ...] = ()
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """The parties, issues and options of one negotiation, as ``agenda.yaml`` gives them.

    Attributes:
        title: the negotiation.
        notice: a sentence shown wherever the record is shown (exercise material, embargo…); empty for none.
        digest: SHA-256 of what a reader sees of it, so that a changed agenda makes reports unread again.
        llm: ``never`` where no text of this record may be given to a language model; empty otherwise.
    """

    title: str
    parties: tuple[Party, ...]
    issues: tuple[Issue, ...]
    notice: str = ""
    rules: tuple[Rule, ...] = ()
    instrument: Instrument | None = None
    digest: str = ""
    llm: str = ""

    @property
    def options(self) -> tuple[Option, ...]:
        """All options, in the order of the agenda."""
        return tuple(option for issue in self.issues for option in issue.options)

    def party(self, party_id: str) -> Party | None:
        """The party of that id, or None."""
        return next((party for party in self.parties if party.id == party_id), None)

    def option(self, option_id: str) -> Option | None:
        """The option of that id, or None."""
        return next((option for option in self.options if option.id == option_id), None)

    def name_of(self, party_id: str) -> str:
        """What a party is called; its id where the agenda has none of that id."""
        found = self.party(party_id)
        return found.name if found else party_id

    def says_of(self, option_id: str) -> str:
        """What an option says; its id where the agenda has none of that id."""
        found = self.option(option_id)
        return found.says if found else option_id


@dataclass(frozen=True, slots=True)
class Reason:
    """Which words decided one step of a reading, as a user reads it.

    Attributes:
        step: ``speaker``, ``option``, ``stance``, ``condition``, ``act``, ``via`` or ``former``; ``quote`` says how a model's
            quote was found; ``review`` says why a person should look at the statement.
        says: the explanation in words.
        start, end: the words in the report it rests on, or None.
    """

    step: str
    says: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One place where somebody says, thinks or wants something: whose, by which word, and what.

    Each part is a tuple of stretches [start, end) in code points of the report's text, more than one where other words
    break it up; `source` is empty where nobody is named.
    """

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where the first of its words begins."""
        return min(start for start, _ in (*self.source, *self.cue, *self.content))

    @property
    def end(self) -> int:
        """Where the last of its words ends."""
        return max(end for _, end in (*self.source, *self.cue, *self.content))


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution in the words of the report it stands in.

    Attributes:
        report: name of the report; report_id: its id.
        source, cue, content: the words, stretches joined by " … "; source is None where nobody is named.
        start, end: from the first of these words to the last, in code points of the report's text.
    """

    report: str
    report_id: str
    source: str | None
    cue: str
    content: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One passage giving one party's stance on one option, with the codebook's fields.

    Attributes:
        id: hash of reader, report and all that is stated; see `statement_id`.
        report: name of the report; report_id: its id.
        start, end, quote: the passage; ``text[start:end] == quote``.
        reader: name of the reader, ``local`` for the one that ships.
        confidence: 0 to 1, how sure the reader is of its reading (not of the truth); None where it cannot say.
        reasons: which words made the speaker, the stance, the condition.
    """

    id: str
    report: str
    report_id: str
    start: int
    end: int
    quote: str
    party: str
    option: str
    stance: Stance
    act: Act
    speaker: str | None = None
    condition: str | None = None
    former: bool = False
    via: Via = Via.SPEAKER
    via_name: str | None = None
    reader: str = "local"
    confidence: float | None = None
    reasons: tuple[Reason, ...] = field(default=(), compare=False)


def statement_id(
    reader: str,
    report_id: str,
    start: int,
    end: int,
    party: str,
    option: str,
    stance: str,
    former: bool,
    speaker: str | None,
    via: str,
) -> str:
    """Id of a statement: the same passage read the same way by the same reader keeps its id over re-reading."""
    return content_id("statement", reader, report_id, start, end, party, option, stance, former, speaker, via)


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something a reader brought forward that may not stand, kept with the reason so that nothing vanishes unseen.

    Attributes:
        report: name of the report; reader: who brought it forward.
        kind: why it was dropped, in a word, such as ``quote-not-found``; says: the same as a user reads it.
        answer: what was brought forward, as JSON.
    """

    report: str
    reader: str
    kind: str
    says: str
    answer: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader took from one report.

    Attributes:
        statements: in the order of the text.
        sentences: how many sentences of evidence blocks were looked at; 0 means there was nothing to read.
        dropped: what it brought forward and may not stand; empty for a reader that brings forward evidence only.
        happenings, facts: meetings, incidents and what may be told otherwise elsewhere; empty for a reader of positions only.
    """

    statements: tuple[Statement, ...]
    sentences: int
    dropped: tuple[Dropped, ...] = ()
    happenings: tuple[Happening, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision on a statement; signed, dated, never changed or removed.

    Attributes:
        number: place in the append-only table, from 1; 0 before it is stored.
        statement: id of the statement judged.
        verdict: the decision.
        reviewer: who signs; at: ISO 8601 time in UTC.
        report_id, start, end, quote, party, option, stance: what was judged, so that it stays in force when ids change.
        corrections: field and value: of ``correct`` what changes, of ``add`` what stands besides the fields above; empty
            otherwise.
        note: free text.
        withdraws: number of the judgement that this one takes back, for ``withdraw``; None otherwise.
        blind: its reviewer had not seen what was read, nor what others decided; its fields stand for themselves.
    """

    number: int
    statement: str
    verdict: Verdict
    reviewer: str
    at: str
    report_id: str
    start: int
    end: int
    quote: str
    party: str
    option: str
    stance: Stance
    corrections: tuple[tuple[str, FieldValue], ...] = ()
    note: str = ""
    withdraws: int | None = None
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A visible reason to trust a report less, with the words that show it.

    Attributes:
        id: hash of report, kind and place.
        report: name of the report; report_id: its id.
        start, end, quote: the words, ``text[start:end] == quote``; 0, 0 and empty where what is missing is the point.
        says: the reason, as a user reads it.
    """

    id: str
    report: str
    report_id: str
    kind: FlagKind
    start: int
    end: int
    quote: str
    says: str


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that stands in two reports: its places in the first and in the second, in code points, half open."""

    start: int
    end: int
    other_start: int
    other_end: int


@dataclass(frozen=True, slots=True)
class Link:
    """What two reports have in common.

    Attributes:
        first, second: names of the reports, in order; first_id, second_id: their ids.
        kinship: the verdict.
        containment: share of the shorter report's word 3-grams that stand in the other, 0 to 1.
        likeness: how much of what the shorter report tells is told by the other in the same order, 0 to 1.
        passages: what stands in both word for word, in the order of the first.
        says: the reason, as a user reads it.
    """

    first: str
    first_id: str
    second: str
    second_id: str
    kinship: Kinship
    containment: float
    likeness: float
    passages: tuple[SharedPassage, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Family:
    """Reports that derive from one text, copied or reworded; a family counts as one source.

    Attributes:
        id: hash of the ids of its reports.
        reports: their names, sorted; report_ids: their ids in the same order.
        original: name of the probable original, None where nothing tells.
        links: what holds it together.
        says: why the original is taken for it, or why none is, as a user reads it.
    """

    id: str
    reports: tuple[str, ...]
    report_ids: tuple[str, ...]
    original: str | None
    links: tuple[Link, ...]
    says: str
