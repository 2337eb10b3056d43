"""What the encoder is asked: proposals that rules are unsure of, and pairs that stand together and no cue joins."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from schemas.plover import Root
from streams.detection.actors import Mention
from streams.detection.clauses import Clause
from streams.detection.encoder import Asked, Pair, Span
from streams.detection.encoder import Reading as Answer
from streams.detection.lexicon import Cue, Entry
from streams.detection.roles import is_relative
from streams.detection.scene import Proposal, Scene
from streams.detection.turning import Reading

SURE = 0.6
"""The trust from which a proposal of the rules stands without asking."""
NO_STATEMENT = 0.05
"""A proposal of the rules falls where the encoder sees a statement with no more than this likelihood."""
STATEMENT = 0.5
"""A pair that no cue joins holds a statement where one of one sign is likelier than not."""

MOST_SILENT = 24
"""Pairs that no cue joins, of one sentence, the nearest first: a list of all the world's countries is no news."""
FAR = 20
"""Words between two that no cue joins from which on they have nothing to do with each other."""

SURE_OF_MANY = 0.9
"""How likely it must be that each of a list of three or more means each other."""

NEAR = 4
"""Words on each side of a name in an earlier sentence that are read with it."""

STRENGTH = {
    Root.AGREE: 0.6, Root.CONSULT: 0.3, Root.SUPPORT: 0.5, Root.COOPERATE: 0.6, Root.AID: 0.7, Root.YIELD: 0.7,
    Root.REQUEST: 0.4, Root.ACCUSE: 0.5, Root.REJECT: 0.5, Root.THREATEN: 0.6, Root.PROTEST: 0.5,
    Root.MOBILIZE: 0.7, Root.SANCTION: 0.8, Root.COERCE: 0.8, Root.ASSAULT: 1.0,
}  # fmt: skip
"""How much a root says, in (0, 1]: the Goldstein scale divided by ten, with words raised and appeals turned round."""

_SILENT = Entry("", (), "none", Root.CONSULT, 0.0)


def silent(scene: Scene, told: Sequence[Proposal]) -> list[Proposal]:
    """The directed pairs of a sentence that the rules propose nothing for: from who acts or speaks in it to the others.

    Of several mentions of a pair, the nearest two. What they say is for the encoder to decide; where nobody speaks and
    no word of the sentence does anything to a relation, there is nothing to ask.
    """
    if not scene.cues and not scene.speeches:
        return []
    proposed = {(each.source.country, each.target.country) for each in told}
    nearest: dict[tuple[str, str], tuple[int, Mention, Mention]] = {}
    named = _of_one_party(scene)
    for source in _actors(scene, named):
        begins = (source.first, *(speech.verb for speech in scene.speeches if speech.speaker == source))
        for target in named:
            pair = (source.country, target.country)
            apart = target.first >= source.last or source.first >= target.last
            if pair[0] == pair[1] or pair in proposed or not apart:
                continue
            # Who speaks far from its name is near to what it says.
            distance = min(abs(target.first - at) for at in begins)
            if distance <= FAR and (pair not in nearest or distance < nearest[pair][0]):
                nearest[pair] = (distance, source, target)
    closest = sorted(nearest.values(), key=itemgetter(0))[:MOST_SILENT]
    return [_unread(scene, source, target) for _, source, target in closest]


def _actors(scene: Scene, named: Sequence[Mention]) -> list[Mention]:
    """Those named that are the subject of a clause of the sentence, or speak in it, and are governments."""
    able = {each for clause in scene.clauses for each in clause.subject} | {each.speaker for each in scene.speeches}
    return [each for each in named if each in able and each.party.government and not each.owner]


def _of_one_party(scene: Scene) -> list[Mention]:
    """The mentions of one party alone: of "the two leaders", which are both, neither can be marked."""
    both = {one.first for one, other in pairwise(scene.named) if one.first == other.first}
    return [each for each in scene.named if each.first not in both]


def _unread(scene: Scene, source: Mention, target: Mention) -> Proposal:
    clause = next((each for each in scene.clauses if each.holds(source.first)), None)
    clause = clause or Clause(0, len(scene.words), None, (source,), own=True, condition=False)
    last = max(clause.last, target.last)
    cue = Cue(clause.first, last, _SILENT)
    reading = Reading(1, Root.CONSULT, 0.0, clause.first, raised=False, denied=False, lifted=False, opposed=False)
    return Proposal(source, target, cue, reading, clause, 1, Root.CONSULT, source.trust * target.trust, "encoder")


def is_silent(proposal: Proposal) -> bool:
    """Whether a pair is one that no cue joins."""
    return proposal.cue.entry is _SILENT


def asks(proposal: Proposal, scene: Scene) -> bool:
    """Whether the rules leave a proposal in doubt."""
    if is_silent(proposal) or proposal.trust < SURE:
        return True
    return _turned_over_another(proposal, scene) or _of_something(proposal.clause, scene)


def _turned_over_another(proposal: Proposal, scene: Scene) -> bool:
    """Whether an actor stands between a cue and what turns it: "not follow Rome's call for a ban"."""
    first, cue = proposal.reading.first, proposal.cue.first
    between = [each for each in scene.named if first <= each.first < cue]
    # Who opposes another's words about a third is sure; what those words were is not.
    return bool(between) and (not proposal.reading.opposed or proposal.source in between)


