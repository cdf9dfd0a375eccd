"""A promise in few words: from its verb to the end of the thought, without the date, with names for
pronouns."""

import re

from spacy.tokens import Doc

from nlp.components.asked import asked_for, both
from nlp.findings import sentence_at, token_from
from nlp.lexicon.actions import ALONE, CAUSED, CUT, EDGES, MOST, PAID, THING, TO_WHOM
from nlp.lexicon.promises import GIVES

OBJECTS = ("NOUN", "PROPN", "PRON", "NUM", "VERB", "SYM")


def action(doc: Doc, start: int, end: int, form: str) -> str | None:
    """The words between, shortened; nothing when no verb begins them."""
    text = _undated(doc, start, end)
    text = CUT.sub("", text)
    text = re.sub(r"\s+([,.;!?])", r"\1", re.sub(r"\s{2,}", " ", text)).strip(" ,.;:!?-–—")
    while (shorter := EDGES.sub("", text).strip(" ,.;")) != text:
        text = shorter
    text = re.sub(r"^(?:gonna|gotta|going to)\s+", "", text)
    if not re.search(r"[a-z]", text, re.I):
        return None
    if form == "vp" and (
        (THING.match(text) and not TO_WHOM.match(text)) or re.fullmatch(r"it|that|those|them|one", text)
    ):
        form = "send"
    if form in ("vp", "ing", "s") and not _acts(doc, start, text, form):
        return None
    text = PAID.sub("pay what is owed on the account", _verb(doc, start, text, form))
    text = _named(doc, start, text)
    text = _resolved(doc, start, text)
    return " ".join(text.split()[:MOST]) or None


def _acts(doc: Doc, start: int, text: str, form: str) -> bool:
    """A verb begins it, and something follows that it is done to; a name in front is no verb."""
    first, _, rest = text.partition(" ")
    begin = token_from(doc, start)
    tokens = list(doc[begin : min(begin + 2 * len(text.split()) + 8, len(doc))])
    token = next((t for t in tokens if t.text == first), None)
    verb = token is None or token.pos_ in ("VERB", "AUX") or GIVES.match(text)
    if not verb and (form == "vp" or first[0].isupper()):
        return False
    if ALONE.match(text) or re.search(r"\b(?:it|that|this|those|them|the same)\b", rest):
        return True
    return any(t.text in rest.split() and t.pos_ in OBJECTS for t in tokens)


def _undated(doc: Doc, start: int, end: int) -> str:
    """Without the dates; what follows a date is kept when it goes on."""
    text, at = "", start
    for when in doc._.dates:
        if start <= when.start < end and not when.past:
            text += doc._.story.text[at : when.start] + " "
            at = max(at, min(when.end, end))
    return str(text + doc._.story.text[at:end])


def _verb(doc: Doc, start: int, text: str, form: str) -> str:
    """The first verb in its plain form; a thing alone is 'sent'."""
    if form == "send":
        return f"send {text}"
    first, _, rest = text.partition(" ")
    token = next((t for t in doc[token_from(doc, start) :] if t.text == first), None)
    if first.lower() in ("e-mailing", "emailing"):
        return f"{first[:-3].lower()} {rest}"
    if token is not None and (form in ("ing", "s") or (form == "vp" and token.tag_ == "VBG")):
        lemma = token.lemma_ if token.lemma_ != first else re.sub(r"(?:ing|s)$", "", first)
        return f"{lemma} {rest}".strip()
    if form == "have":
        subject = re.search(
            r"(accounting|accounts|dispatch|driver|office|warehouse|service|technician|tech"
            r"|engineer)\b[^.]{0,30}$",
            doc._.story.text[max(0, start - 50) : start],
            re.I,
        )
        return f"have {subject.group(1).lower() + ' ' if subject else 'somebody '}{text}"
    return text[0].lower() + text[1:] if text[:2] != "I " else text


def _named(doc: Doc, at: int, text: str) -> str:
    """'her' is the last woman or man spoken of: the given name, when exactly one is near."""
    before = [p for p in doc._.people if p.start < at and p.met > 0.3]
    if not before:
        return text
    name = _last(doc, before, at)
    text = re.sub(r"\b(?:him|them)\b(?! all\b)", name, text, count=1)
    return re.sub(
        r"\bher\b(?=\s*$|\s+(?:a|an|the|two|three|some|our|about|back|to|on|with|by|for|over|out|what"
        r"|when|whether|if|and|samples?|prices?|pricing|numbers|photos|quotes?|details|know)\b)",
        name,
        text,
        count=1,
    )


