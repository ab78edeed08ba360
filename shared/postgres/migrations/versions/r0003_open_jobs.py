"""When a job was retried, and an index of the jobs that are open, the oldest first."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE jobs ADD COLUMN retried_at timestamptz;
        CREATE INDEX jobs_open ON jobs (COALESCE(retried_at, created_at))
            WHERE processing_status IN ('received', 'queued', 'processing');
    """)


def downgrade() -> None:
    op.execute("""
        DROP INDEX jobs_open;
        ALTER TABLE jobs DROP COLUMN retried_at;
    """)
