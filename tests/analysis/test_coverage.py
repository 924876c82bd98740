"""What a result says of how complete it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.coverage import coverage_line


@pytest.mark.parametrize(
    ("known", "holders", "word", "unresolved", "line"),
    [
        (82, 95, "about", 3, "Based on 82 of about 95 holders; 3 channels unresolved."),
        (82, 95, "exactly", 1, "Based on 82 of 95 holders; 1 channel unresolved."),
        (1, 1, "exactly", 0, "Based on 1 of 1 holder; no unresolved channels are recorded."),
        (82, None, "unknown", 2, "Based on 82 known holders, total unknown; 2 channels unresolved."),
        (
            1,
            None,
            "unknown_small",
            0,
            "Based on 1 known holder, total unknown (small); no unresolved channels are recorded.",
        ),
        (
            97,
            95,
            "about",
            0,
            "Based on 97 known holders, more than the estimate of about 95; no unresolved channels are recorded.",
        ),
        (
            120,
            95,
            "at_least",
            0,
            "Based on 120 known holders, of whom at least 95 were expected; no unresolved channels are recorded.",
        ),
        (82, 95, "at_least", 0, "Based on 82 of at least 95 holders; no unresolved channels are recorded."),
        (0, 1_200, "about", 1_000, "Based on 0 of about 1,200 holders; 1,000 channels unresolved."),
    ],
)
def test_the_line_says_what_is_known_and_what_is_not(known, holders, word, unresolved, line):
    assert coverage_line(known, holders, word, unresolved) == line


@pytest.mark.parametrize(("known", "grouped", "small"), [(19, 0, True), (20, 0, False), (14, 1, False)])
def test_what_is_known_overtakes_an_estimate_of_small(known, grouped, small):
    assert ("unknown (small)" in coverage_line(known, None, "unknown_small", 0, grouped=grouped)) == small


@given(st.integers(0, 10**7), st.sampled_from(["about", "exactly"]), st.integers(0, 10**7))
def test_an_estimate_without_a_number_is_unknown(known, word, unresolved):
    assert coverage_line(known, None, word, unresolved) == coverage_line(known, None, "unknown", unresolved)


@given(st.integers(0, 999), st.integers(0, 999), st.sampled_from(["about", "exactly"]), st.integers(0, 999))
def test_every_number_is_said(known, holders, word, unresolved):
    line = coverage_line(known, holders, word, unresolved)
    assert {str(known), str(holders)} <= set(line.replace(",", "").replace(";", "").split())
    assert ("unresolved." in line) == (unresolved > 0)
