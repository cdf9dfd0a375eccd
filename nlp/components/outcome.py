"""The one outcome a manager would file the visit under; an order outranks the rest, then lost, complaint, interested, follow_up."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlp.findings import Clause, Verdict, chance

NOBODY = re.compile(
    r"\b(?:didn't (?:speak|talk) to (?:a soul|anyone|anybody)|(?:met|saw|spoke to) no ?(?:one|body)|nobody (?:was )?(?:there|in|around|home|answered|about|came)|no ?one (?:was )?(?:there|in|around|home|answered|about|came)|no answer|not a (?:person|soul)|closed (?:up|for|today|down)|(?:was|were|is|are) (?:closed|shut|locked|dark)|locked up|shutters (?:were )?down|(?:knocked|rang)[^.]{0,40}(?:nobody|nothing|no)|couldn't (?:get|find) (?:in|anyone|anybody)|gone for the day|already gone|lights (?:were )?off|left (?:my|a) card|door(?:s)? (?:was|were)? ?locked|gate (?:was )?(?:locked|shut)|didn't (?:see|meet|catch|get) (?:anyone|anybody)|wasted (?:trip|journey)|stood me up|no[- ]show)\b",
    re.I,
)
LOST = re.compile(
    r"\b(?:signed (?:everything |it all )?(?:over )?(?:to|with)|signed (?:a|an|the) \w+ ?(?:year|deal|contract)? ?\w* with|(?:gone|going|went|moved|moving|switched|switching) (?:over )?(?:to|with)|(?:is|are|'s|'re) gone|we(?:'ve| have)? lost (?:them|it|the|him|her|this)|lost the (?:account|deal|business|tender|bid|contract)|not switching|doesn't want (?:a follow-up|us|anything more)|cross \S+ ?\S* ?off|closing (?:the|their|his|her) account|clos(?:ed|ing) (?:down|for good)|no longer (?:buy|order|deal|a customer|with us|need)|won't be (?:buying|ordering|needing|renewing)|not renewing|cancel(?:l?ed|ling) (?:the|their|his|her) (?:account|contract|agreement|standing)|flat no|it's done|decided (?:to go|on) (?:with)?|picked|chose|chosen|went with|awarded (?:it )?to|dead lead|not interested|dropp(?:ed|ing) us|leaving us|end of the road|taken (?:the|their) business)\b",
    re.I,
)
INTEREST = re.compile(
    r"\b(?:interested|interest|keen|consider(?:ing)?|would (?:seriously )?(?:consider|swap|switch|like to see|be glad)|'d (?:seriously )?(?:consider|swap|switch|like to see|be glad|love to)|curious|quote|pric(?:es|ing)|sample|trial|demo|pitch|budget|set aside|proposal|thinking (?:about|of)|looking (?:at|for|to)|wants? to see|in the running|tender|bid|could be|open to|intrigued|potential|asked (?:about|for)|opportunity|evaluate|evaluating|shopping around|compar(?:e|ing)|new lead|prospect)\b",
    re.I,
)
GIVEN_UP = re.compile(
    r"\b(?:isn't buying|not buying|no order|bad news|not a fun|furious|annoyed|cross|not (?:one bit )?happy|huff|complain|complaint|unhappy|angry|livid|fuming|upset|raging|ticked off|gave out)\b",
    re.I,
)


@Language.component(
    "rounds_outcome",
    requires=[
        "doc._.lines",
        "doc._.feedback",
        "doc._.promises",
        "doc._.meeting",
        "doc._.people",
        "doc._.rivals",
        "doc._.sums",
    ],
    assigns=["doc._.outcome"],
)
def find_outcome(doc: Doc) -> Doc:
    doc._.outcome = _verdict(doc)
    return doc


def _verdict(doc: Doc) -> Verdict:
    """From the fields found, with the words that speak for them."""
    if doc._.lines:
        sure = max(line.confidence for line in doc._.lines)
        return Verdict("order", min(sure + 0.03, 0.97), tuple((x.start, x.end) for x in doc._.lines))
    nobody, lost = NOBODY.search(doc.text), _lost(doc)
    met = [p for p in doc._.people if p.met >= 0.5]
    if nobody and not (doc._.promises and met) and not doc._.feedback:
        return Verdict("no_contact", 0.9, (nobody.span(),))
    if lost:
        return Verdict("lost", 0.85, (lost,))
    complaints = [r for r in doc._.feedback if r.kind == "complaint"]
    if complaints:
        return Verdict("complaint", 0.85, tuple((r.start, r.end) for r in complaints))
    interest = _interest(doc)
    new = doc._.new_place
    if new is not None and (doc._.promises or doc._.meeting.value):
        interest = interest or (new.start, new.end)
    if interest:
        return Verdict("interested", 0.75, (interest,))
    if doc._.promises or doc._.meeting.value:
        spans = tuple((p.start, p.end) for p in doc._.promises) or doc._.meeting.spans
        return Verdict("follow_up", 0.8, spans)
    return Verdict("routine", 0.75, ())


def _lost(doc: Doc) -> tuple[int, int] | None:
    for clause in doc._.clauses:
        match = LOST.search(clause.text)
        trained = chance(doc, clause, "lost")
        if match is None and trained > 0.75 and not clause.conditional and not clause.elsewhere:
            return clause.start, clause.end
        if match and doc._.kinds and trained < 0.12:
            continue
        if match and not clause.conditional and not clause.elsewhere:
            rival = bool(doc._.rivals)
            weak = re.match(
                r"(?:gone|going|went|moved|moving|switched|switching|picked|chose|chosen|decided|signed|dropp|is|are|'s|'re)",
                match.group(),
                re.I,
            )
            named = any(clause.start <= r.start < clause.end for r in doc._.rivals)
            if weak and not (rival and named):
                continue
            return clause.start + match.start(), clause.start + match.end()
    return None


def _dull(doc: Doc, clause: Clause) -> bool:
    """The trained layer takes the words for something else."""
    return chance(doc, clause, "interest") < 0.05


def _interest(doc: Doc) -> tuple[int, int] | None:
    for clause in doc._.clauses:
        match = INTEREST.search(clause.text)
        if (
            match is None
            and chance(doc, clause, "interest") > 0.6
            and not clause.elsewhere
            and not clause.negated
        ):
            return clause.start, clause.end
        if match and doc._.kinds and _dull(doc, clause):
            continue
        if (
            match
            and not clause.elsewhere
            and not re.search(
                r"\b(?:not|no|isn't|wasn't|didn't|never)\b[^,]{0,25}$", clause.text[: match.start()], re.I
            )
        ):
            return clause.start + match.start(), clause.start + match.end()
    return None
