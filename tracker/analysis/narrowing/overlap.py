"""Overlap: how many people are in all of several groups, beside how many would be there by chance.

By chance means: each group is drawn from the same people, all equally likely, and independently of the others. Then the
number in two groups is hypergeometric. That in more of them follows by drawing one group after the other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, prod

TINY = 1e-13  # what is less likely is left out
OUTSIDE = 0.025  # the chance of fewer than the range, and of more


@dataclass(frozen=True, slots=True)
class Chance:
    """How many would be in all groups by chance: on average, and in at least 95 of 100 draws."""

    expected: float
    low: int
    high: int


def chance_of(everybody: int, groups: Sequence[int]) -> Chance:
    """What chance alone would give for groups of these sizes among so many people."""
    expected = everybody * prod(size / everybody for size in groups) if everybody else 0.0
    spread = sorted(distribution(everybody, groups).items())
    low = high = spread[-1][0]
    below = 0.0
    for count, likely in spread:
        if below <= OUTSIDE:
            low = count
        below += likely
        if below >= 1 - OUTSIDE:
            high = count
            break
    return Chance(expected, low, high)


def distribution(everybody: int, groups: Sequence[int]) -> dict[int, float]:
    """How likely each number of people in all of the groups is."""
    smallest, *rest = sorted(groups)
    found = {smallest: 1.0}
    for size in rest:
        following: dict[int, float] = defaultdict(float)
        for count, likely in found.items():
            for number, again in hypergeometric(everybody, count, size):
                following[number] += likely * again
        found = {number: likely for number, likely in following.items() if likely > TINY}
    return found


def hypergeometric(everybody: int, marked: int, drawn: int) -> Iterator[tuple[int, float]]:
    """How likely each number of marked people is among the drawn; numbers that are next to impossible are left out."""
    lowest, highest = max(0, drawn + marked - everybody), min(marked, drawn)
    peak = min(max((marked + 1) * (drawn + 1) // (everybody + 2), lowest), highest)
    at_peak = exp(_choose(marked, peak) + _choose(everybody - marked, drawn - peak) - _choose(everybody, drawn))
    yield peak, at_peak
    likely, number = at_peak, peak
    while number < highest and likely > TINY:
        rest = everybody - marked - drawn + number + 1
        likely *= (marked - number) * (drawn - number) / ((number + 1) * rest)
        number += 1
        yield number, likely
    likely, number = at_peak, peak
    while number > lowest and likely > TINY:
        rest = everybody - marked - drawn + number
        likely *= number * rest / ((marked - number + 1) * (drawn - number + 1))
        number -= 1
        yield number, likely


def _choose(of: int, some: int) -> float:
    """The logarithm of the number of ways to choose some of so many."""
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)


Who = tuple[int, int]  # a case, and the number of a person within it


@dataclass(frozen=True, slots=True)
class SamePeople:
    """Who is one person across cases: by each the first of them; `unclear` identifiers were not gone by."""

    first: Mapping[Who, Who]
    unclear: int


def match_people(people: Iterable[Who], carried: Iterable[tuple[str, Who]]) -> SamePeople:
    """People of several cases who carry an equal identifier are one.

    An identifier that two people of one case carry says nothing, and neither do identifiers that together would make
    two people of one case into one: nobody is made one with somebody by a guess.
    """
    carriers: dict[str, set[Who]] = defaultdict(set)
    for identifier, who in carried:
        carriers[identifier].add(who)
    shared = [some for some in carriers.values() if len({case for case, _ in some}) > 1]
    plain = [some for some in shared if _are_of_different_cases(some)]
    joined: dict[Who, set[Who]] = {who: {who} for who in people}
    for some in plain:
        whole = set().union(*(joined[who] for who in some))
        joined.update(dict.fromkeys(whole, whole))
    wrong = [some for some in plain if not _are_of_different_cases(joined[next(iter(some))])]
    first = {who: min(whole) if _are_of_different_cases(whole) else who for who, whole in joined.items()}
    return SamePeople(first, len(shared) - len(plain) + len(wrong))


def _are_of_different_cases(people: Collection[Who]) -> bool:
    return len({case for case, _ in people}) == len(people)
