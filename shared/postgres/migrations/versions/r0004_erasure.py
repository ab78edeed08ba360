"""Content can be erased after its time, a client on request; certificates say what was."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JOBS = """
ALTER TABLE jobs ADD COLUMN content_erased_at timestamptz,
    ADD CONSTRAINT jobs_erased_only_at_the_end CHECK (
        content_erased_at IS NULL OR processing_status IN ('completed', 'failed'));
CREATE INDEX jobs_content_kept ON jobs (completed_at)
    WHERE content_erased_at IS NULL AND completed_at IS NOT NULL;
CREATE INDEX jobs_content_erased ON jobs (content_erased_at)
    WHERE content_erased_at IS NOT NULL;
CREATE INDEX jobs_by_weighed_inquiry ON jobs USING gin (match_explanation jsonb_path_ops)
    WHERE content_erased_at IS NULL;
UPDATE jobs SET content_erased_at = bodies_erased_at FROM replies
    WHERE replies.job_id = jobs.id AND processing_status IN ('completed', 'failed');
"""

REPLIES = """
ALTER TABLE replies ADD COLUMN envelope_erased_at timestamptz;
CREATE INDEX replies_of_ticket ON replies (ticket_id);
-- By default a fifth of all mails would have to be erased before the disk is cleaned of one.
ALTER TABLE replies SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 1000);
ALTER TABLE replies DISABLE TRIGGER replies_immutable;
UPDATE replies SET headers = '{}', attachments = '[]' WHERE bodies_erased_at IS NOT NULL;
ALTER TABLE replies ENABLE TRIGGER replies_immutable;
ALTER TABLE replies DROP CONSTRAINT replies_erased_means_empty,
    ADD CONSTRAINT replies_erased_means_empty CHECK (
        bodies_erased_at IS NULL OR (body_text IS NULL AND body_html IS NULL
            AND headers = '{}' AND attachments = '[]')),
    ADD CONSTRAINT replies_envelope_erased_means_empty CHECK (
        envelope_erased_at IS NULL OR (bodies_erased_at IS NOT NULL
            AND from_email = '(erased)' AND from_name IS NULL AND subject IS NULL
            AND to_addresses = '{}' AND cc_addresses = '{}'));
CREATE OR REPLACE FUNCTION keep_reply_as_delivered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    erasable text[] := '{body_text,body_html,headers,attachments,bodies_erased_at}';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.envelope_erased_at IS NOT NULL THEN
            erasable := erasable || '{from_email,from_name,subject,to_addresses,cc_addresses,
                envelope_erased_at}'::text[];
        END IF;
        IF NEW.bodies_erased_at IS NOT NULL
            AND to_jsonb(NEW) - erasable = to_jsonb(OLD) - erasable THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'A reply is kept as it was delivered; it can only be erased.';
END $$;
"""

QUARANTINE = """
ALTER TABLE quarantined_deliveries ADD COLUMN body_erased_at timestamptz,
    ADD CONSTRAINT quarantined_deliveries_erased_means_empty CHECK (
        body_erased_at IS NULL OR raw_body = '');
CREATE INDEX quarantined_bodies_kept ON quarantined_deliveries (last_received_at)
    WHERE body_erased_at IS NULL;
CREATE INDEX quarantined_bodies_erased ON quarantined_deliveries (body_erased_at)
    WHERE body_erased_at IS NOT NULL;
"""

INQUIRIES = """
ALTER TABLE creditor_inquiries ADD COLUMN erased_at timestamptz,
    ADD CONSTRAINT creditor_inquiries_erased_means_nameless CHECK (
        erased_at IS NULL OR (client_name = '(erased)' AND creditor_email IS NULL
            AND reference_numbers = '{}' AND zendesk_ticket_id IS NULL
            AND debt_amount IS NULL AND match_keys = '{}'));
"""

ERASURES = """
CREATE TABLE erasures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reference text NOT NULL,
    invocation text NOT NULL UNIQUE,
    erased_at timestamptz NOT NULL DEFAULT now(),
    certificate text NOT NULL,
    certificate_sha256 bytea NOT NULL UNIQUE
        CONSTRAINT erasures_hash_is_of_the_certificate CHECK (
            certificate_sha256 = sha256(convert_to(certificate, 'UTF8'))),
    previous_sha256 bytea REFERENCES erasures (certificate_sha256),
    CONSTRAINT erasures_are_one_chain UNIQUE NULLS NOT DISTINCT (previous_sha256)
);
CREATE INDEX erasures_of_reference ON erasures (reference, id);
CREATE TRIGGER erasures_kept BEFORE UPDATE OR DELETE ON erasures
    FOR EACH ROW EXECUTE FUNCTION keep_history();
CREATE TRIGGER erasures_kept_whole BEFORE TRUNCATE ON erasures
    FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
"""


def upgrade() -> None:
    for part in (JOBS, REPLIES, QUARANTINE, INQUIRIES, ERASURES):
        op.execute(part)


def downgrade() -> None:
    op.execute("""
        LOCK TABLE erasures IN EXCLUSIVE MODE;
        DO $$ BEGIN
            IF EXISTS (SELECT FROM erasures) THEN
                RAISE EXCEPTION 'No further down: there are certificates of erasures.'
                    USING HINT = 'Without the marks that go with them, an import would store an'
                        ' erased client anew.';
            END IF;
        END $$;
        DROP TABLE erasures;
        DROP INDEX replies_of_ticket;
        ALTER TABLE replies RESET (
            autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,
            toast.autovacuum_vacuum_scale_factor, toast.autovacuum_vacuum_threshold);
        ALTER TABLE creditor_inquiries DROP COLUMN erased_at;
        ALTER TABLE quarantined_deliveries DROP COLUMN body_erased_at;
        ALTER TABLE jobs DROP COLUMN content_erased_at;
        ALTER TABLE replies DROP CONSTRAINT replies_erased_means_empty,
            DROP COLUMN envelope_erased_at,
            ADD CONSTRAINT replies_erased_means_empty CHECK (
                bodies_erased_at IS NULL OR (body_text IS NULL AND body_html IS NULL));
        CREATE OR REPLACE FUNCTION keep_reply_as_delivered() RETURNS trigger LANGUAGE plpgsql
        AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND NEW.bodies_erased_at IS NOT NULL
                AND to_jsonb(NEW) - '{body_text,body_html,bodies_erased_at}'::text[]
                  = to_jsonb(OLD) - '{body_text,body_html,bodies_erased_at}'::text[] THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION
                'A reply is kept as it was delivered; only its bodies can be erased.';
        END $$;
    """)
