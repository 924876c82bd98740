"""Even treatment: what is marked, what is not, and that nothing is made of what is unknown."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.fair_treatment import (
    MEASURES,
    WORDS,
    InterviewTreatment,
    against_each_other,
    amount,
    compare,
    length_of,
    median_of,
    notice_of,
)
from tracker.analysis.moments import Moment, stated

NOWHEN = Moment.of()


def at(text, zone="UTC"):
    return stated(text, zone)


def some(*lengths, klass="Ministers", start=1, **about):
    return [
        InterviewTreatment(number, f"P-{number:03d}", klass, length=length, **about)
        for number, length in enumerate(lengths, start)
    ]


def test_two_hours_against_twenty_five_minutes_is_marked_in_words():
    (found,) = compare(some(25, 20, 30, 120))
    assert found.outliers == ("Interview 4: length 120 minutes. Class median: 27.5 minutes.",)
    spread = found.spreads["length"]
    assert (spread.least, spread.middle, spread.most, spread.known, spread.unknown) == (20, 27.5, 120, 4, 0)


def test_two_interviews_are_too_few_for_one_to_stand_out():
    assert compare(some(10, 200))[0].outliers == ()
    assert compare(some(10, 200, None))[0].outliers == ()


def test_an_interview_that_alone_was_interview_treatment_otherwise_is_marked():
    alike = some(30, 30, 30, recording="Audio", companion="Offered and declined")
    odd = replace(alike[0], number=4, person="P-004", recording="None")
    (found,) = compare([*alike, odd])
    assert found.outliers == ("Interview 4: recording: None. All others in its class: Audio.",)
    assert compare([*alike, replace(odd, recording=None)])[0].outliers == ()


def test_where_the_others_differ_among_themselves_nobody_stands_out_by_a_word():
    words = ("Audio", "Video", "None")
    ones = [replace(one, recording=word) for one, word in zip(some(30, 30, 30), words, strict=True)]
    assert compare(ones)[0].outliers == ()


def test_classes_stand_beside_each_other():
    staff = some(20, 25, 30, klass="Staff", signature="Signed", recording="Audio")
    judges = some(60, 70, klass="Judges", start=4, recording="Audio", signature="Refused")
    assert against_each_other(compare([*staff, *judges])) == [
        "Judges: median length 65 minutes. Median of the other classes: 25 minutes.",
        "Judges: signature: Refused (2). Other classes: Signed (3).",
        "Staff: median length 25 minutes. Median of the other classes: 65 minutes.",
        "Staff: signature: Signed (3). Other classes: Refused (2).",
    ]


def test_one_interview_is_no_class_to_compare():
    assert against_each_other(compare([*some(20, 25), *some(200, klass="Judges", start=4)])) == []


def test_many_interviews_of_fewer_people_are_counted_as_both():
    ones = [*some(*[30] * 97), *[replace(one, number=one.number + 97) for one in some(*[40] * 29)]]
    (found,) = compare(ones)
    assert (len(found.interview_treatment), found.people, found.outliers) == (126, 97, ())


def test_no_notice_against_a_day_is_marked():
    ones = [replace(one, notice=hours) for one, hours in zip(some(*[30] * 4), (0, 24, 30, 26), strict=True)]
    assert compare(ones)[0].outliers == ("Interview 1: notice 0 hours. Class median: 25 hours.",)


def test_length_is_known_when_both_ends_are_known_to_the_minute():
    assert length_of(at("2018-03-22 10:00"), at("2018-03-22 12:20"), 20) == 120
    assert length_of(at("2018-03-22 10:00:40"), at("2018-03-22 11:00"), None) == 60
    assert length_of(at("2018-03-22 11:00", "Europe/Paris"), at("2018-03-22 10:25"), None) == 25
    assert length_of(at("2018-03-22 10:00"), at("2018-03-22 10:30"), 90) == 0
    for unknown in (NOWHEN, at("2018-03-22"), stated("2018-03-22 10:00", "UTC", "hour")):
        assert length_of(unknown, at("2018-03-22 11:00"), None) is None
        assert length_of(at("2018-03-22 09:00"), unknown, None) is None


def test_notice_is_what_the_person_had_at_the_least():
    assert notice_of(at("2018-03-20 10:00"), at("2018-03-22 10:01")) == 48
    assert notice_of(at("2018-03-20"), at("2018-03-22 10:00")) == 34
    assert notice_of(at("2018-03-22 10:00"), at("2018-03-22 10:00")) == 0
    assert notice_of(NOWHEN, at("2018-03-22 10:00")) is None
    assert notice_of(at("2018-03-20"), NOWHEN) is None


def test_amounts_are_said_as_people_say_them():
    said = [amount(median_of(values), "minute") for values in ([1], [1, 2], [25, 25], [1200, 1201, 1500])]
    assert said == ["1 minute", "1.5 minutes", "25 minutes", "1,201 minutes"]


words = st.sampled_from(["Audio", "Video", "None", None])
interview_treatment = st.builds(
    InterviewTreatment, number=st.integers(1, 10**6), person=st.sampled_from(["P-001", "P-002", "P-003"]),
    klass=st.sampled_from(["Staff", "Judges", "Couriers"]), length=st.none() | st.integers(0, 600),
    notice=st.none() | st.integers(0, 2000), **dict.fromkeys(WORDS, words),
)  # fmt: skip
case = st.lists(interview_treatment, max_size=25, unique_by=lambda one: one.number)


@given(case)
def test_every_interview_stands_in_one_class_and_every_unknown_is_counted(ones):
    found = compare(ones)
    assert sorted(one.number for each in found for one in each.interview_treatment) == sorted(
        one.number for one in ones
    )
    for each in found:
        assert {one.klass for one in each.interview_treatment} == {each.name}
        for name in MEASURES:
            spread = each.spreads[name]
            assert spread.known + spread.unknown == len(each.interview_treatment)
            assert spread.unknown == sum(getattr(one, name) is None for one in each.interview_treatment)
        for name in WORDS:
            assert sum(count for _, count in each.tallies[name]) == len(each.interview_treatment)


@given(case, st.randoms())
def test_the_order_in_which_they_come_makes_no_difference(ones, random):
    other = [*ones]
    random.shuffle(other)
    assert compare(other) == compare(ones)
    assert against_each_other(compare(other)) == against_each_other(compare(ones))


@given(case)
def test_who_was_interview_treatment_like_all_others_is_never_marked(ones):
    alike = [replace(ones[0], number=one.number, klass=one.klass) for one in ones]
    found = compare(alike)
    assert [each.outliers for each in found] == [()] * len(found)
    assert against_each_other(found) == []


@given(case)
def test_nothing_is_made_of_what_is_unknown(ones):
    unknown = [InterviewTreatment(one.number, one.person, one.klass) for one in ones]
    assert all(each.outliers == () for each in compare(unknown))
    assert against_each_other(compare(unknown)) == []


@given(st.lists(st.integers(1, 500), min_size=3, max_size=12))
def test_who_had_twice_the_most_of_all_others_is_always_marked(lengths):
    ones = [*some(*lengths), *some(2 * max(lengths), start=99)]
    assert any(sentence.startswith("Interview 99: length") for sentence in compare(ones)[0].outliers)


@given(st.lists(st.integers(100, 149), min_size=3, max_size=12))
def test_who_had_less_than_twice_the_least_is_never_marked(lengths):
    assert compare(some(*lengths))[0].outliers == ()
