"""Whisper on PyTorch: the default engine, with the weights, tokens and heads of openai-whisper.

Greedy, each window on its own so that nothing loops, several windows at once; the decoder runs in int8 where
the processor has it, the encoder in single precision (in int8 it costs a seventh more wrong words).
"""

import math
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from pickle import UnpicklingError
from typing import TypeAlias

import msgspec
import torch
import whisper
from whisper.tokenizer import Tokenizer, get_tokenizer

from speech.engines.alignment import FRAME_S, boundaries
from speech.engines.bias import PrefixTree, spellings
from speech.engines.network import Cache, Decoder, Dimensions, Encoder, State, exact, rounded
from speech.engines.repair import Repair, Repairer, Span, word_spans
from speech.engines.search import Heard, Search, detect
from speech.engines.words import join
from speech.errors import ModelUnavailable
from speech.ledger import sift
from speech.sound import SAMPLE_RATE, Sound
from speech.transcript import transcript_of
from speech.types import Removal, Transcript, Vocabulary, Word
from speech.windows import Window, windows

LONGEST_S, SHORTEST_S, SILENCE_S = 30.0, 12.0, 3.0
"""Of sound with the silence after it, as the encoder gets it. With less silence it hears worse."""
POSITION = SAMPLE_RATE // 50
"""Samples of one of the encoder's positions."""
BATCH = 4
"""Windows decoded at once: 75 MB of the sound's keys and values."""

Heads: TypeAlias = list[tuple[int, int]]
"""Layer and head of the attention that follows the sound word by word."""


class WhisperTranscriber:
    """One loaded model; for one thread at a time."""

    def __init__(
        self, dims: Dimensions, state: State, heads: Heads, languages: Sequence[str], device: str
    ) -> None:
        small = device == "cpu" and torch.backends.quantized.engine in ("x86", "fbgemm", "onednn")
        self._dims, self._heads, self._device = dims, heads, device
        self._encoder = Encoder(dims, state, exact)
        self._decoder = Decoder(dims, state, rounded if small else exact)
        self._languages = tuple(languages)

    @classmethod
    def load(cls, model: str, device: str, languages: Sequence[str]) -> "WhisperTranscriber":
        """`model` is a path or a name that openai-whisper downloads. Raises ModelUnavailable."""
        try:
            if not Path(model).is_file():
                named = whisper.load_model(model, device=device)
                dims = msgspec.convert(vars(named.dims), Dimensions)
                heads = [(layer, head) for layer, head in named.alignment_heads.indices().T.tolist()]
                return cls(dims, named.state_dict(), heads, languages, device)
            stored = torch.load(model, map_location=device, weights_only=True, mmap=device == "cpu")
            dims = msgspec.convert(stored["dims"], Dimensions)
            heads = stored.get("alignment_heads") or _upper_half(dims)
            return cls(dims, stored["model_state_dict"], heads, languages, device)
        except (OSError, RuntimeError, KeyError, UnpicklingError, msgspec.ValidationError) as error:
            raise ModelUnavailable(f"The Whisper model {model} could not be loaded: {error}") from error

    @torch.inference_mode()
    def transcribe(self, sound: Sound, vocabulary: Vocabulary, language: str | None = None) -> Transcript:
        waiting, language = windows(sound), self._known(language)
        words: list[Word] = []
        removed: list[Removal] = []
        hearing: _Hearing | None = None
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            features = self._features(batch, sound)
            if hearing is None:
                language = language or self._detect(features[:1])
                hearing = _Hearing(self._decoder, self._dims, self._heads, language, vocabulary)
            for heard, window_words in hearing.run(features, batch):
                kept, left_out = sift(window_words, heard.silence)
                words += kept
                removed += left_out
        spoken = language or self._languages[0]
        return transcript_of(words, language=spoken, length_s=sound.length_s, removed=removed)

    def _known(self, language: str | None) -> str | None:
        """Of a single language there is no doubt."""
        return self._languages[0] if language is None and len(self._languages) == 1 else language

    def _detect(self, features: Sequence[torch.Tensor]) -> str:
        return detect(self._decoder, features, _tokenizer(self._dims, "en"), self._languages)

    def _features(self, batch: Sequence[Window], sound: Sound) -> list[torch.Tensor]:
        """Window by window: the encoder fills a processor with one, and four would take 140 MB more."""
        return [self._encoder(self._spectrum(window, sound))[0] for window in batch]

    def _spectrum(self, window: Window, sound: Sound) -> torch.Tensor:
        """As long as the sound and some silence: Whisper's 30 s would be work on nothing."""
        length_s = min(LONGEST_S, max(SHORTEST_S, window.length_s + SILENCE_S))
        padded = whisper.pad_or_trim(torch.from_numpy(window.samples(sound)), round(length_s * 50) * POSITION)
        spectrum: torch.Tensor = whisper.log_mel_spectrogram(padded[None], self._dims.n_mels)
        return spectrum.to(self._device)


