"""What each report is worth, made once: its flags, the families of reports, and the links that hold these together."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    report = sa.String(16)
    op.create_table(
        "assessment",
        sa.Column("report_id", report, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("titles", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("report_id", name="pk_assessment"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_assessment_report_id_report"),
    )
    op.create_table(
        "flag",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("report_id", report, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.Column("across", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_flag"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_flag_report_id_report"),
    )
    op.create_index("ix_flag_report_id", "flag", ["report_id"])
    op.create_table(
        "family",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("original_id", report),
        sa.Column("says", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_family"),
        sa.ForeignKeyConstraint(["original_id"], ["report.id"], name="fk_family_original_id_report"),
    )
    op.create_table(
        "member",
        sa.Column("report_id", report, nullable=False),
        sa.Column("family_id", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("report_id", name="pk_member"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name="fk_member_report_id_report"),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name="fk_member_family_id_family"),
    )
    op.create_index("ix_member_family_id", "member", ["family_id"])
    op.create_table(
        "link",
        sa.Column("first_id", report, nullable=False),
        sa.Column("second_id", report, nullable=False),
        sa.Column("family_id", sa.String(16), nullable=False),
        sa.Column("kinship", sa.String(32), nullable=False),
        sa.Column("containment", sa.Float, nullable=False),
        sa.Column("likeness", sa.Float, nullable=False),
        sa.Column("passages", sa.JSON, nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("first_id", "second_id", name="pk_link"),
        sa.ForeignKeyConstraint(["first_id"], ["report.id"], name="fk_link_first_id_report"),
        sa.ForeignKeyConstraint(["second_id"], ["report.id"], name="fk_link_second_id_report"),
        sa.ForeignKeyConstraint(["family_id"], ["family.id"], name="fk_link_family_id_family"),
    )
    op.create_index("ix_link_family_id", "link", ["family_id"])
