"""The verb group behind a subject: auxiliaries and 'going to', 'supposed to', 'promised to' are walked
through to the verb that counts, and what they say about it is kept."""

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from nlp.lexicon.verbs import ARRIVING, DOING, GIVING, PAYING, SHIFTS, TALKING, THROUGH, words

FINITE = ("VBZ", "VBP", "VBD", "MD")
CLIPPED = ("'ll", "'d", "'m", "'re", "'ve", "'s")
KNOWN = GIVING | TALKING | PAYING | DOING | ARRIVING
BE = words("be am is are was were been being 'm 're")
HAVE = words("have has had 've")
MODALS = {
    "will": "fut", "'ll": "fut", "shall": "fut", "wo": "fut", "would": "would", "'d": "would", "can": "can",
    "could": "can", "may": "may", "might": "may", "should": "must", "must": "must", "ought": "must",
    "ca": "can", "na": "fut",
}  # fmt: skip
ASIDES = words(
    "also then just probably definitely still already really now always never not n't only even personally "
    "actually maybe perhaps um uh er like ah well basically possibly honestly , either both all then "
    "obviously apparently hopefully simply quickly kindly please"
)
PARTICLES = words("back in out over up down round around by off away on there here")


@dataclass(frozen=True, slots=True)
class Predicate:
    mood: frozenset[str]
    """Of fut, must, would, can, may, want, plan, promise, now (is doing), done, past, not, habit, passive,
    asked, better."""
    at: int
    """Token of the verb."""
    lemma: str
    form: str
    """'vp' (plain), 'ing', 's' (present), 'past', 'perf', 'passive', 'be'."""
    actor: str | None
    """Who acts instead of the subject: 'us' or 'them' in 'she asked me to send'."""
    listener: str = ""
    """Who was asked, as said."""

    def within(self, mood: frozenset[str]) -> "Predicate":
        """The same verb in the mood of the one before: 'I'll ring him and send'."""
        return replace(self, mood=self.mood | (mood - {"past", "done", "passive"}))


def low(token: Token) -> str:
    return token.lower_.replace("’", "'")


def predicate(
    doc: Doc, at: int, end: int, dated: frozenset[int], mood: frozenset[str] = frozenset()
) -> Predicate | None:
    """From this token on; `mood` is what an auxiliary before it already said."""
    return _Walk(doc, end, dated, mood).run(at)


