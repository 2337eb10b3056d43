"""Strict rules that keep the last word on a proposal: what is no statement, whatever its words."""

from schemas.plover import Root
from streams.detection.roles import suffers
from streams.detection.scene import Proposal, Scene


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
    if proposal.trust < LEAST_TRUST:
        return "too unsure who does it to whom"
    return None


LEAST_TRUST = 0.25


def _is_deplored(scene: Scene, proposal: Proposal) -> bool:
    """Whether, as in "denounced the invasion of Ukraine", what is condemned is done to the target."""
    source, target = proposal.source, proposal.target
    condemned = any(source.last <= cue.first < target.first and cue.entry.root is Root.ACCUSE for cue in scene.cues)
    return condemned and suffers(scene, source.last, target)


def _is_nobody(scene: Scene, proposal: Proposal) -> bool:
    """Whether, as in "no leader of Canada has sat down with Xi", nobody is the doer."""
    before = scene.words[max(0, proposal.source.first - 1) : proposal.source.first]
    return any(word.lower in ("no", "neither") for word in before)
