"""The terminal as a channel: an alert as a person would get it in Slack."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.style import Style
from rich.table import Table
from rich.text import Text

from schemas.shifts import Shift
from streams.alerting.alert import Alert
from streams.alerting.channel import Delivered
from streams.alerting.message import Message, Quote, compose

_COLOURS = {"warming": "green", "cooling": "red"}


class ConsoleChannel:
    """Prints each alert."""

    name = "console"

    def __init__(self, console: Console) -> None:
        self._console = console

    async def send(self, alert: Alert) -> Delivered:
        """Print it."""
        self._console.print(panel(alert))
        return Delivered()


def panel(alert: Alert) -> Panel:
    """An alert for a terminal: the move, its reason, and who said what, where and when."""
    message, colour = compose(alert), _colour(alert.step)
    return Panel(
        Group(*_lines(message, colour)),
        title=Text(message.headline, style=f"bold {colour}"),
        title_align="left",
        border_style=colour,
        padding=(1, 2),
    )


def _lines(message: Message, colour: str) -> Iterator[RenderableType]:
    yield Text(message.measure, style=f"bold {colour}")
    yield Text(message.reason)
    yield Padding(_facts(message), (1, 0))
    yield from (Padding(_quote(quote), (0, 0, 1, 0)) for quote in message.quotes)
    yield from (Padding(Text(text), (0, 0, 1, 0)) for text in [message.alongside] if text)
    yield Text(message.footer, style="dim", overflow="fold")


def _facts(message: Message) -> Table:
    table = Table.grid(padding=(0, 2))
    for fact in message.facts:
        table.add_row(Text(fact.label, style="dim"), Text(fact.text))
    return table


def _quote(quote: Quote) -> Group:
    source = Text(quote.outlet, style=Style(link=quote.url, underline=bool(quote.url)))
    details = Text.assemble(f"{quote.speaker}, ", source, f", {quote.published}, {quote.share}")
    address = [Text(url, style="dim", overflow="fold") for url in [quote.url] if url]
    return Group(Text(f"“{quote.text}”", style="italic"), Padding(Group(details, *address), (0, 0, 0, 2)))


def _colour(step: Shift) -> str:
    return "cyan" if step.status == "ended" else _COLOURS[step.direction]
