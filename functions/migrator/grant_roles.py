"""One database role per function, with the rights that its statements need and no others."""

from __future__ import annotations

from sqlalchemy import Connection, text

READ, ADD, CHANGE = "SELECT", "INSERT", "UPDATE"
READ_THE_ENVELOPE = (
    "SELECT (job_id, ticket_id, from_email, subject, attachments, envelope_erased_at)"
)
"""Who a mail is from and what it is about; only the worker reads bodies and headers."""
EMPTY_THE_CONTENT = "UPDATE (body_text, body_html, headers, attachments, bodies_erased_at)"
EMPTY_THE_REPLY = (
    "UPDATE (body_text, body_html, headers, attachments, bodies_erased_at, from_email, from_name,"
    " subject, to_addresses, cc_addresses, envelope_erased_at)"
)
"""The schema lets a reply only be emptied, never edited, whoever has this right."""
EMPTY_THE_BODY = "UPDATE (raw_body, body_erased_at)"
EMPTY_THE_INQUIRY = (
    "UPDATE (client_name, creditor_email, reference_numbers, zendesk_ticket_id, debt_amount,"
    " match_keys, updated_at, erased_at)"
)

RIGHTS = {
    "creditor_mail_api": {
        "jobs": (READ, ADD, CHANGE),
        "replies": (READ_THE_ENVELOPE, ADD),
        "attempts": (READ,),
        "creditor_inquiries": (READ, ADD, CHANGE),
        "quarantined_deliveries": (READ, ADD, CHANGE),
        "reconciliation_runs": (READ, ADD, CHANGE),
    },
    "creditor_mail_worker": {
        "jobs": (READ, CHANGE),
        "replies": (READ,),
        "attempts": (READ, ADD, CHANGE),
        "creditor_inquiries": (READ,),
        "claims": (READ, ADD, CHANGE),
        "claim_revisions": (READ, ADD),
    },
    "creditor_mail_notifier": {
        "jobs": (READ, CHANGE),
        "replies": (READ_THE_ENVELOPE,),
        "attempts": (READ, CHANGE),
    },
    "creditor_mail_reconciler": {
        "jobs": (READ, CHANGE),
        "attempts": (READ, CHANGE),
        "replies": ("SELECT (job_id, bodies_erased_at)", EMPTY_THE_CONTENT),
        "quarantined_deliveries": (
            "SELECT (id, last_received_at, body_erased_at)",
            EMPTY_THE_BODY,
        ),
        "reconciliation_runs": (READ, ADD, CHANGE),
    },
    "creditor_mail_eraser": {
        "jobs": (READ, CHANGE),
        "replies": (READ, EMPTY_THE_REPLY),
        "attempts": (READ, "UPDATE (ended_at, outcome, error)"),
        "creditor_inquiries": (READ, EMPTY_THE_INQUIRY),
        "claims": (READ,),
        "claim_revisions": (READ,),
        "quarantined_deliveries": (READ, EMPTY_THE_BODY),
        "erasures": (READ, ADD),
    },
}
"""Role → table → rights. Nobody but the schema's owner may delete or alter anything."""

_CREATE = """
    DO $$ BEGIN
        CREATE ROLE {role} LOGIN;
    EXCEPTION WHEN duplicate_object THEN NULL;
    END $$
"""

_SIGN_IN_WITH_IAM = """
    DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_iam') THEN
            GRANT rds_iam TO {role};
        END IF;
    END $$
"""


def grant_roles(connection: Connection) -> None:
    """Makes every role and sets its rights anew, within the caller's transaction.

    On Amazon RDS a role with `rds_iam` signs in with a token instead of a password.
    """
    for role, tables in RIGHTS.items():
        connection.execute(text(_CREATE.format(role=role)))
        connection.execute(text(_SIGN_IN_WITH_IAM.format(role=role)))
        connection.execute(text(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"))
        for table, rights in tables.items():
            connection.execute(text(f"GRANT {', '.join(rights)} ON {table} TO {role}"))
