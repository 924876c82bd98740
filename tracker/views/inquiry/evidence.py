"""Evidence: the box that finds what can be cited, by its reference or by a word of it."""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from wtforms.datalist import DataListChoice

from tracker.actions.findings.citations import find_cited
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.access.snapshots import Snapshot
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.findings.citations import MODELS
from tracker.models.findings.words import Cited
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.press_contacts import PressContact
from tracker.policy.mask import people_like
from tracker.web.choices import Picker, person_words
from tracker.web.clocks import say
from tracker.web.guard import me

_NUMBER = r"[1-9]\d{0,8}"
_REFERENCE = re.compile(rf"([a-z][a-z _]*?)[ :]+({_NUMBER}(?:/{_NUMBER})?)", re.ASCII)
_CLAIM = re.compile(rf"claim c?({_NUMBER}) of disclosure ({_NUMBER})", re.ASCII)
_KINDS = {name: kind for kind in Cited for name in (kind.value, kind.label.casefold())}
_MANY = {Cited.ACCESS_RECORD, Cited.WHEREABOUTS}  # of which there may be a million: found by number or by person
FIRST = 15


class EvidenceField(Picker):
    """What can be cited, by its reference, or by a word of its title, its quote, or the person it is about."""

    searched_at = "citations.choices"
    always_asks = True  # of each kind it offers a few, of some none

    def offers(self, text: str) -> list[DataListChoice]:
        """What fits, kind by kind."""
        return evidence_offered(self.case, text)

    def find(self, text: str) -> Any:
        """The thing that is named like `exhibit 3` or `claim 1/2`."""
        return _find_named(self.case, text)

    def reference(self, thing: Any) -> str:
        """As its page is headed."""
        return _reference(thing)

    def is_reference(self, text: str) -> bool:
        """A kind and a number."""
        return _read(text)[0] is not None

    def refusal(self, text: str) -> str:
        """Either it is no reference, or one of nothing."""
        kind, number = _read(text)
        if kind is None:
            return "Nothing in this case fits. Enter a reference, such as exhibit 3, interview 4 or claim 1/2."
        return f"There is no {kind.label.lower()} {number} in this case."


def _read(text: str) -> tuple[Cited | None, str]:
    """The kind and number of a reference: of a claim two numbers, of everything else one; None if it is none."""
    folded = " ".join(text.casefold().split())
    if claim := _CLAIM.fullmatch(folded):
        return Cited.CLAIM, f"{claim[2]}/{claim[1]}"
    found = _REFERENCE.fullmatch(folded)
    kind, number = (_KINDS.get(found[1]), found[2]) if found else (None, "")
    return (kind if (kind is Cited.CLAIM) == ("/" in number) else None), number


def _find_named(case: Case, text: str) -> Any:
    kind, number = _read(text)
    if kind is None:
        return None
    try:
        return find_cited(case, kind, number)
    except Refused:
        return None


def kind_of(thing: Any) -> Cited:
    """What kind of evidence a thing is."""
    return next(kind for kind, model in MODELS.items() if isinstance(thing, model))


def _reference(thing: Any) -> str:
    number = f"{thing.disclosure.number}/{thing.number}" if isinstance(thing, Claim) else str(thing.number)
    return f"{kind_of(thing).label} {number}"


def evidence_offered(case: Case, text: str) -> list[DataListChoice]:
    """What a text names, or else the first things of each kind that it fits."""
    named = _find_named(case, text) if text else None
    found = [named] if named is not None else [thing for kind in Cited for thing in _find_fitting(case, kind, text)]
    return [DataListChoice(_reference(one), f"{_reference(one)}: {_words(one)}") for one in found]


def _find_fitting(case: Case, kind: Cited, text: str) -> list[Any]:
    """The first things of a kind that a text fits; all of them fit the beginning of the kind's name."""
    model, whole = MODELS[kind], kind.label.casefold().startswith(text.casefold())
    if whole and kind in _MANY:
        return []
    rows = model.of(case).options(*_LOADED[kind]).order_by(model.number).limit(FIRST)
    if hasattr(model, "uncorrected"):
        rows = rows.where(model.uncorrected())
    if not whole:
        fits = [column.icontains(text, autoescape=True) for column in _SEARCHED.get(kind, ())]
        if hasattr(model, "person_id"):
            them = sa.select(Person.id).where(Person.case_id == case.id, people_like(me(), case, text))
            fits.append(model.person_id.in_(them))
        rows = rows.where(sa.or_(*fits))
    return list(db.session().scalars(rows))


_SEARCHED = {
    Cited.EXHIBIT: (Exhibit.title, Exhibit.name), Cited.CLAIM: (Claim.quote,),
    Cited.PRESS_CONTACT: (PressContact.with_whom,), Cited.SNAPSHOT: (Snapshot.title,),
}  # fmt: skip
_LOADED = {
    Cited.ACCESS_RECORD: (joinedload(AccessRecord.person), joinedload(AccessRecord.material)),
    Cited.WHEREABOUTS: (joinedload(Whereabouts.person),),
    Cited.INTERVIEW: (*Interview.in_short(), joinedload(Interview.person)),
    Cited.EXHIBIT: (),
    Cited.CLAIM: (joinedload(Claim.disclosure),),
    Cited.PRESS_CONTACT: (joinedload(PressContact.person),),
    Cited.SNAPSHOT: (),
}


def _words(thing: Any) -> str:
    """What tells it from the others; nothing that an interview says, for reading that is recorded."""
    if isinstance(thing, Exhibit | Snapshot | Claim):
        return thing.quote[:80] if isinstance(thing, Claim) else thing.title
    match thing:
        case Interview():
            more = [thing.state.label.lower()]
        case AccessRecord():
            more = [thing.material.identifier, thing.level.value, say(thing.since)]
        case Whereabouts():
            more = [thing.place, say(thing.since)]
        case _:
            more = [f"with {thing.with_whom}"]
    return ", ".join([person_words(thing.person), *more])
