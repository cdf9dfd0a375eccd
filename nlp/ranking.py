"""One joint decision on the customer: where the phone was, whose name was said, who was met.

Logarithms of odds add up; the weights are what each kind of evidence is worth against a wrong neighbour.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

from nlp.lexicon.names import SHORT
from nlp.types import Context, KnownContact, KnownCustomer
from speech.phonetics import similarity, tokens

FLOOR = 0.003
"""Share that position leaves to a place it does not point at: reps dictate a street further, or at home."""
WEAK = 0.25
"""Exponent on a weak fix's shares: it is a hint."""
NAME, PERSON = 7.0, 6.0
"""Log-odds of a customer's name, of a person's whole name."""
GIVEN = (3.9, 3.0, 2.4)
"""Log-odds of a given or family name alone that people of one, two, more customers have."""
LIKE = 0.8
"""Likeness from which a spoken name speaks for a record."""


class Standing(NamedTuple):
    customer: str
    probability: float
    named: float
    """Log-odds from names alone; 0 when only the position speaks for it."""


LEADS = {
    "the", "dr", "mr", "mrs", "ms", "miss", "prof", "doctor", "professor", "mister", "sir", "madam", "frau",
    "herr", "monsieur", "madame", "mademoiselle", "signor", "signora", "senor", "senora", "don", "dona",
    "father", "sister", "chef", "captain",
}  # fmt: skip
"""Words before a name that are not the name."""


def plain(name: str) -> str:
    """A name for comparison: without case, accents, marks, a leading article or title."""
    found = tokens(name)
    return " ".join(found[1:] if len(found) > 1 and found[0] in LEADS else found)


def _named(customer: KnownCustomer, spoken: str) -> float:
    """Likeness of the spoken name with the closest of the customer's names, 0..1."""
    said = plain(spoken)
    names = [plain(n) for n in (customer.name, *customer.aliases, *customer.heard)]
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
        first, _, rest = said.partition(" ")
        if first in SHORT.get(mine.split()[0], ()) and rest == mine.partition(" ")[2]:
            return 1.0
        whole = similarity(mine, said)
        return whole if whole >= LIKE + 0.04 else 0.0
    parts = mine.split()
    if said in SHORT.get(parts[0], ()):
        return 0.5
    given, family = similarity(parts[0], said), similarity(parts[-1], said)
    if given >= 0.86 and given >= family:
        return 0.5 * given
    return 0.45 * family if family >= 0.9 and len(parts) > 1 else 0.0


def contact_fit(known: KnownContact, spoken: str) -> float:
    """The best of the name's fit and of what it was misheard as."""
    said = plain(spoken)
    return 1.0 if any(plain(h) == said for h in known.heard) else person_fit(known.name, spoken)


def _people(customer: KnownCustomer, people: Iterable[tuple[str, float, int]]) -> float:
    """Evidence of the people: the best fit of each counts once; a name that many bear tells less."""
    total = 0.0
    for spoken, weight, bearers in people:
        fit = max((contact_fit(p, spoken) for p in customer.contacts), default=0.0)
        total += weight * (PERSON * fit if fit > 0.5 else GIVEN[min(bearers, len(GIVEN)) - 1] * fit * 2)
    return min(total, PERSON + GIVEN[1])


def _bearers(context: Context, spoken: str) -> int:
    """Customers at which somebody bears the name."""
    fits = (any(contact_fit(p, spoken) >= 0.4 for p in c.contacts) for c in context.customers)
    return max(1, sum(fits))


def rank(
    context: Context, places: Iterable[tuple[str, float]], people: Iterable[tuple[str, float]]
) -> list[Standing]:
    """Every customer of the context with its share, the likeliest first; weights are 0..1."""
    places, named_people = list(places), [(n, w, _bearers(context, n)) for n, w in people]
    scores: list[tuple[float, float, KnownCustomer]] = []
    placed = any(c.place_probability > 0 for c in context.customers)
    for customer in context.customers:
        prior = max(customer.place_probability, FLOOR)
        log_prior = math.log(prior) * (WEAK if context.weak_position else 1.0) if placed else 0.0
        named = min(sum(NAME * weight * _named(customer, spoken) for spoken, weight in places), 1.5 * NAME)
        named += _people(customer, named_people)
        scores.append((log_prior + named, named, customer))
    top = max((s for s, _, _ in scores), default=0.0)
    total = sum(math.exp(s - top) for s, _, _ in scores) or 1.0
    standings = [Standing(c.id, math.exp(s - top) / total, named) for s, named, c in scores]
    return sorted(standings, key=lambda s: -s.probability)
