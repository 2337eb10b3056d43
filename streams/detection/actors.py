"""Who is meant: the governments named in a sentence by their officials, offices, seats, peoples and pronouns."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from streams.detection.gazetteer import Official, Officials, Place, officials_at, place_at
from streams.detection.sentences import Word
from streams.detection.story import Party, Story
from streams.detection.vocabulary import words as vocabulary

MentionKind = Literal["state", "person", "body", "adjective", "people", "region", "other"]

_ARTICLES = frozenset(
    ["the", "a", "an", "its", "his", "her", "their", "new", "our", '"', "'", "-", "both", "then", "fellow"]
)
_PARTICLES = frozenset(["van", "von", "der", "de", "la", "bin", "al", "el", "da", "dos", "-", "le", "den", "ben"])
_COUNTS = {word: n for n, word in enumerate("three four five six seven eight nine ten eleven twelve".split(), start=3)}
_FAMILY_NAME_FIRST = frozenset(["CHN", "TWN", "KOR", "PRK", "VNM", "HKG", "SGP", "KHM", "HUN"])
_HEAD_WORDS = frozenset(["president", "prime", "premier", "chancellor", "king", "queen", "emir", "sultan"])
_HEADS = ("head_of_state", "head_of_government", "foreign")
_UNIONS = ("EUU", "NATO")
"""Unions of states, which have no ministries."""
_LONGEST_OFFICE = 8
_LONGEST_APPOSITION = 14


class Mention(NamedTuple):
    """A party named at the words from `first` to `last` (exclusive) of a sentence."""

    first: int
    last: int
    party: Party
    kind: MentionKind
    owner: bool
    """In the possessive: what follows is the party's."""
    preposition: str
    """The preposition before it, or ""."""
    trust: float
    """How surely it is the one meant, in (0, 1]."""

    @property
    def country(self) -> str:
        """Whose side it is."""
        return self.party.country

    @property
    def acts(self) -> bool:
        """Whether it can be the one who does or says something."""
        return self.kind in ("state", "person", "body") and not self.preposition and not self.owner

    @property
    def located(self) -> bool:
        """Whether it only says where: "in Beijing"."""
        return self.preposition in vocabulary("clauses.places")


class Office(NamedTuple):
    """Words that name an office: "vice foreign minister"; `outside` if it is none of a government."""

    last: int
    person: bool
    outside: bool


def mentions(words: Sequence[Word], story: Story) -> list[Mention]:
    """The parties named in a sentence, in order; `story` learns the people that it introduces."""
    found: list[Mention] = []
    at = 0
    while at < len(words):
        told = _mentions_at(words, at, story, found)
        for mention in told:
            if mention.country:  # the South China Sea has none
                _add(words, found, mention)
        at = told[0].last if told else at + 1
    return found


def _add(words: Sequence[Word], found: list[Mention], mention: Mention) -> None:
    """Add a party: to the country before it that it belongs to, and under the preposition that it shares."""
    if found and _belongs(words, found[-1], mention):
        country = found.pop()
        found.append(mention._replace(first=country.first, preposition=country.preposition))
    elif found and found[-1].preposition and _follows(words, found[-1], mention):
        found.append(mention._replace(preposition=found[-1].preposition))
    else:
        found.append(mention)


def _belongs(words: Sequence[Word], country: Mention, person: Mention) -> bool:
    """Whether a country is only the first word of who follows: "China's vice foreign minister Ma Zhaoxu"."""
    between = {word.lower for word in words[country.last : person.first]}
    if country.located and "," in between:
        return False  # "In Tokyo, the foreign minister said"
    return (
        person.kind == "person"
        and country.kind in ("state", "adjective")
        and country.country == person.country
        and country.last <= person.first
        and between <= _office_words() | {"'s", ",", "'"}
        and ("," not in between or len(between) > 1)
    )


def _follows(words: Sequence[Word], left: Mention, right: Mention) -> bool:
    between = [word.lower for word in words[left.last : right.first]]
    return between in (["and"], ["or"], ["and", "the"], ["or", "the"])


def _mentions_at(words: Sequence[Word], at: int, story: Story, before: Sequence[Mention]) -> list[Mention]:
    word = words[at]
    if word.text[0].isupper() or word.lower in ("von", "de"):
        mention = _person(words, at, story) or _placed(words, at, story, before)
        if mention:
            return [mention]
    if word.lower in _reference_words():
        return list(_references(words, at, story, before))
    if word.lower in _office_words():
        mention = _office_alone(words, at, story, _possessor(words, at, story, before), _opening(words, at, before))
        return [mention] if mention else []
    return []


