"""Pitfalls: what can be wrong with an answer, said beside it every time."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.analysis.moments import Moment

OF_EXPOSURE = (
    "Shared accounts and mailboxes: a row names an account or a badge, not whoever used it.",
    "Opened does not mean read: previews and automatic opening leave the same row.",
    "Paper, prints, photographs and talk leave no row: unknown is neither no access nor excluded.",
    "The window may end too late: whoever publishes has the words before anybody is asked for comment.",
    "The window may begin too late: a draft or an earlier version may hold the same words.",
)

OF_EXCLUSION = (
    "Whoever is left when others are excluded is not shown to have done anything: the list may be incomplete, "
    "and each exclusion can be withdrawn."
)


@dataclass(frozen=True, slots=True)
class LogFacts:
    """What is known of the fitness of one imported file; texts are empty when nothing is known to be wrong."""

    name: str
    clock_offset: str
    gaps: str
    covers_since: Moment
    covers_until: Moment


def of_exposure(start: Moment, end: Moment, logs: Iterable[LogFacts]) -> list[str]:
    """The pitfalls of an answer about the window from `start` to `end` that rests on these logs."""
    return [*OF_EXPOSURE, *(sentence for log in logs for sentence in _of_log(log, start, end))]


@dataclass(frozen=True, slots=True)
class Excluded:
    """Somebody who is excluded: by weak evidence alone, although rows show access, or on logs that were undone."""

    pseudonym: str
    weak: bool
    shown: bool
    undone: tuple[str, ...] = ()


def of_exclusions(excluded: Iterable[Excluded]) -> list[str]:
    """The pitfalls of leaving people out: each exclusion is as good as its evidence, and the rest is no answer."""
    found = list(excluded)
    if not found:
        return []
    weak = [one.pseudonym for one in found if one.weak]
    shown = [one.pseudonym for one in found if one.shown]
    return [
        OF_EXCLUSION,
        *([f"Excluded by weak evidence (X3) alone: {', '.join(weak)}."] if weak else []),
        *([f"Excluded although rows show access inside the window: {', '.join(shown)}."] if shown else []),
        *(
            f"{one.pseudonym} is excluded on a log that was undone since, which shows nothing: {', '.join(one.undone)}."
            for one in found
            if one.undone
        ),
    ]


def _of_log(log: LogFacts, start: Moment, end: Moment) -> list[str]:
    found = []
    if log.clock_offset.casefold() == "unknown":
        found.append(f"Whether the clock of log {log.name} was right is unknown.")
    elif log.clock_offset:
        found.append(f"Log {log.name} has a clock offset of {log.clock_offset}; its times are not corrected for it.")
    if log.gaps.casefold() == "unknown":
        found.append(f"Whether log {log.name} has gaps is unknown.")
    elif log.gaps:
        found.append(f"Log {log.name} has gaps: {log.gaps.rstrip('.')}.")
    if log.covers_since.earliest and start.latest and log.covers_since.earliest > start.latest:
        found.append(f"Log {log.name} begins after the window does: {log.covers_since.words}.")
    if log.covers_until.latest and end.earliest and log.covers_until.latest < end.earliest:
        found.append(f"Log {log.name} ends before the window does: {log.covers_until.words}.")
    return found
