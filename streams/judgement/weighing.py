"""What a statement is worth as a vote: what was done weighs more than what was said."""

from schemas.plover import Mode
from schemas.statements import StatementDetected
from streams.judgement.decay import growth
from streams.judgement.rules import Rules
from streams.judgement.state import MICRO, Member, Quote, Sums, Vote

LEAST, MOST = 0.4, 1.5
"""Votes per story: a kind word at the least, a pact signed or a ban imposed at the most."""

_RETOLD = 0.5
"""Share of its weight that background keeps: it was judged when it happened, if it was seen then."""


def counts(statement: StatementDetected, rules: Rules) -> bool:
    """Whether a statement is evidence: a government's own, toward a pole, signed, and sure enough."""
    return (
        statement.target in rules.poles
        and statement.sign != 0
        and statement.strength > 0
        and statement.speaker.is_government
        and statement.confidence >= rules.least_confidence
    )


def member_of(statement: StatementDetected) -> Member:
    """The statement as part of a story."""
    happened = min(statement.occurred_to, statement.published.date()).toordinal()
    own_band = int.from_bytes(statement.article_id.encode()[-8:], "big")
    return Member(
        published=int(statement.published.timestamp()),
        bands=tuple(sorted({*statement.sketch, own_band})),
        vote=Vote(happened, _weight(statement), round(statement.polarity * MICRO)),
        quote=Quote(
            statement.id,
            statement.article_id,
            statement.quote,
            statement.start,
            statement.end,
            statement.speaker.name,
            statement.outlet,
            statement.url,
            round(statement.confidence * MICRO),
        ),
    )


def _weight(statement: StatementDetected) -> int:
    done = LEAST + (MOST - LEAST) * max(0.0, (statement.strength - 0.4) / 0.6)
    retold = _RETOLD if statement.mode is Mode.RETOLD else 1.0
    return round(min(done, MOST) * retold * statement.confidence * MICRO)


def terms(vote: Vote, rules: Rules) -> Sums:
    """A vote's part in the sums."""
    f = growth(vote.day, rules.recent_half_life)
    b = growth(vote.day, rules.baseline_half_life)
    w, s = vote.weight, vote.score
    return Sums(
        wf=w * f,
        sf=w * s * f,
        vf=w * w * f * f,
        qf=w * s * s * f,
        wb=w * b,
        sb=w * s * b,
        vb=w * w * b * b,
        qb=w * s * s * b,
        x=w * w * f * b,
    )
