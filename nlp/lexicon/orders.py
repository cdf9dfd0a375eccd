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
    "|each|load|loads|square|squares|bushel|bushels|brick|bricks|skid|skids|cubes|cube"
)
UNIT = re.compile(rf"(?:{UNITS})\b", re.I)
FILL = (
    r"(?:more|extra|new|big|small|large|full|whole|good|further|other|additional|usual|the|those|that"
    r"|these|their|our|of|your|additional|fresh|standard|little|our own)"
)
BETWEEN = re.compile(
    rf"^[\s-]*(?:{FILL}\s+)*(?:(?P<unit>{UNITS})\b)?(?:\s*,)?\s*(?:of\s+)?(?:{FILL}\s+)*(?:[a-z-]+\s+)?$",
    re.I,
)
ONE = re.compile(
    rf"\b(?:an?|another|one more"
    rf"|single)\s+(?:{FILL}\s+)*(?P<unit>{UNITS})\s+of\s+(?:{FILL}\s+)*(?:[a-z-]+\s+)?$",
    re.I,
)
ARTICLE = re.compile(rf"\b(?:an?|another|one more|one)\s+(?:{FILL}\s+)*$", re.I)
WANTED = re.compile(
    r"\b(?:wants?|needs?|order(?:s|ed)|tak(?:es|ing|e)|bought|buying|after|get(?:s|ting) (?:him|her"
    r"|them)?|add(?:ed)?|throw in|packs? of|boxes of|cases of|packs|boxes|bags|and)\b",
    re.I,
)
BEHIND = re.compile(
    r"^(?:'s)?\s*(?:[,:.;–—-]|\bis\b|\btimes\b|\bx\b|\bby\b)*\s*(?:that's|make (?:it|that)|let's say|say"
    r"|about|we'll do|he'll take|she'll take|they'll take|for|put (?:me|him|her|them) down for|times"
    r"|i'll need)?\s*$",
    re.I,
)
CORRECTION = re.compile(
    r"\b(?:sorry|scratch that|make (?:it|that)|no,? (?:wait|hold on|make|sorry|actually)|hold on|actually"
    r"|i mean|rather|correction|changed (?:it|her mind|his mind|their mind|to)|ah no|oh no|wait|what am "
    r"i saying|strike that|let me correct|not \w+,|bumped (?:it|that)|upped (?:it|that)|no)\b",
    re.I,
)
ORDERING = re.compile(
    r"\b(?:order(?:s|ed|ing)?|wants?|wanted|needs?|needed|take[s]?|took|taking|buy(?:s|ing)?|bought"
    r"|get(?:s|ting)?|put (?:\w+ ){1,3}(?:down|in)|send (?:\w+ )?|sign(?:ed)? (?:off|up)|book(?:ed)?"
    r"|reorder|re-order|after|go(?:ing)? (?:with|for)|went (?:with|for)|ask(?:ed|ing|s)? for|would like"
    r"|'d like|i'd like|ship|deliver|due|looking for|requires?|requested|have (?:\w+ )?(?:down|in) for"
    r"|do(?:ing)? (?:us|them)|grab(?:bed)?|pick(?:ed)? up|commit(?:ted)? to|sold|replenish|top(?:ped)? up"
    r"|stock(?:ing)? up|please|settled on|landed on|plus|and|said yes|fancies|placed|confirmed|locked in"
    r"|in for|down for)\b",
    re.I,
)
NO_ORDER = re.compile(
    r"\b(?:quote|quotation|quoted|estimate|sample[sd]?|sampling|taster|tester|(?<!-)free|replac(?:e|ed"
    r"|ing|ement)|no charge|on the house|complimentary|price list|prices? (?:for|on)|pricing|brochure"
    r"|catalogue|catalog|data sheets?|usage|uses|goes through|going through|gets? through|burn(?:s|ing)? "
    r"through"
    r"|stock(?:ed)? (?:of|level)|in stock|count(?:ed)?|arrived|came|delivered|dropped|returned"
    r"|return(?:ing)?|sent back|send back|broken|damaged|damp|short|missing|leak|expired|a week|per week"
    r"|a month|per month|each month|trial|demo|loan(?:er)?|credit|pick(?:ed|ing)? (?:those|them|it) up"
    r"|invoiced?|instead of|still climbing|were|was going to|thought about|thinking|might|may|considering"
    r"|keen on|interested in|left over|on the shelf|has (?:a|an) press full|asked about|wondering|whether"
    r"|don't (?:put|book|enter)|do not (?:put|book|enter)|nothing (?:on|to)|from (?:them|the competition"
    r"|the other))\b",
    re.I,
)
DENIED = re.compile(
    r"\b(?:no|not|don't|doesn't|didn't|won't|isn't|wasn't|without|never|skip(?:ped|ping)?|cancel(?:l?ed)?"
    r"|dropped|instead of|rather than|drop|except|hold off on|passed on|take off|leave off|leave out"
    r"|lose)\b(?:(?!\bbut\b|, (?:and|but|just|so) |\bonly\b).){0,45}$",
    re.I,
)
MORE = re.compile(r"\b(?:another|more|extra|additional|on top|also add)\b", re.I)
