"""The mask of a pack: names and identifiers however they are spelt, and words that only look like them."""

import pytest

from tracker.exports.pack.masking import Mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("QUILLFEATHER spoke, and Quillfeather's aide", "# spoke, and #'s aide"),
        ("z.quillfeather@press.example, then nobody", "#, then nobody"),
        ("\u8bb0\u8005\u674e\u96f7\u8bf4", "\u8bb0\u8005#\u8bf4"),
        ("Lukasz Mu\u0308ller-Lee and Ms Lee", "# and Ms #"),
        ("Ng's letter", "#'s letter"),
        ("The adviser took notes. See account:notes and ZQUILL.", "The adviser took notes. See account:# and #."),
    ],
)
def test_a_name_is_found_however_it_is_spelt_and_a_word_of_a_post_is_no_name(text, masked):
    names = ["Zacharias Quillfeather", "\u674e\u96f7", "\u0141ukasz M\u00fcller-Lee", "Mr Ng"]
    mask = Mask(names, ["notes", "adviser", "zquill", ""], ["National security adviser", "Note taker"])
    said, at = "", 0
    for found in mask.find(text):
        said, at = f"{said}{text[at : found.start]}#", found.end
    assert said + text[at:] == masked


def test_a_name_in_small_letters_is_masked_beside_another_part_of_it():
    mask = Mask(["Zacharias Quillfeather", "Amy Brown"], [], [])
    found = [[one.words for one in mask.find(text)] for text in (
        "zacharias.quillfeather", "quillfeather_zacharias", "ZachariasQuillfeather", "a brown envelope",
    )]  # fmt: skip
    assert found == [
        [("zacharias", "quillfeather")], [("quillfeather",), ("zacharias",)], [("zachariasquillfeather",)], [],
    ]  # fmt: skip


def test_an_identifier_with_figures_is_found_however_it_is_spaced():
    mask = Mask([], ["4929 1234 5678 9012", "5500000000000004", "B-105", "notes"], ["Note taker"])
    text = "4929123456789012, 4929-1234-5678 9012, 5500 0000 0000 0004, b105; B, 105, 4929 1234 and 55000000000000041"
    said, at, words = "", 0, []
    for found in mask.find(text):
        said, at = f"{said}{text[at : found.start]}#", found.end
        words.append(found.words)
    assert said + text[at:] == "#, #, #, #; #, 4929 1234 and 55000000000000041"
    assert words[0] == words[1] == ("4929", "1234", "5678", "9012"), "as whose it is asked for"
    assert words[2:] == [("5500000000000004",), ("b", "105"), ("b", "105")]
