"""Apache Kafka's jars: in the user's Maven cache or fetched into it, each checked against the lock."""

import hashlib
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import jgo
from jgo.config import GlobalSettings
from jgo.maven import Artifact, MavenContext

from streams.broker.errors import BrokerError

KAFKA = "org.apache.kafka:kafka_2.13:4.4.0+org.slf4j:slf4j-simple:1.7.36"


class Jar(NamedTuple):
    """One locked jar: Maven coordinates and the SHA-256 of its bytes."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def coordinates(self) -> str:
        """group:artifact:version."""
        return f"{self.group}:{self.artifact}:{self.version}"


def locked() -> tuple[Jar, ...]:
    """The jars of the committed lock."""
    text = files("streams.broker").joinpath("jars.lock").read_text(encoding="ascii")
    return tuple(_parsed(line) for line in text.splitlines())


def resolve(jars: tuple[Jar, ...], cache: Path | None = None) -> tuple[Path, ...]:
    """The checked file of each jar, fetched where the Maven cache (the user's by default) lacks it.

    Raises:
        BrokerError: a jar cannot be fetched or is not the locked one.
    """
    settings = GlobalSettings.load()
    cache = cache or settings.repo_cache
    with ThreadPoolExecutor(8) as pool:
        return tuple(pool.map(lambda jar: _resolve(jar, cache, settings.repositories), jars))


def _parsed(line: str) -> Jar:
    coordinates, sha256 = line.split(" sha256:")
    group, artifact, version = coordinates.split(":")
    return Jar(group, artifact, version, sha256)


def _resolve(jar: Jar, cache: Path, mirrors: dict[str, str]) -> Path:
    path = _artifact(jar, MavenContext(repo_cache=cache)).cached_path
    assert path is not None
    if not path.exists():
        _fetch(jar, path, mirrors)
    _check(jar, path, f"{path}; delete it and start again")
    return path


def _artifact(jar: Jar, context: MavenContext) -> Artifact:
    return context.project(jar.group, jar.artifact).at_version(jar.version).artifact()


def _fetch(jar: Jar, path: Path, mirrors: dict[str, str]) -> None:
    # Checked beside the cache and then renamed into it: the next start must not find a broken download.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as apart:
            context = MavenContext(repo_cache=Path(apart))
            context.remote_repos.update(mirrors)
            fetched = _artifact(jar, context).resolve()
            _check(jar, fetched, "the repository's answer")
            os.replace(fetched, path)
    except (OSError, RuntimeError) as failure:
        raise BrokerError(f"cannot fetch {jar.coordinates}: {_reason(failure)}") from failure


def _reason(failure: Exception) -> str:
    # What jgo's HTTP client raises are OSErrors without a number.
    if isinstance(failure, OSError) and failure.errno is None:
        return "no Maven repository answers; the first start needs the network, or set KAFKA_BOOTSTRAP"
    return str(failure).splitlines()[0]


def _check(jar: Jar, path: Path, where: str) -> None:
    actual = hashlib.sha256(path.read_bytes()).hexdigest()
    if actual != jar.sha256:
        raise BrokerError(f"not the locked {jar.coordinates} (sha256 {actual}, expected {jar.sha256}): {where}")


def lock(endpoint: str = KAFKA) -> str:
    """The text of a new lock, for another Kafka: every runtime jar that jgo resolves for `endpoint`."""
    lockfile = jgo.build(endpoint, update=True).lockfile
    assert lockfile is not None
    return "".join(sorted(f"{d.groupId}:{d.artifactId}:{d.version} sha256:{d.sha256}\n" for d in lockfile.dependencies))


if __name__ == "__main__":
    sys.stdout.write(lock())
