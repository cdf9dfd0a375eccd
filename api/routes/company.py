"""The company itself: its name, clock, money and telephone region."""

from litestar import get, put
from litestar.params import JSONBody

from api.answers import changes, reads
from api.auth import admins, employees
from api.deps import Store
from api.schemas import PutCompany
from storage.crm.companies import Companies
from storage.errors import BadCompany
from storage.records import Company


@get("/company", operation_id="getCompany", guards=[employees], responses=reads(), sync_to_thread=True)
def get_company(database: Store) -> Company:
    """How dates, amounts and numbers are read."""
    with database.reading() as session:
        return Companies(session).get()


@put(
    "/company", operation_id="putCompany", guards=[admins], responses=changes(BadCompany), sync_to_thread=True
)
def put_company(data: JSONBody[PutCompany], database: Store) -> Company:
    """Changes it; reports that are filed already stay as they are."""
    with database.writing() as session:
        return Companies(session).put(
            Company(name=data.name, timezone=data.timezone, currency=data.currency, region=data.region)
        )
