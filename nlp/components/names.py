"""The gazetteer: customers, people, products, competitors and colleagues of the context, found by words
and by sound.

Exact forms first, then windows that sound alike (`speech.phonetics`); the longest and likeliest reading wins.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist
from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.components.gazetteer import Form, Index, index_of, stem
from nlp.dates.days import MONTHS, WEEKDAYS
from nlp.findings import Name, NameKind, context_of
from nlp.grammar.figures import run_at
from nlp.grammar.numbers import TENS
from nlp.grammar.numbers import UNITS as NUMBER_UNITS
from nlp.lexicon.names import COMMON, SMALL
from nlp.lexicon.orders import UNITS
from speech.phonetics import similarity, tokens

FLOOR: dict[NameKind, float] = {
    "customer": 0.82,
    "person": 0.84,
    "product": 0.82,
    "competitor": 0.84,
    "colleague": 0.9,
}
"""Likeness from which a misheard name is taken, by kind; measured on the names of two worlds."""
ROUGH = 62
"""Letters' ratio below which two strings are not compared by sound, 0..100."""
NUMBERS = NUMBER_UNITS.keys() | TENS.keys() | {"hundred", "dozen"}
CALENDAR = MONTHS.keys() | WEEKDAYS.keys()
LONGEST = 5


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of the text as the index has it."""

    word: str
    start: int
    end: int
    title: bool
    proper: bool
    """Not a common word: a fuzzy reading may replace it."""
    acting: bool
    """In text without capitals: a name by its place, 'bill was', 'with grace'."""


def _pieces(doc: Doc) -> list[_Piece]:
    """Words without accents and possessives, compounds apart."""
    out = []
    for token in doc:
        if token.is_space or token.text in ("'s", "’s"):
            continue
        for word in tokens(token.text):
            title = token.text[:1].isupper() or token.text[:1].isdigit()
            out.append(
                _Piece(word, token.idx, token.idx + len(token.text), title, _proper(token), _acting(token))
            )
    return out


def _proper(token: Token) -> bool:
    return (token.text[:1].isupper() and token.lower_ not in SMALL) or token.pos_ == "PROPN"


def _acting(token: Token) -> bool:
    """No article or adjective before it, and a verb behind it or the tagger's word for it."""
    before = token.nbor(-1).tag_ if token.i else ""
    after = token.nbor().tag_ if token.i + 1 < len(token.doc) else ""
    if token.tag_ == "MD" or before in ("DT", "PRP$", "JJ", "TO", "MD", "CD", "POS", "WP$"):
        return False
    return token.pos_ == "PROPN" or after in ("VBD", "VBZ")


def _exact(pieces: list[_Piece], index: Index, cased: bool) -> list[Name]:
    """Forms as they are written; a run of number words is its figures ('sixty ten' is '6010')."""
    by_first: dict[str, list[Form]] = defaultdict(list)
    for form in index.forms:
        by_first[form.words[0]].append(form)
    words = [p.word for p in pieces]
    stems = [stem(w) for w in words]
    out = []
    for at, piece in enumerate(pieces):
        heads = {piece.word, stems[at], *(figure for figure, _ in run_at(stems, at))}
        for form in (f for head in heads for f in by_first.get(head, ())):
            end = _matched(stems if form.kind == "product" else words, at, form)
            if end is None:
                continue
            window = pieces[at:end]
            if form.dull and not (at > 1 and words[at - 1] == "of" and re.fullmatch(UNITS, words[at - 2])):
                continue
            if not _allowed(form, window, cased):
                continue
            score = 1.0 if form.full else 0.9 + 0.02 * (end - at - 1)
            ids = tuple(index.forms[form])
            out.append(Name(form.kind, ids, "", window[0].start, window[-1].end, score, form.full))
    return out


def _matched(words: list[str], at: int, form: Form) -> int | None:
    """Where the form ends when the words from `at` on are it."""
    for word in form.words:
        run = next((end for figure, end in run_at(words, at) if figure == word), None)
        if run is not None:
            at = run
        elif at < len(words) and word == words[at]:
            at += 1
        else:
            return None
    return at


def _allowed(form: Form, window: list[_Piece], cased: bool) -> bool:
    """People's names that are words ('Will', 'May') need a capital where the text has any."""
    if form.kind in ("person", "colleague", "competitor"):
        rare = len(window) > 1 or window[0].word not in COMMON
        return window[0].title if cased else rare or window[0].acting
    if form.kind == "customer" and cased and len(window) == 1:
        return window[0].title
    return True


