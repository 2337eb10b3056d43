"""The networks that are trained: each reads a sentence once, and for each pair two tokens that float on it."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from seeds.training.labelled import Labelled
from seeds.training.words import BertWords, MPNetWords
from streams.detection.encoder import CLASSES, MARKS, NONE, Asked, Window, padded, tokenizer_of, windows

HEAD_RATE = 1e-3
BATCH = 16
"""Sentences a step."""
SMOOTHING = 0.05
"""Of each label, the share spread over all classes: some of the labels are wrong."""
PAIRS = 6
"""Pairs of a sentence that a step learns from: new ones by chance each epoch, those with a statement first."""
THOUGHT = 128
"""Numbers that tell what a teacher makes of a pair before it decides; see thoughts.py."""
FOLLOWED = 0.5
"""What being far from them weighs beside being wrong."""
STEP = 16
"""Tokens: sentences are padded to a multiple of it."""
_NO_HOLES = {"attention_probs_dropout_prob": 0.0}
"""Dropout within the attention costs as much time as all the rest of it; the hidden states keep theirs."""


class Base(NamedTuple):
    """A pretrained encoder: where its files are, and which of its layers are used."""

    name: str
    folder: Path
    layers: tuple[int, ...]

    @property
    def tokenizer(self) -> Tokenizer:
        """Its tokenizer, made ready for sentences of any length."""
        return tokenizer_of((self.folder / "tokenizer.json").read_text("utf-8"))


class Course(NamedTuple):
    """How fast a network learns, and how often it sees each lesson."""

    rate: float
    """Learning rate of the weights that come from a base; the new ones on top learn at HEAD_RATE."""
    epochs: int


class PairReader(nn.Module):
    """Ids and mask (sentences, tokens) and marks (sentences, pairs, 2) to logits (sentences, pairs, classes)."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        told = json.loads((base.folder / "config.json").read_text()) | _NO_HOLES
        self.words = (MPNetWords if told["model_type"] == "mpnet" else BertWords)(told)
        missing, _ = self.words.model.load_state_dict(load_file(base.folder / "model.safetensors"), strict=False)
        if any("position_ids" not in name for name in missing):
            raise ValueError(f"{base.folder}: lacks {missing[0]}")
        encoder = self.words.model.encoder
        encoder.layer = nn.ModuleList([encoder.layer[at] for at in base.layers])
        self.register_buffer("markers", torch.tensor([base.tokenizer.token_to_id(mark) for mark in MARKS]))
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(len(MARKS) * told["hidden_size"], len(CLASSES))

    def forward(self, ids: Tensor, mask: Tensor, marks: Tensor) -> Tensor:
        """Read the words and the pairs, and decide on these."""
        logits: Tensor = self.head(self.pairs(ids, mask, marks))
        return logits

    def pairs(self, ids: Tensor, mask: Tensor, marks: Tensor) -> Tensor:
        """Each pair as it is read at its two marks, which see the words and each other: (sentences, pairs, numbers)."""
        count, length = ids.shape[0], ids.shape[1]
        floating = marks.flatten(1)
        everything = torch.cat([ids, self.markers.repeat(count, marks.shape[1])], dim=1)
        places = torch.cat([torch.arange(length).expand(count, -1), floating], dim=1)
        hidden = self.words(everything, places, self._unseen(mask, floating), floating.shape[1])
        read: Tensor = self.dropout(hidden.reshape(count, -1, len(MARKS) * hidden.shape[2]))
        return read

    @staticmethod
    def _unseen(mask: Tensor, floating: Tensor) -> Tensor:
        """What is added to the attention (sentences, 1, tokens, tokens): a large negative where one must not look."""
        words, marks = mask.shape[1], floating.shape[1]
        pair_of = torch.arange(marks) // len(MARKS)
        own = (pair_of.unsqueeze(0) == pair_of.unsqueeze(1)).to(torch.float32)
        to_marks = torch.cat([torch.zeros(words, marks), own], dim=0).expand(mask.shape[0], -1, -1)
        to_words = mask.to(torch.float32).unsqueeze(1).expand(-1, words + marks, -1)
        return (torch.cat([to_words, to_marks], dim=2).unsqueeze(1) - 1.0) * 1e4


