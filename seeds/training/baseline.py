"""What a linear model over words makes of the same pairs: the figure that the encoder has to beat."""

from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from seeds.training.labelled import Labelled
from streams.detection.encoder import Pair


def predicted(train: Sequence[Labelled], test: Sequence[Labelled]) -> list[str]:
    """The class of each pair of all test sentences, in order, by TF-IDF of words and a linear support vector machine."""
    words = TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    model = make_pipeline(words, LinearSVC(class_weight="balanced", random_state=0))
    model.fit(
        [neutral for row in train for neutral in _neutral(row)],
        [label.root for row in train for label in row.labels.values()],
    )
    return list(model.predict([neutral for row in test for neutral in _neutral(row)]))


def _neutral(row: Labelled) -> list[str]:
    """For each pair the sentence with two words in place of its names: their order is a feature, the names are none."""
    return [_replaced(row.text, pair) for pair in row.asked.pairs]


def _replaced(text: str, pair: Pair) -> str:
    for (start, end), word in sorted([(pair.source, "SOURCEMARK"), (pair.target, "TARGETMARK")], reverse=True):
        text = f"{text[:start]}{word}{text[end:]}"
    return text
