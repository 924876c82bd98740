"""Letters that can be seen: a text says something when one of them is in it, whatever fills the rest."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.letters import FILLERS, UNSEEN, says

NOTHING = ["\ufe0f", "\u034f", "\u2800", "\u180b", "\u17b4", "\U000e0100", "\u0301", "\u200b", "\u00ad", "\u3164"]
INVISIBLE = st.text(st.one_of(st.characters(categories=sorted(UNSEEN)), st.sampled_from(FILLERS)))


@pytest.mark.parametrize("text", [None, "", *NOTHING, "".join(NOTHING)])
def test_what_leaves_no_mark_says_nothing(text):
    assert not says(text)


@given(INVISIBLE)
def test_no_number_of_unseen_letters_says_anything(text):
    assert not says(text)


@given(INVISIBLE, st.sampled_from("a7.é漢✓😀"), INVISIBLE)
def test_one_letter_that_can_be_seen_is_enough(before, seen, after):
    assert says(before + seen + after)


@pytest.mark.parametrize("text", ["e\u0301", "क्षि", "한국", "ا", "❤\ufe0f"])
def test_marks_beside_a_letter_take_nothing_from_it(text):
    assert says(text)
    assert says(unicodedata.normalize("NFD", text))
