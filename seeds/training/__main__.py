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
from seeds.training.narrowing import Width, narrow
from seeds.training.network import Base, Course, Lesson, PairReader, classes_of, learn, lesson, logits_of, made, pairs_of
from seeds.training.thoughts import Axes, axes
from streams.detection.encoder import CLASSES, NONE, Asked
from tests.evaluation.measure import macro_f1

KEPT = (0, 1, 3, 5)
"""The layers of the small base that the student starts from."""
COPIES = 1
"""Changed copies of each sentence that the student learns from, next to the sentence itself."""
REWORDED = 3
"""Copies in which words are changed, too: without them it knew what the large one makes of sentences that it had seen,
but much less so of new ones."""
FRESH = 5
"""More such copies, which it learns from when it has been made narrow."""
NARROW = Width(heads=8, inner=768)
"""Of its twelve heads and 1,536 units, those that are left: a sentence takes 1.2 ms with them, not 2.0."""
TEACHER, STUDENT, NARROWED = Course(5e-5, epochs=1), Course(2.5e-4, epochs=3), Course(1.5e-4, epochs=2)
"""How each learns; the narrowed student knows already what it needs most."""
TRUST = 0.6
"""Of what the student is to answer on a labelled sentence, the teacher's share; the rest is the label's."""
SAMPLED = 1_200
"""Sentences that show along which axes the teacher's pairs differ."""
PART = 4_096
"""Sentences that the teacher answers at once: what it makes of their pairs takes 400 MB before it is shortened."""
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
        teacher = made(teachers, SEED)
        learn(teacher, teachers, [lesson(row) for row in seen], TEACHER, SEED, _ticker(progress, "teacher"))
        thinks = axes(teacher, teachers, [row.asked for row in seen[:: len(seen) // SAMPLED]])
        lessons = taught(teacher, teachers, thinks, seen)
        student = made(students, SEED)
        learn(student, students, lessons, STUDENT, SEED, _ticker(progress, "student"))
        fresh = list(reworded(seen, FRESH, teachers.tokenizer.get_vocab(), SEED + 7))  # no seed of the first copies
        lessons += answers(teacher, teachers, thinks, fresh)
        narrow(student, students, lessons, SEED, NARROW)
        learn(student, students, lessons, NARROWED, SEED, _ticker(progress, "student, narrowed"))
        compared = [
            card.Compared("TF-IDF + linear SVM", *_scores(unseen, predicted(seen, unseen))),
            compare(f"{teachers.name}, on the labels: the teacher", unseen, logits_of(teacher, teachers, [row.asked for row in unseen])),
        ]
    write(rows, unseen, compared, student, students)


def taught(teacher: PairReader, base: Base, thinks: Axes, rows: Sequence[Labelled]) -> list[Lesson]:
    """What a student learns: the labels of sentences and what the teacher makes of them, and of changed copies of them.

    Source: Hinton et al. 2015, "Distilling the Knowledge in a Neural Network".
    """
    mixed = [
        answer._replace(wanted=TRUST * answer.wanted + (1 - TRUST) * lesson(row).wanted)
        for row, answer in zip(rows, answers(teacher, base, thinks, [row.asked for row in rows]), strict=True)
    ]
    more = [*augmented(rows, COPIES, SEED), *reworded(rows, REWORDED, base.tokenizer.get_vocab(), SEED)]
    return [*mixed, *answers(teacher, base, thinks, more)]


def answers(teacher: PairReader, base: Base, thinks: Axes, asked: Sequence[Asked]) -> list[Lesson]:
    """What the teacher makes of sentences, and of their pairs before it decides."""
    parts = (asked[at : at + PART] for at in range(0, len(asked), PART))
    told = ((one, pairs) for part in parts for one, pairs in zip(part, pairs_of(teacher, base, part), strict=True))
    with torch.no_grad():
        return [Lesson(one, teacher.head(pairs).softmax(1), thinks.thought(pairs)) for one, pairs in told]


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
    asked = [row.asked for row in unseen]
    told = logits_of_file(file, base, asked)
    temperature = temperature_of(torch.cat(told), classes_of(unseen))
    curve = reliability(torch.cat(told), classes_of(unseen), temperature)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    (WEIGHTS / "encoder.json").write_text(json.dumps({"sha256": sha256, "temperature": temperature}) + "\n")
    made_of = f"{base.name}: {len(base.layers)} of its layers, in each {NARROW.heads} heads and {NARROW.inner} units"
    # The file is not the network that has learnt: its weights are rounded, its attention is an operator of another maker.
    learnt = compare(f"{made_of}; taught by it", unseen, logits_of(model, base, asked))
    compared = [*compared, learnt, compare("the same, as it ships", unseen, told)]
    all_told = card.Told(made_of, rows, compared, agreements(rows), temperature, curve, expected_error(curve), sha256)
    (WEIGHTS / "CARD.md").write_text(card.text(all_told), "utf-8")


def compare(name: str, rows: Sequence[Labelled], logits: Sequence[Tensor]) -> card.Compared:
    """How right a network is on sentences that it has not seen."""
    return card.Compared(name, *_scores(rows, [CLASSES[int(n)] for n in torch.cat(list(logits)).argmax(1)]))


def _ticker(progress: Progress, what: str) -> Callable[[float], object]:
    task = progress.add_task(what, total=1.0)
    return lambda done: progress.update(task, completed=done)


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
