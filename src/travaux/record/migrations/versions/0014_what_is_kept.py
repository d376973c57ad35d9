"""What a large record would otherwise work out of all it holds is kept: the traces of its reports, and its positions."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "trace",
        sa.Column("report_id", sa.String(16), nullable=False),
        sa.Column("words", sa.Integer, nullable=False),
        sa.Column("fingerprints", sa.LargeBinary, nullable=False),
        sa.Column("stems", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_trace_report_id_report"),
        sa.PrimaryKeyConstraint("report_id", name="pk_trace"),
    )
    op.add_column("assessment", sa.Column("compared", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_assessment_key", "assessment", ["key"])
    op.create_index("ix_assessment_compared", "assessment", ["compared"])
    op.create_index("ix_flag_across", "flag", ["across"])
    op.create_table(
        "settled",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("accounted", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settled"),
    )
    op.create_table(
        "position",
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("option", sa.Text, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("party", "option", name="pk_position"),
    )
    op.create_table(
        "touched",
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("option", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("party", "option", name="pk_touched"),
    )
