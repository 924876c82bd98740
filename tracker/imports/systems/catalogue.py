"""All known systems: the list, the one with a name, and the one that a header belongs to."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tracker.base.text import fold
from tracker.imports.systems.known_system import KnownSystem
from tracker.imports.systems.toml_files import read_system

FOLDER = Path(__file__).parent


@cache
def all_systems() -> tuple[KnownSystem, ...]:
    """Every known system by its title. SystemFault for a file that is wrong."""
    return tuple(sorted(map(read_system, FOLDER.glob("*.toml")), key=lambda system: fold(system.title)))


def find_system(name: str) -> KnownSystem | None:
    """The system with that name, title or other name, in any letter case; None if there is none."""
    return next((one for one in all_systems() if fold(name) in map(fold, (one.name, one.title, *one.also))), None)


def recognise(header: Sequence[str]) -> KnownSystem | None:
    """The system that writes such a header: the one that knows most of its columns. None for none, or for several."""
    known = [(one.columns_known(header), one) for one in all_systems() if one.is_header(header)]
    most = max((count for count, _ in known), default=0)
    likeliest = [one for count, one in known if count == most]
    return likeliest[0] if len(likeliest) == 1 else None
