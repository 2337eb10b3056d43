import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.intake.address import NoWebAddress, canonical, site


@pytest.mark.parametrize(
    "variant",
    [
        "https://www.example.org/world/uk-china",
        "http://www.example.org/world/uk-china",
        "https://EXAMPLE.org/world/uk-china/",
        "https://m.example.org/world/uk-china",
        "https://amp.example.org/world/uk-china",
        "https://www.example.org/world/uk-china/amp/",
        "https://www.example.org/world/uk-china#comments",
        "https://www.example.org/world/uk-china?utm_source=x&utm_medium=y&fbclid=z",
        "https://www.example.org:443/world/uk-china?CMP=share_btn",
        "  https://www.example.org/world/uk-china ",
    ],
)
def test_every_way_of_linking_a_page_has_one_form(variant):
    assert canonical(variant) == "example.org/world/uk-china"


def test_a_parameter_that_names_the_page_stays_in_any_order():
    assert canonical("https://example.org/read?id=7&lang=en&utm_source=x") == "example.org/read?id=7&lang=en"
    assert canonical("https://example.org/read?lang=en&id=7") == "example.org/read?id=7&lang=en"


def test_the_case_of_a_path_is_kept():
    assert canonical("https://example.org/A") != canonical("https://example.org/a")


@pytest.mark.parametrize(
    "front", ["https://example.org", "https://www.example.org/", "https://example.org/?utm_source=x"]
)
def test_a_front_page_is_no_articles_address(front):
    assert canonical(front) is None


@pytest.mark.parametrize(
    "text",
    ["", "example.org/a", "javascript:alert(1)", "ftp://example.org/a", "http://", "http://[::1/a", "http://a:b/c"],
)
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(NoWebAddress, match="no web address"):
        canonical(text)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.co.uk/a", "example.co.uk"),
        ("https://m.example.org/a", "example.org"),
        ("https://amp.com/a", "amp.com"),
        ("https://News.Example.org./a", "news.example.org"),
    ],
)
def test_an_outlet_without_a_name_is_called_by_its_site(url, host):
    assert site(url) == host


@given(
    st.from_regex(
        r"https?://[a-z]{1,8}\.(com|org)(/[a-zA-Z0-9]{1,6}){1,3}(\?[a-z]{1,3}=[a-z0-9]{1,3})?", fullmatch=True
    )
)
def test_a_canonical_address_is_its_own_canonical_address(url):
    once = canonical(url)
    assert once is None or canonical(f"https://{once}") == once
