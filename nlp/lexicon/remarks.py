"""Words of feedback and of personal facts. One alternative more is one line more; nothing is decided here."""

import re

PROBLEM = (
    r"late|delayed?|broken|damaged|faulty|defective|wrong|missing|short(?:ed)?|flat|empty|leak(?:s|ing|ed"
    r"|y)?|expir(?:ed|ing|es?)|mou?ldy|damp|wet|torn|tear(?:s|ing)?|cracked|snapp(?:ed|ing)|dented"
    r"|smash(?:ed)?|out of date|stale|rotten|rusty|jamm?(?:ed|ing)|stuck"
    r"|fail(?:s|ed|ing)?|fell (?:off|apart)|falling (?:off|apart)|com(?:es|ing) (?:off|apart|loose)"
    r"|doesn't (?:work|fit|stick|hold|last)|don't (?:work|fit|stick|hold|last)|didn't (?:work|arrive"
    r"|turn up|show|come)|never (?:arrived|came|turned up|showed|called|rang|got)|invoiced (?:them|him"
    r"|her|us)? ?twice|charged (?:twice|double)|double[- ]?(?:billed|charged|invoiced)|overcharged"
    r"|billed (?:twice|wrong)|mix(?:ed)?[- ]up|messed up|a week from expiring|hard to (?:open|read|reach"
    r"|get)|impossible to|too (?:slow|expensive|dear|long|thin|weak|small|big|heavy|complicated|many)"
    r"|rude|no one (?:answers|calls|picks)|nobody (?:answers|calls|picks)|on hold|can't (?:get through"
    r"|reach|get hold)|ignored|unhappy|annoyed|furious|complain(?:s|ed|ing|t)|complaint|disappointed"
    r"|frustrated|fed up|not (?:one bit )?happy|seals? broken|scratched|bent|peel(?:s|ing|ed)|smell(?:s"
    r"|ed)? off|contaminated|spoil(?:ed|t)|clumped|blocked|keeps? \w+ing|warped|chipped|crush(?:ed)?|tore"
    r"|split|burst|soaked|lost (?:our|the|their)|three times|still (?:waiting|hasn't|haven't)|let (?:them"
    r"|her|him|us) down|ruined|useless|poor quality|inconsistent|recalled|sour"
)
COMPLAINT = re.compile(rf"\b(?:{PROBLEM})\b", re.I)
THINGS_OF_OURS = re.compile(
    r"\b(?:deliver(?:y|ies|ed)?|order|box(?:es)?|case(?:s)?|batch|lot|invoice[sd]?|driver|truck|van"
    r"|shipment|pallet|bags?|bottles?|packs?|we|us|our|ours|product|service|portal|website|packaging"
    r"|label|lids?|quality|price|support|customer service|hotline|phone line|account|units?|machine|pump"
    r"|filter|dropped|last)\b",
    re.I,
)
COMPLIMENT = re.compile(
    r"\b(?:best|nicest|brilliant|excellent|fantastic|amazing|outstanding|superb|lovely (?:service|product"
    r"|job)|great (?:to deal|service|job|work|product|quality|driver|value|response|support)|love[sd]?"
    r"|loving|happy with|delighted|thrilled (?:with|by)|impressed|pleased with|very pleased|never (?:late"
    r"|grumpy|had a problem|let)|gone down (?:a storm|well|a treat)|went down (?:a storm|well|a treat)"
    r"|raved?|raving|a pleasure|spot on|flawless|perfect|top[- ]notch|first[- ]class|life[- ]?saver"
    r"|couldn't be happier|can't fault|nothing but praise|compliment|speaks highly|singing the praises"
    r"|better than (?:anything|any|the|their)|hats off|appreciate[sd]?|grateful|thank(?:ed|s|ful)|good "
    r"to deal with|a joy|game changer|reliable|always on time|no complaints|selling (?:like|really|out)"
    r"|flying (?:off|out)|sells itself)\b",
    re.I,
)
IDEA = re.compile(
    r"\b(?:we (?:should|ought to|could)|you (?:should|ought to)|ought to|should (?:sell|offer|do|make"
    r"|bring|have|stock|put|add|consider)|it(?:'d| would) be (?:handy|great|nice|good|useful|helpful"
    r"|brilliant|lovely|easier|better|grand)|would be (?:handy|great|nice|useful|helpful|easier|better) "
    r"if|wish(?:es|ed)?|would we ever|why (?:don't|can't) we|why not|suggest(?:ion|ed|s|ing)?|idea|could "
    r"we (?:not )?(?:do|make|offer|add|put|sell|get)|can we (?:not )?(?:do|make|offer|add|put|sell)|if "
    r"(?:only )?we (?:did|had|sold|offered|could|made|put)|(?:she|he|they)(?:'d| would) (?:love|like) "
    r"(?:it if|to see us|us to)|how about|what if we|recommend(?:s|ed)? (?:that )?we|thinks we)\b",
    re.I,
)
KIN = (
    r"daughter|son|wife|husband|mother|father|mum|mom|dad|sister|brother|kid|kids|child|children|twins"
    r"|baby|grandson|granddaughter|grandchild(?:ren)?|grandkids|nephew|niece|uncle|aunt|cousin"
    r"|fianc[ée]e?|boyfriend|girlfriend|partner|family|parents|young lad|boy|girl|wee one|little one"
    r"|toddler|eldest|youngest|in-laws?|nan|granny|grandad|grandpa|grandma|dog|cat|puppy|horse|lurcher"
    r"|pony|mam|missus|hubby|nana|young fella|old man|\w+dog"
)
LIFE = re.compile(
    r"\b(?:wedding|married|marrying|engaged|anniversary|birthday|turn(?:s|ed|ing)? (?:\w+ ?-? ?)?(?:one"
    r"|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|\d+)"
    r"|pregnant|expecting|maternity|paternity|due in|gave birth|newborn|surgery|hip|knee|operation"
    r"|hospital|recovering|recover|cancer|chemo|cast|broke (?:his|her|a)|marathon|half[- ]marathon"
    r"|triathlon|ironman|10k|holiday|vacation|honeymoon|cruise|trip to|off to|going to (?:italy|spain"
    r"|france|greece|portugal|mexico|hawaii|japan|disney)|moved? (?:house|home|in with|to a new)|moving "
    r"(?:house|home|in)|new house|retir(?:e|es|ing|ed|ement)|graduat(?:e|ed|es|ing|ion)|college"
    r"|university|school|varsity|degree|learning|guitar|piano|choir|band|sings?|fishing|golf|sail(?:s"
    r"|ing)|cycling|hiking|climb(?:s|ing)|running|football|soccer|rugby|hockey|baseball|basketball"
    r"|cricket|hurling|camogie|netball|season ticket|supports|fan of|garden(?:ing)?|allotment|bees"
    r"|beekeep\w*|chess|paint(?:s|ing)|knit(?:s|ting)|driving test|licence test|adopt(?:ed|ing|s)?"
    r"|rescue dog|puppy|passed (?:away|his|her)|funeral|died|bereave\w*|communion|confirmation"
    r"|christening|baptism|bar mitzvah|quincea\w+|vegan|vegetarian|allerg\w+|gluten|celiac|coeliac"
    r"|diabetic|quit smoking|point-to-point|tattoo|motorbike|motorcycle|vintage|restor(?:es|ing)|camper "
    r"?van|caravan|citizenship|first solo flight|learning to fly|pilot|dance floor|volunteer\w*"
    r"|(?:'s|is|be|was) (?:forty|fifty|sixty|seventy|eighty|ninety)"
    r"|exams?|studies|study|studying|diploma|scholarship|apprentice\w*|waiting list|on crutches|in a sling"
    r"|grand(?:father|mother|dad|ad)|becomes? a (?:father|mother|dad|mum|mom)|proud|won (?:a|the|his|her)"
    r"|moving to|visiting from|over from|flying (?:in|out|home)|maternity|baby|twins|pregnan\w+|competes?"
    r"|coach(?:es|ing)? (?:the|his|her|a|little|under)|over the moon|back from|homesick|night classes"
    r"|evening classes|divorc\w+)\b",
    re.I,
)
BUSINESS = re.compile(
    r"\b(?:order|delivery|invoice|quote|price|stock|case|cases|boxes|supplier|contract|account|budget"
    r"|sample|samples|we|our|us|product|products|menu|clinic day|opening|crowd|customers?|sale|trial"
    r"|deal)\b",
    re.I,
)
CUES = {"complaint": COMPLAINT, "compliment": COMPLIMENT, "idea": IDEA}
FLOOR = {"complaint": 0.55, "compliment": 0.55, "idea": 0.55}
"""Scores from which a clause is taken for it; chosen on the development worlds."""
UNCUED = 0.6
"""The same where no cue word stands in the clause."""
STRANGE = 0.2
"""What is added where nothing in the clause is ours."""
ABOUT_US = re.compile(
    r"\b(?:we|us|our|ours|your|yours|you|driver|service|deliver\w*|product|quality|deal with|range|stuff|it"
    r"|them|one|ones|invoice[sd]?|order(?:s|ed)?|batch|box(?:es)?|bags?|pallets?|packaging|label|lids?"
    r"|office|support|app|website|last)\b",
    re.I,
)
THEIRS = re.compile(
    r"\b(?:his|her|their|\w+'s) (?:own |old )?(?:freezer|fridge|oven|boiler|roof|lift|van|car|truck|till"
    r"|computer|internet|heating|landlord|bank|signal|phone)\b|\bthe (?:position|signal|map|parking"
    r"|weather)\b|\bnothing wrong\b",
    re.I,
)
"""What breaks there without being ours."""
GOES_ON = re.compile(r"^\s*(?:so(?: that)?|because|'cause|cos|since|which|until|when) ", re.I)
JOINER = re.compile(r"(?:and|but|so|because|that|who|which|then|also|,|honestly|apparently)\s+", re.I)
NOT_PRODUCT = re.compile(
    r"\b(?:hasn't paid|haven't paid|no problems?|no complaints?|no issues?|no dramas?|credit of|signal"
    r"|check-? ?in|my phone|parking|traffic|weather|on hold with|their (?:own|till|grinder)|her till|his "
    r"van|the council)\b",
    re.I,
)
EVENT = re.compile(r"\b(?:married|marrying|wedding|honeymoon|baby|funeral|maternity|paternity)\b", re.I)
"""A reason for being away that is worth remembering."""
ABSENCE = re.compile(
    r"\b(?:was|is|were) (?:away|off|out|in (?:surgery|a meeting)|on (?:vacation|holidays?|leave)(?! "
    r"in\b))|\bday off\b|\bpart of a chain\b",
    re.I,
)
"""Why somebody was not met is no fact to remember."""
OUR_FAULT = re.compile(
    r"\bwe (?:keep|kept|sent|delivered|charged|billed|invoiced|forgot|short\w*|dropped|lost|never|took"
    r"|gave|put|left|still haven't|'ve|have|sold|overcharged|missed)\b|'ve\b",
    re.I,
)
SPEAKS = re.compile(
    r"^(?:and |but |so |oh,? |by the way,? |also,? |well,? |honestly,? |anyway,? |apparently,? )*(?:(?:he"
    r"|she|they|[A-Z][\w'é-]+) (?:also )?(?:said|says|told me|mentioned|reports|reckons|thinks|figures|feels"
    r"|was saying|asked|asks|pointed out|did say|did mention)(?: that| to me that)? )",
    re.I,
)
PLAINLY = {
    "complaint": re.compile(
        r"\b(?:(?:had|having|has) to wait|(?:can|could) never (?:get|reach)|(?:can't"
        r"|couldn't) get hold of|looks? cheap"
        r"|(?:dump|abandon)ed (?:the|it|them|his|her|their)|gripes?|grumbl\w+|grouse|moan(?:s|ed|ing)? about"
        r"|gave (?:me|us|out) (?:grief|stick|hell)|giving out about|had enough of (?:us|our)"
        r"|not up to scratch"
        r"|sub-?standard|dog's (?:breakfast|dinner)|nightmare|shambles|waste of money|doing (?:his|her"
        r"|their) head in"
        r"|logs? (?:him|her|them) out|pull(?:ing)? teeth|not a patch on|falls? short|skipping|blot(?:s|ting)?"
        r"|splitting|pinch(?:es|ing)?|nobody (?:ever )?(?:rings|calls|writes|comes) back)\b",
        re.I,
    ),
    "compliment": re.compile(
        r"\b(?:gush(?:ed|es|ing)|couldn't say enough|can't say enough|over the moon with (?:the|our|how)"
        r"|sings? (?:the"
        r"|our) praises|zero (?:trouble|problems|issues|complaints)|not a single (?:problem|complaint"
        r"|issue|breakdown)"
        r"|without a hitch|went down a treat|going down a treat|won't (?:give|hand) (?:it|them"
        r"|those) back|(?:can't"
        r"|couldn't|can not) (?:thank|praise|fault)|(?:dead|well|really|very|so) (?:happy|pleased|chuffed"
        r"|impressed)"
        r" (?:with|by|at) (?:the|our|how)|takes? (?:his|her|their|my) hats? off|swears? by|tick(?:s"
        r"|ed)? all the boxes"
        r"|head and shoulders|easiest|nothing (?:else )?(?:comes|came) close|worth every (?:penny|cent"
        r"|euro|rupee))\b",
        re.I,
    ),
    "idea": re.compile(
        r"\b(?:(?:it'd|it would|that'd|that would|would|might) (?:\w+ )?(?:help|save (?:\w+ ){1,2}(?:time"
        r"|hours?"
        r"|trouble|hassle|labels?|work)|make (?:life|it|things) (?:so much |a lot |much )?easier)"
        r"|(?:would|'d) (?:rather|sooner|prefer it if|love it if|like it if|like us to|want us to) ?(?:we"
        r"|our|you|if)?"
        r"|(?:have|had|did) (?:we|you) ever (?:think|thought|consider(?:ed)?)|ever (?:think"
        r"|thought) (?:of|about) \w+ing"
        r"|should (?:really )?(?:sell|offer|stock|print|put|do|bring out)|ought to (?:sell|offer|stock"
        r"|print|open))\b",
        re.I,
    ),
}
"""Words that leave little doubt, whatever the trained layer takes the rest for."""
