"""What was disclosed, the material it came from, and the access to it that no log shows."""

from typing import Any

from tracker.actions.access.access_records import record_access
from tracker.actions.access.whereabouts import record_whereabouts
from tracker.actions.disclosure.claims import record_claim
from tracker.actions.disclosure.disclosures import record_disclosure
from tracker.actions.disclosure.materials import record_copy, record_coverage, register_material, resolve_coverage
from tracker.actions.disclosure.official_releases import record_release
from tracker.actions.disclosure.versions import Content, record_version
from tracker.analysis.moments import Precision
from tracker.demo.context import UNKNOWN, Context, local_time
from tracker.models.access.people import Person
from tracker.models.access.words import Channel, Level
from tracker.models.disclosure.claims import Checked, Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import (
    Accuracy,
    CheckAnswer,
    CopyForm,
    DisclosureForm,
    HoldersKnown,
    Medium,
    Point,
    Protected,
    Wording,
)

ZONE = "America/New_York"
BOTH: dict[str, Any] = {"custodian": "Staff secretary", "marking": "official-sensitive"}
BOOK: dict[str, Any] = BOTH | {
    "identifier": "BOOK-0319",
    "title": "Overnight briefing book",
    "originator": "Staff secretary",
}
CARDS: dict[str, Any] = BOTH | {"identifier": "CARDS-0320", "title": "Four cue cards for the telephone call"}
SMALL = {"holders_known": HoldersKnown.UNKNOWN_SMALL, "holders": None, "identifier": ""}
WORDS = Content(
    text="DO NOT CONGRATULATE ON ELECTION WIN\n\nCondemn the use of a nerve agent on our ally's soil.",
    reason="Needed to compare the published words with the card.",
)
DRAFT = SMALL | {"author": "Country officer", "changes": "Four points, the first not in capitals."}
FINAL = SMALL | {"author": "Deputy regional director", "changes": "First card in capitals. Third card shortened."}
DELIVERED = {"author": "Staff secretary", "changes": "", "identifier": "", "holders": 9}
OPEN_POINTS = (
    (Point.UNLOGGED_PRINTER, "The printer beside the adviser's office keeps no log."),
    (Point.INTERPRETER, "It is not known whether the interpreter saw the cards."),
    (Point.COURIER, "Nobody recorded who carried the book to the residence."),
)


def register_materials(context: Context) -> tuple[Material, Material, Version]:
    """Book, cards, and the version of the cards that was used in the call."""
    by, settings = context.by, context.settings
    evening = local_time("2018-03-19 18:00", ZONE, Precision.HOUR)
    book = register_material(by, context.case, created=evening, retention="Returned the next day", **BOOK)
    afternoon, staff = local_time("2018-03-19 14:05", ZONE), "Security council staff"
    about: dict[str, Any] = {"created": afternoon, "originator": staff, "retention": "Collected after the call"}
    cards = register_material(by, context.case, **CARDS, **about)
    draft = record_version(by, cards, label="Draft", content=Content(), settings=settings, made=afternoon, **DRAFT)
    made = local_time("2018-03-19 17:20", ZONE)
    final = record_version(by, cards, label="Final", content=WORDS, settings=settings, made=made, **FINAL)
    delivered: dict[str, Any] = DELIVERED | {
        "holders_known": HoldersKnown.ABOUT,
        "made": local_time("2018-03-19 21:00", ZONE),
    }
    record_version(by, book, label="As delivered", content=Content(), settings=settings, **delivered)
    _spread(context, cards, draft, final)
    return book, cards, final


def _spread(context: Context, cards: Material, draft: Version, final: Version) -> None:
    by = context.by
    for number, holder in enumerate(("Residence", "Office of the leader", "Call room"), start=1):
        record_copy(by, cards, form=CopyForm.PAPER, holder=holder, version=final, label=f"Set {number}", mark="")
    for point, note in OPEN_POINTS:
        record_coverage(by, final, point=point, note=note)
    desk = record_coverage(by, draft, point=Point.SHARED_MAILBOX, note="Several people read the desk's mailbox.")
    resolve_coverage(by, desk, resolution="The mailbox has three readers. All three are in the portal log.")


