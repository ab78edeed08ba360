"""The gateway: only named routes, each signed unless its door says otherwise."""

from __future__ import annotations

import json

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.access_log import AccessLog
from infra.constructs.findings import explain
from infra.doors import STAGE_NAME, Door
from infra.routes import IMPORT, RETRY, TRIGGER, WEBHOOK, Right, Route
from infra.stage_numbers import GatewayNumbers, Throttle

RETRY_AFTER_SECONDS = 20
_UNAVAILABLE = {
    "error": "unavailable",
    "detail": f"The request was not handled; send it again in {RETRY_AFTER_SECONDS} seconds.",
}
# Whatever ends here never reached the function or got no answer from it: worth another try.
_GATEWAY_FAILURES = {
    "Throttled": apigateway.ResponseType.THROTTLED,
    "IntegrationFailure": apigateway.ResponseType.INTEGRATION_FAILURE,
    "IntegrationTimeout": apigateway.ResponseType.INTEGRATION_TIMEOUT,
    "ServerError": apigateway.ResponseType.DEFAULT_5_XX,
}


class RestApi(apigateway.RestApi):
    """A REST API in front of one function: regional, or private with VPC endpoints."""

    def __init__(  # noqa: PLR0913 - each is a part of it, by name
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        handler: lambda_.IFunction,
        door: Door,
        numbers: GatewayNumbers,
        access_log: AccessLog | None,
        creates_log_role: bool = False,
        logs_after: RestApi | None = None,
    ) -> None:
        """Give each route of `door` to `handler`, throttled and logged.

        Where `logs_after` creates the log role, AWS refuses a stage that logs before.
        """
        super().__init__(
            scope,
            construct_id,
            # CloudWatch tells gateways apart by it, and an account may hold several stages.
            rest_api_name=name,
            endpoint_configuration=_endpoint(scope, construct_id, door),
            policy=iam.PolicyDocument.from_json(door.policy),
            cloud_watch_role=creates_log_role,
            cloud_watch_role_removal_policy=RemovalPolicy.RETAIN if creates_log_role else None,
            default_integration=apigateway.LambdaIntegration(handler, allow_test_invoke=False),
            default_method_options=apigateway.MethodOptions(
                authorization_type=apigateway.AuthorizationType.IAM
            ),
            deploy_options=_deployment(door, numbers, access_log),
        )
        self._door = door
        if logs_after and (role := logs_after.node.try_find_child("Account")):
            self.deployment_stage.node.add_dependency(role)
        if creates_log_role:
            explain(
                self.node.find_child("CloudWatchRole"),
                "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy"
                "/service-role/AmazonAPIGatewayPushToCloudWatchLogs]",
                because="The role is the whole region's, for APIs of other stacks too, and AWS"
                " made this policy for it.",
            )
        # The stack names the address itself, without asking the deployment for it.
        self.node.try_remove_child("Endpoint")
        self.metric_dimensions = {"ApiName": name, "Stage": STAGE_NAME}
        for route in door.routes:
            method = self.root.resource_for_path(route.path).add_method(
                route.method, authorization_type=_authorization(route, door)
            )
            _explain_missing_signature(method, route, door)
        for failure, response_type in _GATEWAY_FAILURES.items():
            self.add_gateway_response(
                failure,
                type=response_type,
                status_code="503",
                response_headers={"Retry-After": f"'{RETRY_AFTER_SECONDS}'"},
                templates={"application/json": json.dumps(_UNAVAILABLE)},
            )
        _explain_what_is_left_to_others(self)
        if access_log is None:
            explain(self, "APIG1", because="Whoever deploys chose to have none: accessLog=off.")

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end and without asking for the deployment."""
        stack = Stack.of(self)
        # A private one answers by each endpoint's name; one name is enough to call it.
        name = "-".join([self.rest_api_id, *self._door.vpc_endpoints[:1]])
        return f"https://{name}.execute-api.{stack.region}.{stack.url_suffix}/{STAGE_NAME}"


def _endpoint(scope: Construct, construct_id: str, door: Door) -> apigateway.EndpointConfiguration:
    if not door.vpc_endpoints:
        return apigateway.EndpointConfiguration(types=[apigateway.EndpointType.REGIONAL])
    return apigateway.EndpointConfiguration(
        types=[apigateway.EndpointType.PRIVATE],
        vpc_endpoints=[
            ec2.InterfaceVpcEndpoint.from_interface_vpc_endpoint_attributes(
                scope, f"{construct_id}-{endpoint}", vpc_endpoint_id=endpoint, port=443
            )
            for endpoint in door.vpc_endpoints
        ],
    )


def _authorization(route: Route, door: Door) -> apigateway.AuthorizationType:
    if door.signed and route.right is not Right.DELIVER:
        return apigateway.AuthorizationType.IAM
    return apigateway.AuthorizationType.NONE


def _deployment(
    door: Door, numbers: GatewayNumbers, access_log: AccessLog | None
) -> apigateway.StageOptions:
    named = {
        WEBHOOK: numbers.webhook,
        RETRY: numbers.retry,
        TRIGGER: numbers.trigger,
        IMPORT: numbers.imports,
    }
    return apigateway.StageOptions(
        stage_name=STAGE_NAME,
        # Bodies are personal data, and a trace would write them to the log.
        data_trace_enabled=False,
        metrics_enabled=True,
        tracing_enabled=True,
        throttling_rate_limit=numbers.default.rate,
        throttling_burst_limit=numbers.default.burst,
        method_options={
            f"{route.path}/{route.method}": _throttled(throttle)
            for route, throttle in named.items()
            if route in door.routes
        },
        access_log_destination=(
            apigateway.LogGroupLogDestination(access_log) if access_log is not None else None
        ),
        access_log_format=access_log.line if access_log is not None else None,
    )


def _throttled(throttle: Throttle) -> apigateway.MethodDeploymentOptions:
    return apigateway.MethodDeploymentOptions(
        data_trace_enabled=False,
        metrics_enabled=True,
        throttling_rate_limit=throttle.rate,
        throttling_burst_limit=throttle.burst,
    )


def _explain_missing_signature(method: apigateway.Method, route: Route, door: Door) -> None:
    if route == WEBHOOK:
        explain(
            method,
            "APIG4",
            because="Zendesk can't sign as AWS asks. The function checks Zendesk's own signature"
            " over the body, and the route has a throttle of its own.",
        )
    elif not door.signed:
        explain(
            method,
            "APIG4",
            because="access=network: the resource policy lets the named networks through and"
            " nobody else, and a template that would let in more is not synthesised.",
        )


def _explain_what_is_left_to_others(gateway: RestApi) -> None:
    explain(
        gateway,
        "APIG2",
        because="The function validates what it is sent. What the gateway refused as invalid would"
        " be a mail that Zendesk doesn't send again and that nobody ever sees.",
    )
    explain(
        gateway,
        "APIG3",
        because="A web ACL is a choice (waf=on). Without it, routes are throttled, and are signed"
        " or open to named networks alone.",
    )
    explain(
        gateway,
        "APIG6",
        because="Execution logs hold paths, queries and headers, which name people. A request has"
        " its line in the access log and its trace, and the function logs what came of it.",
    )
    explain(
        gateway,
        "COG4",
        because="Callers are Zendesk, and people and programs with an identity at AWS or in a"
        " named network: there are no users to keep in a pool.",
    )
