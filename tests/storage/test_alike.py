"""Customers that look alike are found as they are written, whatever else there is."""

from storage.crm.customers import Customers
from storage.crm.duplicates import Duplicates
from storage.crm.likeness import MOST_ALIKE
from storage.crm.merging import Merging
from storage.database import Database


def put(database: Database, ident: str, name: str, phone: str | None = None) -> None:
    with database.writing() as session:
        Customers(session).put(ident, name, (), None, None, None, phone)


def compared(database: Database, most: int = 50) -> int:
    with database.writing() as session:
        return Duplicates(session).look(most)


def pairs(database: Database) -> list[tuple[str, str, tuple[str, ...]]]:
    while compared(database):
        pass
    with database.reading() as session:
        found = Duplicates(session).list()
    assert found.left == 0
    return [(each.one.id, each.other.id, each.why) for each in found.pairs]


def test_only_those_that_changed_are_compared(database: Database, rep: str) -> None:
    put(database, "c1", "Bella Vista Trattoria", "+16175550142")
    put(database, "c2", "Golden Crust Bakery")
    assert pairs(database) == []
    put(database, "c3", "Bela Vista Tratoria", "+16175550142")
    assert compared(database) == 1
    assert pairs(database) == [("c1", "c3", ("phone", "name"))]
    put(database, "c3", "Harbor Diner")
    assert pairs(database) == []
    put(database, "c3", "Bela Vista Tratoria")
    assert pairs(database) == [("c1", "c3", ("name",))]
    with database.writing() as session:
        Customers(session).delete("c1")
    with database.reading() as session:
        assert Duplicates(session).list().pairs == ()


def test_some_at_a_time(database: Database, rep: str) -> None:
    for number in range(7):
        put(database, f"c{number}", "Bella Vista" if number % 3 == 0 else f"Place {number}")
    assert [compared(database, 3) for _ in range(4)] == [3, 3, 1, 0]
    assert {(one, other) for one, other, _ in pairs(database)} >= {("c0", "c3"), ("c0", "c6"), ("c3", "c6")}


def test_told_apart_stays_apart_and_merged_is_one(database: Database, rep: str) -> None:
    for ident in ("c1", "c2", "c3"):
        put(database, ident, "Bella Vista")
    assert len(pairs(database)) == 3
    with database.writing() as session:
        Duplicates(session).tell_apart("c2", "c1", by="m1")
    put(database, "c1", "Bella Vista")
    assert {(one, other) for one, other, _ in pairs(database)} == {("c1", "c3"), ("c2", "c3")}
    with database.writing() as session:
        done = Merging(session).merge("c1", "c3", by="m1")
    assert pairs(database) == []
    with database.writing() as session:
        Merging(session).undo(done.id)
    assert {(one, other) for one, other, _ in pairs(database)} == {("c1", "c3"), ("c2", "c3")}


def test_what_very_many_have_in_common_tells_nothing(database: Database, rep: str) -> None:
    with database.writing() as session:
        for number in range(MOST_ALIKE + 5):
            Customers(session).put(f"c{number}", "Corner Shop", (), f"{number} Mill Lane", None, None, None)
    pairs(database)
    put(database, "new", "Corner Shop")
    compared(database)
    assert all("new" not in pair[:2] for pair in pairs(database))
