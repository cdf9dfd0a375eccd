import msgspec
from hypothesis import given
from hypothesis import strategies as st

from speech.engines.words import join
from speech.transcript import transcript_of
from speech.types import Transcript, Word


def pieces(*texts: str) -> list[Word]:
    return [
        Word(start_s=n, end_s=n + 0.9, text=text, confidence=0.9 - n / 100) for n, text in enumerate(texts)
    ]


def fits(transcript: Transcript) -> None:
    assert transcript.text == " ".join(s.text for s in transcript.segments)
    for segment in transcript.segments:
        assert segment.words
        assert segment.text == " ".join(w.text for w in segment.words)
        assert (segment.start_s, segment.end_s) == (segment.words[0].start_s, segment.words[-1].end_s)
    for word in (w for s in transcript.segments for w in s.words):
        assert word.text
        assert not any(letter.isspace() for letter in word.text)


@given(st.lists(st.text(alphabet=" a.b-é\n", max_size=6), max_size=12))
def test_texts_fit_into_each_other_whatever_the_decoder_wrote(texts):
    transcript = transcript_of(join(pieces(*texts)), language="en", length_s=20.0)
    fits(transcript)
    assert transcript.text.replace(" ", "") == "".join("".join(texts).split())


def test_a_piece_without_a_blank_belongs_to_the_word_before():
    words = join(pieces(" nine", "-", "thirty", ".", " $", "30", " ok"))
    assert [w.text for w in words] == ["nine-thirty.", "$30", "ok"]
    assert (words[0].start_s, words[0].end_s, words[0].confidence) == (0, 3.9, 0.9 - 3 / 100)


def test_a_pause_and_the_end_of_a_sentence_end_a_segment():
    words = [*pieces("One", "two.", "Three"), Word(start_s=9, end_s=9.5, text="four", confidence=1)]
    transcript = transcript_of(words, language="en", length_s=20.0)
    assert [s.text for s in transcript.segments] == ["One two.", "Three", "four"]


def test_a_transcript_survives_its_way_through_the_database():
    transcript = transcript_of(join(pieces(" Hello", " there.")), language="en", length_s=2.0)
    assert msgspec.json.decode(msgspec.json.encode(transcript), type=Transcript) == transcript
