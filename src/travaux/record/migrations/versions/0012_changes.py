"""How often each part of the record has been written to."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    change = op.create_table(
        "change",
        sa.Column("topic", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("topic", name="pk_change"),
    )
    topics = ("reports", "readings", "judgements", "worth", "errands", "rest")
    op.bulk_insert(change, [{"topic": topic, "number": 0} for topic in topics])
