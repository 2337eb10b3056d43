"""The user's settings: the defaults hold, and every mistake is named by its key, without its secrets."""

from pathlib import Path

import pytest

from streams.judgement.rules import Rules
from streams.settings import (
    SHIPPED,
    BadSetting,
    changed_rules,
    read_environment,
    read_other_rules,
    read_settings,
)

SECRET = "https://hooks.example/services/T0/B0/very-secret"


def settings_with(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    changed = tmp_path / "stance.toml"
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")
    return changed


def test_the_default_that_ships_is_valid_and_watches_the_founding_allies() -> None:
    assert {"GBR", "CAN", "EUU", "AUS"} <= set(read_settings(SHIPPED).watch.actors)


def test_the_default_that_ships_says_what_the_code_does_without_it() -> None:
    assert read_settings(SHIPPED).judgement == Rules()


@pytest.mark.parametrize("table", ["watch", "judgement", "alerts"])
def test_an_unknown_key_is_named(table: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=rf"{table}\.thrseholds: .*not permitted"):
        read_settings(settings_with(tmp_path, f"[{table}]\n", f"[{table}]\nthrseholds = 1\n"))


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "stance.toml"
    broken.write_text('[watch]\nactors = ["GBR"\n[judgement]\n', encoding="utf-8")
    with pytest.raises(BadSetting, match=r"stance\.toml: not TOML: .*line 3"):
        read_settings(broken)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"absent.toml: No such file.*STANCE_CONFIG"):
        read_settings(tmp_path / "absent.toml")


def test_an_actor_that_is_no_code_is_named_by_its_place(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"watch\.actors\.\d+: .*pattern"):
        read_settings(settings_with(tmp_path, '"GBR"', '"Britain"'))


def test_an_actor_named_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="named twice: GBR"):
        read_settings(settings_with(tmp_path, '"CAN"', '"GBR"'))


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/services/secret",
        "ftp://hooks.example/secret",
        "hooks.example/secret",
        "https://",
        "http://[::secret",
    ],
)
def test_a_webhook_must_be_https_beyond_loopback_and_is_never_repeated(url: str) -> None:
    with pytest.raises(BadSetting, match="STANCE_SLACK_WEBHOOK_URL") as told:
        read_environment({"STANCE_SLACK_WEBHOOK_URL": url})
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("url", [SECRET, "http://127.0.0.1:8080/hook", "http://localhost/hook"])
def test_a_good_webhook_is_kept_as_a_secret(url: str) -> None:
    environment = read_environment({"STANCE_SLACK_WEBHOOK_URL": url})
    assert environment.slack is not None
    assert environment.slack.get_secret_value() == url
    assert url not in repr(environment)


def test_a_webhook_may_stand_in_a_file(tmp_path: Path) -> None:
    held = tmp_path / "webhook"
    held.write_text(SECRET + "\n", encoding="utf-8")
    environment = read_environment({"STANCE_SLACK_WEBHOOK_URL_FILE": str(held)})
    assert environment.slack is not None
    assert environment.slack.get_secret_value() == SECRET


@pytest.mark.parametrize("port", ["-1", "65536", "nine", "80.5"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(BadSetting, match="STANCE_METRICS_PORT"):
        read_environment({"STANCE_METRICS_PORT": port})


@pytest.mark.parametrize("bootstrap", ["broker", "broker:", ":9092", "a:1,b"])
def test_a_broker_without_host_or_port_is_named(bootstrap: str) -> None:
    with pytest.raises(BadSetting, match="KAFKA_BOOTSTRAP"):
        read_environment({"KAFKA_BOOTSTRAP": bootstrap})


def test_a_prefix_that_no_topic_may_have_is_named() -> None:
    with pytest.raises(BadSetting, match="STANCE_PREFIX"):
        read_environment({"STANCE_PREFIX": "my world"})


def test_metrics_stay_on_loopback_unless_told() -> None:
    assert read_environment({}).metrics_host == "127.0.0.1"


def rules_in(tmp_path: Path, text: str, own: Path = SHIPPED) -> Rules:
    other = tmp_path / "other.toml"
    other.write_text(text, encoding="utf-8")
    return read_other_rules(other, own)


def test_other_rules_are_ones_own_but_for_the_keys_that_are_named(tmp_path: Path) -> None:
    own = settings_with(tmp_path, "confirming_stories = 2", "confirming_stories = 3")
    other = rules_in(tmp_path, "[judgement]\nwarming_threshold = 2.5\n", own)
    assert other == Rules(confirming_stories=3, warming_threshold=2.5)
    assert changed_rules(read_settings(own).judgement, other) == {"warming_threshold": (Rules().warming_threshold, 2.5)}


def test_other_rules_with_a_watch_are_whole(tmp_path: Path) -> None:
    own = settings_with(tmp_path, "confirming_stories = 2", "confirming_stories = 3")
    other = rules_in(tmp_path, '[watch]\nactors = ["GBR"]\n[judgement]\nwarming_threshold = 2.5\n', own)
    assert other == Rules(warming_threshold=2.5)


def test_equal_rules_have_no_changed_keys() -> None:
    assert changed_rules(Rules(), Rules()) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("warm_up = 100\n", r"warm_up: write this below a line \[judgement\]"),
        ("[judgement]\nwarm = 100\n", r"judgement\.warm: .*not permitted"),
        ("[judgement]\nwarm_up = -1\n", r"judgement\.warm_up: .*greater than 0"),
        ("[judgement\n", r"other\.toml: not TOML"),
    ],
)
def test_a_mistake_in_other_rules_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadSetting, match=told):
        rules_in(tmp_path, text)


def test_missing_other_rules_are_named_with_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"absent.toml: No such file.*the keys of one that differ"):
        read_other_rules(tmp_path / "absent.toml", SHIPPED)
