"""One database role per function, with the rights that its statements need and no others."""

from __future__ import annotations

from sqlalchemy import Connection, text

READ, ADD, CHANGE = "SELECT", "INSERT", "UPDATE"
READ_THE_ENVELOPE = "SELECT (job_id, ticket_id, from_email, subject, attachments)"
"""Who a mail is from and what it is about; only the worker reads bodies and headers."""

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
        "reconciliation_runs": (READ, ADD, CHANGE),
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
