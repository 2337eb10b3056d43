"""What the user sets: the environment, read once, and `stance.toml`, with every mistake named by its key."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, cast, get_args

from pydantic import Field, SecretStr, ValidationError, field_validator

from schemas.event import Value
from schemas.statements import Actor
from streams.alerting.rules import AlertRules
from streams.alerting.slack import assert_private
from streams.judgement.rules import Rules
from streams.metrics import Mode

SHIPPED = Path(__file__).with_name("stance.toml")
"""The commented default, which is also the place to copy from."""


_OWN = "name another with STANCE_CONFIG"


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it and says what to do."""


class Watch(Value):
    """Which governments are followed: only these give stances, shifts and metric labels."""

    actors: Annotated[tuple[Actor, ...], Field(min_length=1)]

    @field_validator("actors")
    @classmethod
    def _no_actor_twice(cls, actors: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({actor for actor in actors if actors.count(actor) > 1})
        if twice:
            raise ValueError(f"named twice: {', '.join(twice)}")
        return actors


class Settings(Value):
    """The contents of stance.toml."""

    watch: Watch
    judgement: Rules = Rules()
    alerts: AlertRules = AlertRules()


class Environment(Value):
    """The variables that `stance` reads, and nothing else does."""

    bootstrap: str | None
    """KAFKA_BOOTSTRAP: the brokers, host:port separated by commas; none means a local one."""
    prefix: str
    """STANCE_PREFIX: put before each topic's name."""
    config: Path
    """STANCE_CONFIG: else ./stance.toml where there is one, else the default that ships."""
    mode: Mode
    """STANCE_MODE: what the metrics count as; `replay` keeps them out of live series."""
    slack: SecretStr | None
    """STANCE_SLACK_WEBHOOK_URL, or the file that STANCE_SLACK_WEBHOOK_URL_FILE names."""
    metrics_host: str
    """STANCE_METRICS_HOST: loopback unless told."""
    metrics_port: Annotated[int, Field(ge=0, le=65535)]
    """STANCE_METRICS_PORT: 0 takes a free one."""


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """The settings in the environment.

    Raises:
        BadSetting: a variable that cannot be used; a webhook's address is never repeated.
    """
    own = Path("stance.toml")
    config = Path(variables.get("STANCE_CONFIG") or (own if own.is_file() else SHIPPED))
    port = variables.get("STANCE_METRICS_PORT") or "0"
    if not port.isdecimal() or int(port) > 65535:
        raise BadSetting(f"STANCE_METRICS_PORT is {port!r}; give a port from 0 (any free one) to 65535")
    return Environment(
        bootstrap=_bootstrap(variables.get("KAFKA_BOOTSTRAP") or None),
        prefix=_prefix(variables.get("STANCE_PREFIX", "")),
        config=config,
        mode=_mode(variables.get("STANCE_MODE") or "live"),
        slack=_webhook(variables),
        metrics_host=variables.get("STANCE_METRICS_HOST") or "127.0.0.1",
        metrics_port=int(port),
    )


def read_settings(path: Path) -> Settings:
    """The settings in a TOML file.

    Raises:
        BadSetting: no such file, broken TOML (with its line), or wrong keys or values (each by its key).
    """
    return _settings_of(path, _table(path, _OWN))


def read_other_rules(path: Path, own: Path) -> Rules:
    """The rules of judgement in a TOML file: a whole stance.toml, or the keys that differ from those in `own`.

    A file with [watch] is whole; the keys that another lacks are as in `own`.

    Raises:
        BadSetting: as `read_settings` does.
    """
    table = _table(path, "give a stance.toml, or the keys of one that differ")
    if bare := sorted(table.keys() & Rules.model_fields.keys()):
        raise BadSetting(f"{path}: {', '.join(bare)}: write this below a line [judgement]")
    if "watch" not in table:
        table = _overlaid(_table(own, _OWN), table)
    return _settings_of(path, table).judgement


def changed_rules(own: Rules, other: Rules) -> dict[str, tuple[Any, Any]]:
    """The keys whose values differ, with both values as JSON would have them."""
    was, would_be = own.model_dump(mode="json"), other.model_dump(mode="json")
    return {key: (was[key], would_be[key]) for key in was if was[key] != would_be[key]}


def _table(path: Path, advice: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as failure:
        raise BadSetting(f"{path}: {failure.strerror}; {advice}") from failure
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as failure:
        raise BadSetting(f"{path}: not TOML: {failure}") from failure


def _settings_of(path: Path, table: Mapping[str, Any]) -> Settings:
    try:
        return Settings.model_validate(table)
    except ValidationError as failure:
        raise BadSetting("\n".join(_mistakes(path, failure))) from failure


def _overlaid(own: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of `own` with those of `other` in their place, table by table."""
    nested = {
        key: _overlaid(own[key], value)
        for key, value in other.items()
        if isinstance(value, Mapping) and isinstance(own.get(key), Mapping)
    }
    return {**own, **other, **nested}


def _mistakes(path: Path, failure: ValidationError) -> list[str]:
    return [
        f"{path}: {'.'.join(map(str, mistake['loc']))}: {mistake['msg']}"
        for mistake in failure.errors(include_url=False, include_input=False)
    ]


def _bootstrap(value: str | None) -> str | None:
    for address in (value or "").split(",") if value else ():
        host, _, port = address.rpartition(":")
        if not host or not port.isdecimal():
            raise BadSetting(f"KAFKA_BOOTSTRAP holds {address!r}; give host:port, several by commas")
    return value


def _prefix(value: str) -> str:
    if not all(letter.isascii() and (letter.isalnum() or letter in "-.") for letter in value):
        raise BadSetting(f"STANCE_PREFIX is {value!r}; use letters, digits, hyphens and dots")
    return value


def _mode(value: str) -> Mode:
    for mode in get_args(Mode):
        if value == mode:
            return cast(Mode, mode)
    raise BadSetting(f"STANCE_MODE is {value!r}; use live or replay")


def _webhook(variables: Mapping[str, str]) -> SecretStr | None:
    url = variables.get("STANCE_SLACK_WEBHOOK_URL", "")
    if name := variables.get("STANCE_SLACK_WEBHOOK_URL_FILE", ""):
        try:
            url = Path(name).read_text(encoding="utf-8").strip()
        except OSError as failure:
            raise BadSetting(f"STANCE_SLACK_WEBHOOK_URL_FILE: {name}: {failure.strerror}") from failure
    if not url:
        return None
    try:
        assert_private(SecretStr(url))
    except ValueError as failure:
        raise BadSetting(f"STANCE_SLACK_WEBHOOK_URL: {failure}") from failure
    return SecretStr(url)
