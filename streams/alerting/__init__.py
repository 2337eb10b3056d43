"""Shifts to alerts to channels: pure decisions, one module per channel, and the notifier."""
