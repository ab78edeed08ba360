"""What a function may do before anybody grants it anything."""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs.findings import explain

_JOINING_THE_NETWORK = (
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
)
"""What Lambda asks for to connect a function to a VPC.
Source: the managed policy AWSLambdaVPCAccessExecutionRole, version 3."""


class ExecutionRole(iam.Role):
    """To write to its own log group, and to let Lambda join it to the network.

    The managed policies for this would let each function write to every log of the account.
    """

    def __init__(self, scope: Construct, construct_id: str, *, log_group: logs.ILogGroup) -> None:
        """Be for one function, which logs to `log_group`."""
        super().__init__(
            scope, construct_id, assumed_by=iam.ServicePrincipal("lambda.amazonaws.com")
        )
        log_group.grant_write(self)
        self.add_to_policy(iam.PolicyStatement(actions=list(_JOINING_THE_NETWORK), resources=["*"]))
        self.add_to_policy(self._not_by_code())
        explain(
            self,
            "IAM5[Resource::*]",
            because="Lambda joins a network only with a right on all interfaces, which the"
            " function's own code is denied; X-Ray knows no resources for writing traces.",
        )

    def _not_by_code(self) -> iam.PolicyStatement:
        """Only calls from inside a function carry its ARN; Lambda's own calls do not.

        It names no single function, because the function itself is made after its role.
        """
        functions = Stack.of(self).format_arn(
            service="lambda", resource="function:*", resource_name=None
        )
        return iam.PolicyStatement(
            effect=iam.Effect.DENY,
            actions=list(_JOINING_THE_NETWORK),
            resources=["*"],
            conditions={"ArnLike": {"lambda:SourceFunctionArn": functions}},
        )
