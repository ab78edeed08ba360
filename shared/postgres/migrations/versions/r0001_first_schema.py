"""Jobs, replies, attempts, inquiries, claims, quarantined deliveries, reconciliation runs."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INQUIRIES = """
CREATE TABLE creditor_inquiries (
    id text PRIMARY KEY,
    client_name text NOT NULL,
    creditor_name text NOT NULL,
    creditor_email text,
    reference_numbers text[] NOT NULL,
    sent_at timestamptz NOT NULL,
    zendesk_ticket_id text,
    letter_type text NOT NULL CHECK (letter_type IN ('first', 'second')),
    debt_amount numeric(14, 2) CHECK (debt_amount >= 0),
    match_keys text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX creditor_inquiries_by_match_key ON creditor_inquiries USING gin (match_keys);
"""

JOBS = """
CREATE TABLE jobs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dedup_key bytea NOT NULL UNIQUE,
    processing_status text NOT NULL DEFAULT 'received' CHECK (
        processing_status IN ('received', 'queued', 'processing', 'completed', 'failed')),
    run integer NOT NULL DEFAULT 1 CHECK (run >= 1),
    retry_count integer NOT NULL DEFAULT 0 CHECK (retry_count = run - 1),
    attempt_count smallint NOT NULL DEFAULT 0 CHECK (attempt_count BETWEEN 0 AND 6),
    received_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    next_attempt_at timestamptz,
    lease_token uuid,
    lease_until timestamptz,
    started_at timestamptz,
    completed_at timestamptz,
    processing_error text,
    match_status text CHECK (
        match_status IN ('auto_matched', 'needs_review', 'no_match', 'not_creditor_reply')),
    reason text,
    matched_inquiry_id text REFERENCES creditor_inquiries (id),
    match_confidence smallint CHECK (match_confidence BETWEEN 0 AND 100),
    match_explanation jsonb,
    extracted_data jsonb,
    sync_status text NOT NULL DEFAULT 'not_applicable' CHECK (
        sync_status IN ('pending', 'synced', 'failed', 'not_applicable')),
    dead_letter_sent_at timestamptz,
    notifying_until timestamptz,
    notified_at timestamptz,
    notification text CHECK (notification IN ('sent', 'skipped')),
    retried_by text,
    retry_request uuid,
    correlation_id text NOT NULL,
    intake_notes text[] NOT NULL DEFAULT '{}',
    CONSTRAINT jobs_lease_while_processing CHECK (
        (processing_status = 'processing')
        = (lease_token IS NOT NULL AND lease_until IS NOT NULL)
        AND (lease_token IS NULL) = (lease_until IS NULL)),
    CONSTRAINT jobs_ended_at_the_end CHECK (
        (processing_status IN ('completed', 'failed')) = (completed_at IS NOT NULL)),
    CONSTRAINT jobs_outcome_when_completed CHECK (
        (processing_status = 'completed')
        = (match_status IS NOT NULL AND reason IS NOT NULL AND match_confidence IS NOT NULL)
        AND (processing_status = 'completed' OR match_status IS NULL)),
    CONSTRAINT jobs_error_when_failed CHECK (
        (processing_status = 'failed') = (processing_error IS NOT NULL)),
    CONSTRAINT jobs_match_names_its_inquiry CHECK (
        match_status IS DISTINCT FROM 'auto_matched' OR matched_inquiry_id IS NOT NULL),
    CONSTRAINT jobs_notified_only_of_failure CHECK (
        (notified_at IS NULL OR processing_status = 'failed')
        AND (notified_at IS NULL) = (notification IS NULL)),
    CONSTRAINT jobs_next_attempt_while_queued CHECK (
        next_attempt_at IS NULL OR processing_status = 'queued'),
    CONSTRAINT jobs_received_means_unsent CHECK (
        processing_status <> 'received' OR sent_at IS NULL)
);
CREATE INDEX jobs_newest_first ON jobs (received_at DESC, id DESC);
CREATE INDEX jobs_newest_first_by_status ON jobs (processing_status, received_at DESC, id DESC);
CREATE INDEX jobs_of_inquiry ON jobs (matched_inquiry_id) WHERE matched_inquiry_id IS NOT NULL;
CREATE INDEX jobs_never_sent ON jobs (created_at)
    WHERE sent_at IS NULL AND processing_status IN ('received', 'queued');
CREATE INDEX jobs_waiting ON jobs (GREATEST(sent_at, next_attempt_at))
    WHERE sent_at IS NOT NULL AND processing_status = 'queued';
CREATE INDEX jobs_leased ON jobs (lease_until) WHERE processing_status = 'processing';
CREATE INDEX jobs_not_notified ON jobs (GREATEST(completed_at, dead_letter_sent_at))
    WHERE notified_at IS NULL AND processing_status = 'failed';
