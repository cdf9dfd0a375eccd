"""Whisper on PyTorch: the default engine. Greedy; each window on its own, so that nothing loops."""

import warnings
from collections.abc import Sequence
from pathlib import Path

import torch
import whisper
from torch import Tensor
from whisper.tokenizer import Tokenizer, get_tokenizer

from speech.engines.words import join
from speech.errors import ModelUnavailable
from speech.sound import Sound
from speech.transcript import transcript_of
from speech.types import Transcript, Vocabulary, Word
from speech.windows import Window, windows

SAMPLES_OF_WINDOW = 30 * 16_000
FRAMES_A_SECOND = 100


class WhisperTranscriber:
    """One loaded model; for one thread at a time."""

    def __init__(self, model: whisper.Whisper, languages: Sequence[str]) -> None:
        self._model = model
        self._languages = tuple(languages)

    @classmethod
    def load(cls, model: str, device: str, languages: Sequence[str]) -> "WhisperTranscriber":
        """`model` is a path or a name that openai-whisper downloads. Raises ModelUnavailable."""
        try:
            loaded = whisper.load_model(model, device=device)
        except (OSError, RuntimeError, KeyError) as error:
            raise ModelUnavailable(f"The Whisper model {model} could not be loaded: {error}") from error
        if Path(model).name == "base.pt":
            loaded.set_alignment_heads(whisper._ALIGNMENT_HEADS["base"])
        return cls(loaded.eval(), languages)

    @torch.inference_mode()
    def transcribe(self, sound: Sound, vocabulary: Vocabulary) -> Transcript:
        language = self._languages[0]
        words: list[Word] = []
        for window in windows(sound):
            words += self._hear(window, sound, language)
        return transcript_of(words, language=language, length_s=sound.length_s)

    def _hear(self, window: Window, sound: Sound, language: str) -> list[Word]:
        samples = torch.from_numpy(whisper.pad_or_trim(window.samples(sound), SAMPLES_OF_WINDOW))
        mel = whisper.log_mel_spectrogram(samples, self._model.dims.n_mels).to(self._model.device)
        options = whisper.DecodingOptions(language=language, fp16=False, without_timestamps=True)
        tokenizer = self._tokenizer(language)
        decoded = whisper.decode(self._model, mel, options)
        tokens = [token for token in decoded.tokens if token < tokenizer.eot]
        return join(self._aligned(tokenizer, tokens, mel, window))

    def _aligned(self, tokenizer: Tokenizer, tokens: list[int], mel: Tensor, window: Window) -> list[Word]:
        frames = round(window.length_s * FRAMES_A_SECOND)
        timings = whisper.timing.find_alignment(self._model, tokenizer, tokens, mel, frames)
        return [
            Word(
                start_s=round(window.time(float(timing.start)), 3),
                end_s=round(window.time(float(timing.end)), 3),
                text=timing.word,
                confidence=float(timing.probability),
            )
            for timing in timings
        ]

    def _tokenizer(self, language: str) -> Tokenizer:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # it leaves its file of tokens open
            return get_tokenizer(
                self._model.is_multilingual,
                num_languages=self._model.num_languages,
                language=language,
                task="transcribe",
            )
