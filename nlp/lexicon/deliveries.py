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
    rf"\W*(?:and |so )?(?:{_ALL}|order|delivery|(?:the |our )?(?:truck|van|lorry|delivery|driver))", re.I
)
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