class _Walk:
    """One pass over the tokens of a verb group."""

    def __init__(self, doc: Doc, end: int, dated: frozenset[int], mood: frozenset[str]) -> None:
        self._doc, self._end, self._dated = doc, end, dated
        self._mood: set[str] = set(mood)
        self._be: int | None = None
        self._have = False
        self._infinitive = False
        self._actor: str | None = None
        self._listener = ""

    def run(self, at: int) -> Predicate | None:
        while at < self._end:
            token = self._doc[at]
            if self._aside(token):
                at += 1
            elif (after := self._auxiliary(at)) is not None or (after := self._through(at)) is not None:
                at = after
            elif self._verb(token):
                return self._found(token)
            else:
                break
        if self._be is not None:
            return Predicate(frozenset(self._mood), self._be, "be", "be", self._actor)
        return None

    def _word(self, at: int) -> str:
        return low(self._doc[at]) if at < self._end else ""

    def _next(self, at: int) -> int:
        """The next token that is no aside."""
        at += 1
        while at < self._end and self._aside(self._doc[at]):
            at += 1
        return at

    def _aside(self, token: Token) -> bool:
        word = low(token)
        if word in ("not", "n't", "never"):
            self._mood.add("not")
        if word in ("always", "usually", "normally", "often"):
            self._mood.add("habit")
        if word == "better" and "would" in self._mood:
            self._mood = self._mood - {"would"} | {"must"}
            return True
        return (
            word in ASIDES
            or token.i in self._dated
            or (token.tag_ == "RB" and word not in PARTICLES and word.endswith("ly"))
        )

    def _auxiliary(self, at: int) -> int | None:
        token, word = self._doc[at], low(self._doc[at])
        after = self._next(at)
        if word in MODALS and (token.tag_ in ("MD", "TO", "POS") or word in CLIPPED):
            past = word == "'d" and after < self._end and self._doc[after].tag_ == "VBN"
            self._mood.add("done" if past else MODALS[word])
            return at + 1
        if word in ("do", "does", "did") and after < self._end and self._doc[after].tag_ == "VB":
            self._mood.add("past" if word == "did" else "emphatic")
            return at + 1
        if word == "let" and self._word(at + 1) in ("'s", "us"):
            self._mood.add("fut")
            self._actor, self._infinitive = "us", True
            return at + 2
        if word in BE or (word == "'s" and (after >= self._end or self._doc[after].tag_ != "VBN")):
            self._be = at
            if word in ("was", "were", "been"):
                self._mood.add("past")
            return self._to(at) or at + 1
        if word in HAVE or word == "'s":
            if self._word(after) == "to" or (
                self._word(after) in ("got",) and self._word(after + 1) in ("to", "ta")
            ):
                self._mood.add("must" if word != "had" else "past")
                self._infinitive = True
                return after + 1 if self._word(after) == "to" else after + 2
            if (after < self._end and self._doc[after].tag_ in ("VBN", "VBD")) or self._word(after) == "been":
                self._have = True
                self._mood.add("done")
                return at + 1
            return None
        if word == "got" and self._word(at + 1) in ("to", "ta"):
            self._mood.add("must")
            self._infinitive = True
            return at + 2
        if word in ("got", "gon") and self._word(at + 1) in ("ta", "na"):
            self._mood.add("must" if word == "got" else "fut")
            self._infinitive = True
            return at + 2
        if word == "to" and after < self._end:
            if not self._mood and self._be is None:
                self._mood.add("must")  # 'Lena to send the form'
            self._infinitive = True
            return at + 1
        return None

    def _to(self, at: int) -> int | None:
        """'is to', 'are to'."""
        after = self._next(at)
        if self._word(after) == "to" and after + 1 < self._end and self._doc[after + 1].tag_ == "VB":
            self._mood.add("must")
            self._infinitive = True
            return after + 1
        return None

    def _through(self, at: int) -> int | None:
        """'supposed to', 'want to', 'asked me to', 'go and', 'make sure'."""
        token, lemma = self._doc[at], self._lemma(self._doc[at])
        after = self._next(at)
        if lemma in ("go", "try", "come") and self._word(after) == "and" and after + 1 < self._end:
            return after + 1 if self._doc[after + 1].tag_ in ("VB", "VBP") else None
        shift = self._shift(at, lemma)
        if shift is not None:
            return shift
        if lemma in THROUGH and self._word(after) == "to" and after + 1 < self._end:
            inner = self._doc[after + 1]
            if inner.tag_ in ("VB", "RB", "VBP") or inner.lemma_.lower() in KNOWN:
                self._mood |= {THROUGH[lemma]} - {""}
                idle = lemma in ("suppose", "supposed", "mean", "due", "oblige")
                if token.tag_ in ("VBD", "VBN") and THROUGH[lemma] not in ("promise", "fut") and not idle:
                    self._mood.add("past" if token.tag_ == "VBD" else "done")
                if THROUGH[lemma] in ("promise", "fut"):
                    self._mood -= {"done", "past"} if THROUGH[lemma] == "promise" else set()
                self._infinitive = True
                return after + 1
        return None

    def _shift(self, at: int, lemma: str) -> int | None:
        """'asked me to', 'wants us to', 'told Tom to'."""
        if lemma == "say" and self._word(at + 1) == "to":
            self._mood.add("asked")
            self._actor, self._infinitive = "us", True
            return at + 2
        if lemma not in SHIFTS:
            return None
        words = self._doc[at + 1 : min(at + 5, self._end)]
        to = next((t.i for t in words if low(t) == "to"), None)
        if (
            to is None
            or to == at + 1
            or to + 1 >= self._end
            or self._doc[to + 1].tag_ not in ("VB", "VBP", "NN")
        ):
            return None
        listener = [low(t) for t in self._doc[at + 1 : to]]
        self._listener = self._doc[at + 1 : to].text
        self._actor = "us" if set(listener) & {"me", "us"} else "them"
        self._mood.add("asked")
        self._mood -= {"done", "past", "would", "want"}
        self._infinitive = True
        return to + 1

    def _lemma(self, token: Token) -> str:
        word = low(token)
        for ending in ("s", "es", "d", "ed", "ing", "in", "in'"):
            if word.endswith(ending) and word.removesuffix(ending) in KNOWN and token.tag_ != "RB":
                return word.removesuffix(ending)
        return str(token.lemma_.lower())

    def _verb(self, token: Token) -> bool:
        if token.tag_.startswith("VB"):
            return True
        if self._be is not None and low(token).rstrip("'").endswith("in") and self._lemma(token) in KNOWN:
            return True  # 'payin'', as some say it
        return (self._infinitive or bool(self._mood)) and low(token) in KNOWN

    def _found(self, token: Token) -> Predicate:
        clipped = self._be is not None and low(token).rstrip("'").endswith("in")
        form = (
            "ing" if clipped else {"VBG": "ing", "VBZ": "s", "VBP": "s", "VBD": "past"}.get(token.tag_, "vp")
        )
        if self._infinitive or self._mood & {"fut", "would", "can", "may", "must"}:
            form = "vp" if token.tag_ != "VBG" else "ing"
        if token.tag_ in ("VBN", "VBD") and self._be is not None:
            form = "passive"
            self._mood.add("passive")
        elif self._have:
            form = "perf"
        if form == "past":
            self._mood.add("past")
        if form == "ing" and self._be is not None:
            self._mood.add("now")
        return Predicate(
            frozenset(self._mood), token.i, self._lemma(token), form, self._actor, self._listener
        )
