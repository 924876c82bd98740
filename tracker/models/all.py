"""Every table of the record; importing this makes the metadata complete."""

from importlib import import_module
from pkgutil import walk_packages

import tracker.models

for _found in walk_packages(tracker.models.__path__, "tracker.models."):
    import_module(_found.name)
