"""${message[:1].upper() + message[1:]}."""

import sqlalchemy as sa
from alembic import op
% if not down_revision:

from tracker.audit import guards
from tracker.audit.search import schema as search_schema
% endif
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None
TIME = sa.String(27).with_variant(sa.String(27, collation="C"), "postgresql")


def upgrade() -> None:
    """Apply it."""
    ${upgrades if upgrades else "pass"}
% if not down_revision:
    guards.put_on(op.get_bind())
    search_schema.put_on(op.get_bind())
% endif


def downgrade() -> None:
    """Take it back."""
% if not down_revision:
    search_schema.take_off(op.get_bind())
    guards.take_off(op.get_bind())
% endif
    ${downgrades if downgrades else "pass"}
