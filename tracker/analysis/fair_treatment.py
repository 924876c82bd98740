"""Fair treatment: the interviews of one class beside each other, and the classes beside each other.

Nothing here is a verdict: what stands out may have a good reason, and what is unknown is said to be so.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from tracker.analysis.moments import Moment, Precision

TO_THE_MINUTE = {Precision.EXACT, Precision.MINUTE}
FEWEST = 3  # interviews of a class of which one can stand out
FEWEST_OF_CLASS = 2  # interviews of a class that can stand beside the other classes
MEASURES = {"length": ("length", "minute"), "notice": ("notice", "hour")}
WORDS = {"mode": "format"} | {name: name for name in ("recording", "companion", "advisement", "signature")}


@dataclass(frozen=True)
class InterviewTreatment:
    """One interview that was held, as far as it says how the person was treated; None is unknown."""

    number: int
    person: str
    klass: str
    length: int | None = None  # minutes, without breaks
    notice: int | None = None  # hours before the start
    mode: str | None = None
    recording: str | None = None
    companion: str | None = None
    advisement: str | None = None
    signature: str | None = None


@dataclass(frozen=True)
class Spread:
    """A measure over several interviews: the ends, the middle, and of how many nothing is known."""

    known: int
    unknown: int
    least: int | None
    middle: Fraction | None
    most: int | None


@dataclass(frozen=True)
class Compared:
    """One class of interviewee: its interviews, what they have in common, and what stands out."""

    name: str
    interview_treatment: tuple[InterviewTreatment, ...]
    spreads: dict[str, Spread]
    tallies: dict[str, list[tuple[str | None, int]]]
    outliers: tuple[str, ...]

    @property
    def people(self) -> int:
        """How many people that are; one may be interviewed more than once."""
        return len({one.person for one in self.interview_treatment})


def length_of(started: Moment, ended: Moment, break_minutes: int | None) -> int | None:
    """Minutes from start to end without breaks; None unless both are known to the minute."""
    if {started.precision, ended.precision} - TO_THE_MINUTE or started.earliest is None or ended.earliest is None:
        return None
    whole = ended.earliest.replace(second=0, microsecond=0) - started.earliest.replace(second=0, microsecond=0)
    return max(whole // timedelta(minutes=1) - (break_minutes or 0), 0)


def notice_of(given: Moment, started: Moment) -> int | None:
    """Whole hours that the person had at the least; None when one of the two times is unknown."""
    if given.latest is None or started.earliest is None:
        return None
    return max((started.earliest - given.latest) // timedelta(hours=1), 0)


def compare(interview_treatment: Iterable[InterviewTreatment]) -> list[Compared]:
    """The classes by name, each with what stands out within it."""
    classes: dict[str, list[InterviewTreatment]] = {}
    for one in sorted(interview_treatment, key=lambda one: (one.klass, one.number)):
        classes.setdefault(one.klass, []).append(one)
    return [_compare_class(name, ones) for name, ones in classes.items()]


def against_each_other(classes: Sequence[Compared]) -> list[str]:
    """Where a class as a whole was treated otherwise than all others."""
    found = []
    for one in classes:
        rest = [other for another in classes if another is not one for other in another.interview_treatment]
        for name, (noun, unit) in MEASURES.items():
            here, there = _known_values(one.interview_treatment, name), _known_values(rest, name)
            if min(len(here), len(there)) >= FEWEST_OF_CLASS and _stands_out(median_of(here), median_of(there)):
                found.append(
                    f"{one.name}: median {noun} {amount(median_of(here), unit)}. "
                    f"Median of the other classes: {amount(median_of(there), unit)}."
                )
        found += [sentence for name in WORDS if (sentence := _all_otherwise(one, rest, name))]
    return found


def _compare_class(name: str, ones: list[InterviewTreatment]) -> Compared:
    spreads = {measure: _spread(ones, measure) for measure in MEASURES}
    tallies = {word: _tally(getattr(one, word) for one in ones) for word in WORDS}
    outliers = [sentence for one in ones for sentence in (*_by_measure(one, spreads), *_by_word(one, ones))]
    return Compared(name, tuple(ones), spreads, tallies, tuple(outliers))


def _by_measure(one: InterviewTreatment, spreads: dict[str, Spread]) -> Iterable[str]:
    for name, (noun, unit) in MEASURES.items():
        value, spread = getattr(one, name), spreads[name]
        if value is None or spread.middle is None or spread.known < FEWEST:
            continue
        if _stands_out(Fraction(value), spread.middle):
            yield (
                f"Interview {one.number}: {noun} {amount(Fraction(value), unit)}. "
                f"Class median: {amount(spread.middle, unit)}."
            )


def _by_word(one: InterviewTreatment, ones: list[InterviewTreatment]) -> Iterable[str]:
    others = [other for other in ones if other is not one]
    for name, label in WORDS.items():
        value, said = getattr(one, name), _known_values(others, name)
        if value is not None and len(said) >= FEWEST - 1 and len(set(said)) == 1 and value != said[0]:
            yield f"Interview {one.number}: {label}: {value}. All others in its class: {said[0]}."


def _all_otherwise(one: Compared, rest: list[InterviewTreatment], name: str) -> str | None:
    """A class none of whose interviews had what any of the others had."""
    here, there = _known_values(one.interview_treatment, name), _known_values(rest, name)
    if min(len(here), len(there)) < FEWEST_OF_CLASS or set(here) & set(there):
        return None
    return f"{one.name}: {WORDS[name]}: {_count_words(here)}. Other classes: {_count_words(there)}."


def _count_words(words: list[str]) -> str:
    return ", ".join(f"{word} ({count})" for word, count in sorted(Counter(words).items()))


def _stands_out(value: Fraction, middle: Fraction) -> bool:
    """At least twice as much, or at most half of it."""
    return value != middle and (value >= 2 * middle or 2 * value <= middle)


def _spread(ones: Sequence[InterviewTreatment], name: str) -> Spread:
    known = _known_values(ones, name)
    ends = (min(known), median_of(known), max(known)) if known else (None, None, None)
    return Spread(len(known), len(ones) - len(known), *ends)


def _tally(words: Iterable[str | None]) -> list[tuple[str | None, int]]:
    """How often each was so, the most frequent first and what is unknown last."""
    return sorted(Counter(words).items(), key=lambda pair: (pair[0] is None, -pair[1], pair[0] or ""))


def _known_values(ones: Iterable[InterviewTreatment], name: str) -> list[Any]:
    return [value for one in ones if (value := getattr(one, name)) is not None]


def median_of(values: Iterable[int]) -> Fraction:
    """The middle value, exactly."""
    return median(map(Fraction, values))


def amount(value: Fraction, unit: str) -> str:
    """`25 minutes`, `1 hour`, `22.5 hours`."""
    number = f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.1f}"
    return f"{number} {unit}" if number == "1" else f"{number} {unit}s"
