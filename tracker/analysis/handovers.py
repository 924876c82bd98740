"""Handovers in order: each begins where the one before it ended, as surely as their times are known."""

from collections.abc import Sequence
from enum import StrEnum

from tracker.analysis.times import Moment


class Order(StrEnum):
    """How sure it is that a handover came after those before it."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"


def order(before: Sequence[Moment], at: Moment) -> Order:
    """How `at` follows the moments before it, all compared by their bounds.

    Where none is impossible there are instants within the bounds of all that stand in this order: an unknown time, or
    one known to the day, never lets a later handover slip before an earlier one.
    """
    starts = [one.earliest for one in before if one.earliest is not None]
    if at.latest is not None and starts and at.latest < max(starts):
        return Order.IMPOSSIBLE
    after = all(one.latest is not None and at.earliest is not None and one.latest <= at.earliest for one in before)
    return Order.CERTAIN if after else Order.POSSIBLE


def orders(moments: Sequence[Moment]) -> list[Order]:
    """How each moment follows those before it."""
    return [order(moments[:place], at) for place, at in enumerate(moments)]
