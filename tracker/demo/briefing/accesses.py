"""Who was in the room, and who was told."""

from tracker.actions.accesses import record_access
from tracker.actions.whereabouts import record_whereabouts
from tracker.analysis.moments import Precision
from tracker.demo.telling import UNKNOWN, Telling, local
from tracker.models.evidence import Channel, Level
from tracker.models.materials import Material, Version
from tracker.models.people import Person

ZONE = "America/New_York"


def record(telling: Telling, people: list[Person], book: Material, cards: Material, final: Version) -> None:
    """What no log shows and somebody wrote down."""
    by, case = telling.by, telling.case
    post = {person.post: person for person in people}
    call = {"since": local("2018-03-20 08:30", ZONE, Precision.HOUR), "until": UNKNOWN}
    for attendee in ("Watch officer", "Note taker", "Interpreter"):
        record_access(
            by,
            case,
            person=post[attendee],
            material=cards,
            version=None,
            channel=Channel.MEETING,
            level=Level.E5,
            source="Call sheet",
            note="Heard the call; whether the cards were seen is not known.",
            **call,
        )
    record_access(
        by,
        case,
        person=post["Personal aide"],
        material=book,
        version=None,
        channel=Channel.PHYSICAL,
        level=Level.E2,
        source="Residence log",
        note="",
        since=local("2018-03-19", ZONE),
        until=UNKNOWN,
    )
    record_access(
        by,
        case,
        person=post["Press secretary"],
        material=cards,
        version=final,
        channel=Channel.TOLD_BY_ANOTHER,
        level=Level.E7,
        source="Own account",
        note="Told of the first card.",
        until=UNKNOWN,
        since=local("2018-03-20 12:00", ZONE, Precision.BEFORE),
    )
    record_access(
        by,
        case,
        person=post["National security adviser"],
        material=cards,
        version=final,
        level=Level.E0,
        channel=Channel.BRIEFING,
        source="Post",
        note="",
        since=UNKNOWN,
        until=UNKNOWN,
    )
    record_whereabouts(
        by,
        case,
        person=post["Deputy adviser"],
        place="On leave, abroad",
        source="Leave record",
        note="",
        since=local("2018-03-17", ZONE),
        until=local("2018-03-21", ZONE),
    )
