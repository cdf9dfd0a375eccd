"""Telephone systems and the calls that they announce"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phone_line",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("takers", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "phone_call",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["line"], ["phone_line.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_phone_call_line", "phone_call", ["line"])
    op.create_index("ix_phone_call_at", "phone_call", ["at"])


def downgrade() -> None:
    op.drop_table("phone_call")
    op.drop_table("phone_line")