def _of_something(clause: Clause, scene: Scene) -> bool:
    """Whether a relative clause is not of the party it is read with: "a standoff that had threatened carmakers"."""
    before = (clause.first, clause.first - 1)  # a comma may stand between
    return is_relative(scene, clause) and not clause.own and not any(each.last in before for each in clause.subject)


class Question(NamedTuple):
    """What is to be read, and for each of its pairs the numbers of the proposals that it answers."""

    asked: Asked
    numbers: tuple[tuple[int, ...], ...]


def question(text: str, scene: Scene, told: Mapping[int, Proposal], before: Sequence[Scene]) -> Question:
    """What the encoder is to read: the sentence with all its open pairs, by number.

    Where it does not name one of a pair, the words near its name in the last sentence before that has it are read too.
    """
    missing = [each for proposal in told.values() for each in proposal[:2] if not _here(scene, each)]
    earlier = next((one for one in reversed(before) if any(_named_in(one, each) for each in missing)), None)
    known = [named for each in missing if earlier and (named := _named_in(earlier, each))]
    first, last = _near(earlier, known) if earlier else (0, 0)
    ahead = f"{_words(text, earlier, first, last)}. " if earlier else ""
    start = scene.words[0].start - len(ahead)
    asked: dict[Pair, tuple[int, ...]] = {}
    for number, each in told.items():
        source = _place(each.source, scene, start, earlier, first)
        target = _place(each.target, scene, start, earlier, first)
        if source and target:
            pair = Pair(source, target)
            asked[pair] = (*asked.get(pair, ()), number)
    return Question(Asked(ahead + _words(text, scene, 0, len(scene.words)), list(asked)), tuple(asked.values()))


def _near(scene: Scene, named: Sequence[Mention]) -> tuple[int, int]:
    """The words from a little before some mentions to a little after, without the stop that ends the sentence."""
    first, last = min(each.first for each in named), max(each.last for each in named)
    return max(0, first - NEAR), max(last, min(last + NEAR, len(scene.words) - 1))


def _words(text: str, scene: Scene, first: int, last: int) -> str:
    return text[scene.words[first].start : scene.words[last - 1].end]


def _place(mention: Mention, scene: Scene, start: int, earlier: Scene | None, first: int) -> Span | None:
    """Where a party stands in what is read: in the sentence, or else in the one of which words are read before it."""
    if here := _here(scene, mention):
        return _span(scene, here, start)
    named = _named_in(earlier, mention) if earlier else None
    return _span(earlier, named, earlier.words[first].start) if earlier and named else None


def _here(scene: Scene, mention: Mention) -> Mention | None:
    """The party where it stands in a sentence; one that is only meant, where it is named otherwise."""
    return mention if _stands(mention) else _named_in(scene, mention)


def _span(scene: Scene, mention: Mention, start: int) -> Span:
    return scene.words[mention.first].start - start, scene.words[mention.last - 1].end - start


def _named_in(scene: Scene, missing: Mention) -> Mention | None:
    """A mention of whom a sentence leaves out: by the same name, or else of the same country."""
    named = [each for each in scene.named if each.country == missing.country and _stands(each)]
    return next((each for each in named if each.party.name == missing.party.name), named[0] if named else None)


def _stands(mention: Mention) -> bool:
    return mention.last > mention.first


def answered(proposal: Proposal, answer: Answer | None, scene: Scene) -> tuple[Proposal, str | None]:
    """A proposal with what the encoder makes of it, and why it falls if it does.

    No answer is given where one of the two is named nowhere near; a pair that no cue joins is named in its sentence.
    """
    if answer is None:
        return proposal, None
    return _by_encoder(proposal, answer, scene) if is_silent(proposal) else _by_both(proposal, answer)


def _by_encoder(proposal: Proposal, answer: Answer, scene: Scene) -> tuple[Proposal, str | None]:
    """Where no cue joins a pair, the encoder alone says whether there is a statement, and which."""
    likely = answer.of_sign(answer.sign)
    told = proposal._replace(
        sign=answer.sign,
        root=answer.root,
        reading=proposal.reading._replace(sign=answer.sign, root=answer.root, strength=STRENGTH[answer.root]),
        trust=proposal.trust * likely,
        how=f"encoder {likely:.2f}",
    )
    sides = _together(scene, proposal)
    if (sides > 2 and likely < SURE_OF_MANY) or (sides and told.sign < 0 and not _is_mutual(scene)):
        return told, "told of both, not of one toward the other"
    return told, None if likely >= STATEMENT else "no cue, and too unlikely to the encoder"


def _is_mutual(scene: Scene) -> bool:
    """Whether sides do something to "each other" or "one another"."""
    mutual = (("each", "other"), ("one", "another"))
    return any((one.lower, other.lower) in mutual for one, other in pairwise(scene.words))


def _together(scene: Scene, proposal: Proposal) -> int:
    """How many sides do together what source and target do, as one subject; 0 where these do not."""
    both = {proposal.source, proposal.target}
    return max((len(clause.subject) for clause in scene.clauses if both <= set(clause.subject)), default=0)


def _by_both(proposal: Proposal, answer: Answer) -> tuple[Proposal, str | None]:
    """The sign of a cue is the rules' to say; the encoder says of which root it is, unless words turned it."""
    likely = answer.of_sign(proposal.sign)
    turned = proposal.reading.first < proposal.cue.first
    told = proposal._replace(
        root=proposal.root if turned else answer.root_of(proposal.sign),
        trust=(proposal.trust + likely) / 2,
        how=f"{proposal.how}, encoder {likely:.2f}",
    )
    return told, None if likely > NO_STATEMENT else "too unlikely to the encoder"
