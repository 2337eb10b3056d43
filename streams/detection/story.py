"""What a text has told so far: who is who, who spoke last, and between whom it happens."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Party(NamedTuple):
    """A side: a country and who stands for it."""

    country: str
    name: str
    role: str | None
    government: bool


Tally = dict[str, tuple[int, Party]]
"""A count for each country, and the first of it that was counted."""


@dataclass
class Story:
    """Grows from sentence to sentence, within one text."""

    day: date | None
    home: Party | None = None
    """The government of the place the text was written in, where it says so."""
    names: dict[str, Party] = field(default_factory=dict)
    """People, by full name and by last name."""
    strangers: set[str] = field(default_factory=set)
    """Last names of people whom no table knows."""
    offices: dict[str, Party] = field(default_factory=dict)
    """Who was last called "prime minister", "minister", "ministry"."""
    person: Party | None = None
    """He or she."""
    actor: Party | None = None
    """The government that was last said to do something."""
    speaker: Party | None = None
    """Who spoke last."""
    critic: Party | None = None
    """Who last spoke or found fault: whose "the remarks", "the claim" are."""
    doer: Party | None = None
    """Who last did harm: whose "the raids", "the measures" are."""
    mover: Party | None = None
    """Who last did anything, good or bad: whose "the decision", "the move" is."""
    pair: tuple[Party, Party] | None = None
    """The two sides that were last named together."""
    group: tuple[Party, ...] = ()
    """The governments of the last list of three or more: "the six", "all four countries"."""
    named: Tally = field(default_factory=dict)
    """How often each country was named, and by what."""
    blame: Tally = field(default_factory=dict)
    """How much fault was found with each country, and with whom of it."""

    def meet(self, name: str, surname: str, party: Party) -> None:
        """Remember someone by the full name and the surname."""
        self.names[name] = party
        self.names[surname] = party

    def appoint(self, office: str, party: Party) -> None:
        """Remember who holds an office, by the whole of its name and by its last word."""
        self.offices[office] = party
        self.offices[office.rsplit(maxsplit=1)[-1]] = party

    def other_than(self, country: str) -> Party | None:
        """The other side of the last pair, if the country is one of it."""
        if self.pair and country in (self.pair[0].country, self.pair[1].country):
            return self.pair[1] if self.pair[0].country == country else self.pair[0]
        return None

    def most_named(self, country: str) -> Party | None:
        """Who is named most, and more than once, of the others than a country."""
        return _most(self.named, country, least=2)

    def most_blamed(self, country: str) -> Party | None:
        """With whom most fault was found, of the others than a country."""
        return _most(self.blame, country, least=1)

    def charge(self, party: Party, weight: int) -> None:
        """Count a fault that was found with a party."""
        _add(self.blame, party, weight)

    def count(self, party: Party) -> None:
        """Count a naming of a country."""
        _add(self.named, party, 1)


def _add(tally: Tally, party: Party, weight: int) -> None:
    before, first = tally.get(party.country, (0, party))
    tally[party.country] = (before + weight, first)


def _most(tally: Tally, country: str, least: int) -> Party | None:
    others = [told for told in tally.values() if told[1].country != country and told[0] >= least]
    return max(others, key=lambda told: told[0])[1] if others else None
