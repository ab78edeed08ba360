"""The gateway: only named routes, each signed unless it is listed as open."""

from __future__ import annotations

import json
from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

Route = tuple[str, str]
"""An HTTP method and a path."""

_STAGE_NAME = "live"
_RETRY_AFTER_SECONDS = 20
_UNAVAILABLE = {
    "error": "unavailable",
    "detail": f"The request was not handled; send it again in {_RETRY_AFTER_SECONDS} seconds.",
}
# Whatever ends here never reached the function or got no answer from it: worth another try.
_GATEWAY_FAILURES = {
    "Throttled": apigateway.ResponseType.THROTTLED,
    "IntegrationFailure": apigateway.ResponseType.INTEGRATION_FAILURE,
    "IntegrationTimeout": apigateway.ResponseType.INTEGRATION_TIMEOUT,
    "ServerError": apigateway.ResponseType.DEFAULT_5_XX,
}


class RestApi(apigateway.RestApi):
    """A regional REST API in front of one function."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        handler: lambda_.IFunction,
        signed: Sequence[Route],
        unsigned: Sequence[Route],
    ) -> None:
        """Give each route to `handler`; only those in `unsigned` work without a signature."""
        super().__init__(
            scope,
            construct_id,
            endpoint_types=[apigateway.EndpointType.REGIONAL],
            cloud_watch_role=False,
            default_integration=apigateway.LambdaIntegration(handler, allow_test_invoke=False),
            default_method_options=apigateway.MethodOptions(
                authorization_type=apigateway.AuthorizationType.IAM
            ),
            deploy_options=_deployment(unsigned),
        )
        # The stack names the address itself, without asking the deployment for it.
        self.node.try_remove_child("Endpoint")
        for method, path in signed:
            self.root.resource_for_path(path).add_method(method)
        for method, path in unsigned:
            self.root.resource_for_path(path).add_method(
                method, authorization_type=apigateway.AuthorizationType.NONE
            )
        for name, response_type in _GATEWAY_FAILURES.items():
            self.add_gateway_response(
                name,
                type=response_type,
                status_code="503",
                response_headers={"Retry-After": f"'{_RETRY_AFTER_SECONDS}'"},
                templates={"application/json": json.dumps(_UNAVAILABLE)},
            )

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end and without asking for the deployment."""
        stack = Stack.of(self)
        host = f"{self.rest_api_id}.execute-api.{stack.region}.{stack.url_suffix}"
        return f"https://{host}/{_STAGE_NAME}"


def _deployment(unsigned: Sequence[Route]) -> apigateway.StageOptions:
    """Throttle the open routes on their own, so that strangers can't use up the others' share."""
    return apigateway.StageOptions(
        stage_name=_STAGE_NAME,
        # Bodies are personal data, and a trace would write them to the log.
        data_trace_enabled=False,
        metrics_enabled=True,
        throttling_rate_limit=50,
        throttling_burst_limit=100,
        method_options={
            f"{path}/{method}": apigateway.MethodDeploymentOptions(
                data_trace_enabled=False,
                metrics_enabled=True,
                throttling_rate_limit=20,
                throttling_burst_limit=40,
            )
            for method, path in unsigned
        },
    )
