"""What sources may differ about: which fields of which things, and which thing of a case an address names.

Names and identifiers of people are not among them: they are shown to few, and a conflict is read by all on the case.
"""

import re
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, object_session

from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.conflicts import Conflict
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import Question
from tracker.models.register.accounts import Account

MODELS: dict[str, Any] = {
    **{model.__name__.lower(): model for model in (Case, Disclosure, Claim, Material, Version, Person)},
    "access": AccessRecord,
}
PARENTS: dict[str, Any] = {"claim": Claim.disclosure, "version": Version.material}


def _labels(*names: str, **labels: str) -> dict[str, str]:
    """Fields with their labels; one that has none of its own reads as its name."""
    return {**{name: name.replace("_", " ").capitalize() for name in names}, **labels}


FIELDS: dict[str, dict[str, str]] = {
    "case": _labels(
        "title", "question", "why_opened", "requested_by", "legal_hold", "interviews", title="Neutral title",
        interviews="Number of interviews",
    ),
    "disclosure": _labels(
        "outlet", "title", "author", "medium", "url", "published", "first_seen", "comment_requested", "sourcing",
        "form", "derived_from", "text", author="Author as printed", url="Web address",
        comment_requested="Request for comment", sourcing="Sourcing phrase", derived_from="Repeats",
        text="Published text",
    ),
    "claim": _labels(
        "quote", "locator", "protected", "authority", "accuracy", "accuracy_basis", "version", "wording",
        quote="Exact quote", locator="Place in the text", accuracy_basis="Basis for accuracy",
        version="Matched version", **{one.value: one.label for one in Question},
    ),
    "material": _labels(
        "identifier", "title", "originator", "custodian", "marking", "created", "retention", retention="Retention rule",
    ),
    "version": _labels(
        "label", "made", "author", "changes", "identifier", "holders", changes="What changed",
        holders="Number of holders",
    ),
    "person": _labels("post", "unit", "involvement"),
    "access": _labels(
        "person", "material", "version", "copy", "channel", "level", "since", "until", "source", level="Evidence",
        since="From",
    ),
}  # fmt: skip
_ADDRESS = re.compile(r"(case)|([a-z]{5,10}):([1-9]\d{0,8})(?:/([1-9]\d{0,8}))?", re.ASCII)


def find_thing(account: Account, case: Case, address: str) -> Any:
    """The thing of the case that the address names, if it exists for the account; else None."""
    match = _ADDRESS.fullmatch(address)
    session = object_session(case)
    if match is None or session is None:
        return None
    if match[1]:
        return case
    kind, number, part = match[2], int(match[3]), match[4]
    further = {"claim": "claim", "version": "part"}.get(kind)
    if kind not in MODELS or bool(further) != bool(part):
        return None
    more = {further: int(part)} if further else {}
    return session.scalar(MODELS[kind].locate(account, case=case.reference, number=number, **more))


def things_of(facts: Iterable[Conflict]) -> dict[tuple[str, int], Any]:
    """What the facts are about, by kind and id; one statement a kind."""
    facts = list(facts)
    found: dict[tuple[str, int], Any] = {}
    for kind in {fact.thing for fact in facts}:
        session = object_session(facts[0])
        ids = [fact.thing_id for fact in facts if fact.thing == kind]
        select = sa.select(MODELS[kind]).where(MODELS[kind].id.in_(ids))
        select = select.options(joinedload(PARENTS[kind])) if kind in PARENTS else select
        found.update({(kind, thing.id): thing for thing in session.scalars(select)} if session else {})
    return found


def name_of(thing: Any) -> str:
    """`Disclosure 3`, `Claim C2 of disclosure 3`, `Version 2 of material 1`, `P-014`: what a list calls it."""
    match thing:
        case Case():
            return "The case"
        case Claim():
            return f"Claim {thing.label} of disclosure {thing.disclosure.number}"
        case Version():
            return f"Version {thing.number} of material {thing.material.number}"
        case Person():
            return thing.pseudonym
        case AccessRecord():
            return f"Access record {thing.number}"
    return f"{type(thing).__name__} {thing.number}"
