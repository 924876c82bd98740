"""Which material, version and copy of the case a row names; one that the case does not have is a fault of the row.

A material is named by its identifier or an alias, or as it was said for this file; an alias that is the name of a file
also fits at the end of a path.
"""

from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa

from tracker.analysis.aliases import guess_kind, last_part
from tracker.analysis.cells import unwrap
from tracker.audit.doors import Refused
from tracker.base import db
from tracker.base.text import fold
from tracker.imports.plan import Plan
from tracker.models.case.cases import Case
from tracker.models.disclosure.aliases import MaterialAlias, alias_key
from tracker.models.disclosure.copies import Copy
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import AliasKind

MOST = 100_000  # remembered at most
NO_MATERIAL = "This case has no such material. Add it, or add this name as an alias."
Named = tuple[str, str, str]  # material, version and copy of a row


class Ids(NamedTuple):
    """What a row is about, as the database knows it."""

    material: int | None
    version: int | None
    copy: int | None


class Missing(NamedTuple):
    """The case does not have this: the field, its value and the reason."""

    field: str
    value: str
    reason: str


class Materials(dict[Named, Ids | Missing]):
    """Material, version and copy as a row names them -> their ids. Read once from the case."""

    def __init__(self, case: Case, plan: Plan) -> None:
        super().__init__({("", "", ""): Ids(None, None, None)})
        read = db.session().execute
        of = sa.select(Material.id, Material.identifier).where(Material.case_id == case.id)
        self.materials = {fold(identifier): number for number, identifier in read(of)}
        known = sa.select(MaterialAlias.value_folded, MaterialAlias.material_id, MaterialAlias.kind)
        known = known.where(MaterialAlias.case_id == case.id, MaterialAlias.removed_at.is_(None))
        self.aliases, self.file_names = {}, {}
        for key, material_id, kind in read(known):
            self.aliases[key] = material_id
            if kind is AliasKind.FILE_NAME:
                self.file_names[key] = material_id
        self._hear(plan.mapping.values.get("material", {}))
        replaced = sa.select(Version.corrects_id).where(Version.corrects_id.is_not(None), Version.case_id == case.id)
        versions = sa.select(Version.id, Version.material_id, Version.label).where(
            Version.case_id == case.id, Version.id.not_in(replaced)
        )
        self.versions = {(material, fold(label)): number for number, material, label in read(versions)}
        copies = sa.select(Copy.id, Copy.material_id, Copy.number, Copy.label).where(Copy.case_id == case.id)
        self.copies: dict[tuple[int, str], set[int]] = {}  # by number and by label; two copies may be called the same
        for copy_id, material, number, label in read(copies):
            for name in filter(None, (str(number), fold(label))):
                self.copies.setdefault((material, name), set()).add(copy_id)

    def __missing__(self, named: Named) -> Ids | Missing:
        found = self._look_up(*named)
        return self.setdefault(named, found) if len(self) < MOST else found

    def _hear(self, chosen: Mapping[str, str]) -> None:
        """Add what was said for this file: name -> identifier. Refused for an alias of another material."""
        for name, identifier in chosen.items():
            material_id, key = self.materials.get(fold(identifier)), alias_key(name)
            if material_id is None:
                continue
            if self.aliases.setdefault(key, material_id) != material_id:
                raise Refused(f"{name[:60]} is an alias of another material. Remove that alias first.")
            if guess_kind(name) == AliasKind.FILE_NAME:
                self.file_names.setdefault(key, material_id)

    def _find_material(self, name: str) -> int | None:
        if (found := self.materials.get(fold(name))) is not None:
            return found
        key = alias_key(name)
        return self.aliases.get(key) or self.file_names.get(last_part(key))

    def _look_up(self, material: str, version: str, copy: str) -> Ids | Missing:
        material_id = self._find_material(material)
        if material_id is None and (shown := unwrap(material)) != material:
            material_id = self._find_material(shown)
        if material_id is None:
            return Missing("material", material, NO_MATERIAL)
        version_id = self.versions.get((material_id, fold(version)))
        if version and version_id is None:
            return Missing("version", version, f'The material "{material[:60]}" has no such version. Add it first.')
        copies = self.copies.get((material_id, fold(copy)), set()) if copy else {None}
        if not copies:
            return Missing("copy", copy, f'The material "{material[:60]}" has no such copy. Add it first.')
        if len(copies) > 1:
            return Missing("copy", copy, f'Two copies of "{material[:60]}" have this label. Change one label first.')
        return Ids(material_id, version_id, *copies)
