"""Prints the table of all figures beside the anchors, and writes it into the README."""

import sys
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.evaluation import actors, council, dates, leads, leakage, pairs
from tests.evaluation.measure import Figure

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- make eval writes from here -->\n", "<!-- to here -->\n"
MEASURES = (leads, pairs, council, actors, dates, leakage)


def main(folder: Path) -> int:
    """Measure everything; 1 if a figure to reach is missed, 2 if the folder is not there."""
    err = Console(stderr=True)
    if not (folder / "news-leads").is_dir():
        err.print(f"{folder} holds no evaluation data: give its place as make eval EVAL=<folder>", markup=False)
        return 2
    found = [figure for measure in track(MEASURES, "measuring", console=err) for figure in measure.figures(folder)]
    readme = README.read_text("utf-8")
    before, _, rest = readme.partition(BEGIN)
    README.write_text(f"{before}{BEGIN}{_markdown(found)}{END}{rest.partition(END)[2]}", "utf-8")
    Console().print(_table(found))
    return 0 if all(figure.reached for figure in found) else 1


def _table(found: list[Figure]) -> Table:
    table = Table("measure", "others", "reach", "found", "")
    for figure in found:
        table.add_row(figure.measure, figure.anchors, figure.reach, figure.found, "yes" if figure.reached else "no")
    return table


def _markdown(found: list[Figure]) -> str:
    lines = ["| measure | others | to reach | found | reached |", "|---|---|---|---|---|"]
    lines += [
        f"| {each.measure} | {each.anchors} | {each.reach} | {each.found} | {'yes' if each.reached else 'no'} |"
        for each in found
    ]
    return "\n".join(lines) + "\n"


sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "eval")))