def _possessor(words: Sequence[Word], at: int, story: Story, before: Sequence[Mention]) -> Party | None:
    """Whose office "its embassy" is: the sentence's subject's; and "the country's foreign minister": who acts."""
    if [word.lower for word in words[max(0, at - 3) : at]] == ["the", "country", "'s"]:
        return story.actor
    own = at > 0 and words[at - 1].lower in ("its", "their", "his", "her")
    return next((each.party for each in before if each.acts), None) if own else None


# People


def _person(words: Sequence[Word], at: int, story: Story) -> Mention | None:
    local = _introduced(words, at, story)
    known = officials_at(words, at)
    if local and not (known and known.full):
        last, outside = _apposition(words, at + 1)
        party = local._replace(government=local.government and not outside)
        return _office_of_person(words, at, last, party) or _mention(
            words, _with_titles(words, at), last, party, "person", 0.95
        )
    if known is None:
        return None
    people = known.people if known.full else _meant(words, at, known, story)
    return _official(words, at, known.length, people, story) if people else None


def _introduced(words: Sequence[Word], at: int, story: Story) -> Party | None:
    party = story.names.get(words[at].text)
    return party if party and not _inside_another_name(words, at, at + 1) else None


def _meant(words: Sequence[Word], at: int, known: Officials, story: Story) -> tuple[Official, ...]:
    """Of those with this last name, the ones it may mean here: with a title, or heads of a government of the day."""
    titled = at > 0 and words[at - 1].lower in vocabulary("actors.titles")
    if _inside_another_name(words, at, at + known.length):
        if at < 2 or words[at - 2].lower not in vocabulary("actors.titles"):
            story.strangers.add(words[at].text)
        return ()
    if words[at].text in story.strangers:
        return ()
    here = tuple(who for who in known.people if who.holds_on(story.day))
    if titled:
        return here
    if words[at].lower in vocabulary("actors.common") and words[at].lower != "trump":
        return ()
    heads = tuple(who for who in here if who.role in _HEADS)
    return heads if len({who.name for who in heads}) == 1 else ()


def _inside_another_name(words: Sequence[Word], first: int, last: int) -> bool:
    before = words[first - 1] if first else None
    after = words[last] if last < len(words) else None
    strange = before is not None and _is_name(before) and first > 1 and before.lower not in _known_before()
    return strange or (after is not None and _is_name(after) and after.lower not in _office_words())


def _is_name(word: Word) -> bool:
    return (
        word.text[0].isupper()
        and word.text.isalpha()
        and not word.text.isupper()
        and word.lower not in vocabulary("names.no")
    )


def _official(words: Sequence[Word], at: int, length: int, people: Sequence[Official], story: Story) -> Mention:
    in_office = [who for who in people if who.holds_on(story.day)]
    who = max(in_office or people, key=lambda each: (each.role in _HEADS, each.end))
    first = _with_titles(words, at)
    last, outside = _apposition(words, at + length)
    outside = (outside and first == at) or _outside_before(words, first)
    government = bool(in_office) and not outside
    party = Party(who.country, who.name, who.title if government else f"former {who.title}", government)
    story.meet(who.name, who.surname, party)
    if government:
        story.appoint(who.title.lower(), party)
    return _office_of_person(words, first, last, party) or _mention(words, first, last, party, "person", 1.0)


def _office_of_person(words: Sequence[Word], first: int, last: int, whose: Party) -> Mention | None:
    """An office that is somebody's: "Conte's government", "Sir Keir Starmer's official spokesman"."""
    office = _office(words, last + 1) if _possessive(words, last) else None
    if office is None or office.outside or not whose.government:
        return None
    title = _printed(words, last + 1, office.last)
    party = Party(whose.country, f"{whose.name}'s {title}", title, government=True)
    return _mention(words, first, office.last, party, "person" if office.person else "body", 0.95)


def _with_titles(words: Sequence[Word], at: int) -> int:
    while at and words[at - 1].lower in vocabulary("actors.titles"):
        at -= 1
    return at


