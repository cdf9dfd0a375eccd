"""Words of things that one sends, and what is cut from an action. One alternative more is one line more;
nothing is decided here."""

import re

THINGS = (
    "quote|quotes|quotation|proposal|price list|price|prices|pricing|numbers|figures|list|sample|samples"
    "|sample pack|brochure|catalogue|catalog|data sheet|data sheets|spec sheet|spec sheets|specs"
    "|credit note|credit|invoice|copy|contract|agreement|paperwork|details|information|info|report|photos"
    "|pictures|drawings|plan|offer|estimate|menu|calendar|schedule|guide|certificate|certificates"
    "|statement|refund|replacement|replacements|tester|testers|demo unit|swatch|swatches|form|forms|link"
    "|answer|answers|decision|reply|response|explanation|dates|sketch|mock-up|size chart|lease|licence"
    "|warranty|receipt|letter|pdf|video|recipe|summary|confirmation|breakdown|comparison|order form|sds"
    "|manual|kit|invoice copy|history|purchase history"
)
THING = re.compile(
    rf"\b((?:(?:a|an|the|our|some|two|three|four|five|six|full|new|revised|updated|written|free|final"
    rf"|formal|firm|proper|better|quick|detailed|complete|whole|short|sample|little|spring|summer|autumn"
    rf"|fall|winter|credit|monthly|starter|corrected) ){{0,4}}(?:{THINGS})\b(?: (?:of|for|on|from|about) "
    rf"(?:the |our |a |an )?(?:(?!by\b|on\b|to\b|before\b|in\b)[\w'-]+ ?){{1,8}})?)",
    re.I,
)
CUT = re.compile(
    r"(?:,\s+(?:that|which|she|he|they|i|we|so|and i|but|because|no charge|promise|as|if|since|to be"
    r"|though|please|just|like|honestly|at least|or|it's|maybe|probably|not|at no|[a-z]+ing)\b.*$"
    r"|\s+(?:because|so that|since|whenever|although|though|as soon as i|anyway|please|myself|as well|too"
    r"|again|personally|in person|if that's|if possible|first thing|straight away|right away|asap|as "
    r"soon as possible|this time|before (?:i|we|that|then|the)\b.*|which\b.*|while\b.*)\b.*$"
    r"|\s+and (?:a|an|the|his|her|their|our) (?:\w+ ){0,3}?\w+(?:'s|\s+(?:is|are|will|was))\b.*$"
    r"|\s+meantime\b.*$)",
    re.I,
)
EDGES = re.compile(
    r"(?:\s+(?:a|an|by|on|at|for|in|before|until|till|to|and|or|from|around|about|sometime|with|then|the|of"
    r"|no later than|some time|latest|later than|,))+\s*$",
    re.I,
)
PRONOUN = re.compile(r"\b(?:him|her|them)\b(?! \w+s?\b(?<=inbox))", re.I)
ALONE = re.compile(
    r"(?:pay|confirm|reply|ring|call|phone|check|sign|find out|ask|look into it|follow up|(?:come|go|be) "
    r"back)\b",
    re.I,
)
"""Verbs that are a promise without an object."""
MOST = 16
"""Words of an action."""
PAID = re.compile(
    r"^(?:see|make sure|ensure)(?: to it)?(?: that)? (?:it|that|this)"
    r"(?:'s|'ll be| is| gets| will be)? (?:paid|settled|cleared)\b",
    re.IGNORECASE,
)
CAUSED = re.compile(
    r"(?:have|get) (?:it|that|this|them|those|(?:the|his|her|their|our)(?: \w+){1,3}?) "
    r"(?:\w+ed|done|paid|sent|put|cut|set|gone|written|drawn)\b"
    r"|(?:have|get) (?:his|her|their|the|our) (?:\w+ ){0,2}?(?:people|team|office|accounts|accountant"
    r"|manager|boss"
    r"|wife|husband|guys?|lads?|girls?|staff|assistant|secretary|department|bookkeeper|partner"
    r"|finance) (?:to )?"
    r"(?!(?:by|on|to|for|in|at|and|or|from|with|of|about|before)\b)[a-z]+\b",
    re.I,
)
"""'She'll have it signed off': they do it, or see to it."""
TO_WHOM = re.compile(
    r"(?:credit|quote|invoice|price|report|form|list) (?:him|her|them|it|(?-i:[A-Z])\w+)\b", re.I
)
"""A thing's name that is a verb here."""
