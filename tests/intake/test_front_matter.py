import pytest

from streams.intake.front_matter import BadFrontMatter, front_matter


def test_every_value_is_the_text_that_stands_there():
    text = "---\ntitle: No\nurl: https://example.org/a\npublished: 2026-01-29\nnumber: 007\n---\nBody"
    expected = {"title": "No", "url": "https://example.org/a", "published": "2026-01-29", "number": "007"}
    assert front_matter(text) == expected


def test_values_that_are_no_texts_are_ignored():
    assert front_matter("---\ntitle: A\ntags: [a, b]\n---\n") == {"title": "A"}


@pytest.mark.parametrize("text", ["", "Body", "a: b", "---", "--- \nBody", "---\n---\nBody", "Body\n---\na: b\n---\n"])
def test_a_text_without_front_matter_has_none(text):
    assert front_matter(text) == {}


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("---\ntitle: A\nBody goes on", 1, "never closed"),
        ("---\ntitle: A: B\n---\n", 2, "mapping values are not allowed"),
        ("---\nurl: a\ntitle: [\n---\n", 4, "."),
        ("---\ntitle: \x07\n---\n", 1, "no YAML"),
        ("---\n- title: A\n---\n", 1, "no mapping"),
        pytest.param(f"---\ntitle: {'[' * 5000}\n---\n", 1, ".", id="deep"),
    ],
)
def test_front_matter_that_cannot_be_read_is_told_with_its_line(text, line, problem):
    with pytest.raises(BadFrontMatter, match=problem) as told:
        front_matter(text)
    assert told.value.line >= line
    assert "\n" not in str(told.value)
