"""Which column holds what, guessed from its header: our own names, those of HubSpot and Salesforce, and what
people write over a list of customers in English, German, Spanish and French."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from storage.errors import BadSheet
from storage.sheets.reading import key

DATA = re.compile(r"@|\d{4}")
"""What stands in a line about somebody and in no name of a column."""
LIKE = 90.0
"""Likeness, of 100, of a header with a letter wrong."""

NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "customer id", "account id", "record id", "company id", "hs object id", "customer number",
           "account number", "customer no", "kundennummer", "kunden nr",
           "numero de cliente", "numero client"),
    "name": ("name", "customer", "customer name", "company", "company name", "account", "account name",
             "associated company", "firma", "kunde", "kundenname", "empresa", "cliente", "razon social",
             "entreprise", "client", "societe"),
    "aliases": ("aliases", "alias", "also known as", "nickname", "short name", "kurzname"),
    "address": ("address", "full address", "adresse", "direccion"),
    "street": ("street", "street address", "billing street", "shipping street", "mailing street", "strasse",
               "calle", "rue"),
    "city": ("city", "town", "billing city", "shipping city", "mailing city", "ort", "stadt", "ciudad",
             "ville"),
    "state": ("state", "state region", "province", "billing state province", "billing state", "mailing state",
              "bundesland", "provincia"),
    "postcode": ("postcode", "postal code", "zip", "zip code", "billing zip postal code",
                 "billing postal code", "mailing zip postal code", "plz", "codigo postal", "code postal"),
    "country": ("country", "country region", "billing country", "mailing country", "land", "pais", "pays"),
    "lat": ("lat", "latitude", "breitengrad", "latitud", "billing latitude"),
    "lon": ("lon", "lng", "long", "longitude", "laengengrad", "langengrad", "longitud", "billing longitude"),
    "phone": ("phone", "phone number", "company phone", "account phone", "telephone", "tel", "telefon",
              "telefono", "telephone number"),
    "contact_id": ("contact id", "person id"),
    "contact": ("contact", "contact name", "full name", "person", "ansprechpartner", "contacto"),
    "first_name": ("first name", "firstname", "given name", "vorname", "nombre", "prenom"),
    "last_name": ("last name", "lastname", "surname", "family name", "nachname", "apellido", "apellidos",
                  "nom"),
    "role": ("role", "title", "job title", "position", "funktion", "cargo", "fonction"),
    "contact_phone": ("contact phone", "mobile", "mobile phone", "mobile phone number", "direct phone",
                      "handy", "movil", "portable"),
    "email": ("email", "e mail", "email address", "contact email", "mail", "correo", "courriel"),
}  # fmt: skip
PRODUCTS: dict[str, tuple[str, ...]] = {
    "id": ("id", "product id", "sku", "product code", "item number", "article number", "artikelnummer",
           "record id", "hs object id", "referencia", "reference"),
    "name": ("name", "product", "product name", "item", "description", "artikel", "bezeichnung", "producto",
             "produit"),
    "aliases": ("aliases", "alias", "also known as", "short name"),
    "unit": ("unit", "unit of measure", "uom", "einheit", "unidad", "unite", "quantity unit of measure"),
    "price": ("price", "unit price", "list price", "preis", "precio", "prix", "standard price"),
}  # fmt: skip


def guess(columns: Sequence[str], names: dict[str, tuple[str, ...]] = NAMES) -> dict[str, int]:
    """The column of each field that has one; the exact header wins over one with a slip."""
    chosen: dict[str, int] = {}
    headers = [key(column) for column in columns]
    for exact in (True, False):
        for field, known in names.items():
            if field in chosen:
                continue
            at = same(headers, known) if exact else alike(headers, known)
            if at is not None and at not in chosen.values():
                chosen[field] = at
    return chosen


def same(headers: Sequence[str], known: Sequence[str]) -> int | None:
    return next((headers.index(name) for name in known if name in headers), None)


def alike(headers: Sequence[str], known: Sequence[str]) -> int | None:
    best = max(
        ((score, at) for at, header in enumerate(headers) if header
         for _, score, _ in [process.extractOne(header, known, scorer=fuzz.ratio)]),
        default=(0.0, 0),
    )  # fmt: skip
    return best[1] if best[0] >= LIKE else None


def chosen_columns(
    columns: Sequence[str], said: dict[str, str], names: dict[str, tuple[str, ...]]
) -> dict[str, int]:
    """The guess, with what a person said over it (field: header, empty for none); a name may be missing, and
    somebody is asked then. Raises BadSheet."""
    chosen = guess(columns, names)
    for field, header in said.items():
        if field not in names:
            raise BadSheet(f"'{field}' is nothing that a column can hold here.")
        chosen.pop(field, None)
        if header:
            if header not in columns:
                raise BadSheet(f"The file has no column '{header}'.")
            chosen[field] = columns.index(header)
    if not chosen and any(map(DATA.search, columns)):
        raise BadSheet(
            "The first line looks like a line of data; put a line with the names of the columns over it."
        )
    return chosen


def named(columns: dict[str, int], headers: Sequence[str]) -> dict[str, int]:
    """Raises BadSheet when nobody has said which column holds the name."""
    if "name" not in columns:
        seen = ", ".join(filter(None, headers)) or "none"
        raise BadSheet(f"No column is known to hold the name; the file has: {seen}. Say which it is.")
    return columns
