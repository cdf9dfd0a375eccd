"""The next meeting: a visit, a demonstration, a pitch that has a date. Calls and deliveries are promises, not meetings."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc

from nlp.dates.reading import When
from nlp.findings import Clause, Verdict, chance, context_of, inside, whens

MEETING = re.compile(
    r"\b(?:com(?:e|ing) back|go(?:ing)? back|(?:be|am|'m|are|'re|head(?:ing)?|pop(?:ping)?|swing(?:ing)?|call(?:ing)?|drop(?:ping)?|stop(?:ping)?|look(?:ing)?) (?:back|in|by|round|around|over)(?: (?:to|with|on|at|there|here|and see|again))?(?! (?:to )?(?:her|him|them) (?:with|about))|back (?:there|here|in|out|with|to see|at)|see(?:ing)? (?:him|her|them|each other|you|us|me|(?-i:[A-Z])\w+)|meet(?:s|ing)?|visit(?:ing)?|sit(?:ting)? down|get(?:ting)? (?:back )?together|appointment|demo(?:nstration)?|tasting|present(?:ation|ing|s)? (?:to|on|at|is)|we present|presentation|pitch(?:ing)?|slot|pencil(?:l?ed)?|in the (?:diary|calendar|book)|diary|catch(?:ing)? up|catch-up|next (?:visit|call|appointment|meeting)|calling out|call out|(?:i'm|we're|i am|i'll be) (?:out|over|up|down|in|back|there)(?: to| with| there| here)?|walk[- ]?through|site (?:visit|walk|meeting|survey)|survey|settled on|agreed on|it's set for|is set for|showroom|training (?:day|session)|planning session|review(?:ing)?|lunch with|lunch|coffee with|breakfast|session|workshop|tour|open day|install(?:ation)? (?:day|on)|follow[- ]up (?:visit|meeting)|round two|swing (?:by|back)|return(?:ing)? (?:visit|on|there)?|expect(?:s|ing)? me|having me (?:back|in)|invited (?:me|us)|booked (?:me|us|in)|put me (?:in|down)|same (?:time|place|spot))\b",
    re.I,
)
DELIVERY = re.compile(
    r"\b(?:truck|van|lorry|delivery|deliver(?:s|ed|ing)?|ship(?:s|ped|ping)?|courier|(?:it|that|they|everything|the (?:lot|order|whole (?:lot|thing)|goods|stuff))(?:'ll|'d|'s| will| would| all| is| are| has to| have to| needs to| goes?)+(?: be| go| goes| going| arrive| get| land| to be)* (?:there|with (?:her|him|them)|out|up|on|to (?:her|him|them)|over|goes|in by|on site|at (?:the|their))|getting (?:it|them|everything|that|the lot)|it all goes|have (?:it|everything|them|that) (?:there|to (?:her|him|them)|with (?:her|him|them)|on|by|in)|get (?:it|everything|them|that|the lot) (?:there|to (?:her|him|them)|out|over|up)|has (?:it|everything)|need(?:s)? (?:it|them|everything|the lot|all of it) (?:there |here |on site |delivered )?(?:by|on|before))\b",
    re.I,
)
NOT_OURS = re.compile(
    r"\b(?:their rep|his rep|her rep|the rep|inspector|inspection|health inspector|daughter|son|wife|husband|wedding|concert|competitor)\b",
    re.I,
)
PROMISE = re.compile(
    r"\b(?:send|e-?mail|mail|deliver|drop(?:ping)? (?:it|them|the|off|a|some|in the|two|three)|ship|truck|van|quote|ring|phone|call (?:him|her|them|(?-i:[A-Z])\w+|back)|text|invoice|pick(?:ing)? (?:up|those|them|it)|swap|invoice|pay|credit)\b",
    re.I,
)
STRONG = re.compile(
    r"\b(?:meet(?:ing)?|appointment|demo|tasting|pitch|slot|com(?:e|ing) back|see(?:ing)? (?:him|her|them|each)|sit(?:ting)? down|together|next visit|present|visit|diary|calendar|pencil|back (?:there|here|in|out)|out to (?:him|her|them)|again|session|walk|review|training|lunch)\b",
    re.I,
)


def is_meeting(doc: Doc, clause: Clause) -> bool:
    """Whether this clause is where the next meeting was found."""
    return any(clause.start <= start < clause.end for start, _ in doc._.meeting.spans)


@Language.component(
    "rounds_meetings", requires=["doc._.clauses", "doc._.dates", "doc._.kinds"], assigns=["doc._.meeting"]
)
def find_meeting(doc: Doc) -> Doc:
    """The likeliest meeting; of several the strongest words, then the last that was said."""
    best: tuple[float, int, When, tuple[tuple[int, int], ...]] | None = None
    for index, clause in enumerate(doc._.clauses):
        scored = _scored(doc, index, clause)
        if scored and (best is None or scored[0] >= best[0]):
            best = scored
    if best is None:
        doc._.meeting = Verdict(None, 0.9, ())
    else:
        doc._.meeting = Verdict(best[2].value, min(best[0], 0.97), best[3])
    return doc


def _scored(
    doc: Doc, index: int, clause: Clause
) -> tuple[float, int, When, tuple[tuple[int, int], ...]] | None:
    likely = chance(doc, clause, "meeting")
    if (
        not (MEETING.search(clause.text) or likely > 0.4)
        or clause.history
        or clause.elsewhere
        or NOT_OURS.search(clause.text)
    ):
        return None
    if DELIVERY.search(clause.text) and not STRONG.search(clause.text):
        return None
    if clause.conditional and not re.search(
        r"\b(?:booked|diary|calendar|meeting|back|appointment)\b", clause.text, re.I
    ):
        return None
    when = _when(doc, index, clause)
    if when is None or (when.dayless or (when.first.date() == _today(doc) and not when.timed)):
        return None
    if re.search(
        r"\b(?:haven't|no|not|didn't|never|cancel\w*)\b",
        clause.text[: max(0, when.start - clause.start)],
        re.I,
    ):
        return None
    score = (
        0.62
        + 0.3 * likely
        + 0.12 * bool(STRONG.search(clause.text))
        + 0.08 * when.timed
        - 0.3 * bool(PROMISE.search(clause.text))
    )
    score += 0.05 if clause.subject in ("us", "none") else 0.0
    if (
        clause.subject == "them"
        and not re.search(r"\b(?:me|us|we|our)\b", clause.text, re.I)
        and not re.search(r"\b(?:meet|pencil|see)\w*\b", clause.text, re.I)
    ):
        score -= 0.35
    if score < 0.6:
        return None
    return score, index, when, ((clause.start, clause.end), (when.start, when.end))


def _today(doc: Doc) -> date:
    context = context_of(doc)
    return context.at.astimezone(ZoneInfo(context.timezone)).date()


def _when(doc: Doc, index: int, clause: Clause) -> When | None:
    """A day ahead in the clause or, failing that, in the next two; a time said apart joins its day."""
    window = [clause, *(c for c in doc._.clauses[index + 1 : index + 3] if c.sentence <= clause.sentence + 1)]
    for number, part in enumerate(window):
        if number and (
            PROMISE.search(part.text)
            or (part.subject == "us" and not re.search(r"\b(?:date|that)\b", part.text))
        ):
            return None
        if number and clause.subject in ("them", "other") and not re.search(r"\b(?:me|us|we)\b", clause.text):
            return None
        found = [w for w in inside(whens(doc), part.start, part.end) if not w.past and not w.vague]
        if found:
            return _last_said(doc, found)
    return None


def _last_said(doc: Doc, found: list[When]) -> When:
    """The last of corrected dates, else the first that has a clock time, else the first."""
    for one, two in zip(found, found[1:], strict=False):
        if re.search(
            r"\b(?:no|sorry|actually|make that|i mean|rather|scratch|moved)\b",
            doc.text[one.end : two.start],
            re.I,
        ):
            return found[-1]
    timed = [w for w in found if w.timed]
    return (timed or found)[0]
