"""Words that differ between two texts: nothing is lost, nothing is made up, and no text takes long."""

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.differences import Change, Piece, differences

TEXTS = st.text(alphabet="ab c.\n", max_size=60) | st.text(max_size=40)


def without(pieces, change):
    return "".join(piece.text for piece in pieces if piece.change is not change)


def told(old, new):
    marks = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "[+{}+]"}
    return "".join(marks[piece.change].format(piece.text) for piece in differences(old, new))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(old, new):
    pieces = differences(old, new)
    assert without(pieces, Change.ADDED) == old
    assert without(pieces, Change.REMOVED) == new
    assert all(piece.text for piece in pieces)
    assert all(one.change is not other.change for one, other in pairwise(pieces))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert differences(text, text) == ([Piece(Change.SAME, text)] if text else [])


def test_words_are_marked_whole():
    assert told("The cards were read aloud.", "The cards were not read out.") == (
        "The cards were [+not +]read [-aloud-][+out+]."
    )
    assert told("opened", "reopened") == "[-opened-][+reopened+]"
    assert told("printed", "prints") == "[-printed-][+prints+]"


def test_words_that_follow_each_other_are_marked_together():
    assert told("He was told not to.", "She said yes.") == "[-He was told not to-][+She said yes+]."
    assert told("one two", "one and two and three") == "one [+and +]two[+ and three+]"


def test_a_changed_number_is_marked_as_a_whole():
    assert told("82 of 95 holders", "83 of 95 holders") == "[-82-][+83+] of 95 holders"


def test_something_from_nothing_and_back():
    assert told("", "All of it") == "[+All of it+]"
    assert told("All of it", "") == "[-All of it-]"


def test_texts_that_repeat_themselves_take_no_longer_than_a_second():
    old, new = "a b " * 5_000 + "x" + " a" * 5_000, "b a " * 5_000 + "y" + " b" * 5_000
    begun = time.monotonic()
    pieces = differences(old, new)
    assert time.monotonic() - begun < 1
    assert without(pieces, Change.ADDED) == old


def test_long_texts_that_repeat_words_are_compared_line_by_line():
    old = "\n".join(f"{'no ' * 300}line {number}" for number in range(10))
    new = old.replace("line 4", "line four").replace("line 7", "line seven")
    added = [piece.text.split() for piece in differences(old, new) if piece.change is Change.ADDED]
    assert [(words[0], words[-1]) for words in added] == [("four", "four"), ("no", "seven")]
    assert without(differences(old, new), Change.ADDED) == old


def test_ordinary_long_texts_are_compared_quickly():
    old = " ".join(f"word{number % 700} of sentence {number}." for number in range(700))
    new = old.replace("word13 ", "another ").replace("sentence 650", "sentence six hundred and fifty")
    begun = time.monotonic()
    assert without(differences(old, new), Change.REMOVED) == new
    assert time.monotonic() - begun < 1