def _outside_before(words: Sequence[Word], at: int) -> bool:
    """Whether the words before a name say that it speaks for no government: "former Australian prime minister"."""
    # The European Union is no trade union.
    near = ["" if word.text == "Union" else word.lower for word in words[max(0, at - 5) : at]]
    # Behind a preposition begins somebody else: "the tycoon Jimmy Lai with President Xi", "a critic of Xi".
    inside = () if near[-1:] == ["of"] else ("of", "for")
    said = [n for n, word in enumerate(near) if word in vocabulary("speech.said")]
    said += [n for n, word in enumerate(near) if word in vocabulary("clauses.prepositions") and word not in inside]
    marks = [
        n for n, word in enumerate(near) if word == ":" or (word in (",", ".", ";", '"', "and") and n + 1 < len(near))
    ]
    cut = max([*said, *marks], default=-1)
    return not vocabulary("actors.outside").isdisjoint(near[cut + 1 :])


def _apposition(words: Sequence[Word], at: int) -> tuple[int, bool]:
    """Where ", the Danish prime minister," after a name ends, and whether it names one outside a government."""
    if at + 1 >= len(words) or words[at].text != ",":
        return at, False
    end = next((n for n in range(at + 1, min(at + _LONGEST_APPOSITION, len(words))) if words[n].text in ",;."), None)
    if end is None or words[at + 1].lower in ("who", "which", "and", "but", "said", "says", "in", "on"):
        return at, False
    inner = [word.lower for word in words[at + 1 : end]]
    outside = not vocabulary("actors.outside").isdisjoint(inner)
    office = not _offices().isdisjoint(inner)
    starts = inner[0] in ("the", "a", "an", "his", "her", "its", "president") or (
        office and words[at + 1].text[0].isupper()
    )
    return (end, outside) if starts and (office or outside) else (at, False)


# Places, and the offices that belong to them


def _placed(words: Sequence[Word], at: int, story: Story, before: Sequence[Mention]) -> Mention | None:
    found = place_at(words, at, story.day)
    if found is None or (at and words[at - 1].lower == "non"):
        return None
    length, place = found
    last = at + length
    if place.kind == "demonym" and _is_language(words, at, last):
        return None
    if _is_something_else(words, at, last, story):
        return None
    if place.kind == "capital" and last < len(words) and words[last].lower in vocabulary("names.signed"):
        return _mention(words, at, last, Party("", _printed(words, at, last), None, False), "other", 0.0)
    if place.kind == "office":
        place = place._replace(country=_whose_foreign_office(at, story, before) or place.country)
    if place.kind in ("ministry", "office", "seat"):
        return _office_of(words, at, last, last, place, story)
    if place.kind in ("company", "region", "media", "legislature", "nowhere"):
        return _mention(
            words,
            at,
            last,
            Party(place.country, _printed(words, at, last), None, False),
            "region" if place.kind == "region" else "other",
            0.7,
        )
    return _office_of(words, at, last, last + _possessive(words, last), place, story)


def _is_something_else(words: Sequence[Word], at: int, last: int, story: Story) -> bool:
    """Whether a country's name is somebody's, another place's, a firm's, or money: "in Georgia", "US$20"."""
    company = place_at(words, at - 1, None) if at else None
    money = last < len(words) and words[last].text == "$" and words[last - 1].end == words[last].start
    if money or (company and company[1].kind == "company"):
        return True
    if words[at].lower not in vocabulary("names.ambiguous"):
        return False
    if at and _is_name(words[at - 1]):
        story.strangers.add(words[at].text)
    elsewhere = at > 0 and words[at - 1].lower in (",", "in")
    return elsewhere or words[at].text in story.strangers or _inside_another_name(words, at, last)


def _whose_foreign_office(at: int, story: Story, before: Sequence[Mention]) -> str | None:
    """The country of "the German Foreign Office", or of where one writes."""
    if before and before[-1].owner and at - before[-1].last <= 1:
        return before[-1].country
    return story.home.country if story.home else None


def _is_language(words: Sequence[Word], at: int, last: int) -> bool:
    """Whether, as in "she said in French", it is what is spoken."""
    spoken = at > 0 and words[at - 1].lower in ("in", "into", "speaks", "speaking", "spoke")
    return spoken and (last >= len(words) or not words[last].text.isalpha() or words[last].lower in ("and", "that"))


