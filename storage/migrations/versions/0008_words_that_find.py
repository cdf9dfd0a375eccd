"""Words under the keys of their misspellings; e-mails and addresses that find their customer"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import Session, col, select

from storage.crm.customers import WRITTEN, keys_of
from storage.finding.naming import fold
from storage.finding.vocabulary import keep_words
from storage.tables.customers import KeyRow, TermRow

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FOUND_BY = (
    ("place", "SELECT id, address FROM customer WHERE address <> '' AND deleted_at IS NULL"),
    (
        "email",
        "SELECT customer, email FROM contact JOIN customer ON customer.id = contact.customer "
        "WHERE email <> '' AND deleted_at IS NULL",
    ),
)


def upgrade() -> None:
    postgresql = op.get_context().dialect.name == "postgresql"
    ordered = sa.Text(collation="C") if postgresql else sa.Text()
    op.create_table(
        "near_word",
        sa.Column("key", ordered, nullable=False),
        sa.Column("word", ordered, nullable=False),
        sa.PrimaryKeyConstraint("key", "word"),
        sqlite_with_rowid=False,
    )
    with Session(op.get_bind()) as session:
        for kind, query in FOUND_BY:
            for customer, shown in session.connection().execute(sa.text(query)).all():
                add(session, customer, kind, shown)
        session.flush()
        words = session.exec(select(KeyRow.key).where(col(KeyRow.kind).in_(WRITTEN)).distinct()).all()
        for start in range(0, len(words), 500):
            keep_words(session, words[start : start + 500])


def add(session: Session, customer: str, kind: str, shown: str) -> None:
    folded = fold(shown)
    if not folded:
        return
    term = TermRow(customer=customer, kind=kind, text=folded, shown=shown, words=len(folded.split()))
    session.add(term)
    session.flush()
    session.add_all(KeyRow(**key) for key in keys_of({"kind": kind, "text": folded, "id": term.id}))


def downgrade() -> None:
    op.drop_table("near_word")
    op.execute("DELETE FROM term_key WHERE term IN (SELECT id FROM term WHERE kind IN ('place', 'email'))")
    op.execute("DELETE FROM term WHERE kind IN ('place', 'email')")
