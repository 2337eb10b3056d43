"""Commands that read texts, sentences and phrases, without Kafka."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from streams import views
from streams.detection.classify import classify
from streams.detection.detect import Finding, detect, explain
from streams.detection.phrases import spoken_for
from streams.intake.cleaning import cleaned
from streams.intake.document import Document, Refusal
from streams.intake.reading import NoInput, documents
from streams.terminal import Json, Paths, WrongCall, out, say_refused


def detect_statements(
    paths: Paths,
    as_json: Json = False,
    explained: Annotated[
        bool, typer.Option("--explain", help="Show which words decided, and what was dropped.")
    ] = False,
) -> None:
    """Find the statements in texts; no Kafka needed."""
    rows = []
    refused = 0
    for document in documents(paths):
        if isinstance(document, Refusal):
            refused += 1
            say_refused(document)
            continue
        for row in _statement_rows(document, explained):
            if as_json:
                typer.echo(views.json_line(row))
            else:
                rows.append(row)
    if not as_json:
        out.print(views.statements_table(rows))
    if refused:
        raise WrongCall(f"{refused} could not be read")


_PAIRS_AT_ONCE = 512
"""Lines read before their answers are given: few enough to stream."""


def classify_pairs(
    paths: Annotated[list[Path], typer.Argument(help="JSON lines with id and marked; - for standard input.")],
    as_json: Json = False,
) -> None:
    """Classify given pairs: what <s>source</s> does to <t>target</t> in a sentence."""
    given = views.json_rows(paths)
    while rows := list(islice(given, _PAIRS_AT_ONCE)):
        for row, told in zip(rows, classify([row["marked"] for row in rows]), strict=True):
            line = views.classification_row(row["id"], told)
            typer.echo(views.json_line(line) if as_json else str(line))


def actor_of_phrase(
    phrase: Annotated[
        str, typer.Argument(help="A phrase, a file of JSON lines with id, phrase and on, or - for them.")
    ],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; else any day.")] = None,
    as_json: Json = False,
) -> None:
    """Tell whom a phrase such as "the Danish prime minister" speaks for; nothing where that is not sure."""
    many = phrase == "-" or phrase.endswith(".jsonl")
    asked = views.json_rows([Path(phrase)], "phrase") if many else [{"phrase": phrase}]
    for row in asked:
        day = _day(row) or (on.date() if on else None)
        told = views.spoken_row(row["phrase"], spoken_for(row["phrase"], day))
        line = {"id": row["id"], **told} if many else told
        typer.echo(views.json_line(line) if as_json else views.spoken_line(told))


def _day(row: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(row["on"]) if row.get("on") else None
    except (ValueError, TypeError) as failure:
        raise NoInput(f"{row['id']}: `on` is a day such as 2024-05-01, not {row['on']!r}") from failure


def _statement_rows(document: Document, explained: bool) -> Iterator[dict[str, Any]]:
    published = document.published.date() if document.published else None
    text = cleaned(document.text)
    if explained:
        for decision in explain(text, published):
            yield views.proposal_row(document.id, decision, _quote(document, decision.finding), published)
    else:
        for finding in detect(text, published):
            yield views.statement_row(document.id, finding, _quote(document, finding), published)


def _quote(document: Document, finding: Finding) -> str:
    return document.text[finding.start : finding.end]
