"""Migrations of a test: beside those that are there, one more that leads from them on, for as long as the test runs."""

import shutil
from pathlib import Path

from tracker.audit import schema

HEADER = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = {number!r}, {before!r}, None, None

"""


def with_migration(folder: Path, body: str) -> str:
    """Let the program's migrations be those that are there and one of this body, in a copy; its number.

    Whoever calls it gives `schema.MIGRATIONS` back (monkeypatch), or ends.
    """
    before = schema.head()
    number = f"{int(before) + 1:04}"
    copy = folder / "migrations"
    shutil.copytree(schema.MIGRATIONS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / f"versions/{number}_of_a_test.py").write_text(HEADER.format(number=number, before=before) + body)
    schema.MIGRATIONS = copy
    return number
