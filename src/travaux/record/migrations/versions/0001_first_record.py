"""The first schema: reports, their original bytes, runs, readings, statements, judgements.

Written out in full, not taken from `travaux.record.schema`: a migration never changes once it is released.
"""

import sqlalchemy as sa
from alembic import op

from travaux.record.dialect import forbid_change

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("published", sa.String(10)),
        sa.Column("published_basis", sa.String(16)),
        sa.Column("published_about", sa.Boolean, nullable=False),
        sa.Column("updated", sa.String(10)),
        sa.Column("updated_basis", sa.String(16)),
        sa.Column("updated_about", sa.Boolean, nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("encoding", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("characters", sa.Integer, nullable=False),
        sa.Column("blocks", sa.JSON, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("name", name="uq_report_name"),
    )
    op.create_index("ix_report_sha256", "report", ["sha256"])
    op.create_table(
        "original",
        sa.Column("report_id", sa.String(16), nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("report_id", name="pk_original"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_original_report_id_report"),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("agenda_digest", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_table(
        "reading",
        sa.Column("report_id", sa.String(16), nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("run_id", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("sentences", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("report_id", "reader", name="pk_reading"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_reading_report_id_report"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_reading_run_id_run"),
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("report_id", sa.String(16), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("option", sa.Text, nullable=False),
        sa.Column("stance", sa.String(16), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("speaker", sa.Text),
        sa.Column("condition", sa.Text),
        sa.Column("former", sa.Boolean, nullable=False),
        sa.Column("via", sa.String(16), nullable=False),
        sa.Column("via_name", sa.Text),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_statement_report_id_report"),
    )
    op.create_index("ix_statement_report_id_reader", "statement", ["report_id", "reader"])
    op.create_index("ix_statement_party_option", "statement", ["party", "option"])
    op.create_table(
        "judgement",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("statement", sa.String(16), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("report_id", sa.String(16), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("option", sa.Text, nullable=False),
        sa.Column("stance", sa.String(16), nullable=False),
        sa.Column("corrections", sa.JSON, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_judgement"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_judgement_report_id_report"),
    )
    op.create_index("ix_judgement_statement", "judgement", ["statement"])
    op.create_table(
        "info",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_info"),
    )
    dialect = op.get_bind().dialect
    for table, columns in (
        ("report", ("id", "name", "sha256", "text_sha256", "characters", "text")),
        ("original", ()),
        ("judgement", ()),
    ):
        for trigger in forbid_change(dialect, table, columns).values():
            op.execute(trigger)
