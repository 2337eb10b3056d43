"""The notifier on a real broker: every shift is told, none twice for nothing, whatever crashes when."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from alerting_builders import Answering, Waits, a_step
from prometheus_client import CollectorRegistry
from webhook_server import Answer, Webhook, webhook

from schemas.cloudevents import decode, encode
from schemas.deliveries import AlertDelivered, AlertOutcome, AlertRefused, AlertSilenced, alert_id
from schemas.event import Event
from schemas.rejected import Rejected
from schemas.shifts import Shift, ShiftEnded, ShiftEscalated
from schemas.stances import StanceMeasured
from schemas.topics import DELIVERIES, PARTITIONS, REJECTED, SHIFTS
from streams.alerting.channel import Channel, Refused, RetryAfter
from streams.alerting.notifier import NAME, Notifier
from streams.alerting.rules import AlertRules
from streams.alerting.slack import SlackChannel
from streams.broker.errors import BrokerError
from streams.broker.log import read_log
from streams.metrics import Metrics

World = tuple[str, str]

ACTORS = ("AUS", "CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "KOR")
CONFIRMED = [a_step(actor=actor) for actor in ACTORS]


async def publish(world: World, *events: Event, key: bytes | None = None) -> None:
    records = [encode(event, "stance/test") for event in events]
    async with AIOKafkaProducer(bootstrap_servers=world[0]) as producer:
        for record in records:
            await producer.send_and_wait(
                SHIFTS.named(world[1]), record.value, key or record.key, headers=record.headers
            )


async def recorded(world: World) -> list[AlertOutcome]:
    log = read_log(world[0], DELIVERIES.named(world[1]))
    return [event async for record in log if isinstance(event := decode(record.headers, record.value), AlertOutcome)]


async def rejected(world: World) -> list[Rejected]:
    log = read_log(world[0], REJECTED.named(world[1]))
    return [event async for record in log if isinstance(event := decode(record.headers, record.value), Rejected)]


def a_notifier(
    world: World,
    *channels: Channel,
    rules: AlertRules | None = None,
    registry: CollectorRegistry | None = None,
    waits: Waits | None = None,
) -> Notifier:
    metrics = Metrics(registry or CollectorRegistry(), ACTORS, ("CHN", "USA"))
    return Notifier(*world, rules or AlertRules(), channels, metrics, pause=waits or Waits())


async def drain(world: World, *channels: Channel, **settings: Any) -> None:
    await a_notifier(world, *channels, **settings).run(until_drained=True)


def ids_of(steps: Sequence[Shift]) -> list[str]:
    return sorted(alert_id(step.event_id) for step in steps)


async def test_every_shift_is_told_on_every_channel_and_recorded(line: World) -> None:
    await publish(line, *CONFIRMED)
    console, slack = Answering(name="console"), Answering(name="slack")
    await drain(line, console, slack)
    assert sorted(console.ids) == sorted(slack.ids) == ids_of(CONFIRMED)
    outcomes = await recorded(line)
    assert {type(outcome) for outcome in outcomes} == {AlertDelivered}
    assert sorted(outcome.key for outcome in outcomes) == sorted(
        f"{identifier}/{channel}" for identifier in ids_of(CONFIRMED) for channel in ("console", "slack")
    )


async def test_the_steps_of_an_actor_are_told_in_their_order(line: World) -> None:
    steps = [
        a_step(),
        a_step(ShiftEscalated, at=date(2026, 1, 20)),
        a_step(ShiftEnded, at=date(2026, 2, 20)),
    ]
    await publish(line, *steps)
    channel = Answering(RetryAfter("429", 7.0))
    await drain(line, channel)
    first, *rest = channel.ids
    assert [first, *rest] == [first, *(alert_id(step.event_id) for step in steps)]


async def test_a_second_run_tells_nothing_again_but_what_is_new(line: World) -> None:
    await publish(line, *CONFIRMED)
    await drain(line, Answering())
    escalated = a_step(ShiftEscalated, at=date(2026, 1, 20))
    await publish(line, a_step(at=date(2026, 1, 18)), escalated)
    again = Answering()
    await drain(line, again)
    assert again.ids == ids_of([escalated])


async def test_lost_offsets_repeat_no_message_because_the_ledger_knows_them(line: World) -> None:
    bootstrap, prefix = line
    await publish(line, *CONFIRMED)
    await drain(line, Answering())
    async with AIOKafkaConsumer(
        bootstrap_servers=bootstrap, group_id=f"{prefix}{NAME}", enable_auto_commit=False
    ) as group:
        places = [TopicPartition(SHIFTS.named(prefix), partition) for partition in range(PARTITIONS)]
        group.assign(places)
        await group.commit(dict.fromkeys(places, 0))
    again = Answering()
    await drain(line, again)
    assert again.ids == []
    assert len(await recorded(line)) == len(CONFIRMED)


async def test_a_shift_that_judgement_published_twice_is_told_once(line: World) -> None:
    await publish(line, a_step(), a_step())
    channel = Answering()
    await drain(line, channel)
    assert channel.ids == ids_of([a_step()])
    assert len(await recorded(line)) == 1


async def test_two_worlds_with_the_same_shifts_get_the_same_alerts_byte_for_byte(line: World, prefix: str) -> None:
    from streams.broker import topics  # noqa: PLC0415

    other = (line[0], f"{prefix}b-")
    topics.create(*other)
    await publish(line, *CONFIRMED)
    await publish(other, *reversed(CONFIRMED))
    await drain(line, Answering())
    await drain(other, Answering())
    once, twice = [
        {outcome.key: outcome.model_dump_json() for outcome in await recorded(world)} for world in (line, other)
    ]
    assert once == twice


async def test_a_step_that_is_held_back_is_recorded_once_with_the_reason(line: World) -> None:
    await publish(line, a_step(), a_step())
    channel = Answering()
    await drain(line, channel, rules=AlertRules(actors=("GBR",)))
    assert channel.alerts == []
    (silence,) = await recorded(line)
    assert isinstance(silence, AlertSilenced)
    assert silence.reason == "CAN is not among the actors to alert on"
    assert silence.step_ids == (a_step().event_id,)


async def test_an_end_is_told_after_a_restart_because_its_beginning_is_remembered(line: World) -> None:
    await publish(line, a_step(), a_step(actor="GBR"))
    await drain(line, Answering(), rules=AlertRules(actors=("CAN",)))
    ends = [a_step(ShiftEnded, actor=actor, at=date(2026, 3, 1)) for actor in ("CAN", "GBR")]
    await publish(line, *ends)
    channel = Answering()
    await drain(line, channel)
    assert channel.ids == ids_of(ends[:1])


async def test_records_that_are_no_shifts_are_rejected_by_their_place_and_the_rest_is_told(
    line: World,
) -> None:
    stance = StanceMeasured(
        actor="CAN",
        pole="CHN",
        day=date(2026, 1, 1),
        score=0.1,
        low=0.0,
        high=0.2,
        baseline=0.0,
        stories=3,
        rules="1",
    )
    async with AIOKafkaProducer(bootstrap_servers=line[0]) as producer:
        topic = SHIFTS.named(line[1])
        await producer.send_and_wait(topic, b"\xff\x00 poison", b"CAN")
        await producer.send_and_wait(
            topic, b'{"actor": 1}', b"CAN", headers=[("ce_type", b"stance.shift-confirmed.v1")]
        )
        await producer.send_and_wait(topic, None, b"CAN", headers=[("ce_type", b"stance.shift-confirmed.v1")])
    await publish(line, stance, key=b"CAN")
    await publish(line, a_step(), key=b"GBR")
    await publish(line, a_step())
    channel = Answering()
    await drain(line, channel)
    assert channel.ids == ids_of([a_step()])
    refused = {refusal.reason.split(": ")[0]: refusal for refusal in await rejected(line)}
    assert set(refused) == {
        "no ce_type header",
        "stance.shift-confirmed.v1",
        "stance.shift-confirmed.v1 without a value",
        f"stance.stance-measured.v1 does not belong on {SHIFTS.named(line[1])}",
        "keyed by b'GBR', but it is of CAN",
    }
    assert refused["no ce_type header"].content == b"\xff\x00 poison"
    assert refused["no ce_type header"].where.startswith(f"{SHIFTS.named(line[1])}/")


def deliveries(registry: CollectorRegistry, channel: str, outcome: str) -> float | None:
    labels = {"channel": channel, "outcome": outcome, "mode": "live"}
    return registry.get_sample_value("stance_alert_deliveries_total", labels)


async def test_what_fails_for_good_is_recorded_with_its_reason_and_counted(line: World) -> None:
    await publish(line, a_step())
    registry, waits = CollectorRegistry(), Waits()
    await drain(line, Answering(*[RetryAfter("500: down")] * 100), registry=registry, waits=waits)
    (refusal,) = await recorded(line)
    assert isinstance(refusal, AlertRefused)
    assert refusal.reason == "given up after 16 tries: 500: down"
    assert waits.seconds == [1, 2, 4, 8, 16, 32, *[60] * 9]
    assert deliveries(registry, "answering", "retried") == 15
    assert deliveries(registry, "answering", "refused") == 1


async def test_a_disabled_channel_gets_nothing_more_and_each_alert_says_so(line: World) -> None:
    steps = [a_step(), a_step(ShiftEscalated, at=date(2026, 1, 20))]
    await publish(line, *steps)
    registry = CollectorRegistry()
    slack, console = Answering(Refused("403: gone", disables=True), name="slack"), Answering(name="console")
    await drain(line, slack, console, registry=registry)
    assert slack.ids == ids_of(steps[:1])
    assert len(console.ids) == 2
    reasons = sorted(outcome.reason for outcome in await recorded(line) if isinstance(outcome, AlertRefused))
    assert reasons == ["403: gone", "channel disabled by 403: gone"]
    assert deliveries(registry, "slack", "disabled") == 1
    assert deliveries(registry, "slack", "refused") == 2
    assert deliveries(registry, "console", "delivered") == 2


async def test_a_bad_hour_of_slack_ends_with_every_alert_taken_once_and_no_secret_on_kafka(
    line: World,
) -> None:
    await publish(line, *CONFIRMED[:3])
    bad = [
        Answer(429, headers={"retry-after": "2"}),
        Answer(500),
        Answer(hangs="before"),
        Answer(400),
        Answer(200, b"no"),
    ]
    waits = Waits()
    with webhook(*bad) as hook:
        async with httpx.AsyncClient() as client:
            await drain(line, SlackChannel(hook.url, client, 0.5), waits=waits)
    assert waits.seconds == [2, 2, 4]
    outcomes = await recorded(line)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "AlertDelivered",
        "AlertDelivered",
        "AlertRefused",
    ]
    assert "very-secret" not in "".join(outcome.model_dump_json() for outcome in outcomes)


NOTIFY = """
import asyncio, os
import httpx
from prometheus_client import CollectorRegistry
from pydantic import SecretStr
from streams.alerting.notifier import Notifier
from streams.alerting.rules import AlertRules
from streams.alerting.slack import SlackChannel
from streams.metrics import Metrics

