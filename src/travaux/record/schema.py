"""The tables of a record, in the words of the data model. Migrations make them; a test compares the two.

A report's bytes stand in a table of their own, so that listing reports never reads through them. Layout blocks,
reasons and corrections are JSON: they are read with their row and never searched alone.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(16)
DIGEST = String(64)

REPORT = Table(
    "report",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("title", Text),
    Column("author", Text),
    Column("publisher", Text),
    Column("url", Text),
    Column("published", String(10)),
    Column("published_basis", String(16)),
    Column("published_about", Boolean, nullable=False),
    Column("updated", String(10)),
    Column("updated_basis", String(16)),
    Column("updated_about", Boolean, nullable=False),
    Column("language", String(16)),
    Column("listed", Boolean, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("sha256", DIGEST, nullable=False, index=True),
    Column("text_sha256", DIGEST, nullable=False),
    Column("characters", Integer, nullable=False),
    # The two long columns stand last: SQLite need not walk through them to reach the others.
    Column("blocks", JSON, nullable=False),
    Column("text", Text, nullable=False),
)

ORIGINAL = Table(
    "original",
    METADATA,
    Column("report_id", ID, ForeignKey("report.id"), primary_key=True),
    Column("raw", LargeBinary, nullable=False),
)

RUN = Table(
    "run",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("reader", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("agenda_digest", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("started", String(32), nullable=False),
)

READING = Table(
    "reading",
    METADATA,
    Column("report_id", ID, ForeignKey("report.id"), primary_key=True),
    Column("reader", Text, primary_key=True),
    Column("run_id", ID, ForeignKey("run.id"), nullable=False),
    Column("state", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("sentences", Integer, nullable=False),
)

STATEMENT = Table(
    "statement",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("report_id", ID, ForeignKey("report.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("option", Text, nullable=False),
    Column("stance", String(16), nullable=False),
    Column("act", String(16), nullable=False),
    Column("speaker", Text),
    Column("condition", Text),
    Column("former", Boolean, nullable=False),
    Column("via", String(16), nullable=False),
    Column("via_name", Text),
    Column("reader", Text, nullable=False),
    Column("confidence", Float),
    Column("reasons", JSON, nullable=False),
    Index(None, "report_id", "reader"),
    Index(None, "party", "option"),
)

DROPPED = Table(
    "dropped",
    METADATA,
    Column("report_id", ID, ForeignKey("report.id"), primary_key=True),
    Column("reader", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("says", Text, nullable=False),
    Column("answer", Text, nullable=False),
)

HAPPENING = Table(
    "happening",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("report_id", ID, ForeignKey("report.id"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("what", Text, nullable=False),
    Column("form", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("place", Text),
    Column("day", String(24)),
    Column("when", Text),
    Column("participants", JSON, nullable=False),
    Column("parties", JSON, nullable=False),
    Column("figures", JSON, nullable=False),
    Column("claimed_by", Text),
    Column("denied", Boolean, nullable=False),
    Index(None, "report_id", "reader"),
)

FACT = Table(
    "fact",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("report_id", ID, ForeignKey("report.id"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("qualities", JSON, nullable=False),
    Column("value", Text, nullable=False),
    Column("figure", JSON(none_as_null=True)),
    Column("day", String(24)),
    Column("former", Boolean, nullable=False),
    Index(None, "report_id", "reader"),
)

JUDGEMENT = Table(
    "judgement",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("statement", ID, nullable=False, index=True),
    Column("verdict", String(16), nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("report_id", ID, ForeignKey("report.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("option", Text, nullable=False),
    Column("stance", String(16), nullable=False),
    Column("corrections", JSON, nullable=False),
    Column("note", Text, nullable=False),
    Column("withdraws", Integer, index=True),
    Column("blind", Boolean, nullable=False, server_default=false()),
)

AGENDA_EDIT = Table(
    "agenda_edit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("says", Text, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("note", Text, nullable=False),
    # The edit that this one takes back.
    Column("undoes", Integer),
    Column("before", DIGEST, nullable=False),
    Column("after", DIGEST, nullable=False),
    Column("text_before", Text, nullable=False),
)

SEARCHED = Table(
    "searched",
    METADATA,
    # SQLite's index of words knows reports by number; triggers fill both. On PostgreSQL nobody needs it.
    Column("number", Integer, primary_key=True),
    Column("report_id", ID, ForeignKey("report.id"), nullable=False, unique=True),
)

ASSESSMENT = Table(
    "assessment",
    METADATA,
    Column("report_id", ID, ForeignKey("report.id"), primary_key=True),
    # What the flags and the trace of this report were made by: another key, and they are made anew.
    Column("key", DIGEST, nullable=False, index=True),
    Column("titles", JSON, nullable=False),
    # Whether it was compared with the other reports since.
    Column("compared", Boolean, nullable=False, index=True, server_default=false()),
)

TRACE = Table(
    "trace",
    METADATA,
    Column("report_id", ID, ForeignKey("report.id"), primary_key=True),
    Column("words", Integer, nullable=False),
    # Numbers of 64 and 32 bits in a row, the lowest byte first: see `travaux.provenance.traces`.
    Column("fingerprints", LargeBinary, nullable=False),
    Column("stems", LargeBinary, nullable=False),
)

FLAG = Table(
    "flag",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("report_id", ID, ForeignKey("report.id"), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("says", Text, nullable=False),
    # Whether the other reports show it, and not the report alone.
    Column("across", Boolean, nullable=False, index=True),
)

FAMILY = Table(
    "family",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("original_id", ID, ForeignKey("report.id")),
    Column("says", Text, nullable=False),
)

MEMBER = Table(
    "member",
    METADATA,
    Column("report_id", ID, ForeignKey("report.id"), primary_key=True),
    Column("family_id", ID, ForeignKey("family.id"), nullable=False, index=True),
)

LINK = Table(
    "link",
    METADATA,
    Column("first_id", ID, ForeignKey("report.id"), primary_key=True),
    Column("second_id", ID, ForeignKey("report.id"), primary_key=True),
    Column("family_id", ID, ForeignKey("family.id"), nullable=False, index=True),
    Column("kinship", String(32), nullable=False),
    Column("containment", Float, nullable=False),
    Column("likeness", Float, nullable=False),
    Column("passages", JSON, nullable=False),
    Column("says", Text, nullable=False),
)

INFO = Table(
    "info",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

RETRIEVAL = Table(
    "retrieval",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    # None where no report came of it; `problem` says why then.
    Column("report_id", ID, ForeignKey("report.id"), index=True),
    Column("by", String(16), nullable=False),
    Column("url", Text, nullable=False, index=True),
    Column("final_url", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("status", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("request_headers", JSON, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("redirects", JSON, nullable=False),
)

SOURCE = Table(
    "source",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("only", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("added", String(32), nullable=False),
    Column("removed", String(32)),
    Column("polled", String(32)),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("problem", Text, nullable=False),
    Column("again_at", String(32)),
)

DATING = Table(
    "dating",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("report_id", ID, ForeignKey("report.id"), nullable=False, index=True),
    # None takes an earlier dating back.
    Column("value", String(10)),
    Column("about", Boolean, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("note", Text, nullable=False),
)

UPDATING = Table(
    "updating",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("started", String(32), nullable=False),
    Column("finished", String(32), nullable=False),
)

DEED = Table(
    "deed",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("person", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("what", String(32), nullable=False),
    Column("about", Text, nullable=False),
)

TOLD = Table(
    "told",
    METADATA,
    Column("kind", String(32), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("updating", Integer, ForeignKey("updating.number"), nullable=False, index=True),
)

CHANGE = Table(
    "change",
    METADATA,
    Column("topic", String(16), primary_key=True),
    Column("number", Integer, nullable=False),
)

SETTLED = Table(
    "settled",
    METADATA,
    # One row, or none where no positions are kept.
    Column("key", DIGEST, primary_key=True),
    # How many changes of the record are accounted for: see `travaux.record.settled`.
    Column("accounted", Integer, nullable=False),
)

POSITION = Table(
    "position",
    METADATA,
    Column("party", Text, primary_key=True),
    Column("option", Text, primary_key=True),
    Column("content", JSON, nullable=False),
)

TOUCHED = Table(
    "touched",
    METADATA,
    Column("party", Text, primary_key=True),
    Column("option", Text, primary_key=True),
)
