"""Feedback (complaint, compliment, idea) and personal facts: the clause as spoken, and whose it is."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlp.findings import Clause, Remark, chance

PROBLEM = (
    r"late|delayed?|broken|damaged|faulty|defective|wrong|missing|short(?:ed)?|flat|empty|leak(?:s|ing|ed|y)?|expir(?:ed|ing|es?)|mou?ldy|damp|wet|torn|tear(?:s|ing)?|cracked|snapp(?:ed|ing)|dented|smash(?:ed)?|out of date|stale|rotten|rusty|jamm?(?:ed|ing)|stuck"
    r"|fail(?:s|ed|ing)?|fell (?:off|apart)|falling (?:off|apart)|com(?:es|ing) (?:off|apart|loose)|doesn't (?:work|fit|stick|hold|last)|don't (?:work|fit|stick|hold|last)|didn't (?:work|arrive|turn up|show|come)|never (?:arrived|came|turned up|showed|called|rang|got)|invoiced (?:them|him|her|us)? ?twice|charged (?:twice|double)|double[- ]?(?:billed|charged|invoiced)|overcharged|billed (?:twice|wrong)|mix(?:ed)?[- ]up|messed up|a week from expiring|hard to (?:open|read|reach|get)|impossible to|too (?:slow|expensive|dear|long|thin|weak|small|big|heavy|complicated|many)|rude|no one (?:answers|calls|picks)|nobody (?:answers|calls|picks)|on hold|can't (?:get through|reach|get hold)|ignored|unhappy|annoyed|furious|complain(?:s|ed|ing|t)|complaint|disappointed|frustrated|fed up|not (?:one bit )?happy|seals? broken|scratched|bent|peel(?:s|ing|ed)|smell(?:s|ed)? off|contaminated|spoil(?:ed|t)|clumped|blocked|keeps? \w+ing|warped|chipped|crush(?:ed)?|tore|split|burst|soaked|lost (?:our|the|their)|three times|still (?:waiting|hasn't|haven't)|let (?:them|her|him|us) down|ruined|useless|poor quality|inconsistent|recalled|sour"
)
COMPLAINT = re.compile(rf"\b(?:{PROBLEM})\b", re.I)
THINGS_OF_OURS = re.compile(
    r"\b(?:deliver(?:y|ies|ed)?|order|box(?:es)?|case(?:s)?|batch|lot|invoice[sd]?|driver|truck|van|shipment|pallet|bags?|bottles?|packs?|we|us|our|ours|product|service|portal|website|packaging|label|lids?|quality|price|support|customer service|hotline|phone line|account|units?|machine|pump|filter|dropped|last)\b",
    re.I,
)
COMPLIMENT = re.compile(
    r"\b(?:best|nicest|brilliant|excellent|fantastic|amazing|outstanding|superb|lovely (?:service|product|job)|great (?:to deal|service|job|work|product|quality|driver|value|response|support)|love[sd]?|loving|happy with|delighted|thrilled (?:with|by)|impressed|pleased with|very pleased|never (?:late|grumpy|had a problem|let)|gone down (?:a storm|well|a treat)|went down (?:a storm|well|a treat)|raved?|raving|a pleasure|spot on|flawless|perfect|top[- ]notch|first[- ]class|life[- ]?saver|couldn't be happier|can't fault|nothing but praise|compliment|speaks highly|singing the praises|better than (?:anything|any|the|their)|hats off|appreciate[sd]?|grateful|thank(?:ed|s|ful)|good to deal with|a joy|game changer|reliable|always on time|no complaints|selling (?:like|really|out)|flying (?:off|out)|sells itself)\b",
    re.I,
)
IDEA = re.compile(
    r"\b(?:we (?:should|ought to|could)|you (?:should|ought to)|ought to|should (?:sell|offer|do|make|bring|have|stock|put|add|consider)|it(?:'d| would) be (?:handy|great|nice|good|useful|helpful|brilliant|lovely|easier|better|grand)|would be (?:handy|great|nice|useful|helpful|easier|better) if|wish(?:es|ed)?|would we ever|why (?:don't|can't) we|why not|suggest(?:ion|ed|s|ing)?|idea|could we (?:not )?(?:do|make|offer|add|put|sell|get)|can we (?:not )?(?:do|make|offer|add|put|sell)|if (?:only )?we (?:did|had|sold|offered|could|made|put)|(?:she|he|they)(?:'d| would) (?:love|like) (?:it if|to see us|us to)|how about|what if we|recommend(?:s|ed)? (?:that )?we|thinks we)\b",
    re.I,
)
KIN = r"daughter|son|wife|husband|mother|father|mum|mom|dad|sister|brother|kid|kids|child|children|twins|baby|grandson|granddaughter|grandchild(?:ren)?|grandkids|nephew|niece|uncle|aunt|cousin|fianc[ée]e?|boyfriend|girlfriend|partner|family|parents|young lad|boy|girl|wee one|little one|toddler|eldest|youngest|in-laws?|nan|granny|grandad|grandpa|grandma|dog|cat|puppy|horse|lurcher|pony"
LIFE = re.compile(
    r"\b(?:wedding|married|marrying|engaged|anniversary|birthday|turn(?:s|ed|ing)? (?:\w+ ?-? ?)?(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|\d+)|pregnant|expecting|maternity|paternity|due in|gave birth|newborn|surgery|hip|knee|operation|hospital|recovering|recover|cancer|chemo|cast|broke (?:his|her|a)|marathon|half[- ]marathon|triathlon|ironman|10k|holiday|vacation|honeymoon|cruise|trip to|off to|going to (?:italy|spain|france|greece|portugal|mexico|hawaii|japan|disney)|moved? (?:house|home|in with|to a new)|moving (?:house|home|in)|new house|retir(?:e|es|ing|ed|ement)|graduat(?:e|ed|es|ing|ion)|college|university|school|varsity|degree|learning|guitar|piano|choir|band|sings?|fishing|golf|sail(?:s|ing)|cycling|hiking|climb(?:s|ing)|running|football|soccer|rugby|hockey|baseball|basketball|cricket|hurling|camogie|netball|season ticket|supports|fan of|garden(?:ing)?|allotment|bees|beekeep\w*|chess|paint(?:s|ing)|knit(?:s|ting)|driving test|licence test|adopt(?:ed|ing|s)?|rescue dog|puppy|passed (?:away|his|her)|funeral|died|bereave\w*|communion|confirmation|christening|baptism|bar mitzvah|quincea\w+|vegan|vegetarian|allerg\w+|gluten|celiac|coeliac|diabetic|quit smoking|point-to-point|tattoo|motorbike|motorcycle|vintage|restor(?:es|ing)|camper ?van|caravan|citizenship|first solo flight|learning to fly|pilot|dance floor|volunteer\w*|coach(?:es|ing)? (?:the|his|her|a|little|under)|over the moon|back from|homesick|night classes|evening classes|divorc\w+)\b",
    re.I,
)
BUSINESS = re.compile(
    r"\b(?:order|delivery|invoice|quote|price|stock|case|cases|boxes|supplier|contract|account|budget|sample|samples|we|our|us|product|products|menu|clinic day|opening|crowd|customers?|sale|trial|deal)\b",
    re.I,
)
CUES = {"complaint": COMPLAINT, "compliment": COMPLIMENT, "idea": IDEA}
FLOOR = {"complaint": 0.5, "compliment": 0.5, "idea": 0.45}
"""Scores from which a clause is taken for it; chosen on the development worlds."""
NOT_PRODUCT = re.compile(
    r"\b(?:hasn't paid|haven't paid|no problems?|no complaints?|no issues?|no dramas?|credit of|signal|check-? ?in|my phone|parking|traffic|weather|on hold with|their (?:own|till|grinder)|her till|his van|the council)\b",
    re.I,
)
ABSENCE = re.compile(
    r"\b(?:was|is|were) (?:away|off|out|in (?:surgery|a meeting)|on (?:vacation|holidays?|leave)(?! in\b))|\bday off\b|\bpart of a chain\b",
    re.I,
)
"""Why somebody was not met is no fact to remember."""
OUR_FAULT = re.compile(
    r"\bwe (?:keep|kept|sent|delivered|charged|billed|invoiced|forgot|short\w*|dropped|lost|never|took|gave|put|left|still haven't|'ve|have|sold|overcharged|missed)\b|'ve\b",
    re.I,
)
SPEAKS = re.compile(
    r"^(?:and |but |so |oh,? |by the way,? |also,? |well,? |honestly,? |anyway,? |apparently,? )*(?:(?:he|she|they|[A-Z][\w'é-]+) (?:also )?(?:said|says|told me|mentioned|reckons|thinks|figures|feels|was saying|asked|asks|pointed out|did say|did mention)(?: that| to me that)? )",
    re.I,
)


@Language.component(
    "rounds_feedback",
    requires=["doc._.clauses", "doc._.promises", "doc._.names", "doc._.kinds"],
    assigns=["doc._.feedback"],
)
def find_feedback(doc: Doc) -> Doc:
    """One remark a clause at most; neighbours of one kind in a sentence are one remark."""
    found = [r for c in doc._.clauses if (r := _feedback(doc, c)) is not None]
    doc._.feedback = tuple(_joined(doc, found))
    return doc


def _feedback(doc: Doc, clause: Clause) -> Remark | None:
    if clause.elsewhere or any(p.start == clause.start for p in doc._.promises):
        return None
    if len(clause.text.split()) < 4:
        return None
    scores = {kind: _score(doc, clause, kind) for kind in CUES}
    kind = max(scores, key=lambda k: scores[k])
    if scores[kind] < FLOOR[kind] or _not_ours(doc, clause, kind):
        return None
    return _remark(doc, clause, kind, min(0.5 + scores[kind] / 2, 0.95))


def _score(doc: Doc, clause: Clause, kind: str) -> float:
    """The trained chance, with a little on top for a cue word; cues alone where nothing is trained."""
    cue = bool(CUES[kind].search(clause.text))
    if not doc._.kinds:
        return 0.6 * cue
    return chance(doc, clause, kind) + 0.2 * cue


def _not_ours(doc: Doc, clause: Clause, kind: str) -> bool:
    """What we will do about it, what a rep says of the day, and what their own things suffer is no feedback."""
    if kind == "complaint":
        if clause.subject == "us" and not OUR_FAULT.search(clause.text):
            return True
        return _ours_to_fix(clause.text) or bool(NOT_PRODUCT.search(clause.text))
    if kind == "compliment":
        return (
            bool(re.search(r"\bnot\b|\bcroissant|\bday\b.*\bfor it\b|\bgood one\b", clause.text, re.I))
            or clause.subject == "us"
            and not re.search(r"\bdeal with|\bbest\b|\bonly\b", clause.text)
        )
    return bool(re.search(r"\bidea\b", clause.text, re.I) and len(clause.text.split()) < 7)


def _about_us(doc: Doc, clause: Clause) -> bool:
    text = clause.text
    return bool(
        re.search(
            r"\b(?:we|us|our|ours|driver|service|delivery|product|quality|deal with|ever|range|stuff|it|he's|she's|them)\b",
            text,
            re.I,
        )
    ) or _product(doc, clause)


def _product(doc: Doc, clause: Clause) -> bool:
    return any(n.kind == "product" and clause.start <= n.start < clause.end for n in doc._.names)


def _ours_to_fix(text: str) -> bool:
    return bool(re.search(r"\b(?:i|we)(?:'ll|'m going to| will| apologi[sz]ed)\b", text, re.I))


def _remark(doc: Doc, clause: Clause, kind: str, sure: float) -> Remark:
    """Without who says so in front."""
    start, end = clause.start, clause.end
    lead = SPEAKS.match(doc.text[start:end])
    if lead and lead.end() < end - start - 10:
        start += lead.end()
    lead = re.match(
        r"(?:and|but|so|because|that|who|which|then|also|,|honestly|apparently)\s+", doc.text[start:end], re.I
    )
    if lead:
        start += lead.end()
    text = doc.text[start:end].strip(" ,.;:-–—!?\n")
    return Remark(kind, text, None, start, start + len(text), sure)


def _joined(doc: Doc, found: list[Remark]) -> list[Remark]:
    """Remarks of one kind that follow each other without a full stop between are one."""
    out: list[Remark] = []
    for remark in found:
        last = out[-1] if out else None
        if (
            last
            and last.kind == remark.kind
            and not re.search(r"[.?!]", doc.text[last.end : remark.start])
            and remark.start - last.end < 25
            and not re.match(r"\s*,? and we\b", doc.text[last.end :])
        ):
            text = doc.text[last.start : remark.end]
            out[-1] = Remark(
                last.kind, text, None, last.start, remark.end, max(last.confidence, remark.confidence)
            )
        else:
            out.append(remark)
    return out


@Language.component(
    "rounds_personal",
    requires=["doc._.clauses", "doc._.promises", "doc._.feedback", "doc._.people"],
    assigns=["doc._.personal"],
)
def find_personal(doc: Doc) -> Doc:
    found = []
    for clause in doc._.clauses:
        if clause.subject == "us" or any(clause.start <= r.start < clause.end for r in doc._.feedback):
            continue
        if any(p.start == clause.start for p in doc._.promises):
            continue
        sure = _life(doc, clause)
        if sure:
            person = whose(doc, clause)
            if person:
                remark = _remark(doc, clause, "personal", sure)
                found.append(Remark("personal", remark.text, person, remark.start, remark.end, sure))
    doc._.personal = tuple(_joined_personal(doc, found))
    return doc


def _life(doc: Doc, clause: Clause) -> float:
    """How sure it is that this is about somebody's life; business is what has our things in it."""
    text = clause.text
    kin = re.search(rf"\b(?:his|her|their|'s|the) (?:\w+ )?(?:{KIN})\b", text, re.I)
    life = LIFE.search(text)
    if re.search(r"\b(?:if|would)\b", text) or len(text.split()) < 4 or ABSENCE.search(text):
        return 0.0
    if not doc._.kinds:
        score = 0.85 if kin and life else 0.0
    else:
        score = chance(doc, clause, "personal") + (0.2 if kin or life else -0.25)
    if BUSINESS.search(text) and not (kin and life):
        score -= 0.3
    return min(score, 0.95) if score >= 0.55 else 0.0


def whose(doc: Doc, clause: Clause) -> str | None:
    """The person named in the clause, else the last one named before, else the only one met."""
    people = [p for p in doc._.people if p.met > 0.3]
    if not people:
        people = list(doc._.people)
    here = [p for p in people if re.search(rf"\b{re.escape(p.name.split()[0])}\b", clause.text)]
    if here:
        return str(here[0].name)
    before = [(doc.text.rfind(p.name.split()[0], 0, clause.start), p.name) for p in people]
    before = [b for b in before if b[0] >= 0]
    if before:
        return str(max(before)[1])
    return str(people[0].name) if people else None


def _joined_personal(doc: Doc, found: list[Remark]) -> list[Remark]:
    """Of one person and one sentence: one fact."""
    out: list[Remark] = []
    for remark in found:
        last = out[-1] if out else None
        if (
            last
            and last.person == remark.person
            and not re.search(r"[.?!]", doc.text[last.end : remark.start])
            and " and " not in doc.text[last.end : remark.start] + " "
        ):
            out[-1] = Remark(
                "personal",
                doc.text[last.start : remark.end],
                last.person,
                last.start,
                remark.end,
                last.confidence,
            )
        else:
            out.append(remark)
    return out
