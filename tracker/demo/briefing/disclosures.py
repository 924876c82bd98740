"""What the newspaper said, and the broadcaster that repeated it."""

from typing import Any

from tracker.actions.disclosure.claims import record_claim
from tracker.actions.disclosure.disclosures import record_disclosure
from tracker.analysis.moments import Precision
from tracker.demo.telling import UNKNOWN, Telling, local
from tracker.models.disclosure.claims import Checked, Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import Accuracy, DisclosureForm, Medium, Protected, Wording
from tracker.models.words import Answer

ZONE = "America/New_York"
NEWSPAPER: dict[str, Any] = {
    "outlet": "Newspaper",
    "title": "Leader offered congratulations despite a written warning",
    "author": "Three journalists",
    "medium": Medium.NEWSPAPER,
    "form": DisclosureForm.QUOTES,
    "sourcing": "officials familiar with the call; two people familiar with the notecards",
    "published": local("2018-03-20 19:15", ZONE),
    "first_seen": local("2018-03-20 19:20", ZONE),
    "comment_requested": local("2018-03-20 15:00", ZONE, Precision.BETWEEN, "2018-03-20 18:30"),
    "text": "The papers prepared for the call said DO NOT CONGRATULATE. (Shortened, in our own words.)",
}
BROADCASTER: dict[str, Any] = {
    "outlet": "Broadcaster",
    "title": "Report repeats the newspaper's story",
    "medium": Medium.BROADCAST,
    "form": DisclosureForm.PARAPHRASES,
    "sourcing": "the newspaper",
    "published": local("2018-03-20 20:17", ZONE),
}
PUBLIC = Checked(
    Answer.YES,
    local("2018-03-20 13:30", ZONE, Precision.HOUR),
    "The leader, to journalists",
    "The congratulation itself, not the advice against it.",
)
NONE = Checked(Answer.NO, UNKNOWN, "Press office", "")
UNASKED = Checked(Answer.UNKNOWN, UNKNOWN, "No source", "")
ASKED: dict[str, Any] = {"already_public": NONE, "clearance": NONE, "briefing_possible": UNASKED}
BRIEFED = Checked(Answer.YES, UNKNOWN, "Newspaper", "Attributed to a senior official. It may have been authorised.")
OPEN, MARKED = Protected.UNDETERMINED, Protected.PROTECTED
CLAIMS: tuple[tuple[str, Protected, Accuracy, Wording | None, dict[str, Any]], ...] = (
    ("The leader congratulated against advice.", OPEN, Accuracy.ACCURATE, None, {"already_public": PUBLIC}),
    ("The papers said DO NOT CONGRATULATE.", MARKED, Accuracy.SUBSTANTIALLY, Wording.CONSISTENT_SHORTENED, {}),
    ("The leader was told to condemn a poisoning and did not.", MARKED, Accuracy.ACCURATE, Wording.CONSISTENT, {}),
    ("The adviser did not raise it by telephone.", OPEN, Accuracy.UNKNOWN, None, {"briefing_possible": BRIEFED}),
    ("It is unclear whether the leader read the cards.", Protected.NOT_PROTECTED, Accuracy.UNKNOWN, None, {}),
)


def record(telling: Telling, final: Version) -> tuple[Disclosure, list[Claim]]:
    """The newspaper's disclosure and its claims."""
    first = record_disclosure(telling.by, telling.case, **NEWSPAPER)
    second = record_disclosure(telling.by, telling.case, derived_from=first, **BROADCASTER)
    claims = [_claim(telling, first, final, *claim) for claim in CLAIMS]
    record_claim(
        telling.by, second, quote="The newspaper's report on the cards is right.", locator="On air, about 20:17",
        accuracy=Accuracy.UNKNOWN, accuracy_basis="It repeats the newspaper and names no source.", **ASKED,
    )  # fmt: skip
    return first, claims


def _claim(
    telling: Telling,
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
    return record_claim(telling.by, first, **about, **ASKED | checks)
