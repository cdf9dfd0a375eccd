"""The model is loaded once a session; contexts are made by hand, small enough to read."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from nlp.extract import Extractor
from nlp.link import link
from nlp.report import compose
from nlp.settings import NlpSettings
from nlp.types import (
    Context,
    KnownCompetitor,
    KnownContact,
    KnownCustomer,
    KnownProduct,
    Linking,
    Report,
    Source,
)
from speech.types import note


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor.load(NlpSettings())


def _contact(ident: str, name: str, role: str) -> KnownContact:
    return KnownContact(id=ident, name=name, role=role, phone=None, email=None)


def _customer(
    ident: str, name: str, share: float, *contacts: KnownContact, aliases: tuple[str, ...] = ()
) -> KnownCustomer:
    return KnownCustomer(
        id=ident,
        name=name,
        aliases=aliases,
        address=None,
        contacts=contacts,
        distance_m=20.0,
        place_probability=share,
        chosen=False,
    )


@pytest.fixture
def context() -> Context:
    """Wednesday 11 March 2026, 15:40 in New York."""
    products = (
        ("s1", "San Marzano tomatoes", ("San Marzanos",), "case", 32.5),
        ("s2", "Semolina flour", ("semolina",), "bag", 18.0),
        ("s3", "Olive oil", (), "tin", 41.0),
    )
    return Context(
        at=datetime(2026, 3, 11, 19, 40, tzinfo=UTC),
        timezone="America/New_York",
        currency="USD",
        region="US",
        rep="Dana Whitfield",
        colleagues=("Tom Reyes",),
        customers=(
            _customer(
                "c1", "Bella Vista Trattoria", 0.9, _contact("p1", "Marco Rinaldi", "head chef"),
                _contact("p2", "Lena Fox", "owner"), aliases=("Bella Vista",),
            ),
            _customer("c2", "Harbor Diner", 0.08, _contact("p3", "Marco Silva", "owner"),
            aliases=("the Diner",)),
            _customer("c3", "Golden Wok", 0.0, _contact("p4", "Ming Zhao", "owner")),
        ),
        products=tuple(KnownProduct(id=i, name=n, aliases=a, unit=u, price=p) for i, n, a, u, p in products),
        competitors=(KnownCompetitor(name="Sysco", aliases=()),),
        weak_position=False,
    )  # fmt: skip


@pytest.fixture
def read(extractor: Extractor, context: Context) -> Callable[[str], tuple[Report, Linking]]:
    """Words in, the report and the decision out."""

    def run(text: str, where: Context = context) -> tuple[Report, Linking]:
        extraction = extractor.extract((Source(memo="m1", transcript=note(text)),), where)
        linking = link(extraction, where)
        return compose(extraction, linking, where), linking

    return run
