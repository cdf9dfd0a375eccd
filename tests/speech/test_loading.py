import pytest

from speech.engines.faster_whisper import FasterWhisperTranscriber
from speech.engines.loading import load_transcriber
from speech.engines.openai_whisper import WhisperTranscriber
from speech.errors import ModelUnavailable
from speech.settings import SpeechSettings


@pytest.mark.whisper
def test_the_setting_names_the_engine(models):
    loaded = load_transcriber(SpeechSettings(device="cpu"), models)
    assert isinstance(loaded, WhisperTranscriber)
    pytest.importorskip("faster_whisper", reason="the second engine is an optional package")
    assert isinstance(
        load_transcriber(SpeechSettings(engine="faster-whisper", device="cpu"), models),
        FasterWhisperTranscriber,
    )


@pytest.mark.whisper
def test_a_model_by_its_path(models, tmp_path):
    moved = tmp_path / "ours.pt"
    moved.hardlink_to(models / "base.pt")
    assert load_transcriber(SpeechSettings(model=str(moved), device="cpu"), tmp_path / "none")


def test_a_model_that_is_none_is_told(tmp_path):
    with pytest.raises(ModelUnavailable, match="no-such-model") as caught:
        load_transcriber(SpeechSettings(model="no-such-model", device="cpu"), tmp_path)
    assert caught.value.retryable
    (tmp_path / "broken.pt").write_bytes(b"not a model")
    with pytest.raises(ModelUnavailable):
        load_transcriber(SpeechSettings(model=str(tmp_path / "broken.pt"), device="cpu"), tmp_path)
