"""What a deploy leaves its people with: addresses, and commands that work as they stand."""

from __future__ import annotations

from enum import StrEnum

from aws_cdk import CfnOutput, Stack

from infra.constructs.rest_api import RestApi
from infra.routes import JOBS, WEBHOOK
from infra.settings import Access

# Keys that last have no session token, and curl would sign an empty header that it does not send.
# One word without spaces is left of it in every shell, or none.
_SIGNED_BY = (
    '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"'
    " ${AWS_SESSION_TOKEN:+-Hx-amz-security-token:$AWS_SESSION_TOKEN}"
)


class Output(StrEnum):
    """Each is an output of the service stack; the value is its name there."""

    WEBHOOK_URL = "WebhookUrl"
    STORE_WEBHOOK_SECRET = "StoreWebhookSecret"  # noqa: S105 - the name of an output
    LIST_JOBS = "ListJobs"
    DASHBOARD_URL = "DashboardUrl"


def dashboard_name(stage: str) -> str:
    """Name the stage's dashboard; its link is made of nothing else."""
    return f"creditor-mail-{stage}"


def write_outputs(  # noqa: PLR0913 - each is a part of them, by name
    stack: Stack,
    *,
    stage: str,
    access: Access,
    public: RestApi,
    for_callers: RestApi,
    webhook_secret_arn: str,
) -> None:
    """Add them to `stack`; `for_callers` is the gateway that has the job routes."""
    texts = {
        Output.WEBHOOK_URL: f"{public.address}{WEBHOOK.path}",
        Output.STORE_WEBHOOK_SECRET: (
            # From the terminal and not in the command: a shell keeps its commands.
            f"aws secretsmanager put-secret-value --region {stack.region}"
            f" --secret-id {webhook_secret_arn} --secret-string file:///dev/stdin"
        ),
        Output.LIST_JOBS: f"{_curl(access, stack.region)} {for_callers.address}{JOBS.path}",
        Output.DASHBOARD_URL: (
            f"https://{stack.region}.console.aws.amazon.com/cloudwatch/home"
            f"?region={stack.region}#dashboards/dashboard/{dashboard_name(stage)}"
        ),
    }
    for output, text in texts.items():
        CfnOutput(stack, output, value=text)


def _curl(access: Access, region: str) -> str:
    if access is Access.NETWORK:
        return "curl"
    return f"curl --aws-sigv4 aws:amz:{region}:execute-api {_SIGNED_BY}"
