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
    r"\b(?:new (?:lead|prospect|one(?! (?:of|for|has|is|was|does|will))|account(?! (?:manager|exec|rep"
    r"|number))"
    r"|customer(?! (?:service|portal))|place|practice|shop|site|name|client|opening|party|inquiry|enquiry"
    r"|contact for|contact,|business|outfit|outlet)|(?:a|this|that|another|some"
    r"|one) new (?:\w+ ){0,2}(?:workshop|clinic"
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
    r"|(?:isn't|is not|aren't|are not|not) (?:yet )?(?:(?:one of our|an?|our|any"
    r"|on our) )?(?:\w+ )?(?:accounts?"
    r"|customers?|clients?|books)(?! (?:manager|service))"
    r"|(?:first|introductory|intro|exploratory) (?:visit|call|meeting|appointment|chat) (?:to|at|with|in"
    r"|on)\b"
    r"|(?:dropp|walk|pop+|call|stopp|went|wander|duck|knock|look|turn)\w* (?:in|into|by|on"
    r"|at)\b[^.;?!]{0,40}?"
    r"\b(?:cold|off chance|on spec|unannounced|unsolicited|out of the blue)"
    r"|in cold|off chance|never (?:dealt|done business|traded) with us|never bought (?:\w+ )?from us"
    r"|(?:don't|doesn't|do not) (?:buy|get|order) (?:\w+ ){0,2}from us (?:yet|at the moment|so far)"
    r"|(?:found|came across|heard (?:of|about)|got on to) us (?:online|on the internet|through|from|at|via)"
    r"|(?:got |had |was given )?a? ?(?:referral|recommendation|tip) (?:from|to|for|off)|referred (?:me|us) to"
    r"|(?:no|hasn't an|haven't an|without an) account with us|not (?:yet )?(?:set up|dealing) with us"
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
SUCH = re.compile(
    r"\b(?:an?|this|that|some|new|another) (?:\w+ ){0,3}?(?:place|company|business|outfit|firm|shop|store"
    r"|crowd"
    r"|café|cafe|restaurant|bar|pub|clinic|practice|hotel|farm|school|garage|bakery|salon|gym|workshop"
    r"|studio)"
    r",? (?:called|named|by the name of|that goes by)\s+(?=(?:the )?[A-Z])"
)
"""'a company named Peak Physio': nobody introduces a known customer so."""
BACKWARDS = re.compile(
    r"((?:The )?[A-Z][\w'’&-]*(?: (?:&|and|of|the)| [A-Z0-9][\w'’&-]*)*),? (?:it's|they're|it is|is what"
    r" (?:it|they)'?s?) (?:called|named)\b"
)
"""'Iron Harbour it's called'."""
LOWER = re.compile(
    r"\b(?:new (?:prospect|lead|party|account|customer|place|one)|cold call(?:ed)?(?: on| at| to)?"
    r"|place called"
    r"|company called|business called|shop called|it's called)(?:,? (?:today|here|for you|this morning|is"
    r"|it's"
    r"|called|named|name is|at|this is|the name is))*,? (?P<name>(?!(?:in|on|at|the|they|he|she|and|who|not|a"
    r"|an)\b)(?:[a-zà-ÿ0-9'&-]+ ){0,4}?[a-zà-ÿ0-9'&-]+)(?=,|\.| (?:out|on|at|in|by|near|down|up|over|off"
    r"|behind"
    r"|beside|the|and they|they|who|owner|run|spoke|met|saw|talked|which|just|where)\b)"
)
"""In text without capitals."""
AT = re.compile(
    r"(?:\b(?:at|to|into|outside|near|on|from|with|visited|see|by|is|for)|^\W*|[.:,])\s*(?:the )?$", re.I
)
"""Before the name of where one is."""
