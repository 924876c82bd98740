"""Texts are folded and cut alike in the index and in a query; a query has one grammar, and a fault in it a sentence."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analysis.search.queries import BadQuery, Near, Phrase, parse
from tracker.analysis.search.snippets import count_places, snippet
from tracker.analysis.search.words import MOST_OF_ONE, OVERLAP, cut, fold_words, pieces

FOLDED = {
    "Straße STRASSE straſſe": "strasse strasse strasse",
    "Łódź lodz": "lodz lodz",
    "Đorđe Ærø ıİ Þór œuvre": "dorde aero ii thor oeuvre",
    "e\u0301te\u0301 naïve NAI\u0308VE": "ete naive naive",
    "Ёж ΟΔΟΣ Ελλάδα": "еж οδοσ ελλαδα",
    "שָׁלוֹם مُحَمَّد": "שלום محمد",
    "東京 カード ｶｰﾄﾞ か\u3099": "東 京 カ ー ド カ ー ド が",
    "กรุงเทพ": "ก ร ุ ง เ ท พ",
    "한국 \u1112\u1161\u11ab\u1100\u116e\u11a8": "한국 한국",
    "हिन्दी": "हिन्दी",
    "P-014 LK-7QX4 v3 E5_2": "p 014 lk 7qx4 v3 e5 2",
    "1,000 at 17:20 ٣٤ ² ½ ①": "1 000 at 17 20 34 2 1 2 1",
    "a.b@example.test": "a b example test",
    "it’s “quoted”—twice": "it s quoted twice",
    "soft\u00adhyphen zero\u200dwidth ﬁne": "softhyphen zerowidth fine",
    "": "",
    "... — !": "",
    "x" * 100: "x" * 64,
}


@pytest.mark.parametrize(("text", "words"), FOLDED.items())
def test_a_text_is_folded_and_cut(text, words):
    assert fold_words(text) == words.split()


@settings(max_examples=50)
@given(st.text())
def test_words_fold_to_themselves_and_stand_where_they_say(text):
    found = list(cut(text))
    assert fold_words(" ".join(word.text for word in found)) == [word.text for word in found]
    assert all(fold_words(text[word.start : word.end])[0][:1] for word in found)
    assert [word.start for word in found] == sorted(word.start for word in found)


@given(st.text(st.characters(max_codepoint=127), max_size=MOST_OF_ONE - 1))
def test_a_short_plain_text_is_one_piece_of_the_same_words(text):
    words = list(cut(text))
    whole = [(words[0].start, words[-1].end - words[0].start, " ".join(fold_words(text)))] if words else []
    assert list(pieces(text)) == whole


@settings(max_examples=20)
@given(st.lists(st.sampled_from("abcde"), max_size=3_000))
def test_a_phrase_lies_whole_in_one_piece_and_no_piece_is_too_much_for_a_database(words):
    text = " ".join(words)
    found = [piece.words.split() for piece in pieces(text)]
    assert all(max(map(piece.count, "abcde")) <= MOST_OF_ONE for piece in found)
    assert all(text[piece.start : piece.start + piece.length] == piece.words for piece in pieces(text))
    for one, other in pairwise(found):
        assert one[-OVERLAP:] == other[:OVERLAP]
    assert sum(len(piece) for piece in found) - OVERLAP * max(0, len(found) - 1) == len(words)
    phrase = (Phrase(("a", "b")),)
    places = sum(count_places(piece, phrase, piece=number) for number, piece in enumerate(found))
    assert places == len(list(phrase[0].find(words)))


def test_a_query_is_words_phrases_beginnings_and_what_is_near():
    assert parse('Cards "two People" note* P-014') == (
        Phrase(("cards",)), Phrase(("two", "people")), Phrase(("note",), is_prefix=True), Phrase(("p", "014")),
    )  # fmt: skip
    assert parse('strike NEAR "the city" near') == (
        Near(Phrase(("strike",)), Phrase(("the", "city"))), Phrase(("near",)),
    )  # fmt: skip
    assert parse("„two people“ cards cards") == (Phrase(("two", "people")), Phrase(("cards",)))
    assert parse("a OR (b) -c ' : \\ & |") == tuple(Phrase((word,)) for word in ("a", "or", "b", "c"))


BAD = {
    "": "Enter a word to search for.",
    " ... ": "Enter a word to search for.",
    '"cards': "Close the quotation mark.",
    "*": "Enter the beginning of a word before the asterisk, such as card*.",
    "NEAR city": "Enter one word or phrase on each side of NEAR.",
    "city NEAR": "Enter one word or phrase on each side of NEAR.",
    "a NEAR NEAR b": "Enter one word or phrase on each side of NEAR.",
    "a NEAR b NEAR c": "Enter one word or phrase on each side of NEAR.",
    "card NEAR car*": "Enter different words on both sides of NEAR.",
    "a " * 33 + "b": "Enter at most 32 words.",
    "x" * 201: "Enter at most 200 characters.",
}


@pytest.mark.parametrize(("text", "sentence"), BAD.items())
def test_a_bad_query_gives_one_sentence(text, sentence):
    with pytest.raises(BadQuery) as refused:
        parse(text)
    assert str(refused.value) == sentence


def test_a_snippet_marks_what_was_found_with_the_words_around_it():
    text = "Nobody knew. " * 10 + "The first Cärds\nwere shown, the second card was not. " + "More followed. " * 20
    runs = snippet(text, parse("card*"))
    assert [run.text for run in runs if run.is_marked] == ["Cärds", "card"]
    said = "".join(run.text for run in runs)
    assert said.startswith("… Nobody knew. Nobody knew. Nobody knew. The first Cärds were")
    assert said.endswith("followed …")
    assert snippet("½ of it", parse("2"))[0] == ("½", True)
    assert snippet("", parse("2")) == snippet("...", parse("2")) == ()
    assert [run.text for run in snippet("Nothing here", parse("cards"))] == ["Nothing here"]
