"""Lists with the usual dirt: looked at, brought in, taken back."""

import pytest

from storage import errors
from storage.crm.catalogue import Catalogue
from storage.crm.customers import Customers
from storage.database import Database
from storage.finding.lookup import Lookup
from storage.sheets.columns import NAMES, guess
from storage.sheets.imports import Imports
from storage.sheets.plans import Kind, Preview
from storage.sheets.products import amount
from storage.sheets.reading import read_sheet
from storage.visits.visits import Visits
from storage.work.queue import Listed

from .test_visits import AT

HUBSPOT = (
    "Record ID,Company name,Phone Number,Street Address,City,Postal Code\n"
    "101,Bella Vista Trattoria,617-555-0142,12 Harbor Street,Boston,02110\n"
    "102,Golden Crust Bakery,,3 Mill Lane,Boston,02111\n"
)
SALESFORCE = (
    "First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Mobile,Email\n"
    "Marco,Rinaldi,Head Chef,Bella Vista Trattoria,12 Harbor St,Boston,617 555 0143,marco@bella.example\n"
)


def look(
    database: Database, data: str | bytes, ident: str = "i1", kind: Kind = "customers", **columns: str
) -> Preview:
    raw = data.encode() if isinstance(data, str) else data
    with database.writing() as session:
        return Imports(session).preview(ident, name="list.csv", kind=kind, data=raw, columns=columns, by="r1")


def bring(database: Database, ident: str = "i1") -> Preview:
    with database.writing() as session:
        return Imports(session).apply(ident)


def take_back(database: Database, ident: str = "i1") -> Preview:
    with database.writing() as session:
        return Imports(session).undo(ident)


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return [each.name for each in Customers(session).list().items]


def test_a_list_is_looked_at_before_anything_changes(database: Database, rep: str) -> None:
    seen = look(database, HUBSPOT)
    assert seen.columns == {
        "id": "Record ID",
        "name": "Company name",
        "phone": "Phone Number",
        "street": "Street Address",
        "city": "City",
        "postcode": "Postal Code",
    }
    assert (seen.rows, seen.new, seen.filled, seen.same, seen.state) == (2, 2, 0, 0, "previewed")
    assert names(database) == []
    done = bring(database)
    assert (done.new, done.state) == (2, "applied")
    with database.reading() as session:
        bella = Customers(session).get("101")
        assert (bella.phone, bella.address) == ("+16175550142", "12 Harbor Street, 02110 Boston")
        assert Lookup(session).by_name("golden crust").items[0].customer.id == "102"


def test_people_from_another_crm_join_the_customer_that_is_here(database: Database, rep: str) -> None:
    look(database, HUBSPOT)
    bring(database)
    seen = look(database, SALESFORCE, "i2")
    assert (seen.new, seen.filled, seen.duplicate_count) == (0, 1, 1)
    assert (seen.duplicates[0].known, seen.duplicates[0].why) == ("101", "name")
    bring(database, "i2")
    with database.reading() as session:
        (marco,) = Customers(session).get("101").contacts
    assert (marco.name, marco.role, marco.phone) == ("Marco Rinaldi", "Head Chef", "+16175550143")
    assert look(database, SALESFORCE, "i3").same == 1


def test_what_was_brought_in_is_taken_back(database: Database, rep: str, jobs: Listed) -> None:
    with database.writing() as session:
        Customers(session).put("101", "Bella Vista", (), None, None, None, None)
    look(database, HUBSPOT + "103,Blue Heron,,,,\n")
    bring(database)
    with database.writing() as session:
        Visits(session).check_in("v1", rep="r1", at=AT, position=None, customer="103", jobs=jobs)
    undone = take_back(database)
    assert (undone.state, undone.kept) == ("undone", ("Blue Heron",))
    assert names(database) == ["Bella Vista", "Blue Heron"]
    with database.reading() as session:
        assert Customers(session).get("101").phone is None
    with pytest.raises(errors.ImportDiffers):
        take_back(database)


def test_what_a_person_changed_since_stays(database: Database, rep: str) -> None:
    with database.writing() as session:
        Customers(session).put("101", "Bella Vista", (), None, None, None, None)
    look(database, HUBSPOT)
    bring(database)
    with database.writing() as session:
        Customers(session).put("101", "Bella Vista", (), "Elsewhere", None, None, "617 555 0100")
    assert take_back(database).kept == ("Bella Vista",)
    with database.reading() as session:
        assert Customers(session).get("101").phone == "+16175550100"


def test_applying_twice_is_once(database: Database, rep: str) -> None:
    look(database, HUBSPOT)
    assert bring(database).new == bring(database).new == 2
    with pytest.raises(errors.ImportDiffers):
        look(database, SALESFORCE)


