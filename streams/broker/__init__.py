"""A real Apache Kafka on this computer, its topics, and how far its groups have read."""
