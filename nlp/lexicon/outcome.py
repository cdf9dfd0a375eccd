"""Words that speak for an outcome. One alternative more is one line more; nothing is decided here."""

import re

NOBODY = re.compile(
    r"\b(?:didn't (?:speak|talk) to (?:a soul|anyone|anybody)|(?:met|saw|spoke to) no ?(?:one|body)"
    r"|nobody (?:was )?(?:there|in|around|home|answered|about|came)|no ?one (?:was )?(?:there|in|around"
    r"|home|answered|about|came)|no answer|not a (?:person|soul|sinner|light)|closed (?:up|for|today|down)"
    r"|(?:was|were"
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
ANGER = re.compile(
    r"\b(?:furious|annoyed|cross|huff|complain(?:s|ed|ing|t)?|unhappy|angry|livid|fuming|upset|raging"
    r"|ticked off|gave out"
    r"|dirty on us|fed up|(?:not|isn't|wasn't) (?:\w+ )?(?:happy|impressed|satisfied|pleased)|telling[- "
    r"]off|cranky|gave me an earful"
    r"|let (?:him|her|them) down|up in arms|sick of us|had it with us|mad at us|was mad|sour with us|not "
    r"good enough)\b",
    re.I,
)
"""Of the customer, about us."""
OFFERS = re.compile(
    r"\b(?:quotes?|quotation|proposals?|pric(?:e|es|ing)|price list|offer|numbers|figures|estimate|tender"
    r"|bid|catalogue|catalog"
    r"|brochure|spec|specs|data ?sheets?|rate|rates|terms|discount|trial|demo|credit application|account "
    r"with|pitch)\b",
    re.I,
)
"""What is owed to somebody who may buy."""
SAMPLES = re.compile(
    r"\b(?:samples?|tester|testers|swatch(?:es)?|free (?:bag|box|spool|tube|case)s?|match)\b", re.I
)
WOULD = re.compile(
    r"\b(?:(?:he|she|they)(?:'d| would) (?:take|buy|switch|swap|come back|want|try|go with|consider|move"
    r"|sign|have|order|use|look)"
    r"|wants? to try|try (?:ours|it|them|one)|keep us in mind|think about it|needs? to think|board meets"
    r"|decide|decision"
    r"|if (?:we|you) (?:can |could )?match)\b",
    re.I,
)
LEAVING = re.compile(
    r"\b(?:(?:is|are|'s|'re) done with us|no more (?:orders|from (?:him|her|them))|sold up|close (?:the"
    r"|their|his|her) account"
    r"|closing up|off the list|ain't (?:buying?|orderin[g']?) (?:from us|no more)|signed with|gone with"
    r"|went with|dropping us"
    r"|we(?:'ve| have)? lost \w+|that's (?:them|him|her) (?:away|gone)|(?:final|polite|firm|flat) no\b|has "
    r"left us|leaving us)",
    re.I,
)
SHUT = re.compile(
    r"\b(?:he|she|they|nobody|who|(?-i:[A-Z])\w+) never (?:came (?:down|out|back)|showed(?: up)?"
    r"|turned up|appeared)\b"
    r"|^\W*(?:it's |it was |all )?shut\b|\bshutter(?:s|'s)?(?: (?:is|are|was|were))? down\b|\bwaste[d]? "
    r"(?:of a |my )?(?:trip|journey|drive)\b"
    r"|\bnobody (?:at|here|home|answered|came)\b|\bno sign of (?:him|her|them|anyone|anybody|life)\b",
    re.I | re.M,
)
MENDED = re.compile(
    r"\b(?:replace\w*|swap\w*|exchange|refund|credit note|raise the credit|make (?:it|this|that) right"
    r"|faulty|damaged)\b",
    re.I,
)
"""What we do when something went wrong."""
WARM = re.compile(
    r"\b(?:(?:loads|lots|plenty|a lot|all sorts|full) of questions|weighing (?:it |things )?up|tempted"
    r"|on the fence"
    r"|in two minds|toying with|mulling|warming to|sounded? (?:me|us) out|asked (?:me )?(?:what"
    r"|how much) (?:we|it|they)"
    r"(?:'d| would)? (?:charge|cost|come to)|something (?:in it |there )?for us|an opening for us|room for us"
    r"|put(?:ting)? (?:it|this|that|us) to (?:the|his|her|their)|(?:run|take|bring)(?:ning|ing)? (?:it"
    r"|this|that|us)"
    r" (?:past|by|to|before) (?:the|his|her|their) (?:board|boss|committee|partners?|owners?|wife|husband"
    r"|head"
    r"|management|council|directors?)|would be up for|'d be up for|give us a (?:go|shot|try|chance)"
    r"|shopping around"
    r"|unhappy with (?:his|her|their) (?:current|present)|fed up with (?:his|her|their) (?:current"
    r"|present|supplier)"
    r"|up for (?:renewal|grabs|tender)|out to tender|contract (?:runs out|ends|expires|is up))\b",
    re.I,
)
"""Of somebody who may buy, plainly."""
GONE = re.compile(
    r"\b(?:gone elsewhere|going elsewhere|took (?:it|their business|his business|her business) elsewhere"
    r"|(?:has|have|'s|'ve) closed (?:his|her|their) account|(?:shift|mov|switch|transferr)ed (?:all "
    r"|everything|it all"
    r"|(?:the|his|her|their) (?:\w+ ){0,2}(?:business|account|orders?|supply"
    r"|contract))(?: \w+){0,3}? (?:over )?to"
    r"|(?:contract|tender|deal|business|account|job|bid|order) (?:has |have )?(?:gone|went|been (?:given"
    r"|awarded)"
    r"|was (?:given|awarded)|is going) to|(?:given|awarded|handed) (?:the|their|his|her|it"
    r"|that) (?:\w+ ){0,3}?to"
    r" (?=(?-i:[A-Z]))|didn't (?:get|win|land) the (?:\w+ ){0,2}(?:tender|contract|deal|job|business|bid"
    r"|account)"
    r"|lost out|missed out on the|pipped us|won't be (?:buying|ordering)|not (?:buying|ordering) from us"
    r"|stopp(?:ed|ing) (?:buying|ordering) from us|no longer a customer"
    r"|everything goes through (?=(?-i:[A-Z])))",
    re.I,
)
"""They left, or never came."""
RIVAL_GOT = re.compile(
    r"(?:'s| has| have|'ve)? (?:got|won|landed|took|taken|pipped us|beat us|undercut us and|signed them)\b"
    r"(?= (?:it|the|that|them|him|her|us|this)\b|[^a-z])",
    re.I,
)
"""Behind a competitor's name."""
