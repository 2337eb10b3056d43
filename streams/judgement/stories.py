"""Which statements tell the same story: near-copies within a window have one vote, whatever order they come in."""

from collections.abc import Sequence

from streams.judgement.state import Member, Story

_HOUR = 3600
_DAY = 86_400


def knows(stories: Sequence[Story], pole: str, sign: int, statement: str) -> bool:
    """Whether a statement is in memory already."""
    return any(
        member.quote.statement == statement
        for story in stories
        if (story.pole, story.sign) == (pole, sign)
        for member in story.members
    )


def joined(stories: Sequence[Story], pole: str, sign: int, member: Member, hours: int) -> tuple[list[Story], Story]:
    """The stories that a new member copies, and the one story that they become with it."""
    copied = [story for story in stories if (story.pole, story.sign) == (pole, sign) and _copies(story, member, hours)]
    members = [member, *(old for story in copied for old in story.members)]
    return copied, Story(pole, sign, tuple(sorted(members, key=lambda each: each.quote.statement)))


def in_order(stories: Sequence[Story]) -> tuple[Story, ...]:
    """The canonical order, which does not depend on the order of arrival."""
    return tuple(sorted(stories, key=lambda story: (story.pole, story.sign, story.members[0].quote.statement)))


def trimmed(stories: Sequence[Story], oldest: int, most: int) -> tuple[Story, ...]:
    """What stays in memory: stories from the day `oldest` on, and of each pole and sign the latest `most`."""
    kept: list[Story] = []
    for kind in sorted({(story.pole, story.sign) for story in stories}):
        same = [story for story in stories if (story.pole, story.sign) == kind and story.best.vote.day >= oldest]
        same.sort(key=lambda story: (story.best.vote.day, story.members[0].quote.statement))
        kept.extend(same[-most:])
    return in_order(kept)


def _copies(story: Story, member: Member, hours: int) -> bool:
    bands = set(member.bands)
    return any(
        abs(old.published - member.published) <= hours * _HOUR and not bands.isdisjoint(old.bands)
        for old in story.members
    )
