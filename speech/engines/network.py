"""Whisper's network, written out for speed: int8 weights where processors have them, a cache without copies.

Takes the tensors of an openai-whisper checkpoint. The rows of a batch are windows.
"""

import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import msgspec
import torch
from torch import Tensor
from torch.nn import functional

Layer: TypeAlias = Callable[[Tensor], Tensor]
State: TypeAlias = Mapping[str, Tensor]

ROWS = 64
"""Tokens whose chances are worked out at once: 13 MB of logits."""
MOST_TOKENS = 228
"""Of one window with its four control tokens: half of Whisper's context, as in openai-whisper."""


class Dimensions(msgspec.Struct, frozen=True, kw_only=True):
    """As in openai-whisper's checkpoints."""

    n_mels: int
    n_audio_ctx: int
    n_audio_state: int
    n_audio_head: int
    n_audio_layer: int
    n_vocab: int
    n_text_ctx: int
    n_text_state: int
    n_text_head: int
    n_text_layer: int


class Norm:
    def __init__(self, state: State, name: str) -> None:
        self._weight, self._bias = state[f"{name}.weight"].float(), state[f"{name}.bias"].float()

    def __call__(self, x: Tensor) -> Tensor:
        return functional.layer_norm(x, self._weight.shape, self._weight, self._bias)


class Block:
    """One layer's projections; query, key and value of the self attention are one matrix."""

    def __init__(self, state: State, name: str, linear: Callable[[Tensor, Tensor | None], Layer]) -> None:
        def part(*names: str) -> Layer:
            weights = [state[f"{name}.{n}.weight"] for n in names]
            biases = [
                state.get(f"{name}.{n}.bias", torch.zeros(len(w), device=w.device))
                for n, w in zip(names, weights, strict=True)
            ]
            return linear(torch.cat(weights).float(), torch.cat([bias.float() for bias in biases]))

        self.attn_norm, self.mlp_norm = Norm(state, f"{name}.attn_ln"), Norm(state, f"{name}.mlp_ln")
        self.qkv, self.out = part("attn.query", "attn.key", "attn.value"), part("attn.out")
        self.up, self.down = part("mlp.0"), part("mlp.2")
        if f"{name}.cross_attn.query.weight" in state:
            self.cross_norm = Norm(state, f"{name}.cross_attn_ln")
            self.cross_query, self.cross_out = part("cross_attn.query"), part("cross_attn.out")
            self.cross_kv = part("cross_attn.key", "cross_attn.value")

    def feed(self, x: Tensor) -> Tensor:
        return x + self.down(functional.gelu(self.up(self.mlp_norm(x))))


class Encoder:
    def __init__(
        self, dims: Dimensions, state: State, linear: Callable[[Tensor, Tensor | None], Layer]
    ) -> None:
        self._heads = dims.n_audio_head
        self._convolutions = [
            (state[f"encoder.conv{n}.weight"].float(), state[f"encoder.conv{n}.bias"].float()) for n in (1, 2)
        ]
        self._positions = state["encoder.positional_embedding"].float()
        self._blocks = [Block(state, f"encoder.blocks.{n}", linear) for n in range(dims.n_audio_layer)]
        self._norm = Norm(state, "encoder.ln_post")

    def __call__(self, mel: Tensor) -> Tensor:
        """(windows, mels, 2n) to (windows, n, state), n up to 1500; a shorter sound is worth less work."""
        (w1, b1), (w2, b2) = self._convolutions
        x = functional.gelu(functional.conv1d(mel, w1, b1, padding=1))
        x = functional.gelu(functional.conv1d(x, w2, b2, stride=2, padding=1))
        x = x.transpose(1, 2) + self._positions[: x.shape[2]]
        for block in self._blocks:
            q, k, v = block.qkv(block.attn_norm(x)).chunk(3, dim=-1)
            q, k, v = (split(y, self._heads) for y in (q, k, v))
            x = x + block.out(merge(functional.scaled_dot_product_attention(q, k, v)))
            x = block.feed(x)
        return self._norm(x)


class Cache:
    """What the decoder keeps between steps: the sound's keys and values, and those of the tokens so far."""

    def __init__(self, sound: list[tuple[Tensor, Tensor]], lengths: list[int]) -> None:
        """`lengths` are the rows' positions of sound; what a row has beyond is not looked at."""
        keys = sound[0][0]
        rows, heads, longest, size = keys.shape
        self.sound, self.lengths = sound, lengths
        self.audible = None
        if min(lengths) < longest:
            ends = torch.tensor(lengths, device=keys.device)[:, None, None, None]
            self.audible = torch.arange(longest, device=keys.device) < ends
        self.past = torch.empty(len(sound), 2, rows, heads, MOST_TOKENS, size, device=keys.device)
        self.length = 0


