"""Times that people state: what was done is never still to come."""

from tracker.analysis.times import Moment
from tracker.audit.doors import Refused, now


def is_to_come(moment: Moment) -> bool:
    """Whether a time lies in the future however it is taken; one that is not known does not."""
    return moment.earliest is not None and moment.earliest > now()


def must_have_been(moment: Moment, what: str) -> None:
    """Refuse a time that lies in the future however it is taken; one that is not known passes."""
    if is_to_come(moment):
        raise Refused(f"{what} lies in the future: enter when it really was.")
