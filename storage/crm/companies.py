"""The one company that this installation serves."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
import phonenumbers
from sqlmodel import Session

from storage.errors import BadCompany
from storage.events import Events
from storage.records import Company
from storage.tables.people import CompanyRow

UNNAMED = Company(name="", timezone="UTC", currency="USD", region="US")
"""Before anybody said who we are."""


class Companies:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self) -> Company:
        row = self.session.get(CompanyRow, 1)
        return msgspec.convert(row, Company, from_attributes=True) if row else UNNAMED

    def now(self) -> datetime:
        """Its wall clock."""
        return datetime.now(UTC).astimezone(ZoneInfo(self.get().timezone))

    def today(self) -> str:
        """Its day, as `YYYY-MM-DD`."""
        return self.now().date().isoformat()

    def put(self, company: Company) -> Company:
        try:
            ZoneInfo(company.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise BadCompany(f"'{company.timezone}' is not a time zone.") from error
        if company.region not in phonenumbers.SUPPORTED_REGIONS:
            raise BadCompany(f"'{company.region}' is not a region.")
        self.session.merge(CompanyRow(id=1, **msgspec.structs.asdict(company)))
        Events(self.session).append("people", "company")
        return company
