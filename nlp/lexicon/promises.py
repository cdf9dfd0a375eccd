"""Words of promises: how we say them, how customers do, and what is none. One alternative more is one line
more; nothing is decided here."""

import re

_ADV = (
    r"(?:(?:also|then|just|probably|personally|now|definitely|really|still|\w+ly|go and|try to|try and|go"
    r"|have to|need to|be able to|make sure to|look to)\s+)*"
)
_SAID = (
    r"(?:promised|told|said|guaranteed|assured|agreed|offered|committed|swore|confirmed|left it that"
    r"|gave (?:him|her|them) my word)"
)
_WHO = r"(?:(?:him|her|them|(?-i:[A-Z])[a-z'-]+|the \w+|that|he|she|they)\s+)*"
US: tuple[tuple[str, str, float], ...] = (
    (
        r"\b(?:i|we|i've|we've)(?:\s+\w+ly|\s+also|\s+still|\s+now|\s+then)?(?:'ll|'m going to|'re going "
        r"to|'m gonna|'re gonna|'ve to|'d to|'ve got to|'m to|'re to|'m supposed to|'m due to|'d better"
        r"|\s+(?:will|shall|am going to|are going to|need to|needs to|have to|must|have got to|gotta|got "
        r"to|am to|are to|should|ought to|promised to|agreed to|offered to|committed to|undertook to"
        r"|plan to|still have to|still need to|am supposed to))\s+" + _ADV,
        "vp",
        0.9,
    ),
    (
        rf"\b{_SAID}\s+{_WHO}(?:that\s+)?(?:i|we)(?:'d|'ll|'m going to|\s+would|\s+will|\s+could|\s+can)\s+"
        + _ADV,
        "vp",
        0.93,
    ),
    (rf"\b{_SAID}\s+{_WHO}to\s+", "vp", 0.85),
    (r"\b(?:i|we)(?:\s+still)?\s+owe\s+", "send", 0.9),
    (
        r"\b(?:i|we)(?:'ve|\s+have)?\s+promised\s+(?!to\b|that\b|it\b|i\b|we\b|he\b|she\b|they\b)",
        "send",
        0.85,
    ),
    (
        r"\b(?:remind me to|make a note to|note to self,?(?: to)?|to[- ]do,?(?: is)?(?: to)?|action "
        r"(?:item|for me|point)(?: is)?(?: to)?[,:]?|remember to|don't let me forget to|(?:it's|that's) "
        r"on me to|my (?:job|homework|action) (?:is|from this is) to|i'm on the hook (?:to|for)|task for "
        r"me[,:]?(?: is)?(?: to)?|follow[- ]up (?:for me )?is to|next step (?:for me |for us )?is to)\s+",
        "vp",
        0.9,
    ),
    (
        r"\b(?:i|we)(?:'m|'re|\s+am|\s+are)\s+(?:also |then |just |going to be |now )?(?=[\w-]+ing\b)",
        "ing",
        0.8,
    ),
    (
        r"(?:^|[,;]\s*)(?:and |so |then )*(?:need to|have to|got to|gotta|must|will|going to)\s+" + _ADV,
        "vp",
        0.7,
    ),
    (
        r"\b(?:somebody|someone|one of us|one of ours|our \w+(?: \w+)?|(?:the )?(?:office|dispatch"
        r"|accounting|accounts|warehouse|service(?: team| department)?|driver|technician|tech|engineer"
        r"|back office))(?: (?:from|in|at) (?:our |the )?\w+(?: \w+)?)?(?:'ll|\s+(?:will|has to|have to"
        r"|needs to|need to|is going to|are going to|must|should|is to))\s+",
        "have",
        0.82,
    ),
)
THEM: tuple[tuple[str, str, float], ...] = (
    (
        r"\b(?:he|she|they|who|(?-i:[A-Z])[\w'é-]+|the \w+|his \w+|her \w+|their "
        r"\w+)(?:,[^,]{0,25},)?(?:'ll|'s going to|'re going to|'s gonna|'s to|'ve to|'s got to|'s "
        r"supposed to|\s+(?:will|is going to|are going to|is to|are to|has to|have to|needs to|need to"
        r"|promised to|agreed to|has promised to|has agreed to|offered to|undertook to|is supposed to"
        r"|are supposed to|wants to))\s+" + _ADV,
        "vp",
        0.86,
    ),
    (
        r"\b(?:promised|said|swore|told me|agreed|assured me|reckons|swears|confirmed)\s+(?:me\s+|us\s+"
        r"|that\s+)*(?:he|she|they)(?:'d|'ll|'s going to|'re going to|\s+would|\s+will|\s+can"
        r"|\s+could)\s+" + _ADV,
        "vp",
        0.88,
    ),
    (
        r"\b(?:he|she|they|(?-i:[A-Z])[\w'é-]+)(?:'s|'re|\s+is|\s+are)\s+(?:also |then |just "
        r")?(?=[\w-]+ing\b)",
        "ing",
        0.8,
    ),
    (
        r"\b(?:he|she|they|(?-i:[A-Z])[\w'é-]+)(?:,[^,]{0,25},)?\s+(?=(?:sends?|pays?|gets|emails?"
        r"|e-mails?|calls|rings|texts|forwards?|confirms|lets|mails?|wires?|transfers?|settles?"
        r"|brings?)\b)",
        "s",
        0.75,
    ),
    (r"\b(?:promised|agreed|offered)(?: me| us)? to\s+", "vp", 0.8),
)
PAYMENT = re.compile(
    r"\b(?:the |a )?((?:bank )?(?:transfer|payment|check|cheque|money|purchase order|po|invoice|deposit"
    r"|wire|remittance|signed (?:contract|agreement|form|quote)))\s+(?:will|'ll|is going to|should|would"
    r"|is|goes|comes|gets)\b",
    re.I,
)
ARRIVES = re.compile(
    r"\b(?:(?:will|'ll|'d|would|to|should|is going to) (?:be (?:in|on|with|at|there|over|out|up|down"
    r"|delivered|sent|e-?mailed|shipped|posted|there)|land|arrive|be (?:ready|done)|go (?:out|over|up)"
    r"|reach|have)|goes (?:out|over|off|up|down|to|in the)|is going (?:out|over|off|up)|going out to"
    r"|ships?|comes|gets (?:sent|shipped|there)|(?:is|are|'s|'re) (?:getting|receiving))\b",
    re.I,
)
TO_US = re.compile(r"\b(?:me|us|our|ours|back|my|we|i)\b", re.I)
GIVES = re.compile(
    r"^(?:pay|send|transfer|wire|mail|e-?mail|text|confirm|sign|settle|forward|get|let|check|ring|call"
    r"|phone|count|talk|speak|ask|decide|measure|clear|return|share|put|provide|drop|see|find|give|review"
    r"|look|post|bring|have|discuss|run|take it|raise|approve|introduce|set up|arrange|sort|think|come "
    r"back|mull|drop off|hand|fill|complete|dig|pull|message|issue|process|update|prepare|draw up|finish"
    r"|free up|make|square|fix|exchange|swap|replace|courier|ship|deliver|install|collect|hand|pick|return"
    r"|book|order|chase|follow|introduce"
    r"|do (?:the |a |his |her |their )?(?:\w+ )?(?:payment|transfer|settlement)"
    r"|trial|try|tell|write|stack|submit|report|answer)\b",
    re.I,
)
OURS_ONLY = re.compile(
    r"^(?:look(?:ing)? for|host|come back|cut|pay (?:extra|more)|take|order|need|want|open|buy|be|have "
    r"(?:a|the|no|enough|plenty)|go|start|keep|move|close|run|stick|stay|use|try|switch|retire|love|like"
    r"|host|get (?:married|used|busy|their|a)"
    r"|give (?:me|us|it|them|this) (?:a|another) (?:shot|go|try|chance|whirl|miss|crack))\b",
    re.I,
)
IDLE = re.compile(
    r"^(?:told|tell|said|pass|spoke|met|saw|be|go home|go and get|get (?:some|going|out of"
    r"|married)|find some lunch|have lunch|eat|sit|head"
    r"|drive|move on|leave|stop|log|(?:write|put) (?:that|it|this) (?:down|up|in)|say|tell you|keep|try"
    r"|let me|stick (?:me|my)|stuff|admit|see how|think|wait|remember"
    r"|note|hurry|run|wrap|call it|grab|not|never|mention|do (?:it|that|this)$|add|hope|start|switch"
    r"|guess|look forward|pass(?:ing)? that|just|sign off|finish (?:up|here|off)|record|love|like|want"
    r"|need|come off|bet"
    r"|assume|imagine|believe|take (?:a|it|that)\b(?! to)|skip|miss|spell|explain|understand|give (?:it"
    r"|them) (?:a rest"
    r"|time))\b",
    re.I,
)
REQUESTED = re.compile(
    r"\b(?:he|she|they|who|[A-Z][\w'é-]+)(?:'s|'d|\s+also|\s+only)?\s+(?:wants?|needs?|(?:would "
    r")?like[sd]?|asked (?:me |us )?for|expects?|has to have)\s+",
    re.I,
)
VERB = re.compile(
    r"^\W*(?:(?:and|so|but|then|because|also|oh)\b\W*)*(?:i|we|he|she|they|who|it|that|[A-Z][\w'é-]+|the "
    r"\w+|our \w+)(?:'ll|'m|'re|'s|'ve|'d)?\s+(?:(?:will|am|are|is|have|has|to|just|also|going)\s+)*",
    re.I,
)
WONDERS = re.compile(
    r"\b(?:whether|would we|could we|can we|if we|could you|how (?:much|many|long)|why)\b", re.I
)
VAGUE = re.compile(
    r"(?:send|do|mail|get|have|pay|bring|deliver)\s+(?:(?:it|that|this|them|those)(?: \w+)?|over|out|across"
    r"|off)",
    re.I,
)
ASKS = re.compile(
    r"(?:find (?:that|it|this) out|look into (?:it|that|this)|check(?: on)?(?: that| it)?|find out"
    r"|ask(?: about (?:it|that))?|pass (?:it|that) on|raise (?:it|that)|bring (?:it|that) up)(?: and .*)?",
    re.I,
)
DONE = re.compile(r"\b(?:delivered|dropped|shipped|sent|arrived|came|brought)\b(?! by)", re.I)
FIRM = re.compile(
    r"(?:send|e-?mail|mail|post|call|ring|phone|text|chase|check|get|bring|book|arrange|follow up|drop|quote"
    r"|tell|ask|remind|forward|ping|order|sort|fix|schedule|find out|look into|confirm|prepare|draft"
    r"|organi[sz]e"
    r"|invoice|update|let|message|credit|raise|issue|put together|pull together|write up|price up|speak to"
    r"|talk to"
    r"|reply|give)\b(?! (?:and|or|were|was|is|are)\b)",
    re.I,
)
"""Verbs that begin a note to oneself."""
NOTES = re.compile(
    r"\b(?:note to self|to[- ]do(?: is| list)?|action (?:item|for me|for us|point)s?|don't let me "
    r"forget(?: to)?"
    r"|remind me(?: about| of| to)|left (?:it )?(?:with|to|up to) (?:me|us) to"
    r"|my (?:job|homework|action|task)(?: now| today| next| here)?(?: is| from this is)?(?: to)?"
    r"|follow[- ]up "
    r"(?:for me )?is(?: to)?"
    r"|next steps?(?: for me| for us)?(?: is| are)?(?: to)?|task for me|(?:it's|that's|it is) on (?:me|us) to"
    r"|on the hook (?:for|to)|(?:he|she|they) (?:has|have) my word|committed to)\b[\s,:]*",
    re.I,
)
CALLS = re.compile(
    r"\b(?:a |another |the )?(?:follow[- ]up |quick |phone |video |zoom |teams |conference )*(?:call"
    r"|callback|call[- ]back|ring|bell|buzz)\b",
    re.I,
)
WAITING = re.compile(
    r"\bwaiting (?:on|for) (?:him|her|them|[A-Z]\w+|the \w+)(?: to send| to give (?:me|us))? (?:for |with )?",
    re.I,
)
BOOKED = ("book", "arrange", "schedule", "organise", "organize", "request", "order", "line")
NO_THING = re.compile(
    r"send (?:[A-Z]\w+ )?(?:(?:nothing|none|nobody|no)\b.*|until|till|theirs|ours|mine|yours|hers)(?:,.*)?",
    re.I,
)
"""Nothing that could be sent."""
REFUSED = re.compile(
    r"\b(?:no|not|can't|cannot|couldn't|won't|wouldn't|don't)\b(?! (?:bother|problem|worries|trouble))", re.I
)
"""Behind a question."""
HEARD = re.compile(r"\W*(?:he|she|they|[A-Z]\w+) (?:said|says|goes|told|went)\b")
"""What stands before was somebody else's words."""
SETTLES = re.compile(
    r"get (?:the |his |her |their |that )?(?:\w+ )?(?:invoice|bill|account|balance)s? (?:paid|settled"
    r"|cleared)|"
    r"(?:pay|fix|sort|square|clear|settle|get(?! (?:it|that|this) (?!paid|settled|cleared|sorted)\w))"
    r"(?: (?:up|out|away|off))? (?:(?:it|that|this)\b|(?:the |his "
    r"|her |their )?(?:last |remaining |outstanding |full )*"
    r"(?:[$\u00a3\u20ac\d]|(?:[\w-]+ ){0,6}(?:hundred|thousand|grand|quid|bucks|pounds|dollars"
    r"|euros?)\b))(?! (?:to|for|in advance))",
    re.I,
)
"""Money or a pronoun is settled: the balance."""
MONEY = re.compile(
    r"(?:a |about |around |over )?(?:[$\u00a3\u20ac]|\d|(?:\w+[ -])*(?:hundred|thousand|grand|quid|bucks"
    r"|pounds|dollars|euros?)\b|nothing|money)",
    re.I,
)
ANSWERS = re.compile(
    r"ask (?:whether|if|how|why|when|what|about)\b|think(?:ing)? about\b"
    r"|(?:think|see|wait|talk|hear|find|look)\b(?!.*\b(?:me"
    r"|us)\b)",
    re.I,
)
SENDABLE = re.compile(
    r"\b(?:replacements?|samples?|quotes?|credit|invoice|unit|parts?|sizes|box|boxes|bag|bags|case|cases"
    r"|pack|packs|letter"
    r"|report|brochure|catalogue|pricing|prices|figures|copy|machine|jack|kit|tester|testers)\b",
    re.I,
)
DECIDED = re.compile(
    r"\W*(?:(?:and|so|but|the|their|his|her|its|a|any|final|board's) )*(?:decision|verdict|approval|go-ahead"
    r"|sign-off|outcome|results?|answer)\b",
    re.I,
)
"""What comes from the customer alone."""
DUE_FOR = re.compile(r"\b(?:due|up|overdue|ripe) for\b|\bin need of\b|\bneeds? (?:re)?plac", re.I)
"""Nothing that anybody promised: 'due for replacement'."""
FROM_OTHERS = re.compile(
    r"(?:have|get|hear|receive)\b.*\bfrom (?:the |his |her |their )?(?:board|boss|owner|bank|council|head"
    r"|committee|partners?|wife|husband|landlord|finance|management|architect|insurance|directors?|lawyer"
    r"|accountant|builder|state|city|county)\b",
    re.I,
)
"""What somebody else gives them."""
