"""Words of meetings, and of deliveries and calls, which are none. One alternative more is one line more;
nothing is decided here."""

import re

MEETING = re.compile(
    r"\b(?:com(?:e|ing) back|go(?:ing)? back|(?:be|am|'m|are|'re|head(?:ing)?|pop(?:ping)?|swing(?:ing)?"
    r"|call(?:ing)?|drop(?:ping)?|stop(?:ping)?|look(?:ing)?) (?:back|in|by|round|around|over)(?: (?:to"
    r"|with|on|at|there|here|and see|again))?(?! (?:to )?(?:her|him|them) (?:with|about))|back (?:there"
    r"|here|in|out|with|to see|at)|see(?:ing)? (?:him|her|them|each other|you|us|me|(?-i:[A-Z])\w+)"
    r"|meet(?:s|ing)?|visit(?:ing)?|sit(?:ting)? down|get(?:ting)? (?:back )?together|appointment"
    r"|demo(?:nstration)?|tasting|present(?:ation|ing|s)? (?:to|on|at|is)|we present|presentation"
    r"|pitch(?:ing)?|slot|pencil(?:l?ed)?|in the (?:diary|calendar|book)|diary|catch(?:ing)? up|catch-up"
    r"|next (?:visit|call|appointment|meeting)|calling out|call out|(?:i'm|we're|i am|i'll be) (?:out"
    r"|over|up|down|in|back|there)(?: to| with| there| here)?|walk[- ]?through|site (?:visit|walk|meeting"
    r"|survey)|survey|settled on|agreed on|it's set for|is set for|showroom|training (?:day|session)"
    r"|planning session|review(?:ing)?|lunch with|lunch|coffee with|breakfast|session|workshop|tour|open "
    r"day|install(?:ation)? (?:day|on)|follow[- ]up (?:visit|meeting)|round two|swing (?:by|back)"
    r"|return(?:ing)? (?:visit|on|there)?|expect(?:s|ing)? me|having me (?:back|in)|invited (?:me|us)"
    r"|booked (?:me|us|in)|put me (?:in|down)|same (?:time|place|spot))\b",
    re.I,
)
DELIVERY = re.compile(
    r"\b(?:truck|van|lorry|delivery|deliver(?:s|ed|ing)?|ship(?:s|ped|ping)?|courier|(?:it|that|they"
    r"|everything|the (?:lot|order|whole (?:lot|thing)|goods|stuff))(?:'ll|'d|'s| will| would| all| is| "
    r"are| has to| have to| needs to| goes?)+(?: be| go| goes| going| arrive| get| land| to be)* (?:there"
    r"|with (?:her|him|them)|out|up|on|to (?:her|him|them)|over|goes|in by|on site|at (?:the|their))"
    r"|getting (?:it|them|everything|that|the lot)|it all goes|have (?:it|everything|them|that) (?:there"
    r"|to (?:her|him|them)|with (?:her|him|them)|on|by|in)|get (?:it|everything|them|that|the lot) "
    r"(?:there|to (?:her|him|them)|out|over|up)|has (?:it|everything)|need(?:s)? (?:it|them|everything"
    r"|the lot|all of it) (?:there |here |on site |delivered )?(?:by|on|before))\b",
    re.I,
)
NOT_OURS = re.compile(
    r"\b(?:their rep|his rep|her rep|the rep|inspector|inspection|health inspector|daughter|son|wife"
    r"|husband|wedding|concert|competitor)\b",
    re.I,
)
PROMISE = re.compile(
    r"\b(?:send|e-?mail|mail|deliver|drop(?:ping)? (?:it|them|the|off|a|some|in the|two|three)|ship|truck"
    r"|van|quote|ring|phone|call (?:him|her|them|(?-i:[A-Z])\w+|back)|text|invoice|pick(?:ing)? (?:up"
    r"|those|them|it)|swap|invoice|pay|credit)\b",
    re.I,
)
STRONG = re.compile(
    r"\b(?:meet(?:ing)?|appointment|demo|tasting|pitch|slot|com(?:e|ing) back|see(?:ing)? (?:him|her|them"
    r"|each)|sit(?:ting)? down|together|next visit|present|visit|diary|calendar|pencil|back (?:there|here"
    r"|in|out)|out to (?:him|her|them)|again|session|walk|review|training|lunch)\b",
    re.I,
)
