"""Words of the goods and of their coming. Nothing is decided here."""

import re

_ALL = (
    r"it|that|they|them|this|everything|all of (?:it|that|them)|it all|all that|the lot|the whole (?:lot"
    r"|thing|order)"
    r"|(?:the|this|that|his|her|their) (?:order|goods|stuff|delivery|load|pallets?|shipment|material|gear"
    r"|kit|bags"
    r"|boxes|cases|first load)|goods"
)
GOODS = re.compile(
    rf"\W*(?:and |so )?(?:{_ALL}|order|delivery|(?:the |our )?(?:truck|van|lorry|delivery|driver"
    r"|materials?|goods|consignment|items|parcel|(?:the )?(?:drop|delivery|dispatch|shipping) (?:date|day)))",
    re.I,
)
ALL = re.compile(r"everything|all|the (?:lot|whole)|(?:his|her|their|the) order", re.I)
"""Never a quote or the like, as 'it' may be."""
WHOLE = re.compile(rf"\b(?:{_ALL})\b", re.I)
BROUGHT = re.compile(
    r"\b(?:delivery (?:is |has to be |must be |should be |set |promised |wanted |requested )?(?:for |on "
    r"|by )?"
    r"|deliver(?:ed)? (?:it |them |that |the (?:lot|order|goods) |everything |all of (?:it|that|them) "
    r")?(?:on|by|for|before|to)\b"
    r"|for delivery|(?:it|that|they|all|everything|goods)(?:'s| is| are|'re)? (?:all )?(?:wanted|needed"
    r"|required|promised) (?:for|by|on|before)"
    r"|all (?:wanted|needed) |on (?:\w+(?:'s)? )?(?:van|truck|lorry|run)\b|(?:the |our )?(?:truck|van|lorry) "
    r"(?:goes|will|would|leaves|comes|is|on)|on site by)",
    re.I,
)
EXPLICIT = re.compile(
    r"\b(?:(?:the|this|that|his|her|their|whole|my) (?:order|goods|load|shipment|lot)|^\W*order|goods|the "
    r"lot|truck|lorry|delivery)\b",
    re.I,
)
"""The order is named as such."""
PLACES = re.compile(
    r"\b(?:there|here|on site|out (?:there|here)|delivered|on (?:the|their|his|her) dock|with (?:him|her"
    r"|them)|in by"
    r"|at (?:the|their|his|her) (?:site|shop|yard|door|job ?site))\b",
    re.I,
)
NOT_THIS = re.compile(
    r"\b(?:last|previous|late|short|wrong|missing|missed|replacement|replacements|sample|samples|quote"
    r"|proposal|invoice"
    r"|credit|prices?|pricing|schedule|demo|deliveries|meeting|visit|see (?:him|her|them)|call|the right)\b",
    re.I,
)
PICKED = re.compile(
    r"\b(?:pick(?:s|ing)? (?:it|them|'em|that|the order|everything|up)|collect(?:s|ing)?)\b", re.I
)
ACCEPTS = re.compile(
    r"\b(?:yes|yep|yeah|no (?:worries|problem|bother|trouble|issue)|not a (?:bother|problem)|sure|of course"
    r"|absolutely|certainly|aye|fine|grand|done|will do|can do|okay|ok|doable|leave it with (?:me|us))\b",
    re.I,
)
OUTGOING = re.compile(
    r"\b(?:to (?:go(?: out)?|ship|leave|arrive|reach|land"
    r"|be (?:delivered|supplied|brought|dropped|sent|shipped|dispatched|there|here))"
    r"|(?:for )?(?:dispatch|delivery|deliver(?:ed)?|shipped|shipping)|wanted|needed|required)"
    r"(?: (?:out|over|up|down|it|them|there|here|\w+ site|is|by|on|for|to them|to her|to him|within|in)"
    r")*\s*$",
    re.I,
)
"""Between the goods and their day."""
WANTED = re.compile(
    r"\W*(?:all |everything |it )?(?:(?:is |are )?(?:wanted|needed|required|expected|due)\b(?! (?:a|an"
    r"|some|our|my)\b)"
    r"|(?:must|has to|have to|needs to|should|to) be (?:there|here|with|in|on|delivered|at)\b)",
    re.I,
)
"""Without a subject: the goods just ordered."""
