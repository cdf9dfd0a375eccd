"""The manager's desk: what is at stake, counts by the day, who was seen last, approvals of many"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import Session

from storage.desk.rebuilding import count_all

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBERS = ("weight", "doubt", "complaints", "compliments")
COUNTS = ("visits", "promised", "kept", "complaints", "closed", "compliments")
WAITS = sa.text("state IN ('needs_review', 'failed')")
LETTERS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for name in NUMBERS:
        op.add_column("visit", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("visit", sa.Column("stakes", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("visit", sa.Column("counted", sa.Text(), nullable=True))
    for name, other in (("weight", "doubt"), ("doubt", "weight")):
        op.create_index(
            f"ix_visit_{name}", "visit", [name, other, "id"], sqlite_where=WAITS, postgresql_where=WAITS
        )
    op.create_table(
        "tally",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", LETTERS, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("week", LETTERS, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.PrimaryKeyConstraint("kind", "day", "who"),
    )
    op.create_index("ix_tally_week", "tally", ["kind", "week"])
    op.create_table(
        "last_seen",
        sa.Column("customer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rep", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"]),
        sa.PrimaryKeyConstraint("customer"),
    )
    op.create_index("ix_last_seen_at", "last_seen", ["at", "customer"])
    op.create_index("ix_last_seen_rep", "last_seen", ["rep", "at", "customer"])
    op.create_index("ix_last_seen_region", "last_seen", ["region", "at", "customer"])
    op.create_table(
        "approval",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("visits", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["employee.id"]),
        sa.ForeignKeyConstraint(["undone_by"], ["employee.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approval_at", "approval", ["at"])
    with Session(op.get_bind()) as session:
        count_all(session)
        session.flush()


def downgrade() -> None:
    for table in ("approval", "last_seen", "tally"):
        op.drop_table(table)
    for name in ("weight", "doubt"):
        op.drop_index(f"ix_visit_{name}", "visit")
    for name in (*NUMBERS, "stakes", "counted"):
        op.drop_column("visit", name)