def _last(doc: Doc, people: list, at: int) -> str:  # type: ignore[type-arg]
    places = [(doc._.story.text.rfind(p.name.split()[0], 0, at), p.name.split()[0]) for p in people]
    return str(max(places)[1])


def _resolved(doc: Doc, at: int, text: str) -> str:
    """'it' and 'those' are the last thing that could be sent."""
    if re.search(r"\bboth\b(?! of)", text) and (two := both(doc, at)):
        return re.sub(r"\bboth\b", two, text, count=1)
    match = re.search(
        r"\b(?:it|that|those|these|this|one|them|the same)\b(?=\s|$)(?!\s+(?:the|a|she|he|they|i|we)\b)", text
    )
    if match and match.group() == "one" and re.search(r"\b(?:the|a|an|that|this) (?:\w+ )?one\b", text):
        return text
    if match is None or len(text.split()) > 9:
        return text
    thing = _fresh(doc, at) or asked_for(doc, at) or deliverable(doc, max(0, at - 260), at)
    if match.group() in ("those", "these", "them") and not re.search(r"s\b", thing or ""):
        thing = _plural(doc, at)
    if thing is None:
        return text
    if thing[0].isupper() and " " not in thing:
        thing = f"the {thing.lower()}"
    done = text[: match.start()] + thing + text[match.end() :]
    kept = done.startswith("have somebody") or CAUSED.match(text)
    return done if kept else re.sub(r"^have ", "send ", done)


def _fresh(doc: Doc, at: int) -> str | None:
    """'a new jack's on me, he'll have it Friday': the thing named last, when it is a new or spare one."""
    text = doc._.story.text[max(0, at - 90) : at]
    found = list(
        re.finditer(r"\b(?:a|an|the) (?:new|fresh|spare|loan|loaner|replacement|demo|second) [a-z]+", text)
    )
    return found[-1].group() if found and not THING.search(text[found[-1].end() :]) else None


def _plural(doc: Doc, at: int) -> str | None:
    """The last things named in the sentence: 'two loaner coolers'."""
    sentence = sentence_at(doc, at)
    nouns = [t for t in sentence or () if t.idx < at and t.tag_ == "NNS" and t.ent_type_ != "DATE"]
    if not nouns:
        return None
    start = nouns[-1].i
    while start > 0 and doc[start - 1].pos_ in ("NOUN", "ADJ", "NUM", "PROPN"):
        start -= 1
    return str(doc[start : nouns[-1].i + 1].text)


def deliverable(doc: Doc, start: int, end: int) -> str | None:
    """The last thing in these characters that one sends: 'a quote for twenty cases of pint glasses'."""
    text = doc._.story.text[start:end]
    found = list(THING.finditer(text))
    if not found:
        if re.search(r"\b(?:it|that|those|them)\b", text) and start > 0:
            return deliverable_before(doc, start)
        return None
    chosen = next(
        (m for m in found if " for " in m.group(1) or " of " in m.group(1) or " on " in m.group(1)), found[-1]
    )
    words = chosen.group(1).strip()
    for when in doc._.dates:
        said = doc._.story.text[when.start : when.end]
        words = words.replace(said, "")
    words = re.sub(
        r"^(?:(?:and|so|is|that|she|he|they|i|we|her|him|would|like|to|see|wants?|asked|for|as|with|me|us"
        r"|will|get|gets|getting|send|sending|have|has|is|by|of|said)\s+)+",
        "",
        words,
        flags=re.I,
    )
    words = re.sub(
        r"\b(?:will|would|is|are|to|by|she|he|they|i|(?:and )?I|we|with|in|out|goes|was)\b.*$", "", words
    ).strip(" ,.")
    return words or None


def deliverable_before(doc: Doc, at: int) -> str | None:
    text = doc._.story.text[max(0, at - 260) : at]
    return deliverable(doc, max(0, at - 260), at) if THING.search(text) else None
