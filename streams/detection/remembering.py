"""What a sentence leaves for the next: who acts, who speaks, who "he" is, whose "the attack" and "the decision" are."""

from collections.abc import Sequence

from schemas.plover import Root
from streams.detection.actors import Mention, opens_with_stranger
from streams.detection.clauses import group
from streams.detection.roles import opens
from streams.detection.scene import Proposal, Scene
from streams.detection.speech import last_speaker
from streams.detection.story import Party, Story
from streams.detection.vocabulary import words as vocabulary

_FAULTS = frozenset([Root.ACCUSE, Root.REJECT, Root.REQUEST, Root.THREATEN])
_HARMS = frozenset([Root.ASSAULT, Root.COERCE, Root.MOBILIZE, Root.SANCTION])
_DEEDS = frozenset([Root.AGREE, Root.COOPERATE, Root.AID, Root.YIELD])


def remember(story: Story, scene: Scene, kept: Sequence[Proposal]) -> None:
    """Tell the story what a sentence says and what was kept of it."""
    for mention in scene.named:
        story.count(mention.party)
    # "He said no, hours after Obama had asked": it is he that the text goes on with.
    main = last_speaker([each for each in scene.speeches if not _is_occasion(scene, each.verb)])
    speaker = main or last_speaker(scene.speeches)
    subject = next((each.party for clause in scene.clauses for each in clause.subject), None)
    story.group = _list(scene) or story.group
    story.speaker = speaker or story.speaker
    story.person = _person_spoken_of(scene, main, subject, story.person)
    story.actor = _acting(subject or speaker, story) or story.actor
    faults = [each.source.party for each in kept if each.root in _FAULTS]
    story.critic = faults[-1] if faults else speaker or story.critic
    for each in kept:
        if each.sign < 0:
            _charge(story, each)
    harms = [each.source.party for each in kept if each.root in _HARMS]
    story.doer = harms[-1] if harms else _whose_harm(scene) or story.doer
    done = [each.source.party for each in kept if each.root in _HARMS | _DEEDS]
    story.mover = done[0] if done else story.mover
    if kept:
        story.pair = (kept[0].source.party, kept[0].target.party)
    else:
        story.pair = (
            sides([each for each in scene.named if each.party.government or each.kind != "person"]) or story.pair
        )


def _whose_harm(scene: Scene) -> Party | None:
    """Whose "drone strike" a sentence names, without telling whom it hit."""
    # "Germany's market attack" is none of Germany's.
    able = (each for each in scene.named if each.kind in ("adjective", "body") and each.last < len(scene.words))
    return next((each.party for each in able if scene.words[each.last].lower in vocabulary("clauses.deeds")), None)


def _is_occasion(scene: Scene, at: int) -> bool:
    """Whether a word stands in a clause that tells on what occasion something was said."""
    return any(clause.holds(at) and opens(scene, clause, "clauses.occasion") for clause in scene.clauses)


def _charge(story: Story, told: Proposal) -> None:
    """Words find fault with their target; of a deed, a third side may blame who does it or who provoked it."""
    if told.root in _HARMS:
        story.charge(told.source.party, 1)
        story.charge(told.target.party, 1)
    else:
        story.charge(told.target.party, 2)


def _person_spoken_of(scene: Scene, speaker: Party | None, subject: Party | None, before: Party | None) -> Party | None:
    """Who "he" or "she" will be; nobody we know where the sentence is about a stranger."""
    people = [each.party for each in scene.named if each.kind == "person"]
    if speaker and speaker.role:
        return speaker
    if subject in people:
        return subject
    if opens_with_stranger(scene.words, scene.named):
        return None
    return people[0] if people else before


def _acting(party: Party | None, story: Story) -> Party | None:
    """Whose "the government" will be: an ambassador's host, or whoever acts."""
    if party and party.role and party.role.split()[-1].lower() in ("ambassador", "embassy", "envoy"):
        return story.other_than(party.country)
    return party


def _list(scene: Scene) -> tuple[Party, ...]:
    """The governments of the longest list of three or more in a sentence."""
    lists = [group(scene.words, scene.named, each) for each in scene.named if each.kind == "state"]
    longest = max(lists, key=len, default=())
    told = {each.country: each.party for each in longest if each.last > each.first}
    return tuple(told.values()) if len(told) > 2 else ()


def sides(named: Sequence[Mention]) -> tuple[Party, Party] | None:
    """The first two sides that a sentence names."""
    other = next((each for each in named if each.country != named[0].country), None)
    return (named[0].party, other.party) if other else None
