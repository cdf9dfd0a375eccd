"""`transcribe`, `extract`, `setup-models`, `bench`: the parts by hand. Models are imported late."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from api.commands.company import opened
from api.settings import Settings
from nlp.types import Context, KnownCompetitor, KnownContact, KnownCustomer, KnownProduct, Source
from speech.types import Vocabulary, note
from storage.crm.catalogue import Catalogue
from storage.crm.companies import Companies
from storage.crm.customers import Customers
from storage.crm.people import People
from storage.database import Database
from storage.records import Customer
from storage.visits.context import MOST, said


def transcribe(settings: Settings, file: Path) -> None:
    """With the names that the company's products and competitors have."""
    data = file.read_bytes()
    from nlp.vocabulary import vocabulary
    from speech.engines.loading import load_transcriber
    from speech.transcription import transcribe as hear

    with opened(settings) as database:
        expected: Vocabulary = vocabulary(context(database, ""))
    put(hear(data, load_transcriber(settings.speech, settings.models, progress), expected))


def extract(settings: Settings, file: str) -> None:
    text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    from nlp.extract import Extractor
    from nlp.link import link
    from nlp.report import compose

    with opened(settings) as database:
        known = context(database, text)
    extraction = Extractor.load(settings.nlp).extract((Source(memo="text", transcript=note(text)),), known)
    put(compose(extraction, link(extraction, known), known))


def setup_models(settings: Settings) -> None:
    from speech.weights import assemble

    assemble(settings.models, progress)
    print(file=sys.stderr)


def bench(settings: Settings, folder: Path, out: Path, text_only: bool) -> int:
    from api.bench import bench as replay

    return replay(folder, settings.models, out, text_only)


def context(database: Database, text: str) -> Context:
    """What the company knows, for a text that belongs to no visit: spoken now, by nobody, nowhere."""
    with database.reading() as session:
        company, catalogue = Companies(session).get(), Catalogue(session)
        customers = [Customers(session).get(each) for each in said(session, text, MOST)]
        return Context(
            at=datetime.now(UTC),
            timezone=company.timezone,
            currency=company.currency,
            region=company.region,
            rep="",
            colleagues=tuple(each.employee.name for each in People(session).list()),
            customers=tuple(map(known, customers)),
            products=tuple(
                msgspec.convert(each, KnownProduct, from_attributes=True) for each in catalogue.products()
            ),
            competitors=tuple(
                msgspec.convert(each, KnownCompetitor, from_attributes=True)
                for each in catalogue.competitors()
            ),
            weak_position=False,
        )


def known(customer: Customer) -> KnownCustomer:
    return KnownCustomer(
        id=customer.id,
        name=customer.name,
        aliases=customer.aliases,
        address=customer.address,
        contacts=tuple(
            msgspec.convert(each, KnownContact, from_attributes=True) for each in customer.contacts
        ),
        distance_m=None,
        place_probability=0.0,
        chosen=False,
    )


def put(record: msgspec.Struct) -> None:
    print(msgspec.json.format(msgspec.json.encode(record), indent=2).decode())


def progress(step: str, share: float) -> None:
    """One line that overwrites itself on a terminal, one line a step in a log."""
    line = f"{step}: {share:4.0%}"
    if sys.stderr.isatty():
        print(f"\r{line:<60}", end="", file=sys.stderr, flush=True)
    else:
        print(line, file=sys.stderr, flush=True)
