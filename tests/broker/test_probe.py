import socket

import pytest

from streams.broker.errors import BrokerError
from streams.broker.probe import answers, assert_reachable


@pytest.mark.parametrize(
    "address", ["", "localhost", "localhost:", ":9092", "localhost:http", "localhost:0", "h:70000"]
)
def test_what_is_no_address_is_named(address):
    with pytest.raises(BrokerError, match="is no Kafka address: give host:port"):
        assert_reachable(address)


def test_one_broker_that_listens_is_enough(kafka):
    assert_reachable(f"127.0.0.1:1, {kafka}")
    assert answers(f"127.0.0.1:1,{kafka}")


def test_a_port_that_listens_and_says_nothing_does_not_answer():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert not answers(f"127.0.0.1:{silent.getsockname()[1]}", timeout=0.2)
