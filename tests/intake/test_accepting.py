from datetime import timedelta

import pytest
from builders import BODY, LATER, noon

from schemas.articles import ArticlePublished
from schemas.topics import MAX_RECORD_BYTES
from streams.intake.accepting import accept, rejected
from streams.intake.document import Document, Refusal
from streams.intake.parsing import parse_text


def a_document(**fields) -> Document:
    known = {"where": "a.txt", "id": "art-1", "text": BODY, "url": None, "outlet": "The Example", "title": None}
    return Document(**{**known, "published": noon("2026-01-29"), **fields})


def reason(**fields) -> str:
    refused = accept(a_document(**fields), LATER)
    assert isinstance(refused, Refusal)
    return refused.reason


def test_a_dated_english_article_is_taken_as_it_is():
    article = accept(a_document(), LATER)
    assert isinstance(article, ArticlePublished)
    assert (article.id, article.text, article.published) == ("art-1", BODY, noon("2026-01-29"))
    assert len(article.sketch) == 32


def test_offsets_into_the_articles_text_are_offsets_into_the_text_as_given():
    given = f"---\ntitle: A\npublished: 2026-01-29\n---\nADVERTISEMENT\n<p>{BODY}</p>\n"
    document = parse_text(given, "a.md")
    assert isinstance(document, Document)
    article = accept(document, LATER)
    assert isinstance(article, ArticlePublished)
    assert len(article.text) == len(given)
    assert article.text.index(BODY) == given.index(BODY)


def test_a_near_copy_shares_a_band_and_another_story_does_not():
    copy = BODY.replace("Thursday", "Friday").replace("open", "begin")
    other = (
        "Canada’s foreign minister refused on Monday to lift the duties on Chinese steel that Ottawa imposed last year."
    )
    bands = [set(accept(a_document(text=text), LATER).sketch) for text in (BODY, copy, other + " It went on." * 3)]
    assert bands[0] & bands[1]
    assert not bands[0] & bands[2]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"published": None}, "undated: give `published`"),
        ({"published": LATER + timedelta(days=1, seconds=1)}, "dated in the future: 2026-06-02"),
        ({"published": noon("1899-12-31")}, "dated before 1900: 1899-12-31"),
        ({"text": ""}, "empty: 0 words of text, 20 at least"),
        ({"text": "Read more: " + "word " * 30}, "empty: 0 words"),
        ({"text": "word " * 19}, "empty: 19 words"),
        ({"text": "De premier zei donderdag dat Nederland de handel met China wil uitbreiden. " * 3}, "not in English"),
        pytest.param({"text": BODY * 5000}, "too large: 10", id="huge"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason(fields, expected):
    assert reason(**fields).startswith(expected)


def test_a_clock_that_is_a_day_ahead_is_forgiven():
    assert isinstance(accept(a_document(published=LATER + timedelta(days=1)), LATER), ArticlePublished)


def test_the_largest_article_that_is_taken_fits_its_record():
    size = len(accept(a_document(), LATER).model_dump_json().encode()) - len(BODY)
    filler = BODY + " word" * ((MAX_RECORD_BYTES - size - len(BODY)) // 5)
    article = accept(a_document(text=filler), LATER)
    assert isinstance(article, ArticlePublished)
    assert isinstance(accept(a_document(text=filler + " word" * 100), LATER), Refusal)


def test_a_refusal_keeps_its_place_reason_and_first_bytes():
    event = rejected(Refusal("a.txt", "undated", b"x" * 100_000), LATER)
    assert (event.where, event.reason, event.content, event.at) == ("a.txt", "undated", b"x" * 65_536, LATER)
