"""Identifiers: typed lists are read or refused with a sentence, and overlapping periods are told in words."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.fair_words import unfair_word
from tracker.analysis.identifiers.lists import IdentifierFault, read_identifiers
from tracker.analysis.identifiers.uses import Use, overlaps
from tracker.analysis.moments import Moment, stated

KINDS = ("email", "account", "badge", "phone", "other")
START = datetime(2016, 6, 1, tzinfo=UTC)


def badge(says, first, last, kind="badge"):
    return Use(kind, f"{kind} {says}", stated(first, "UTC"), stated(last, "UTC"))


@pytest.mark.parametrize("kind", ["e-mail", "E-Mail", "email", " E-MAIL "])
def test_e_mail_is_written_both_ways(kind):
    assert read_identifiers(f"{kind}: p.young@tracker.example; badge:b-1", KINDS) == [
        ("email", "p.young@tracker.example"), ("badge", "b-1"),
    ]  # fmt: skip


def test_a_plain_word_is_an_account_and_an_address_an_e_mail():
    assert read_identifiers("jsmart; p.young@tracker.example", KINDS) == [
        ("account", "jsmart"), ("email", "p.young@tracker.example"),
    ]  # fmt: skip


def test_a_card_used_after_its_successor_came_into_use_is_told():
    old = badge("pyoung001", "2016-05-01 08:00", "2016-06-10 17:10")
    new = badge("pyoung002", "2016-06-02 09:00", "2016-07-30 09:00")
    (said,) = overlaps([new, old])
    assert said == (
        "badge pyoung001 was used until 10 Jun 2016, after badge pyoung002 came into use on 2 Jun 2016: "
        "the periods overlap"
    )


def test_a_card_that_follows_another_overlaps_with_nothing():
    assert overlaps([badge("a", "2016-05-01", "2016-06-01"), badge("b", "2016-06-02", "2016-07-01")]) == []


def test_two_identifiers_of_different_kinds_may_be_used_at_once():
    card, mail = badge("a", "2016-05-01", "2016-07-01"), badge("b", "2016-05-01", "2016-07-01", kind="email")
    assert overlaps([card, mail]) == []


def test_periods_that_meet_on_a_day_only_may_overlap():
    (said,) = overlaps([badge("a", "2016-05-01", "2016-06-02"), badge("b", "2016-06-02 09:00", "2016-07-01")])
    assert said.endswith("until 2 Jun 2016 (day), after badge b came into use on 2 Jun 2016, 09:00 UTC: "
                         "the periods may overlap")  # fmt: skip


def test_a_card_without_a_known_time_is_not_compared():
    assert overlaps([Use("badge", "badge a", Moment.of(), Moment.of()), badge("b", "2016-05-01", "2016-07-01")]) == []


times = st.tuples(st.integers(0, 6), st.integers(0, 3)).map(
    lambda span: Moment.of(START + timedelta(span[0]), START + timedelta(sum(span)), None, "between")
)
periods = st.tuples(times, times).filter(lambda both: both[0].earliest <= both[1].latest)


def days(moment):
    return [moment.earliest + timedelta(day) for day in range((moment.latest - moment.earliest).days + 1)]


def readings(period):
    return [(first, last) for first, last in product(*map(days, period)) if first <= last]


@given(periods, periods)
def test_an_overlap_is_told_exactly_when_some_reading_of_the_times_has_one(one, other):
    met = {a[0] <= b[1] and b[0] <= a[1] for a in readings(one) for b in readings(other)}
    said = overlaps([Use("badge", "badge a", *one), Use("badge", "badge b", *other)])
    assert bool(said) == (True in met)
    if said and said[0].endswith("the periods overlap"):
        assert met == {True}


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.text("abc01@.-", min_size=1, max_size=9)), max_size=5))
def test_identifiers_written_as_in_a_list_come_back(pairs):
    assert read_identifiers("; ".join(f"{kind}:{value}" for kind, value in pairs), KINDS) == pairs


@pytest.mark.parametrize("text", ["card:pyoung001", "badge:", ":x", "badge:" + "x" * 255])
def test_what_is_no_identifier_is_refused_with_a_sentence(text):
    with pytest.raises(IdentifierFault, match=r"\.$"):
        read_identifiers(text, KINDS)


@pytest.mark.parametrize("text", ["the m" + "ole", "Chief SUS" + "PECT", "culp" + "rits' desk", "leak" + "er?"])
def test_a_word_that_judges_a_person_is_found(text):
    assert unfair_word("Head of protocol", text)


@pytest.mark.parametrize(
    "word",
    [
        "m\u043ele", "\u039cole", "\uff4d\uff4f\uff4c\uff45", "sus\u00adpect", "sus\u200bpect", "leak\u2060er",
        "Susp\u00e9ct", "leak" + "er_01", "SUSP" + "ECT1",
    ],
)  # fmt: skip
def test_it_is_found_however_it_is_spelt_and_named_as_it_was_written(word):
    assert unfair_word(f"The {word}, of protocol").strip("_01") == word.strip("_01")


@pytest.mark.parametrize(
    "text", ["Molecular biology", "Leakage officer", "Guilt and Grief unit", "\u043c\u043e\u043b\u0435\u0431", ""]
)
def test_a_word_that_only_begins_like_one_is_not(text):
    assert unfair_word(text) is None
