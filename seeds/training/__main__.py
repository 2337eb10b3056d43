"""`make model`: train the encoder and what it is compared with, measure them, write the weights and their card."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from rich.console import Console
from rich.progress import Progress
from torch import Tensor

from seeds.training import card
from seeds.training.agreement import agreements
from seeds.training.augmenting import augmented, reworded
from seeds.training.baseline import predicted
from seeds.training.bases import large, small
from seeds.training.calibration import expected_error, reliability, temperature_of
from seeds.training.export import export, logits_of_file
from seeds.training.labelled import Labelled, folds_of, labelled, sign_in
from seeds.training.network import BATCH, Base, Lesson, PairReader, classes_of, lesson, logits_of, trained
from streams.detection.encoder import CLASSES, NONE
from tests.evaluation.measure import macro_f1

KEPT = (0, 1, 3, 5)
"""The layers of the small base that the student starts from."""
COPIES = 1
"""Changed copies of each sentence that the student learns from, next to the sentence itself."""
REWORDED = 3
"""Copies in which words are changed, too: without them it knew what the large one makes of sentences that it had seen,
but much less so of new ones."""
TRUST = 0.6
"""Of what the student is to answer on a labelled sentence, the teacher's share; the rest is the label's."""
HELD_OUT = 10
"""One sentence in so many is kept for measuring: the figures of the card are those of the very weights that ship."""
SEED = 20261125
THREADS = 2
"""With more or fewer, sums come in another order and the weights are not quite the same."""
WEIGHTS = Path(__file__).parents[2] / "streams" / "detection" / "weights"


def main() -> None:
    """Train on nine sentences of ten, measure on the tenth; the same sentences and machine give the same weights."""
    torch.set_num_threads(THREADS)
    rows = labelled()
    parts = folds_of(rows, HELD_OUT)
    seen = [row for row, part in zip(rows, parts, strict=True) if part]
    unseen = [row for row, part in zip(rows, parts, strict=True) if not part]
    with TemporaryDirectory() as unpacked, Progress(console=Console(stderr=True)) as progress:
        teachers, students = large(Path(unpacked)), small(KEPT)
        labels = [lesson(row) for row in seen]
        teacher = trained(teachers, labels, SEED, _ticker(progress, f"teacher: {teachers.name}", teachers, labels))
        lessons = taught(teacher, teachers, seen)
        student = trained(students, lessons, SEED, _ticker(progress, "student", students, lessons))
        asked = [row.asked for row in unseen]
        compared = [
            card.Compared("TF-IDF + linear SVM", *_scores(unseen, predicted(seen, unseen))),
            compare(f"{teachers.name}, on the labels: the teacher", unseen, logits_of(teacher, teachers, asked)),
        ]
    write(rows, unseen, compared, student, students)


def taught(teacher: PairReader, base: Base, rows: Sequence[Labelled]) -> list[Lesson]:
    """What a student learns: the labels of sentences and what the teacher makes of them, and of changed copies of them.

    Source: Hinton et al. 2015, "Distilling the Knowledge in a Neural Network".
    """
    vocabulary = base.tokenizer.get_vocab()
    more = [*augmented(rows, COPIES, SEED), *reworded(rows, REWORDED, vocabulary, SEED)]
    asked = [*(row.asked for row in rows), *more]
    answers = [logits.softmax(1) for logits in logits_of(teacher, base, asked)]
    mixed = [
        Lesson(row.asked, TRUST * answer + (1 - TRUST) * lesson(row).wanted)
        for row, answer in zip(rows, answers[: len(rows)], strict=True)
    ]
    return [*mixed, *map(Lesson, more, answers[len(rows) :])]


def write(
    rows: Sequence[Labelled],
    unseen: Sequence[Labelled],
    compared: Sequence[card.Compared],
    model: PairReader,
    base: Base,
) -> None:
    """Write the weights, their tokenizer, their temperature and their card."""
    WEIGHTS.mkdir(exist_ok=True)
    file = WEIGHTS / "encoder.onnx"
    export(model, base, file)
    base.tokenizer.save(str(WEIGHTS / "tokenizer.json"))
    told = logits_of_file(file, base, [row.asked for row in unseen])
    temperature = temperature_of(torch.cat(told), classes_of(unseen))
    curve = reliability(torch.cat(told), classes_of(unseen), temperature)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    (WEIGHTS / "encoder.json").write_text(json.dumps({"sha256": sha256, "temperature": temperature}) + "\n")
    shipped = compare(f"{base.name}, {len(base.layers)} layers, taught by it: as it ships", unseen, told)
    compared = [*compared, shipped]
    all_told = card.Told(base.name, rows, compared, agreements(rows), temperature, curve, expected_error(curve), sha256)
    (WEIGHTS / "CARD.md").write_text(card.text(all_told), "utf-8")


def compare(name: str, rows: Sequence[Labelled], logits: Sequence[Tensor]) -> card.Compared:
    """How right a network is on sentences that it has not seen."""
    return card.Compared(name, *_scores(rows, [CLASSES[int(n)] for n in torch.cat(list(logits)).argmax(1)]))


def _ticker(progress: Progress, what: str, base: Base, lessons: Sequence[Lesson]) -> Callable[[], object]:
    task = progress.add_task(what, total=base.epochs * -(-len(lessons) // BATCH))
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
