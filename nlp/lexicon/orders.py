"""Words of orders: units, what stands between number and product, what makes a line count or not. One
alternative more is one line more; nothing is decided here."""

import re

UNITS = (
    "case|cases|box|boxes|keg|kegs|bottle|bottles|bag|bags|pack|packs|packet|packets|roll|rolls|tub|tubs"
    "|tube|tubes|drum|drums|can|cans|jar|jars|jug|jugs|gallon|gallons"
    "|pallet|pallets|crate|crates|carton|cartons|tray|trays|sack|sacks|cylinder|cylinders|tank|tanks"
    "|barrel|barrels|bucket|buckets|pail|pails|set|sets|pair|pairs|piece|pieces"
    "|unit|units|litre|litres|liter|liters|kilo|kilos|kg|pound|pounds|lb|lbs|ton|tons|tonne|tonnes|sheet"
    "|sheets|bundle|bundles|length|lengths|yard|yards|metre|metres|meter|meters|foot|feet"
    "|ream|reams|dozen|kit|kits|spool|spools|reel|reels|vial|vials|ampoule|ampoules|cartridge|cartridges"
    "|syringe|syringes|tin|tins|pouch|pouches|pot|pots|bale|bales|tote|totes|canister|canisters|sleeve"
    "|sleeves|stick|sticks|bar|bars|punnet|punnets|bunch|bunches|refill|refills|machine|machines|unit"
    "|sachet|sachets|coil|coils|hank|hanks|jerrycan|jerrycans|flask|flasks|carboy|carboys|caddy|caddies|ibc"
    "|ibcs|cask|casks|firkin|firkins|quart|quarts|pint|pints|ounce|ounces|gram|grams|hundredweight|slab|slabs"
    "|stillage|stillages|ctn|bulk bag|bulk bags|half case|half cases|acre|acres|truckload|truckloads"
    "|each|load|loads|square|squares|bushel|bushels|brick|bricks|skid|skids|cubes|cube"
)
UNIT = re.compile(rf"(?:{UNITS})\b", re.I)
FILL = (
    r"(?:more|extra|new|big|small|large|full|whole|good|further|other|additional|usual|the|those|that"
    r"|these|their|our|of|your|additional|fresh|standard|little|our own)"
)
BETWEEN = re.compile(
    rf"^[\s-]*(?:{FILL}\s+)*(?:(?P<unit>{UNITS})\b)?(?:\s*,)?\s*(?:of\s+)?(?:{FILL}\s+)*"
    rf"(?P<loose>(?:[a-zà-ÿ'’-]+\s+){{0,2}})$",
    re.I,
)
STOPS = {
    "and", "or", "for", "with", "to", "at", "in", "on", "from", "by", "is", "was", "a", "per", "an", "he",
    "she", "they", "we", "i", "it", "but", "not", "no", "percent", "each", "off", "days", "weeks", "months",
    "years", "hours", "minutes", "people", "times", "o'clock", "pm", "am", "thousand", "than", "as", "if",
    "so", "then", "after", "before", "since", "because", "about", "like", "plus", "more", "us", "them", "him",
    "her", "me", "that", "this", "what", "which", "who", "are", "were", "had", "has", "have", "will", "now",
    "today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "last", "next", "down", "up",
    "out", "too", "also", "please", "actually", "sorry", "instead", "wants", "needs", "want", "need", "took",
    "does", "do", "did", "odd", "some", "our", "your", "day", "week", "month", "year", "year's", "doing",
    "said", "says",
}  # fmt: skip
"""Words that never stand between a number and its product."""
ONE = re.compile(
    rf"\b(?:an?|another|one more|one"
    rf"|single)\s+(?:single\s+|{FILL}\s+)*(?P<unit>{UNITS})\s+of\s+(?:{FILL}\s+)*(?:[a-z-]+\s+)?$",
    re.I,
)
ARTICLE = re.compile(
    rf"(?:\b(?:tak(?:es?|ing|en)|took|buy(?:s|ing)?|bought|having|have|wants?|order(?:s|ed|ing)?"
    rf"|sold (?:him|her"
    rf"|them)) (?P<the>(?:the|that|this)\s+)|\b(?P<one>(?:an?|another|one more|one)\s+))(?:{FILL}\s+)*"
    rf"(?P<loose>(?:[a-z-]+\s+)?)$",
    re.I,
)
"""What makes a product without a number one of it."""
BEHIND = re.compile(
    r"^(?:'s)?\s*(?:[,:.;–—-]|\bis\b|\btimes\b|\bx\b|\bby\b)*\s*(?:that's|make (?:it|that)|let's say|say"
    r"|from us,?|about|we'll do|he'll take|she'll take|they'll take|for|put (?:me|him|her|them) down for"
    r"|times"
    r"|i'll need)?\s*$",
    re.I,
)
CORRECTION = re.compile(
    r"\b(?:sorry|scratch that|make (?:it|that)|no,? (?:wait|hold on|make|sorry|actually)|hold on|actually"
    r"|i mean|rather|correction|changed (?:it|her mind|his mind|their mind|to)|ah no|oh no|wait|what am "
    r"i saying|strike that|let me correct|not \w+,|bumped (?:it|that)|upped (?:it|that)|no)\b",
    re.I,
)
MORE = re.compile(r"\b(?:another|more|extra|additional|on top|also add)\b", re.I)
ANAPHOR = re.compile(
    r"\b(?:order(?:s|ed)?|wants?|wanted|needs?|take|takes|took|taking|'ll have|will have|having|so|then"
    r"|that's"
    r"|make (?:it|that|those)|call it|say|settled (?:on|for)|agreed on|go(?:ing)? (?:for|with)|went (?:for"
    r"|with)"
    r"|get (?:her|him|them)|put (?:\w+ ){1,2}(?:down )?(?:for|in for)|down for|in for|down to|up to"
    r"|bump(?:ed)?"
    r" (?:it|that|them)?(?: up)?(?: to)?|(?:bump|put|take|took|move|cut|change|raise|go|went|reduce"
    r"|increase|bring"
    r"|brought|up)[^.;?!]{0,40} to|it's|now|this time(?: round)?|today(?: it's| it was)?|just|only"
    r"|another|first|no"
    r"|sorry|actually|rather|i mean)[\s,:]*(?:about |just |only |another |an extra |a further |the full "
    r"|all )?$",
    re.I,
)
"""What leads a number whose product was named before."""
OF_EACH = re.compile(
    rf"\s+(?:(?:{UNITS})\s+)?(?:of each|each of|of both|each\b(?! (?:time|week|month|day)))", re.I
)
COUNTED = re.compile(
    rf"\s*(?:each\b|apiece\b|a piece\b|(?:a|an|per|/|the|for (?:a|an|each|the)) ?(?:\w+ )?(?:{UNITS}|piece"
    rf"|pop|go|head|one)\b)",
    re.I,
)
"""Behind a sum: it is the price of one."""
PRICE_LEAD = re.compile(
    r"\b(?:pric(?:e|ed|ing)|rate|quot(?:e|ed)|charg(?:e|ed|ing)|cost|costs)\b[^.;]{0,24}?\b(?:is|at"
    r"|stays?|was"
    r"|of|to|them|him|her|it"
    r"|remains)?\s*$",
    re.I,
)
GIVEN = re.compile(
    r"\b(?:i|we)(?:'ve|'m|'ll|'d| have| did| will| can)?\s+(?:\w+\s+)?(?:let|giv|gave|do|did|sold|sell|agree"
    r"|settle|offer|charg|pric|hold|held|honou?r|match|quot|said)\w*\b[^.;?!]{0,40}?\b(?:at|for|on"
    r"|to)\s+(?=\S)",
    re.I,
)
"""Before a price that we gave for what was named last."""
THEIR_PRICE = re.compile(
    r"\b(?:they're|they are|their|next door|elsewhere|online|somewhere|cheaper|undercut|competit"
    r"|was paying|were paying"
    r"|used to|how much|what .* (?:cost|charge)|the other)\b",
    re.I,
)
"""A price that is not ours for this line."""
WITHDRAWN = re.compile(
    r"\b(?:so no|cancel(?:led)?(?: the| those)?|forget(?: the| about the)?|scratch the|drop the|take off the"
    r"|leave (?:off|out) the|take the|without the)\s+$",
    re.I,
)
"""What takes back a product that was ordered before."""
MENDS = re.compile(
    r"\b(?:so|then|settled|agreed|makes?|down to|up to|bump|put (?:her|him|them) down|call it|say)\b", re.I
)
"""What between a line and a number makes the number the line's new one."""
