"""${message[:1].upper() + message[1:]}."""

import sqlalchemy as sa
from alembic import op
% if not down_revision:

from tracker.audit import guards
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
% endif


def downgrade() -> None:
    """Take it back."""
% if not down_revision:
    guards.take_off(op.get_bind())
% endif
    ${downgrades if downgrades else "pass"}
