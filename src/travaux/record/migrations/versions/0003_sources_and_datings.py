"""Where reports come from (retrievals, sources), an analyst's datings, and what each update told."""

import sqlalchemy as sa
from alembic import op

from travaux.record.dialect import forbid_change

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "retrieval",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("report_id", sa.String(16)),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("final_url", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("request_headers", sa.JSON, nullable=False),
        sa.Column("headers", sa.JSON, nullable=False),
        sa.Column("redirects", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_retrieval"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_retrieval_report_id_report"),
    )
    op.create_index("ix_retrieval_report_id", "retrieval", ["report_id"])
    op.create_index("ix_retrieval_url", "retrieval", ["url"])
    op.create_table(
        "source",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("only", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("added", sa.String(32), nullable=False),
        sa.Column("removed", sa.String(32)),
        sa.Column("polled", sa.String(32)),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("again_at", sa.String(32)),
        sa.PrimaryKeyConstraint("number", name="pk_source"),
        sa.UniqueConstraint("url", name="uq_source_url"),
    )
    op.create_table(
        "dating",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("report_id", sa.String(16), nullable=False),
        sa.Column("value", sa.String(10)),
        sa.Column("about", sa.Boolean, nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_dating"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_dating_report_id_report"),
    )
    op.create_index("ix_dating_report_id", "dating", ["report_id"])
    op.create_table(
        "updating",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("finished", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_updating"),
    )
    op.create_table(
        "told",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("updating", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_told"),
        sa.ForeignKeyConstraint(["updating"], ["updating.number"], name="fk_told_updating_updating"),
    )
    op.create_index("ix_told_updating", "told", ["updating"])
    dialect = op.get_bind().dialect
    for table in ("retrieval", "dating"):
        for trigger in forbid_change(dialect, table).values():
            op.execute(trigger)
