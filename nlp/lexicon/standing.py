"""What makes a line an order of today, or something else: the cue that stands last before it decides.
One alternative more is one line more; the longest alternatives stand first."""

import re

CUES: tuple[tuple[str, str], ...] = (
    (
        "denied",
        r"(?:didn't|did not|doesn't|does not|don't|do not|won't|will not|wouldn't|isn't|not|never|hasn't"
        r"|haven't"
        r"|nobody|can't|couldn't)(?: \w+){0,2}? (?:order(?:ed|ing)?|want(?:ed|ing)?|need(?:ed|ing)?"
        r"|tak(?:e|ing)|took|buy(?:ing)?|bought|get|placing|book|enter|put|after|touch|having|moved?)"
        r"|no (?:need|call|room|use|more|longer|interest)|turn(?:ed|s)? down|passed on|said no to|no to"
        r"|declined|refused|cancel(?:l?ed|s)?|skip(?:ped|ping)?|instead of|rather than|except|without"
        r"|(?:leave|left|take|took|knock(?:ed)?) (?:off|out)|scratch|forget (?:the|about)|drop(?:ped)? the"
        r"|hold(?:ing)? off(?: on)?|held off(?: on)?|overstocked|too many|plenty of|enough|nothing on|no"
        r"|not|lost"
        r"|neither|nor|fed up with|tired of|stop(?:ped)?(?: with)?|never",
    ),
    (
        "asked",
        r"(?:want(?:s|ed)?|need(?:s|ed)?|ask(?:s|ed)? (?:me )?for|would like|'d like|after|send (?:\w+ )?"
        r"|get (?:\w+ )?|look(?:s|ing)? for) (?:\w+ ){0,2}?(?:quotes?|quotation|estimate|pric(?:e|es|ing)"
        r"|samples?|costings?|brochure|catalogue|catalog|demo|trial|proposal|figures?)"
        r"|want(?:s|ed)? to (?:know|see|hear|try|borrow|discuss|talk|look|compare|return|send back|change)"
        r"|quot(?:e|ed|ing|es|ation)|estimate|sampl(?:e|es|ed|ing)|(?<!-)free|complimentary|on the house"
        r"|(?:the )?(?:right|correct) (?:ones?|sizes?|models?|colou?rs?)"
        r"|no charge|at no|replac(?:e|ed|es|ing|ement)s?|swap(?:ped|ping)?|exchang(?:e|ed|ing)|pric(?:e|es"
        r"|ed|ing)"
        r"|demo|trial(?:ling)?|loan(?:er|ed|ing)?|lend|borrow(?:ed|ing)?|credit(?:ed)?|catalogue|catalog"
        r"|brochure|proposal|worth of|leasing|lease|rent(?:ing)?|the cost of|would (?:cost|run)",
    ),
    (
        "maybe",
        r"(?:might|may|could|would|'d|will probably|probably|if|hop(?:es?|ing) to|'ll maybe|'d maybe|maybe"
        r"|perhaps) (?:also |even |then |well |possibly |like to |maybe |probably )?(?:take|want|need"
        r"|order|buy"
        r"|have|go for|be (?:after|wanting|taking|needing|interested)|ship|send|use|get|do|switch|try|look)"
        r"|may want|thinking (?:of|about)|thought about|consider(?:s|ed|ing)?|interested in|interest in"
        r"|keen on|curious about|look(?:s|ed|ing) (?:at|into)|ask(?:s|ed|ing) (?:about|whether|if|what|how"
        r"|where|me (?:about|whether|what|if))|wonder(?:s|ed|ing)|toying with|weighing up|when the|once the"
        r"|not yet|eventually|some ?day|down the (?:road|line)|talk(?:s|ed|ing)? about|mention(?:s|ed)"
        r"|dream(?:s|ing)? of|plans? (?:to|on)|planning (?:to|on|for)|hop(?:es?|ing) (?:to|for)|if|unless"
        r"|was going to|were going to|going to be|used to want|'d wanted|had wanted|supposed to be"
        r"|unsure about"
        r"|budget for|saving (?:up )?for|need approval|wants? to think|later|he'd open with|she'd open with",
    ),
    (
        "past",
        r"(?:went|goes|going|go|gone|gets?|got|getting|burns?|burn|burning|runs?|running) through|uses?"
        r"|using|used(?: to)?|usage(?: is| of)?|still (?:has|have|had|got|sitting on)|already (?:has|have"
        r"|had|got)"
        r"|(?:has|have|had|'s|'ve) (?:still )?got|(?:has|had|have) already|(?:they|he|she|who|we) (?:have"
        r"|has|had)"
        r"|there (?:were|was|are|is)|shift(?:s|ed)|gets? (?:his|her|their|all)|sells?|they sold|sold out of"
        r"|dropp(?:ed|ing) off|deliver(?:ed|ing) (?:the|those|his|her|their|last)|return(?:s|ed|ing)"
        r"|(?:sent|sending|send|took|taking|brought|bringing|goes|going) back|came|arrived|turned up"
        r"|received"
        r"|shorted|missing|damaged|broken|broke|found|count(?:ed|s)?|stock(?:s|ed)? of|stocks?|in stock"
        r"|(?:nearly|almost|running|ran|clean|clear|fresh|all|completely|right) out of"
        r"|out of(?! (?:him|her|them)\b)|low on"
        r"|short of"
        r"|down to(?: his| her| their) last|last (?:time|week|month|year|order|spring|summer|autumn|fall"
        r"|winter)"
        r"|(?:\w+ )?(?:weeks?|months?|years?) ago|were (?:taking|buying|ordering|doing|moving)|was (?:taking"
        r"|buying|ordering|doing|moving)|down from|up from|from|compared (?:with|to)|had been|'d been"
        r"|installed"
        r"|complain(?:s|ed|ing)? about|the last|invoiced? for|lease(?:s|d)?|happy with|pleased with|likes?"
        r"|loves?"
        r"|loved|liked|rep(?:s|lac)\w*|on (?:the|her|his|their) shel(?:f|ves)|sat on|sitting on"
        r"|the problem with"
        r"|supposed to|behind",
    ),
    (
        "wanted",
        r"order (?:came|comes|amounts|adds|runs) (?:up )?to|(?:would|she'd|he'd|they'd|i'd|'d) (?:like"
        r"|love)|want(?:s|ed|ing)?|need(?:s|ed|ing)?"
        r"|(?:has |have |had |'s |'ve |re)?order(?:s|ed|ing)?|reorder|(?:has|have) (?:\w+ )?down (?:as|for)"
        r"|(?:got|have|has) (?:\w+ )?down (?:as|for)|tak(?:e|es|ing|en)|took|(?:will|'ll|to|can"
        r"|can't do without)"
        r" have|having|(?:will|'ll) do|buys?|buying|bought|(?:get|getting|got) (?:her|him|them|us|me|in)"
        r"|(?:put|putting|pop|stick|sign(?:ed)?|pencil(?:led)?|book(?:ed)?) (?:\w+ ){1,3}(?:down|up"
        r"|in)(?: for)?"
        r"|put in(?: for)?|put through|plac(?:e|ed|ing)|send (?:her|him|them|over|out|down)?|sending"
        r"|ship(?:ping)?"
        r"|deliver(?:y of|ies of|ing)?|(?:down|in) for|after|ask(?:s|ed|ing)? (?:me )?for|request(?:s|ed)"
        r"|go(?:es|ing)? (?:with|for)|went (?:with|for)|sett(?:led|ling) (?:on|for)|landed on|sold (?:him"
        r"|her"
        r"|them)|grab(?:bed|s)?|pick(?:ed|ing)? up|add(?:ed|ing|s)?|bump(?:ed)?|make (?:it|that)|made it"
        r"|switched to"
        r"|stick(?:ing)? with|to (?:start|begin) with|start(?:s|ing)? (?:off )?with|top(?:ping|ped)?[ -]up"
        r"|stock(?:ing|ed)? up|approved|signed (?:for|off(?: on)?|up for)|confirm(?:ed|s)|commit(?:ted"
        r"|s)? to"
        r"|so|that's|call it|(?:purchase order|p ?o|order) (?:for|of|is|was|came to)|(?:first"
        r"|next) (?:drop|delivery"
        r"|order|lot) (?:is|was|of)|same again|the usual|the same|fanc(?:y|ies)|requir(?:es?|ed)"
        r"|throw(?:n|ing)? in"
        r"|left with|walked (?:out|off) with|replenish|wrote (?:up|down)|fill(?:ing)? up|up to"
        r"|rush(?:ing)?|said yes to|yes to|shook on|wants? it as|meantime|for now|today|now"
        r"|sold|locked in|renew(?:ed|ing)?|agreed(?: on| to)?|double[sd]?|did (?:take|order|buy)",
    ),
)
"""Kinds of cue; on the same words the kind that stands first wins."""
LAST = re.compile("|".join(rf"(?P<{kind}>(?<![\w-])(?:{words})(?![\w-]))" for kind, words in CUES), re.I)
BEHIND: tuple[tuple[str, str], ...] = (
    ("asked", r"^\W*(?:of )?the (?:right|correct|proper)\b"),
    (
        "past",
        r"^[^.;,]{0,30}?\b(?:on the shel(?:f|ves)|in stock|in the (?:shed|cupboard|back|store|warehouse"
        r"|stockroom)"
        r"|left(?: over)?|already|still (?:there|sitting)|to (?:use|shift|get through)|sitting (?:there"
        r"|in))\b",
    ),
    (
        "past",
        r"^,? ?(?:\w+ )?(?:came|arrived|were|was|went|got|turned|is still|are still|leaked|broke|split|short"
        r"|missing|broken|damaged|back\b(?! in)|didn't|don't|doesn't|isn't|wasn't|aren't|behind)\b",
    ),
    ("denied", r"^,? ?(?:not needed|can wait|is off|are off|would be|could wait|will have to wait|is too"
               r"|are too|off the (?:order|list))\b"),
    (
        "asked",
        r"^[^.;]{0,25}?\b(?:free of charge|for free|no charge|on the house|as (?:a )?samples?|on trial"
        r"|to try\b"
        r"|to replace|as (?:a )?replacements?|on loan|for a (?:quote|trial|demo)|just a quote|quote only"
        r"|at no (?:charge|cost)|gratis|complimentary)\b",
    ),
    ("rival", r"^[^.;,]{0,25}?\bfrom (?!us\b|me\b|monday|tuesday|wednesday|thursday|friday|now|next|this"
              r"|the (?:\w+ )?"
              r"(?:van|truck|warehouse|list|catalog)|april|may|june|july)[A-Z]"),
    ("maybe", r"^[^.;,]{0,20}?\b(?:if (?!it'?s? here|that'?s? ok)|unless|depending on|at some point"
              r"|eventually"
              r"|next year|in the new year|when (?:the|they|he|she|we)|once (?:the|they|he|she))\b"),
    (
        "rate",
        r"^[^.;,]{0,18}?\b(?:(?:a|per|each|every) (?:day|week|month|year|season|summer|winter|quarter"
        r"|fortnight)"
        r"|monthly|weekly)\b(?! (?:from|starting|now))(?! \w+ (?:from|starting))",
    ),
    (
        "past",
        r"^[^.;]{0,40}?\b(?:last (?:week|month|year|time|spring|summer|autumn|fall|winter|season|quarter"
        r"|order"
        r"|january|february|march|april|may|june|july|august|september|october|november|december|monday"
        r"|tuesday"
        r"|wednesday|thursday|friday)|(?:weeks?|months?|years?) ago|yesterday)\b",
    ),
)  # fmt: skip
"""What behind the line says that it is none; 'past' after a present order verb does not count for a date."""
PRESENT = re.compile(
    r"^(?:wants?|needs?|would like|'d like|'ll|will|orders|takes?|taking|having|is after|after|please|so"
    r"|that's|go(?:es|ing)|make|now|today|this time|for now|order (?:is|of|for)|to have|asks|put|send|add)",
    re.I,
)
NOT_BOOKED = re.compile(
    r"\b(?:(?:just|only|it's|that's|is|as) a quote,|isn't an order|not an order|no order(?!\w)"
    r"|don't (?:book|enter|put|log)"
    r"|do not (?:book|enter|put|log)|nothing to (?:book|enter|log)|(?:her|his|their|that's) usage"
    r"|(?:no|not a) firm order|big if|leave (?:that|it|those|them) (?:out|off)|just (?:talk|an idea)"
    r"|only talk"
    r"|nothing (?:is )?(?:firm|signed|ordered|being bought))\b",
    re.I,
)
"""A clause behind the line takes it back."""
CONFIRMED = re.compile(
    r"[^.;?!]{0,110}?\bthat(?:'s| is) (?:what (?:he|she|they)(?: \w+)? (?:order|want|need|take|buy|ha)\w*"
    r"|the order|to order)\b",
    re.I,
)
"""Behind a list that began as a count: 'that's what they order'."""
ASIDE = re.compile(
    r"\bif (?:at all )?(?:possible|need be|we can|you can|(?:that|it)'s (?:ok|okay|all ?right|fine"
    r"|possible|not too"
    r" (?:late|much))|(?:you|we) don't mind|I (?:remember|heard|got|understood"
    r"|recall)(?: \w+){0,3})(?=[,.; ])"
    r"|\b(?:apart|aside) from (?:that|this|those|it)\b|\bother than that\b"
    r"|,? ?\b(?:(?:down|up) from|instead of|rather than|same as|like|than|compared (?:to|with)|as against)"
    r" (?:the )?\w+(?:[ -]\w+){0,3}?(?=[,.;:]| and\b| but\b| so\b|$)",
    re.I,
)
"""Said by the way of another number or another time: 'down from fifty last year'."""
CLOSE = re.compile(r"(?!.*\b(?:how|to|that|who|which|what|if|why|when)\b)[^.;:!?]{0,28}", re.I)
"""What may stand between a verb of ordering and a single thing."""
LISTING = re.compile(r"[\s,;:.]*(?:(?:and|plus|also|then|with|oh|throw in)[\s,]*){0,3}", re.I)
"""What joins the lines of a list."""
DEFINITE = re.compile(
    r"\b(?:last|previous|those|these|old|current|remaining|other|first|the|his|her|their|my|our)\s+$", re.I
)
POINTED = re.compile(r"\b(?:last|previous|those|old|current|remaining|faulty|broken|damaged)\s+$", re.I)
PARTITIVE = re.compile(r"\w of (?:the|those|these|them|our|your|my)\b", re.I)
SOME = re.compile(r"\s+of (?:those|these|them)\b", re.I)
"""Some of what is there already, where a verb follows."""
TAKEN = re.compile(r"\s+(?:home|back|apart|away|down|outside|round|around)\b", re.I)
"""'took the pump home' buys none."""
FROM_TO = re.compile(
    r"\bfrom\b[^.;?!]{1,40}\bto (?:about |just )?$|\bthis time(?: (?:it's|they want|round))? $", re.I
)
"""'upped it from forty reams to …', 'normally forty, this time …'."""
SAME_AS = re.compile(
    r"\W*(?:\w+ ){0,3}?(?:same|repeat)(?: again| order)? (?:as|of|like) (?:last|before|usual|always"
    r"|the last)\b",
    re.I,
)
RIVAL_DID = re.compile(
    r"(?:'ve|'s| have| has| had| already| also| just)* (?:sold|gave|given|supplied|delivered|sent|brought"
    r"|quoted"
    r"|offered|ships?|sells?|gives?|supplies|supply|shifted)\b(?!.*\b(?:us|we|our|I)\b)"
)
"""Behind a competitor's name."""
SETTLED = re.compile(
    r"[:;–—]|\b(?:accepted|approved|signed off|went (?:down )?well|worked|turned out|did the trick"
    r"|convinced)\b",
    re.I,
)
"""Behind a quote or a sample: what follows is what came of it."""
