"""Identifying marks of copies: two independent ones are needed, and each must be of one copy alone."""

import pytest

from tracker.analysis.comparison.marks import find_marks
from tracker.analysis.comparison.texts import read

TEXT = "The card said three crates and a grey van. It named the old quay, and the grey van again."


@pytest.mark.parametrize(
    ("marks", "found", "says"),
    [
        ({1: "“three crates”; “old quay”", 2: "four crates"}, 2, "Consistent: 2 of 2 marks stand in the text."),
        ({1: "says “three crates” in place of “four crates”"}, 1, "Not diagnostic: 1 of 2 marks stands in the text."),
        ({1: "grey van; the grey van"}, 2, "Consistent: 2 of 2"),  # at two places
        ({1: "three crates; crates and a grey"}, 1, "Not diagnostic: 1 of 2"),  # one of two that overlap
        ({1: "three crates; old quay", 2: "old quay"}, 1, "Not diagnostic: 1 of 2"),  # another copy has it too
        ({1: "a dot after the title"}, 0, "Not diagnostic: no mark stands in the text."),
        ({1: "…"}, 0, "Not diagnostic: its mark has no words."),
    ],
)
def test_two_independent_marks_of_one_copy_alone_are_needed(marks, found, says):
    marked = find_marks(read(TEXT), marks, [], {})[1]
    assert len(marked.found) == found
    assert marked.is_consistent is (found > 1)
    assert marked.words.startswith(says)


def test_what_stands_in_a_version_that_others_have_is_no_mark():
    versions = [read("Three crates were counted."), read("The old quay.")]
    assert find_marks(read(TEXT), {1: "three crates; old quay"}, versions, {1: 1})[1].found == ("old quay",)
