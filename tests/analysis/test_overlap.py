"""Overlap by chance against every draw there is, and one person across cases by equal identifiers alone."""

from collections import Counter
from itertools import combinations, product
from math import prod

import pytest

from tracker.analysis.narrowing.overlap import chance_of, distribution, match_people


def every_draw(everybody, groups):
    """How likely each number in all groups is, by drawing each group in every way."""
    ways = [[frozenset(one) for one in combinations(range(everybody), size)] for size in groups]
    counts = Counter(len(frozenset.intersection(*drawn)) for drawn in product(*ways))
    return {number: count / counts.total() for number, count in counts.items()}


@pytest.mark.parametrize(
    ("everybody", "groups"), [(6, (3, 4)), (6, (3, 4, 2)), (5, (5, 2, 3)), (4, (0, 4)), (5, (3, 3, 3, 2)), (7, (6, 5))]
)
def test_the_distribution_is_that_of_every_draw(everybody, groups):
    expected = every_draw(everybody, groups)
    found = distribution(everybody, groups)
    assert found == pytest.approx(expected)
    chance = chance_of(everybody, groups)
    assert chance.expected == pytest.approx(sum(number * likely for number, likely in expected.items()))
    assert chance.expected == pytest.approx(everybody * prod(size / everybody for size in groups))
    assert sum(likely for number, likely in expected.items() if number < chance.low) <= 0.025 + 1e-9
    assert sum(likely for number, likely in expected.items() if number > chance.high) <= 0.025 + 1e-9


def test_large_groups_and_none():
    chance = chance_of(10_000, (3_000, 4_000, 5_000))
    assert chance.expected == pytest.approx(600)
    assert chance.low < 600 < chance.high
    assert sum(distribution(10_000, (3_000, 4_000, 5_000)).values()) == pytest.approx(1)
    assert chance_of(0, (0, 0)) == chance_of(0, (0, 0, 0))
    assert (chance_of(0, (0, 0)).low, chance_of(0, (0, 0)).high) == (0, 0)


A, B, C = 1, 2, 3


def test_an_equal_identifier_makes_one_person_of_two_cases():
    people = [(A, 1), (A, 2), (B, 1), (B, 2), (C, 1)]
    same = match_people(people, [("email:x", (A, 1)), ("email:x", (B, 2)), ("badge:7", (B, 2)), ("badge:7", (C, 1))])
    assert same.first == {(A, 1): (A, 1), (A, 2): (A, 2), (B, 1): (B, 1), (B, 2): (A, 1), (C, 1): (A, 1)}
    assert same.unclear == 0


@pytest.mark.parametrize(
    ("carried", "unclear"),
    [
        ([("email:x", (A, 1)), ("email:x", (A, 2)), ("email:x", (B, 1))], 1),  # a shared mailbox
        ([("email:x", (A, 1)), ("email:x", (B, 1)), ("badge:7", (A, 2)), ("badge:7", (B, 1))], 2),  # two at once
        ([("email:x", (A, 1)), ("email:x", (A, 2))], 0),  # says nothing across cases
    ],
)
def test_nobody_is_made_one_with_somebody_by_a_guess(carried, unclear):
    people = [(A, 1), (A, 2), (B, 1)]
    same = match_people(people, carried)
    assert same.first == {who: who for who in people}
    assert same.unclear == unclear
