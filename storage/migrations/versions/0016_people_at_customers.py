"""People at more than one customer, and customers that look alike, found as they are written"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LETTERS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "person_place",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("customer", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("since", MOMENT, nullable=True),
        sa.Column("until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_person_place_person", "person_place", ["person"])
    op.create_index("ix_person_place_contact", "person_place", ["customer", "contact"])
    op.create_table(
        "person_change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["by"], ["employee.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_person_change_person", "person_change", ["person"])
    op.create_table(
        "alike_key",
        sa.Column("key", LETTERS, nullable=False),
        sa.Column("customer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"]),
        sa.PrimaryKeyConstraint("key", "customer"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_alike_key_customer", "alike_key", ["customer"])
    op.create_table(
        "alike",
        sa.Column("one", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["customer.id"]),
        sa.ForeignKeyConstraint(["other"], ["customer.id"]),
        sa.PrimaryKeyConstraint("one", "other"),
    )
    op.create_index("ix_alike_other", "alike", ["other"])
    op.create_index("ix_alike_rank", "alike", ["reasons", "likeness", "one"])
    op.create_table(
        "alike_due",
        sa.Column("customer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"]),
        sa.PrimaryKeyConstraint("customer"),
    )
    op.execute("INSERT INTO alike_due SELECT id FROM customer WHERE deleted_at IS NULL")


def downgrade() -> None:
    for table in ("alike_due", "alike", "alike_key", "person_change", "person_place"):
        op.drop_table(table)
