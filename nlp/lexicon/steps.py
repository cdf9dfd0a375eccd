"""Words that hold a clause below another, and who is who among nouns. Nothing is decided here."""

import re

from nlp.lexicon.verbs import words

SUBORDINATE = words(
    "that whether if what how when where why who which until till once as than before after unless while "
    "whenever wherever whatever than"
)
HEADLESS = words(
    "and but so then or because cos plus also oh okay ok right anyway well now yeah yes um uh er like "
    "meantime apparently basically look see maybe otherwise though still first second third one two "
    "three - – — ; : . ? ! … \" ' “ ” as for"
)
"""What may stand before a subject."""
RIVALS = re.compile(
    r"\b(?:their|his|her|the) (?:old |current )?(?:rep|supplier)\b|\b\w+'s rep\b|\bcompetitor"
)
OUR_PEOPLE = re.compile(
    r"\bour\b|\b(?:dispatch|(?:the |head )?office|driver|warehouse|technician|tech|engineer|depot|fitter"
    r"|trainer|back office|one of us|somebody|someone|service|accounting|installer|head office|technical)\b"
)
THEIR_PEOPLE = re.compile(
    r"\b(?:their|his|her|the|'s) (?:\w+ )?(?:accountant|bookkeeper|accounts|boss|lawyer|wife|husband|brother"
    r"|sister|son|daughter|partner|assistant|manager|owner|chef|buyer|director|secretary|team|people|guys"
    r"|board|office|finance|purchasing|head \w+|foreman|supervisor|nurse|doctor|landlord|colleague)\b"
    r"|\b(?:accounts|accounting) over there\b|\b(?:mr|mrs|ms|dr)\b|\bboth of them\b"
)
THINGS_OF_THEIRS = re.compile(
    r"\b(?:delivery|order|invoice|quote|payment|transfer|cheque|check|deposit|balance|order form|form"
    r"|contract|agreement|sample|samples|price list|paperwork|purchase order"
    r"|bid|tender|proposal|submission|application|brochure|truck|van|lorry|machine)s?$"
)
