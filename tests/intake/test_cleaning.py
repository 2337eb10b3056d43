import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streams.intake.cleaning import cleaned

MARKS = st.sampled_from(
    (
        *("---\n", "title: x\n", "<p>", "</p>", "<!--", "-->", "<script>", "</script>", "&amp;", "&#8217;", "&bogus;"),
        *(
            "Read more: ",
            "ADVERTISEMENT\n",
            "Photo: A/B\n",
            "© 2026 ",
            "\u202e",
            "\ufeff",
            "\0",
            "\x85",
            "share\n",
            " ",
            "\n",
        ),
    )
)


@given(st.lists(st.text(max_size=20) | MARKS, max_size=20).map("".join))
@example("---\ntitle: x\n---\nText")
@example("&quot;" * 3)
def test_cleaning_moves_no_letter_and_no_line(text):
    result = cleaned(text)
    assert len(result) == len(text)
    assert [n for n, letter in enumerate(result) if letter == "\n"] == [
        n for n, letter in enumerate(text) if letter == "\n"
    ]


@given(st.lists(st.text(max_size=20) | MARKS, max_size=20).map("".join))
def test_what_is_left_stood_there_before_or_is_the_character_of_an_entity(text):
    result = cleaned(text)
    assert all(new in (old, " ") or old == ";" for old, new in zip(text, result, strict=True))


@pytest.mark.parametrize(
    "sentence",
    [
        "“We will not walk away,” Mr Carney said, in Ottawa’s bluntest words yet.",
        "Read in full, the statement promises more trade.",
        "Share prices fell after Beijing's answer.",
        "Subscribe to the treaty or leave, he told them.",
        "Follow-up talks are planned for May.",
        "Published reports say that the deal is off.",
        "Advertisement spending on Chinese cars rose by 5 % in 2025.",
        "Copying technology is theft & worse, she said: 3 < 4.",
        "The image of China: better than in 2020, a survey finds.",
        "Email exchanges show that the ministers had agreed.",
        "Related to that, France said no.",
    ],
)
def test_a_sentence_of_the_story_stays_as_it_is(sentence):
    assert cleaned(sentence) == sentence


@pytest.mark.parametrize(
    "line",
    [
        " date 2026-01-29 + ↺ − 16 px",
        "Published: 29 January 2026, 10:15 GMT",
        "Updated 2 hours ago",
        "4 min read",
        "Read more: Why Canada turned to Beijing",
        "READ MORE",
        "→ Read also: the tariff war in charts",
        "Related articles",
        "More on this story",
        "Skip to main content",
        "ADVERTISEMENT",
        "[ADVERTISEMENT]",
        "Story continues below advertisement",
        "Share this article on Facebook",
        "Share",
        "Sign up for our daily newsletter and never miss a story",
        "Subscribe to get our free morning briefing.",
        "Follow us on X",
        "Download our app",
        "© 2026 The Example. All rights reserved.",
        "Copyright The Example Ltd",
        "We use cookies to improve your experience.",
        "Accept all cookies",
        "Photo: A. Example / Agency",
        "(Photo by Ann Example/Agency)",
        '<div class="ad"></div>',
    ],
)
def test_a_line_that_is_no_story_becomes_spaces(line):
    assert cleaned(line).isspace()
    assert cleaned(f"One.\n{line}\nTwo.") == f"One.\n{' ' * len(line)}\nTwo."


def test_the_credit_of_a_caption_goes_and_the_caption_stays():
    assert cleaned("Starmer in Beijing. Photograph: Ann Example/Agency").rstrip() == "Starmer in Beijing."


def test_front_matter_becomes_spaces_and_the_text_keeps_its_place():
    text = "---\ntitle: Xi meets Starmer\n---\nThe two met.\n"
    assert cleaned(text).split() == ["The", "two", "met."]
    assert cleaned(text).index("The two") == text.index("The two")


def test_markup_goes_and_entities_become_their_characters():
    assert cleaned("<p>&quot;No,&quot; she said.</p>").split() == ['"No,', '"', "she", "said."]
    assert cleaned("<script>var a = 1 < 2;</script>No").strip() == "No"


def test_letters_that_reorder_or_hide_others_become_spaces():
    assert cleaned("a\u202eb\u200bc\0d\x1be") == "a b c d e"


def test_spaces_and_quotes_of_every_kind_stay():
    text = "10\u00a0% of «cars», „buses“ and ‘lorries’\tcame"
    assert cleaned(text) == text


@pytest.mark.parametrize("unit", [" ", "<!--", "<script>", "&amp", "\n", "- ", "(c)", "Photo: ", "---\na:\n", "share "])
def test_hostile_repetition_is_cleaned_in_seconds(unit):
    assert len(cleaned(unit * 30_000)) == 30_000 * len(unit)
