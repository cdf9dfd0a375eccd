"""Rows of a sheet as products."""

import re
from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5

from storage.finding.naming import fold
from storage.records import Product
from storage.sheets.places import Trouble, trouble
from storage.sheets.reading import Sheet


def products_of(sheet: Sheet, columns: Mapping[str, int]) -> tuple[tuple[Product, ...], tuple[Trouble, ...]]:
    """By id, the last line of each; what does not fit is told by its line."""
    products: dict[str, Product] = {}
    troubles: list[Trouble] = []
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        cells = {field: row[at] for field, at in columns.items()}
        if not cells["name"]:
            troubles.append(trouble(line, "no_name"))
            continue
        price = amount(cells.get("price", ""))
        if cells.get("price") and price is None:
            troubles.append(trouble(line, "bad_price"))
        ident = cells.get("id") or str(uuid5(NAMESPACE_URL, f"rounds/product/{fold(cells['name'])}"))
        aliases = tuple(part.strip() for part in cells.get("aliases", "").split(";") if part.strip())
        products[ident[:100]] = Product(
            id=ident[:100],
            name=cells["name"][:200],
            aliases=aliases,
            unit=cells.get("unit") or None,
            price=price,
        )
    return tuple(products.values()), tuple(troubles)


def amount(cell: str) -> float | None:
    """'€1.234,50', '1,234.50' and '12,5'; the last mark that one or two digits follow parts cents."""
    text = re.sub(r"[^\d.,-]", "", cell)
    cents = re.search(r"[.,](\d{1,2})$", text)
    whole = re.sub(r"[.,]", "", text[: cents.start()] if cents else text)
    try:
        value = float(f"{whole or '0'}.{cents[1] if cents else '0'}") if re.search(r"\d", text) else None
    except ValueError:
        return None
    return value if value is not None and value >= 0 else None
