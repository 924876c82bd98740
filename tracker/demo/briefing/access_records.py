"""Who was in the room and who was told: access that no log shows and that was recorded by hand."""

from typing import Any

from tracker.actions.access.access_records import record_access
from tracker.actions.access.whereabouts import record_whereabouts
from tracker.analysis.moments import Precision
from tracker.demo.telling import UNKNOWN, Telling, local
from tracker.models.access.people import Person
from tracker.models.access.words import Channel, Level
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version

ZONE = "America/New_York"
CALL, NIGHT = local("2018-03-20 08:30", ZONE, Precision.HOUR), local("2018-03-19", ZONE)
NOON = local("2018-03-20 12:00", ZONE, Precision.BEFORE)
HEARD = {"channel": Channel.MEETING, "level": Level.E5, "source": "Call sheet", "since": CALL}
HEARD |= {"note": "Heard the call. It is not known whether they saw the cards."}
CARRIED = {"channel": Channel.PHYSICAL, "level": Level.E2, "source": "Residence log", "since": NIGHT}
TOLD = {"channel": Channel.TOLD_BY_ANOTHER, "level": Level.E7, "source": "Own statement", "since": NOON}
TOLD |= {"note": "Told about the first card."}
BY_POST = {"channel": Channel.BRIEFING, "level": Level.E0, "source": "Post", "since": UNKNOWN}


def record(telling: Telling, people: list[Person], book: Material, cards: Material, final: Version) -> None:
    """Access records and whereabouts by hand."""
    post = {person.post: person for person in people}
    rows: list[tuple[str, Material, Version | None, dict[str, Any]]] = [
        *((attendee, cards, None, HEARD) for attendee in ("Watch officer", "Note taker", "Interpreter")),
        ("Personal aide", book, None, CARRIED),
        ("Press secretary", cards, final, TOLD),
        ("National security adviser", cards, final, BY_POST),
    ]
    for who, material, version, facts in rows:
        about = {"note": "", "until": UNKNOWN, "version": version} | facts
        record_access(telling.by, telling.case, person=post[who], material=material, **about)
    leave = {
        "since": local("2018-03-17", ZONE),
        "until": local("2018-03-21", ZONE),
        "source": "Leave record",
        "note": "",
    }
    record_whereabouts(telling.by, telling.case, person=post["Deputy adviser"], place="On leave, abroad", **leave)
