"""Gates: what the record must hold before the next step opens. One table; each row is a question with its answer."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.models.cases import Case
from tracker.models.words import ScreenResult


@dataclass(frozen=True)
class Gate:
    """A step that stays shut until `blocks` finds nothing; the sentence says what to do."""

    name: str
    opens: str
    blocks: Callable[[Case], str | None]


UNANSWERED = (
    "Answers about persons open after counsel has answered the protected-disclosure screen. "
    "If the case has no counsel yet, its lead proposes one on the page of the team."
)


def _screen(case: Case) -> str | None:
    if case.screen is None:
        return UNANSWERED
    if case.screen.result is ScreenResult.PROCEED:
        return None
    return f"The protected-disclosure screen says: {case.screen.result.label.lower()}. No answer about persons is open."


SCREEN = Gate("protected-disclosure screen", "answers about persons", _screen)
GATES = (SCREEN,)


def blocking(case: Case, gate: Gate) -> str | None:
    """The sentence that says why `gate` is shut for this case, or None when it is open."""
    return gate.blocks(case)
