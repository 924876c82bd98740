"""Times that people state: what was done is never still to come."""

from tracker.analysis.times import Moment
from tracker.ledger import Refused, now


def must_have_been(moment: Moment, what: str) -> None:
    """Refuse a time that lies in the future however it is taken; one that is not known passes."""
    if moment.earliest is not None and moment.earliest > now():
        raise Refused(f"{what} lies in the future: enter when it really was.")
