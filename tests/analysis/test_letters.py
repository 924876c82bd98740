"""A text says something when a letter or a digit is in it, whatever fills the rest."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.letters import FILLERS, mixes_alphabets, says

NOTHING = ["\ufe0f", "\u034f", "\u2800", "\u180b", "\u17b4", "\U000e0100", "\u0301", "\u200b", "\u00ad", "\u3164"]
WORDLESS = st.text(st.one_of(st.characters(categories=["C", "M", "P", "S", "Z"]), st.sampled_from(FILLERS)))


@pytest.mark.parametrize("text", [None, "", *NOTHING, "".join(NOTHING), "-", "...", "— ?!", "✓"])
def test_what_has_no_letter_says_nothing(text):
    assert not says(text)


@given(WORDLESS)
def test_no_number_of_other_signs_says_anything(text):
    assert not says(text)


@given(WORDLESS, st.sampled_from("a7é漢٣Ⅳ"), WORDLESS)
def test_one_letter_or_digit_is_enough(before, seen, after):
    assert says(before + seen + after)


@pytest.mark.parametrize("text", ["e\u0301", "क्षि", "한국", "ا"])
def test_marks_beside_a_letter_take_nothing_from_it(text):
    assert says(text)
    assert says(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("word", ["\u043f\u0430\u043f\u0430", "a1-b", "\u00e9t\u00e9", "日本a"])
def test_a_word_is_written_in_one_alphabet(word):
    assert not mixes_alphabets(word)
    assert mixes_alphabets(f"{word}p\u0430")
