"""Cells that leave are inert in a spreadsheet, and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.cells import guard, unguard

RISKY = st.text(alphabet="'=+-@\t\r＝＋－＠ab", max_size=8)


@pytest.mark.parametrize("start", list("=+-@\t\r＝＋－＠"))
def test_a_cell_that_begins_like_a_formula_leaves_with_a_quote(start):
    assert guard(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["", "O'Neil", "'tis", "a=1", "'", "''", "ordinary"])
def test_other_cells_leave_as_they_are(cell):
    assert guard(cell) == cell == unguard(cell)


@given(RISKY | st.text())
def test_a_cell_comes_back_as_it_was(cell):
    assert unguard(guard(cell)) == cell


@given(RISKY)
def test_nothing_that_leaves_begins_like_a_formula(cell):
    assert guard(cell)[:1] not in set("=+-@\t\r＝＋－＠")


@given(RISKY)
def test_five_rounds_pile_up_no_quotes(cell):
    once = guard(cell)
    several = once
    for _ in range(5):
        several = guard(unguard(several))
    assert several == once
