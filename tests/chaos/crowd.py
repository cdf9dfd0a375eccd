"""A made-up company with hundreds of thousands of customers whose names tell them apart, and what people type
who look for one of them: cut short, misspelt, misheard, by nickname or former name, by number, mail, place.

People's and places' names are Faker's; businesses are put together from them. Same seed, same crowd.
"""

# ruff: noqa: SIM905

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator

import msgspec
from faker.providers.address.en_US import Provider as Places
from faker.providers.person.de_DE import Provider as German
from faker.providers.person.en_US import Provider as English
from faker.providers.person.es_ES import Provider as Spanish
from faker.providers.person.fr_FR import Provider as French
from nicknames import NickNamer

from storage.finding.naming import fold
from storage.records import Contact, Customer
from storage.seeding import CITIES

LASTS = tuple(
    dict.fromkeys([name for each in (English, German, Spanish, French) for name in each.last_names])
)
FIRSTS = tuple(dict.fromkeys([name for each in (English, German, French) for name in each.first_names]))
KINDS = tuple(
    "Tavern Bistro Market Grill Clinic Bakery Taproom Deli Hotel Kitchen Garage Pharmacy Nursery Dental "
    "Optics Plumbing Roofing Logistics Catering Brewery Printing Hardware Florist Cycles Motors "
    "Veterinary Joinery Electrical Dairy Butchers Fisheries Vineyards Interiors Security "
    "Cleaning Textiles".split()
)
COLOURS = tuple(
    "Brass Golden Silver Copper Crimson Blue Green White Black Amber Rusty Quiet Merry Wandering Laughing "
    "Sleeping Flying Dancing Lonely Hungry Thirsty Broken Crooked Painted Velvet Iron Stone Glass Paper Wild "
    "Royal Humble Lucky Gentle Roaring Salty Sunny Frosty Misty Hidden".split()
)
THINGS = tuple(
    "Otter Heron Badger Falcon Lantern Anchor Kettle Barrel Compass Thistle Acorn Willow Magpie Raven Stag "
    "Pheasant Trout Salmon Beacon Harbour Mill Bridge Orchard Meadow Chestnut Hazel Juniper Saffron Pepper "
    "Candle Feather Saddle Hammer Plough Wagon Ferry Lighthouse Windmill Gooseberry Tulip".split()
)
LEGAL = ("", "", "", " Ltd", " Inc", " LLC", " GmbH", " & Sons", " Group")
COUNTRIES = (("1", 10, "US"), ("44", 10, "GB"), ("49", 10, "DE"), ("33", 9, "FR"), ("34", 9, "ES"))
MISHEARD = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        ("ph", "f"), ("ck", "k"), ("c(?=[eiy])", "s"), ("sch", "sh"), ("tz", "ts"), ("ie", "ee"), ("ei", "y"),
        ("ou", "ow"), ("oo", "u"), ("gh", ""), ("qu", "kw"), ("x", "ks"), ("(?<=[aeiou])y", "i"), ("kn", "n"),
        ("wr", "r"), ("mb\\b", "m"), ("ea", "ee"), ("ey\\b", "y"), ("er\\b", "a"), ("ll", "l"), ("tt", "t"),
        ("ss", "s"), ("nn", "n"), ("rr", "r"), ("c(?=[aou])", "k"), ("z", "s"), ("v", "w"), ("d\\b", "t"),
        ("b\\b", "p"), ("th", "t"), ("ai", "ay"), ("e\\b", ""), ("i", "e"), ("o", "u"),
    )
)  # fmt: skip
"""How a listener writes what sounds alike; by hand, not from the sound keys that the lookup uses."""


class Question(msgspec.Struct, frozen=True):
    """What is typed (or `lat,lon` for a place on the map), and whom it means."""

    text: str
    right: str


class Crowd:
    def __init__(self, count: int, seed: int = 11) -> None:
        self.chance = random.Random(seed)
        self.nicks = {name: sorted(nicks) for name, nicks in NickNamer().nickname_lookup.items()}
        self.customers = list(self._customers(count))
        self.names = [(each.id, fold(each.name)) for each in self.customers]
        self.people = Counter(fold(one.name) for each in self.customers for one in each.contacts)

    def _customers(self, count: int) -> Iterator[Customer]:
        taken: set[str] = set()
        while len(taken) < count:
            name = self._business()
            if fold(name) in taken:
                continue
            taken.add(fold(name))
            yield self._customer(len(taken) - 1, name)

    def _business(self) -> str:
        pick = self.chance.choice
        form = self.chance.random()
        if form < 0.30:
            return f"{pick(LASTS)} & {pick(LASTS)} {pick(KINDS)}"
        if form < 0.60:
            return f"{pick(FIRSTS)} {pick(LASTS)} {pick(KINDS)}{pick(LEGAL)}"
        if form < 0.80:
            return f"The {pick(COLOURS)} {pick(THINGS)} {pick(KINDS)} of {self._town()}"
        return f"{pick(LASTS)} {pick(KINDS)} {self._town()}"

    def _town(self) -> str:
        return f"{self.chance.choice(LASTS)}{self.chance.choice(Places.city_suffixes)}"

    def _customer(self, number: int, name: str) -> Customer:
        ident, chance = f"crowd-{number}", self.chance
        lat, lon = CITIES[number % len(CITIES)]
        street = f"{chance.randrange(1, 999)} {chance.choice(LASTS)} {chance.choice(Places.street_suffixes)}"
        domain = fold(name).replace(" ", "")[:20]
        return Customer(
            id=ident,
            name=name,
            aliases=(self._business(),) if chance.random() < 0.3 else (),
            address=f"{street}, {chance.randrange(10_000, 99_999)} {self._town()}",
            lat=round(lat + chance.gauss(0, 0.12), 6),
            lon=round(lon + chance.gauss(0, 0.12), 6),
            phone=self._number(),
            contacts=tuple(self._person(ident, f"p{which}", domain) for which in range(3)),
        )

    def _person(self, customer: str, ident: str, domain: str) -> Contact:
        first, last = self.chance.choice(FIRSTS), self.chance.choice(LASTS)
        mail = f"{fold(first)}.{fold(last)}@{domain}.example".replace(" ", "")
        return Contact(
            id=ident,
            customer=customer,
            name=f"{first} {last}",
            role="owner",
            phone=self._number(),
            email=mail,
        )

    def _number(self) -> str:
        code, length, _ = self.chance.choice(COUNTRIES)
        return f"+{code}{self.chance.randrange(2 * 10 ** (length - 1), 10**length)}"

    def questions(self, count: int) -> dict[str, list[Question]]:
        kinds: dict[str, Callable[[Customer], str | None]] = {
            "fragment": self._fragment,
            "misspelt": lambda each: self._slip(each.name),
            "misheard": lambda each: self._misheard(each.name),
            "nickname": self._nickname,
            "person misspelt": lambda each: self._alone(each, self._slip),
            "former name": lambda each: self._slip(each.aliases[0]) if each.aliases else None,
            "phone, any form": lambda each: self._written(each.contacts[0].phone or ""),
            "phone, a part": lambda each: self._digits(each.phone or ""),
            "e-mail": lambda each: self._mail(each.contacts[1].email or ""),
            "address": lambda each: self._street(each.address or ""),
            "place": self._beside,
        }
        asked: dict[str, list[Question]] = {kind: [] for kind in kinds}
        for kind, ask in kinds.items():
            while len(asked[kind]) < count:
                each = self.chance.choice(self.customers)
                text = ask(each)
                if text is not None:
                    asked[kind].append(Question(text, each.id))
        return asked

    def _fragment(self, each: Customer) -> str | None:
        """Some of its words, cut short, as long as at most three customers have them all."""
        words = [word for word in fold(each.name).split() if len(word) > 3]
        if len(words) < 2:
            return None
        parts = [word[: self.chance.randrange(4, len(word) + 1)] for word in self.chance.sample(words, 2)]
        fits = [name for _, name in self.names if all(part in name for part in parts)]
        return " ".join(parts) if len(fits) <= 3 else None

    def _slip(self, name: str) -> str:
        """A slip in its longest word, and one more in another of a long name."""
        words = name.split()
        order = sorted(range(len(words)), key=lambda at: -len(words[at]))
        for at in order[: 1 if len(name) < 12 else 2]:
            words[at] = self._mistyped(words[at])
        return " ".join(words)

    def _mistyped(self, word: str) -> str:
        at = self.chance.randrange(1, max(2, len(word) - 1))
        letter = self.chance.choice("aeiourstlnmdk")
        return self.chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            )
        )

    def _misheard(self, name: str) -> str | None:
        heard, changes = fold(name), 0
        for pattern, other in self.chance.sample(MISHEARD, len(MISHEARD)):
            other_way = pattern.sub(other, heard, count=1)
            if other_way != heard:
                heard, changes = other_way, changes + 1
            if changes == 3:
                return heard
        return heard if changes else None

    def _nickname(self, each: Customer) -> str | None:
        first, _, last = each.contacts[0].name.partition(" ")
        nicks = self.nicks.get(first.lower())
        if not nicks or self.people[fold(each.contacts[0].name)] > 1:
            return None
        return f"{self.chance.choice(nicks)} {last}"

    def _alone(self, each: Customer, how: Callable[[str], str]) -> str | None:
        name = each.contacts[2].name
        return how(name) if self.people[fold(name)] == 1 else None

    def _written(self, phone: str) -> str:
        code = next(code for code, _, _ in COUNTRIES if phone.startswith(f"+{code}"))
        rest = phone[1 + len(code) :]
        parted = f"{rest[:3]} {rest[3:6]}-{rest[6:]}"
        forms = [
            f"+{code} {parted}",
            f"00{code}{rest}",
            f"011 {code} {parted}",
            f"({rest[:3]}) {rest[3:]}",
            rest,
        ]
        forms += [f"+{code} (0){rest[:3]}/{rest[3:]}", f"0{parted}"] if code != "1" else [f"1-{parted}"]
        return self.chance.choice(forms)

    def _digits(self, phone: str) -> str:
        at = self.chance.randrange(1, len(phone) - 7)
        return self.chance.choice((phone[-8:], phone[at : at + 8].strip("+")))

    def _mail(self, mail: str) -> str:
        before, _, domain = mail.partition("@")
        return self.chance.choice((mail, mail.upper(), f"{before}@{domain[:6]}", self._mistyped(mail)))

    def _street(self, address: str) -> str:
        street, _, town = address.partition(", ")
        return self.chance.choice((address, street + " " + town.split()[1][:5], self._slip(address)))

    def _beside(self, each: Customer) -> str:
        """Some steps off its door."""
        lat, lon = (
            (each.lat or 0) + self.chance.gauss(0, 0.0001),
            (each.lon or 0) + self.chance.gauss(0, 0.0001),
        )
        return f"{lat:.6f},{lon:.6f}"