def test_a_person_says_which_column_it_is(database: Database, rep: str) -> None:
    strange = "Bezeichner;Ruf\nAdler Apotheke;030 123456\n"
    assert look(database, strange).asks == ("name",)
    with pytest.raises(errors.BadSheet, match="Bezeichner, Ruf"):
        bring(database)
    seen = look(database, strange, name="Bezeichner", phone="Ruf")
    assert (seen.new, seen.columns) == (1, {"name": "Bezeichner", "phone": "Ruf"})
    with database.writing() as session:
        again = Imports(session).choose("i1", {"phone": ""})
    assert again.columns == {"name": "Bezeichner"}
    with pytest.raises(errors.BadSheet, match="no column 'Nope'"):
        look(database, strange, name="Nope")
    with pytest.raises(errors.BadSheet, match="'colour'"):
        look(database, strange, colour="Ruf")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding(encoding: str) -> None:
    text = "Kunde\tOrt\n" + "Müller & Söhne Bäckerei\tKöln\nGaststätte Größenwahn\tDüsseldorf\n" * 3
    sheet = read_sheet(text.encode(encoding))
    assert sheet.rows[0] == ("Müller & Söhne Bäckerei", "Köln")


def test_another_alphabet_is_told_by_its_letters() -> None:
    rows = "Аптека на Невском;Санкт-Петербург\nКофейня у моста;Москва\n" * 10
    assert read_sheet(("Клиент;Город\n" + rows).encode("cp1251")).rows[0][0] == "Аптека на Невском"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"name\n", b"\x00\x01\x02", "név,".encode("utf-16")])
def test_no_table_at_all(database: Database, rep: str, data: bytes) -> None:
    with pytest.raises(errors.BadSheet):
        look(database, data)


def test_a_header_with_a_slip_is_known() -> None:
    assert guess(["Acount Name", "E-Mail", "Telefone", "Notes"]) == {"name": 0, "email": 1, "phone": 2}
    assert "name" not in guess(["Notes", "Colour"], NAMES)


def test_lines_with_trouble_are_told_and_the_others_come(database: Database, rep: str) -> None:
    seen = look(database, 'name,lat,lon,phone\n,1,2,\nOak,north,2,call me\nElm,91,0,\nAsh,"4,5",7\n')
    assert [(each.line, each.code) for each in seen.troubles] == [
        (2, "no_name"),
        (3, "bad_position"),
        (3, "odd_phone"),
        (4, "bad_position"),
    ]
    assert seen.new == 3
    bring(database)
    assert names(database) == ["Ash", "Elm", "Oak"]


def test_ten_thousand_duplicates_are_one_customer(database: Database, rep: str) -> None:
    look(database, HUBSPOT)
    bring(database)
    lines = "".join(f"Bella Vista Trattoria LLC,617 555 0142,buyer {n % 3}\n" for n in range(10_000))
    seen = look(database, "name,phone,contact\n" + lines, "i2")
    assert (seen.rows, seen.new, seen.filled, seen.duplicate_count) == (10_000, 0, 1, 1)
    bring(database, "i2")
    assert len(names(database)) == 2
    with database.reading() as session:
        assert len(Customers(session).get("101").contacts) == 3


def test_branches_of_one_name_are_not_duplicates(database: Database, rep: str) -> None:
    two = "name,address\nThe Otter,1 Harbour Street\nThe Otter,99 Hill Road\n"
    assert look(database, two).new == 2
    bring(database)
    assert look(database, two.replace("99 Hill Road", "99 Hill Rd"), "i2").new == 0
    assert look(database, "name,address\nOtter Ltd,7 Station Square\n", "i3").new == 1


def test_two_lines_may_be_one_customer_unless_they_have_numbers(database: Database, rep: str) -> None:
    seen = look(database, "name,address,phone\nOak Ltd,1 Main Street,\nOak,1 Main St,617 555 0142\n")
    assert (seen.new, seen.duplicates[0].known_name) == (1, "Oak Ltd")
    bring(database)
    with database.reading() as session:
        assert Lookup(session).by_name("oak").items[0].customer.phone == "+16175550142"
    assert look(database, "id,name\n1,Elm\n2,Elm\n", "i2").new == 2


def test_products(database: Database, rep: str) -> None:
    with database.writing() as session:
        Catalogue(session).put_product("s1", "Haze", (), "keg", 100.0)
    listed = "SKU;Product name;Unit price\ns1;Haze IPA;€1.234,50\ns2;Tonic;ask\n;;1\n"
    seen = look(database, listed, kind="products")
    assert (seen.new, seen.trouble_count) == (2, 2)
    bring(database)
    with database.reading() as session:
        assert {each.id: each.price for each in Catalogue(session).products()} == {"s1": 1234.5, "s2": None}
    take_back(database)
    with database.reading() as session:
        (haze,) = Catalogue(session).products()
    assert (haze.name, haze.unit, haze.price) == ("Haze", "keg", 100.0)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("12.5", 12.5), ("12,50", 12.5), ("1,234", 1234.0), ("$1,234.50", 1234.5), ("free", None), ("-3", None)],
)
def test_prices_as_people_write_them(cell: str, value: float | None) -> None:
    assert amount(cell) == value
