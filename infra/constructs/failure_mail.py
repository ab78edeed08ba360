"""The right to send the failure e-mail, and how SES is to treat it."""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.constructs.findings import explain
from infra.constructs.python_function import PythonFunction


class FailureMail(Construct):
    """One sender address and the configuration set that its e-mails go through."""

    def __init__(self, scope: Construct, construct_id: str, *, sender: str, stage: str) -> None:
        """Take the one sender address; an empty one means that nobody may send."""
        super().__init__(scope, construct_id)
        self._sender = sender
        self.configuration_set_name = f"creditor-mail-{stage}"
        ses.ConfigurationSet(
            self,
            "ConfigurationSet",
            configuration_set_name=self.configuration_set_name,
            reputation_metrics=True,
            suppression_reasons=ses.SuppressionReasons.BOUNCES_AND_COMPLAINTS,
            tls_policy=ses.ConfigurationSetTlsPolicy.REQUIRE,
        )

    def grant_send(self, function: PythonFunction) -> None:
        """Let `function` send as the sender; SES asks about the configuration set too."""
        if not self._sender:
            return
        stack = Stack.of(self)
        set_arn = stack.format_arn(
            service="ses",
            resource="configuration-set",
            resource_name=self.configuration_set_name,
        )
        identities = stack.format_arn(service="ses", resource="identity", resource_name="*")
        function.add_to_role_policy(
            iam.PolicyStatement(
                actions=["ses:SendEmail", "ses:SendRawEmail"],
                resources=[identities, set_arn],
                conditions={"StringEquals": {"ses:FromAddress": self._sender}},
            )
        )
        explain(
            function.execution_role,
            "IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]",
            because="Which identity SES asks about (the address, its domain, in the sandbox the"
            " recipient's too) is the account's affair; a condition names the one sender.",
        )
