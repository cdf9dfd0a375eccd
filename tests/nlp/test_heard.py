"""What a recogniser writes of numbers, addresses and spelled names."""

import pytest

from nlp.extract import Extractor
from nlp.grammar.emails import emails
from nlp.grammar.phones import phones
from nlp.grammar.spelling import spelled
from nlp.types import Contact, Context, Source
from speech.types import Segment, Transcript, Word, note


@pytest.mark.parametrize(
    ("phrase", "regions", "number"),
    [
        ("a new cell 2, 360-555-0114.", ("US",), "+13605550114"),
        ("O-Double-1-7-496-0352", ("IE", "GB"), "+441174960352"),
        ("O85 555 0127", ("IE",), "+353855550127"),
        ("085, 555, 0127", ("IE",), "+353855550127"),
        ("2,065,550,163", ("US",), "+12065550163"),
        ("+44 (0)28 9649 6120", ("IE", "GB"), "+442896496120"),
        ("oh-eight-five, triple-five, oh-one-nine-four", ("IE",), "+353855550194"),
    ],
)
def test_phone(phrase: str, regions: tuple[str, ...], number: str) -> None:
    assert [p.number for p in phones(phrase, regions)] == [number]


@pytest.mark.parametrize(
    ("phrase", "region"),
    [("085-5-0194", "IE"), ("206 555 016", "US"), ("40, 50 and 60,000 or 20 000 000", "US")],
)
def test_a_number_that_lost_digits_is_none(phrase: str, region: str) -> None:
    assert phones(phrase, (region,)) == []


@pytest.mark.parametrize(
    ("phrase", "address"),
    [
        ("priyanka @ little finch coffee .com", "priyanka@littlefinchcoffee.com"),
        ("emeka.nwosu at ArdenBroadway dotcom.", "emeka.nwosu@ardenbroadway.com"),
        ("yusuf at saltladder dot-com", "yusuf@saltladder.com"),
        ("noreen dot falvey at tralee bay vets dot I E.", "noreen.falvey@traleebayvets.ie"),
    ],
)
def test_email(phrase: str, address: str) -> None:
    assert [e.address for e in emails(phrase)] == [address]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("spelled D-E-M-I-R-C-I, super friendly", "Demirci"),
        ("that's D E M I R C I.", "Demirci"),
        ("R, U, double S, O", "Russo"),
        ("E. Zed. E.", "Eze"),
        ("spelled NWOSU", "Nwosu"),
    ],
)
def test_spelled(text: str, word: str) -> None:
    assert [s.word for s in spelled(text)] == [word]


@pytest.mark.parametrize("text", ["I am in the U.S. now", "A B I think", "plan B and C"])
def test_not_spelled(text: str) -> None:
    assert spelled(text) == []


def _heard(text: str) -> Transcript:
    words = tuple(
        Word(start_s=i * 0.3, end_s=i * 0.3 + 0.2, text=w, confidence=0.9, heard=None)
        for i, w in enumerate(text.split())
    )
    segment = Segment(start_s=0.0, end_s=words[-1].end_s, text=text, words=words)
    return Transcript(text=text, language="en", segments=(segment,), removed=(), length_s=30.0)


def _people(extractor: Extractor, transcript: Transcript, context: Context) -> list[Contact]:
    return list(extractor.extract((Source(memo="m", transcript=transcript),), context).contacts)


SALT = (
    "New lead, not in our system yet. It's called the Salt Ladder. The owner is Yusuf Demersai, spelled "
    "D-E-M-I-R-C-I. The email is Yusuf at saltletter.com."
)


def test_letters_and_the_place_mend_what_was_heard(extractor: Extractor, context: Context) -> None:
    (person,) = _people(extractor, _heard(SALT), context)
    assert (person.name, person.role, person.email) == ("Yusuf Demirci", "owner", "yusuf@saltladder.com")


def test_a_typed_address_stays(extractor: Extractor, context: Context) -> None:
    (person,) = _people(extractor, note(SALT), context)
    assert person.email == "yusuf@saltletter.com"


def test_a_name_is_no_verb(extractor: Extractor, context: Context) -> None:
    text = (
        "Bella Vista. Price was some of it. We have two loaner coolers in his basement, and we'll pick "
        "those up by the end of the month. I'm Puget Crown, beer and wine both, from the first of July."
    )
    found = extractor.extract((Source(memo="m", transcript=note(text)),), context)
    assert [c.action for c in found.commitments] == ["pick two loaner coolers up"]
