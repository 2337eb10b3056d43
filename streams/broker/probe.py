"""Whether a Kafka answers, asked by a bare socket: its clients back off for seconds when asked too early."""

import socket
import struct
from collections.abc import Iterator

from streams.broker.errors import BrokerError

_API_VERSIONS = struct.pack(">hhih", 18, 0, 1, -1)
"""Request header v1: api key 18, version 0, correlation 1, no client id. Source: Kafka protocol guide."""


def answers(bootstrap: str, timeout: float = 1.0) -> bool:
    """Whether a plaintext broker answers ApiVersions within `timeout` seconds."""
    return any(_asks(address, timeout) for address in _addresses(bootstrap))


def assert_reachable(bootstrap: str, timeout: float = 5.0) -> None:
    """Assert that an address of `bootstrap` (host:port, by commas) takes a connection in `timeout` seconds.

    Raises:
        BrokerError: none does, or an address is no host:port.
    """
    if not any(_connects(address, timeout) for address in _addresses(bootstrap)):
        raise BrokerError(f"no Kafka at {bootstrap}: start one with `stance broker start`, or set KAFKA_BOOTSTRAP")


def _addresses(bootstrap: str) -> Iterator[tuple[str, int]]:
    for address in bootstrap.split(","):
        host, _, port = address.strip().rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
            raise BrokerError(f"{address.strip()!r} is no Kafka address: give host:port")
        yield host.strip("[]"), int(port)


def _connects(address: tuple[str, int], timeout: float) -> bool:
    try:
        socket.create_connection(address, timeout).close()
    except OSError:
        return False
    return True


def _asks(address: tuple[str, int], timeout: float) -> bool:
    try:
        with socket.create_connection(address, timeout) as connection:
            connection.sendall(struct.pack(">i", len(_API_VERSIONS)) + _API_VERSIONS)
            return len(connection.recv(4)) == 4
    except OSError:
        return False
