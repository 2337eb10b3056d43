"""The network that is trained: a small BERT, read at the marks of the pair, and one linear layer over that."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from streams.detection.encoder import CLASSES, MARKS, prepared, tokenizer_of

LEARNING_RATE = 6e-5
HEAD_RATE = 1e-3
BATCH = 16
SMOOTHING = 0.05
"""Of each label, the share spread over all classes: some of the labels are wrong."""


class Base(NamedTuple):
    """A pretrained encoder: where its files are, and how many of its layers are used."""

    name: str
    folder: Path
    layers: int


class PairReader(nn.Module):
    """Token ids (batch, length) and their mask to logits (batch, classes) for the pair that is marked in each."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        told = json.loads((base.folder / "config.json").read_text())
        config = BertConfig(**{**told, "num_hidden_layers": base.layers}, attn_implementation="eager")
        self.bert = BertModel(config, add_pooling_layer=False)
        weights = load_file(base.folder / "model.safetensors")
        missing, _ = self.bert.load_state_dict(weights, strict=False)
        if any("position_ids" not in name for name in missing):
            raise ValueError(f"{base.folder}: lacks {missing[0]}")
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(3 * config.hidden_size, len(CLASSES))
        self.marks = [tokenizer_of_base(base).token_to_id(MARKS[mark]) for mark in ("<s>", "<t>")]

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Read at the mark that opens the source, at the one that opens the target, and over all words."""
        states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        at = [self._mean(states, (ids == token).float()) for token in self.marks]
        return self.head(self.dropout(torch.cat([*at, self._mean(states, mask.float())], dim=1)))

    @staticmethod
    def _mean(states: Tensor, weight: Tensor) -> Tensor:
        weight = weight.unsqueeze(-1)
        return (states * weight).sum(1) / weight.sum(1).clamp(min=1.0)


def tokenizer_of_base(base: Base):
    """The tokenizer of a base, made ready for marked sentences."""
    return tokenizer_of((base.folder / "tokenizer.json").read_text("utf-8"))


def tensors(base: Base, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Token ids and mask of marked sentences, padded to the longest."""
    encoded = tokenizer_of_base(base).encode_batch([prepared(text) for text in texts])
    return torch.tensor([each.ids for each in encoded]), torch.tensor([each.attention_mask for each in encoded])


def trained(base: Base, texts: Sequence[str], labels: Sequence[int], epochs: int, seed: int, tick) -> PairReader:
    """Fine-tune a base on marked sentences and their classes; the same arguments give the same weights.

    `tick` is called after each batch.
    """
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    model = PairReader(base).train()
    ids, mask = tensors(base, texts)
    wanted = torch.tensor(labels)
    steps = epochs * -(-len(texts) // BATCH)
    optimizer = torch.optim.AdamW(
        [
            {"params": model.bert.parameters(), "lr": LEARNING_RATE},
            {"params": model.head.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * steps), (steps - step) / (0.9 * steps))
    )
    loss_of = nn.CrossEntropyLoss(weight=_weights(wanted), label_smoothing=SMOOTHING)
    for _ in range(epochs):
        for chosen in _batches(mask.sum(1)):
            longest = int(mask[chosen].sum(1).max())
            loss = loss_of(model(ids[chosen, :longest], mask[chosen, :longest]), wanted[chosen])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            tick()
    return model.eval()


def logits_of(model: PairReader, base: Base, texts: Sequence[str]) -> Tensor:
    """The logits (texts, classes) of marked sentences."""
    ids, mask = tensors(base, texts)
    with torch.no_grad():
        return torch.cat([model(ids[at : at + 64], mask[at : at + 64]) for at in range(0, len(texts), 64)])


def _batches(lengths: Tensor) -> list[Tensor]:
    """All rows once, in random order, those of like length together so that little is spent on padding."""
    shuffled = torch.randperm(len(lengths))
    pools = [pool[lengths[pool].argsort()] for pool in shuffled.split(BATCH * 16)]
    batches = [batch for pool in pools for batch in pool.split(BATCH)]
    return [batches[int(at)] for at in torch.randperm(len(batches))]


def _weights(labels: Tensor) -> Tensor:
    """Rare classes weigh more: by the fourth root of their rarity, for the figures are read class by class."""
    counts = torch.bincount(labels, minlength=len(CLASSES)).float().clamp(min=1.0)
    weights = (counts.mean() / counts) ** 0.25
    return weights / weights.mean()
