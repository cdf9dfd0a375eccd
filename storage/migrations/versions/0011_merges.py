"""Customers that were one"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customer", sa.Column("merged_into", sa.String(), nullable=True))
    op.create_table(
        "merge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("gone", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["kept"], ["customer.id"]),
        sa.ForeignKeyConstraint(["gone"], ["customer.id"]),
        sa.ForeignKeyConstraint(["by"], ["employee.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_merge_kept", "merge", ["kept"])
    op.create_index("ix_merge_gone", "merge", ["gone"])
    op.create_index("ix_merge_at", "merge", ["at"])
    op.create_table(
        "apart",
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["customer.id"]),
        sa.ForeignKeyConstraint(["other"], ["customer.id"]),
        sa.ForeignKeyConstraint(["by"], ["employee.id"]),
        sa.PrimaryKeyConstraint("one", "other"),
    )


def downgrade() -> None:
    op.drop_table("apart")
    op.drop_table("merge")
    op.drop_column("customer", "merged_into")
