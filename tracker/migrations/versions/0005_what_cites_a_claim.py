"""What cites a claim is asked at each of its edits, and found by an index."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_index("ix_citation_claim", "citation", ["claim_id"], unique=False)


def downgrade() -> None:
    """Undo it."""
    op.drop_index("ix_citation_claim", table_name="citation")
