"""Whether two customers may be one: by number, mail or name, or by names that sound alike in one place.

Splink was not taken: it needs an SQL engine of its own for what a few keys and a likeness decide.
"""

from speech.phonetics import similarity
from storage.finding.naming import fold, sounds
from storage.records import Customer, Record
from storage.sheets.matching import core, place_from, same_spot

MOST_ALIKE = 30
"""Customers with one key in common that are compared; a key that more have tells nothing."""
SAME_NUMBER = 0.5
"""Likeness of two names, 0..1, with which one number or mail is one customer."""
SAME_NAME = 0.86
"""The same without a number in common."""


class Pair(Record, frozen=True, kw_only=True):
    """Two customers that may be one, and why: `phone`, `email`, `name`, `sound`, `place`."""

    one: Customer
    other: Customer
    why: tuple[str, ...]
    likeness: float


def keys(each: Customer) -> set[str]:
    """What two records of one customer have in common, more often than not."""
    numbers = {each.phone, *(person.phone for person in each.contacts)} - {None}
    mails = {person.email.casefold() for person in each.contacts if person.email}
    name = core(each.name)
    words = sorted(name.split(), key=len, reverse=True)
    heard = sounds(words[0])[:1] if words else ()
    spot = () if each.lat is None or each.lon is None else (f"{each.lat:.2f},{each.lon:.2f}",)
    found = {f"phone {number}" for number in numbers} | {f"mail {mail}" for mail in mails}
    found |= {f"name {name}", f"sounds {' '.join(sorted(sounds(name)))}"}
    return found | {f"near {place} {sound}" for place in spot for sound in heard}


def compared(one: Customer, other: Customer) -> Pair | None:
    """None when they are two."""
    name, its = core(one.name), core(other.name)
    likeness = similarity(name, its)
    why = [
        reason
        for reason, shared in (
            ("phone", numbers_of(one) & numbers_of(other)),
            ("email", mails_of(one) & mails_of(other)),
        )
        if shared
    ]
    if why and likeness < SAME_NUMBER:
        return None
    alike = name == its or likeness >= SAME_NAME or set(sounds(name)) == set(sounds(its))
    if not why and not (alike and same_spot(place_from(one), place_from(other))):
        return None
    if alike:
        why.append("name" if fold(name) == fold(its) or likeness >= SAME_NAME else "sound")
    if None not in (one.lat, other.lat) and same_spot(place_from(one), place_from(other)):
        why.append("place")
    return Pair(one=one, other=other, why=tuple(why), likeness=round(likeness, 3))


def numbers_of(each: Customer) -> set[str]:
    return {number for number in (each.phone, *(person.phone for person in each.contacts)) if number}


def mails_of(each: Customer) -> set[str]:
    return {person.email.casefold() for person in each.contacts if person.email}
