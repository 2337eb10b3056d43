"""What is said about a side, or about its doings."""

from collections.abc import Iterator

from schemas.plover import Root
from streams.detection.actors import Mention
from streams.detection.clauses import Clause, group
from streams.detection.lexicon import Cue
from streams.detection.roles import PATIENT_WITHIN, elsewhere, holder_of, joins_another, subjects_of
from streams.detection.scene import Link, Scene
from streams.detection.story import Story
from streams.detection.turning import Reading
from streams.detection.vocabulary import words as vocabulary

_JUDGED_WITHIN = 12
"""Words between "called" and what something is called."""
_PLAIN = 0.4
"""The strength from which a judgement says something even where it does not say of whom."""


def judgements(scene: Scene, clause: Clause, cue: Cue, reading: Reading, story: Story) -> Iterator[Link]:
    """Who judges whom: the speaker, or the subject of "called it illegal", and the side that it is about."""
    holder = holder_of(clause)
    if clause.speech and not holder:
        return
    judged = any(
        word.lower in vocabulary("speech.judged")
        for word in scene.words[max(clause.first, cue.first - _JUDGED_WITHIN) : cue.first]
    )
    sources = subjects_of(scene, clause, cue) if judged or not holder else (holder,)
    for source in sources:
        topic = _topic(scene, clause, cue, source)
        if topic:
            yield Link(source, topic, 0.75 if holder or judged else 0.6, "judgement")
        elif (
            not reading.denied
            and cue.entry.strength >= _PLAIN
            and (holder or judged or (clause.own and scene.words[cue.first].quoted))
        ):
            for target, trust in elsewhere(scene, clause, cue, source, story):
                yield Link(source, target, trust, "judgement")


def _topic(scene: Scene, clause: Clause, cue: Cue, source: Mention) -> Mention | None:
    """The side that a judgement is about: the nearest after it, else the nearest before it, in the clause or near."""
    others = [each for each in scene.named if each.country != source.country]
    able = [each for each in others if cue.kind.endswith("+") or not _is_beside(scene, each, source)]
    after = [each for each in able if cue.last <= each.first < clause.last and not each.located]
    before = [each for each in able if clause.first <= each.first and each.last <= cue.first]
    spoken = [
        each
        for each in able
        if clause.speech and clause.speech.first <= each.first < clause.speech.last and not each.located
    ]
    near = [each for each in after if each.first - cue.last <= PATIENT_WITHIN and not _is_compared(scene, cue, each)]
    if cue.entry.root is Root.REJECT:
        onward = [each for each in able if each.first >= cue.last and not each.located]
        return next(iter(near if joins_another(scene, clause) else [*near, *onward]), None)
    return next(iter([*near, *reversed(before), *spoken]), None)


def _is_beside(scene: Scene, mention: Mention, source: Mention) -> bool:
    """Whether a party does together with the source's side what is told: "he said Iran and China saw it alike"."""
    sides = group(scene.words, scene.named, mention) if not mention.preposition else ()
    return any(each.country == source.country for each in sides)


def _is_compared(scene: Scene, cue: Cue, mention: Mention) -> bool:
    """Whether it is only what something else is measured by: "more predictable than Washington"."""
    return any(word.lower == "than" for word in scene.words[cue.last : mention.first])
