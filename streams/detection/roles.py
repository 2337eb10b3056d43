"""Who stands where around a cue: subject, patients, objects, those a clause leaves out, and whose a deed is instead."""

from collections.abc import Iterator

from schemas.plover import Root
from streams.detection.actors import Mention
from streams.detection.clauses import Clause, group
from streams.detection.lexicon import Cue
from streams.detection.scene import Scene
from streams.detection.story import Party, Story
from streams.detection.turning import Reading
from streams.detection.vocabulary import words as vocabulary

OWNED_WITHIN = 4
"""Words between an owner and what it owns: "Beijing's economically coercive practices"."""
PATIENT_WITHIN = 8
"""Words between a bad thing and whom it is put on: "tariffs of 25 percent on goods from Canada"."""
WITH = 3
"""Words between a verb and the other side: "met the Chinese premier"."""


def holder_of(clause: Clause) -> Mention | None:
    """Whose words a clause is."""
    return clause.speech.speaker if clause.speech else None


def named_before(scene: Scene, clause: Clause, cue: Cue) -> list[Mention]:
    """The parties that a clause names before a cue, in order."""
    return [each for each in scene.named if clause.first <= each.first and each.last <= cue.first]


def named_after(scene: Scene, clause: Clause, cue: Cue) -> list[Mention]:
    """The parties that a clause names after a cue, in order."""
    return [each for each in scene.named if cue.last <= each.first < clause.last]


def cues_of(scene: Scene, clause: Clause) -> list[Cue]:
    """The cues of a clause, in order."""
    return [each for each in scene.cues if clause.holds(each.first)]


def opens(scene: Scene, clause: Clause, kind: str) -> bool:
    """Whether the first word of a clause is one of a class in words.toml."""
    return scene.words[clause.first].lower in vocabulary(kind)


def subjects_of(scene: Scene, clause: Clause, cue: Cue) -> tuple[Mention, ...]:
    """Who does it: the clause's subject if it stands before the cue, else an owner, else whoever speaks."""
    holder, before = holder_of(clause), named_before(scene, clause, cue)
    if holder and any(each.kind == "people" and each.country == holder.country for each in before):
        return (holder,)
    if clause.subject and (not clause.own or clause.subject[0].first < cue.first):
        return (holder,) if holder and holder.country == clause.subject[0].country else clause.subject
    owners = [each for each in before if each.owner and cue.first - each.last <= OWNED_WITHIN + 1]
    if owners:
        return (owners[-1],)
    people = [each for each in before if each.kind == "people" and each.party.government]
    if people and cue.kind in _FOR_PEOPLE:
        return (people[-1],)
    # "She said the accord that lets troops in ...": the accord does, not she.
    return (holder,) if holder and (clause.subject or not is_relative(scene, clause)) else ()


