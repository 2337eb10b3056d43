"""Tries are bounded, waits grow or are what the channel asks for, and what fails for good is not tried again."""

import pytest
from alerting_builders import Answering, Waits, an_alert

from streams.alerting.channel import Delivered, Outcome, Refused, RetryAfter
from streams.alerting.delivery import ATTEMPTS, deliver

DOWN = RetryAfter("500: down")


async def delivered(*outcomes: Outcome) -> tuple[Outcome, Answering, Waits, int]:
    channel, waits, retries = Answering(*outcomes), Waits(), []
    outcome = await deliver(channel, an_alert(), waits, lambda: retries.append(1))
    return outcome, channel, waits, len(retries)


async def test_what_is_taken_at_once_is_sent_once() -> None:
    outcome, channel, waits, retries = await delivered(Delivered())
    assert (outcome, len(channel.alerts), waits.seconds, retries) == (Delivered(), 1, [], 0)


async def test_waits_double_from_one_second_up_to_sixty() -> None:
    outcome, _, waits, retries = await delivered(*[DOWN] * 8)
    assert outcome == Delivered()
    assert waits.seconds == [1, 2, 4, 8, 16, 32, 60, 60]
    assert retries == 8


async def test_a_channel_that_asks_for_a_longer_wait_gets_it_up_to_sixty_seconds() -> None:
    outcome, channel, waits, _ = await delivered(*(RetryAfter("429", asked) for asked in (7.0, 0.0, 3_600.0)))
    assert outcome == Delivered()
    assert waits.seconds == [7, 2, 60]
    assert len(set(channel.ids)) == 1


async def test_after_the_last_try_it_is_refused_with_the_last_reason_and_without_another_wait() -> None:
    outcome, channel, waits, _ = await delivered(*[DOWN] * 100)
    assert outcome == Refused(f"given up after {ATTEMPTS} tries: 500: down")
    assert len(channel.alerts) == ATTEMPTS
    assert len(waits.seconds) == ATTEMPTS - 1


async def test_the_last_try_counts() -> None:
    outcome, channel, _, _ = await delivered(*[DOWN] * (ATTEMPTS - 1))
    assert outcome == Delivered()
    assert len(channel.alerts) == ATTEMPTS


@pytest.mark.parametrize("refused", [Refused("400: no_text"), Refused("403: gone", disables=True)])
async def test_what_is_refused_is_not_tried_again(refused: Refused) -> None:
    outcome, channel, waits, _ = await delivered(refused)
    assert (outcome, len(channel.alerts), waits.seconds) == (refused, 1, [])
