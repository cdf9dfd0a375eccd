"""Words around people: roles, introductions, absence, kin. One alternative more is one line more; nothing
is decided here."""

import re

HEADS = (
    "manager|owner|director|chef|buyer|nurse|vet|partner|bookkeeper|receptionist|assistant|bartender"
    "|barista|engineer|foreman|superintendent"
    "|principal|dentist|hygienist|supervisor|lead|head|coordinator|officer|technician|secretary"
    "|administrator|sommelier|brewer|captain|agronomist"
    "|grower|farmer|estimator|contractor|surveyor|accountant|controller|clerk|president|ceo|cfo|founder"
    "|proprietor|landlord|landlady|pharmacist"
    "|doctor|surgeon|teacher|caretaker|mechanic|stylist|baker|roaster|storeman|keeper|planner|architect"
    "|boss|specialist|executive|agent|rep"
    "|purchaser|procurement|accounts payable|therapist|trainer|host|hostess|cook|sous-chef|concierge"
    "|groundskeeper|greenkeeper|builder|plumber"
    "|electrician|carpenter|optician|optometrist|orthodontist|physio|matron|dispenser|stockman|herdsman"
    "|shepherd|orchardist|winemaker|merchant|gaffer|number two"
)
_ROLE = (
    rf"((?:(?!the |a |an |new |their |his |her |our |is |was |and )[a-z][\w-]*(?: and | of | & | "
    rf")){{0,3}}?(?:{HEADS})(?: (?:and|of) (?:owner|purchasing|operations|sales|the \w+|\w+))?)\b"
)
LEAD = r"(?:the|their|a|an|our|his|her|its|new|current|other|young|old|lovely|acting|interim)"
ROLE_BEFORE = re.compile(
    rf"(?:\b{LEAD} )*\b{_ROLE}(?:'s name)?(?: there| here| now| over there)?(?:,| is| was| there is| "
    rf"there's| called| named|'s| is called| is named| is now|,? a (?:guy|man|woman|lady) called|,? name "
    rf"of)*[ ,]*(?:a |an )?$",
    re.IGNORECASE,
)
ROLE_AFTER = re.compile(
    rf"^(?:,? (?:who(?:'s| is)|he(?:'s| is)|she(?:'s| is)|is|was|as|works as|that's)(?: now| also)?"
    rf"|\. (?:He|She)(?:'s| is)(?: now| also)?)?,? "
    rf"(?:{LEAD} )+{_ROLE}(?=[\s,.;!?]|$)",
    re.IGNORECASE,
)
KIN = (
    "daughter|son|wife|husband|mother|father|mum|mom|dad|sister|brother|boy|girl|baby|dog|cat|puppy|kid"
    "|lad|fianc[ée]e?|partner's|nephew|niece"
    "|grandson|granddaughter|grandmother|grandfather|uncle|aunt|cousin|friend|horse|pony|lurcher|kitten"
    "|twins|neighbour|neighbor|boyfriend|girlfriend"
)
NOT_THEIRS = re.compile(
    rf"(?:\b(?:{KIN}|driver|our|my|colleague|teammate|competitor|rep|singer|actor|saint|st\.?|player"
    rf"|author|president)\b,?\s*(?:is |called |named )?)$",
    re.I,
)
OUR_PERSON = re.compile(
    r"^,? (?:(?:from|in|at) (?:our|the office|accounting|dispatch|the warehouse|head office)|our |my "
    r"|the driver|his |her )",
    re.I,
)
ABSENT_AFTER = re.compile(
    r"^(?:'s|’s)? ?(?:,? who |,? )?(?:(?:is|was|were|'s) (?:away|off(?! to)|out|on (?:vacation|holiday"
    r"|holidays|leave|annual leave|maternity)|sick|at lunch|in (?:a )?(?:meeting|surgery|spain|court)"
    r"|abroad|gone|busy|up to|tied up|nowhere|retiring|leaving|no longer)"
    r"|(?:isn't|wasn't|weren't|is not|was not|never) (?:in|there|around|here|available|about|at|on site"
    r"|working)\b|day off|had (?:left|gone|already|stepped)|has left|left (?:the|last|in)|wouldn't"
    r"|couldn't (?:see|make|come)|never (?:showed|turned|came)|didn't (?:show|turn|come|make)|retired"
    r"|will be (?:at|there|joining)|'s back|gets back|is back (?:on|next|from)|comes back|and i had "
    r"agreed)",
    re.IGNORECASE,
)
ABSENT_BEFORE = re.compile(
    r"(?:\bmissed|\bcovering for|\bno sign of|\bcouldn't (?:get|see|find|reach)|\bdidn't (?:get to "
    r")?(?:see|meet|catch)|\bwithout|\bask(?:ed|ing)? for|\bwaiting (?:for|on)|\blooking for|\blike|\bso "
    r"whoever looks after|\blooks after"
    r"|\bfilling in for|\binstead of|\breplac(?:es|ed|ing)|\btook over from|\bused to be|\bnot|\bregards "
    r"to|\bmessage (?:for|to)|\bword (?:for|to)|\bcard for|\bnote for|\breports to|\bhas to ask|\brun it "
    r"(?:by|past)|\bcheck with|\bsign[- ]off from|\bapproval from|\bhas to go (?:past|through))\s*$",
    re.IGNORECASE,
)
MET_BEFORE = re.compile(
    r"(?:\bwith|\bmet|\bmeet|\bsaw|\bsee|\bseen|\bspoke to|\bspoke with|\bspeak with|\btalk(?:ed)? to"
    r"|\btalk(?:ed)? with|\bgreeted by|\bcaught|\bcaught up with|\bintroduced (?:me )?to|\bcall(?:ed)?"
    r"|\bnam(?:ed)|\bname is|\bname's|\bthis is|\bit's|\bchat(?:ted)? (?:with|to)|\bfound|\bgot|\basked "
    r"for|\bran into|\bsat down with|\bbrought in|\b(?:his|her|their) name is|\bit was|\b(?:for|covering "
    r"for) her,)\s*$",
    re.IGNORECASE,
)
INTRODUCED = re.compile(
    r"\b(?:new|newly|joined|just started|taken over|took over|replac|called|introduc|name is|name's"
    r"|spelled|named|now runs|in charge|to deal with|go through|point of contact|contact is|ask for)\b",
    re.I,
)
NAMED = re.compile(
    r"\b(?:called|named|name(?:'s| is)|, (?=[A-Z]))\s*([A-Z][a-zà-ÿ'-]+(?: [A-Z][\w'-]+)?)"
    r"|\b(?:with|met|and|is|by|to|saw|manager|owner|buyer)\s+([A-Z][a-zà-ÿ'-]+ [A-Z][a-zà-ÿ'-]+)"
)
STRAY = re.compile(r"\b(?:to|in|from|into|near|for|of|on|at|like|says|the)\s*$", re.IGNORECASE)
"""Words before a capital that make it a town, a brand or a thing rather than somebody met."""
STRAY_MET = 0.3
NEAR = 60
"""Characters around a name in which its role stands."""
REACH = 700
"""Characters behind a name in which its number or address may stand."""
