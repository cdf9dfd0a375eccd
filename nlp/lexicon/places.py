"""Words that make a name this visit's place, another's, or a new one's. One alternative more is one line
more; nothing is decided here."""

import re

NOT_HERE = re.compile(
    r"(?:\bnot|\bover at|\binstead of|\bunlike|\bcompared (?:to|with)|\bthan(?: at)?|\bsame as|\blike at"
    r"|\bnext door to|\bnear|\baround from"
    r"|\bacross from|\bopposite|\bdown from|\bsaw (?:it|them) at|\bthe one at|\bhaven't been to|\bbeside"
    r"|\bpast|\bclose to|\bheading to|\bon (?:my|the) way to|\boff to)"
    r"(?: the)?\s*$",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\b(?:not today's visit|don't log|wasn't in (?:with|at|there)|haven't been to|whoever looks after"
    r"|mentioned|told me (?:that|about)"
    r"|(?:he|she|they) says? (?:that )?(?=the )|next stop|tomorrow i'm at)\b",
    re.IGNORECASE,
)
NEW = re.compile(
    r"\b(?:new (?:lead|prospect|one|account|customer|place|practice|shop|site|name|client|opening"
    r"|contact for|contact,|business|outfit|outlet)|(?:a|this|another) new (?:\w+ ){0,2}(?:workshop|clinic"
    r"|farm|bar"
    r"|cafe|café|bakery|restaurant|hotel|garage|studio|school|centre|center|company|firm|pharmacy|store"
    r"|surgery"
    r"|yard|plant|factory|kitchen|gym|salon|pub|brewery|nursery|garden|market|lodge|guesthouse|depot|lab"
    r"|office)"
    r"|on spec|never (?:set foot|been (?:to|in|inside|there))|one of ours yet|not one of ours"
    r"|(?:saw|noticed|spotted) (?:a|the) (?:sign|place|shop|new)|chanced (?:up)?on|came across"
    r"|brand[- ]new|not (?:yet )?(?:in|on) (?:our|the) (?:system|books|crm|list|database)"
    r"|cold call|(?:won't|don't|do not|will not) have (?:them|it|these|this|him|her)\b|walk(?:ed)? in off"
    r"|just opened|only opened|opened (?:up )?(?:in|last)|never (?:been|called|visited) (?:there|here|on "
    r"them|on)"
    r"|first time (?:in|at|here|there|calling|visiting)|isn't in (?:our|the) system|aren't in (?:our"
    r"|the) system|add(?:ed)? (?:them|it) (?:to|as)|not a customer(?: of ours)?(?: yet)?|prospect(?:ing)?"
    r"|potential (?:new )?customer"
    r"|not on (?:our|the) (?:books|list)|nobody from (?:here|us) has|unknown to us|set (?:them|it) up)\b",
    re.IGNORECASE,
)
_PROPER = r"(?:[A-Z0-9][\w'’&.-]*|&|and|of|the|at|on)"
CALLED = re.compile(
    r"(?<!fella )(?<!guy )(?<!man )(?<!woman )(?<!lady )(?<!chap )(?<!bloke )(?<!girl )(?<!lad )(?<!kid )"
    r"(?<!gentleman )"
    r"(?<!person )(?<!owner )(?<!manager )(?<!buyer )(?<!son )(?<!daughter )(?<!wife )(?<!husband )(?<!dog )"
    r"(?:called|named|by the name of|place is|business is|company is|name of the place is|shop is"
    r"|it's)\s+((?:the |The "
    r")?[A-Z][\w'’&-]*(?:(?: (?:&|and|of|the|de|la|du))* [A-Z0-9][\w'’&-]*)*)"
)
CAPITALS = re.compile(r"\b((?:The )?[A-Z][\w'’&-]*(?:(?: (?:&|and|of|the|de|la|du))* [A-Z0-9][\w'’&-]*)*)")
EARLY = 2
"""Sentences at the beginning in which a rep says where it was."""
STREET = re.compile(
    r"\b(?:street|road|avenue|lane|drive|boulevard|highway|square|crescent|parade|straße|allee)$"
)
"""What a name ends in that is a street."""
