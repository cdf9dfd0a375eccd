"""What may be said in one memo, ranked for the speech engine: names near the phone, their people,
products, competitors."""

from nlp.types import Context
from speech.types import Term, TermKind, Vocabulary

NEAR, PRODUCT, COMPETITOR, COLLEAGUE = 0.9, 0.5, 0.45, 0.2
NEXT = 0.5
"""Weight of the first customer in the context's order, when position does not point at it; it falls with the
root of the place in that order: reps talk of neighbours, and of where they were last."""
FAR, ANYWHERE = 0.1, 0.3
"""No customer has less; ANYWHERE when position points at none."""


def vocabulary(context: Context) -> Vocabulary:
    """Every spelling once, the likeliest first."""
    best: dict[str, tuple[TermKind, float]] = {}

    def add(text: str, kind: TermKind, weight: float) -> None:
        if text and weight > best.get(text, ("word", 0.0))[1]:
            best[text] = kind, min(weight, 1.0)

    placed = sum(customer.place_probability for customer in context.customers) > 0.5
    for rank, customer in enumerate(context.customers, 1):
        likely = max(NEAR * customer.place_probability, NEXT * rank**-0.5, FAR if placed else ANYWHERE)
        weight = 1.0 if customer.chosen else likely
        for name in (customer.name, *customer.aliases):
            add(name, "customer", weight)
        for person in customer.contacts:
            add(person.name, "person", weight * 0.95)
    for product in context.products:
        for name in (product.name, *product.aliases):
            add(name, "product", PRODUCT)
    for competitor in context.competitors:
        for name in (competitor.name, *competitor.aliases):
            add(name, "competitor", COMPETITOR)
    for name in context.colleagues:
        add(name, "colleague", COLLEAGUE)
    ranked = sorted(best.items(), key=lambda item: (-item[1][1], item[0]))
    return Vocabulary(terms=tuple(Term(text=t, kind=k, weight=round(w, 4)) for t, (k, w) in ranked))
