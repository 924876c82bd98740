"""A figure: what was found, the floor it is held against, and what is wanted; and the table they are printed in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter

WIDTHS = (44, 14, 14, 8, 14)


@dataclass(frozen=True)
class Figure:
    """One line of the table. `value`, a ratio where there is a floor, is held against `wanted`: <= or >= a number."""

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
        value = f"{self.value:,.2f}" if self.floor else ""
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


def typical(columns: Iterable[list[float]]) -> list[float]:
    """What each takes when nothing else happens on the machine: the first quarter, where other programs show least."""
    return [quantiles(column)[0] for column in columns]
