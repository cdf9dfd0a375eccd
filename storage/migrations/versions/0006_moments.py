"""Calls, mails and notes beside visits"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("visit") as visit:
        visit.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="visit"))


def downgrade() -> None:
    with op.batch_alter_table("visit") as visit:
        visit.drop_column("kind")
