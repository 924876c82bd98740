"""Every table of the record; importing this makes the metadata complete."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

for _found in walk_packages([str(Path(__file__).parent)], f"{__package__}."):
    import_module(_found.name)