class _Hearing:
    """One memo's language and vocabulary on the model."""

    def __init__(
        self, decoder: Decoder, dims: Dimensions, heads: Heads, language: str, vocabulary: Vocabulary
    ) -> None:
        self._decoder, self._heads = decoder, heads
        self._tokenizer = _tokenizer(dims, language)
        terms = spellings(vocabulary)
        tree = PrefixTree(terms, self._tokenizer.encode, dims.n_vocab)
        self._search = Search(decoder, self._tokenizer, tree, heads, dims.n_vocab)
        self._repairer = Repairer(decoder, self._tokenizer, terms)

    def run(
        self, features: Sequence[torch.Tensor], batch: Sequence[Window]
    ) -> list[tuple[Heard, list[Word]]]:
        past = self._decoder.begin(features)
        heard = self._search.run(past, len(batch))
        return [(h, self._words(past, row, h, batch[row])) for row, h in enumerate(heard)]

    def _words(self, past: Cache, row: int, heard: Heard, window: Window) -> list[Word]:
        if not heard.tokens:
            return []
        frames = max(1, min(round(window.length_s / FRAME_S), past.lengths[row]))
        begins = boundaries(past, row, heard.queries, self._heads, frames)
        pieces = [
            self._word(span, heard, begins, window) for span in word_spans(heard.tokens, self._tokenizer)
        ]
        return repaired(pieces, self._repairer.repairs(past, row, heard))

    def _word(self, span: Span, heard: Heard, begins: list[float], window: Window) -> tuple[Span, Word]:
        chances = [math.exp(min(0.0, chance)) for chance in heard.logprobs[span.start : span.end]]
        return span, Word(
            start_s=round(window.time(begins[span.start]), 3),
            end_s=round(window.time(begins[min(span.end, len(begins) - 1)]), 3),
            text=self._tokenizer.decode(heard.tokens[span.start : span.end]),
            confidence=sum(chances) / len(chances),
        )


def repaired(pieces: Sequence[tuple[Span, Word]], repairs: Sequence[Repair]) -> list[Word]:
    """The words, with the repairs in place of what they replace; a repair's words share its time."""
    words: list[Word] = []
    for span, word in pieces:
        repair = next((r for r in repairs if r.span.start <= span.start < r.span.end), None)
        if repair is None:
            words.append(word)
        elif span.start == repair.span.start:
            last = next(other for where, other in pieces if where.end == repair.span.end)
            words += _rewritten(repair, word.start_s, last.end_s)
    return join(words)


def _rewritten(repair: Repair, start_s: float, end_s: float) -> list[Word]:
    """What was heard stands with the first of the words that are written."""
    texts = repair.written.split()
    step = (end_s - start_s) / len(texts)
    return [
        Word(
            start_s=start_s + step * number,
            end_s=start_s + step * (number + 1),
            text=" " + text,
            confidence=repair.probability,
            heard=repair.heard if number == 0 else "",
        )
        for number, text in enumerate(texts)
    ]


@cache
def _tokenizer(dims: Dimensions, language: str) -> Tokenizer:
    multilingual = dims.n_vocab >= 51865
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its file of tokens open
        return get_tokenizer(
            multilingual,
            num_languages=dims.n_vocab - 51765 - int(multilingual),
            language=language,
            task="transcribe",
        )


def _upper_half(dims: Dimensions) -> Heads:
    """All heads of the upper layers, as openai-whisper takes them for a model that it does not know."""
    upper = range(dims.n_text_layer // 2, dims.n_text_layer)
    return [(layer, head) for layer in upper for head in range(dims.n_text_head)]
