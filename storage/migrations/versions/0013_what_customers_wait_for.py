"""The queue: who sees to a promise, complaints and follow-ups beside it, and acknowledgements by mail"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OLD = {"ix_promise_rep": ["rep", "due", "said_at"]}
NEW = {
    "ix_promise_holder": ["holder", "due", "said_at"],
    "ix_promise_late": ["owner", "due", "said_at", "id"],
    "ix_promise_turn": ["owner", "lane", "said_at", "id"],
    "ix_promise_my_late": ["holder", "owner", "due", "said_at", "id"],
    "ix_promise_my_turn": ["holder", "owner", "lane", "said_at", "id"],
}


def upgrade() -> None:
    op.add_column("promise", sa.Column("kind", sa.String(), nullable=False, server_default="promise"))
    op.execute("ALTER TABLE promise ADD COLUMN holder VARCHAR REFERENCES employee (id)")
    op.add_column("promise", sa.Column("because", sa.Text(), nullable=True))
    op.add_column("promise", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("promise", sa.Column("lane", sa.Integer(), nullable=False, server_default="2"))
    op.execute("UPDATE promise SET holder = rep")
    swap(OLD, NEW)
    op.create_table(
        "ability",
        sa.Column("employee", sa.String(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["employee"], ["employee.id"]),
        sa.PrimaryKeyConstraint("employee"),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["employee.id"]),
        sa.ForeignKeyConstraint(["visit"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("task"),
    )
    op.create_index("ix_letter_visit", "letter", ["visit"])
    op.create_index("ix_letter_made_at", "letter", ["made_at"])
    op.create_index("ix_letter_try_at", "letter", ["try_at"])


def downgrade() -> None:
    op.drop_table("letter")
    op.drop_table("ability")
    swap(NEW, OLD)
    with op.batch_alter_table("promise") as promise:
        for name in ("lane", "taken_at", "because", "holder", "kind"):
            promise.drop_column(name)


def swap(gone: dict[str, list[str]], made: dict[str, list[str]]) -> None:
    still = sa.text("done_at IS NULL")
    for name in gone:
        op.drop_index(name, "promise")
    for name, columns in made.items():
        op.create_index(name, "promise", columns, sqlite_where=still, postgresql_where=still)
