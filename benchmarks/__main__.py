"""`python -m benchmarks [PART...]`: every figure as a multiple of its floor, both taken in this run.

Parts are those of HERE and APART; all by default. It takes long, says MISS where a figure is missed, and always ends
well: how fast a machine is, is no fault of ours.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import changes, exposure, pages, questions, serving
from benchmarks.figures import HEADING, Figure
from benchmarks.scratch import LARGE, SMALL, found_instance, grow_instance
from tracker.base.config import Settings

Take = Callable[[Settings, Settings, Path], Iterator[Figure]]
HERE: dict[str, Take] = {
    "pages": pages.figures,
    "exposure": lambda _small, large, folder: exposure.figures(large, folder),
    "questions": lambda _small, large, _folder: questions.figures(large),
    "changes": lambda _small, large, _folder: changes.figures(large),
    "serving": lambda _small, large, _folder: serving.figures(large),
}
APART = {  # each makes an instance of its own
    "import": "benchmarks.import_rows",
    "system": "benchmarks.known_system",
    "export": "benchmarks.export_rows",
    "case": "benchmarks.full_case",
    "narrowing": "benchmarks.narrowing",
    "chronology": "benchmarks.chronology",
    "packs": "benchmarks.packs",
    "search": "benchmarks.search",
    "comparison": "benchmarks.comparison",
    "verify": "benchmarks.verify",
    "as-of": "benchmarks.as_of",
}


def main(wanted: list[str]) -> None:
    """Print the table, line by line as the figures come."""
    if unknown := set(wanted) - set(HERE) - set(APART):
        sys.exit(f"There is no part {min(unknown)}; choose from {', '.join([*HERE, *APART])}.")
    print(HEADING, flush=True)
    here = [take for part, take in HERE.items() if part in wanted or not wanted]
    with tempfile.TemporaryDirectory() as folder:
        if here:
            base = found_instance(Path(folder))
            small, large = grow_instance(base, SMALL), grow_instance(base, LARGE)
        for take in here:
            for figure in take(small, large, Path(folder)):
                print(figure, flush=True)
    for part, module in APART.items():
        if part in wanted or not wanted:
            subprocess.run([sys.executable, "-m", module], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
