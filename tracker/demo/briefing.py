"""Leaked congratulatory briefing, March 2018: who could have seen four cue cards before a newspaper quoted them."""

from tracker.actions.accesses import record_access
from tracker.actions.claims import record_claim
from tracker.actions.disclosures import record_disclosure
from tracker.actions.materials import record_copy, record_coverage, register_material, resolve_coverage
from tracker.actions.people import add_person
from tracker.actions.rivals import record_rival
from tracker.actions.versions import Content, record_version
from tracker.actions.whereabouts import record_whereabouts
from tracker.analysis.moments import Precision
from tracker.config import Settings
from tracker.demo.telling import UNKNOWN, local, take_in
from tracker.files import FileStore
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.disclosures import Checked, Disclosure
from tracker.models.evidence import Channel, CopyForm, Level, LogKind, Point
from tracker.models.materials import Material, Version
from tracker.models.people import Person
from tracker.models.words import (
    Accuracy,
    Answer,
    Confidence,
    DisclosureForm,
    HoldersKnown,
    IdentifierKind,
    Medium,
    PersonRole,
    Protected,
    Wording,
)

ZONE = "America/New_York"
SCREENED = "2018-03-21"
SCREEN = (
    "The published words show no wrongdoing and no danger to anybody; no lawful recipient was meant. The steps asked "
    "for identify no reporter of a concern. Whoever asked for the inquiry does not figure in it."
)
ABOUT = {
    "title": "Leaked congratulatory briefing",
    "marking": "official-sensitive",
    "question": "How did words of the cue cards for a head of state's telephone call of 20 March 2018 reach a newspaper "
    "the same day, and what has to change?",
    "why_opened": "A newspaper quoted the cue cards within hours of the call. Next day two officials confirmed that an "
    "inquiry had begun.",
    "requested_by": "Chief of staff",
    "legal_hold": "Mail, portal and print logs of 19 to 21 March 2018 are kept until this case is closed.",
}
PEOPLE = (  # post, unit, role, account, badge
    ("Regional director", "Security council staff", PersonRole.ORIGINATOR, "rdir", "B-101"),
    ("Deputy regional director", "Security council staff", PersonRole.RECIPIENT, "drdir", "B-102"),
    ("Country officer", "Security council staff", PersonRole.ORIGINATOR, "country1", "B-103"),
    ("Executive secretary", "Security council staff", PersonRole.HANDLER, "execsec", "B-104"),
    ("Deputy adviser", "Security council staff", PersonRole.RECIPIENT, "depadv", "B-105"),
    ("National security adviser", "Security council staff", PersonRole.RECIPIENT, "adviser", "B-106"),
    ("Assistant to the adviser", "Security council staff", PersonRole.HANDLER, "asst-adv", "B-107"),
    ("Staff secretary", "Office of the leader", PersonRole.CUSTODIAN, "staffsec", "B-201"),
    ("Deputy staff secretary", "Office of the leader", PersonRole.HANDLER, "dstaffsec", "B-202"),
    ("Personal aide", "Office of the leader", PersonRole.HANDLER, "aide", "B-203"),
    ("Press secretary", "Press office", PersonRole.RECIPIENT, "presssec", "B-301"),
    ("Watch officer", "Call room", PersonRole.ATTENDEE, "watch", "B-401"),
    ("Interpreter", "Language services", PersonRole.ATTENDEE, "interp", "B-402"),
    ("Note taker", "Call room", PersonRole.ATTENDEE, "notes", "B-403"),
    ("Records officer", "Records", PersonRole.HANDLER, "records", "B-501"),
)


