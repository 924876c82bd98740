"""Which material, version and copy of the case a row names; one that the case does not have is a fault of the row."""

from typing import NamedTuple

import sqlalchemy as sa

from tracker.analysis.cells import unwrap
from tracker.base import db
from tracker.base.text import fold
from tracker.models.case.cases import Case
from tracker.models.disclosure.copies import Copy
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version

MOST = 100_000  # remembered at most
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

    def __init__(self, case: Case) -> None:
        super().__init__({("", "", ""): Ids(None, None, None)})
        read = db.session().execute
        of = sa.select(Material.id, Material.identifier).where(Material.case_id == case.id)
        self.materials = {fold(identifier): number for number, identifier in read(of)}
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

    def _look_up(self, material: str, version: str, copy: str) -> Ids | Missing:
        material_id = self.materials.get(fold(material)) or self.materials.get(fold(unwrap(material)))
        if material_id is None:
            return Missing("material", material, "This case has no such material. Add the material first.")
        version_id = self.versions.get((material_id, fold(version)))
        if version and version_id is None:
            return Missing("version", version, f'The material "{material[:60]}" has no such version. Add it first.')
        copies = self.copies.get((material_id, fold(copy)), set()) if copy else {None}
        if not copies:
            return Missing("copy", copy, f'The material "{material[:60]}" has no such copy. Add it first.')
        if len(copies) > 1:
            return Missing("copy", copy, f'Two copies of "{material[:60]}" have this label. Change one label first.')
        return Ids(material_id, version_id, *copies)