NEWSPAPER: dict[str, Any] = {
    "outlet": "Newspaper",
    "title": "Leader offered congratulations despite a written warning",
    "author": "Three journalists",
    "medium": Medium.NEWSPAPER,
    "form": DisclosureForm.QUOTES,
    "sourcing": "officials familiar with the call; two people familiar with the notecards",
    "published": local_time("2018-03-20 19:15", ZONE),
    "first_seen": local_time("2018-03-20 19:20", ZONE),
    "comment_requested": local_time("2018-03-20 15:00", ZONE, Precision.BETWEEN, "2018-03-20 18:30"),
    "text": "The papers prepared for the call said DO NOT CONGRATULATE. (Shortened, in our own words.)",
}
BROADCASTER: dict[str, Any] = {
    "outlet": "Broadcaster",
    "title": "Report repeats the newspaper's story",
    "medium": Medium.BROADCAST,
    "form": DisclosureForm.PARAPHRASES,
    "sourcing": "the newspaper",
    "published": local_time("2018-03-20 20:17", ZONE),
}
REMARKS: dict[str, Any] = {
    "by": "The leader, to journalists",
    "title": "Remarks on the call",
    "medium": Medium.SPOKEN,
    "released": local_time("2018-03-20 13:30", ZONE, Precision.HOUR),
}
PUBLIC = Checked(
    CheckAnswer.YES,
    local_time("2018-03-20 13:30", ZONE, Precision.HOUR),
    "The leader, to journalists",
    "The congratulation itself, not the advice against it.",
)
NONE = Checked(CheckAnswer.NO, UNKNOWN, "Press office", "")
UNASKED = Checked(CheckAnswer.NOT_ASKED, UNKNOWN, "No source", "")
ASKED: dict[str, Any] = {"already_public": NONE, "clearance": NONE, "briefing_possible": UNASKED}
BRIEFED = Checked(
    CheckAnswer.YES, UNKNOWN, "Newspaper", "Attributed to a senior official. It may have been authorised."
)
OPEN, MARKED = Protected.UNDETERMINED, Protected.PROTECTED
CLAIMS: tuple[tuple[str, Protected, Accuracy, Wording | None, dict[str, Any]], ...] = (
    ("The leader congratulated against advice.", OPEN, Accuracy.ACCURATE, None, {"already_public": PUBLIC}),
    ("The papers said DO NOT CONGRATULATE.", MARKED, Accuracy.SUBSTANTIALLY, Wording.CONSISTENT_SHORTENED, {}),
    ("The leader was told to condemn a poisoning and did not.", MARKED, Accuracy.ACCURATE, Wording.CONSISTENT, {}),
    ("The adviser did not raise it by telephone.", OPEN, Accuracy.UNKNOWN, None, {"briefing_possible": BRIEFED}),
    ("It is unclear whether the leader read the cards.", Protected.NOT_PROTECTED, Accuracy.UNKNOWN, None, {}),
)


def record_disclosures(context: Context, final: Version) -> tuple[Disclosure, list[Claim]]:
    """What was public, the newspaper's disclosure and its claims."""
    record_release(context.by, context.case, **REMARKS)
    first = record_disclosure(context.by, context.case, **NEWSPAPER)
    second = record_disclosure(context.by, context.case, derived_from=[first], **BROADCASTER)
    claims = [_claim(context, first, final, *claim) for claim in CLAIMS]
    record_claim(
        context.by, second, quote="The newspaper's report on the cards is right.", locator="On air, about 20:17",
        accuracy=Accuracy.UNKNOWN, accuracy_basis="It repeats the newspaper and names no source.", **ASKED,
    )  # fmt: skip
    return first, claims


def _claim(
    context: Context,
    first: Disclosure,
    final: Version,
    quote: str,
    protected: Protected,
    accuracy: Accuracy,
    wording: Wording | None,
    checks: dict[str, Any],
) -> Claim:
    about: dict[str, Any] = {"quote": quote, "locator": "Front page", "protected": protected, "accuracy": accuracy}
    if wording is not None:
        about |= {"version": final, "wording": wording, "authority": "Originator's marking"}
    about["accuracy_basis"] = "Compared with the cards" if wording else "Only what people say; no document to compare."
    return record_claim(context.by, first, **about, **ASKED | checks)


CALL, NIGHT = local_time("2018-03-20 08:30", ZONE, Precision.HOUR), local_time("2018-03-19", ZONE)
NOON = local_time("2018-03-20 12:00", ZONE, Precision.BEFORE)
HEARD = {"channel": Channel.MEETING, "level": Level.E5, "source": "Call sheet", "since": CALL}
HEARD |= {"note": "Heard the call. It is not known whether they saw the cards."}
CARRIED = {"channel": Channel.PHYSICAL, "level": Level.E2, "source": "Residence log", "since": NIGHT}
TOLD = {"channel": Channel.TOLD_BY_ANOTHER, "level": Level.E7, "source": "Own statement", "since": NOON}
TOLD |= {"note": "Told about the first card."}
BY_POST = {"channel": Channel.BRIEFING, "level": Level.E0, "source": "Post", "since": UNKNOWN}


def record_access_by_hand(
    context: Context, people: list[Person], book: Material, cards: Material, final: Version
) -> None:
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
        if facts is TOLD:
            about |= {"told_by": post["National security adviser"]}
        record_access(context.by, context.case, person=post[who], material=material, **about)
    leave = {
        "since": local_time("2018-03-17", ZONE),
        "until": local_time("2018-03-21", ZONE),
        "source": "Leave record",
        "note": "",
    }
    record_whereabouts(context.by, context.case, person=post["Deputy adviser"], place="On leave, abroad", **leave)
