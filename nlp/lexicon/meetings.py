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
    r"|those|them|it)|swap|invoice|pay|credit|get(?:ting)? back to|circl(?:e|ing) back|touch(?:ing)? base"
    r"|(?:com(?:e|ing) back|back) to (?:him"
    r"|her|them|(?-i:[A-Z])\w+) (?:on|about)"
    r"|drop(?:ping)? (?:him|her|them|(?-i:[A-Z])\w+) (?:in|off|round|over)|price|in (?:his|her|their) "
    r"(?:hands|inbox))\b",
    re.I,
)
STRONG = re.compile(
    r"\b(?:meet(?:ing)?|appointment|demo|tasting|pitch|slot|com(?:e|ing) back|see(?:ing)? (?:him|her|them"
    r"|each)|sit(?:ting)? down|together|next visit|present|visit|diary|calendar|pencil|back (?:there|here"
    r"|in|out)|out to (?:him|her|them)|again|session|walk|review|training|lunch)\b",
    re.I,
)
CORRECTED = re.compile(
    r"\b(?:no|sorry|actually|make (?:that|it)|i mean|rather|scratch|moved|pushed|instead)\b", re.I
)
"""Between two dates: the last one holds."""
AGREED = re.compile(
    r"\b(?:agreed|settled|said|booked|pencil(?:l?ed)?|(?<!a )set(?! of)|fixed|made it|make it|arranged"
    r"|scheduled"
    r"|confirmed|locked in"
    r"|put (?:me |us )?(?:down|in)|wr(?:ote|itten) down|doing (?:that|it|this)|diary|calendar)\b",
    re.I,
)
TOGETHER = re.compile(
    r"\b(?:back|again|in|by(?! (?:the|a|\w+day|tomorrow|noon|next|then|end|close|this|\d))"
    r"|round|around|over|out|up|down|through|with|together|past|to see|questions?|lot"
    r"|site|plan)\b",
    re.I,
)
PLACED = re.compile(
    r"\b(?:be|am|'m|are|'re|is|being|go|going|goes|call|calling|stop|stopping|drop|dropping|look|looking"
    r"|head|heading"
    r"|nip|nipping|duck|ducking|pass|passing|run|running|stick (?:my|me) head)(?: straight| right)? "
    r"(?:back|in|by|round|around|over"
    r"|out|past|up|down|again"
    r"|with (?:him|her|them|(?-i:[A-Z])\w+))\b",
    re.I,
)
SITTING = re.compile(r"\b(?:sit-down|meet-up|get-together|kick-?off|debrief|our next|next catch-up)\b", re.I)
FIXED = re.compile(
    r"\b(?:down for (?:me|us)|(?:have|has|got|having) (?:me|us) (?:in|down)|expect(?:s|ing)? (?:me|us)"
    r"|each other"
    r"|try(?:ing)? (?:(?:him|her|them|there|it|(?-i:[A-Z])\w+) )?again"
    r"|(?:bring|bringing|take|taking) (?:him|her|them|(?-i:[A-Z])\w+) (?:in|into|to|over|down|round|along"
    r"|out|through)"
    r"|make (?:it|this|the meeting))\b",
    re.I,
)
SERVICE = re.compile(
    r"\b(?:a|an|our|the) (?:tech|technician|engineer|fitter|trainer|driver|electrician|plumber|courier"
    r"|collection|pickup)\b",
    re.I,
)
SHARED = re.compile(
    r"\b(?:go through|walk through|talk (?:through|over|about)|questions|sit down|meet|discuss)\b", re.I
)
"""What nobody does alone."""
WITH_US = re.compile(r"\b(?:me|us|our|we|together)\b", re.I)
CALLED_OFF = re.compile(r"\b(?:haven't|no|not|didn't|never|cancel\w*|can't|won't)\b", re.I)
COME_AND = re.compile(
    r"\b(?:come|pop|swing|call|drop|be) (?:and|to|out|over|down|up|in|back|by|round)\b", re.I
)
"""'wants me to come and fit one'."""
WITH_SOME = re.compile(r"\bwith (?:[\w'-]+ ){0,3}and (?:a|an|the|our) \w+", re.I)
"""Who else is there is no service call."""
FOLLOW_UP = re.compile(
    r"\W*(?:and |so |then )?(?:a |the |our |next )?follow[- ]?up (?:appointment|meeting|visit|demo"
    r"|session)",
    re.I,
)
"""A noun, whatever the tagger takes 'follow' for."""
