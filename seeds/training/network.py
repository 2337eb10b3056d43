"""The network that is trained: a small BERT that reads a sentence once, and for each pair two tokens that float on it."""

import copy
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from seeds.training.labelled import Labelled
from streams.detection.encoder import CLASSES, MARKS, NONE, Window, padded, tokenizer_of, windows

LEARNING_RATE = 1e-4
HEAD_RATE = 1e-3
BATCH = 16
"""Sentences a step."""
SMOOTHING = 0.05
"""Of each label, the share spread over all classes: some of the labels are wrong."""
EPOCHS = 5
PAIRS = 6
"""Pairs of a sentence that a step learns from: those with a statement, then others by chance, new ones each epoch."""


KEPT = (0, 1, 3, 5)
"""The layers of the teacher that its student starts from."""


class Base(NamedTuple):
    """A pretrained encoder: where its files are, and how many of its layers are used."""

    name: str
    folder: Path
    layers: int

    @property
    def tokenizer(self) -> Tokenizer:
        """Its tokenizer, made ready for sentences of any length."""
        return tokenizer_of((self.folder / "tokenizer.json").read_text("utf-8"))


class PairReader(nn.Module):
    """Ids and mask (sentences, tokens) and marks (sentences, pairs, 2) to logits (sentences, pairs, classes)."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        told = json.loads((base.folder / "config.json").read_text())
        config = BertConfig(**{**told, "num_hidden_layers": base.layers}, attn_implementation="eager")
        self.bert = BertModel(config, add_pooling_layer=False)
        missing, _ = self.bert.load_state_dict(load_file(base.folder / "model.safetensors"), strict=False)
        if any("position_ids" not in name for name in missing):
            raise ValueError(f"{base.folder}: lacks {missing[0]}")
        self.register_buffer("markers", torch.tensor([base.tokenizer.token_to_id(mark) for mark in MARKS]))
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(len(MARKS) * config.hidden_size, len(CLASSES))

    def forward(self, ids: Tensor, mask: Tensor, marks: Tensor) -> Tensor:
        """Read the words, and each pair at its two marks, which see the words and each other."""
        count, length = ids.shape[0], ids.shape[1]
        floating = marks.flatten(1)
        everything = torch.cat([ids, self.markers.repeat(count, marks.shape[1])], dim=1)
        places = torch.cat([torch.arange(length).expand(count, -1), floating], dim=1)
        states = self.bert.embeddings(input_ids=everything, position_ids=places)
        hidden = self.bert.encoder(states, attention_mask=self._unseen(mask, floating))
        seen = hidden.last_hidden_state[:, length:]
        return self.head(self.dropout(seen.reshape(count, -1, len(MARKS) * seen.shape[2])))

    @staticmethod
    def _unseen(mask: Tensor, floating: Tensor) -> Tensor:
        """What is added to the attention (sentences, 1, tokens, tokens): a large negative where one must not look."""
        words, marks = mask.shape[1], floating.shape[1]
        pair_of = torch.arange(marks) // len(MARKS)
        own = (pair_of.unsqueeze(0) == pair_of.unsqueeze(1)).to(torch.float32)
        to_marks = torch.cat([torch.zeros(words, marks), own], dim=0).expand(mask.shape[0], -1, -1)
        to_words = mask.to(torch.float32).unsqueeze(1).expand(-1, words + marks, -1)
        return (torch.cat([to_words, to_marks], dim=2).unsqueeze(1) - 1.0) * 1e4


def windows_of(base: Base, rows: Sequence[Labelled]) -> list[Window]:
    """The windows of all judged pairs."""
    return windows(base.tokenizer, [row.asked for row in rows])


def tensors(batch: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and marks of some windows, padded to the longest."""
    told = padded(batch)
    return torch.from_numpy(told["ids"]), torch.from_numpy(told["mask"]), torch.from_numpy(told["marks"])


def trained(base: Base, rows: Sequence[Labelled], seed: int, tick: Callable[[], object]) -> PairReader:
    """Fine-tune a base on labelled sentences; the same arguments give the same weights on the same machine.

    `tick` is called after each batch.
    """
    torch.manual_seed(seed)
    hard = [_one_hot(row) for row in rows]
    return _learn(PairReader(base), base, rows, hard, tick)


