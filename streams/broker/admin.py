"""A connection for asking and creating, with Kafka's many failures told as one."""

from collections.abc import Iterator
from contextlib import contextmanager

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from streams.broker.errors import BrokerError
from streams.broker.probe import assert_reachable


@contextmanager
def connected(bootstrap: str) -> Iterator[KafkaAdminClient]:
    """An admin client of the cluster at `bootstrap`, closed at the end.

    Raises:
        BrokerError: the cluster cannot be reached or refuses what is asked inside the context.
    """
    assert_reachable(bootstrap)
    try:
        admin = KafkaAdminClient(bootstrap_servers=bootstrap.split(","), client_id="stance")
        try:
            yield admin
        finally:
            admin.close()
    except KafkaError as failure:
        raise BrokerError(f"Kafka at {bootstrap}: {failure}") from failure
