"""A step of an episode in a person's sentence, told from the step alone."""

from datetime import date

from schemas.names import actor_name, seat_name
from schemas.plover import Root
from schemas.shifts import Evidence, Shift

_DEEDS: dict[Root, str] = {
    Root.AGREE: "the agreement",
    Root.CONSULT: "the talks",
    Root.SUPPORT: "the words of support",
    Root.COOPERATE: "the cooperation",
    Root.AID: "the aid",
    Root.YIELD: "the concession",
    Root.ACCUSE: "the criticism",
    Root.REQUEST: "the demand",
    Root.REJECT: "the refusal",
    Root.THREATEN: "the threat",
    Root.PROTEST: "the protest",
    Root.MOBILIZE: "the show of force",
    Root.SANCTION: "the sanction",
    Root.COERCE: "the coercion",
    Root.ASSAULT: "the attack",
}

_RISING = {"suspected", "confirmed", "escalated"}
"""Steps for which the figure had to pass its threshold."""


def sentence(step: Shift) -> str:
    """What happened, in a sentence.

    "Canada warming to Beijing: -0.31 -> +0.22 since 14 January 2026, 6 stories, 9 outlets; independent stories agree;
    without the agreement of 16 January 2026 it would not be confirmed".
    """
    move = (
        f"{actor_name(step.actor)} {step.direction} to {seat_name(step.pole)}: {step.before:+.2f} -> {step.after:+.2f}"
    )
    support = f"{_counted(step.stories, 'story', 'stories')}, {_counted(step.outlets, 'outlet', 'outlets')}"
    return f"{move} since {_day(step.onset)}, {support}; {step.reason}"


def reason(why: str, step: Shift) -> str:
    """Which rule took a step, and what it hangs on."""
    return f"{why}; {hinge}" if (hinge := _hinge(step)) else why


def decisive(step: Shift) -> tuple[Evidence, ...]:
    """The stories without any one of which the step would not have been taken, by the test's figure."""
    if step.status not in _RISING:
        return ()
    return tuple(each for each in step.evidence if each.without is not None and each.without <= step.threshold)


def _hinge(step: Shift) -> str:
    if not (hinges := decisive(step)):
        return ""
    first, *others = hinges
    either = f", or any of {len(others)} more," if others else ""
    return f"without {_deed(first)}{either} it would not be {step.status}"


def _deed(evidence: Evidence) -> str:
    deed = _DEEDS[evidence.root] if evidence.root else "the story"
    return f"{deed} of {_day(evidence.occurred)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
