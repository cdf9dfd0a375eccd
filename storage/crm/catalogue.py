"""What the company sells, and against whom."""

import msgspec
from sqlmodel import Session, col, select

from storage.errors import UnknownCompetitor, UnknownProduct
from storage.events import Events
from storage.records import Competitor, Product
from storage.tables.customers import CompetitorRow, ProductRow


class Catalogue:
    def __init__(self, session: Session) -> None:
        self.session = session

    def products(self) -> tuple[Product, ...]:
        rows = self.session.exec(select(ProductRow).order_by(col(ProductRow.name), col(ProductRow.id)))
        return tuple(msgspec.convert(row, Product, from_attributes=True) for row in rows)

    def put_product(
        self, product_id: str, name: str, aliases: tuple[str, ...], unit: str | None, price: float | None
    ) -> tuple[Product, bool]:
        created = self.session.get(ProductRow, product_id) is None
        row = ProductRow(id=product_id, name=name, aliases=aliases, unit=unit, price=price)
        self.session.merge(row)
        Events(self.session).append("catalogue", product_id)
        return Product(id=product_id, name=name, aliases=aliases, unit=unit, price=price), created

    def delete_product(self, product_id: str) -> None:
        """Reports keep the product's name, so it may go."""
        row = self.session.get(ProductRow, product_id)
        if row is None:
            raise UnknownProduct
        self.session.delete(row)
        Events(self.session).append("catalogue", product_id)

    def competitors(self) -> tuple[Competitor, ...]:
        rows = self.session.exec(select(CompetitorRow).order_by(col(CompetitorRow.name)))
        return tuple(msgspec.convert(row, Competitor, from_attributes=True) for row in rows)

    def put_competitor(self, name: str, aliases: tuple[str, ...]) -> tuple[Competitor, bool]:
        created = self.session.get(CompetitorRow, name) is None
        self.session.merge(CompetitorRow(name=name, aliases=aliases))
        Events(self.session).append("catalogue", name)
        return Competitor(name=name, aliases=aliases), created

    def delete_competitor(self, name: str) -> None:
        row = self.session.get(CompetitorRow, name)
        if row is None:
            raise UnknownCompetitor
        self.session.delete(row)
        Events(self.session).append("catalogue", name)
