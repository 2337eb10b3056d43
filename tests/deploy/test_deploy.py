"""What is deployed fits what the program is: its commands, its metrics, its habit of listening to nobody outside."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from jsonschema import Draft202012Validator
from prometheus_client import CollectorRegistry, generate_latest

from streams.cli import app
from streams.metrics import Metrics

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
RULES = DEPLOY / "prometheus"

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
SERVICE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["image", "restart", "networks"],
    "properties": {
        "image": {"type": "string", "pattern": r"^[a-z./-]+:v?\d+\.\d+\.\d+$"},
        "build": {"type": "object", "required": ["context", "dockerfile"]},
        "restart": {"enum": ["unless-stopped"]},
        "read_only": {"const": True},
        "cap_drop": {"const": ["ALL"]},
        "security_opt": {"const": ["no-new-privileges:true"]},
        "tmpfs": TEXTS,
        "depends_on": {
            "additionalProperties": {
                "required": ["condition"],
                "properties": {"condition": {"const": "service_healthy"}},
            }
        },
        "networks": TEXTS,
        "environment": {"type": "object", "additionalProperties": TEXT},
        "volumes": TEXTS,
        "ports": {"type": "array", "items": {"type": "string", "pattern": r"^127\.0\.0\.1:\d+:\d+$"}},
        "command": TEXTS,
        "secrets": TEXTS,
        "healthcheck": {
            "type": "object",
            "additionalProperties": False,
            "required": ["test", "interval", "timeout", "retries"],
            "properties": {
                "test": TEXTS,
                "interval": TEXT,
                "timeout": TEXT,
                "retries": {"type": "integer"},
                "start_period": TEXT,
            },
        },
    },
}
COMPOSE = {
    "type": "object",
    "required": ["name", "services", "networks", "volumes", "secrets"],
    "patternProperties": {"^x-": True},
    "additionalProperties": False,
    "properties": {
        "name": TEXT,
        "services": {"type": "object", "additionalProperties": SERVICE},
        "networks": {"type": "object"},
        "volumes": {"type": "object"},
        "secrets": {"type": "object", "additionalProperties": {"required": ["file"]}},
    },
}


def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def parts() -> dict[str, dict[str, Any]]:
    return {name: service for name, service in compose()["services"].items() if service["image"].startswith("stance:")}


def promtool(*arguments: str) -> None:
    program = shutil.which("promtool")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("promtool is missing: install Debian's package prometheus")
        pytest.skip("promtool is not installed")
    done = subprocess.run([program, *arguments], cwd=RULES, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_compose_file_uses_only_what_compose_knows_and_publishes_nothing_beyond_loopback() -> None:
    Draft202012Validator(COMPOSE).validate(compose())


def test_every_part_runs_a_command_that_the_program_has() -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert {service["command"][0] for service in parts().values()} <= commands
    assert [service["command"] for service in parts().values()] == [
        ["worker", "detection"],
        ["worker", "judgement"],
        ["notify"],
        ["close-days"],
    ]


def test_every_part_is_scraped_where_it_serves() -> None:
    scraped = yaml.safe_load((RULES / "prometheus.yml").read_text(encoding="utf-8"))["scrape_configs"]
    targets = {target for job in scraped for group in job["static_configs"] for target in group["targets"]}
    assert targets == {f"{name}:{service['environment']['STANCE_METRICS_PORT']}" for name, service in parts().items()}


def test_only_the_notifier_sees_the_webhook_and_only_as_a_file() -> None:
    assert [name for name, service in parts().items() if "secrets" in service] == ["notifier"]
    assert not any("STANCE_SLACK_WEBHOOK_URL" in service["environment"] for service in parts().values())


def test_the_image_is_pinned_runs_as_nobody_in_particular_and_copies_what_exists() -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    assert all(re.search(r":\d+\.\d+\.\d+-", line) for line in lines if line.startswith("FROM"))
    assert [line for line in lines if line.startswith("USER")][-1] == "USER 10001:10001"
    sources = [
        word for line in lines if line.startswith("COPY") and "--from" not in line for word in line.split()[1:-1]
    ]
    assert sources
    assert all((ROOT / source).exists() for source in sources)


def test_every_metric_in_a_rule_is_one_that_the_program_serves() -> None:
    registry = CollectorRegistry()
    Metrics(registry, ["GBR"], ["CHN"])
    served = set(re.findall(r"^# TYPE (\S+)", generate_latest(registry).decode(), re.MULTILINE))
    used = set()
    for rules in RULES.glob("*.rules.yml"):
        used |= set(re.findall(r"(?<![\w:])stance_[a-z_]+(?=\{)", rules.read_text(encoding="utf-8")))
    assert used
    assert used <= served | {f"{name}_total" for name in served}


def test_every_alert_says_what_to_do() -> None:
    runbook = (DEPLOY / "RUNBOOK.md").read_text(encoding="utf-8")
    told = yaml.safe_load((RULES / "alerting.rules.yml").read_text(encoding="utf-8"))
    for rule in (rule for group in told["groups"] for rule in group["rules"]):
        assert rule["for"]
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert {"summary", "description", "runbook"} <= set(rule["annotations"])
        assert f"\n## {rule['alert']}\n" in runbook


def test_prometheus_takes_the_configuration() -> None:
    promtool("check", "config", "prometheus.yml")


def test_each_alert_fires_when_it_must_and_only_then() -> None:
    promtool("test", "rules", "rules.test.yml")
