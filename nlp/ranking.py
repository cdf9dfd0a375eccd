"""One joint decision on the customer: where the phone was, whose name was said, who was met.

Logarithms of odds add up; the weights are what each kind of evidence is worth against a wrong neighbour.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

from nlp.types import Context, KnownCustomer
from speech.phonetics import similarity, tokens

FLOOR = 0.003
"""Share that position leaves to a place it does not point at: reps dictate a street further, or at home."""
WEAK = 0.25
"""Exponent on a weak fix's shares: it is a hint."""
NAME, PERSON, GIVEN = 7.0, 6.0, 3.0
"""Log-odds of a customer's name, of a person's whole name, of a given name."""
LIKE = 0.8
"""Likeness from which a spoken name speaks for a record."""


class Standing(NamedTuple):
    customer: str
    probability: float
    named: float
    """Log-odds from names alone; 0 when only the position speaks for it."""


LEADS = {"the", "dr", "mr", "mrs", "ms", "miss", "prof", "doctor"}
"""Words before a name that are not the name."""


def plain(name: str) -> str:
    """A name for comparison: without case, accents, marks, a leading article or title."""
    found = tokens(name)
    return " ".join(found[1:] if len(found) > 1 and found[0] in LEADS else found)


def _named(customer: KnownCustomer, spoken: str) -> float:
    """Likeness of the spoken name with the closest of the customer's names, 0..1."""
    said = plain(spoken)
    names = [plain(n) for n in (customer.name, *customer.aliases)]
    if said in names:
        return 1.0
    best = max((similarity(said, n) for n in names), default=0.0)
    return best if best >= LIKE else 0.0


def person_fit(known: str, spoken: str) -> float:
    """1 for the whole name, 0.5 for the given name alone (0.45 the family name), by sound too."""
    mine, said = plain(known), plain(spoken)
    if mine == said:
        return 1.0
    if len(said.split()) > 1:
        whole = similarity(mine, said)
        return whole if whole >= LIKE + 0.04 else 0.0
    parts = mine.split()
    given, family = similarity(parts[0], said), similarity(parts[-1], said)
    if given >= 0.86 and given >= family:
        return 0.5 * given
    return 0.45 * family if family >= 0.9 and len(parts) > 1 else 0.0


def _people(customer: KnownCustomer, people: Iterable[tuple[str, float]]) -> float:
    """Evidence of the people: the best fit of each counts once."""
    total = 0.0
    for spoken, weight in people:
        fit = max((person_fit(p.name, spoken) for p in customer.contacts), default=0.0)
        total += weight * (PERSON * fit if fit > 0.5 else GIVEN * fit * 2)
    return min(total, PERSON + GIVEN)


def rank(
    context: Context, places: Iterable[tuple[str, float]], people: Iterable[tuple[str, float]]
) -> list[Standing]:
    """Every customer of the context with its share, the likeliest first; weights are 0..1."""
    places, people = list(places), list(people)
    scores: list[tuple[float, float, KnownCustomer]] = []
    placed = any(c.place_probability > 0 for c in context.customers)
    for customer in context.customers:
        prior = max(customer.place_probability, FLOOR)
        log_prior = math.log(prior) * (WEAK if context.weak_position else 1.0) if placed else 0.0
        named = min(sum(NAME * weight * _named(customer, spoken) for spoken, weight in places), 1.5 * NAME)
        named += _people(customer, people)
        scores.append((log_prior + named, named, customer))
    top = max((s for s, _, _ in scores), default=0.0)
    total = sum(math.exp(s - top) for s, _, _ in scores) or 1.0
    standings = [Standing(c.id, math.exp(s - top) / total, named) for s, named, c in scores]
    return sorted(standings, key=lambda s: -s.probability)
