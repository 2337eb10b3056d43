"""Ids that come from content, so that the same thing seen twice has the same id."""

from hashlib import blake2b


def content_id(kind: str, *parts: object) -> str:
    """A stable id: the kind, a hyphen and 20 hexadecimal digits of BLAKE2b over the parts.

    The parts are joined by a unit separator, which cannot stand in a URL, a code or a date, so that
    ("ab", "c") and ("a", "bc") differ.
    """
    digest = blake2b("\x1f".join(str(part) for part in (kind, *parts)).encode(), digest_size=10)
    return f"{kind}-{digest.hexdigest()}"
