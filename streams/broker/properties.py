"""What Kafka is told: one KRaft node on loopback, small, which keeps everything it is given."""

import base64
import uuid
from pathlib import Path

HOST = "127.0.0.1"


def server_properties(data: Path, port: int, controller_port: int) -> str:
    """The text of server.properties: the broker's port and its controller's, and where its log lies."""
    settings = {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.voters": f"1@{HOST}:{controller_port}",
        "listeners": f"PLAINTEXT://{HOST}:{port},CONTROLLER://{HOST}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.listener.names": "CONTROLLER",
        "log.dirs": _escaped(str(data)),
        "auto.create.topics.enable": "false",
        "default.replication.factor": "1",
        "min.insync.replicas": "1",
        "offsets.topic.replication.factor": "1",
        "offsets.topic.num.partitions": "1",
        # A line that rested for a month goes on where it stood; Kafka would forget its groups after a week.
        "offsets.retention.minutes": str(10 * 366 * 24 * 60),
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        "group.initial.rebalance.delay.ms": "0",
        # A killed broker may come back only when its old session has ended: soon, not after 9 s.
        "broker.session.timeout.ms": "3000",
        "broker.heartbeat.interval.ms": "500",
        "log.cleaner.dedupe.buffer.size": "2097152",
        "log.index.size.max.bytes": "1048576",
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def meta_properties() -> str:
    """The text of meta.properties that makes an empty directory a formatted one, with a new cluster id."""
    cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    return f"version=1\ncluster.id={cluster}\nnode.id=1\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\")
