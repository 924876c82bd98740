"""Alembic's environment: it is given a connection by tracker.audit.schema, and reads no file."""

from typing import Any, Literal

from alembic import context

from tracker.audit.search.schema import is_of_models
from tracker.base.db import UTC, Base
from tracker.models import all as _every_table  # noqa: F401  # importing it fills the metadata
from tracker.models.findings.known_sources import KnownSources


def written(kind: str, thing: Any, _autogen: Any) -> str | Literal[False]:
    """Our types are written into a new migration as what the database holds: it must not change when ours do."""
    if kind == "type" and isinstance(thing, KnownSources):
        return "sa.Text()"
    return "TIME" if kind == "type" and isinstance(thing, UTC) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    render_item=written,
    include_name=is_of_models,
    render_as_batch=True,  # SQLite alters little by itself
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
