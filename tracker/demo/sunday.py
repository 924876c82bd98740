"""Readout of the Sunday call, December 2019: everything in the article was officially public before it."""

from typing import Any

from tracker.actions.case.stages import move_stage
from tracker.actions.disclosure.claims import record_claim
from tracker.actions.disclosure.disclosures import record_disclosure
from tracker.actions.disclosure.materials import register_material
from tracker.actions.disclosure.official_releases import record_release
from tracker.actions.disclosure.versions import Content, record_version
from tracker.analysis.moments import Precision
from tracker.demo.briefing import findings
from tracker.demo.context import Context, local_time
from tracker.models.case.words import Stage
from tracker.models.disclosure.claims import Checked
from tracker.models.disclosure.words import (
    Accuracy,
    CheckAnswer,
    DisclosureForm,
    HoldersKnown,
    Medium,
    Protected,
    Wording,
)
from tracker.models.findings.known_sources import KnownSource
from tracker.models.findings.words import Breach, Happened, Source
from tracker.models.words import Answer

ZONE = "Europe/Moscow"
PROTECTION_CHECK = "No step about a person is requested. The first question is whether anything was confidential."
ABOUT = {
    "title": "Readout of the Sunday call",
    "marking": "internal",
    "question": "Did an article about a telephone call of 29 December 2019 disclose anything that was not public?",
    "why_opened": "An article reported thanks for intelligence before our own side had made a statement.",
    "requested_by": "Head of communications",
    "legal_hold": "",
    "zone": "Europe/Moscow",
}
CLAIMS = (
    "One head of state thanked the other for intelligence that helped to stop attacks.",
    "Two nationals were planning attacks on the New Year holiday in St Petersburg.",
    "The other was invited to a 75th-anniversary parade.",
)

OUTCOME: dict[str, Any] = {
    "happened": Happened.ALREADY_PUBLIC,
    "breach": Breach.NONE,
    "sources": (
        KnownSource(Source.NOT_PURSUED, "Everything disclosed was already public, so there is no source to look for."),
    ),
    "note": "Each of the three statements was public before the article. No step about a person was needed.",
    "letters": "Outcome to the head of communications.",
}

NOTES = {"identifier": "CALL-1229", "title": "Notes of the call", "originator": "Call room", "marking": "internal"}
NOTES |= {"custodian": "Records officer", "retention": ""}
TAKEN = {"author": "Note taker", "changes": "", "holders_known": HoldersKnown.UNKNOWN_SMALL, "holders": None}
ARTICLE: dict[str, Any] = {
    "outlet": "Newspaper",
    "title": "Call about foiled attacks",
    "author": "One journalist",
    "medium": Medium.NEWSPAPER,
    "form": DisclosureForm.PARAPHRASES,
    "sourcing": "a person familiar with the call",
    "published": local_time("2019-12-29 21:00", ZONE, Precision.HOUR),
    "first_seen": local_time("2019-12-30", ZONE),
}
CONFIRMED: dict[str, Any] = {
    "outlet": "Deputy press secretary",
    "title": "Confirmation of the call",
    "medium": Medium.SPOKEN,
    "form": DisclosureForm.PARAPHRASES,
    "sourcing": "on the record",
    "published": local_time("2019-12-30 13:00", "America/New_York", Precision.HOUR),
}
READOUT: dict[str, Any] = {
    "by": "Office of the head of state who telephoned",
    "title": "Readout of the call",
    "medium": Medium.WEBSITE,
    "released": local_time("2019-12-29 17:30", ZONE, Precision.HOUR),
    "text": " ".join(CLAIMS),
}
RELEASED = Checked(
    CheckAnswer.YES,
    READOUT["released"],
    "Readout of the other side's own office; state news agency",
    "Published on Sunday, before the article.",
)
KNOWN: dict[str, Any] = {
    "protected": Protected.NOT_PROTECTED,
    "accuracy": Accuracy.ACCURATE,
    "accuracy_basis": "The readout says the same.",
    "already_public": RELEASED,
    "clearance": Checked(CheckAnswer.NO, local_time("2019-12-30", ZONE), "Press office", ""),
    "briefing_possible": Checked(CheckAnswer.NOT_ASKED),
}


def record_disclosure_and_access(context: Context) -> None:
    """Record what was said, where and when; no access is recorded."""
    by, case, day = context.by, context.case, local_time("2019-12-29", ZONE)
    notes = register_material(by, case, created=day, **NOTES)
    taken = {"identifier": "", "made": day} | TAKEN
    version = record_version(by, notes, label="As taken", content=Content(), settings=context.settings, **taken)
    record_release(by, case, **READOUT)
    article = record_disclosure(by, case, **ARTICLE)
    confirmed = record_disclosure(by, case, **CONFIRMED)
    compared = {"version": version, "wording": Wording.CONSISTENT_SHORTENED}
    for quote in CLAIMS:
        record_claim(by, article, quote=quote, locator="First paragraphs", **compared, **KNOWN)
    record_claim(by, confirmed, quote="The call took place.", locator="Briefing", **KNOWN)


def end(context: Context) -> None:
    """Everything was public before the article: straight to review, and closed without a step about anybody."""
    lead, case = context.people["lead"], context.case
    findings.assess(
        context, "The times were compared.", happened=Happened.ALREADY_PUBLIC, damage=Answer.NO,
        damage_reason="There is nothing to protect.",
        reason="The other side's readout said the same hours before the article. No hypothesis needs a test.",
    )  # fmt: skip
    move_stage(lead, case, from_stage=case.stage, to_stage=Stage.REVIEW)
    findings.close(context, None, OUTCOME)
