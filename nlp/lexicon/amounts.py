"""Words of money. One alternative more is one line more; nothing is decided here."""

import re

from nlp.lexicon.orders import UNITS

WHAT: tuple[tuple[str, str], ...] = (
    (
        r"\bbudget|set aside|earmarked|approved|to spend|allocated|put (?:by|aside)|ring-?fenced|to play "
        r"with|money (?:for|approved)|capex",
        "budget",
    ),
    (r"\bdiscount|\boff\b|\bknock(?:ed)?|rebate|price break|took .* off|reduction", "discount"),
    (
        r"\bowe[sd]?\b|invoice|outstanding|overdue|unpaid|balance|account|past due|arrears|behind on"
        r"|pay(?:s|ment|ing)?\b",
        "outstanding invoice",
    ),
    (r"\bcredit|refund|credited|reimburs", "credit"),
    (r"\blost|cost (?:her|him|them|us)|losing|out of pocket|lost sales|wasted", "lost sales"),
    (
        r"\bworth|deal|contract|agreement|a year|per year|annual|project|job|tender|value|potential"
        r"|opportunity|total|order",
        "deal size",
    ),
    (r"\bspend(?:s|ing)?|spent|a month|per month|monthly|a week", "spend"),
    (r"\bdeposit|down payment|fee|fine|penalty|rent|grant|loan", "other"),
)
EACH = re.compile(
    rf"^\s*(?:each|apiece|a piece|a pop|(?:a|an|per|/|the)\s*(?:\w+\s)?(?:{UNITS}|head|person|hour|metre"
    rf"|go))\b",
    re.I,
)
RIVAL_PRICE = re.compile(
    r"\b(?:quot(?:e|ed|ing|es)|offer(?:ed|ing|s)?|pric(?:e|ed|ing|es)|charg(?:e|ed|es|ing)|undercut"
    r"|beat(?:en)?|cheaper|left (?:her|him|them) a price|come in at|came in at|doing (?:it|them|those))\b",
    re.I,
)
MONEYED = re.compile(
    r"\b(?:budget|worth|spend|spending|stretch|afford|deal|contract|owes?|owed|outstanding|overdue"
    r"|balance|invoice|tender|set aside|approved|package|a year|wire|transfer|past due|pay|pays|paying"
    r"|total|owing|grant|donation|discount|off|behind|lottery|damage|loan)\b",
    re.I,
)
OURS = re.compile(
    r"\b(?:budget|owes?|owed|invoice|outstanding|discount|credit|worth|spend|spends|spending|set aside"
    r"|lost|cost)\b",
    re.I,
)
