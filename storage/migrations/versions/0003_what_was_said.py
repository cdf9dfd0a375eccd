"""Passages of what was said, and the words in them"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import Session, col, select

from storage.finding.said import keep_said
from storage.tables.visits import MemoRow

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    postgresql = op.get_context().dialect.name == "postgresql"
    ordered = sa.Text(collation="C") if postgresql else sa.Text()
    op.create_table(
        "said",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("memo", sa.String(), nullable=False),
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("start_s", sa.Float(), nullable=True),
        sa.Column("end_s", sa.Float(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["memo"], ["memo.id"]),
        sa.ForeignKeyConstraint(["visit"], ["visit.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_said_memo", "said", ["memo"])
    op.create_index("ix_said_visit", "said", ["visit"])
    op.create_table(
        "said_word",
        sa.Column("word", ordered, nullable=False),
        sa.Column("sound", ordered, nullable=False),
        sa.PrimaryKeyConstraint("word"),
    )
    op.create_index("ix_said_word_sound", "said_word", ["sound"])
    if postgresql:
        op.execute("CREATE INDEX ix_said_words ON said USING gin (to_tsvector('english', words))")
    else:
        words_on_sqlite()
    with Session(op.get_bind()) as session:
        for memo in session.exec(select(MemoRow).where(col(MemoRow.transcript).is_not(None))):
            keep_said(session, memo)
        session.flush()


def words_on_sqlite() -> None:
    """FTS5 keeps itself beside `said` by triggers."""
    op.execute(
        "CREATE VIRTUAL TABLE said_words USING fts5"
        "(words, content='said', content_rowid='id', tokenize='porter unicode61')"
    )
    op.execute(
        "CREATE TRIGGER said_added AFTER INSERT ON said BEGIN "
        "INSERT INTO said_words(rowid, words) VALUES (new.id, new.words); END"
    )
    op.execute(
        "CREATE TRIGGER said_gone AFTER DELETE ON said BEGIN "
        "INSERT INTO said_words(said_words, rowid, words) VALUES ('delete', old.id, old.words); END"
    )


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE said_words")
    op.drop_table("said_word")
    op.drop_table("said")
