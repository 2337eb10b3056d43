"""The terminal shows an alert as a person would get it: all of it, whatever the width, and nothing acts on it."""

import io

import pytest
from alerting_builders import a_step, an_alert, an_evidence
from rich.console import Console

from schemas.shifts import ShiftEnded
from streams.alerting.alert import Alert
from streams.alerting.channel import Delivered
from streams.alerting.console import ConsoleChannel, panel
from streams.alerting.json_lines import JsonChannel, alert_row


def shown(alert: Alert, width: int = 100) -> str:
    console = Console(width=width, file=io.StringIO(), record=True)
    console.print(panel(alert))
    return console.export_text()


def words(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


@pytest.mark.parametrize("width", [60, 100, 200])
def test_a_panel_shows_move_quote_outlet_date_link_and_id_at_any_width(width: int) -> None:
    alert = an_alert()
    text = words(shown(alert, width))
    for part in (
        "Canada warming to Beijing",
        "-0.31 → +0.22",
        "“We are opening a new chapter with China”",
        "Mark Carney, The Daily Ledger, 16 January 2026, 31 % of the move",
        "https://ledger.example/canada-china",
        alert.id,
    ):
        assert part in text


def test_markup_in_an_article_is_shown_as_text() -> None:
    evidence = an_evidence(quote="[bold red]not markup[/]", speaker="[link=x]", outlet="[/]")
    assert "“[bold red]not markup[/]”" in shown(an_alert(evidence))


def test_the_colour_follows_the_direction_and_an_end_is_neutral() -> None:
    steps = [a_step(), a_step(direction="cooling"), a_step(ShiftEnded)]
    assert [panel(Alert(step, ())).border_style for step in steps] == ["green", "red", "cyan"]


async def test_the_console_channel_prints_and_has_delivered() -> None:
    screen = io.StringIO()
    assert await ConsoleChannel(Console(file=screen, width=80)).send(an_alert()) == Delivered()
    assert "Canada warming to Beijing" in screen.getvalue()


async def test_the_json_channel_hands_over_the_row_that_the_contract_names() -> None:
    rows: list[dict[str, object]] = []
    alert = an_alert()
    assert await JsonChannel(rows.append).send(alert) == Delivered()
    assert rows == [alert_row(alert)]
    assert rows[0]["type"] == "alert"
    assert rows[0]["id"] == alert.id
    assert rows[0]["shift_id"] == alert.step.id
    assert str(rows[0]["text"]).startswith("Canada warming to Beijing\n")
