"""Revisions of claims say why they did not become current, and whether a person set them."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE claim_revisions ADD COLUMN set_by text, ADD COLUMN objection text;
        ALTER TABLE claim_revisions DISABLE TRIGGER claim_revisions_kept;
        UPDATE claim_revisions SET objection = 'older_letter' WHERE NOT became_current;
        ALTER TABLE claim_revisions ENABLE TRIGGER claim_revisions_kept;
        ALTER TABLE claim_revisions ADD CONSTRAINT claim_revisions_current_or_objected
            CHECK (became_current = (objection IS NULL));
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE claim_revisions DROP COLUMN set_by, DROP COLUMN objection")