def _office_of(words: Sequence[Word], at: int, last: int, after: int, place: Place, story: Story) -> Mention:
    """A place with the office and the name after it: "China's vice foreign minister Ma Zhaoxu"."""
    office = _office(words, after)
    seat = place.kind in ("ministry", "office", "seat")
    if office is None or _starts_person(words, after, office):
        kind: MentionKind = "adjective" if place.kind == "demonym" else "body" if seat else "state"
        if kind == "adjective" and words[at].lower.endswith("s") and words[at].lower not in ("chinese", "swiss"):
            kind = "people"
        party = Party(place.country, _printed(words, at, last), None, kind in ("state", "body"))
        if kind == "people" and story.actor and story.actor.country == place.country:
            party = story.actor
        return _mention(words, at, last, party, kind, 1.0)
    title = _printed(words, after, office.last)
    outside = office.outside or _outside_before(words, at)
    party = Party(place.country, _printed(words, at, office.last), title, not outside)
    end, party = _named(words, office, party, story)
    if party.government:
        story.appoint(title.lower(), party)
    return _mention(words, at, end, party, "person" if office.person else "body", 1.0)


def _starts_person(words: Sequence[Word], after: int, office: Office) -> bool:
    """Whether the name after an office is an official's of the table, who is then read as a person of their own."""
    at = office.last + (office.last < len(words) and words[office.last].text == ",")
    return not office.outside and at < len(words) and words[at].text[0].isupper() and _full_name(words, at, after)


def _full_name(words: Sequence[Word], at: int, after: int) -> bool:
    known = officials_at(words, at)
    return known is not None and (known.full or words[after].lower in vocabulary("actors.titles"))


def _named(words: Sequence[Word], office: Office, party: Party, story: Story) -> tuple[int, Party]:
    """The name after an office, if there is one, is taken in and remembered."""
    comma = office.last < len(words) and words[office.last].text == ","
    start = office.last + comma
    end = _name(words, start)
    if end == start or not office.person or (comma and not (end < len(words) and words[end].text == ",")):
        return office.last, party
    name = _printed(words, start, end)
    party = party._replace(name=name)
    story.meet(name, name.split()[0 if party.country in _FAMILY_NAME_FIRST else -1], party)
    return end, party


def _name(words: Sequence[Word], at: int) -> int:
    end = at
    while (
        end < len(words)
        and end - at < 5
        and (
            (_is_name(words[end]) and place_at(words, end, None) is None)
            or (end > at and words[end].lower in _PARTICLES)
        )
    ):
        end += 1
    return end if end > at and words[end - 1].text[0].isupper() else at


def _office(words: Sequence[Word], at: int) -> Office | None:
    """The office that begins at a word, the longest that can be read; or else who is outside: "the opposition"."""
    last, person, outside = 0, False, 0
    for n in range(at, min(at + _LONGEST_OFFICE, len(words))):
        lower = words[n].lower
        if lower in vocabulary("actors.outside") and lower not in vocabulary("actors.between"):
            return Office(n + 1, person=True, outside=True)
        if lower in _offices():
            last, person = n + 1, lower in vocabulary("actors.person")
        elif lower in vocabulary("actors.between") or words[n].text in ("-", "'s"):
            outside = n + 1 if lower in vocabulary("actors.outside") else outside
        else:
            break
    if not last:
        return Office(outside, person=True, outside=True) if outside else None
    return Office(
        last, person, not {"former", "ex", "opposition", "shadow"}.isdisjoint(word.lower for word in words[at:last])
    )


def _opening(words: Sequence[Word], at: int, before: Sequence[Mention]) -> Party | None:
    """The government of the place with which a sentence opens: "In Abuja, the foreign minister"."""
    place = before[-1] if before and before[-1].located and before[-1].first == 1 else None
    beside = place and [word.text for word in words[place.last : at]] in ([","], [",", "the"])
    return place.party if place and beside and place.country not in _UNIONS else None