def tensors(batch: Sequence[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and marks of some windows, padded to few lengths: what is compiled for a shape is then used again."""
    told = {name: torch.from_numpy(array) for name, array in padded(batch).items()}
    tokens, pairs = -told["ids"].shape[1] % STEP, -told["marks"].shape[1] % PAIRS
    ids, mask = (nn.functional.pad(told[name], (0, tokens)) for name in ("ids", "mask"))
    return ids, mask, nn.functional.pad(told["marks"], (0, 0, 0, pairs))


class Lesson(NamedTuple):
    """A sentence with its pairs, and for each how likely each class is to be told: (pairs, classes)."""

    asked: Asked
    wanted: Tensor
    thought: Tensor | None = None
    """What a teacher makes of each pair, (pairs, THOUGHT); None where nobody was asked."""


def lesson(row: Labelled) -> Lesson:
    """What a labelled sentence teaches; a little of each label is spread over all classes, since some are wrong."""
    hard = nn.functional.one_hot(classes_of([row]), len(CLASSES)).float()
    return Lesson(row.asked, (1 - SMOOTHING) * hard + SMOOTHING / len(CLASSES))


def made(base: Base, seed: int) -> PairReader:
    """The network on a base, as it is before it has learnt anything of pairs."""
    torch.manual_seed(seed)
    return PairReader(base)


def learn(
    model: PairReader, base: Base, lessons: Sequence[Lesson], course: Course, seed: int, tick: Callable[[float], object]
) -> None:
    """Fine-tune a network; the same arguments give the same weights on the same machine with as many threads.

    `tick` is told after each batch how much is done, in (0, 1].
    """
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    # All memory is written before it is read: filling it first would take an eighth of the time.
    torch.utils.deterministic.fill_uninitialized_memory = False
    model.train()
    read = windows(base.tokenizer, [each.asked for each in lessons])
    steps = course.epochs * -(-len(read) // BATCH)
    # What the student makes of a pair, turned into what the teacher does: needed to learn, not to read.
    follow = nn.Linear(model.head.in_features, THOUGHT) if all(each.thought is not None for each in lessons) else None
    new = [*model.head.parameters(), *(follow.parameters() if follow else ())]
    optimizer = torch.optim.AdamW(
        [{"params": model.words.parameters(), "lr": course.rate}, {"params": new, "lr": HEAD_RATE}],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * steps), (steps - step) / (0.9 * steps))
    )
    epochs = (losses(model, read, lessons, follow) for _ in range(course.epochs))
    for step, loss in enumerate(chain.from_iterable(epochs), start=1):
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        tick(step / steps)
    model.eval()


def losses(
    model: PairReader, read: Sequence[Window], lessons: Sequence[Lesson], follow: nn.Linear | None = None
) -> Iterator[Tensor]:
    """The cross entropy of each batch of the windows of some lessons, all once, in random order.

    With `follow`, also how far it leads from what the teacher makes of the pairs.
    """
    wanted = [lessons[window.asked].wanted[list(window.numbers)] for window in read]
    weights = _weights(torch.cat(wanted))
    for batch in _batches(read):
        taken = [_taken(wanted[at]) for at in batch]
        given = tensors([_with_pairs(read[at], its) for at, its in zip(batch, taken, strict=True)])
        with torch.autocast("cpu", torch.bfloat16):
            pairs = model.pairs(*given)
            logits = model.head(pairs)
        shares = weights * torch.cat([wanted[at][its] for at, its in zip(batch, taken, strict=True)])
        loss = -(shares * _unpadded(logits, taken).log_softmax(1)).sum() / shares.sum()
        if follow is not None:
            thoughts = torch.cat([_thought(lessons, read[at], its) for at, its in zip(batch, taken, strict=True)])
            loss = loss + FOLLOWED * nn.functional.mse_loss(follow(_unpadded(pairs, taken)), thoughts)
        yield loss


def _unpadded(told: Tensor, taken: Sequence[Sequence[int]]) -> Tensor:
    """Of each window its own pairs; what pads it to the longest is left out."""
    return torch.cat([row[: len(its)] for row, its in zip(told.float(), taken, strict=True)])


def _thought(lessons: Sequence[Lesson], window: Window, its: Sequence[int]) -> Tensor:
    thought = lessons[window.asked].thought
    assert thought is not None
    return thought[[window.numbers[at] for at in its]].float()


def logits_of(model: PairReader, base: Base, asked: Sequence[Asked]) -> list[Tensor]:
    """The logits (pairs, classes) of each sentence."""
    with torch.no_grad():
        return [model.head(pairs) for pairs in pairs_of(model, base, asked)]


def pairs_of(model: PairReader, base: Base, asked: Sequence[Asked]) -> list[Tensor]:
    """What a network makes of the pairs of each sentence before it decides: (pairs, numbers)."""
    read = sorted(windows(base.tokenizer, asked), key=lambda window: len(window.ids))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        batches = [read[at : at + 32] for at in range(0, len(read), 32)]
        told = (zip(batch, model.pairs(*tensors(batch)).float(), strict=True) for batch in batches)
        return by_pair(asked, chain.from_iterable(told), model.head.in_features)


def by_pair(asked: Sequence[Asked], told: Iterable[tuple[Window, Tensor]], width: int) -> list[Tensor]:
    """What is told of windows (pairs, perhaps padded, by width) laid out by sentence and pair."""
    laid_out = [torch.zeros(len(each.pairs), width) for each in asked]
    for window, of_pairs in told:
        laid_out[window.asked][list(window.numbers)] = of_pairs[: len(window.numbers)]
    return laid_out


def classes_of(rows: Sequence[Labelled]) -> Tensor:
    """The class of each judged pair of all sentences, in order."""
    return torch.tensor([CLASSES.index(label.root) for row in rows for label in row.labels.values()])


def _taken(wanted: Tensor) -> list[int]:
    """The pairs that a step learns from, by their place in the window."""
    shuffled = torch.randperm(len(wanted))
    likely = wanted[shuffled, CLASSES.index(NONE)] < 0.5
    return shuffled[torch.argsort(~likely, stable=True)][:PAIRS].tolist()


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


def _weights(wanted: Tensor) -> Tensor:
    """Rare roots weigh more than frequent ones, by the fourth root of their rarity: figures are read root by root.

    All roots together weigh as much as their number, so that a statement is not told more often than it is there.
    """
    counts = wanted.sum(0).clamp(min=1.0)
    weights = (1.0 / counts) ** 0.25
    weights[CLASSES.index(NONE)] = 0.0
    weights *= (counts.sum() - counts[CLASSES.index(NONE)]) / (counts * weights).sum()
    weights[CLASSES.index(NONE)] = 1.0
    return weights
