"""Sound in, tokens out: greedy, several windows at once, each leaning towards its vocabulary."""

from collections.abc import Sequence

import msgspec
import torch
from torch import Tensor
from whisper.tokenizer import Tokenizer

from speech.engines.bias import Node, PrefixTree
from speech.engines.network import MOST_TOKENS, Cache, Decoder

LOOP_TOKENS = 24
"""A phrase that repeats itself over this many tokens ends the window: nobody speaks so."""
LOOP_LONGEST = 12
"""Tokens of the longest phrase that is looked for."""
CONTROL = 4
"""Tokens before the first that is spoken: start, language, task, no timestamps."""


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """One window as tokens; no end token."""

    tokens: list[int]
    logprobs: list[float]
    """What the model itself gave to each token, before any leaning; one more for the end."""
    silence: float
    """The model's own probability that nobody speaks."""
    queries: Tensor
    """(heads, tokens + 1, size): where in the sound the decoder looked as it wrote each token and the end."""


def detect(
    decoder: Decoder, features: Sequence[Tensor], tokenizer: Tokenizer, languages: Sequence[str]
) -> str:
    """The likeliest of the languages over all windows."""
    start = torch.full((len(features), 1), tokenizer.sot, device=features[0].device)
    logits, _ = decoder.step(decoder.begin(features), start)
    tokens = [tokenizer.to_language_token(language) for language in languages]
    return languages[int(logits[:, tokens].log_softmax(dim=-1).sum(dim=0).argmax())]


class Search:
    """The decoder with one language and one vocabulary."""

    def __init__(
        self,
        decoder: Decoder,
        tokenizer: Tokenizer,
        tree: PrefixTree,
        heads: list[tuple[int, int]],
        n_vocab: int,
    ) -> None:
        self._decoder, self._tokenizer, self._tree, self._heads = decoder, tokenizer, tree, heads
        self._never = torch.zeros(n_vocab)
        self._never[[*tokenizer.non_speech_tokens, *range(tokenizer.eot + 1, n_vocab)]] = -torch.inf
        self._first = self._never.clone()
        self._first[[*tokenizer.encode(" "), tokenizer.eot]] = -torch.inf

    def run(self, cache: Cache, rows: int) -> list[Heard]:
        start, *control = self._tokenizer.sot_sequence_including_notimestamps
        device = cache.past.device
        logits, _ = self._decoder.step(cache, torch.full((rows, 1), start, device=device))
        silence = logits.softmax(dim=-1)[:, self._tokenizer.no_speech or 0].tolist()
        tokens = torch.tensor([control] * rows, device=device)
        writing = [_Row() for _ in range(rows)]
        for number in range(MOST_TOKENS - CONTROL):
            logits, queries = self._decoder.step(cache, tokens)
            looked = torch.stack([queries[layer][:, head, -1] for layer, head in self._heads], dim=1)
            chosen = self._choose(logits, writing, self._never if number else self._first)
            for row, token, look in zip(writing, chosen, looked, strict=True):
                row.queries.append(look)
                row.done = row.done or token == self._tokenizer.eot or loops(row.tokens)
                if not row.done:
                    row.tokens.append(token)
            if all(row.done for row in writing):
                break
            tokens = torch.tensor(chosen, device=device)[:, None]
        return [row.heard(silent) for row, silent in zip(writing, silence, strict=True)]

    def _choose(self, logits: Tensor, writing: list["_Row"], never: Tensor) -> list[int]:
        """The next token of each row; notes what the model itself gave to it."""
        normaliser = logits.logsumexp(dim=-1)
        leaning = logits + never.to(logits.device)
        for row, each in zip(writing, leaning, strict=True):
            if not row.done:
                self._tree.lean(each, row.open)
        chosen: list[int] = leaning.argmax(dim=-1).tolist()
        for number, (row, token) in enumerate(zip(writing, chosen, strict=True)):
            if not row.done:
                row.logprobs.append(float(logits[number, token] - normaliser[number]))
                row.open = self._tree.follow(token, row.open)
        return chosen


class _Row:
    """A window while it is written."""

    def __init__(self) -> None:
        self.tokens: list[int] = []
        self.logprobs: list[float] = []
        self.queries: list[Tensor] = []
        self.open: list[Node] = []
        self.done = False

    def heard(self, silence: float) -> Heard:
        queries = torch.stack(self.queries[: len(self.tokens) + 1], dim=1)
        return Heard(tokens=self.tokens, logprobs=self.logprobs, silence=silence, queries=queries)


def loops(tokens: list[int]) -> bool:
    """The end is one phrase said again and again."""
    for length in range(1, LOOP_LONGEST + 1):
        span = tokens[-max(LOOP_TOKENS, 4 * length) :]
        if len(span) >= max(LOOP_TOKENS, 4 * length) and span[length:] == span[:-length]:
            return True
    return False
