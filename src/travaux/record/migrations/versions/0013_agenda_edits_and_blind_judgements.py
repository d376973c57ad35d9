"""Edits of the agenda are signed and kept, with the file as it was before; a judgement says whether it was made blind."""

import sqlalchemy as sa
from alembic import op

from travaux.record.dialect import forbid_change

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "agenda_edit",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("before", sa.String(64), nullable=False),
        sa.Column("after", sa.String(64), nullable=False),
        sa.Column("text_before", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_agenda_edit"),
    )
    for trigger in forbid_change(op.get_bind().dialect, "agenda_edit").values():
        op.execute(trigger)
    op.add_column("judgement", sa.Column("blind", sa.Boolean, nullable=False, server_default=sa.false()))
