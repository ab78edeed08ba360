"""The way out of a first deploy that failed: what protects data also protects its remains."""

from __future__ import annotations

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

_NEVER_CAME_ABOUT = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}
"""A stack has these states only if its creation failed, so nobody has put data into it."""

_FAST = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 2})


def way_out_of_failed_create(session: boto3.Session, stack: str) -> str:
    """Return the commands that clear away `stack` if its creation failed, else nothing.

    Nothing too if that can't be found out: CDK itself then says what is in the way.
    """
    formation = session.client("cloudformation", config=_FAST)
    try:
        (found,) = formation.describe_stacks(StackName=stack)["Stacks"]
        if found["StackStatus"] not in _NEVER_CAME_ABOUT:
            return ""
        pages = formation.get_paginator("list_stack_resources").paginate(StackName=stack)
        clusters = [
            resource["PhysicalResourceId"]
            for page in pages
            for resource in page["StackResourceSummaries"]
            if resource["ResourceType"] == "AWS::RDS::DBCluster"
            and resource["ResourceStatus"] != "DELETE_COMPLETE"
            and resource.get("PhysicalResourceId")
        ]
    except (BotoCoreError, ClientError):
        return ""
    protection = f"update-termination-protection --stack-name {stack}"
    commands = [
        *map(_unprotect, clusters),
        f"aws cloudformation {protection} --no-enable-termination-protection",
        f"aws cloudformation delete-stack --stack-name {stack}",
        f"aws cloudformation wait stack-delete-complete --stack-name {stack}",
    ]
    why = (
        f"The first deploy of {stack} failed, and it can't be repeated before what is left of it"
        " is gone. There is no data in it yet. When the cause is gone:"
    )
    return "\n".join([why, "", *commands, "", "Then run the same command again."])


def _unprotect(cluster: str) -> str:
    return (
        f"aws rds modify-db-cluster --db-cluster-identifier {cluster}"
        " --no-deletion-protection --apply-immediately"
    )
