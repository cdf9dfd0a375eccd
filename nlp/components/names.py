"""The gazetteer: customers, people, products, competitors and colleagues of the context, found by words
and by sound.

Exact forms first, then windows that sound alike (`speech.phonetics`); the longest and likeliest reading wins.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist
from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.dates.days import MONTHS, WEEKDAYS
from nlp.findings import Name, NameKind, context_of
from nlp.ranking import LEADS, plain
from nlp.types import Context
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
CALENDAR = MONTHS.keys() | WEEKDAYS.keys()
LONGEST = 5
SMALL = {
    "a", "an", "the", "of", "and", "or", "to", "in", "on", "at", "for", "from", "with", "by", "is", "was",
    "it", "i", "we",
    "he", "she", "they", "them", "her", "his", "their", "our", "my", "me", "us", "him", "you", "that",
    "this", "so", "but",
    "as", "be", "are", "were", "has", "have", "had", "not", "no", "do", "did", "if", "up", "out", "s",
    "t", "ll", "re", "ve",
}  # fmt: skip
DULL = {
    "water", "fresh", "house", "hard", "dry", "box", "case", "pack", "bag", "bottle", "small", "large",
    "medium", "kit", "set",
    "red", "white", "black", "blue", "green", "hotel", "shop", "store", "club", "road", "street", "group",
    "centre", "center",
    "service", "services", "supply", "supplies", "and", "care", "classic", "standard", "premium", "spot",
    "for", "with",
    "line", "bar", "pass", "old", "dock", "free", "plus", "pro", "mini", "light", "heavy", "new", "pure",
    "extra", "super",
    "ounce", "bags", "roll", "syringe", "keg", "tub", "tube", "drum", "jar", "jug", "gallon", "tray",
    "sack", "cylinder", "tank", "barrel", "bucket", "pair", "piece", "sheet", "bundle", "carton", "tin",
    "pouch", "sleeve", "machine", "seed", "powder", "mix", "blend", "cup", "jugs", "cleaner", "cleaning",
    "paper", "oil", "glass", "face", "early", "winter", "half", "inch", "type",
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen", "hundred",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Form:
    kind: NameKind
    words: tuple[str, ...]
    full: bool


@dataclass(slots=True)
class _Index:
    forms: dict[_Form, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: NameKind, name: str, ident: str, *, full: bool) -> None:
        words = _stems(name, kind)
        if words and words[0] in LEADS and len(words) > 1:
            words = words[1:]
        if words:
            ids = self.forms[_Form(kind, words, full)]
            if ident not in ids:
                ids.append(ident)


def _stems(name: str, kind: NameKind) -> tuple[str, ...]:
    """Words for comparison; products in the singular."""
    found = tokens(name)
    return tuple(_singular(w) for w in found) if kind == "product" else found


def _singular(word: str) -> str:
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3 else word


def _index(context: Context) -> _Index:
    index = _Index()
    for customer in context.customers:
        for name in (customer.name, *customer.aliases):
            index.add("customer", name, customer.id, full=True)
        for person in customer.contacts:
            index.add("person", person.name, person.id, full=True)
            given = plain(person.name).split()
            if len(given) > 1:
                index.add("person", given[0], person.id, full=False)
                index.add("person", given[-1], person.id, full=False)
    for competitor in context.competitors:
        for name in (competitor.name, *competitor.aliases):
            index.add("competitor", name, competitor.name, full=True)
    for name in (*context.colleagues, context.rep):
        index.add("colleague", name, name, full=True)
    _products(index, context)
    return index


def _products(index: _Index, context: Context) -> None:
    """Names and aliases, and single words that only a few products have ('Riesling', 'gloves')."""
    shared: dict[str, set[str]] = defaultdict(set)
    for product in context.products:
        for name in (product.name, *product.aliases):
            index.add("product", name, product.id, full=True)
            for word in _stems(name, "product"):
                if len(word) > 3 and word not in DULL:
                    shared[word].add(product.id)
    for word, ids in shared.items():
        if len(ids) <= 3 and _Form("product", (word,), True) not in index.forms:
            for ident in sorted(ids):
                index.add("product", word, ident, full=False)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of the text as the index has it."""

    word: str
    start: int
    end: int
    title: bool
    proper: bool
    """Not a common word: a fuzzy reading may replace it."""


def _pieces(doc: Doc) -> list[_Piece]:
    """Words without accents and possessives, compounds apart."""
    out = []
    for token in doc:
        if token.is_space or token.text in ("'s", "’s"):
            continue
        for word in tokens(token.text):
            title = token.text[:1].isupper() or token.text[:1].isdigit()
            out.append(_Piece(word, token.idx, token.idx + len(token.text), title, _proper(token)))
    return out


def _proper(token: Token) -> bool:
    return (token.text[:1].isupper() and token.lower_ not in SMALL) or token.pos_ == "PROPN"


def _exact(pieces: list[_Piece], index: _Index, cased: bool) -> list[Name]:
    by_first: dict[str, list[_Form]] = defaultdict(list)
    for form in index.forms:
        by_first[form.words[0]].append(form)
    out = []
    for at, piece in enumerate(pieces):
        for form in (*by_first.get(piece.word, ()), *by_first.get(_singular(piece.word), ())):
            size = len(form.words)
            window = pieces[at : at + size]
            said = tuple(_singular(p.word) if form.kind == "product" else p.word for p in window)
            if said != form.words or not _allowed(form, window, cased):
                continue
            score = 1.0 if form.full else 0.9
            ids = tuple(index.forms[form])
            out.append(Name(form.kind, ids, "", window[0].start, window[-1].end, score, form.full))
    return out


def _allowed(form: _Form, window: list[_Piece], cased: bool) -> bool:
    """People's names that are words ('Will', 'May') need a capital where the text has any."""
    if form.kind in ("person", "colleague", "competitor") and cased:
        return window[0].title
    if form.kind == "customer" and cased and len(window) == 1:
        return window[0].title
    return True


def _apart(text: str, end: int, start: int) -> bool:
    """A mark between two words: no name runs over it."""
    return any(c in ".,;:!?" for c in text[end:start])


def _sounds_alike(
    pieces: list[_Piece], index: _Index, taken: list[Name], cased: bool, doc_text: str
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


def _may_sound(form: _Form, window: list[_Piece], cased: bool) -> bool:
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
    if any(p.word in CALENDAR for p in window):
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
    index = _index(context_of(doc))
    pieces = _pieces(doc)
    cased = any(p.title for p in pieces[1:])
    exact = _exact(pieces, index, cased)
    doc._.names = _best(
        exact + _sounds_alike(pieces, index, exact, cased, doc._.story.text), doc._.story.text
    )
    return doc
