"""The briefing book and the cue cards, with their versions, copies and the ways they spread that no log shows."""

from typing import Any

from tracker.actions.disclosure.materials import record_copy, record_coverage, register_material, resolve_coverage
from tracker.actions.disclosure.versions import Content, record_version
from tracker.analysis.moments import Precision
from tracker.demo.telling import Telling, local
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import CopyForm, HoldersKnown, Point

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


def register(telling: Telling) -> tuple[Material, Material, Version]:
    """Book, cards, and the version of the cards that was used in the call."""
    by, settings = telling.by, telling.settings
    evening = local("2018-03-19 18:00", ZONE, Precision.HOUR)
    book = register_material(by, telling.case, created=evening, retention="Returned the next day", **BOOK)
    afternoon, staff = local("2018-03-19 14:05", ZONE), "Security council staff"
    about: dict[str, Any] = {"created": afternoon, "originator": staff, "retention": "Collected after the call"}
    cards = register_material(by, telling.case, **CARDS, **about)
    draft = record_version(by, cards, label="Draft", content=Content(), settings=settings, made=afternoon, **DRAFT)
    made = local("2018-03-19 17:20", ZONE)
    final = record_version(by, cards, label="Final", content=WORDS, settings=settings, made=made, **FINAL)
    delivered: dict[str, Any] = DELIVERED | {
        "holders_known": HoldersKnown.ABOUT,
        "made": local("2018-03-19 21:00", ZONE),
    }
    record_version(by, book, label="As delivered", content=Content(), settings=settings, **delivered)
    _spread(telling, cards, draft, final)
    return book, cards, final


def _spread(telling: Telling, cards: Material, draft: Version, final: Version) -> None:
    by = telling.by
    for number, holder in enumerate(("Residence", "Office of the leader", "Call room"), start=1):
        record_copy(by, cards, form=CopyForm.PAPER, holder=holder, version=final, label=f"Set {number}", mark="")
    for point, note in OPEN_POINTS:
        record_coverage(by, final, point=point, note=note)
    desk = record_coverage(by, draft, point=Point.SHARED_MAILBOX, note="Several people read the desk's mailbox.")
    resolve_coverage(by, desk, resolution="The mailbox has three readers. All three are in the portal log.")
