"""A pack of a full case: seconds from the start to the last byte, and memory of the process that sets the documents.

    python -m benchmarks.packs

An instance of its own is made in a temporary folder: 300 people, 120 interviews, 200 findings, 2,000 exhibits.
"""

import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, took
from benchmarks.full_case import found_instance, grow_instance
from benchmarks.inquiry import FULL
from benchmarks.scratch import opened
from tests import world
from tracker.base import db
from tracker.exports.pack.packing import start_pack
from tracker.exports.pack.wishes import Wish
from tracker.models.register.exports import Export
from tracker.models.register.words import Profile

SECONDS, MEGABYTES = 20, 1024


def main() -> None:
    """Print the figures, one line each."""
    with tempfile.TemporaryDirectory() as folder, opened(grow_instance(found_instance(Path(folder)), FULL)):
        for figure in figures():
            print(figure, flush=True)


def figures() -> Iterator[Figure]:
    """Time and memory of a pack for whoever works on the case."""
    exports = []

    def make() -> None:
        export, body = start_pack(
            world.person("lena"), world.case(), Wish(Profile.FULL), names=False, purpose="", recipient=""
        )
        exports.append(export.id)
        for _ in body:
            pass

    seconds = took(make) / 1000
    pages = db.session().get_one(Export, exports[0], populate_existing=True).rows or 0
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure(f"pack of a full case, {pages:,} pages", f"{seconds:.1f} s", "", seconds, f"<= {SECONDS} s")
    yield Figure("the same: memory of the child process", f"{memory:,.0f} MB", "", memory, f"<= {MEGABYTES:,} MB")


if __name__ == "__main__":
    main()