def is_relative(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells more of what was named: "the accord that lets troops in", but not "said that"."""
    says = clause.speech is not None and clause.speech.first == clause.first
    return not says and opens(scene, clause, "clauses.relative")


_FOR_PEOPLE = frozenset(["goes", "thing+", "joint+"])
"""What a people gets through its government: "Britons will travel to China without a visa"."""


def patients_of(scene: Scene, clause: Clause, cue: Cue) -> tuple[Mention, ...]:
    """To whom a passive clause has something done: its subject, or whose that is."""
    owners = tuple(each for each in named_before(scene, clause, cue) if each.owner)
    return clause.subject if clause.own else owners or clause.subject


def objects_of(
    scene: Scene, clause: Clause, cue: Cue, source: Mention, reading: Reading, story: Story
) -> Iterator[tuple[Mention, float]]:
    """To whom it is done, each with a trust in (0, 1]: by the nearest after the cue, or else before it, or left out."""

    def able(each: Mention) -> bool:
        return each.country != source.country and not (suffers(scene, cue.last, each) or _does(scene, each))

    onward = scene.words[cue.last - 1].lower == "to"  # "cede an inch of its waters to": whom it is ceded to follows
    inside = [each for each in scene.named if cue.first < each.first < cue.last and not onward]
    after = [each for each in [*inside, *named_after(scene, clause, cue)] if able(each) and not each.located]
    goes_on = clause.last - cue.last <= 2 and not joins_another(scene, clause)
    if not after and goes_on and not opens(scene, clause, "clauses.which"):
        near = range(clause.last, clause.last + PATIENT_WITHIN)
        after = [each for each in scene.named if each.first in near and able(each) and not _begins(scene, each)]
    if after:
        for each in group(scene.words, scene.named, after[0]):
            yield each, 0.8 if not after[0].owner else 0.75
        return
    spoken = [
        each
        for speech in scene.speeches
        if speech.verb == cue.first
        for each in scene.named
        if speech.first <= each.first < speech.last and each.country != source.country and not each.located
    ]
    before = [
        each
        for each in named_before(scene, clause, cue)
        if each.country != source.country
        and each.first > source.first
        and each not in clause.subject
        and not each.located
        and not each.owner
        and not any(word.text == "," for word in scene.words[each.last : cue.first])
    ]
    if spoken:
        yield spoken[0], 0.65
    elif before:
        yield before[-1], 0.6
    elif doers := _whose_doing(scene, clause, cue, source):
        yield from ((each, 0.65 if opens(scene, clause, "clauses.relative") else 0.55) for each in doers)
    elif cue.entry.root in _WORDS and cue.kind != "does+" and not (reading.denied or reading.opposed):
        yield from elsewhere(scene, clause, cue, source, story)
    elif cue.kind == "does+" and (done := _welcomed_before(scene, cue, story)) and done.country != source.country:
        yield done, 0.55


def _whose_doing(scene: Scene, clause: Clause, cue: Cue, source: Mention) -> list[Mention]:
    """Who did what is judged, as a clause before or after tells.

    "Japan released the water, which Beijing denounced"; "after US jets struck the port, Oman condemned the attack";
    "Lai condemned the drills in which the Chinese navy took part".
    """
    before = [each for each in scene.clauses if each.last <= clause.first and each.subject][-1:]
    after = [each for each in scene.clauses if each.first >= clause.last][:1]
    told = before if opens(scene, clause, "clauses.relative") else []
    if cue.kind == "does-" and cue.entry.root in _JUDGING:
        if _judges(scene, cue, "clauses.deeds"):
            told = told or [each for each in before if each.own and opens(scene, each, "clauses.occasion")]
        told = told or [each for each in after if each.own and opens(scene, each, "clauses.relative")]
    doers = told[0].subject if told else ()
    return list(doers) if all(each.country != source.country for each in doers) else []


_JUDGING = frozenset([Root.ACCUSE, Root.REJECT, Root.PROTEST])


def joins_another(scene: Scene, clause: Clause) -> bool:
    """Whether "and" goes on after a clause with a subject of its own: "it would not bow, and she thanked Rome"."""
    after = next((each for each in scene.clauses if each.first == clause.last), None)
    if after is None or scene.words[after.first].lower not in vocabulary("clauses.conjunction"):
        return False
    following = scene.words[after.first + 1 : after.first + 2]
    return after.own or any(word.lower in vocabulary("clauses.pronouns") for word in following)


def _begins(scene: Scene, mention: Mention) -> bool:
    """Whether something else begins with a party: "...; Riyadh voiced concern"."""
    before = scene.words[max(0, mention.first - 2) : mention.first]
    return any(word.text in (";", ":") for word in before)


def _judged_before(scene: Scene, cue: Cue, story: Story) -> Party | None:
    """Whose words or deeds of the sentences before are judged: "dismissed the remarks", "called the raids illegal"."""
    if _judges(scene, cue, "clauses.remarks"):
        return story.critic
    return story.doer if _judges(scene, cue, "clauses.deeds") else None


def _welcomed_before(scene: Scene, cue: Cue, story: Story) -> Mention | None:
    """Whose deed of the sentences before is welcomed: "applauded the decision"."""
    welcomed = cue.entry.root is Root.SUPPORT and _judges(scene, cue, "clauses.decisions")
    return _absent(story.mover) if welcomed else None


def _judges(scene: Scene, cue: Cue, kind: str) -> bool:
    """Whether words or deeds told of before stand beside a cue: "the raids", but not "the raids on Aden"."""
    words = scene.words
    return any(
        words[at].lower in vocabulary(kind)
        and words[at - 1].lower in vocabulary("clauses.owning")
        and words[min(at + 1, len(words) - 1)].lower not in vocabulary("clauses.prepositions")
        for at in range(max(1, cue.first - WITH), min(cue.last + WITH, len(words)))
    )


def _does(scene: Scene, mention: Mention) -> bool:
    """Whether a party does something itself: "tariffs, as Rome does"."""
    return scene.words[min(mention.last, len(scene.words) - 1)].lower in vocabulary("clauses.auxiliary")


def suffers(scene: Scene, since: int, mention: Mention) -> bool:
    """Whether what is done to a party stands from a word on: who denounces the invasion of it denounces another."""
    between = scene.words[since : mention.first]
    return mention.preposition == "of" and any(word.lower in vocabulary("clauses.done_to") for word in between)


_WORDS = frozenset([Root.ACCUSE, Root.REJECT, Root.REQUEST, Root.THREATEN, Root.PROTEST, Root.SANCTION])
"""What can be said of, or done to, someone whom the clause need not name."""


def elsewhere(scene: Scene, clause: Clause, cue: Cue, source: Mention, story: Story) -> Iterator[tuple[Mention, float]]:
    """Whom it is about where the clause does not say: whose doing it is, who is addressed, or the other side."""
    holder = holder_of(clause)
    if holder and holder.country != source.country:
        return
    # "Iran and China called it illegal": what they do together, neither does to the other.
    sides = {source.country, *(each.country for each in clause.subject)}
    blamed = not cue.kind.endswith("+")
    meant = (
        (_absent(_judged_before(scene, cue, story) if blamed else None), 0.55),
        (clause.speech.addressee if clause.speech else None, 0.75),
        (_absent(story.other_than(source.country)), 0.55),
        (_absent((story.most_blamed(source.country) if blamed else None) or story.most_named(source.country)), 0.45),
    )
    yield from [(each, trust) for each, trust in meant if each and each.country not in sides][:1]


def _absent(party: Party | None) -> Mention | None:
    """A party as it is meant by a sentence that does not name it."""
    return Mention(0, 0, party, "state", False, "", 1.0) if party else None


def is_spoken_of(scene: Scene, cue: Cue) -> bool:
    """Whether a thing is what something else is about, as in "a renegotiation of the free trade deal"."""
    before = [word.lower for word in scene.words[max(0, cue.first - OWNED_WITHIN - 1) : cue.first]]
    at = max((at for at, word in enumerate(before) if word in vocabulary("clauses.prepositions")), default=0)
    return at > 0 and before[at] in _ABOUT and before[at - 1] not in ("part", "signing")


_ABOUT = frozenset(["of", "on", "over", "about", "from", "amid", "despite"])


def drawn_from(scene: Scene, clause: Clause, cue: Cue) -> Mention | None:
    """Who gives what the subject draws, where the cue is a noun: "drew sharp criticism from Beijing"."""
    near = range(max(clause.first, cue.first - WITH), cue.first)
    draws = next((at for at in near if scene.words[at].lower in vocabulary("clauses.draws")), None)
    if draws is None or scene.words[cue.first].lower.endswith(("ed", "ing")):
        return None
    if any(draws < each.first < cue.first for each in scene.named):
        return None
    if any(word.lower in vocabulary("clauses.conjunction") for word in scene.words[draws : cue.first]):
        return None
    if not any(word.lower == "from" for word in scene.words[cue.last : cue.last + WITH]):
        return None
    nearest = named_after(scene, clause, cue)[:1]
    givers = (each for each in nearest if each.first - cue.last <= WITH + OWNED_WITHIN)
    of_body = ("body", "of")  # "a rebuke from the chairs of the US intelligence committees"
    return next(
        (each for each in givers if each.preposition == "from" or (each.kind, each.preposition) == of_body), None
    )


_ASKING = frozenset([Root.REQUEST, Root.THREATEN, Root.YIELD])


def is_asked_of_another(scene: Scene, clause: Clause, at: int) -> bool:
    """Whether what begins at a word is asked of another, as in "urged China to free him" or "urged China to stop"."""
    if made_to(scene, at, "clauses.asks"):
        return True
    asking = [each for each in cues_of(scene, clause) if each.last <= at and each.entry.root in _ASKING]
    if not asking:
        return False
    asked = asking[-1]
    beside = all(word.lower in vocabulary("clauses.owning") for word in scene.words[asked.last : at])
    adjacent = beside and asked.entry.root is Root.REQUEST
    between = any(asked.first < each.first and each.last <= at for each in scene.named)
    return between and (adjacent or scene.words[at - 1].lower == "to")


def made_to(scene: Scene, at: int, kind: str) -> Mention | None:
    """Who is to do what begins at a word, behind a verb of a class in words.toml: "persuaded Washington to lift it"."""
    made = next((each for each in scene.named if each.last == at - 1), None)
    if made is None or scene.words[at - 1].lower != "to":
        return None
    return made if word_before(scene, made) in vocabulary(kind) else None


def word_before(scene: Scene, mention: Mention) -> str:
    """The word before a party, articles aside, in small letters; "" where it stands first."""
    before = (word.lower for word in reversed(scene.words[: mention.first]))
    return next((word for word in before if word not in vocabulary("clauses.articles")), "")


def charged_with(scene: Scene, clause: Clause, at: int) -> Mention | None:
    """Whoever the subject charges with the deed of a verb, or thanks for it: "accused Canada of smearing it"."""
    words = scene.words
    if at < 2 or words[at - 1].lower not in ("of", "for", "with") or words[at].lower[-3:] != "ing":
        return None
    adjacent = [each for each in scene.named if clause.holds(each.first) and each.last == at - 1]
    return adjacent[0] if adjacent and adjacent[0] not in clause.subject else None
