"""A judgement may take an earlier one back: the row that does says which."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("judgement", sa.Column("withdraws", sa.Integer))
    op.create_index("ix_judgement_withdraws", "judgement", ["withdraws"])