def distilled(
    teacher: PairReader, base: Base, rows: Sequence[Labelled], seed: int, tick: Callable[[], object]
) -> PairReader:
    """A network of fewer layers, taken from the teacher's own, that learns the labels and what the teacher makes of them.

    Half of each target is the teacher's answer. Source: Hinton et al. 2015, "Distilling the Knowledge in a Neural
    Network"; Sanh et al. 2019, "DistilBERT", for the start from every other layer.
    """
    torch.manual_seed(seed)
    answers = logits_of(teacher, base, rows)
    mixed = [(_one_hot(row) + logits.softmax(1)) / 2 for row, logits in zip(rows, answers, strict=True)]
    student = copy.deepcopy(teacher)
    student.bert.encoder.layer = nn.ModuleList([student.bert.encoder.layer[at] for at in KEPT])
    student.bert.config.num_hidden_layers = len(KEPT)
    return _learn(student, base, rows, mixed, tick)


def _learn(
    model: PairReader, base: Base, rows: Sequence[Labelled], targets: Sequence[Tensor], tick: Callable[[], object]
) -> PairReader:
    torch.use_deterministic_algorithms(True)
    model.train()
    read = windows_of(base, rows)
    wanted = [targets[window.asked][list(window.numbers)] for window in read]
    hard = [classes_of([rows[window.asked]])[list(window.numbers)] for window in read]
    steps = EPOCHS * len(_batches(read))
    optimizer = torch.optim.AdamW(
        [
            {"params": model.bert.parameters(), "lr": LEARNING_RATE},
            {"params": model.head.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * steps), (steps - step) / (0.9 * steps))
    )
    loss_of = nn.CrossEntropyLoss(weight=_weights(hard), label_smoothing=SMOOTHING)
    for _ in range(EPOCHS):
        for batch in _batches(read):
            taken = [_taken(hard[at]) for at in batch]
            given = tensors([_with_pairs(read[at], its) for at, its in zip(batch, taken, strict=True)])
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(*given)
            # Each window gives its own pairs; what pads it to the longest is left out.
            told = torch.cat([row[: len(its)] for row, its in zip(logits.float(), taken, strict=True)])
            loss = loss_of(told, torch.cat([wanted[at][its] for at, its in zip(batch, taken, strict=True)]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            tick()
    return model.eval()


def logits_of(model: PairReader, base: Base, rows: Sequence[Labelled]) -> list[Tensor]:
    """The logits (pairs, classes) of each sentence, in the order of its labels."""
    told = [torch.zeros(len(row.labels), len(CLASSES)) for row in rows]
    read = sorted(windows_of(base, rows), key=lambda window: len(window.ids))
    with torch.no_grad():
        for at in range(0, len(read), 64):
            batch = read[at : at + 64]
            for window, logits in zip(batch, model(*tensors(batch)), strict=True):
                told[window.asked][list(window.numbers)] = logits[: len(window.numbers)]
    return told


def classes_of(rows: Sequence[Labelled]) -> Tensor:
    """The class of each judged pair of all sentences, in order."""
    return torch.tensor([CLASSES.index(label.root) for row in rows for label in row.labels.values()])


def _one_hot(row: Labelled) -> Tensor:
    return nn.functional.one_hot(classes_of([row]), len(CLASSES)).float()


def _taken(classes: Tensor) -> list[int]:
    """The pairs that a step learns from, by their place in the window."""
    shuffled = torch.randperm(len(classes)).tolist()
    return sorted(shuffled, key=lambda at: int(classes[at]) == CLASSES.index(NONE))[:PAIRS]


def _with_pairs(window: Window, taken: Sequence[int]) -> Window:
    return window._replace(
        numbers=tuple(window.numbers[at] for at in taken), marks=tuple(window.marks[at] for at in taken)
    )


def _batches(read: Sequence[Window]) -> list[list[int]]:
    """All windows once, in random order, those of like length together so that little is spent on padding."""
    shuffled = torch.randperm(len(read)).tolist()
    pools = [shuffled[at : at + BATCH * 16] for at in range(0, len(shuffled), BATCH * 16)]
    level = [sorted(pool, key=lambda at: len(read[at].ids)) for pool in pools]
    batches = [pool[at : at + BATCH] for pool in level for at in range(0, len(pool), BATCH)]
    return [batches[at] for at in torch.randperm(len(batches)).tolist()]


def _weights(wanted: Sequence[Tensor]) -> Tensor:
    """Rare roots weigh more than frequent ones, by the fourth root of their rarity: figures are read root by root.

    All roots together weigh as much as their number, so that a statement is not told more often than it is there.
    """
    counts = torch.bincount(torch.cat(list(wanted)), minlength=len(CLASSES)).float().clamp(min=1.0)
    weights = (1.0 / counts) ** 0.25
    weights[CLASSES.index(NONE)] = 0.0
    weights *= (counts.sum() - counts[CLASSES.index(NONE)]) / (counts * weights).sum()
    weights[CLASSES.index(NONE)] = 1.0
    return weights
