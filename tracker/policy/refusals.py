"""The ways in which an action says no; each has its own answer on the web."""

from collections.abc import Callable, Sequence
from typing import Any

from tracker.policy import Permission, allows

Unless = Callable[[Any], str | None] | None  # says of a subject why an action on it is refused now
CLOSED = "This case is closed and can only be read."


class Denied(Exception):
    """The actor may not do this; 403."""

    def __init__(self, needs: Permission, subject: Any = None) -> None:
        super().__init__(f"You do not have permission to {needs.value}.")
        self.needs, self.subject = needs, subject


class Refused(Exception):
    """Not possible now; the text is a sentence for the account; 409. `field` is that which mends it, if one does."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
        self.each: Sequence[Refused] = (self,)


class RefusedAtOnce(Refused):
    """Several refusals, each with its own sentence and its own field."""

    def __init__(self, each: Sequence[Refused]) -> None:
        super().__init__(" ".join(map(str, each)))
        self.each = each


def must_be_possible(actor: Any, needs: Permission, subject: Any, unless: Unless, *, in_closed: bool) -> None:
    """Raise Denied unless the policy allows it; Refused for what lies in a closed case, or what `unless` says."""
    if not allows(actor, needs, subject):
        raise Denied(needs, subject)
    case = getattr(subject, "case", None)
    if not in_closed and case is not None and case.is_closed:
        raise Refused(CLOSED)
    if unless is not None and (why := unless(subject)) is not None:
        raise Refused(why)


class Stale(Refused):
    """Somebody saved the same thing in the meantime; the page shows both texts."""

    def __init__(self, thing: Any) -> None:
        super().__init__("Somebody else saved this record in the meantime. Compare both texts below, then save again.")
        self.thing = thing


class Gone(Exception):
    """The subject no longer exists for the actor; 404."""


class NotAsked(Exception):
    """A page of another site led to what is recorded when it is read; whoever reads it is asked first."""

    def __init__(self, name: str, subject: Any = None) -> None:
        super().__init__(f"{name} was not asked for on a page of this program.")
        self.name, self.subject = name, subject


class AlreadyDone(Exception):
    """This very form was sent before."""

    def __init__(self, token: str) -> None:
        super().__init__("This form was already sent.")
        self.token = token