async def notify():
    async with httpx.AsyncClient() as client:
        slack = SlackChannel(SecretStr(os.environ["HOOK"]), client)
        metrics = Metrics(CollectorRegistry(), (), ())
        await Notifier(os.environ["KAFKA"], os.environ["PREFIX"], AlertRules(), [slack], metrics).run()

asyncio.run(notify())
"""


def start_notifier(world: World, hook: Webhook) -> subprocess.Popen[bytes]:
    root = Path(__file__).parents[2]
    given = {
        "KAFKA": world[0],
        "PREFIX": world[1],
        "HOOK": hook.url.get_secret_value(),
        "PYTHONPATH": str(root),
    }
    return subprocess.Popen([sys.executable, "-c", NOTIFY], env={**os.environ, **given}, cwd=root)


@pytest.mark.parametrize("told_before", [0, 4])
async def test_killed_between_send_and_record_it_repeats_that_alert_with_its_id_and_loses_none(
    line: World, told_before: int
) -> None:
    await publish(line, *CONFIRMED)
    running: list[subprocess.Popen[bytes]] = []
    kills = Answer(first=lambda: os.kill(running[0].pid, signal.SIGKILL))
    with webhook(*[Answer()] * told_before, kills) as hook:
        running.append(start_notifier(line, hook))
        try:
            code = await asyncio.to_thread(running[0].wait, 60)
        finally:
            running[0].kill()
            running[0].wait()
        assert code == -signal.SIGKILL
        async with httpx.AsyncClient() as client:
            await drain(line, SlackChannel(hook.url, client))
    told = [text.splitlines()[-1].split(" ")[0] for text in hook.texts]
    assert sorted(set(told)) == ids_of(CONFIRMED)
    assert len(told) == len(CONFIRMED) + 1
    assert told.count(told[told_before]) == 2
    assert sorted(outcome.alert_id for outcome in await recorded(line)) == ids_of(CONFIRMED)


async def test_stopped_while_waiting_for_a_channel_it_loses_nothing(line: World) -> None:
    await publish(line, *CONFIRMED)
    waiting = asyncio.Event()

    async def wait_for_ever(_: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    notifier = a_notifier(line, Answering(RetryAfter("429", 60.0)), waits=wait_for_ever)  # type: ignore[arg-type]
    running = asyncio.create_task(notifier.run())
    await asyncio.wait_for(waiting.wait(), 60)
    assert notifier.ready
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not notifier.ready
    channel = Answering()
    await drain(line, channel)
    assert sorted(channel.ids) == ids_of(CONFIRMED)


async def test_two_notifiers_share_the_shifts_and_when_one_goes_the_other_tells_the_rest(line: World) -> None:
    first, second = Answering(name="x"), Answering(name="x")
    running = [asyncio.create_task(a_notifier(line, channel).run()) for channel in (first, second)]
    later = [a_step(ShiftEscalated, actor=actor, at=date(2026, 2, 1)) for actor in ACTORS]
    try:
        await publish(line, *CONFIRMED)
        await told(line, CONFIRMED)
        running[0].cancel()
        await asyncio.wait(running[:1])
        await publish(line, *later)
        await told(line, [*CONFIRMED, *later])
    finally:
        for task in running:
            task.cancel()
        await asyncio.wait(running)
    assert {*first.ids, *second.ids} == set(ids_of([*CONFIRMED, *later]))


async def told(world: World, steps: Sequence[Shift]) -> None:
    """Waits until each of the steps stands in the ledger."""
    async with asyncio.timeout(60):
        while {outcome.alert_id for outcome in await recorded(world)} < set(ids_of(steps)):
            await asyncio.sleep(0.05)


async def test_the_queue_and_the_latest_event_are_in_the_metrics(line: World) -> None:
    await publish(line, *CONFIRMED)
    registry = CollectorRegistry()
    await drain(line, Answering(), registry=registry)
    assert registry.get_sample_value("stance_alert_queue_depth", {"mode": "live"}) == 0
    latest = registry.get_sample_value("stance_last_event_timestamp_seconds", {"mode": "live"})
    assert latest == CONFIRMED[0].event_time.timestamp()
    assert registry.get_sample_value("stance_event_lag_seconds_count", {"mode": "live"}) == len(CONFIRMED)


async def test_without_a_broker_it_says_where_none_answers() -> None:
    with pytest.raises(BrokerError, match=r"127\.0\.0\.1:1\b"):
        await drain(("127.0.0.1:1", "x-"), Answering())
