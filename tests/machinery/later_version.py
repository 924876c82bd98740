"""A later version of the program, run over a copy of a register: it has a column more on person and on decision.

`python -m tests.machinery.later_version URL`: it upgrades the register, verifies it, and forges the new columns by
SQL where nothing was recorded since, where something was, and in what was sealed in the new format. It prints what
`verify` said each time.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column

from tests import world
from tests.machinery.migrating import with_migration
from tracker.actions.access import people
from tracker.actions.findings import decisions
from tracker.audit import schema
from tracker.audit.verify import chain
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.findings.decisions import Decision
from tracker.models.sealed import Format

MIGRATION = """
def upgrade():
    for table in ("person", "decision"):
        op.add_column(table, sa.Column("remark", sa.Text(), server_default="none", nullable=False))


def downgrade():
    for table in ("person", "decision"):
        op.drop_column(table, "remark")
"""


def add_columns(number: str) -> None:
    """What a developer writes in the models for the two columns, and for the format of decisions."""
    for model in (Person, Decision):
        info = {"since": number, "was": "none"}
        model.remark = mapped_column(sa.Text, default="none", info=info)
    (first,) = Decision.FORMATS
    Decision.FORMATS = (first, Format("decision/2", (*first.fields, "remark")))


def verified() -> str:
    """What `verify` says."""
    db.session().rollback()
    with db.session().get_bind().connect() as connection:
        return str(chain.verify(connection).fault or "sound")


def forged(url: str, table: str, key: int) -> str:
    """What it says while somebody has written into the new column; then it is as it was."""
    db.session().rollback()
    forge = sa.text(f"UPDATE {table} SET remark = :remark WHERE id = :id")
    with schema.owner(url) as owner:
        was = owner.scalar(sa.text(f"SELECT remark FROM {table} WHERE id = :id"), {"id": key})
        owner.execute(forge, {"remark": "forged", "id": key})
    said = verified()
    with schema.owner(url) as owner:
        owner.execute(forge, {"remark": was, "id": key})
    return said


def main(url: str) -> None:
    """Print each step and what was said, as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        add_columns(with_migration(Path(folder), MIGRATION))
        schema.upgrade(url)
        db.bind(url)
        sys.stdout.write(json.dumps({name: step() for name, step in steps(url).items()}) + "\n")


def steps(url: str) -> dict[str, Callable[[], str]]:
    """What is tried, in this order."""
    ids = {model: lambda model=model: db.session().scalars(sa.select(sa.func.max(model.id))).one() for model in KINDS}
    imported = sa.select(sa.func.max(Person.id)).where(Person.came_with_id.is_not(None))

    def edit() -> str:
        person = db.session().get_one(Person, 1)
        people.edit_person(world.person("ines"), person, lock_version=person.lock_version, unit="Another unit")
        return verified()

    def decide() -> str:
        decisions.log_decision(world.person("lena"), world.case(), what="Wait", reason="It is early.")
        return verified()

    return {
        "upgraded": verified,
        "person forged": lambda: forged(url, "person", 1),
        "imported person forged": lambda: forged(url, "person", db.session().scalars(imported).one()),
        "old decision forged": lambda: forged(url, "decision", ids[Decision]()),
        "edited": edit,
        "edited person forged": lambda: forged(url, "person", 1),
        "decided": decide,
        "new decision forged": lambda: forged(url, "decision", ids[Decision]()),
        "in the end": verified,
    }


KINDS = (Person, Decision)

if __name__ == "__main__":
    main(sys.argv[1])
