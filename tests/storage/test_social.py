"""Following, comments, thanks, and what happened since somebody looked; carried by merges, forgotten with
what they belong to."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import errors
from storage.crm.catalogue import Catalogue
from storage.crm.customers import Customers
from storage.crm.merging import Merging
from storage.crm.people import People
from storage.crm.persons import Persons
from storage.database import Database
from storage.events import Events
from storage.social.comments import Comments
from storage.social.digest import MOST, Digest, Digests
from storage.social.follows import Follows
from storage.visits.memos import Memos
from storage.visits.reports import Reports
from storage.visits.visits import Visits
from storage.work.queue import Listed

from .telling import file, met, ordered


@pytest.fixture
def town(database: Database, rep: str) -> None:
    with database.writing() as session:
        People(session).put("r2", "Otto Reyes", "rep", True)
        for number in (1, 2, 3):
            Customers(session).put(f"c{number}", f"Shop {number}", (), None, None, None, None)
        Customers(session).put_contact("c1", "p1", "Marco Rinaldi", None, None, None)
        Customers(session).put_contact("c2", "p1", "Lena Fox", None, None, None)
        Catalogue(session).put_product("s1", "Tonic", (), None, None)


def follow(database: Database, who: str, *what: tuple[str, str, str | None]) -> None:
    with database.writing() as session:
        for kind, ident, customer in what:
            Follows(session, who).follow(kind, ident, customer)  # type: ignore[arg-type]


def followed(database: Database, who: str, limit: int = 50) -> list[str]:
    """All pages of it."""
    found: list[str] = []
    with database.reading() as session:
        page = Follows(session, who).feed(limit)
        found += [each.id for each in page.items]
        while page.after:
            page = Follows(session, who).feed(limit, page.after)
            found += [each.id for each in page.items]
    return found


def digest(database: Database, who: str) -> Digest:
    with database.reading() as session:
        return Digests(session, who).get(datetime.now(UTC))


def say(database: Database, visit: str, ident: str, text: str, by: str) -> None:
    with database.writing() as session:
        Comments(session).put(visit, ident, text, by=by)


def test_a_customer_a_person_a_product_and_a_colleague(database: Database, town: None) -> None:
    file(database, "of-c1", "c1", contacts=met("p1"))
    file(database, "of-c2", "c2", contacts=met("p1"))
    file(database, "with-tonic", "c3", orders=ordered("s1"))
    file(database, "by-otto", "c3", rep="r2")
    for what, visit in (
        (("customer", "c1", None), "of-c1"),
        (("contact", "p1", "c2"), "of-c2"),
        (("product", "s1", None), "with-tonic"),
        (("employee", "r2", None), "by-otto"),
    ):
        follow(database, "m1", what)
        assert followed(database, "m1") == [visit]
        with database.writing() as session:
            assert len(Follows(session, "m1").list()) == 1
            Follows(session, "m1").leave(*what)  # type: ignore[arg-type]
    assert followed(database, "m1") == []


def test_pages_of_what_is_followed_hold_each_visit_once(database: Database, town: None) -> None:
    for number in range(7):
        file(database, f"v{number}", "c1" if number % 2 else "c3", contacts=met("p1"), orders=ordered("s1"))
    follow(
        database, "m1", ("customer", "c1", None), ("contact", "p1", "c1"), ("product", "s1", None),
        ("employee", "r1", None),
    )  # fmt: skip
    newest = [f"v{number}" for number in reversed(range(7))]
    assert followed(database, "m1", 2) == newest == followed(database, "m1")
    file(database, "v0", "c1", orders=ordered("s1"))
    assert followed(database, "m1", 2) == ["v0", *newest[:-1]]  # it is about a customer now
    file(database, "v3", "c1", contacts=met("p1"), orders=ordered("s1"), summary="Said better.")
    assert followed(database, "m1", 2)[0] == "v0"  # it is about nothing more than before


def test_what_is_not_there_is_not_followed(database: Database, town: None) -> None:
    for kind, ident, customer, error in (
        ("customer", "none", None, errors.UnknownCustomer),
        ("contact", "none", "c1", errors.UnknownContact),
        ("contact", "p1", None, errors.UnknownCustomer),
        ("product", "none", None, errors.UnknownProduct),
        ("employee", "none", None, errors.UnknownEmployee),
    ):
        with database.writing() as session, pytest.raises(error):
            Follows(session, "m1").follow(kind, ident, customer)  # type: ignore[arg-type]


def test_merged_customers_keep_their_followers_and_give_them_back(database: Database, town: None) -> None:
    file(database, "v1", "c1")
    file(database, "v2", "c2", contacts=met("p1"))
    follow(database, "m1", ("customer", "c2", None))
    follow(database, "r2", ("customer", "c1", None), ("contact", "p1", "c2"))
    with database.writing() as session:
        merge = Merging(session).merge("c1", "c2", by="m1")
    assert followed(database, "m1") == followed(database, "r2") == ["v2", "v1"]
    with database.reading() as session:
        names = [(each.kind, each.customer, each.name) for each in Follows(session, "r2").list()]
    assert names == [("contact", "c1", "Lena Fox"), ("customer", "c1", "Shop 1")]
    with database.writing() as session:
        Merging(session).undo(merge.id)
    assert followed(database, "m1") == ["v2"]
    assert followed(database, "r2") == ["v2", "v1"]
    with database.writing() as session:
        Follows(session, "r2").leave("customer", "c1")
    assert followed(database, "r2") == ["v2"]  # the person of c2


def test_who_follows_a_person_follows_them_to_another_customer(database: Database, town: None) -> None:
    file(database, "v1", "c1", contacts=met("p1"))
    follow(database, "m1", ("contact", "p1", "c1"))
    with database.writing() as session:
        change = Persons(session).move("c1", "p1", "c3", None, None, None, by="r1")
    file(database, "v2", "c3", contacts=met("p1"))
    assert followed(database, "m1") == ["v2", "v1"]
    with database.writing() as session:
        assert [each.customer for each in Follows(session, "m1").list()] == ["c3"]
        Persons(session).undo(change.id)
        assert [each.customer for each in Follows(session, "m1").list()] == ["c1"]
    assert followed(database, "m1") == ["v1"]


def test_two_contacts_who_are_one_are_followed_as_one(database: Database, town: None) -> None:
    with database.writing() as session:
        Customers(session).put_contact("c1", "p9", "Marco R.", None, None, None)
    file(database, "v1", "c1", contacts=met("p9", "p1"))
    file(database, "v2", "c1", contacts=met("p9"))
    follow(database, "m1", ("contact", "p9", "c1"))
    with database.writing() as session:
        Persons(session).join(("c1", "p1"), ("c1", "p9"), by="m1")
        assert [each.id for each in Follows(session, "m1").list()] == ["p1"]
    assert followed(database, "m1") == ["v2", "v1"]


def test_who_is_deleted_is_not_followed_any_more(database: Database, town: None) -> None:
    file(database, "v1", "c1", contacts=met("p1"))
    file(database, "v2", "c2")
    follow(database, "m1", ("contact", "p1", "c1"), ("customer", "c2", None))
    with database.writing() as session:
        Customers(session).delete_contact("c1", "p1")
    assert followed(database, "m1") == ["v2"]
    with database.writing() as session:
        Customers(session).delete("c2")
        assert Follows(session, "m1").list() == ()
    assert followed(database, "m1") == []


def test_a_deleted_note_takes_its_news_along(database: Database, town: None) -> None:
    file(database, "v1", "c1")
    follow(database, "m1", ("customer", "c1", None))
    with database.writing() as session:
        Memos(session).delete("v1", "n-v1-0", jobs=Listed())
    assert followed(database, "m1") == []


def test_a_comment_reaches_whom_it_names_and_is_taken_once(database: Database, town: None) -> None:
    file(database, "v1", "c1")
    text = "@Otto Reyes and @mona, look. Mail otto@dana.example @Nobody"
    with database.writing() as session:
        before = Events(session).latest()
        comment, created = Comments(session).put("v1", "k1", text, by="r1")
    assert created and {each.name for each in comment.mentions} == {"Otto Reyes", "Mona Berg"}
    with database.reading() as session:
        told = {(each.kind, each.subject) for each in Events(session).after(before)}
    assert told == {("talk", "v1"), ("told", "r2"), ("told", "m1")}
    with database.writing() as session:
        assert Comments(session).put("v1", "k1", text, by="r1")[1] is False
        with pytest.raises(errors.CommentDiffers):
            Comments(session).put("v1", "k1", "other words", by="r1")
        with pytest.raises(errors.UnknownVisit):
            Comments(session).put("none", "k2", "words", by="r1")


def test_a_first_name_that_two_bear_reaches_neither(database: Database, town: None) -> None:
    file(database, "v1", "c1")
    with database.writing() as session:
        People(session).put("r3", "Otto Lang", "rep", True)
        People(session).put("r4", "Mona Gone", "rep", False)
        comment, _ = Comments(session).put("v1", "k1", "@Otto? @Mona!", by="r1")
    assert [each.name for each in comment.mentions] == ["Mona Berg"]


def test_a_deleted_comment_is_forgotten_and_stays_so(database: Database, town: None) -> None:
    file(database, "v1", "c1")
    say(database, "v1", "k1", "@Otto Reyes look", "m1")
    with database.writing() as session:
        assert Comments(session).author("v1", "k1") == "m1"
        Comments(session).delete("v1", "k1")
        assert Comments(session).talk("v1").comments.items == ()
        with pytest.raises(errors.CommentDeleted):
            Comments(session).put("v1", "k1", "@Otto Reyes look", by="m1")
        with pytest.raises(errors.UnknownComment):
            Comments(session).delete("v1", "none")
    assert digest(database, "r2").count == 0


def test_comments_come_in_pages_the_newest_first(database: Database, town: None) -> None:
    file(database, "v1", "c1")
    for number in range(5):
        say(database, "v1", f"k{number}", f"word {number}", "m1")
    with database.reading() as session:
        first = Comments(session).talk("v1", 3).comments
        second = Comments(session).talk("v1", 3, first.after).comments
    assert [each.id for each in (*first.items, *second.items)] == ["k4", "k3", "k2", "k1", "k0"]
    assert second.after is None


def test_thanks_are_given_once_and_taken_back(database: Database, town: None) -> None:
    file(database, "v1", "c1")
    with database.writing() as session:
        Comments(session).thank("v1", by="m1")
        Comments(session).thank("v1", by="m1")
        assert [each.by_name for each in Comments(session).talk("v1").thanks] == ["Mona Berg"]
        (shown,) = Visits(session).feed().items
        assert (shown.thanks, shown.comments) == (1, 0)
    assert digest(database, "r1").count == 1
    with database.writing() as session:
        Comments(session).take_back_thank("v1", by="m1")
        Comments(session).take_back_thank("v1", by="m1")
        assert Comments(session).talk("v1").thanks == ()
    assert digest(database, "r1").count == 0


def test_since_you_looked(database: Database, town: None) -> None:
    file(database, "mine", "c1")
    file(database, "theirs", "c2", rep="r2")
    file(database, "other", "c3", rep="r2")
    follow(database, "r1", ("customer", "c2", None), ("employee", "r1", None))
    say(database, "theirs", "k1", "@Dana Whitfield can you?", "r2")
    say(database, "mine", "k2", "Well done", "m1")
    say(database, "mine", "k3", "My own words", "r1")
    with database.writing() as session:
        Comments(session).thank("mine", by="m1")
    told = digest(database, "r1")
    assert told.count == 4 and not told.more
    groups = {group.customer: group for group in told.groups}
    assert [group.customer for group in told.groups] == ["c1", "c2"]  # spoken to last comes first
    assert [each.id for each in groups["c2"].visits] == ["theirs"]
    assert [(each.comment.id, each.mentioned) for each in groups["c2"].comments] == [("k1", True)]
    assert [(each.comment.id, each.mentioned) for each in groups["c1"].comments] == [("k2", False)]
    assert [each.by for each in groups["c1"].thanks] == ["m1"]
    assert [each.id for each in groups["c1"].about] == ["mine"]
    with database.writing() as session:
        Digests(session, "r1").seen(told.until)
        Digests(session, "r1").seen(told.until - timedelta(days=1))
    assert digest(database, "r1").groups == () and digest(database, "r1").since == told.until
    say(database, "mine", "k4", "Again", "m1")
    assert digest(database, "r1").count == 1


def test_the_digest_is_bounded_and_a_mark_from_tomorrow_hides_nothing(database: Database, town: None) -> None:
    file(database, "mine", "c1")
    for number in range(MOST + 5):
        say(database, "mine", f"k{number}", "word", "m1")
    told = digest(database, "r1")
    assert told.count == MOST and told.more
    with database.writing() as session:
        Digests(session, "r1").seen(datetime.now(UTC) + timedelta(days=1))
    say(database, "mine", "late", "word", "m1")
    assert digest(database, "r1").count == 1


def test_a_customer_who_is_corrected_is_news_to_its_followers(database: Database, town: None) -> None:
    file(database, "v1", "c1")
    follow(database, "m1", ("customer", "c2", None))
    with database.writing() as session:
        Reports(session).correct("v1", {"customer": "c2"}, by="m1", jobs=Listed())
    assert followed(database, "m1") == ["v1"]
