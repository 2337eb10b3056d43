"""Articles in: read, cleaned, dated, sketched, and put on Kafka; what cannot be taken is refused by name."""
