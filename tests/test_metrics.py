"""The metrics have the names that dashboards rely on, few labels, and a server that says whether to trust it."""

import re
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from alerting_builders import a_step
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from schemas.shifts import ShiftEnded, ShiftEscalated
from schemas.stances import StanceMeasured
from streams.metrics import Metrics, Mode, PortTaken, serve

AT = datetime(2026, 1, 16, 12, tzinfo=UTC)


def a_stance(actor: str = "CAN", pole: str = "CHN", score: float = 0.22) -> StanceMeasured:
    return StanceMeasured(
        actor=actor,
        pole=pole,
        day=date(2026, 1, 16),
        score=score,
        low=-1,
        high=1,
        baseline=0,
        stories=6,
        rules="1",
    )


def some_metrics(mode: Mode = "live") -> tuple[Metrics, CollectorRegistry]:
    registry = CollectorRegistry()
    return Metrics(registry, ("CAN", "GBR"), ("CHN", "USA"), mode), registry


def everything_happens(metrics: Metrics) -> None:
    metrics.stance(a_stance())
    metrics.shift(a_step())
    metrics.article("published")
    metrics.delivery("slack", "delivered")
    metrics.queue(3)
    metrics.event(AT, AT + timedelta(seconds=30))


def test_every_metric_has_the_name_and_labels_that_panels_and_rules_use() -> None:
    metrics, registry = some_metrics()
    everything_happens(metrics)
    text = generate_latest(registry).decode()
    samples = {
        sample.name: set(sample.labels)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith("_created")
    }
    assert samples == {
        "stance_score": {"actor", "pole", "mode"},
        "stance_shifts_total": {"actor", "pole", "direction", "mode"},
        "stance_articles_total": {"outcome", "mode"},
        "stance_alert_deliveries_total": {"channel", "outcome", "mode"},
        "stance_alert_queue_depth": {"mode"},
        "stance_event_lag_seconds_bucket": {"le", "mode"},
        "stance_event_lag_seconds_count": {"mode"},
        "stance_event_lag_seconds_sum": {"mode"},
        "stance_last_event_timestamp_seconds": {"mode"},
        "stance_build_info": {"version"},
    }


def test_a_replay_leaves_no_live_series() -> None:
    metrics, registry = some_metrics("replay")
    everything_happens(metrics)
    assert 'mode="live"' not in generate_latest(registry).decode()


def test_nothing_goes_to_the_process_wide_registry() -> None:
    everything_happens(some_metrics()[0])
    assert "stance_" not in generate_latest(REGISTRY).decode()


def test_an_actor_that_is_not_watched_becomes_other() -> None:
    metrics, registry = some_metrics()
    metrics.shift(a_step(actor="NZL", pole="RUS"))
    labels = {"actor": "other", "pole": "other", "direction": "warming", "mode": "live"}
    assert registry.get_sample_value("stance_shifts_total", labels) == 1


def test_a_stance_of_others_is_not_shown_because_they_would_overwrite_each_other() -> None:
    metrics, registry = some_metrics()
    metrics.stance(a_stance(actor="NZL"))
    assert "stance_score{" not in generate_latest(registry).decode()


def test_a_stance_shows_the_last_score() -> None:
    metrics, registry = some_metrics()
    metrics.stance(a_stance(score=0.1))
    metrics.stance(a_stance(score=-0.4))
    labels = {"actor": "CAN", "pole": "CHN", "mode": "live"}
    assert registry.get_sample_value("stance_score", labels) == -0.4


def test_an_episode_counts_as_one_shift() -> None:
    metrics, registry = some_metrics()
    for step in (
        a_step(),
        a_step(ShiftEscalated, at=date(2026, 1, 20)),
        a_step(ShiftEnded, at=date(2026, 3, 1)),
    ):
        metrics.shift(step)
    labels = {"actor": "CAN", "pole": "CHN", "direction": "warming", "mode": "live"}
    assert registry.get_sample_value("stance_shifts_total", labels) == 1


def test_lag_is_in_seconds_and_a_late_event_does_not_turn_the_clock_back() -> None:
    metrics, registry = some_metrics()
    metrics.event(AT, AT + timedelta(seconds=30))
    metrics.event(AT - timedelta(days=400), AT)
    metrics.event(AT, AT - timedelta(seconds=5))
    bucket = "stance_event_lag_seconds_bucket"
    counts = [
        registry.get_sample_value(bucket, {"le": le, "mode": "live"}) for le in ("10.0", "60.0", "2.592e+06", "+Inf")
    ]
    assert counts == [1, 2, 2, 3]
    latest = registry.get_sample_value("stance_last_event_timestamp_seconds", {"mode": "live"})
    assert latest == AT.timestamp()


def asked(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://{host}:{port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def test_metrics_are_served_on_a_free_port_of_loopback() -> None:
    metrics, registry = some_metrics()
    everything_happens(metrics)
    with serve(registry, 0, lambda: True) as port:
        status, text = asked(port, "/metrics")
    assert status == 200
    assert 'stance_score{actor="CAN",mode="live",pole="CHN"} 0.22' in text


@pytest.mark.parametrize(
    ("ready", "path", "status", "words"),
    [
        (lambda: True, "/ready", 200, "ready"),
        (lambda: False, "/ready", 503, "not ready: starting, or waiting for its partitions"),
        (lambda: True, "/", 404, "see /metrics and /ready"),
        (lambda: True, "/ready/../metrics", 404, "see /metrics and /ready"),
    ],
)
def test_an_address_answers(ready: Callable[[], bool], path: str, status: int, words: str) -> None:
    with serve(CollectorRegistry(), 0, ready) as port:
        assert asked(port, path) == (status, f"{words}\n")


def test_a_taken_port_is_named_with_what_to_do_in_one_line() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        with (
            pytest.raises(PortTaken, match=re.escape(f"127.0.0.1:{port}: Address already in use; set")) as refusal,
            serve(CollectorRegistry(), port, lambda: True),
        ):
            pass
    assert "STANCE_METRICS_PORT" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_host_that_is_not_ours_is_named() -> None:
    with pytest.raises(PortTaken, match=r"192\.0\.2\.1:0"), serve(CollectorRegistry(), 0, bool, "192.0.2.1"):
        pass


def test_the_port_is_free_again_at_the_end_also_after_a_failure() -> None:
    with pytest.raises(KeyError), serve(CollectorRegistry(), 0, lambda: True) as port:
        raise KeyError
    with serve(CollectorRegistry(), port, lambda: True):
        assert asked(port, "/ready")[0] == 200
