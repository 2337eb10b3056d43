"""Measures the detectors on evaluation data kept elsewhere: `make eval EVAL=<folder>`."""
