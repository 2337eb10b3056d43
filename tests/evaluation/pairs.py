"""Given pairs: PLOVER classes (PLV), directed sentiment of news (DSE)."""

import csv
from collections.abc import Iterator
from pathlib import Path

from schemas.plover import Root
from streams.detection.classify import classify
from tests.evaluation.measure import Figure, macro_f1, percent

SURE = 0.5
"""From this confidence on, a pair of DSE is taken to hold a statement."""


def figures(folder: Path) -> Iterator[Figure]:
    """Macro-F1 on PLV by binary, quad and root class; micro and macro F1 on the five labels of DSE."""
    yield _plover(folder / "plv" / "plv_train.tsv")
    yield _sentiment(folder / "dse" / "valid.tsv")


def _plover(path: Path) -> Figure:
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    told = classify([row["marked_sentence"] for row in rows])
    quads = [int(row["gold_penta"]) for row in rows]
    binary = macro_f1([quad >= 3 for quad in quads], [each.quad >= 3 for each in told])
    quad = macro_f1(quads, [int(each.quad) for each in told])
    root = macro_f1([Root(row["gold_root"]) for row in rows], [each.root for each in told])
    found = f"{percent(binary)} / {percent(quad)} / {percent(root)}"
    return Figure(
        "PLV train, given pair: macro-F1 binary / quad / root",
        "Universal PETRARCH 80.8/51.8/46.3; GPT-4 + codebook 93.4/76.7/61.5 (its test part)",
        "93 / 82 / 66",
        found,
        binary >= 0.93 and quad >= 0.82 and root >= 0.66,
    )


def _sentiment(path: Path) -> Figure:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    forth = classify([_marked(text, first, second) for text, first, second, _ in rows])
    back = classify([_marked(text, second, first) for text, first, second, _ in rows])
    told = []
    for one, other in zip(forth, back, strict=True):
        surest, labels = (one, (1, 3)) if one.confidence >= other.confidence else (other, (2, 4))
        told.append(0 if surest.confidence < SURE else labels[surest.sign < 0])
    gold = [int(row[3]) for row in rows]
    micro = sum(a == b for a, b in zip(gold, told, strict=True)) / len(gold)
    macro = macro_f1(gold, told)
    return Figure(
        "DSE valid, five labels: micro / macro F1",
        "RoBERTa trained on it 85.2 / 72.5; always none 65.3",
        "76 / 55",
        f"{percent(micro)} / {percent(macro)}",
        micro >= 0.76 and macro >= 0.55,
    )


def _marked(text: str, source: str, target: str) -> str:
    marked = text.replace(f"[{source}]", f"<s>{source}</s>", 1).replace(f"[{target}]", f"<t>{target}</t>", 1)
    return marked.replace("[", "").replace("]", "")
