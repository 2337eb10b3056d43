"""What is said when Kafka, here or on a cluster, cannot do its work."""


class BrokerError(Exception):
    """Kafka cannot be started, reached or trusted; the message says what, where and what to do."""
