"""What the company sells, and against whom."""

from typing import Annotated

from litestar import Response, delete, get, put
from litestar.params import JSONBody, PathParameter

from api.answers import changes, reads, saved
from api.auth import employees, managers
from api.deps import Id, Store
from api.schemas import NO_NUL, PutCompetitor, PutProduct
from storage.crm.catalogue import Catalogue
from storage.errors import UnknownCompetitor, UnknownProduct
from storage.records import Competitor, Product

CompetitorName = Annotated[str, PathParameter(min_length=1, max_length=200, pattern=NO_NUL)]


@get("/products", operation_id="listProducts", guards=[employees], responses=reads(), sync_to_thread=True)
def list_products(database: Store) -> tuple[Product, ...]:
    """Everything that is sold."""
    with database.reading() as session:
        return Catalogue(session).products()


@put(
    "/products/{product_id:str}",
    operation_id="putProduct",
    guards=[managers],
    responses=changes(created=Product),
    sync_to_thread=True,
)
def put_product(product_id: Id, data: JSONBody[PutProduct], database: Store) -> Response[Product]:
    """Adds a product or changes it."""
    with database.writing() as session:
        return saved(
            *Catalogue(session).put_product(product_id, data.name, data.aliases, data.unit, data.price)
        )


@delete(
    "/products/{product_id:str}",
    operation_id="deleteProduct",
    guards=[managers],
    responses=changes(UnknownProduct),
    sync_to_thread=True,
)
def delete_product(product_id: Id, database: Store) -> None:
    """Takes a product out of the catalogue; reports that name it stay."""
    with database.writing() as session:
        Catalogue(session).delete_product(product_id)


@get(
    "/competitors", operation_id="listCompetitors", guards=[employees], responses=reads(), sync_to_thread=True
)
def list_competitors(database: Store) -> tuple[Competitor, ...]:
    """Everybody whom customers compare the company with."""
    with database.reading() as session:
        return Catalogue(session).competitors()


@put(
    "/competitors/{name:str}",
    operation_id="putCompetitor",
    guards=[managers],
    responses=changes(created=Competitor),
    sync_to_thread=True,
)
def put_competitor(
    name: CompetitorName, data: JSONBody[PutCompetitor], database: Store
) -> Response[Competitor]:
    """Adds a competitor or changes its other names."""
    with database.writing() as session:
        return saved(*Catalogue(session).put_competitor(name, data.aliases))


@delete(
    "/competitors/{name:str}",
    operation_id="deleteCompetitor",
    guards=[managers],
    responses=changes(UnknownCompetitor),
    sync_to_thread=True,
)
def delete_competitor(name: CompetitorName, database: Store) -> None:
    """Takes a competitor off the list."""
    with database.writing() as session:
        Catalogue(session).delete_competitor(name)
