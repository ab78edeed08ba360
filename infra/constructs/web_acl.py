"""The optional firewall before the public gateway; it may slow mail down but never lose any."""

from __future__ import annotations

from typing import Any

from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.constructs.rest_api import RETRY_AFTER_SECONDS
from infra.routes import WEBHOOK


class WebAcl(Construct):
    """Stops floods from one address, and known attackers on all routes but the webhook.

    No rule looks into bodies: mails hold HTML and are larger than what such rules let through.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: apigateway.Stage,
        requests_per_address: int,
    ) -> None:
        """Put it before `stage`; an address may send so many requests in five minutes."""
        super().__init__(scope, construct_id)
        acl = waf.CfnWebACL(
            self,
            "Acl",
            scope="REGIONAL",
            default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
            visibility_config=_counted("web-acl"),
            rules=[
                waf.CfnWebACL.RuleProperty(
                    name="flood",
                    priority=0,
                    action=waf.CfnWebACL.RuleActionProperty(block=_come_again()),
                    statement=_more_than(requests_per_address),
                    visibility_config=_counted("flood"),
                ),
                waf.CfnWebACL.RuleProperty(
                    name="known-attackers",
                    priority=1,
                    override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
                    statement=_known_attackers(),
                    visibility_config=_counted("known-attackers"),
                ),
            ],
        )
        waf.CfnWebACLAssociation(
            self, "Association", resource_arn=stage.stage_arn, web_acl_arn=acl.attr_arn
        )


def _more_than(requests: int) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
            aggregate_key_type="IP", limit=requests, evaluation_window_sec=300
        )
    )


def _known_attackers() -> waf.CfnWebACL.StatementProperty:
    """Spare the webhook: Zendesk would not send again what is answered 403, and it is signed."""
    return waf.CfnWebACL.StatementProperty(
        managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
            vendor_name="AWS",
            name="AWSManagedRulesAmazonIpReputationList",
            scope_down_statement=waf.CfnWebACL.StatementProperty(
                not_statement=waf.CfnWebACL.NotStatementProperty(statement=_path_is_the_webhooks())
            ),
        )
    )


def _path_is_the_webhooks() -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        byte_match_statement=waf.CfnWebACL.ByteMatchStatementProperty(
            field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
            # Whether or not the path is seen with the gateway's stage before it.
            positional_constraint="ENDS_WITH",
            search_string=WEBHOOK.path,
            text_transformations=[
                waf.CfnWebACL.TextTransformationProperty(priority=0, type="NONE")
            ],
        )
    )


def _come_again() -> dict[str, Any]:
    """Answer as the gateway does when it is busy, so that Zendesk sends the mail again."""
    header = {"name": "Retry-After", "value": str(RETRY_AFTER_SECONDS)}
    return {"customResponse": {"responseCode": 503, "responseHeaders": [header]}}


def _counted(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    """Count, but keep no samples of requests: they hold paths with the names of inquiries."""
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=False
    )
