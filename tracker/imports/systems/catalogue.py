"""All known systems: the list, the one with a name, and the one that a header belongs to."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tracker.analysis.logs.mapping import Mapping
from tracker.base.text import fold
from tracker.imports.systems.known_system import KnownSystem
from tracker.imports.systems.toml_files import read_system
from tracker.models.access.words import IdentifierKind

FOLDER = Path(__file__).parent


@cache
def all_systems() -> tuple[KnownSystem, ...]:
    """Every known system by its title. SystemFault for a file that is wrong."""
    return tuple(sorted(map(read_system, FOLDER.glob("*.toml")), key=lambda system: fold(system.title)))


def find_system(name: str) -> KnownSystem | None:
    """The system with that name, title or other name, in any letter case; None if there is none."""
    return next((one for one in all_systems() if fold(name) in map(fold, (one.name, one.title, *one.also))), None)


def mapping_for(kind: str, header: Sequence[str], name: str = "") -> tuple[Mapping, IdentifierKind] | None:
    """The mapping for a file of the system with that name, else of the one its header belongs to; None if neither fits.

    With it comes what its identifiers are.
    """
    named = find_system(name) if name else None
    system = named if named and named.is_header(header) else recognise(header)
    mapping = system.mapping(kind, header) if system else None
    return (mapping, system.readings[kind].identifiers) if system and mapping else None


def recognise(header: Sequence[str]) -> KnownSystem | None:
    """The system that writes such a header: the one that knows most of its columns. None for none, or for several."""
    known = [(one.columns_known(header), one) for one in all_systems() if one.is_header(header)]
    most = max((count for count, _ in known), default=0)
    likeliest = [one for count, one in known if count == most]
    return likeliest[0] if len(likeliest) == 1 else None
