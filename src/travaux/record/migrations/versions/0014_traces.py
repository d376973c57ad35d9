"""What each report leaves to find its kin by is kept, so that what comes new is compared without looking at all others."""

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
