"""`make golden VERSION=0.1.0`: keep a register of this version of the program, for later ones to upgrade and verify.

It has something of every kind, recorded by actions: sealed, imported, approved, eliminated and disposed of. It keeps
the instance with its files and key, and the database: on SQLite the file itself, on PostgreSQL what pg_dump writes.
"""

import lzma
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from sqlalchemy import make_url

from tests import world
from tests.builders import build_columns, build_everything
from tests.machinery.database import ON_POSTGRESQL, drop_database, new_database, programs
from tests.machinery.haste import cheapen_passwords
from tracker import create_app
from tracker.audit.verify import chain
from tracker.audit.verify.files import damaged_files
from tracker.base import db
from tracker.cli.founding import prepare

GOLDEN = Path(__file__).parent.parent / "tests/golden"
KIND = "postgresql" if ON_POSTGRESQL else "sqlite"
DUMP = "database.sql"


def main(version: str) -> None:
    """Build it, verify it, keep it."""
    kept = GOLDEN / f"{version}-{KIND}.tar.xz"
    if not version or kept.exists():
        sys.exit("Name a version that is not kept yet: what is kept is never made anew.")
    GOLDEN.mkdir(exist_ok=True)
    cheapen_passwords()
    url = new_database() if ON_POSTGRESQL else ""
    with tempfile.TemporaryDirectory() as folder:
        build_register(Path(folder) / "instance", url)
        if url:
            (Path(folder) / DUMP).write_bytes(dump(url))
            drop_database(url)
        with lzma.open(kept, "wb", preset=9) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
            for path in sorted(Path(folder).iterdir()):
                archive.add(path, path.name, filter=anonymous)
    print(f"{kept.relative_to(Path.cwd())}: {kept.stat().st_size:,} bytes")


def build_register(instance: Path, url: str) -> None:
    """A register with something of every kind; SystemExit when it does not verify as it is."""
    if url:
        os.environ["TRACKER_DATABASE_URL"] = url
    app = create_app(prepare(instance))
    os.environ.pop("TRACKER_DATABASE_URL", None)
    with app.app_context():
        world.build()
        build_everything.furnish()
        build_columns.told()
        db.session().rollback()
        with db.session().get_bind().connect() as connection:  # type: ignore[union-attr]  # bound to an engine
            faults = [chain.verify(connection).fault, *damaged_files(connection, app.extensions["files"])]
    db.release()
    if any(faults):
        sys.exit("\n".join(map(str, filter(None, faults))))


def dump(url: str) -> bytes:
    """The database as SQL, without owners and rights, which are another machine's."""
    folder = programs()
    assert folder
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    command = [folder / "pg_dump", "--no-owner", "--no-privileges", "--inserts", address]
    return subprocess.run(command, check=True, capture_output=True).stdout


def anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """The entry without its owner and time; None for the files that SQLite leaves beside a database."""
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return None if entry.name.endswith(("-wal", "-shm", ".turn", ".lock")) else entry


if __name__ == "__main__":
    main("".join(sys.argv[1:2]))