def _office_alone(
    words: Sequence[Word], at: int, story: Story, possessor: Party | None, opening: Party | None
) -> Mention | None:
    """An office without its country: of the place after "of", of a name that follows, or of whom the text tells."""
    office = _office(words, at)
    if office is None or office.outside or (_starts_person(words, at, office) and not _outside_before(words, at)):
        return None
    if words[office.last - 1].lower not in vocabulary("references.offices"):
        return None
    title = _printed(words, at, office.last)
    if possessor is None and (of := _of_place(words, office.last, story)) is not None:
        last, place = of
        party = Party(place.country, _printed(words, at, last), title, not _outside_before(words, at))
        end, party = _named(words, Office(last, office.person, outside=False), party, story)
        return _mention(words, at, end, party, "person" if office.person else "body", 1.0)
    if _of_other(words, office.last):
        return None
    if possessor and at > 1 and words[at - 2].lower.startswith("recall"):
        return None  # "recalled its ambassador" is a deed
    holder = story.offices.get(title.lower()) or (story.offices.get(words[office.last - 1].lower))
    if possessor and holder and holder.country != possessor.country:
        holder = None
    party_or_none = holder or possessor or opening or _whose(words[office.last - 1].lower, office.person, story)
    before = words[at - 1].lower if at else ""
    definite = before in ("the", "his", "her", "its", "their", "mr") or words[at].text[0].isupper()
    definite = definite or (before == "'s" and possessor is not None)
    if party_or_none is None or not definite or _outside_before(words, at):
        return None
    told = party_or_none if holder else Party(party_or_none.country, title, title, government=True)
    if not holder and _name(words, office.last) > office.last and not _HEAD_WORDS.isdisjoint(title.lower().split()):
        return None  # tables know the heads of this one's government
    end, told = _named(words, office, told, story)
    return _mention(words, at, end, told, "person" if office.person else "body", 0.8 if holder else 0.55)


def _whose(office: str, person: bool, story: Story) -> Party | None:
    """Whose an office is that is named alone.

    An embassy is the guest's; a union of states has no ministry; where a text was written tells of ministries, not of
    who may be on a visit there.
    """
    actor = story.actor
    if person and actor is story.home:
        return None
    if actor and office in vocabulary("references.abroad"):
        return story.other_than(actor.country)
    return None if actor and actor.country in _UNIONS and office in vocabulary("references.of_states") else actor


def _of_place(words: Sequence[Word], at: int, story: Story) -> tuple[int, Place] | None:
    """The place of "president of the European Commission", "a spokesperson in Brussels"."""
    resident = words[at - 1].lower in vocabulary("references.resident")
    if at + 1 >= len(words) or words[at].lower not in (("of", "in", "for") if resident else ("of",)):
        return None
    start = at + 1 + (words[at + 1].lower == "the")
    found = place_at(words, start, story.day) if start < len(words) else None
    return (start + found[0], found[1]) if found and found[1].kind not in ("demonym", "nowhere") else None


def _of_other(words: Sequence[Word], at: int) -> bool:
    """Whether an office is of what is no country that we know: "premier of Ontario", "the government in Yaren"."""
    named = at + 1 < len(words) and _is_name(words[at + 1 + (words[at + 1].lower == "the" and at + 2 < len(words))])
    office = words[at - 1].lower
    if office in vocabulary("references.of_field"):
        return False
    resident = office in vocabulary("references.resident")
    return named and words[at].lower in (("of", "in") if resident else ("of",))


# Words that point back


def _references(words: Sequence[Word], at: int, story: Story, before: Sequence[Mention]) -> Iterator[Mention]:
    lower = words[at].lower
    known = None if opens_with_stranger(words[:at], before) else story.person
    person = next((each.party for each in before if each.kind == "person" and each.acts), known)
    if lower in vocabulary("references.they"):
        if person and not words[at].quoted:
            yield _mention(words, at, at + 1, person, "person", 0.85)
    elif (several := _several(words, at, story, before)) is not None:
        first, last = at - (at > 0 and words[at - 1].lower == "all"), _both(words, at)
        for party in several if last > at else ():
            yield _mention(words, first, last, party._replace(government=True), "state", 0.75)
    elif person and at and words[at - 1].lower in ("his", "her", "the"):
        other = story.other_than(person.country)
        if other:
            yield _mention(words, at, at + 1, other, "person", 0.7)


def _several(words: Sequence[Word], at: int, story: Story, before: Sequence[Mention]) -> Sequence[Party] | None:
    """Whom "both" or "all three" means: the sides named before if they are so many, or the last pair or list."""
    lower = words[at].lower
    if lower in vocabulary("references.they_two"):
        sides = one_each([each for each in before if each.party.government and not each.located])
        two = [each.party for each in sides] if len(sides) == 2 else []
        if two and not _follows(words, *sides):
            return two
        return story.pair or two  # "Egypt and Qatar urged both sides" means others
    if lower not in _COUNTS:
        return None
    listed = one_each([each for each in before if each.kind == "state" and not each.preposition])
    several = ([each.party for each in listed], story.group)
    return next((told for told in several if len(told) == _COUNTS[lower]), None)


