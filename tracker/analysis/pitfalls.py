"""Pitfalls: what can be wrong with an answer, said beside it every time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.analysis.moments import Moment

OF_EXPOSURE = (
    "Shared accounts and mailboxes: a record names an account or a badge, not the person who used it.",
    "Opened does not mean read: previews and automatic opening leave the same record.",
    "Paper, prints, photographs and talk leave no record: unknown means neither no access nor eliminated.",
    "The window may end too late: the publisher has the words before asking anyone for comment.",
    "The window may begin too late: a draft or an earlier version may hold the same words.",
)

OF_NARROWING = (
    "All steps together assume a single person behind every disclosure. Several sources would each be missed.",
    "No record is weak ground: people who are set aside by a window are not eliminated.",
    "Holders who are not in the register are not counted: households, assistants, interpreters, intruders.",
    "Whoever is left had opportunity. Many others may have had it too, without a record.",
)
OF_OVERLAP = (
    "Chance means that everybody of the register could be on each list equally, and on each independently.",
    "Lists are not independent: the same posts, units and support desks stand on most of them.",
    "The register may hold only people with access. Then the number expected by chance is too high.",
    "Disclosures that were chosen because they fit each other prove nothing by fitting.",
    "Different people may be behind different disclosures, also where one person could be behind all.",
)

OF_ELIMINATION = (
    "A person who is left when others are eliminated is not shown to have done anything. The list may be incomplete, "
    "and each elimination can be withdrawn."
)


OF_COMPARISON = (
    "Publishers shorten, paraphrase and correct. Words that are left out do not show another version.",
    "The words may have been heard and not read. Whoever spoke may have changed them.",
    "A version without a stored text was not compared. It may hold the same words.",
    "A short passage may stand in two texts by chance.",
    "Capitals, accents and punctuation are not compared.",
    "A version or a copy names nobody: each can be forwarded, copied, retyped or seen by others.",
)

OF_PRIOR_PUBLICATION = (
    "An earlier release need not hold the claim. Read both texts before you answer the check of the claim.",
    "A time that is not exact is taken both ways. Unknown means that either may have come first.",
    "A web page may show when it was last changed, and not when it was published.",
)

OF_RECORDS = (*OF_EXPOSURE[:3], "A record that names no version may be of any version that existed then.")
OF_CHRONOLOGY = (
    "The chronology holds what was recorded. What nobody recorded is missing, and no entry says so.",
    "Times are as they were recorded. A clock that was wrong moves everything that rests on it.",
    "What stands next to each other in time need have nothing to do with each other.",
)
OF_QUESTIONS = (
    "A question is no finding. Memory, clocks and lists differ without anybody being wrong.",
    "Only times that surely lie apart are asked about. With imprecise times there may be more.",
    "What somebody said counts as far as it is recorded: the time of learning, and access at level E6.",
    "Nobody stands on this list for what they did. Everybody with such records is asked alike.",
)
OF_SECOND_HAND = (
    "Each line rests on what somebody said or wrote. A second source may say otherwise.",
    "Talk leaves no record. People who were told, and whom nobody asked, are not here.",
    "A teller who is not recorded may be anybody, and need not be in the register.",
    "A chain joins records of all materials. It does not show that the same words were passed on.",
)
OF_CORE_ANSWERS = (
    "No answer recorded means that none was written down. The question may not have been asked.",
    "People remember the same event differently. Answers that agree may come from talk with each other.",
    "An interview that is not sealed may still change.",
)


@dataclass(frozen=True, slots=True)
class LogFacts:
    """What is known of the reliability of one imported file; texts are empty when nothing is known to be wrong."""

    name: str
    clock_offset: str
    gaps: str
    covers_since: Moment
    covers_until: Moment


def of_exposure(
    start: Moment, end: Moment, logs: Iterable[LogFacts], say: Callable[[Moment], str] = lambda moment: moment.words
) -> list[str]:
    """The pitfalls of an answer about the window from `start` to `end` that rests on these logs."""
    return [*OF_EXPOSURE, *(sentence for log in logs for sentence in _of_log(log, start, end, say))]


@dataclass(frozen=True, slots=True)
class Eliminated:
    """Somebody who is eliminated: by weak evidence alone, although rows show access, or on logs that were reverted."""

    pseudonym: str
    weak: bool
    shown: bool
    reverted: tuple[str, ...] = ()


def of_eliminations(eliminated: Iterable[Eliminated]) -> list[str]:
    """The pitfalls of leaving people out: each elimination is as good as its evidence, and the rest is no answer."""
    found = list(eliminated)
    if not found:
        return []
    weak = [one.pseudonym for one in found if one.weak]
    shown = [one.pseudonym for one in found if one.shown]
    return [
        OF_ELIMINATION,
        *([f"Eliminated by weak evidence (X3) alone: {', '.join(weak)}."] if weak else []),
        *([f"Eliminated although records show access in the window: {', '.join(shown)}."] if shown else []),
        *(
            f"{one.pseudonym} is eliminated on an access log that was later reverted: {', '.join(one.reverted)}."
            for one in found
            if one.reverted
        ),
    ]


def _of_log(log: LogFacts, start: Moment, end: Moment, say: Callable[[Moment], str]) -> list[str]:
    found = []
    if log.clock_offset.casefold() == "unknown":
        found.append(f"It is unknown whether the clock of log {log.name} was right.")
    elif log.clock_offset:
        found.append(f"Log {log.name} has a clock offset of {log.clock_offset}. Its times are not corrected.")
    if log.gaps.casefold() == "unknown":
        found.append(f"It is unknown whether log {log.name} has gaps.")
    elif log.gaps:
        found.append(f"Log {log.name} has gaps: {log.gaps.rstrip('.')}.")
    if log.covers_since.earliest and start.latest and log.covers_since.earliest > start.latest:
        found.append(f"Log {log.name} starts after the window starts: {say(log.covers_since)}.")
    if log.covers_until.latest and end.earliest and log.covers_until.latest < end.earliest:
        found.append(f"Log {log.name} ends before the window ends: {say(log.covers_until)}.")
    return found
