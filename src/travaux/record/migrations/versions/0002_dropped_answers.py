"""What a language model brought forward and may not stand is kept, with the reason."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "dropped",
        sa.Column("report_id", sa.String(16), nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("report_id", "reader", "number", name="pk_dropped"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_dropped_report_id_report"),
    )
