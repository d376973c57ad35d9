"""What people did in the pages of a team's server, when and from where; append-only."""

import sqlalchemy as sa
from alembic import op

from travaux.record.dialect import forbid_change

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "deed",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_deed"),
    )
    for trigger in forbid_change(op.get_bind().dialect, "deed").values():
        op.execute(trigger)