def _apart(text: str, end: int, start: int) -> bool:
    """A mark between two words: no name runs over it."""
    return any(c in ".,;:!?" for c in text[end:start])


def _over(said: str) -> bool:
    """'… the jack. Two boxes …': one sentence ends within these words."""
    return bool(re.search(r"[a-z]{4}[.?!]\s+[A-Z]", said))


def _sounds_alike(
    pieces: list[_Piece], index: Index, taken: list[Name], cased: bool, doc_text: str
) -> list[Name]:
    """Windows of words that are close to a form by letters, then by the blend of sound and spelling."""
    free = [not any(n.start <= p.start < n.end and n.full for n in taken) for p in pieces]
    gaps = [bool(i) and _apart(doc_text, pieces[i - 1].end, p.start) for i, p in enumerate(pieces)]
    windows = [
        (at, size)
        for at in range(len(pieces))
        for size in range(1, LONGEST)
        if at + size <= len(pieces)
        and all(free[at : at + size])
        and not any(gaps[at + 1 : at + size])
        and pieces[at].word not in SMALL
        and pieces[at + size - 1].word not in SMALL
    ]
    forms = [f for f in index.forms if f.full or f.kind == "person"]
    if not windows or not forms:
        return []
    said = ["".join(p.word for p in pieces[a : a + n]) for a, n in windows]
    close = cdist(said, ["".join(f.words) for f in forms], scorer=ratio, score_cutoff=ROUGH)
    out = []
    for row, column in zip(*close.nonzero(), strict=True):
        (at, size), form = windows[row], forms[column]
        window = pieces[at : at + size]
        if not _may_sound(form, window, cased):
            continue
        score = similarity(" ".join(p.word for p in window), " ".join(form.words))
        floor = FLOOR[form.kind] + (0.04 if size == 1 or len(form.words) == 1 else 0.0)
        if floor <= score < 1.0:
            ids = tuple(index.forms[form])
            out.append(Name(form.kind, ids, "", window[0].start, window[-1].end, score * 0.95, form.full))
    return out


def _may_sound(form: Form, window: list[_Piece], cased: bool) -> bool:
    """A short or lower-case word is itself, not a misheard name; a name's words are about as many as
    heard."""
    letters = sum(len(p.word) for p in window)
    said, meant = "".join(p.word for p in window), "".join(form.words)
    if abs(len(said) - len(meant)) > 1 and (meant.startswith(said) or said.startswith(meant)):
        return False
    if letters < 4 or abs(len(form.words) - len(window)) > 1:
        return False
    if (
        form.kind == "person"
        and len(window) > 1
        and (len(form.words) == 1 or (cased and not all(p.title for p in window)))
    ):
        return False
    if any(p.word in CALENDAR or (p.word in NUMBERS and p.word not in form.words) for p in window):
        return False
    if form.kind != "product" and cased:
        return any(p.proper for p in window) and (window[0].title or len(window) > 1)
    return len(form.words) > 1 or letters > 5


def _best(names: list[Name], text: str) -> tuple[Name, ...]:
    """Without overlaps: the surest and longest first; equal readings of one kind share their ids."""
    chosen: list[Name] = []
    ranked = sorted(names, key=lambda n: (-(n.score * (1 + 0.04 * (n.end - n.start))), n.start))
    for name in ranked:
        clash = [c for c in chosen if c.start < name.end and name.start < c.end]
        if not clash:
            chosen.append(name)
    out = []
    for name in sorted(chosen, key=lambda n: n.start):
        same = [
            n
            for n in names
            if (n.start, n.end, n.kind, n.score) == (name.start, name.end, name.kind, name.score)
        ]
        ids = tuple(dict.fromkeys(i for n in same for i in n.ids))
        said = text[name.start : name.end]
        out.append(Name(name.kind, ids, said, name.start, name.end, name.score, name.full))
    return tuple(out)


@Language.component("rounds_names", requires=["token.pos"], assigns=["doc._.names"])
def find_names(doc: Doc) -> Doc:
    index = index_of(context_of(doc))
    pieces = _pieces(doc)
    cased = any(p.title for p in pieces[1:])
    exact = [n for n in _exact(pieces, index, cased) if not _over(doc._.story.text[n.start : n.end])]
    doc._.names = _best(
        exact + _sounds_alike(pieces, index, exact, cased, doc._.story.text), doc._.story.text
    )
    return doc
