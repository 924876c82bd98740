"""Aliases of a material: added by somebody, remembered from an import, and removed with a reason."""

from collections.abc import Mapping

import sqlalchemy as sa

from tracker.actions.checks import add_numbered, change, must_say
from tracker.analysis.aliases import guess_kind
from tracker.audit.doors import Refused, action, now
from tracker.base import db
from tracker.base.text import fold
from tracker.models.access.access_logs import AccessLog
from tracker.models.case.cases import Case
from tracker.models.disclosure.aliases import MaterialAlias, alias_key
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.words import AliasKind
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.RECORD_MATERIAL, "alias.added")
def add_alias(actor: Account, material: Material, *, kind: AliasKind, value: str) -> MaterialAlias:
    """Say what a system calls the material. Refused for a name that stands for a material already."""
    owner = find_owner(material.case, value)
    if owner is not None:
        raise Refused(f"{value[:60]} already means {owner.identifier}. An alias stands for one material.")
    return _add(actor, material, kind, value)


@action(Permission.RECORD_MATERIAL, "alias.removed")
def remove_alias(actor: Account, alias: MaterialAlias, *, why: str) -> None:
    """Match it no more. Records that were imported by it stay."""
    if alias.removed_at is not None:
        raise Refused("This alias is already removed.")
    must_say(why, "Enter the reason for removing the alias.", "reason")
    change(alias, removed_at=now(), removed_by=actor, removed_why=why)


def learn_aliases(actor: Account, log: AccessLog, chosen: Mapping[str, str]) -> None:
    """Remember what an import was told: the name as the file has it -> the identifier of a material, or nothing.

    To be called by the action that imports the log. Refused for a name that stands for another material.
    """
    identifiers = {fold(one.identifier): one for one in db.session().scalars(Material.of(log.case))}
    for value, identifier in chosen.items():
        material, owner = identifiers.get(fold(identifier)), find_owner(log.case, value)
        if owner is not None and material is not None and owner is not material:
            raise Refused(f"{value[:60]} already means {owner.identifier}. Remove that alias first.")
        if owner is None and material is not None:
            _add(actor, material, AliasKind(guess_kind(value)), value, learned_from=log)
            db.session().flush()  # two spellings of one name are one alias


def find_owner(case: Case, value: str, but: Material | None = None) -> Material | None:
    """The material of a case, other than `but`, that a name stands for, as its identifier or as an alias in force."""
    for material in db.session().scalars(Material.of(case)):
        if fold(material.identifier) == fold(value) and material is not but:
            return material
    alias = sa.select(Material).join(MaterialAlias, MaterialAlias.material_id == Material.id)
    alias = alias.where(MaterialAlias.case_id == case.id, MaterialAlias.removed_at.is_(None))
    alias = alias.where(MaterialAlias.value_folded == alias_key(value))
    found = db.session().scalar(alias)
    return found if found is not but else None


def _add(
    actor: Account, material: Material, kind: AliasKind, value: str, learned_from: AccessLog | None = None
) -> MaterialAlias:
    return add_numbered(
        MaterialAlias, material=material, kind=kind, value=value, value_folded=alias_key(value), by=actor,
        learned_from=learned_from,
    )  # fmt: skip
