"""Proposes who does what to whom: for each cue of a clause, its source, its target and the sign between them."""

from collections.abc import Iterator

from streams.detection.actors import Mention
from streams.detection.clauses import Clause, group
from streams.detection.deeds import deeds, visits
from streams.detection.judgements import judgements
from streams.detection.lexicon import Cue
from streams.detection.roles import cues_of, holder_of
from streams.detection.scene import Link, Proposal, Scene
from streams.detection.story import Story
from streams.detection.things import things
from streams.detection.together import together
from streams.detection.turning import Reading, is_operator, read, turns_anything


def proposals(scene: Scene, story: Story) -> list[Proposal]:
    """What the cues of a sentence say about whom, in the order of the cues."""
    return [
        proposal
        for clause in scene.clauses
        for cue in scene.cues
        if clause.holds(cue.first) and _speaks_for_itself(scene, clause, cue)
        for proposal in _of_cue(scene, clause, cue, story)
    ]


def _speaks_for_itself(scene: Scene, clause: Clause, cue: Cue) -> bool:
    """Whether a cue is no operator, or one that has nothing to turn: "turned down a plan of Huawei's"."""
    return not is_operator(cue) or (
        cue.kind == "oppose" and not turns_anything(cue, cues_of(scene, clause), scene.words)
    )


def _of_cue(scene: Scene, clause: Clause, cue: Cue, story: Story) -> Iterator[Proposal]:
    reading = read(cue, cues_of(scene, clause), scene.words)
    for link in _links(scene, clause, cue, reading, story):
        for source in _voices(scene, clause, link.source):
            if source.country != link.target.country:
                sign = link.sign or reading.sign
                root = link.root or reading.root
                trust = link.trust * source.trust * link.target.trust
                yield Proposal(source, link.target, cue, reading, clause, sign, root, trust, link.how)


def _voices(scene: Scene, clause: Clause, source: Mention) -> tuple[Mention, ...]:
    """All who speak where one of them is found to: "Oslo and Paris said", "the six warned"."""
    return (
        group(scene.words, scene.named, source) if source is holder_of(clause) and source in scene.named else (source,)
    )


def _links(scene: Scene, clause: Clause, cue: Cue, reading: Reading, story: Story) -> Iterator[Link]:
    match cue.kind:
        case "does+" | "does-" | "oppose":
            yield from deeds(scene, clause, cue, reading, story)
        case "said+" | "said-":
            yield from judgements(scene, clause, cue, reading, story)
        case "thing+" | "thing-":
            yield from things(scene, clause, cue, reading, story)
        case "joint+" | "joint-":
            yield from together(scene, clause, cue, reading, story)
        case "goes":
            yield from visits(scene, clause, cue)
