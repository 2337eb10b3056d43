"""Histories from files, as series to judge: daily edges (CSV), statements (JSON lines), and known shifts (CSV)."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from schemas.plover import Mode, Root
from schemas.shifts import Direction
from schemas.statements import Speaker, StatementDetected, statement_id
from streams.judgement.calibration import Source, Votes
from streams.judgement.edges import Edges
from streams.judgement.panel import Panel
from streams.judgement.rules import Rules
from streams.judgement.scoring import Known
from streams.judgement.stories import MILLION, Story, copies, joined
from streams.judgement.weighing import counts, story_of

THINNEST = 0.25
"""Share of days with evidence under which a pair's edges are no dense series, and are left out."""

_EDGE_COLUMNS = {"CHN": "chn_edge", "USA": "usa_edge"}
_DIRECTIONS: dict[str, Direction] = {"cool": "cooling", "cooling": "cooling", "warm": "warming", "warming": "warming"}
_OLD_NEWS = 28
"""Days after which a story is dated when it happened; a younger one counts when it was first told."""


class BadSeries(ValueError):
    """A file that holds no history; the message says where and what is wrong."""


class History(NamedTuple):
    """Series side by side, day by day."""

    source: Source
    pairs: tuple[tuple[str, str], ...]
    """Actor and pole of each series, in its order."""
    actors: frozenset[str]
    """All that the file names, also those whose evidence is too thin to judge."""
    first: date
    """The day of the first row."""

    def day(self, row: int) -> date:
        """The day of a row."""
        return self.first + timedelta(days=row)


def read_history(path: Path, rules: Rules, poles: Sequence[str]) -> History:
    """The history in a file: .csv holds daily edges, .jsonl statements.

    Raises:
        BadSeries: it cannot be read, or holds nothing toward the poles.
    """
    try:
        if path.suffix == ".csv":
            return _edges(path, poles)
        if path.suffix == ".jsonl":
            return _statements(path, rules, poles)
    except OSError as failure:
        raise BadSeries(f"{path}: {failure.strerror}") from failure
    raise BadSeries(f"{path}: give a .csv of daily edges or a .jsonl of statements")


def read_known(path: Path) -> list[Known]:
    """Known shifts: a CSV with id, actor, toward, direction (cool or warm), onset, what.

    Raises:
        BadSeries: no such file, or a row that is none.
    """
    return [_known(path, number, row) for number, row in _rows(path)]


def _known(path: Path, number: int, row: Mapping[str, str]) -> Known:
    try:
        return Known(
            id=row["id"],
            actor=row["actor"],
            pole=row["toward"],
            direction=_DIRECTIONS[row["direction"]],
            onset=date.fromisoformat(row["onset"]),
            what=row["what"],
        )
    except (KeyError, ValueError, TypeError) as failure:
        wanted = "id, actor, toward, direction (cool or warm), onset (a date), what"
        raise BadSeries(f"{path}:{number}: give {wanted}: {failure!r}") from failure


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            yield from enumerate(csv.DictReader(lines), start=2)
    except (OSError, UnicodeDecodeError, csv.Error) as failure:
        raise BadSeries(f"{path}: {failure}") from failure


def _edges(path: Path, poles: Sequence[str]) -> History:
    found: dict[tuple[str, str], dict[date, float]] = {}
    actors: set[str] = set()
    days: set[date] = set()
    for number, row in _rows(path):
        try:
            day, actor = date.fromisoformat(row["date"]), row["iso3"]
            edges = {pole: float(row[column]) for pole, column in _EDGE_COLUMNS.items() if row.get(column)}
        except (KeyError, ValueError, TypeError) as failure:
            raise BadSeries(f"{path}:{number}: give date, iso3, chn_edge, usa_edge: {failure!r}") from failure
        days.add(day)
        actors.add(actor)
        for pole, edge in edges.items():
            found.setdefault((actor, pole), {})[day] = edge
    if not days:
        raise BadSeries(f"{path}: no rows")
    _mirror(found, actors)
    return _laid_out(found, actors, min(days), max(days), [pole for pole in poles if pole in _EDGE_COLUMNS])


def _mirror(found: dict[tuple[str, str], dict[date, float]], actors: set[str]) -> None:
    """An edge joins two: a pole without rows of its own is read in the row of the other pole."""
    for one, other in (("USA", "CHN"), ("CHN", "USA")):
        if one not in actors and (other, one) in found:
            found[one, other] = found[other, one]
    actors.update(actor for actor, _ in found)