"""

REPLIES = """
CREATE TABLE replies (
    job_id bigint PRIMARY KEY REFERENCES jobs (id),
    ticket_id text NOT NULL,
    comment_id text,
    webhook_id text,
    from_email text NOT NULL,
    from_name text,
    subject text,
    body_text text,
    body_html text,
    attachments jsonb NOT NULL,
    to_addresses text[] NOT NULL,
    cc_addresses text[] NOT NULL,
    headers jsonb NOT NULL,
    bodies_erased_at timestamptz,
    CONSTRAINT replies_erased_means_empty CHECK (
        bodies_erased_at IS NULL OR (body_text IS NULL AND body_html IS NULL))
);
CREATE FUNCTION keep_reply_as_delivered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.bodies_erased_at IS NOT NULL
        AND to_jsonb(NEW) - '{body_text,body_html,bodies_erased_at}'::text[]
          = to_jsonb(OLD) - '{body_text,body_html,bodies_erased_at}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A reply is kept as it was delivered; only its bodies can be erased.';
END $$;
CREATE TRIGGER replies_immutable BEFORE UPDATE OR DELETE ON replies
    FOR EACH ROW EXECUTE FUNCTION keep_reply_as_delivered();
"""

ATTEMPTS = """
CREATE TABLE attempts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id bigint NOT NULL REFERENCES jobs (id),
    run integer NOT NULL CHECK (run >= 1),
    number smallint NOT NULL CHECK (number BETWEEN 1 AND 6),
    lease_token uuid NOT NULL UNIQUE,
    started_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    outcome text CHECK (
        outcome IN ('completed', 'transient_error', 'permanent_error', 'lost')),
    error text,
    UNIQUE (job_id, run, number),
    CONSTRAINT attempts_end_with_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL)),
    CONSTRAINT attempts_error_explains CHECK (
        (outcome IS NULL OR outcome = 'completed') = (error IS NULL))
);
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are history: they are neither changed nor erased.', TG_TABLE_NAME;
END $$;
CREATE TRIGGER attempts_kept BEFORE DELETE ON attempts
    FOR EACH ROW EXECUTE FUNCTION keep_history();
CREATE TRIGGER attempts_end_once BEFORE UPDATE ON attempts
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION keep_history();
"""

CLAIMS = """
CREATE TABLE claim_revisions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    inquiry_id text NOT NULL REFERENCES creditor_inquiries (id),
    job_id bigint NOT NULL REFERENCES jobs (id),
    run integer NOT NULL,
    received_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    previous_amount numeric(14, 2),
    amount numeric(14, 2) NOT NULL CHECK (amount >= 0),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    principal numeric(14, 2),
    interest numeric(14, 2),
    costs numeric(14, 2),
    became_current boolean NOT NULL,
    UNIQUE (job_id, run)
);
CREATE INDEX claim_revisions_of_inquiry ON claim_revisions (inquiry_id, recorded_at);
CREATE TRIGGER claim_revisions_kept BEFORE UPDATE OR DELETE ON claim_revisions
    FOR EACH ROW EXECUTE FUNCTION keep_history();
CREATE TABLE claims (
    inquiry_id text PRIMARY KEY REFERENCES creditor_inquiries (id),
    current_revision_id bigint REFERENCES claim_revisions (id)
);
"""

QUARANTINE = """
CREATE TABLE quarantined_deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('unreadable', 'stale')),
    cause text NOT NULL,
    body_sha256 bytea NOT NULL,
    raw_body bytea NOT NULL,
    deliveries integer NOT NULL DEFAULT 1,
    first_received_at timestamptz NOT NULL DEFAULT now(),
    last_received_at timestamptz NOT NULL DEFAULT now(),
    correlation_id text NOT NULL,
    UNIQUE (kind, body_sha256)
);
"""

RECONCILIATION_RUNS = """
CREATE TABLE reconciliation_runs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    status text NOT NULL CHECK (status IN ('requested', 'running', 'finished', 'abandoned')),
    dry_run boolean NOT NULL,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    lease_token uuid,
    lease_until timestamptz NOT NULL,
    report jsonb,
    CONSTRAINT reconciliation_runs_report_when_finished CHECK (
        (status = 'finished') = (report IS NOT NULL AND finished_at IS NOT NULL)),
    CONSTRAINT reconciliation_runs_token_when_running CHECK (
        status <> 'running' OR lease_token IS NOT NULL)
);
CREATE UNIQUE INDEX reconciliation_runs_one_open ON reconciliation_runs ((true))
    WHERE status IN ('requested', 'running');
"""


def upgrade() -> None:
    for part in (
        INQUIRIES,
        JOBS,
        REPLIES,
        ATTEMPTS,
        CLAIMS,
        QUARANTINE,
        RECONCILIATION_RUNS,
    ):
        op.execute(part)


def downgrade() -> None:
    op.execute("""
        DROP TABLE reconciliation_runs, quarantined_deliveries, claims, claim_revisions,
            attempts, replies, jobs, creditor_inquiries;
        DROP FUNCTION keep_history(), keep_reply_as_delivered();
    """)