def tell(lead: User, investigator: User, case: Case, settings: Settings, files: FileStore) -> None:
    """Record the case as far as the record reaches."""
    people = [
        add_person(
            investigator,
            case,
            name="",
            post=post,
            unit=unit,
            role=role,
            identifiers=[("account", account), ("badge", badge)],
        )
        for post, unit, role, account, badge in PEOPLE
    ]
    book, cards, final = _materials(investigator, case, settings)
    first, _ = _disclosures(investigator, case, final)
    take_in(
        investigator,
        case,
        files,
        "portal.csv",
        LogKind.ACCESS,
        fixed={},
        columns={},
        identifiers=IdentifierKind.ACCOUNT,
        system="Document portal",
        obtained_from="Records officer",
        obtained=local("2018-03-22 10:30", ZONE),
        covers_since=local("2018-03-19", ZONE),
        covers_until=local("2018-03-20", ZONE),
        gaps="No log of what local printers printed.",
        clock_offset="about 40 seconds fast",
    )
    take_in(
        investigator,
        case,
        files,
        "badges.csv",
        LogKind.WHEREABOUTS,
        fixed={},
        columns={},
        identifiers=IdentifierKind.BADGE,
        system="Door control",
        obtained_from="Building security",
        obtained=local("2018-03-22", ZONE),
        covers_since=local("2018-03-19", ZONE),
        covers_until=local("2018-03-20", ZONE),
        gaps="unknown",
        clock_offset="unknown",
    )
    _by_hand(investigator, case, people, book, cards, final)
    record_rival(
        investigator,
        first,
        field="sourcing",
        value="More than two officials spoke of the call.",
        source="Broadcaster, same evening",
        confidence=Confidence.LOW,
    )
    record_rival(
        investigator,
        case,
        field="why_opened",
        value="The adviser briefed the leader by telephone.",
        source="Newspaper",
        confidence=Confidence.MEDIUM,
    )
    record_rival(
        investigator,
        case,
        field="why_opened",
        value="The adviser briefed the leader in person.",
        source="News agency",
        confidence=Confidence.MEDIUM,
    )


def _materials(by: User, case: Case, settings: Settings) -> tuple[Material, Material, Version]:
    book = register_material(
        by,
        case,
        identifier="BOOK-0319",
        title="Overnight briefing book",
        originator="Staff secretary",
        custodian="Staff secretary",
        marking="official-sensitive",
        retention="Returned the next day",
        created=local("2018-03-19 18:00", ZONE, Precision.HOUR),
    )
    cards = register_material(
        by,
        case,
        identifier="CARDS-0320",
        title="Four cue cards for the telephone call",
        originator="Security council staff",
        custodian="Staff secretary",
        marking="official-sensitive",
        retention="Collected after the call",
        created=local("2018-03-19 14:05", ZONE),
    )
    draft = record_version(
        by,
        cards,
        label="Draft",
        content=Content(),
        settings=settings,
        made=local("2018-03-19 14:05", ZONE),
        author="Country officer",
        changes="Four points; the first in ordinary letters.",
        holders_known=HoldersKnown.UNKNOWN_SMALL,
        holders=None,
        identifier="",
    )
    final = record_version(
        by,
        cards,
        label="Final",
        settings=settings,
        made=local("2018-03-19 17:20", ZONE),
        content=Content(
            text="DO NOT CONGRATULATE ON ELECTION WIN\n\nCondemn the use of a nerve agent on our ally's soil.",
            reason="Needed to compare the published words with the card.",
        ),
        author="Deputy regional director",
        changes="First card in capitals; third card shortened.",
        holders_known=HoldersKnown.UNKNOWN_SMALL,
        holders=None,
        identifier="",
    )
    record_version(
        by,
        book,
        label="As delivered",
        content=Content(),
        settings=settings,
        made=local("2018-03-19 21:00", ZONE),
        author="Staff secretary",
        changes="",
        holders_known=HoldersKnown.ABOUT,
        holders=9,
        identifier="",
    )
    for number, holder in enumerate(("Residence", "Office of the leader", "Call room"), start=1):
        record_copy(by, cards, form=CopyForm.PAPER, holder=holder, version=final, label=f"Set {number}", mark="")
    printer = record_coverage(
        by, final, point=Point.UNLOGGED_PRINTER, note="Printer beside the adviser's office keeps no log."
    )
    record_coverage(by, final, point=Point.INTERPRETER, note="Whether the interpreter saw the cards is not known.")
    record_coverage(by, final, point=Point.COURIER, note="Who carried the book to the residence is not written down.")
    desk = record_coverage(by, draft, point=Point.SHARED_MAILBOX, note="The desk's mailbox is read by several.")
    resolve_coverage(by, desk, resolution="Three readers of the mailbox; all three stand in the portal log.")
    assert printer.resolved_at is None
    return book, cards, final


