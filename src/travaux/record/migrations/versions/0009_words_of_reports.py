"""An index of the words of all reports, kept by the database itself, so that they can be searched."""

import sqlalchemy as sa
from alembic import op

from travaux.record.dialect import word_index

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "searched",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("report_id", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_searched"),
        sa.UniqueConstraint("report_id", name="uq_searched_report_id"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_searched_report_id_report"),
    )
    for statement in word_index(op.get_bind().dialect):
        op.execute(statement)
