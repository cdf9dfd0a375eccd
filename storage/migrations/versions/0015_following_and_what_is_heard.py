"""Who follows what, comments and thanks, and what is heard by subject"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    following()
    talk()
    heard()
    op.create_table("uncollected", to("visit", "visit.id"), sa.PrimaryKeyConstraint("visit"))
    op.execute("INSERT INTO uncollected (visit) SELECT visit FROM report")


def to(name: str, target: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), sa.ForeignKey(target), nullable=null)


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=null)


def following() -> None:
    op.create_table(
        "follow",
        to("employee", "employee.id"),
        text("kind"),
        text("subject"),
        to("customer", "customer.id", null=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("employee", "kind", "subject"),
    )
    op.create_index("ix_follow_subject", "follow", ["kind", "subject"])
    op.create_index("ix_follow_customer", "follow", ["customer"])
    op.create_table(
        "topic",
        to("visit", "visit.id"),
        text("kind"),
        text("subject"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("visit", "kind", "subject"),
    )
    op.create_index("ix_topic_news", "topic", ["kind", "subject", "at", "visit"])
    op.create_table(
        "look",
        to("employee", "employee.id"),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("employee"),
    )


def talk() -> None:
    op.create_table(
        "comment",
        text("id"),
        to("visit", "visit.id"),
        to("by", "employee.id"),
        to("to", "employee.id"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_comment_visit", "comment", ["visit", "at", "id"])
    op.create_index("ix_comment_to", "comment", ["to", "at", "id"])
    op.create_table(
        "mention",
        to("comment", "comment.id"),
        to("employee", "employee.id"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("comment", "employee"),
    )
    op.create_index("ix_mention_employee", "mention", ["employee", "at", "comment"])
    op.create_table(
        "thank",
        to("visit", "visit.id"),
        to("by", "employee.id"),
        to("to", "employee.id"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("visit", "by"),
    )
    op.create_index("ix_thank_to", "thank", ["to", "at"])
    if op.get_context().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_comment_words ON comment USING gin (to_tsvector('english', words))")
    else:
        words_on_sqlite()


def words_on_sqlite() -> None:
    """FTS5 keeps itself beside `comment` by triggers."""
    gone = "INSERT INTO comment_words(comment_words, rowid, words) VALUES ('delete', old.rowid, old.words);"
    added = "INSERT INTO comment_words(rowid, words) VALUES (new.rowid, new.words);"
    op.execute(
        "CREATE VIRTUAL TABLE comment_words USING fts5"
        "(words, content='comment', content_rowid='rowid', tokenize='porter unicode61')"
    )
    op.execute(f"CREATE TRIGGER comment_added AFTER INSERT ON comment BEGIN {added} END")
    op.execute(f"CREATE TRIGGER comment_gone AFTER DELETE ON comment BEGIN {gone} END")
    op.execute(f"CREATE TRIGGER comment_changed AFTER UPDATE OF words ON comment BEGIN {gone} {added} END")


def heard() -> None:
    op.create_table(
        "subject",
        text("id"),
        text("kind"),
        text("name"),
        to("named_by", "employee.id", null=True),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=True),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_subject_customers", "subject", ["customers", "voices", "id"])
    op.create_index("ix_subject_kind", "subject", ["kind", "customers", "voices", "id"])
    op.create_index("ix_subject_last", "subject", ["kind", "last_at", "id"])
    only("ix_subject_stale", "subject", "stale")
    op.create_table(
        "voice",
        text("id"),
        to("visit", "visit.id"),
        to("rep", "employee.id"),
        to("customer", "customer.id", null=True),
        sa.Column("at", MOMENT, nullable=False),
        text("kind"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        to("subject", "subject.id", null=True),
        to("placed_by", "employee.id", null=True),
        sa.Column("vector", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_voice_visit", "voice", ["visit"])
    op.create_index("ix_voice_customer", "voice", ["customer"])
    op.create_index("ix_voice_subject", "voice", ["subject", "at", "id"])
    op.create_index("ix_voice_whose", "voice", ["subject", "customer"])
    only("ix_voice_waiting", "voice", "subject IS NULL")
    op.create_table(
        "subject_month",
        to("subject", "subject.id"),
        text("month"),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "month"),
    )
    op.create_table(
        "regrouping",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        text("kind"),
        to("subject", "subject.id"),
        text("voice", null=True),
        text("before"),
        text("after"),
        to("by", "employee.id"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_regrouping_subject", "regrouping", ["subject"])


def only(name: str, table: str, condition: str) -> None:
    """An index of the few rows of which this is true."""
    op.create_index(name, table, ["id"], sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE comment_words")
    for table in (
        "uncollected", "regrouping", "subject_month", "voice", "subject", "thank", "mention", "comment",
        "look", "topic", "follow",
    ):  # fmt: skip
        op.drop_table(table)
