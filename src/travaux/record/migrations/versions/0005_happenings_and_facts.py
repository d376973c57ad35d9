"""What reports tell beside positions: meetings, incidents, and facts that another report may tell otherwise."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "happening",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("report_id", sa.String(16), nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("place", sa.Text),
        sa.Column("day", sa.String(24)),
        sa.Column("when", sa.Text),
        sa.Column("participants", sa.JSON, nullable=False),
        sa.Column("parties", sa.JSON, nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
        sa.Column("claimed_by", sa.Text),
        sa.Column("denied", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_happening"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_happening_report_id_report"),
    )
    op.create_index("ix_happening_report_id_reader", "happening", ["report_id", "reader"])
    op.create_table(
        "fact",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("report_id", sa.String(16), nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("qualities", sa.JSON, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("figure", sa.JSON),
        sa.Column("day", sa.String(24)),
        sa.Column("former", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fact"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_fact_report_id_report"),
    )
    op.create_index("ix_fact_report_id_reader", "fact", ["report_id", "reader"])
