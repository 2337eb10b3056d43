"""Taking out of a trained BERT what it needs least: heads of its attention, and units between its layers.

What is taken out is what changes the loss of a batch least when it falls silent, to a first approximation: the gradient
of a gate on it. Source: Michel et al. 2019, "Are Sixteen Heads Really Better than One?"; Molchanov et al. 2017, "Pruning
Convolutional Neural Networks for Resource Efficient Inference".
"""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers.pytorch_utils import prune_linear_layer

from seeds.training.network import Base, Lesson, PairReader, losses
from streams.detection.encoder import windows

SAMPLED = 300
"""Batches: with a fifth of them, what is left reads 1 % worse."""


class Width(NamedTuple):
    """How wide each layer of a network is."""

    heads: int
    inner: int
    """Units between the two matrices that follow the attention."""


def narrow(model: PairReader, base: Base, lessons: Sequence[Lesson], seed: int, to: Width) -> None:
    """Leave in each layer the heads and units that weigh most on what `SAMPLED` batches of lessons teach."""
    torch.manual_seed(seed)
    model.eval()
    read = windows(base.tokenizer, [each.asked for each in lessons])
    layers = list(model.words.model.encoder.layer)
    heads = [torch.zeros(layer.attention.self.num_attention_heads) for layer in layers]
    inner = [torch.zeros(layer.intermediate.dense.out_features) for layer in layers]
    for loss in islice(losses(model, read, lessons), SAMPLED):
        model.zero_grad()
        loss.backward()
        for layer, of_head, of_unit in zip(layers, heads, inner, strict=True):
            of_head += _gates(layer.attention.output.dense).view(len(of_head), -1).sum(1).abs()
            of_unit += _gates(layer.output.dense).abs()
    for layer, of_head, of_unit in zip(layers, heads, inner, strict=True):
        _leave(layer, of_head.topk(to.heads).indices.sort().values, of_unit.topk(to.inner).indices.sort().values)


def _gates(after: nn.Linear) -> Tensor:
    """The gradient of a gate on each input of a matrix: of what it carries, the share of the loss."""
    assert after.weight.grad is not None
    return (after.weight * after.weight.grad).detach().sum(0)


def _leave(layer: nn.Module, heads: Tensor, inner: Tensor) -> None:
    seen, after = layer.attention.self, layer.attention.output
    size = seen.attention_head_size
    wide = (heads[:, None] * size + torch.arange(size)).flatten()
    seen.num_attention_heads = len(heads)
    seen.query, seen.key, seen.value = (prune_linear_layer(each, wide) for each in (seen.query, seen.key, seen.value))
    after.dense = prune_linear_layer(after.dense, wide, dim=1)
    layer.intermediate.dense = prune_linear_layer(layer.intermediate.dense, inner)
    layer.output.dense = prune_linear_layer(layer.output.dense, inner, dim=1)
