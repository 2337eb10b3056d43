"""The topics of the language on a broker: created once, by name, and asserted to keep what they must."""

from collections.abc import Iterator
from contextlib import suppress

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import TopicAlreadyExistsError

from schemas.topics import PARTITIONS, TOPICS
from streams.broker.admin import connected
from streams.broker.errors import BrokerError


def create(bootstrap: str, prefix: str = "") -> None:
    """Create every topic that is missing under `prefix`, with its partitions and retention; safe to repeat.

    The replication factor is the cluster's default.

    Raises:
        BrokerError: the cluster cannot be reached or refuses.
    """
    with connected(bootstrap) as admin:
        present = set(admin.list_topics())
        missing = {
            topic.named(prefix): {"num_partitions": PARTITIONS, "configs": topic.config}
            for topic in TOPICS
            if topic.named(prefix) not in present
        }
        if missing:
            _create(admin, missing)


def assert_kept(bootstrap: str, prefix: str = "") -> None:
    """Assert that every topic under `prefix` exists with its partitions and keeps what it must.

    Raises:
        BrokerError: naming each topic and setting that is wrong, with the value that it must have.
    """
    with connected(bootstrap) as admin:
        faults = [*_partition_faults(admin, prefix), *_config_faults(admin, prefix)]
    if faults:
        raise BrokerError("; ".join(faults))


def _create(admin: KafkaAdminClient, missing: dict[str, dict[str, object]]) -> None:
    # Another process of the line may have started at the same moment: then it makes the rest, too.
    with suppress(TopicAlreadyExistsError):
        admin.create_topics(missing)
    admin.wait_for_topics(list(missing))


def _partition_faults(admin: KafkaAdminClient, prefix: str) -> Iterator[str]:
    names = [topic.named(prefix) for topic in TOPICS]
    counts = {told["name"]: len(told["partitions"]) for told in admin.describe_topics(names)}
    for name in names:
        if not (count := counts.get(name, 0)):
            yield f"topic {name} does not exist"
        elif count != PARTITIONS:
            yield f"topic {name} has {count} partitions, must have {PARTITIONS}: make a new topic"


def _config_faults(admin: KafkaAdminClient, prefix: str) -> Iterator[str]:
    asked = [ConfigResource(ConfigResourceType.TOPIC, topic.named(prefix), topic.config) for topic in TOPICS]
    told = admin.describe_configs(asked, config_filter="all")["topic"]
    for topic in TOPICS:
        name = topic.named(prefix)
        for setting, value in topic.config.items():
            actual = told.get(name, {}).get(setting, {}).get("value", value)
            if actual != value:
                yield f"topic {name} has {setting}={actual}, must have {value}"


def delete(bootstrap: str, prefix: str) -> None:
    """Delete every topic under `prefix`, changelogs included.

    Raises:
        BrokerError: the cluster cannot be reached, or `prefix` is empty, which would delete everything.
    """
    if not prefix:
        raise BrokerError("refusing to delete every topic: give a prefix")
    with connected(bootstrap) as admin:
        if doomed := [name for name in admin.list_topics() if name.startswith(prefix)]:
            admin.delete_topics(doomed)
