"""A figure: what was found, the floor it is held against, and what is wanted; and the table they are printed in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

WIDTHS = (44, 16, 16, 8, 10)


@dataclass(frozen=True)
class Figure:
    """One line of the table. `value` is held against `wanted`, which begins with <= or >=."""

    name: str
    found: str
    floor: str
    value: float
    wanted: str

    @property
    def ok(self) -> bool:
        """Whether it reaches what is wanted."""
        limit = float(self.wanted[2:].split()[0].replace(",", ""))
        return self.value <= limit if self.wanted.startswith("<=") else self.value >= limit

    def __str__(self) -> str:
        value = f"{self.value:,.2f}" if self.value < 100 else f"{self.value:,.0f}"
        cells = (self.name, self.found, self.floor, value, self.wanted)
        return "".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)) + (
            "ok" if self.ok else "MISS"
        )


HEADING = "".join(
    f"{word:<{width}}" for word, width in zip(("", "found", "floor", "ratio", "wanted"), WIDTHS, strict=True)
)


def ratio(name: str, found: float, floor: float, wanted: str, unit: str) -> Figure:
    """A figure that is a multiple of its floor, both in the same unit."""
    return Figure(name, f"{found:,.1f} {unit}", f"{floor:,.1f} {unit}", found / floor, wanted)


def took(work: Callable[[], object]) -> float:
    """Milliseconds that `work` takes."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def side_by_side(times: int, *works: Callable[[], object]) -> list[list[float]]:
    """Milliseconds of each work, sorted. They take turns, so that a busy moment of the machine meets all of them."""
    for work in works:
        work()
    rounds = [[took(work) for work in works] for _ in range(times)]
    return [sorted(column) for column in zip(*rounds, strict=True)]


def middles(columns: Iterable[list[float]]) -> list[float]:
    """The median of each."""
    return [median(column) for column in columns]
