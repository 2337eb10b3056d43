"""What a linear model over words makes of the same sentences: the figure that the encoder has to beat."""

import re
from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from seeds.training.labelled import Labelled


def predicted(train: Sequence[Labelled], test: Sequence[Labelled]) -> list[str]:
    """The class of each test sentence by TF-IDF of words and letters and a linear support vector machine."""
    words = TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    model = make_pipeline(make_union(words, letters), LinearSVC(class_weight="balanced", random_state=0))
    model.fit([_neutral(row.text) for row in train], [row.root for row in train])
    return list(model.predict([_neutral(row.text) for row in test]))


def _neutral(marked: str) -> str:
    """The pair as two words, so that the order of the marks is a feature and the names are none."""
    return re.sub(r"<t>.*?</t>", "TARGETMARK", re.sub(r"<s>.*?</s>", "SOURCEMARK", marked))
