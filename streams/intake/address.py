"""An article's web address: one form for all the ways in which the same page is linked."""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

_VARIANT = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.)")
_TRACKING = re.compile(
    r"^(?:utm_.*|at_(?:medium|campaign|link.*|format|ptr.*|bbc.*)|mc_[ce]id|[fg]bclid|[gdw]clid|[gw]braid|msclkid|yclid"
    r"|igshid|twclid|ocid|cmp|cmpid|ncid|s_cid|smid|smtyp|ref|ref_src|ref_url|referrer|source|src|share|amp"
    r"|outputtype|xtor|ito|taid|guccounter|guce_.*|__twitter_impression|partner|feature|via)$",
    re.IGNORECASE,
)
"""Query parameters that tell how a reader came, not what is read."""


class NoWebAddress(ValueError):
    """A text that is no http or https address; the message says so."""


def canonical(url: str) -> str | None:
    """The page that `url` leads to: host and path, no scheme, fragment, tracking, or mobile and AMP variants.

    None for the front page of a site, which is no article's address.

    Raises:
        NoWebAddress: `url` is no http or https address.
    """
    parts = _split(url)
    path = re.sub(r"/+(?:amp/*)?$", "", parts.path)
    kept = sorted((name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.match(name))
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{site(url)}{path}{query}" if path or query else None


def site(url: str) -> str:
    """The host of `url`, lower-case, without www., m. or amp.: what names an outlet that has no other name.

    Raises:
        NoWebAddress: `url` is no http or https address.
    """
    return _VARIANT.sub("", (_split(url).hostname or "").rstrip("."))


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - asks whether the port is a number
    except ValueError:
        raise NoWebAddress(f"{url[:200]!r} is no web address") from None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise NoWebAddress(f"{url[:200]!r} is no web address: give http(s)://host/path")
    return parts
