"""A read-only CardDAV address book (RFC 6352): the few properties that iOS, Android and Thunderbird ask for.

No request's XML is trusted with entities; what is not known here is answered as not found, as RFC 4918 wants.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from urllib.parse import quote, unquote
from xml.etree import ElementTree as ET

from api.feeds.cards import Card

ROOT = "/dav/"
PRINCIPAL = f"{ROOT}me/"
BOOK = f"{ROOT}me/customers/"
DAV, CARDDAV, CALENDARSERVER = "{DAV:}", "{urn:ietf:params:xml:ns:carddav}", "{http://calendarserver.org/ns/}"
for prefix, space in (("d", DAV), ("card", CARDDAV), ("cs", CALENDARSERVER)):
    ET.register_namespace(prefix, space[1:-1])

Property = Callable[[ET.Element], None]
Properties = Mapping[str, Property]


class BadXml(ValueError):
    """A body that is no XML, or brings entities of its own."""


def read(body: bytes) -> ET.Element | None:
    """The request's tree; None when there is none, which asks for all. Raises BadXml."""
    if not body.strip():
        return None
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise BadXml
    try:
        return ET.fromstring(body)  # noqa: S314 - entities are refused above
    except ET.ParseError as error:
        raise BadXml from error


def propfind(path: str, depth: str, body: bytes, book: Sequence[Card]) -> bytes | None:
    """What is asked of this address, and with depth 1 of what lies in it; None when nothing lies there."""
    wanted = asked(read(body))
    found = described(path, book)
    if found is None:
        return None
    answers: list[tuple[str, Properties | None]] = [(path, found)]
    if depth != "0":
        answers += children(path, book)
    return multistatus(answers, wanted)


def report(body: bytes, book: Sequence[Card]) -> bytes:
    """Cards with their text: those that a multiget names, all for a query."""
    tree = read(body)
    wanted = asked(tree)
    named = [unquote(each.text or "") for each in tree.iter(f"{DAV}href")] if tree is not None else []
    at = {address(card): card for card in book}
    chosen = {href: at.get(href) for href in named} if named else dict(at)
    answers = [(href, of_card(card) if card else None) for href, card in chosen.items()]
    return multistatus(answers, wanted)


def described(path: str, book: Sequence[Card]) -> Properties | None:
    if path in (ROOT, PRINCIPAL, "/.well-known/carddav"):
        return of_principal(path)
    if path == BOOK:
        return of_book(book)
    return next((of_card(card) for card in book if address(card) == path), None)


def children(path: str, book: Sequence[Card]) -> list[tuple[str, Properties | None]]:
    if path == ROOT:
        return [(PRINCIPAL, of_principal(PRINCIPAL))]
    if path == PRINCIPAL:
        return [(BOOK, of_book(book))]
    return [(address(card), of_card(card)) for card in book] if path == BOOK else []


def address(card: Card) -> str:
    return f"{BOOK}{card.uid}.vcf"


def of_principal(path: str) -> Properties:
    kinds = (f"{DAV}collection", f"{DAV}principal") if path == PRINCIPAL else (f"{DAV}collection",)
    return {
        f"{DAV}resourcetype": empty(*kinds),
        f"{DAV}displayname": plain("Rounds"),
        f"{DAV}current-user-principal": link(PRINCIPAL),
        f"{DAV}principal-URL": link(PRINCIPAL),
        f"{CARDDAV}addressbook-home-set": link(PRINCIPAL),
    }


def of_book(book: Sequence[Card]) -> Properties:
    state = sha256("".join(sorted(card.etag for card in book)).encode()).hexdigest()[:32]
    return {
        f"{DAV}resourcetype": empty(f"{DAV}collection", f"{CARDDAV}addressbook"),
        f"{DAV}displayname": plain("Customers"),
        f"{DAV}current-user-principal": link(PRINCIPAL),
        f"{DAV}current-user-privilege-set": privileges,
        f"{DAV}supported-report-set": reports,
        f"{CALENDARSERVER}getctag": plain(state),
        f"{CARDDAV}supported-address-data": address_data,
    }


def of_card(card: Card) -> Properties:
    return {
        f"{DAV}resourcetype": empty(),
        f"{DAV}getetag": plain(card.etag),
        f"{DAV}getcontenttype": plain("text/vcard; charset=utf-8"),
        f"{CARDDAV}address-data": plain(card.text),
    }


def asked(tree: ET.Element | None) -> tuple[str, ...]:
    """Names of the properties; none is all of them."""
    inside = tree.find(f"{DAV}prop") if tree is not None else None
    return tuple(each.tag for each in inside) if inside is not None else ()


def multistatus(answers: Iterable[tuple[str, Properties | None]], wanted: Sequence[str]) -> bytes:
    root = ET.Element(f"{DAV}multistatus")
    for href, properties in answers:
        response = ET.SubElement(root, f"{DAV}response")
        ET.SubElement(response, f"{DAV}href").text = quote(href)
        if properties is None:
            ET.SubElement(response, f"{DAV}status").text = "HTTP/1.1 404 Not Found"
            continue
        names = wanted or [name for name in properties if name != f"{CARDDAV}address-data"]
        known = [name for name in names if name in properties]
        stat(response, "200 OK", known, properties)
        stat(response, "404 Not Found", [name for name in names if name not in properties], {})
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def stat(response: ET.Element, status: str, names: Sequence[str], properties: Properties) -> None:
    if not names:
        return
    group = ET.SubElement(response, f"{DAV}propstat")
    inside = ET.SubElement(group, f"{DAV}prop")
    for name in names:
        element = ET.SubElement(inside, name)
        if name in properties:
            properties[name](element)
    ET.SubElement(group, f"{DAV}status").text = f"HTTP/1.1 {status}"


def plain(text: str) -> Property:
    def write(element: ET.Element) -> None:
        element.text = text

    return write


def link(path: str) -> Property:
    def write(element: ET.Element) -> None:
        ET.SubElement(element, f"{DAV}href").text = path

    return write


def empty(*kinds: str) -> Property:
    def write(element: ET.Element) -> None:
        for kind in kinds:
            ET.SubElement(element, kind)

    return write


def privileges(element: ET.Element) -> None:
    """Nobody writes here: customers are changed in the app."""
    ET.SubElement(ET.SubElement(element, f"{DAV}privilege"), f"{DAV}read")


def reports(element: ET.Element) -> None:
    for kind in ("addressbook-multiget", "addressbook-query"):
        supported = ET.SubElement(ET.SubElement(element, f"{DAV}supported-report"), f"{DAV}report")
        ET.SubElement(supported, f"{CARDDAV}{kind}")


def address_data(element: ET.Element) -> None:
    ET.SubElement(element, f"{CARDDAV}address-data-type", {"content-type": "text/vcard", "version": "3.0"})
