"""Narrowing: who is left of some people after one step and the next; each step sets some of them aside for a reason.

Whoever is left is not shown to have done anything. Which steps count decides the last set, never their order. Every
set has two readings: unclear records count, so that fewer people are set aside, or they are left out.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

Numbers = frozenset[int]


@dataclass(frozen=True, slots=True)
class Step:
    """One ground to set people aside, by their numbers: a window without a record of them, or an elimination.

    `aside` are set aside even if unclear records count; `perhaps` are these and whoever has unclear records alone.
    `is_strong`: the ground is more than a record that is missing.
    """

    key: str
    aside: Numbers
    perhaps: Numbers
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Narrowed:
    """After a step: whom it set aside of those who were left before it, and who is left now.

    `alone` is how many would be left again without this step, whatever the order. `left` is by all grounds with unclear
    records counted, `sure` without these, `strong` by strong grounds alone.
    """

    step: Step
    aside: Numbers
    alone: int
    left: Numbers
    sure: Numbers
    strong: Numbers


def narrow(people: Collection[int], steps: Sequence[Step]) -> list[Narrowed]:
    """What each of these steps does, in their order."""
    left = sure = strong = frozenset(people)
    alone = _count_alone(left, steps)
    found = []
    for step in steps:
        aside = left & step.aside
        left, sure = left - aside, sure - step.perhaps
        strong = strong - step.aside if step.is_strong else strong
        found.append(Narrowed(step, aside, alone[step.key], left, sure, strong))
    return found


def _count_alone(people: Numbers, steps: Iterable[Step]) -> Counter[str]:
    """By the key of a step how many people no other step sets aside."""
    by: dict[int, str | None] = {}
    for step in steps:
        for number in step.aside & people:
            by[number] = None if number in by else step.key
    return Counter(key for key in by.values() if key is not None)


def put_in_order(steps: Sequence[Step], keys: Sequence[str]) -> list[Step]:
    """The steps that are named in the order of their names, then the others as they were."""
    place = {key: at for at, key in enumerate(keys)}
    return sorted(steps, key=lambda step: place.get(step.key, len(place)))


def move(keys: Sequence[str], key: str, by: int) -> list[str]:
    """The names with one of them so many places further on, or back; the ends stop it."""
    rest = [one for one in keys if one != key]
    at = min(max(list(keys).index(key) + by, 0), len(rest))
    return [*rest[:at], key, *rest[at:]]
