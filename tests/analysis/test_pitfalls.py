"""What is said beside an answer: always the same warnings, and what is known against the logs it rests on."""

from tracker.analysis.moments import Moment, stated
from tracker.analysis.pitfalls import OF_ELIMINATION, OF_EXPOSURE, Eliminated, LogFacts, of_eliminations, of_exposure

UNKNOWN = Moment.of()
START, END = stated("2018-03-20 06:00", "UTC"), stated("2018-03-20 23:15", "UTC")


def said(start=START, end=END, **facts):
    plain = {"clock_offset": "", "gaps": "", "covers_since": UNKNOWN, "covers_until": UNKNOWN}
    return of_exposure(start, end, [LogFacts("L3", **{**plain, **facts})])[len(OF_EXPOSURE) :]


def test_a_log_against_which_nothing_is_known_adds_nothing():
    assert said() == []
    assert of_exposure(START, END, []) == list(OF_EXPOSURE)


def test_clock_and_gaps_are_said():
    assert said(clock_offset="+3 min") == ["Log L3 has a clock offset of +3 min. Its times are not corrected."]
    assert said(gaps="No rows at night.") == ["Log L3 has gaps: No rows at night."]


def test_a_log_that_does_not_cover_the_window_is_named():
    late, early = stated("2018-03-20 06:01", "UTC"), stated("2018-03-20 23:14", "UTC")
    assert said(covers_since=late) == ["Log L3 starts after the window starts: 20 Mar 2018, 06:01 UTC."]
    assert said(covers_until=early) == ["Log L3 ends before the window ends: 20 Mar 2018, 23:14 UTC."]
    assert said(covers_since=START, covers_until=END) == []


def test_of_a_window_that_is_not_known_nothing_is_said():
    moments = {"covers_since": END, "covers_until": START}
    assert said(UNKNOWN, UNKNOWN, **moments) == []


def test_what_is_not_known_of_a_log_is_said_in_words():
    assert said(clock_offset="unknown") == ["It is unknown whether the clock of log L3 was right."]
    assert said(gaps="Unknown") == ["It is unknown whether log L3 has gaps."]


def test_nobody_eliminated_needs_no_warning():
    assert of_eliminations([]) == []


def test_each_elimination_that_is_weak_or_that_rows_speak_against_is_named():
    sound, weak, shown = (
        Eliminated("P-001", False, False),
        Eliminated("P-002", True, False),
        Eliminated("P-003", False, True),
    )
    assert of_eliminations([sound]) == [OF_ELIMINATION]
    assert of_eliminations([sound, weak, shown])[1:] == [
        "Eliminated by weak evidence (X3) alone: P-002.",
        "Eliminated although records show access in the window: P-003.",
    ]
