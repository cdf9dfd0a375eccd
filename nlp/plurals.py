"""English plurals of units and product names, for the summary."""

import re

ALIKE = {"kg", "g", "mg", "ml", "cl", "l", "lb", "lbs", "oz", "pt", "m", "cm", "mm", "ft", "sq ft", "series"}
ODD = {"foot": "feet", "loaf": "loaves", "half": "halves", "shelf": "shelves", "knife": "knives",
       "piece of equipment": "pieces of equipment", "each": "each"}  # fmt: skip


def plural(unit: str) -> str:
    """'keg' -> 'kegs', 'box' -> 'boxes', 'box of 100' -> 'boxes of 100'; a plural stays."""
    head, mark, rest = _split(unit)
    low = head.lower()
    if low in ALIKE or (low.endswith("s") and not low.endswith("ss")):
        return unit
    if low in ODD:
        many = ODD[low]
    elif re.search(r"(?:ss|sh|ch|x|z)$", low):
        many = head + "es"
    elif re.search(r"[^aeiou]y$", low):
        many = head[:-1] + "ies"
    else:
        many = head + "s"
    return many + mark + rest


def _split(unit: str) -> tuple[str, str, str]:
    """The word that takes the ending stands before 'of' or a bracket."""
    found = re.search(r" of | \(", unit)
    return (unit[: found.start()], found.group(), unit[found.end() :]) if found else (unit, "", "")
