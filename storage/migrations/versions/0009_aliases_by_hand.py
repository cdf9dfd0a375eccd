"""Aliases that a person gives, without a visit at which they were heard"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("alias") as alias:
        alias.alter_column("visit", existing_type=sa.String(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM alias WHERE visit IS NULL")
    with op.batch_alter_table("alias") as alias:
        alias.alter_column("visit", existing_type=sa.String(), nullable=False)
