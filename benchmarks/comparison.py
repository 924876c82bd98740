"""Text comparison: an article against 500 versions of 10 KB, once they are indexed, against reading its words alone.

    python -m benchmarks.comparison [VERSIONS] [WORDS]

Each version differs from the others in twelve words. The article quotes two passages of one of them.
"""

import random
import sys
from collections.abc import Iterator

from benchmarks.figures import Figure, ratio, side_by_side, typical
from tracker.analysis.comparison.index import Index
from tracker.analysis.comparison.readings import readings_of, wording_of
from tracker.analysis.comparison.standing import Compared, Standing, compare
from tracker.analysis.comparison.texts import Reader, read

VERSIONS, WORDS, DIFFERENT, QUOTED, LINE, TIMES = 500, 1_600, 12, 120, 15, 20
LOOKED_AT = 12  # versions whose wording a page shows


def main(versions: int = VERSIONS, words: int = WORDS) -> None:
    """Print the figures, one line each."""
    for figure in figures(versions, words):
        print(figure, flush=True)


def figures(versions: int, words: int) -> Iterator[Figure]:
    """How long indexing takes, and how long an article takes afterwards."""
    raws = _versions(versions, words)
    planted = versions // 3
    article = _article(raws[planted])

    def index() -> Index:
        reader = Reader()
        return Index([reader.read(raw) for raw in raws], [0] * len(raws))

    indexed = index()
    (built,) = typical(side_by_side(4, index))
    yield Figure(f"index of {versions} versions of {words:,} words", f"{built:.0f} ms", "", built, "<= 5000 ms")

    def ask() -> Compared:
        found = compare(read(article), indexed)
        for passage in found.passages:
            readings_of(found, passage)
        for version in found.standings[Standing.CONSISTENT][:LOOKED_AT]:
            wording_of(found, version)
        return found

    assert planted in ask().standings[Standing.CONSISTENT]
    floor, found = typical(side_by_side(TIMES, lambda: read(article), ask))
    yield ratio("article against all of them, against its words", found, floor, "<= 10", "ms")
    yield Figure("article against all of them", f"{found:.1f} ms", "", found, "<= 50 ms")


def _versions(number: int, words: int) -> list[str]:
    chance = random.Random(number)
    base = [f"word{chance.randrange(4_000)}" for _ in range(words)]
    made = []
    for one in range(number):
        mine = list(base)
        for at in chance.sample(range(words), DIFFERENT):
            mine[at] = f"other{one}x{at}"
        made.append("\n".join(" ".join(mine[at : at + LINE]) for at in range(0, words, LINE)))
    return made


def _article(version: str) -> str:
    """Prose around two passages, the first around a word that this version has alone."""
    words = version.split()
    at = next(place for place, word in enumerate(words) if word.startswith("other"))
    first = " ".join(words[max(0, at - QUOTED // 2) : at + QUOTED // 2])
    prose = "The newspaper has learnt of a paper that nobody was meant to see. " * 40
    return f"{prose}“{first}” {prose}“{' '.join(words[-QUOTED:])}” {prose}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