def _laid_out(
    found: Mapping[tuple[str, str], Mapping[date, float]],
    actors: set[str],
    first: date,
    last: date,
    poles: Sequence[str],
) -> History:
    length = (last - first).days + 1
    dense = {pair for pair, edges in found.items() if pair[1] in poles and len(edges) >= THINNEST * length}
    if not dense:
        raise BadSeries(f"no pair toward {', '.join(poles)} has evidence on {THINNEST:.0%} of the days")
    names = sorted({actor for actor, _ in dense})
    held = [pole for pole in poles if any(pair[1] == pole for pair in dense)]
    values = np.full((length, len(held), len(names)), np.nan)
    for actor, pole in dense:
        for day, edge in found[actor, pole].items():
            values[(day - first).days, held.index(pole), names.index(actor)] = edge
    pairs = tuple((actor, pole) for pole in held for actor in names)
    return History(Edges(values), pairs, frozenset(actors), first)


def _statements(path: Path, rules: Rules, poles: Sequence[str]) -> History:
    told: dict[tuple[str, str], list[Story]] = {}
    actors: set[str] = set()
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            statement = _statement(path, number, line)
            actors.add(statement.actor)
            if statement.target in poles and counts(statement, rules):
                pair = (statement.actor, statement.target)
                told.setdefault(pair, []).append(story_of(statement, 0, rules))
    if not told:
        raise BadSeries(f"{path}: no statement of a government toward {', '.join(poles)}")
    votes = {pair: list(_once(stories, rules)) for pair, stories in told.items()}
    return _voted(votes, actors, rules)


def _once(stories: Iterable[Story], rules: Rules) -> Iterator[tuple[int, float, float]]:
    """Day, weight and score of each story, its copies left out."""
    recent: list[Story] = []
    for told in sorted(stories, key=lambda story: (story.best.published, story.best.quote.statement)):
        window = told.best.published - rules.copy_window * 3600
        for old in [story for story in recent if story.latest < window]:
            recent.remove(old)
            yield _vote(old)
        copied = copies(recent, told, rules.copy_window)
        recent = [*(story for story in recent if story not in copied), joined([*copied, told])]
    yield from map(_vote, recent)


def _vote(story: Story) -> tuple[int, float, float]:
    happened, vote = story.best.vote.day, story.best.vote
    day = happened if story.carried - happened > _OLD_NEWS else story.carried
    return day, vote.weight / MILLION, vote.score / MILLION


def _voted(votes: Mapping[tuple[str, str], list[tuple[int, float, float]]], actors: set[str], rules: Rules) -> History:
    days = [day for told in votes.values() for day, _, _ in told]
    first, length = min(days), max(days) - min(days) + 1
    pairs = tuple(sorted(votes))
    panel = Panel(*(np.zeros((length, len(pairs))) for _ in Panel._fields))
    for column, pair in enumerate(pairs):
        for day, w, s in votes[pair]:
            for sums, term in zip(panel, (w, w * s, w * w, w * w * s, w * w * s * s), strict=True):
                sums[day - first, column] += term
    if rules.profile == "dense":
        weight = np.minimum(panel.w, 1.0)
        panel = Panel.of(weight, np.where(panel.w > 0, panel.s / np.maximum(panel.w, 1e-9), 0.0))
    return History(Votes(panel), pairs, frozenset(actors), date.fromordinal(first))


def _statement(path: Path, number: int, line: str) -> StatementDetected:
    try:
        row = json.loads(line)
        return _from_row(row, f"{path.name}:{number}")
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        raise BadSeries(f"{path}:{number}: no statement: {str(failure).splitlines()[0]}") from failure


def _from_row(row: dict[str, Any], place: str) -> StatementDetected:
    """An event as it stands on Kafka, or a row as `detect --json` gives it; of that, only who, whom, sign and when."""
    if "detector" in row:
        return StatementDetected.model_validate(row)
    actor, target, sign = row.get("source") or row["actor"], row["target"], row["sign"]
    quote = row.get("quote") or " "
    start = row.get("start") or 0
    published = _moment(row.get("published") or row.get("occurred_to") or row["occurred_from"])
    last = date.fromisoformat(row["occurred_to"]) if row.get("occurred_to") else published.date()
    first = date.fromisoformat(row["occurred_from"]) if row.get("occurred_from") else last
    article = str(row.get("article_id") or row.get("id") or place)
    return StatementDetected(
        id=statement_id(article, place, (start, start + len(quote)), (actor, target)),
        article_id=article,
        detector=place,
        actor=actor,
        target=target,
        speaker=Speaker(
            name=row.get("speaker") or "", role=row.get("role"), is_government=row.get("is_government", True)
        ),
        sign=sign,
        strength=row.get("strength", 1.0),
        root=Root(row["root"]) if row.get("root") else (Root.SUPPORT if sign >= 0 else Root.ACCUSE),
        mode=Mode(row["mode"]) if row.get("mode") else Mode.DID,
        quote=quote,
        start=start,
        end=start + len(quote),
        occurred_from=first,
        occurred_to=last,
        confidence=row.get("confidence", 1.0),
        published=published,
        outlet=row.get("outlet") or "",
        url=row.get("url"),
        title=row.get("title"),
        sketch=tuple(row.get("sketch") or ()),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if "T" not in text and " " not in text:
        moment = datetime.combine(moment.date(), time(12), UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
