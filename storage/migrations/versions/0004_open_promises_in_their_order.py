"""Open promises in the order in which they are shown"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEXES = {"ix_promise_open": ["customer"], "ix_promise_rep": ["rep"], "ix_promise_due": []}


def upgrade() -> None:
    op.drop_index("ix_promise_open", "promise")
    op.drop_index("ix_promise_rep", "promise")
    still = sa.text("done_at IS NULL")
    for name, whose in INDEXES.items():
        op.create_index(
            name,
            "promise",
            [*whose, "due", "said_at"],
            sqlite_where=still,
            postgresql_where=still,
        )


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "promise")
    op.create_index("ix_promise_open", "promise", ["customer", "done_at"])
    op.create_index("ix_promise_rep", "promise", ["rep", "done_at"])
