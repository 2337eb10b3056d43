"""The language of stance: every event, value and topic. No input or output."""
