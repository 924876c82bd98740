"""Published words against versions: passages are found, and only places where versions differ tell them apart."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analysis.comparison.alignment import Change, align
from tracker.analysis.comparison.index import Index
from tracker.analysis.comparison.readings import readings_of, wording_of
from tracker.analysis.comparison.standing import Standing, compare, say_result
from tracker.analysis.comparison.texts import Reader, bits, read

SENTENCES = (
    "The board decided today to {verb} its target for the overnight rate by {points} basis points.",
    "Recent information shows that spending by households has {spending} and that hiring has {hiring}.",
    "Inflation has been {inflation}, and most measures of what people expect have {expected}.",
    "The board judges that the risks to growth are {risks} over the coming quarters.",
    "The board will act as needed to support stable prices and steady growth.",
)
CHOICES = {
    "verb": "raise lower keep", "points": "25 50 75 0", "spending": "slowed firmed fallen risen",
    "hiring": "softened picked paused", "inflation": "elevated subdued moderate stable",
    "expected": "risen eased held", "risks": "balanced greater smaller roughly",
}  # fmt: skip
AROUND = "Nobody at the bank would comment yesterday. A person who saw the draft read out: “{}” Markets fell at once."


def statements(number):
    """Texts that differ in a few words, no two of them alike."""
    chance, found = random.Random(7), {}
    while len(found) < number:
        words = {name: chance.choice(some.split()) for name, some in CHOICES.items()}
        found[" ".join(SENTENCES).format(**words)] = words
    return list(found)


def indexed(*raws, groups=None):
    reader = Reader()
    return Index([reader.read(raw) for raw in raws], groups or [0] * len(raws))


@pytest.fixture(scope="module")
def bank():
    raws = statements(160)
    return raws, indexed(*raws)


def test_a_quoted_paragraph_finds_its_statement_among_near_identical_ones(bank):
    raws, index = bank
    for planted in range(0, 160, 7):
        found = compare(read(AROUND.format(raws[planted])), index)
        assert found.standings[Standing.CONSISTENT] == [planted]
        assert found.against(planted) == 0 < found.agree(planted) == len(found.places)
        assert "One version agrees with every place" in say_result(found)


def test_a_sentence_that_many_have_is_not_diagnostic(bank):
    raws, index = bank
    common = compare(read(AROUND.format(SENTENCES[-1])), index)
    assert common.places == []
    assert len(common.standings[Standing.NOT_DIAGNOSTIC]) == 160
    assert "Cannot tell which version. Not diagnostic" in say_result(common)
    assert "the same in 160 versions" in say_result(common)
    shared = compare(read(AROUND.format(SENTENCES[3].format(risks="balanced"))), index)
    agree = [at for at, raw in enumerate(raws) if "growth are balanced over" in raw]
    assert shared.standings[Standing.CONSISTENT] == agree
    assert f"Not diagnostic between {len(agree)} versions" in say_result(shared)


def test_what_occurs_nowhere_and_no_versions_are_said(bank):
    _, index = bank
    for text in ("Ein ganz anderer Text ohne ein Wort davon.", "完全不同的文字在这里出现", "Совсем другой текст"):
        assert say_result(compare(read(text), index)).startswith("No passage of this text")
    assert say_result(compare(read("Any words at all"), indexed())).startswith("Cannot tell: no version")
    assert compare(read("Two words"), index).passages == ()


ALPHABETS = {
    "Han": ("理事会今天决定将目标利率{}二十五个基点。", "提高", "降低"),
    "Arabic": ("قرر المجلس اليوم {} سعر الفائدة في البلاد", "رفع", "خفض"),
    "Cyrillic": ("Совет решил сегодня {} ставку на полгода", "повысить", "понизить"),
}


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_every_alphabet_is_compared_by_its_words(alphabet):
    sentence, one, other = ALPHABETS[alphabet]
    found = compare(read(sentence.format(one)), indexed(sentence.format(other), sentence.format(one)))
    assert found.standings[Standing.CONSISTENT] == [1]
    assert found.standings[Standing.INCONSISTENT] == [0]


def test_what_is_shortened_is_no_other_version():
    final = "DO NOT CONGRATULATE ON ELECTION WIN\n\nCondemn the use of a nerve agent on our ally's soil."
    found = compare(read("The papers said DO NOT CONGRATULATE."), indexed(final))
    assert wording_of(found, 0).words == "Consistent, shortened"
    assert found.standing(0) is Standing.NOT_DIAGNOSTIC
    assert "only one version holds these words" in say_result(found)
    whole = compare(read("Condemn the use of a nerve agent on our ally’s soil."), indexed(final))
    assert wording_of(whole, 0).words == "Consistent"
    within = compare(read("Condemn the use of a nerve agent on soil"), indexed(final))
    left_out = align(within.text, within.passages[0].span, within.index.texts[0]).changes
    assert [(piece.change, piece.kept) for piece in left_out] == [(Change.LEFT_OUT, "our ally's soil")]
    nothing = compare(read("Something that nobody wrote down"), indexed(final))
    assert wording_of(nothing, 0).words == "None"


def test_the_same_words_at_another_place_of_a_version_are_a_difference():
    one = "The board lowered the rate from 5 percent to 4 percent, and the fee from 4 percent to 5 percent."
    two = "The board lowered the rate from 4 percent to 5 percent, and the fee from 5 percent to 4 percent."
    found = compare(read("The board lowered the rate from 5 percent to 4 percent, and the fee"), indexed(one, two))
    assert found.standings[Standing.CONSISTENT] == [0]
    assert found.standings[Standing.INCONSISTENT] == [1]


def test_words_that_stand_again_behind_a_passage_are_no_part_of_it():
    version = "The crew saw the grey van\nleave the old quay at noon. It rained. Later the crew saw the harbour again."
    found = compare(read("The crew saw the grey van leave the old quay at noon."), indexed(version))
    (piece,) = align(found.text, found.passages[0].span, found.index.texts[0]).pieces
    assert (piece.change, piece.kept) == (Change.SAME, "The crew saw the grey van leave the old quay at noon")


def test_numbers_spellings_and_other_words_are_told_apart():
    version = "The fund will pay 25 million to the harbour before the end of the month, as agreed with the mayor."
    text = "It says the fund will pay 52 million to the harbor before the end of the week, as agreed with the mayor."
    found = compare(read(text), indexed(version))
    (passage,) = found.passages
    changes = align(found.text, passage.span, found.index.texts[0]).changes
    assert [(one.change, one.published, one.kept) for one in changes] == [
        (Change.NUMBER, "52", "25"), (Change.SPELLING, "harbor", "harbour"), (Change.WORDS, "week", "month"),
    ]  # fmt: skip
    assert [found.text.says(*one) for one in passage.own] == ["52", "harbor", "week"]
    assert found.numbers == [("52", [])]
    assert found.places == []  # no recorded version has these words, so they tell no version apart


def test_a_passage_that_a_version_lacks_is_a_place_and_the_order_is_told():
    one = "The first card says do not offer praise to the winner. The second card says raise the matter of the agent."
    two = "The second card says raise the matter of the agent. The third card says ask about the missing ships today."
    text = "Raise the matter of the agent, it said. Earlier: “do not offer praise to the winner”."
    found = compare(read(text), indexed(one, two))
    assert found.standings[Standing.CONSISTENT] == [0]
    (place,) = found.places
    assert (list(bits(place.agree)), list(bits(place.against)), place.whole) == ([0], [1], True)
    assert wording_of(found, 0).order is False
    assert wording_of(found, 1).words == "Inconsistent"
    apart = compare(read(text), indexed(one, two, groups=[1, 2]))  # what another document does not have tells nothing
    assert apart.places == []


def test_versions_that_read_alike_are_shown_as_one_and_those_that_agree_stand_first(bank):
    raws, index = bank
    found = compare(read(AROUND.format(raws[5])), index)
    readings, more = readings_of(found, found.passages[0])
    assert readings[0].versions == (5,)
    assert readings[0].agrees
    assert not any(reading.agrees for reading in readings[1:])
    assert more > 0
    assert readings[0].alignment.changes == []


def test_ordinary_words_meet_by_chance_only_in_prose():
    version = "One of the members of the staff asked for the minutes of the meeting to be kept apart."
    prose = "The mayor said that one of the boats had left. " * 8
    assert compare(read(prose), indexed(version)).passages == ()
    assert len(compare(read(prose + "He said “one of the members” and left."), indexed(version)).passages) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefg"), min_size=3, max_size=25), min_size=1, max_size=6), st.data())
def test_a_version_is_never_contradicted_by_its_own_words(versions, data):
    raws = [" ".join(words) for words in versions]
    quoted = data.draw(st.integers(0, len(raws) - 1))
    found = compare(read(raws[quoted]), indexed(*raws))
    assert found.against(quoted) == 0
    assert found.held(quoted) == len(found.passages) == 1
    assert found.standing(quoted) in {Standing.CONSISTENT, Standing.NOT_DIAGNOSTIC}
    for place in found.places:
        assert place.agree & place.against == 0
        assert place.against


def test_five_hundred_long_versions_are_compared():
    chance = random.Random(3)
    base = [f"word{chance.randrange(4000)}" for _ in range(600)]
    raws = []
    for number in range(500):
        words = list(base)
        for at in chance.sample(range(600), 12):
            words[at] = f"other{number}x{at}"
        raws.append("\n".join(" ".join(words[at : at + 15]) for at in range(0, 600, 15)))
    index = indexed(*raws)
    words = raws[137].split()
    changed = next(at for at, word in enumerate(words) if word.startswith("other"))
    start = max(0, changed - 40)
    found = compare(read(AROUND.format(" ".join(words[start : start + 120]))), index)
    assert found.standings[Standing.CONSISTENT] == [137]
