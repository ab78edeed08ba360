"""Policies to attach to people's roles: one to look, one to act as well."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.constructs.findings import explain, named_in_findings
from infra.constructs.rest_api import RestApi
from infra.doors import route_pattern
from infra.routes import JOB_ROUTES, Right, Route


class CallerPolicies(Construct):
    """Nobody has them until an administrator attaches them."""

    def __init__(self, scope: Construct, construct_id: str, *, gateway: RestApi) -> None:
        """Allow routes of `gateway`, each by name."""
        super().__init__(scope, construct_id)
        looking = [route for route in JOB_ROUTES if route.right is Right.READ]
        self.reader = self._policy(
            "Reader", gateway, looking, "See jobs, reports, inquiries and quarantine."
        )
        self.operator = self._policy(
            "Operator",
            gateway,
            JOB_ROUTES,
            "See everything; retry jobs, run the reconciler and write inquiries.",
        )

    def _policy(
        self, name: str, gateway: RestApi, routes: Sequence[Route], description: str
    ) -> iam.ManagedPolicy:
        stack = Stack.of(self)
        policy = iam.ManagedPolicy(
            self,
            name,
            description=description,
            statements=[
                iam.PolicyStatement(
                    actions=["execute-api:Invoke"],
                    resources=[
                        stack.format_arn(
                            service="execute-api",
                            resource=gateway.rest_api_id,
                            resource_name=route_pattern(route),
                        )
                        for route in routes
                    ],
                )
            ],
        )
        api = f"<AWS::Region>:<AWS::AccountId>:<{named_in_findings(gateway)}>"
        explain(
            policy,
            *(
                f"IAM5[Resource::arn:<AWS::Partition>:execute-api:{api}/{pattern}]"
                for pattern in map(route_pattern, routes)
                if "*" in pattern
            ),
            because="It stands for the id of a job or an inquiry in one route of one API.",
        )
        return policy
