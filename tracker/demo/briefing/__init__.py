"""Leaked congratulatory briefing, March 2018: who could have seen four cue cards before a newspaper quoted them."""

from pathlib import Path

from tracker.actions.access.people import add_person
from tracker.actions.disclosure.conflicts import record_conflict
from tracker.base import db
from tracker.demo.briefing import disclosure, findings, inquiry, interviews
from tracker.demo.context import Context, date_steps, import_log, local_time
from tracker.models.access.people import Person
from tracker.models.access.words import IdentifierKind, Involvement, LogKind
from tracker.models.disclosure.words import Confidence
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import Intent

HERE = Path(__file__).parent
ZONE = "America/New_York"
PROTECTION_CHECK = (
    "The published words show no wrongdoing and no danger to anyone. No lawful recipient was intended. The requested "
    "steps identify no reporting person. The person who requested the inquiry does not figure in it."
)
ABOUT = {
    "title": "Leaked congratulatory briefing",
    "marking": "official-sensitive",
    "question": "How did words from the leader's cue cards reach a newspaper on the day of the call? What must change?",
    "why_opened": "A newspaper quoted the cue cards within hours of a head of state's telephone call on 20 March 2018. "
    "The next day, two officials confirmed that an inquiry had begun.",
    "requested_by": "Chief of staff",
    "legal_hold": "Mail, portal and print logs of 19 to 21 March 2018 are kept until this case is closed.",
    "zone": ZONE,
}
PEOPLE = (  # post, unit, role, account, badge
    ("Regional director", "Security council staff", Involvement.ORIGINATOR, "rdir", "B-101"),
    ("Deputy regional director", "Security council staff", Involvement.RECIPIENT, "drdir", "B-102"),
    ("Country officer", "Security council staff", Involvement.ORIGINATOR, "country1", "B-103"),
    ("Executive secretary", "Security council staff", Involvement.HANDLER, "execsec", "B-104"),
    ("Deputy adviser", "Security council staff", Involvement.RECIPIENT, "depadv", "B-105"),
    ("National security adviser", "Security council staff", Involvement.RECIPIENT, "adviser", "B-106"),
    ("Assistant to the adviser", "Security council staff", Involvement.HANDLER, "asst-adv", "B-107"),
    ("Staff secretary", "Office of the leader", Involvement.CUSTODIAN, "staffsec", "B-201"),
    ("Deputy staff secretary", "Office of the leader", Involvement.HANDLER, "dstaffsec", "B-202"),
    ("Personal aide", "Office of the leader", Involvement.HANDLER, "aide", "B-203"),
    ("Press secretary", "Press office", Involvement.RECIPIENT, "presssec", "B-301"),
    ("Watch officer", "Call room", Involvement.ATTENDEE, "watch", "B-401"),
    ("Interpreter", "Language services", Involvement.ATTENDEE, "interp", "B-402"),
    ("Note taker", "Call room", Involvement.ATTENDEE, "notes", "B-403"),
    ("Records officer", "Records", Involvement.HANDLER, "records", "B-501"),
)


KEPT = {"covers_since": local_time("2018-03-19", ZONE), "covers_until": local_time("2018-03-20", ZONE)}
PORTAL = KEPT | {
    "system": "Document portal",
    "obtained_from": "Records officer",
    "clock_offset": "about 40 seconds fast",
}
PORTAL |= {"gaps": "Local printers keep no log."}
DOORS = KEPT | {"system": "Door control", "obtained_from": "Building security", "clock_offset": "unknown"}
DOORS |= {"gaps": "unknown"}


def record_disclosure_and_access(context: Context) -> None:
    """Record the case as far as the record reaches."""
    people = [_person(context, *person) for person in PEOPLE]
    book, cards, final = disclosure.register_materials(context)
    first, claims = disclosure.record_disclosures(context, final)
    portal, doors = PORTAL | {"obtained": context.day(1, "10:30")}, DOORS | {"obtained": context.day(1)}
    import_log(context, HERE / "portal.csv", LogKind.ACCESS, identifiers=IdentifierKind.ACCOUNT, **portal)
    import_log(context, HERE / "badges.csv", LogKind.WHEREABOUTS, identifiers=IdentifierKind.BADGE, **doors)
    disclosure.record_access_by_hand(context, people, book, cards, final)
    more = {"field": "sourcing", "value": "More than two officials spoke about the call.", "source": "Broadcaster"}
    record_conflict(context.by, first, confidence=Confidence.LOW, **more)
    for how, source in (("by telephone", "Newspaper"), ("in person", "News agency")):
        value = f"The leader was briefed {how}."
        record_conflict(context.by, claims[3], field="quote", value=value, source=source, confidence=Confidence.MEDIUM)


def run_inquiry(context: Context) -> list[Finding]:
    """From the protected-disclosure check to the findings: interviews held, evidence cited, review still to come."""
    people = list(db.session().scalars(Person.of(context.case).order_by(Person.number)))
    findings.begin(context)
    held = interviews.hold(context, people)
    found = inquiry.gather(context, people, held)
    inquiry.confirm(context, inquiry.eliminate(context, people))
    return findings.allege(context, people, held, found)


def go_halfway(context: Context) -> None:
    """The middle of the investigation: something waits for everybody who works on it."""
    people = list(db.session().scalars(Person.of(context.case).order_by(Person.number)))
    findings.begin(context)
    held = interviews.hold(context, people)
    found = inquiry.gather(context, people, held, 4)
    inquiry.obtain_log(context, HERE / "mail.csv")
    inquiry.eliminate(context, people)
    findings.wait(context, people, held, found)
    date_steps(context)


def end(context: Context) -> None:
    """The inquiry, to its ordinary end: source not identified."""
    findings.conclude(context, run_inquiry(context))
    findings.close(context, Intent.INADVERTENT, findings.OUTCOME)


def _person(context: Context, post: str, unit: str, involvement: Involvement, account: str, badge: str) -> Person:
    identifiers = [("account", account), ("badge", badge)]
    return add_person(
        context.by, context.case, name="", post=post, unit=unit, involvement=involvement, identifiers=identifiers
    )
