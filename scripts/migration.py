"""`make migration NAME="a column more"`: write the migration that leads from the newest one to the models as they are.

The new file is read, completed by hand (what old rows get in a new column, said once more by the model's `was`) and
tried; `--landed` then writes its hash into migrations/landed.txt, and from there on a test refuses to see it changed.
`--baseline` begins anew with one file: only for as long as nothing was released.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from tracker.audit import schema

VERSIONS, LANDED = schema.MIGRATIONS / "versions", schema.MIGRATIONS / "landed.txt"


def main() -> None:
    """Write a migration, or record that the present ones have landed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name", nargs="?")
    parser.add_argument("--baseline", action="store_true")
    parser.add_argument("--landed", action="store_true")
    wanted = parser.parse_args()
    if wanted.baseline:
        for path in VERSIONS.glob("[0-9]*.py"):
            path.unlink()
    if wanted.name:
        print(write_migration(wanted.name))
    if wanted.landed or wanted.baseline:
        LANDED.write_text("".join(f"{hash_of(path)}  {path.name}\n" for path in sorted(VERSIONS.glob("[0-9]*.py"))))


def write_migration(name: str) -> Path:
    """Write a new migration, formatted: from the schema of those before it to the models. Gives its path."""
    from alembic import command

    before = sorted(VERSIONS.glob("[0-9]*.py"))
    number = f"{int(before[-1].name.partition('_')[0]) + 1 if before else 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'empty.db'}"
        if before:
            schema.upgrade(url)
        with schema.owner(url) as connection:
            config = schema.config(connection)
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            command.revision(config, message=name, rev_id=number, autogenerate=True)
    (made,) = set(VERSIONS.glob("[0-9]*.py")) - set(before)
    lines = made.read_text().splitlines(keepends=True)
    made.write_text("".join(line for line in lines if "commands auto generated" not in line and "### end" not in line))
    for tool in (("check", "--fix", "--quiet", "--select", "F401,I"), ("format", "--quiet")):
        subprocess.run([sys.executable, "-m", "ruff", *tool, made], check=True)
    return made


def hash_of(path: Path) -> str:
    """SHA-256 of a migration, as landed.txt lists it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
