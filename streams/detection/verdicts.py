"""Strict rules that keep the last word on a proposal: what is no statement, whatever its words."""

from collections.abc import Sequence

from schemas.plover import Root
from streams.detection.lexicon import Cue
from streams.detection.roles import suffers
from streams.detection.scene import Proposal, Scene
from streams.detection.sentences import Word
from streams.detection.vocabulary import words as vocabulary


def reason_to_drop(scene: Scene, proposal: Proposal) -> str | None:
    """Why a proposal is no statement; None if it is one."""
    if scene.sentence.asks:
        return "a question"
    if proposal.clause.condition:
        return "a condition"
    if (
        proposal.source.kind in ("adjective", "people")
        and not proposal.source.party.government
        and proposal.how != "together"
    ):
        return "done by private people of the country"
    if proposal.target.kind == "region" and proposal.sign > 0 and proposal.cue.kind == "does+":
        return "a kindness to people of a region, not to its government"
    if _is_deplored(scene, proposal):
        return "the harm that another does it is what is deplored"
    if _is_nobody(scene, proposal):
        return "said of nobody"
    if _is_denied(scene, proposal):
        return "denied"
    if proposal.trust < LEAST_TRUST:
        return "too unsure who does it to whom"
    return None


LEAST_TRUST = 0.25

_NEAR = 4
"""Words within which a denial finds a deed that no clause opens: "denied any plan to attack"."""


def _is_deplored(scene: Scene, proposal: Proposal) -> bool:
    """Whether, as in "denounced the invasion of Ukraine", what is condemned is done to the target."""
    source, target = proposal.source, proposal.target
    condemned = any(source.last <= cue.first < target.first and cue.entry.root is Root.ACCUSE for cue in scene.cues)
    return condemned and suffers(scene, source.last, target)


def _is_denied(scene: Scene, proposal: Proposal) -> bool:
    """Whether, as in "denied that it had hacked them" or "rejected claims that it had", it is what somebody denies."""
    words, first = scene.words, proposal.reading.first
    denials = (each for each in scene.cues if each.last <= first and _is_denial(words, each))
    return any(_denies(words[denial.last : first + 1]) for denial in denials)


def _is_denial(words: Sequence[Word], cue: Cue) -> bool:
    """Whether a verb denies what follows it, and is not itself denied: "nobody denies"."""
    if cue.kind == "deny":
        denies = not words[cue.first].lower.startswith("denial")
    else:
        denies = cue.entry.root is Root.REJECT and words[cue.last - 1].lower in vocabulary("clauses.remarks")
    before = words[max(0, cue.first - _NEAR) : cue.first]
    return denies and all(word.lower not in vocabulary("clauses.nobody") for word in before)


def _denies(told: Sequence[Word]) -> bool:
    """Whether a denial reaches from the first of the words behind it to the last, the cue."""
    claim = next((at for at, word in enumerate(told) if word.lower not in vocabulary("clauses.claims")), len(told))
    that = next((at for at, word in enumerate(told[:_NEAR]) if word.lower == "that"), claim)  # "denied on Friday that"
    reach = told[that:]
    if not reach or any(word.lower in vocabulary("clauses.breaks") for word in reach[1:]):
        return False
    opening = reach[0].lower
    doing = opening == "any" or (opening.endswith("ing") and reach[0].text.islower())
    return opening in vocabulary("clauses.denied") or (doing and len(reach) <= _NEAR)


def _is_nobody(scene: Scene, proposal: Proposal) -> bool:
    """Whether, as in "no leader of Canada has sat down with Xi", nobody is the doer."""
    before = scene.words[max(0, proposal.source.first - 1) : proposal.source.first]
    return any(word.lower in ("no", "neither") for word in before)
