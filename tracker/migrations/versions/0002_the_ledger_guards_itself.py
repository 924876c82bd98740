"""The ledger's table refuses changes by itself."""

from alembic import op

from tracker.audit import guards

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put the guards on."""
    guards.put_on(op.get_bind())


def downgrade() -> None:
    """Take them off."""
    guards.take_off(op.get_bind())
