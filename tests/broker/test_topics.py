import pytest
from kafka import KafkaAdminClient

from schemas.topics import PARTITIONS, TOPICS
from streams.broker import topics
from streams.broker.admin import connected
from streams.broker.errors import BrokerError


def test_every_topic_of_the_language_is_created_with_its_partitions(kafka, prefix):
    topics.create(kafka, prefix)
    with connected(kafka) as admin:
        made = {told["name"]: len(told["partitions"]) for told in _described(admin, prefix)}
    assert made == {f"{prefix}{topic.name}": 12 for topic in TOPICS}


def test_creating_topics_again_changes_nothing(kafka, prefix):
    topics.create(kafka, prefix)
    topics.create(kafka, prefix)
    topics.assert_kept(kafka, prefix)


def test_a_missing_topic_is_named(kafka, prefix):
    with pytest.raises(BrokerError, match=f"topic {prefix}articles does not exist"):
        topics.assert_kept(kafka, prefix)


def test_a_topic_that_would_forget_the_log_is_named_with_its_setting(kafka, prefix):
    _make(kafka, f"{prefix}statements", PARTITIONS, {"retention.ms": "604800000"})
    topics.create(kafka, prefix)
    expected = f"topic {prefix}statements has retention.ms=604800000, must have -1"
    with pytest.raises(BrokerError, match=expected):
        topics.assert_kept(kafka, prefix)


def test_a_topic_with_another_partition_count_is_named(kafka, prefix):
    _make(kafka, f"{prefix}articles", 3, {"retention.ms": "-1"})
    topics.create(kafka, prefix)
    with pytest.raises(BrokerError, match=f"topic {prefix}articles has 3 partitions, must have 12"):
        topics.assert_kept(kafka, prefix)


def test_an_unreachable_cluster_is_told_at_once_and_by_its_address():
    with pytest.raises(BrokerError, match=r"no Kafka at 127.0.0.1:1: start one"):
        topics.create("127.0.0.1:1")


def _described(admin: KafkaAdminClient, prefix: str) -> list[dict]:
    return admin.describe_topics([topic.named(prefix) for topic in TOPICS])


def _make(bootstrap: str, name: str, partitions: int, config: dict[str, str]) -> None:
    with connected(bootstrap) as admin:
        admin.create_topics({name: {"num_partitions": partitions, "configs": config}}, wait_for_metadata=True)
