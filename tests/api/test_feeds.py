"""The calendar and the address book that other programs read, with a device's token as the password."""

from base64 import b64encode
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import vobject

from api.feeds.calendar import write_calendar
from storage.pages.agenda import Meeting
from storage.records import Promise

from .conftest import As, Client

D = "{DAV:}"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
FIND = """<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop>
<d:resourcetype/><d:getetag/><c:addressbook-home-set/><d:current-user-principal/><d:quota/></d:prop></d:propfind>"""


def basic(as_: As, who: str = "rep") -> dict[str, str]:
    token = as_(who)["Authorization"].removeprefix("Bearer ")
    return {"Authorization": "Basic " + b64encode(f"anybody:{token}".encode()).decode()}


def promise(**changed: object) -> Promise:
    fields = {
        "id": "q", "visit": "v1", "customer": "c1", "customer_name": "Bella Vista", "action": "send a quote",
        "owner": "us", "due": "2026-03-13", "said_at": NOW, "done_at": None, "evidence": (),
            "holder": "rep", "holder_name": "Dana Whitfield",
    }  # fmt: skip
    return Promise(**(fields | changed))  # type: ignore[arg-type]


def test_the_calendar_shows_days_and_times_of_the_companys_zone() -> None:
    meetings = [
        Meeting(visit="v1", customer_name="Bella Vista", at="2026-03-17T10:30"),
        Meeting(visit="v2", customer_name="Müller, Sohn; & Co", at="2026-03-18"),
    ]
    promises = [promise(), promise(id="r", owner="customer", due=None), promise(id="s", owner="customer")]
    text = write_calendar(meetings, promises, "America/New_York", "https://rounds.example", NOW)
    events = vobject.readOne(text).vevent_list
    assert [event.summary.value for event in events] == [
        "Bella Vista",
        "Müller, Sohn; & Co",
        "Send a quote (Bella Vista)",
        "Bella Vista: Send a quote",
    ]
    assert events[0].dtstart.value == datetime(2026, 3, 17, 14, 30, tzinfo=UTC)
    assert [str(event.dtstart.value) for event in events[1:]] == ["2026-03-18", "2026-03-13", "2026-03-13"]
    assert events[2].url.value == "https://rounds.example/visits/v1"


def test_a_program_that_knows_only_passwords_reads_the_calendar(client: Client, as_: As) -> None:
    answer = client.get("/api/calendar.ics", headers=basic(as_))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert vobject.readOne(answer.text).name == "VCALENDAR"


def test_a_key_is_made_for_a_program_and_taken_back(client: Client, as_: As) -> None:
    key = client.post("/api/me/keys", json={"label": "Calendar"}, headers=as_("employee")).json()
    assert key["calendar_url"].endswith("/api/calendar.ics")
    assert key["contacts_url"].endswith("/dav/")
    program = {"Authorization": "Basic " + b64encode(f"emil:{key['password']}".encode()).decode()}
    assert client.get("/api/calendar.ics", headers=program).status_code == 200
    assert client.delete(f"/api/devices/{key['device']}", headers=as_("admin")).status_code == 204
    assert client.get("/api/calendar.ics", headers=program).json()["code"] == "bad_token"


def test_everybody_sees_and_shuts_out_their_own_keys_alone(client: Client, as_: As) -> None:
    key = client.post("/api/me/keys", json={"label": "Calendar"}, headers=as_("rep")).json()
    mine = client.get("/api/me/devices", headers=as_("rep")).json()
    assert [each["label"] for each in mine] == ["Calendar", "test"]
    url = f"/api/me/devices/{key['device']}"
    other = client.delete(url, headers=as_("employee"))
    assert (other.status_code, other.json()["code"]) == (404, "unknown_device")
    assert client.delete(url, headers=as_("rep")).status_code == 204
    assert [each["label"] for each in client.get("/api/me/devices", headers=as_("rep")).json()] == ["test"]


def test_without_a_token_a_password_is_asked_for(client: Client) -> None:
    for path in ("/api/calendar.ics", "/api/contacts.vcf", "/dav/"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (401, "no_token")
        assert answer.headers["www-authenticate"] == 'Basic realm="Rounds"'
    wrong = client.get("/dav/", headers={"Authorization": "Basic " + b64encode(b"me:guess").decode()})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "bad_token")
    assert client.get("/dav/", headers={"Authorization": "Basic ###"}).json()["code"] == "no_token"
    assert client.get("/api/me").headers["www-authenticate"] == "Bearer"


