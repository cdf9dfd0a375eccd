"""Customers and their people as vCards (RFC 2426), so that a ringing phone shows a name."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec
import vobject

from storage.records import Contact, Customer


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One vCard; `etag` changes exactly when its text does."""

    uid: str
    text: str

    @property
    def etag(self) -> str:
        return f'"{sha256(self.text.encode()).hexdigest()[:32]}"'


def cards(book: Iterable[Customer], address: str) -> Iterator[Card]:
    """A card for each person, and one for the house where it has a number; `address` is the app's."""
    for customer in book:
        if customer.phone:
            yield card(customer, None, address)
        for contact in customer.contacts:
            if contact.phone or contact.email:
                yield card(customer, contact, address)


def card(customer: Customer, contact: Contact | None, address: str) -> Card:
    uid = f"{customer.id}.{contact.id}" if contact else customer.id
    written = vobject.vCard()
    written.add("uid").value = f"rounds-{uid}"
    written.add("fn").value = contact.name if contact else customer.name
    written.add("n").value = name(contact.name) if contact else vobject.vcard.Name()
    written.add("org").value = [customer.name]
    if contact is None:
        written.add("x-abshowas").value = "COMPANY"
    elif contact.role:
        written.add("title").value = contact.role
    phone, email = (contact.phone, contact.email) if contact else (customer.phone, None)
    if phone:
        number = written.add("tel")
        number.value, number.type_param = phone, "WORK"
    if email:
        mail = written.add("email")
        mail.value, mail.type_param = email, ["INTERNET", "WORK"]
    if customer.address:
        street = written.add("adr")
        street.value, street.type_param = vobject.vcard.Address(street=customer.address), "WORK"
    written.add("url").value = f"{address}/customers/{customer.id}"
    return Card(uid=uid, text=str(written.serialize()))


def name(whole: str) -> vobject.vcard.Name:
    """The last word is the family's, for the phone's sorting; `FN` has the name as the company writes it."""
    given, _, family = whole.rpartition(" ")
    return vobject.vcard.Name(family=family, given=given)
