"""What goes with a customer or a person there who is deleted: nobody follows them any more, and no visit is
found by them."""

from sqlmodel import Session, col, delete

from storage.social.topics import contact_subject
from storage.tables.social import FollowRow, TopicRow


def forget_customer(session: Session, customer: str, contact: str | None = None) -> None:
    """All of a customer, or one person there."""
    follows = delete(FollowRow).where(col(FollowRow.customer) == customer)
    if contact is None:
        session.exec(follows)
        return
    subject = contact_subject(customer, contact)
    session.exec(follows.where(col(FollowRow.kind) == "contact", col(FollowRow.subject) == subject))
    session.exec(delete(TopicRow).where(col(TopicRow.kind) == "contact", col(TopicRow.subject) == subject))
