"""Statistics that tell nothing of anybody: small cells are hidden, and enough others to hide them from sums."""

from collections.abc import Mapping

LEAST = 5  # a cell under this is hidden, also one of 0: that nobody did something is a fact about everybody


def suppress(cells: Mapping[str, int]) -> dict[str, int | None]:
    """The cells of one table, None where hidden.

    A reader may know the total, from here or from another table of the same people, and these rules too. So further
    cells are hidden, in the order of the table and whatever they hold, until no hidden cell can be worked out. A table
    of which nothing can be shown like that is hidden whole.
    """
    hidden = [name for name, count in cells.items() if count < LEAST]
    rest = [name for name, count in cells.items() if count >= LEAST]
    while hidden and rest and not _is_safe([cells[name] for name in hidden]):
        hidden.append(rest.pop(0))
    return {name: None if name in hidden else count for name, count in cells.items()}


def _is_safe(hidden: list[int]) -> bool:
    """Whether cells keep each other hidden, their sum known: not one alone, nor all empty or full, or nearly so."""
    total, most = sum(hidden), (LEAST - 1) * len(hidden)
    return len(hidden) > 1 and total > LEAST and (max(hidden) >= LEAST or most - total >= LEAST)


def shown_total(cells: Mapping[str, int]) -> int | None:
    """The total of a table, None where it is small itself, or where it is that of the one cell there is."""
    total = sum(cells.values())
    return total if total >= LEAST else None