def test_contacts_come_as_one_file(client: Client, as_: As) -> None:
    cards = {card.uid.value: card for card in vobject.readComponents(contacts(client, as_))}
    assert set(cards) == {"rounds-c1", "rounds-c1.p1"}
    marco = cards["rounds-c1.p1"]
    assert (marco.fn.value, marco.n.value.family, marco.title.value) == (
        "Marco Rinaldi",
        "Rinaldi",
        "head chef",
    )
    assert (marco.tel.value, marco.email.value) == ("+16175550143", "marco@bellavista.example")
    assert marco.org.value == ["Bella Vista Trattoria"]
    assert cards["rounds-c1"].fn.value == "Bella Vista Trattoria"


def contacts(client: Client, as_: As) -> str:
    return client.get("/api/contacts.vcf", headers=basic(as_)).text


def test_a_phone_finds_the_address_book(client: Client, as_: As) -> None:
    assert client.get("/.well-known/carddav", follow_redirects=False).headers["location"] == "/dav/"
    principal = hrefs(find(client, as_, "/dav/", 0), f"{D}current-user-principal")
    assert principal == ["/dav/me/"]
    home = hrefs(find(client, as_, "/dav/me/", 0), "{urn:ietf:params:xml:ns:carddav}addressbook-home-set")
    assert home == ["/dav/me/"]
    shelves = find(client, as_, "/dav/me/", 1)
    assert len(shelves.findall(f".//{D}resourcetype/{{urn:ietf:params:xml:ns:carddav}}addressbook")) == 1
    cards = find(client, as_, "/dav/me/customers/", 1)
    assert len(cards.findall(f".//{D}getetag")) == 2 + 1  # two cards, and one 'not found' on the book itself
    missing = [each for each in cards.iter(f"{D}propstat") if "404" in (each.findtext(f"{D}status") or "")]
    assert all(each.find(f"{D}prop/{D}quota") is not None for each in missing)


def find(client: Client, as_: As, path: str, depth: int) -> ET.Element:
    headers = {**basic(as_), "Depth": str(depth)}
    answer = client.request("PROPFIND", path, headers=headers, content=FIND)
    assert answer.status_code == 207
    return ET.fromstring(answer.content)


def hrefs(tree: ET.Element, inside: str) -> list[str | None]:
    return [each.text for each in tree.findall(f".//{inside}/{D}href")]


def test_cards_are_read_together_and_alone(client: Client, as_: As) -> None:
    card = "/dav/me/customers/c1.p1.vcf"
    wanted = f"""<c:addressbook-multiget xmlns:c="urn:ietf:params:xml:ns:carddav" xmlns:d="DAV:">
    <d:prop><d:getetag/><c:address-data/></d:prop><d:href>{card}</d:href><d:href>/dav/me/customers/x.vcf</d:href>
    </c:addressbook-multiget>"""
    answer = client.request("REPORT", "/dav/me/customers/", headers=basic(as_), content=wanted)
    assert answer.status_code == 207
    tree = ET.fromstring(answer.content)
    text = tree.findtext(".//{urn:ietf:params:xml:ns:carddav}address-data")
    assert text is not None
    assert "FN:Marco Rinaldi" in text
    assert "404" in (tree.findtext(f"{D}response[2]/{D}status") or "")
    alone = client.get(card, headers=basic(as_))
    assert (alone.text, alone.headers["etag"]) == (
        text.replace("\n", "\r\n"),
        tree.findtext(f".//{D}getetag"),
    )


def test_what_an_address_book_does_not_do(client: Client, as_: As) -> None:
    headers = basic(as_)
    assert client.put("/dav/me/customers/x.vcf", headers=headers, content="x").status_code == 405
    assert client.get("/dav/me/customers/none.vcf", headers=headers).status_code == 404
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert client.request("PROPFIND", "/dav/", headers=headers, content=bomb).status_code == 400
    assert client.request("PROPFIND", "/dav/", headers=headers, content="<x").status_code == 400
    assert client.request("PROPFIND", "/dav/none/", headers=headers, content="").status_code == 404
    assert "addressbook" in client.options("/dav/", headers=headers).headers["dav"]
