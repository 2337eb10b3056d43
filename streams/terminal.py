"""What the commands share: where they print, how they show progress, and options of the same name."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from streams.intake.document import Refusal
from streams.settings import Environment, Settings, read_environment, read_settings

out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False)

Paths = Annotated[list[str], typer.Argument(help="Files (.txt, .md, .jsonl), folders, or - for standard input.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line on standard output, nothing else.")]
Prefix = Annotated[str | None, typer.Option(help="Put before topic names; else STANCE_PREFIX.")]

FAILED, WRONG, INTERRUPTED = 1, 2, 130
"""Exit status: the work failed; the call or the input is wrong; Ctrl-C. Else 0."""


class WrongCall(ValueError):
    """The call or its input cannot be used; the message says what, where and what to do."""


def settings_of(prefix: str | None) -> tuple[Environment, Settings]:
    """The environment, with the prefix where one is given, and the settings that it names."""
    environment = read_environment()
    if prefix is not None:
        environment = environment.model_copy(update={"prefix": prefix})
    return environment, read_settings(environment.config)


def say_refused(refusal: Refusal) -> None:
    """One line on standard error: what could not be taken, and why."""
    err.print(f"refused: {refusal.where}: {refusal.reason}", markup=False)


def showing(what: str) -> Progress:
    """The progress of some work, on standard error where that is a terminal."""
    return Progress(
        TextColumn(f"{what} {{task.description}}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )
