"""The words of a narrowing: what each step is, and who is left, in a sentence that never names anybody."""

from collections.abc import Callable, Sequence

from tracker.actions.access.exposure import Span
from tracker.actions.answers.narrowing.steps import Ground
from tracker.analysis.moments import Moment
from tracker.analysis.narrowing.steps import Narrowed
from tracker.base.text import counted
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.words import Tested

Say = Callable[[Moment], str]


def say_left(everybody: int, last: Narrowed | None) -> str:
    """ "At least 9 and at most 12 of 24 people are left on all grounds. On strong grounds alone, 22 are left." """
    people = counted(everybody, "person", "people")
    if last is None:
        return f"No step counts here, so all of {people} are left."
    left, sure, strong = len(last.left), len(last.sure), len(last.strong)
    said = f"{left:,}" if left == sure else f"At least {sure:,} and at most {left:,}"
    verb = "is" if left == sure == 1 else "are"
    return f"{said} of {people} {verb} left on all grounds. On strong grounds alone, {strong:,} {_are(strong)} left."


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def say_others(weakly: int, each: Sequence[tuple[str, int]]) -> list[str]:
    """Who else it may be: nothing of it depends on how few are left. `each` counts the people of each window."""
    people = counted(weakly, "person", "people")
    said = [f"{people} {_are(weakly)} set aside on weak grounds alone. They may have had access without a record."]
    if len(each) > 1:
        alone = ", ".join(f"{name}: {count:,}" for name, count in each)
        said.append(
            f"Several people may be behind the disclosures. People with a record in each window alone: {alone}."
        )
    return [*said, "Somebody may be missing from the register. The coverage says how many holders are known."]


def say_hypotheses(hypotheses: Sequence[Hypothesis]) -> str:
    """What else may have happened, as far as a hypothesis is recorded that no evidence contradicts."""
    if not hypotheses:
        return "Every recorded hypothesis is contradicted by evidence. Another explanation is missing from the record."
    labels = (f"{one.label}{' (not tested)' if one.state is Tested.NOT_TESTED else ''}" for one in hypotheses)
    return f"No evidence contradicts these hypotheses: {'; '.join(labels)}."


def name_of(ground: Ground) -> str:
    """`D1`, `D1 C2`, `Elimination 3`."""
    if ground.elimination is not None:
        return f"Elimination {ground.elimination.number}"
    subject = ground.subject
    assert subject is not None
    return f"D{subject.disclosure.number}{f' {subject.claim.label}' if subject.claim else ''}"


def about(ground: Ground) -> str:
    """What it is about: the words of the claim, the outlet, or the person by pseudonym."""
    if ground.elimination is not None:
        return ground.elimination.person.pseudonym
    subject = ground.subject
    assert subject is not None
    return subject.claim.quote if subject.claim else subject.disclosure.heading


def reason_of(ground: Ground, say: Say) -> str:
    """Why somebody is set aside by it."""
    if (one := ground.elimination) is not None:
        return f"{one.ground.label}. Strength {one.strength.label}."
    subject = ground.subject
    assert subject is not None
    return f"No record in the window: {'; '.join(_window(span, subject.end, say) for span in subject.spans)}."


def _window(span: Span, end: str, say: Say) -> str:
    what = span.version.heading if span.version is not None else "every material"
    start = say(span.window.start) if span.window.start else "unknown start"
    last = f"{end} {say(span.window.end)}" if span.window.end else "unknown end"
    return f"{what}, {start} to {last}"
