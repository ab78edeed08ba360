"""Runs the migrator at each deploy that changes it, before what needs the new schema changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from aws_cdk import CfnResource, triggers
from aws_cdk import aws_lambda as lambda_
from constructs import Construct, IConstruct

from infra.durations import cdk_duration


class Migration(triggers.Trigger):
    """A deploy whose migration fails is rolled back."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        migrator: lambda_.Function,
        timeout: timedelta,
        before: Sequence[Construct],
    ) -> None:
        """Invoke `migrator` and waits for its answer; `before` waits too."""
        super().__init__(
            scope,
            construct_id,
            handler=migrator,
            timeout=cdk_duration(timeout),
            execute_before=before,
        )
        # The two names mean the same to AWS, but whoever creates this template elsewhere can tell
        # by this one that it is no resource, and need not run the Node function behind it.
        _resource(self).add_override("Type", "AWS::CloudFormation::CustomResource")


def _resource(construct: IConstruct) -> CfnResource:
    found = [child for child in construct.node.find_all() if isinstance(child, CfnResource)]
    (resource,) = found
    return resource
