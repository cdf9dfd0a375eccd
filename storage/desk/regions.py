"""The region of a customer: the town in its address, as people write addresses."""

import re

POSTCODE = re.compile(r"\b\d[\d -]*\d\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
"""Digits, or the British form."""
STATE = re.compile(r"^[A-Z]{2,3}\.?$")
LONGEST = 60


def region_of(address: str | None) -> str:
    """'12 Harbor St, Boston, MA 02110' is Boston, 'Hafenstr. 5, 50667 Köln' is Köln; empty when not told."""
    parts = [" ".join(POSTCODE.sub(" ", part).split()) for part in (address or "").split(",")]
    towns = [part for part in parts[1:] if part and not STATE.match(part)]
    return towns[0][:LONGEST] if towns else ""