class Decoder:
    def __init__(
        self, dims: Dimensions, state: State, linear: Callable[[Tensor, Tensor | None], Layer]
    ) -> None:
        self._heads = dims.n_text_head
        self._embedding = state["decoder.token_embedding.weight"].clone()  # lets go of the file
        self._positions = state["decoder.positional_embedding"].float()
        self._blocks = [Block(state, f"decoder.blocks.{n}", linear) for n in range(dims.n_text_layer)]
        self._norm = Norm(state, "decoder.ln")
        self._unembed = linear(self._embedding.float(), None)

    def begin(self, features: Sequence[Tensor]) -> Cache:
        """`features` are (positions, state) of each row."""
        padded = torch.nn.utils.rnn.pad_sequence(list(features), batch_first=True)
        sound = []
        for block in self._blocks:
            k, v = block.cross_kv(padded).chunk(2, dim=-1)
            sound.append((split(k, self._heads).contiguous(), split(v, self._heads).contiguous()))
        return Cache(sound, [len(each) for each in features])

    def step(self, cache: Cache, tokens: Tensor) -> tuple[Tensor, list[Tensor]]:
        """(rows, n) tokens to (rows, vocabulary) logits after the last, and each layer's query of the sound.

        A query is (rows, heads, n, size): with the sound's keys it tells where a token was heard.
        """
        n = tokens.shape[1]
        start, cache.length = cache.length, cache.length + n
        x = functional.embedding(tokens, self._embedding).float() + self._positions[start : cache.length]
        seen = None if n == 1 else torch.ones(n, cache.length, dtype=torch.bool, device=x.device).tril(start)
        queries = []
        for number, block in enumerate(self._blocks):
            q, k, v = (split(y, self._heads) for y in block.qkv(block.attn_norm(x)).chunk(3, dim=-1))
            past = cache.past[number, :, :, :, : cache.length]
            past[0, :, :, start:], past[1, :, :, start:] = k, v
            heard = functional.scaled_dot_product_attention(q, past[0], past[1], attn_mask=seen)
            x = x + block.out(merge(heard))
            q = split(block.cross_query(block.cross_norm(x)), self._heads)
            queries.append(q)
            heard = functional.scaled_dot_product_attention(q, *cache.sound[number], attn_mask=cache.audible)
            x = block.feed(x + block.cross_out(merge(heard)))
        return self._unembed(self._norm(x[:, -1])), queries

    def branches(self, cache: Cache, row: int, tree: "Branches", wanted: Tensor) -> Tensor:
        """Log probability of the wanted token after each token of all branches; the cache stays as it is.

        Many other continuations of one row are judged in one pass: each token sees its own branch and what
        came before the branch, like the tree of speculative decoding.
        """
        x = functional.embedding(tree.tokens[None], self._embedding).float() + self._positions[tree.positions]
        for number, block in enumerate(self._blocks):
            q, k, v = (split(y, self._heads) for y in block.qkv(block.attn_norm(x)).chunk(3, dim=-1))
            past = cache.past[number, :, row : row + 1, :, : tree.before]
            k, v = torch.cat([past[0], k], dim=2), torch.cat([past[1], v], dim=2)
            x = x + block.out(merge(functional.scaled_dot_product_attention(q, k, v, attn_mask=tree.seen)))
            q = split(block.cross_query(block.cross_norm(x)), self._heads)
            k, v = (part[row : row + 1, :, : cache.lengths[row]] for part in cache.sound[number])
            x = block.feed(x + block.cross_out(merge(functional.scaled_dot_product_attention(q, k, v))))
        parts = zip(torch.split(self._norm(x[0]), ROWS), torch.split(wanted, ROWS), strict=True)
        return torch.cat([_chosen(self._unembed(hidden), tokens) for hidden, tokens in parts])


def _chosen(logits: Tensor, tokens: Tensor) -> Tensor:
    """Log probability of one token a row."""
    return logits.gather(1, tokens[:, None])[:, 0] - logits.logsumexp(dim=-1)


class Branches(msgspec.Struct, frozen=True, kw_only=True):
    """Continuations of one row, one after the other in one sequence."""

    tokens: Tensor
    positions: Tensor
    before: int
    """Tokens of the row that are in the cache."""
    seen: Tensor
    """(tokens, before + tokens): whether a token sees another."""


def together(
    branches: Sequence[tuple[int, list[int]]], row: list[int], control: int, cache: Cache
) -> Branches:
    """Of (position, tokens): each begins by reading the row's token before it again."""
    read = [[row[control + start - 1], *branch[:-1]] for start, branch in branches]
    total, before = sum(map(len, read)), min(cache.length, len(row))
    seen = torch.zeros(total, before + total, dtype=torch.bool)
    at = 0
    positions: list[int] = []
    for (start, _), part in zip(branches, read, strict=True):
        first = control + start - 1
        seen[at : at + len(part), :first] = True
        seen[at : at + len(part), before + at : before + at + len(part)] = torch.ones(
            len(part), len(part), dtype=torch.bool
        ).tril()
        positions += range(first, first + len(part))
        at += len(part)
    device = cache.past.device
    return Branches(
        tokens=torch.tensor([token for part in read for token in part], device=device),
        positions=torch.tensor(positions, device=device),
        before=before,
        seen=seen.to(device),
    )


def split(x: Tensor, heads: int) -> Tensor:
    """(rows, n, state) to (rows, heads, n, size)."""
    return x.view(*x.shape[:2], heads, -1).transpose(1, 2)


def merge(x: Tensor) -> Tensor:
    return x.transpose(1, 2).flatten(2)


def exact(weight: Tensor, bias: Tensor | None) -> Layer:
    """A projection in single precision."""
    return lambda x: functional.linear(x, weight, bias)


def rounded(weight: Tensor, bias: Tensor | None) -> Layer:
    """A projection with int8 weights, one scale a row; what comes in is rounded as it comes."""
    low, high = weight.aminmax(dim=1)
    scale = torch.maximum(-low, high).clamp(min=1e-8) / 127
    zero = torch.zeros(len(weight), dtype=torch.int64)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # to be removed from torch some day; torch is pinned
        small = torch.quantize_per_channel(weight.float(), scale.double(), zero, 0, torch.qint8)
    packed = torch.ops.quantized.linear_prepack(small, bias)
    return lambda x: torch.ops.quantized.linear_dynamic(x, packed, True)
