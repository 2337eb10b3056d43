"""What a statement is worth: what was done weighs more than what was said, and what is sure more than what is not."""

from array import array
from hashlib import blake2b
from sys import byteorder

from schemas.statements import StatementDetected
from streams.judgement.rules import Rules
from streams.judgement.stories import BAND_BITS, BANDS, MILLION, Account, Print, Quote, Story, Vote

MOST_QUOTED = 280
"""Characters of a quote that are kept."""

_BAND = (1 << BAND_BITS - 1) - 1


def counts(statement: StatementDetected, rules: Rules) -> bool:
    """Whether a statement is evidence: a government's own, toward a pole, signed, and sure enough."""
    return (
        statement.target in rules.poles
        and statement.sign != 0
        and statement.speaker.is_government
        and statement.confidence >= rules.least_confidence
        and statement.strength > 0
    )


def weight_of(statement: StatementDetected, rules: Rules) -> int:
    """Millionths of a vote: by strength, times the weights of mode and root, times confidence."""
    kind = rules.mode_weights.get(statement.mode, 1.0) * rules.root_weights.get(statement.root, 1.0)
    votes = rules.lightest + (rules.heaviest - rules.lightest) * statement.strength
    return round(votes * kind * statement.confidence * MILLION)


def story_of(statement: StatementDetected, closed: int, rules: Rules) -> Story:
    """The statement as a story of its own, told when the day `closed` was over."""
    carried = statement.published.toordinal()
    happened = min(statement.occurred_to.toordinal(), carried)
    published = int(statement.published.timestamp())
    # What comes after the horizon is kept as if it had been published when it came, so that it counts once, too.
    until = (carried if closed - carried <= rules.horizon else closed) + rules.memory
    vote = Vote(happened, weight_of(statement, rules), round(statement.polarity * MILLION))
    account, printed = Account(vote, published, _quote(statement)), Print(until, published, _bands(statement))
    return Story(published, carried, statement.sign, account, (), (statement.outlet,), (printed,))


def _quote(statement: StatementDetected) -> Quote:
    text = statement.quote[:MOST_QUOTED]
    return Quote(
        statement.id,
        statement.article_id,
        text,
        statement.start,
        statement.start + len(text),
        statement.speaker.name,
        statement.root.value,
        statement.outlet,
        statement.url,
        round(statement.confidence * MILLION),
    )


def _bands(statement: StatementDetected) -> int:
    own = int.from_bytes(blake2b(statement.article_id.encode(), digest_size=BAND_BITS // 8).digest(), "big") & _BAND
    bands = [own, *[band & _BAND for band in statement.sketch[: BANDS - 1]]]
    # Where a sketch has no band the article's own stands, so that what is missing in two is no common band.
    bands += [own] * (BANDS - len(bands))
    lanes = array("I", bands)
    return int.from_bytes(lanes.tobytes(), byteorder)