def _disclosures(by: User, case: Case, final: Version) -> tuple[Disclosure, Disclosure]:
    first = record_disclosure(
        by,
        case,
        outlet="Newspaper",
        title="Leader congratulated in spite of a warning in his papers",
        author="Three reporters",
        medium=Medium.NEWSPAPER,
        form=DisclosureForm.QUOTES,
        sourcing="officials familiar with the call; two people familiar with the notecards",
        published=local("2018-03-20 19:15", ZONE),
        first_seen=local("2018-03-20 19:20", ZONE, Precision.MINUTE),
        comment_requested=local("2018-03-20 15:00", ZONE, Precision.BETWEEN, "2018-03-20 18:30"),
        text="The papers prepared for the call said DO NOT CONGRATULATE. (Shortened; told in our own words.)",
    )
    second = record_disclosure(
        by,
        case,
        outlet="Broadcaster",
        title="Report repeats the newspaper's account",
        author="",
        medium=Medium.BROADCAST,
        form=DisclosureForm.PARAPHRASES,
        sourcing="the newspaper",
        published=local("2018-03-20 20:17", ZONE),
        derived_from=first,
    )
    _claims(by, first, final)
    record_claim(
        by,
        second,
        quote="The newspaper's account of the cards is right.",
        locator="On air, about 20:17",
        protected=Protected.UNDETERMINED,
        accuracy=Accuracy.UNKNOWN,
    )
    return first, second


def _claims(by: User, first: Disclosure, final: Version) -> None:
    public = Checked(
        Answer.YES,
        local("2018-03-20 13:30", ZONE, Precision.HOUR),
        "The leader, to reporters",
        "The congratulation itself, not the advice against it.",
    )
    briefed = Checked(Answer.YES, UNKNOWN, "Newspaper", "Ascribed to a senior official: it may have been authorised.")
    claims = (
        (
            "He congratulated although his advisers had warned him not to.",
            Protected.UNDETERMINED,
            Accuracy.ACCURATE,
            None,
            None,
            {"already_public": public},
        ),
        (
            "The papers said DO NOT CONGRATULATE.",
            Protected.PROTECTED,
            Accuracy.SUBSTANTIALLY,
            final,
            Wording.CONSISTENT_SHORTENED,
            {},
        ),
        (
            "He was told to condemn a poisoning and did not.",
            Protected.PROTECTED,
            Accuracy.ACCURATE,
            final,
            Wording.CONSISTENT,
            {},
        ),
        (
            "The adviser did not raise it when briefing him by telephone.",
            Protected.UNDETERMINED,
            Accuracy.UNKNOWN,
            None,
            None,
            {"briefing_possible": briefed},
        ),
        ("It is unclear whether he read the cards.", Protected.NOT_PROTECTED, Accuracy.UNKNOWN, None, None, {}),
    )
    for quote, protected, accuracy, version, wording, checks in claims:
        record_claim(
            by,
            first,
            quote=quote,
            locator="Front page",
            protected=protected,
            accuracy=accuracy,
            version=version,
            wording=wording,
            **checks,
            authority="Originator's marking" if version else "",
        )


def _by_hand(by: User, case: Case, people: list[Person], book: Material, cards: Material, final: Version) -> None:
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
