"""Which language a memo is in: only one of the company's own, found once a memo, or known beforehand."""

import pytest

from speech.activity import listen
from speech.decoding import decode
from speech.engines.canned import CannedTranscriber
from speech.engines.faster_whisper import FasterWhisperTranscriber
from speech.engines.openai_whisper import WhisperTranscriber
from speech.types import Vocabulary
from speech.weights import assemble_folder

NOTHING = Vocabulary(terms=())


@pytest.fixture(scope="module")
def spoken(recording):
    return listen(decode(recording("chrome-live.webm")))


@pytest.fixture(
    params=[
        pytest.param("openai-whisper", marks=pytest.mark.whisper),
        pytest.param("faster-whisper", marks=pytest.mark.whisper),
    ]
)
def speaking(request, models):
    """An engine for a company that speaks these languages."""

    def load(*languages: str):
        if request.param == "faster-whisper":
            pytest.importorskip("faster_whisper", reason="the second engine is an optional package")
            folder = assemble_folder(models, lambda step, share: None)
            return FasterWhisperTranscriber(str(folder), "cpu", languages, 2)
        return WhisperTranscriber.load(str(models / "base.pt"), "cpu", languages)

    return load


def test_english_is_recognised_among_the_companys_languages(speaking, spoken):
    transcript = speaking("de", "en", "fr").transcribe(spoken, NOTHING)
    assert transcript.language == "en"
    assert "chairs" in transcript.text.lower()


def test_a_language_that_nobody_here_speaks_is_never_found(speaking, spoken):
    assert speaking("de", "fr").transcribe(spoken, NOTHING).language in ("de", "fr")


def test_a_single_language_and_a_known_one_are_not_asked_about(speaking, spoken):
    assert speaking("de").transcribe(spoken, NOTHING).language == "de"
    assert speaking("en", "de").transcribe(spoken, NOTHING, "de").language == "de"


def test_the_canned_engine_speaks_what_it_is_told(spoken):
    canned = CannedTranscriber(otherwise="Guten Tag")
    assert canned.transcribe(spoken, NOTHING, "de").language == "de"
    assert [each.language for each in canned.received] == ["de"]
