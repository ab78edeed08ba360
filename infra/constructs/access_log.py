"""Who called which route when and with what result; nothing of what was sent or shown."""

from __future__ import annotations

import json

from aws_cdk import aws_apigateway as apigateway

from infra.constructs.log_group import LogGroup

# The route, not the path or the query: those name clients. Gateways write the values as text.
_FIELDS = {
    "requestId": "$context.requestId",
    "requestTime": "$context.requestTime",
    "sourceIp": "$context.identity.sourceIp",
    "caller": "$context.identity.userArn",
    "method": "$context.httpMethod",
    "route": "$context.resourcePath",
    "status": "$context.status",
    "refusal": "$context.error.responseType",
    "wafStatus": "$context.waf.status",
    "latencyMs": "$context.responseLatency",
    "integrationLatencyMs": "$context.integration.latency",
    "integrationStatus": "$context.integration.status",
    "responseBytes": "$context.responseLength",
}


class AccessLog(LogGroup):
    """One line of JSON per request, also for those that reach no function."""

    line = apigateway.AccessLogFormat.custom(json.dumps(_FIELDS))
