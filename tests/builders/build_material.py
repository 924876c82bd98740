"""Materials, versions and people of a case, recorded by actions as the team would; tests say what they care about."""

from typing import Any

from flask import current_app

from tests import world
from tests.machinery.snapshots import built_once
from tracker.actions.access import people
from tracker.actions.disclosure import materials, versions
from tracker.actions.disclosure.versions import Content
from tracker.analysis.moments import Moment
from tracker.models.access.people import Person
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import HoldersKnown

NOWHEN = Moment.of()


@built_once
def material(identifier: str = "CARDS", *, who: str = "ines", **facts: Any) -> Material:
    """A material of LK-AAAA."""
    about = {"title": "Notecards", "marking": "internal", "created": NOWHEN, **facts}
    return materials.register_material(world.person(who), world.case(), identifier=identifier, **about)


def version(
    of: Material, label: str = "v1", *, who: str = "ines", content: Content | None = None, **facts: Any
) -> Version:
    """A version of a material, of which nothing is kept unless told."""
    about = {"made": NOWHEN, "holders_known": HoldersKnown.UNKNOWN, "holders": None, **facts}
    return versions.record_version(
        world.person(who),
        of,
        label=label,
        content=content or Content(),
        settings=current_app.config["SETTINGS"],
        **about,
    )


@built_once
def person(*identifiers: tuple[str, str], who: str = "ines", **facts: Any) -> Person:
    """A person of LK-AAAA, known by the identifiers (kind and value)."""
    about = {"name": "", "post": "Aide", "unit": "", "identifiers": list(identifiers), **facts}
    return people.add_person(world.person(who), world.case(), **about)
