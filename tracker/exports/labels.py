"""What the ids in an export stand for: a pseudonym for a person, a duty for an account, a number for a thing."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from tracker.analysis.cells import guard
from tracker.exports.times import Times
from tracker.models.accesses import Access, Whereabouts
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.disclosures import Capture, Claim, Disclosure
from tracker.models.duties import Assignment
from tracker.models.logs import AccessLog
from tracker.models.materials import Copy, Material, Version
from tracker.models.people import Identifier, Person, pseudonym
from tracker.models.words import Duty

Names = dict[Any, Any]


class Labels:
    """The labels of a case (None: of the register), read in the export's own transaction once they are asked for.

    `names` says whether names and identifiers leave; without them nothing here gives one.
    """

    def __init__(self, connection: sa.Connection, case_id: int | None, *, names: bool) -> None:
        self.connection, self.case_id, self.names, self.times = connection, case_id, names, Times()
        self._kept: dict[str, Names] = {}

    def of(self, kind: str) -> Names:
        """id -> label; `kind` is one of KINDS."""
        if kind not in self._kept:
            self._kept[kind] = KINDS[kind](self)
        return self._kept[kind]

    def read(self, *columns: Any, model: Any) -> list[Any]:
        """Columns of the rows of a model that belong to the case."""
        return list(self.connection.execute(sa.select(*columns).where(model.case_id == self.case_id)))


def _people(labels: Labels) -> Names:
    return {number: pseudonym(shown) for number, shown in labels.read(Person.id, Person.number, model=Person)}


def _names(labels: Labels) -> Names:
    if not labels.names:
        return {}
    return {number: guard(name) for number, name in labels.read(Person.id, Person.name, model=Person)}


def _identifier(labels: Labels) -> Names:
    if not labels.names:
        return {}
    return {number: guard(value) for number, value in labels.read(Identifier.id, Identifier.value, model=Identifier)}


def _identifiers(labels: Labels) -> Names:
    """All of a person: `email:p.young@tracker.example; badge:pyoung001`."""
    if not labels.names:
        return {}
    found: dict[int, list[str]] = {}
    columns = (Identifier.person_id, Identifier.kind, Identifier.value)
    held = sa.select(*columns).where(Identifier.case_id == labels.case_id).order_by(Identifier.id)
    for person, kind, value in labels.connection.execute(held):
        found.setdefault(person, []).append(f"{kind.value}:{value}")
    return {person: guard("; ".join(values)) for person, values in found.items()}


def _materials(labels: Labels) -> Names:
    return {key: guard(name) for key, name in labels.read(Material.id, Material.identifier, model=Material)}


def _versions(labels: Labels) -> Names:
    return {key: guard(name) for key, name in labels.read(Version.id, Version.label, model=Version)}


def _version_materials(labels: Labels) -> Names:
    materials = labels.of("materials")
    return {key: materials[of] for key, of in labels.read(Version.id, Version.material_id, model=Version)}


def _claim_disclosures(labels: Labels) -> Names:
    numbers = labels.of("disclosure_numbers")
    return {key: numbers[of] for key, of in labels.read(Claim.id, Claim.disclosure_id, model=Claim)}


def _numbers(model: Any) -> Callable[[Labels], Names]:
    return lambda labels: dict(map(tuple, labels.read(model.id, model.number, model=model)))


def _corrected(model: Any) -> Callable[[Labels], Names]:
    """Numbers of the rows that others correct: few, where the table itself may be long."""
    ids = sa.select(model.corrects_id).where(model.corrects_id.is_not(None))
    return lambda labels: dict(
        map(tuple, labels.connection.execute(sa.select(model.id, model.number).where(model.id.in_(ids))))
    )


def _held(labels: Labels, *account: Any) -> dict[Any, list[tuple[Duty, bool]]]:
    """The duties that each account ever took up, and whether each is still in force."""
    held = sa.select(Assignment.duty, Assignment.ended_at, Assignment.asleep_at, *account)
    held = held.join(Case, Case.id == Assignment.case_id).join(User, User.id == Assignment.user_id)
    held = held.where(Assignment.accepted_at.is_not(None))
    if labels.case_id is not None:
        held = held.where(Assignment.case_id == labels.case_id)
    found: dict[Any, list[tuple[Duty, bool]]] = {}
    for duty, ended, asleep, *who in labels.connection.execute(held):
        found.setdefault(tuple(who), []).append((duty, ended is None and asleep is None))
    return found


def _accounts(labels: Labels) -> Names:
    """The duty of an account in the case; of one that never had any, what kind of account it is."""
    duties = {user: duty_words(held) for (user,), held in _held(labels, User.id).items()}
    kinds = labels.connection.execute(sa.select(User.id, User.kind))
    return {user: duties.get(user, kind.value) for user, kind in kinds}


def _actors(labels: Labels) -> Names:
    """The same by what the ledger calls a case and an account."""
    duties = {who: duty_words(held) for who, held in _held(labels, Case.reference, User.uid).items()}
    kinds = {uid: kind.value for uid, kind in labels.connection.execute(sa.select(User.uid, User.kind))}
    return _Actors(duties, kinds)


class _Actors(Names):
    """(case, account) -> duty; without one the kind of the account; the program and strangers stand for themselves."""

    def __init__(self, duties: Names, kinds: Names) -> None:
        super().__init__(duties)
        self.kinds = kinds

    def get(self, key: Any, default: Any = None) -> Any:
        """The duty or the kind."""
        kind = self.kinds.get(key[1], key[1])
        return super().get(key) or kind


_THINGS: tuple[tuple[Any, Any], ...] = (
    (Disclosure, None),
    (Material, None),
    (Person, None),
    (Claim, Disclosure),
    (Version, Material),
)


def _things(labels: Labels) -> Names:
    """(kind, id) of what a rival fact is about -> `claim:3/2`, as addresses name it."""
    found: Names = {("case", labels.case_id): "case"}
    for model, parent in _THINGS:
        kind = model.__name__.lower()
        of = parent and getattr(model, f"{parent.__tablename__}_id")
        rows = labels.read(model.id, model.number, *([of] if parent else []), model=model)
        above = labels.of(f"{parent.__tablename__}_numbers") if parent else {}
        found |= {(kind, key): f"{kind}:{f'{above[up[0]]}/' if up else ''}{number}" for key, number, *up in rows}
    return found


def duty_words(duties: list[tuple[Duty, bool]]) -> str:
    """The duties of one account, those in force if there are any: `counsel; decider`."""
    held = {duty for duty, working in duties if working} or {duty for duty, _ in duties}
    return "; ".join(duty.value for duty in Duty if duty in held)


KINDS: dict[str, Callable[[Labels], Names]] = {
    "people": _people,
    "names": _names,
    "identifier": _identifier,
    "identifiers": _identifiers,
    "materials": _materials,
    "versions": _versions,
    "version_materials": _version_materials,
    "version_numbers": _numbers(Version),
    "copy_numbers": _numbers(Copy),
    "disclosure_numbers": _numbers(Disclosure),
    "material_numbers": _numbers(Material),
    "claim_disclosures": _claim_disclosures,
    "claim_numbers": _numbers(Claim),
    "capture_numbers": _numbers(Capture),
    "log_numbers": _numbers(AccessLog),
    "corrected_access": _corrected(Access),
    "corrected_whereabouts": _corrected(Whereabouts),
    "accounts": _accounts,
    "actors": _actors,
    "things": _things,
}
