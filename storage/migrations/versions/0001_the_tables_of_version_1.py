"""The tables of version 1"""

import sqlalchemy as sa
from alembic import op

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "company",
    "employee",
    "device",
    "invite",
    "customer",
    "contact",
    "term",
    "term_key",
    "product",
    "competitor",
    "visit",
    "memo",
    "draft",
    "report",
    "correction",
    "promise",
    "event",
    "worker_lease",
)


def upgrade() -> None:
    people()
    customers()
    visits()
    after()
    trigrams()


def people() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "employee",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "device",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("employee", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee"],
            ["employee.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(op.f("ix_device_employee"), "device", ["employee"], unique=False)
    op.create_table(
        "invite",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("employee", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee"],
            ["employee.id"],
        ),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_index(op.f("ix_invite_employee"), "invite", ["employee"], unique=False)


def customers() -> None:
    op.create_table(
        "customer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_name", ORDERED, nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("cell", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_customer_cell"), "customer", ["cell"], unique=False)
    op.create_index("ix_customer_sort_name", "customer", ["sort_name", "id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("customer", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("customer", "id"),
    )
    op.create_table(
        "term",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("customer", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", ORDERED, nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_term_customer"), "term", ["customer"], unique=False)
    op.create_index("ix_term_text", "term", ["text", "id"], unique=False)
    op.create_table(
        "term_key",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", ORDERED, nullable=False),
        sa.Column("term", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["term"],
            ["term.id"],
        ),
        sa.PrimaryKeyConstraint("kind", "key", "term"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_term_key_term"), "term_key", ["term"], unique=False)
    op.create_table(
        "product",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("price", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "competitor",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def visits() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("rep", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("filed_revision", sa.Integer(), nullable=False),
        sa.Column("sent_customer", sa.String(), nullable=True),
        sa.Column("customer", sa.String(), nullable=True),
        sa.Column("customer_chosen", sa.Boolean(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("age_s", sa.Float(), nullable=True),
        sa.Column("place_from", sa.String(), nullable=True),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.Column("new_customer", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("doubts", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["customer"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["rep"],
            ["employee.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_visit_at", "visit", ["at", "id"], unique=False)
    op.create_index("ix_visit_customer", "visit", ["customer", "at", "id"], unique=False)
    op.create_index("ix_visit_rep", "visit", ["rep", "at", "id"], unique=False)
    op.create_index("ix_visit_state", "visit", ["state", "updated_at", "id"], unique=False)
    op.create_index("ix_visit_updated", "visit", ["updated_at", "id"], unique=False)
    op.create_table(
        "memo",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("blob", sa.String(), nullable=True),
        sa.Column("length_s", sa.Float(), nullable=True),
        sa.Column("transcript", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["visit"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_memo_visit", "memo", ["visit", "at", "id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("extraction", sa.Text(), nullable=False),
        sa.Column("linking", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["visit"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit"),
    )
    op.create_table(
        "report",
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("extracted", sa.Text(), nullable=False),
        sa.Column("filed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit"),
    )


def after() -> None:
    op.create_table(
        "correction",
        sa.Column("number", BIG, autoincrement=True, nullable=False),
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["visit"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_correction_visit"), "correction", ["visit"], unique=False)
    op.create_table(
        "promise",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("rep", sa.String(), nullable=False),
        sa.Column("customer", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["done_by"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["rep"],
            ["employee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["visit"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_promise_open", "promise", ["customer", "done_at"], unique=False)
    op.create_index("ix_promise_rep", "promise", ["rep", "done_at"], unique=False)
    op.create_index(op.f("ix_promise_visit"), "promise", ["visit"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "worker_lease",
        sa.Column("executor", sa.String(), nullable=False),
        sa.Column("seen_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("executor"),
    )


def trigrams() -> None:
    """Fragments and misspellings: FTS5 keeps itself beside `term` by triggers, PostgreSQL has pg_trgm."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute("CREATE INDEX ix_term_grams ON term USING gin (text gin_trgm_ops)")
        return
    op.execute(
        "CREATE VIRTUAL TABLE term_grams USING fts5"
        "(text, content='term', content_rowid='id', tokenize='trigram', detail=full)"
    )
    op.execute("CREATE VIRTUAL TABLE term_vocabulary USING fts5vocab(term_grams, row)")
    op.execute(
        "CREATE TRIGGER term_added AFTER INSERT ON term BEGIN "
        "INSERT INTO term_grams(rowid, text) VALUES (new.id, new.text); END"
    )
    op.execute(
        "CREATE TRIGGER term_gone AFTER DELETE ON term BEGIN "
        "INSERT INTO term_grams(term_grams, rowid, text) VALUES ('delete', old.id, old.text); END"
    )


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE term_vocabulary")
        op.execute("DROP TABLE term_grams")
    for table in reversed(TABLES):
        op.drop_table(table)
