"""Words that speak for an outcome. One alternative more is one line more; nothing is decided here."""

import re

NOBODY = re.compile(
    r"\b(?:didn't (?:speak|talk) to (?:a soul|anyone|anybody)|(?:met|saw|spoke to) no ?(?:one|body)"
    r"|nobody (?:was )?(?:there|in|around|home|answered|about|came)|no ?one (?:was )?(?:there|in|around"
    r"|home|answered|about|came)|no answer|not a (?:person|soul)|closed (?:up|for|today|down)|(?:was|were"
    r"|is|are) (?:closed|shut|locked|dark)|locked up|shutters (?:were )?down|(?:knocked"
    r"|rang)[^.]{0,40}(?:nobody|nothing|no)|couldn't (?:get|find) (?:in|anyone|anybody)|gone for the day"
    r"|already gone|lights (?:were )?off|left (?:my|a) card|door(?:s)? (?:was|were)? ?locked|gate (?:was "
    r")?(?:locked|shut)|didn't (?:see|meet|catch|get) (?:anyone|anybody)|wasted (?:trip|journey)|stood "
    r"me up|no[- ]show)\b",
    re.I,
)
LOST = re.compile(
    r"\b(?:signed (?:everything |it all )?(?:over )?(?:to|with)|signed (?:a|an|the) \w+ ?(?:year|deal"
    r"|contract)? ?\w* with|(?:gone|going|went|moved|moving|switched|switching) (?:over )?(?:to|with)"
    r"|(?:is|are|'s|'re) gone|we(?:'ve| have)? lost (?:them|it|the|him|her|this)|lost the (?:account|deal"
    r"|business|tender|bid|contract)|not switching|doesn't want (?:a follow-up|us|anything more)|cross "
    r"\S+ ?\S* ?off|closing (?:the|their|his|her) account|clos(?:ed|ing) (?:down|for good)|no longer "
    r"(?:buy|order|deal|a customer|with us|need)|won't be (?:buying|ordering|needing|renewing)|not "
    r"renewing|cancel(?:l?ed|ling) (?:the|their|his|her) (?:account|contract|agreement|standing)|flat no"
    r"|it's done|decided (?:to go|on) (?:with)?|picked|chose|chosen|went with|awarded (?:it )?to|dead "
    r"lead|not interested|dropp(?:ed|ing) us|leaving us|end of the road|taken (?:the|their) business)\b",
    re.I,
)
INTEREST = re.compile(
    r"\b(?:interested|interest|keen|consider(?:ing)?|would (?:seriously )?(?:consider|swap|switch|like "
    r"to see|be glad)|'d (?:seriously )?(?:consider|swap|switch|like to see|be glad|love to)|curious"
    r"|quote|pric(?:es|ing)|sample|trial|demo|pitch|budget|set aside|proposal|thinking (?:about|of)"
    r"|looking (?:at|for|to)|wants? to see|in the running|tender|bid|could be|open to|intrigued|potential"
    r"|asked (?:about|for)|opportunity|evaluate|evaluating|shopping around|compar(?:e|ing)|new lead"
    r"|prospect)\b",
    re.I,
)
GIVEN_UP = re.compile(
    r"\b(?:isn't buying|not buying|no order|bad news|not a fun|furious|annoyed|cross|not (?:one bit "
    r")?happy|huff|complain|complaint|unhappy|angry|livid|fuming|upset|raging|ticked off|gave out)\b",
    re.I,
)