def one_each(told: Sequence[Mention]) -> list[Mention]:
    """The first mention of each country, in order."""
    first: dict[str, Mention] = {}
    for each in told:
        first.setdefault(each.country, each)
    return list(first.values())


def _both(words: Sequence[Word], at: int) -> int:
    """Where "two countries", "both Asian neighbours", "the pair" or "the two" before a verb ends; else `at`."""
    end = at + 1
    while end < min(at + 3, len(words)) and _describes(words, end):
        end += 1
    if end < len(words) and words[end].lower in vocabulary("references.sides"):
        return end + 1
    following = words[at + 1].lower if at + 1 < len(words) else ""
    article = words[at - 1].lower if at else ""
    ends = article == "all" and not following.isalpha()
    alone = words[at].lower == "pair" or _is_verb(following) or ends
    return at + 1 if article in ("the", "all") and alone else at


def _is_verb(lower: str) -> bool:
    """Whether a word is a verb as far as that is seen without a cue."""
    return lower in vocabulary("clauses.auxiliary") or lower in vocabulary("speech.said") or lower.endswith("ed")


def _describes(words: Sequence[Word], at: int) -> bool:
    """Whether a word may stand between "two" and "neighbours": no verb, and nobody's name or country."""
    word = words[at]
    side = word.lower in vocabulary("references.sides") or place_at(words, at, None) is not None
    return word.text.isalpha() and not _is_verb(word.lower) and not side


def opens_with_stranger(words: Sequence[Word], named: Sequence[Mention]) -> bool:
    """Whether a sentence begins with the full name of someone whom no table knows."""
    first = named[0].first if named else len(words)
    return first > 1 and len(words) > 1 and _is_name(words[0]) and _is_name(words[1])


# Small parts


def _mention(words: Sequence[Word], first: int, last: int, party: Party, kind: MentionKind, trust: float) -> Mention:
    owner = kind == "adjective" or _possessive(words, last) > 0
    preposition = "" if _acts_after_preposition(words, last) else _preposition(words, first)
    return Mention(first, last, party, kind, owner, preposition, trust)


def _acts_after_preposition(words: Sequence[Word], last: int) -> bool:
    """Whether a party does something although a preposition goes before: "despite Trump threatening Ottawa"."""
    following = [word.lower for word in words[last : last + 2]]
    adverb = bool(following) and following[0].endswith("ly")
    verb = following[1:2] if adverb else following[:1]
    return bool(verb) and verb[0].endswith("ing") and len(verb[0]) > 5


def _preposition(words: Sequence[Word], at: int) -> str:
    at -= 1
    while at >= 0 and words[at].lower in _ARTICLES:
        at -= 1
    if at > 0 and words[at].lower == "of" and words[at - 1].lower in vocabulary("actors.land"):
        return ""
    if at >= 0 and words[at].lower in vocabulary("clauses.prepositions"):
        if at and words[at].lower == "in" and words[at - 1].lower in vocabulary("actors.made"):
            return "from"
        residence = at and words[at].lower == "in" and words[at - 1].lower in ("ambassador", "embassy", "envoy")
        return "to" if residence else words[at].lower
    return ""


def _possessive(words: Sequence[Word], at: int) -> int:
    if at >= len(words):
        return 0
    plural = words[at].text == "'" and words[at - 1].lower.endswith("s")
    return int(words[at].lower == "'s" or plural)


def _printed(words: Sequence[Word], first: int, last: int) -> str:
    return " ".join(word.text for word in words[first:last]).replace(" - ", "-").replace(" 's", "'s")


@cache
def _offices() -> frozenset[str]:
    return vocabulary("actors.person") | vocabulary("actors.body")


@cache
def _office_words() -> frozenset[str]:
    return _offices() | vocabulary("actors.between")


@cache
def _reference_words() -> frozenset[str]:
    told = vocabulary("references.they") | vocabulary("references.they_two") | vocabulary("references.other")
    return told | {*_COUNTS}


@cache
def _known_before() -> frozenset[str]:
    return _office_words() | vocabulary("actors.titles")
