"""The same weights under other names: CTranslate2's file of Whisper becomes openai-whisper's state dict.

File, little-endian: u32 version, string, u32 revision, u32 count; each variable: string name, u8 rank, u32
dimensions, u8 type, u32 bytes, data. A string is u16 length with its final NUL, and bytes.
"""

import re
import struct
from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}

BASE = {
    "n_mels": 80,
    "n_audio_ctx": 1500,
    "n_audio_state": 512,
    "n_audio_head": 8,
    "n_audio_layer": 6,
    "n_vocab": 51865,
    "n_text_ctx": 448,
    "n_text_state": 512,
    "n_text_head": 8,
    "n_text_layer": 6,
}
"""Dimensions of Whisper base, under openai-whisper's names."""

ALIGNMENT_HEADS = [(3, 1), (4, 2), (4, 3), (4, 7), (5, 1), (5, 2), (5, 4), (5, 6)]
"""Layer and head of Whisper base that follow the sound word by word (openai-whisper's table)."""

RENAMED = (
    (r"decoder/embeddings/", "decoder/token_embedding/"),
    (r"position_encodings/encodings$", "positional_embedding"),
    (r"encoder/layer_norm/", "encoder/ln_post/"),
    (r"decoder/layer_norm/", "decoder/ln/"),
    (r"layer_(\d+)/", r"blocks/\1/"),
    (r"self_attention/layer_norm/", "attn_ln/"),
    (r"attention/layer_norm/", "cross_attn_ln/"),
    (r"ffn/layer_norm/", "mlp_ln/"),
    (r"ffn/linear_0/", "mlp/0/"),
    (r"ffn/linear_1/", "mlp/2/"),
    (r"gamma$", "weight"),
    (r"beta$", "bias"),
)

SPLIT = {
    "self_attention/linear_0": ("attn/query", "attn/key", "attn/value"),
    "self_attention/linear_1": ("attn/out",),
    "attention/linear_0": ("cross_attn/query",),
    "attention/linear_1": ("cross_attn/key", "cross_attn/value"),
    "attention/linear_2": ("cross_attn/out",),
}
"""Projections that the file stacks into one matrix."""


def state_dict(data: bytes) -> dict[str, Tensor]:
    """Tensors under openai-whisper's names, in the precision of the file."""
    return {
        part: tensor
        for name, values in _variables(data)
        for part, tensor in _renamed(name, values)
        if not part.endswith("key.bias")  # always zero; openai-whisper has no place for it
    }


def _renamed(name: str, values: Tensor) -> Iterator[tuple[str, Tensor]]:
    """One variable under its new names: several when it is a stack of projections."""
    for pattern, replacement in RENAMED:
        name = re.sub(pattern, replacement, name)
    attention = re.search(r"(?:self_)?attention/linear_\d", name)
    if attention is None:
        yield name.replace("/", "."), values
        return
    parts = SPLIT[attention[0]]
    for part, chunk in zip(parts, values.chunk(len(parts)), strict=True):
        yield name.replace(attention[0], part).replace("/", "."), chunk.contiguous()


def _variables(data: bytes) -> Iterator[tuple[str, Tensor]]:
    _version, at = struct.unpack_from("<I", data)[0], 4
    _spec, at = _string(data, at)
    _revision, count = struct.unpack_from("<II", data, at)
    at += 8
    for _ in range(count):
        name, at = _string(data, at)
        (rank,) = struct.unpack_from("<B", data, at)
        shape = struct.unpack_from(f"<{rank}I", data, at + 1)
        kind, size = struct.unpack_from("<BI", data, at + 1 + 4 * rank)
        at += 6 + 4 * rank
        values = np.frombuffer(data, TYPES[kind], size // np.dtype(TYPES[kind]).itemsize, at)
        at += size
        if rank:
            yield name, torch.from_numpy(values.reshape(shape).copy())


def _string(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<H", data, at)
    return data[at + 2 : at + 2 + length].rstrip(b"\0").decode(), at + 2 + length
