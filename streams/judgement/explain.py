"""A step of a shift in a person's words."""

from schemas.names import actor_name, seat_name
from schemas.shifts import Shift


def sentence(step: Shift) -> str:
    """One sentence: who, toward whom, from where to where, since when, on what evidence."""
    move = f"{actor_name(step.actor)} {step.direction} to {seat_name(step.pole)} ({step.status} on {step.at})"
    weight = f"{step.stories} stories, {step.outlets} outlets"
    return f"{move}: {step.before:+.2f} -> {step.after:+.2f} since {step.onset}, {weight}; {_deciding(step)}."


def _deciding(step: Shift) -> str:
    if not step.evidence:
        return "no story of this direction is left in memory"
    first = step.evidence[0]
    return f"{first.share:.0%} of the move is {first.speaker}'s of {first.occurred} ({first.outlet})"
