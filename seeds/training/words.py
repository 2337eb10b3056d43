"""The pretrained encoders as networks: tokens at places to hidden states."""

from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel


class BertWords(nn.Module):
    """Tokens at places, and what they must not see, to hidden states: a BERT, where each place has a vector."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__()
        self.model = BertModel(BertConfig(**told), add_pooling_layer=False)

    def forward(self, ids: Tensor, places: Tensor, unseen: Tensor, wanted: int) -> Tensor:
        """Hidden states (sentences, wanted, width) of the last tokens, so many as are `wanted`."""
        states = self.model.embeddings(input_ids=ids, position_ids=places)
        *layers, last = self.model.encoder.layer
        for layer in layers:
            states = self._read(layer, states, states, unseen)
        # What the last layer makes of the other tokens nobody reads.
        return self._read(last, states[:, -wanted:], states, unseen[:, :, -wanted:])

    @staticmethod
    def _read(layer: nn.Module, reading: Tensor, states: Tensor, unseen: Tensor) -> Tensor:
        seen = layer.attention.self
        told = attention(seen.query(reading), seen.key(states), seen.value(states), unseen, seen.num_attention_heads)
        attended = layer.attention.output(told, reading)
        return layer.output(layer.intermediate(attended), attended)


class MPNetWords(nn.Module):
    """The same by an MPNet, where also the distance between two places weighs on what they see of each other."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__()
        self.model = MPNetModel(MPNetConfig(**told), add_pooling_layer=False)

    def forward(self, ids: Tensor, places: Tensor, unseen: Tensor, wanted: int) -> Tensor:
        """Hidden states (sentences, wanted, width) of the last tokens, so many as are `wanted`."""
        encoder = self.model.encoder
        # Its places are counted from the one after the padding's.
        states = self.model.embeddings(input_ids=ids, position_ids=places + self.model.embeddings.padding_idx + 1)
        apart = encoder.relative_position_bucket(places[:, None, :] - places[:, :, None])
        bias = encoder.relative_attention_bias(apart).permute(0, 3, 1, 2) + unseen
        for layer in encoder.layer:
            states = layer(states, position_bias=bias)[0]
        return states[:, -wanted:]


def attention(queries: Tensor, keys: Tensor, values: Tensor, unseen: Tensor, heads: int) -> Tensor:
    """Values (sentences, tokens, width) as each query attends to them; `unseen` is added to what it looks at.

    Source: Vaswani et al. 2017, "Attention Is All You Need".
    """
    if torch.onnx.is_in_onnx_export():
        told: Tensor = _Fused.apply(queries, keys, values, unseen, heads)
        return told
    split = (each.unflatten(2, (heads, -1)).transpose(1, 2) for each in (queries, keys, values))
    return nn.functional.scaled_dot_product_attention(*split, attn_mask=unseen).transpose(1, 2).flatten(2)


class _Fused(torch.autograd.Function):
    """The same as one operator of onnxruntime, which does it in two thirds of the time of its parts."""

    @staticmethod
    def forward(_: Any, queries: Tensor, *__: Any) -> Tensor:
        """Its shape is all that is asked for while a network is written out."""
        return torch.zeros_like(queries)

    @staticmethod
    def symbolic(graph: Any, queries: Any, keys: Any, values: Any, unseen: Any, heads: int) -> Any:
        """The operator, without the bias and the mask of padding that stand between the values and `unseen`."""
        absent = graph.op("prim::Constant")
        absent.setType(torch._C.OptionalType.ofTensor())
        told = graph.op(
            "com.microsoft::MultiHeadAttention", queries, keys, values, absent, absent, unseen, num_heads_i=heads
        )
        return told.setType(queries.type())
