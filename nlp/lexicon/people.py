"""Words around people: roles, introductions, absence, kin. One alternative more is one line more; nothing
is decided here."""

import re

HEADS = (
    "manager|owner|director|deputy|gm|md|associate|apprentice|treasurer|trustee|gardener|groomer|housekeeper"
    "|storekeeper|storesman|welder|fabricator|purchasing|technologist|nutritionist|curator|warden|steward"
    "|dispatcher|scheduler|inspector|analyst|consultant|advisor|adviser|bookseller|florist|butcher|fishmonger|chef|buyer|nurse|vet|partner|bookkeeper|receptionist|assistant|bartender"
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
    "|tech|operator|fitter|leader|intern|trainee|janitor|custodian|chief|vp|vice president"
    "|bursar|dean|registrar|counsellor|coach|priest|vicar|pastor|groundsman|waiter|waitress|cashier|tailor"
    "|seamstress|jeweller|distiller|miller|grocer|greengrocer|porter|auditor|lawyer|designer|draughtsman"
    "|developer|programmer|scientist|researcher|lecturer|tutor|professor|chairwoman|chairman|chair|pa"
    "|[a-z]{3,}(?:ician|ologist|keeper|master|mistress|maker|smith|wright|grapher|therapist|hand|woman"
    "|(?<!ger)(?<!hu)(?<!ro)(?<!wo)man)"
)
_ROLE = (
    rf"((?:(?!the |a |an |new |their |his |her |our |is |was |and )[a-z][\w-]*(?: and | of | & | "
    rf")){{0,3}}?(?:{HEADS})(?: (?:and|of) (?:owner|purchasing|operations|sales|the \w+|\w+))?)\b"
)
LEAD = r"(?:the|their|a|an|our|his|her|its|new|current|other|young|old|lovely|acting|interim)"
ROLE_BEFORE = re.compile(
    rf"(?:\b{LEAD} )*\b{_ROLE}(?:'s name)?(?: lady| chap| man| woman| guy| bloke| fella| person)?(?: there"
    rf"| here| now| over there| also"
    rf"| too| as well)?(?:,| is| was| there is| "
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
ROLE_NEXT = re.compile(
    rf"^(?:,|\. (?:He|She)(?:'s| is)| (?:he|she)(?:'s| is)|, (?:he|she)(?:'s| is))(?: now| also)?,? {_ROLE}"
    rf"(?: both)?(?=[\s]*(?:[,.;!?]|$|there\b|here\b|till\b|until\b|and (?:her|his|he|she)\b|now\b|at\b"
    rf"|for\b))",
    re.IGNORECASE,
)
"""'Harpreet Gill, workshop manager, ...', 'she's accommodation manager till Christmas'."""
TITLE = re.compile(
    r"\s(?:(?:one|a|an|this|that) )?"
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sister|Father|Brother|Doctor|Mister|Missus|Madam)\.? $",
    re.I,
)
"""Before a name; nothing about who it is."""
RUNS_IT = re.compile(
    r"\b(?:belongs to|owned by|who (?:owns|runs) (?:it|the (?:place|business|shop|show))(?: is|'s"
    r"| there is|,)?"
    r"|owner of the place is|(?:place|shop|business) is run by)\s*$",
    re.IGNORECASE,
)
BELONGS = re.compile(
    r"\b(?:belongs to|owned by|run by|runs it is|person to know is|to deal with is)\s*$", re.I
)
TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Frau|Herr|Monsieur|Madame|Signora?"
    r"|Señora?)\.? ([A-Z][\w'’-]+),? first name(?: is|'s)?"
    r" ([A-Z][\w'’-]+)"
)
LOWER_NAMED = re.compile(
    rf"\b(?:(?:guy|man|woman|lady|fella|chap|bloke) (?:called|named)|(?:his|her) name(?:'s| is)"
    rf"|(?:{HEADS}) is"
    rf"|introduced me to (?:the|their) (?:new )?{_ROLE}|(?:the|their) new {_ROLE}),?\s+"
    rf"(?!(?:a|an|the|not|very|so|in|on|at|is|was|he|she|they|who|and|now|also|there|called)\b)"
    rf"(?P<name>[a-zà-ÿ'-]{{2,}} (?!(?:is|was|and|who|he|she|has|the|a|for|to|from|at|on|in|wants|needs"
    rf"|said|says)\b)"
    rf"[a-zà-ÿ'-]{{3,}})",
)
"""Names in text without capitals: only behind words that leave nothing else."""
KIN = (
    "daughter|son|wife|husband|mother|father|mum|mom|dad|sister|brother|boy|girl|baby|dog|cat|puppy|kid"
    "|lad|fianc[ée]e?|partner's|nephew|niece"
    "|grandson|granddaughter|grandmother|grandfather|uncle|aunt|cousin|friend|horse|pony|lurcher|kitten"
    "|twins|neighbour|neighbor|boyfriend|girlfriend"
)
NOT_THEIRS = re.compile(
    rf"(?:\b(?:{KIN}|singer|actor|saint|st\.?|player|author|president)\b,?\s*(?:is |called |named )?)$", re.I
)
NOT_OF_HERE = re.compile(
    r"(?:\b(?:driver|our|my|colleague|teammate|competitor|rep|counter guy|in dispatch)\b,?\s*(?:is "
    r"|called |named )?)$",
    re.I,
)
BROUGHT = re.compile(
    r"\b(?:met|talked to|spoke (?:to|with)|dealt with|with|and) (?:his|her|their) (?:new |older? "
    r"|younger? )?"
    r"(?!dog|cat|puppy|horse|pony)\w+,? (?:called )?$",
    re.I,
)
"""'I talked to his cousin Sami'."""
ELSEWHERE = re.compile(
    r"\b(?:not|the other|remember|regards to|hello to|same \w+ as|like|next (?:door )?to|unlike)\s*$", re.I
)
"""Somebody named to tell this visit from another."""
OUR_PERSON = re.compile(
    r"^,? (?:(?:from|in|at) (?:our|the office|accounting|dispatch|the warehouse|head office)|our |my "
    r"|the driver|his |her )",
    re.I,
)
ABSENT_AFTER = re.compile(
    r"^(?:'s|’s)? ?(?:,? who |,? )?(?:(?:is|was|were|'s|’s) (?:(?:all )?(?:upstairs|flat out"
    r"|in (?:with (?:a|an|his|her)|theatre|class"
    r"|training|rounds|consultation|clinic|assembly|interviews|conference)|on (?:his|her) (?:holidays?"
    r"|rounds|way)"
    r"|on the (?:forklift"
    r"|phone|roof|road"
    r"|tools)|run ragged|travell?ing|abroad|teaching|driving|at (?:the|a|his|her|another|school|home"
    r"|work) ?(?!till|counter|door"
    r"|gate|desk|bar\b)\w*|in (?:a|the) (?:\w+ )?meeting|(?:in|over in|off to) (?=(?-i:[A-Z]))|having (?:her"
    r"|his))\b)"
    r"|(?:today )?i (?:didn't|did not|couldn't) (?:see|speak|meet|get|talk|catch)|only (?:waved|passed"
    r"|nodded|popped)|(?:only )?passed by|just waved|(?:is|was|were|'s) (?:away"
    r"|off(?! to)|out(?! of (?!(?:the )?(?:office|town|country|state|hospital)))|on (?:vacation|holiday"
    r"|holidays|leave|annual leave|maternity)|sick|at lunch|in (?:a )?(?:meeting|surgery|spain|court)"
    r"|down with|in the ot|abroad|gone|busy|up to|tied up|nowhere|retiring|leaving|no longer)"
    r"|(?:isn't|wasn't|weren't|is not|was not|'s not|’s not|ain't|never) (?:in|there|around|here"
    r"|available|about|at|on site"
    r"|working)\b|had (?:a|another) (?:\w+ )?(?:hearing|meeting|class|surgery|appointment|call|case)\b"
    r"| not(?=[.,;]|$)"
    r"|day off|had (?:left|gone|already|stepped)|has left|left (?:the|last|in)|wouldn't"
    r"|couldn't (?:see|make|come)|never (?:showed|turned|came)|didn't (?:show|turn|come|make)|retired"
    r"|will be (?:at|there|joining)|'s back|gets back|is back (?:on|next|from)|comes back|and i had "
    r"agreed)",
    re.IGNORECASE,
)
LATER = re.compile(
    r"^(?:'ll| will|'s going to| is going to|'d| would| should| can| could)\b(?! (?:like|love|have|take"
    r"|need))",
    re.I,
)
"""What somebody will do says nothing of who was there."""
HABIT = re.compile(
    r"^(?:'s the one who| is the one who)? (?:never deals|does|handles|runs|decides|signs|looks after"
    r"|deals with"
    r"|manages|takes care"
    r"|has to|needs to approve|approves|pays|reports|reckoned|usually|normally|always|knows about"
    r"|transfers)\b"
    r"(?! (?:me|with me|to me))",
    re.I,
)
"""What somebody does as a rule."""
ACTED = re.compile(
    r"^,?(?: (?:also|then|just|really|finally|herself|himself|did|has|had|even))*"
    r" ?(?:'s (?:got|happy|after|keen|asked|ordered|grabbed|having|going with|taking|good|pleased|been"
    r"|delighted|raging"
    r"|cross|thinking)| (?:said|says|told|asked|asks|showed|shows|gave|gives|wants|wanted|needs|needed"
    r"|took|takes"
    r"|ordered|orders|came (?:by|past|out|in|over|through|along|down)|comes (?:through|in|out)|joined"
    r"|walked|mentioned"
    r"|mentions|reckons|thinks|complained|complains|agreed|agrees|met|introduced|signed|put|let|insisted"
    r"|explained"
    r"|pointed|promised|confirmed|suggested|loved|loves|likes|was (?:in|there|happy|pleased|delighted"
    r"|raging|under"
    r"|kind|nice|lovely|on the (?:till|counter|door|desk))|is (?:happy|pleased|delighted|after|keen|good"
    r"|grand|well"
    r"|fine|here|difficult|unhappy|tired|willing|looking|thinking|ready|going)|helped|brought|read|counted"
    r"|fed|shouted"
    r"|poured|made me|had me|had a|opened|started|called me|yelled|bought|picked|placed|handed|swears"
    r"|laughed|cut))\b",
    re.I,
)
"""What only somebody does who is there."""
PLACED = re.compile(
    r"^,? (?:at|over at|down at|up at|in) (?:the )?(?:[A-Z]|\w+ (?:place|shop|office|laundry|kitchen))"
)
ABSENT_BEFORE = re.compile(
    r"(?:\bno|\bnever saw|\bremember|\bhello to|\bregards for|\bsame \w+ as|\bthe other|\bask"
    r"|\btalk(?:ed)? with our"
    r"|\bout of|\bphone to|\bphoned|\brang|\bain't talked to|\bhaven't (?:seen|talked to|spoken to|met)"
    r"|\bmissed|\bcovering for|\bno sign of|\bcouldn't (?:get|see|find|reach)|\bdidn't (?:get to "
    r")?(?:see|meet|catch)|\bwithout|\bask(?:ed|ing)? for|\bwait(?:ing|ed)? (?:for|on)"
    r"|\bleft (?:\w+ ){0,4}for|\blooking for|\blike|\bso "
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
STRAY = re.compile(r"\b(?:off|along|past|to|in|from|into|near|for|of|on|at|like|says|the)\s*$", re.IGNORECASE)
"""Words before a capital that make it a town, a brand or a thing rather than somebody met."""
STRAY_MET = 0.3
NEAR = 60
"""Characters around a name in which its role stands."""
REACH = 700
"""Characters behind a name in which its number or address may stand."""
IS_IN = re.compile(
    r"^,? (?:was|is|were) (?:in|there|around|about|both there)(?=[.,;]| (?:but|and|so|today|this|though))",
    re.I,
)
"""'Karthik was in but …': met, whoever else is spoken of behind."""
OF_THEIRS = re.compile(
    r"^(?:'s|’s) (?:\w+ )?(?:assistant|deputy|crew|team|people|guys|lads?|boss|wife|husband|partner"
    r"|brother|sister"
    r"|son|daughter|secretary|colleague|replacement|stand-in)\b",
    re.I,
)
"""Somebody else."""
