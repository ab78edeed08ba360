"""Says why something that cdk-nag finds is meant to be so, beside what it is found at."""

from __future__ import annotations

from aws_cdk import Acknowledgment, CfnElement, Stack, Validations
from constructs import IConstruct


def explain(construct: IConstruct, *findings: str, because: str) -> None:
    """Acknowledge these rules of AwsSolutions for `construct` and what is inside it.

    A finding is named exactly, as in ``IAM5[Resource::*]``: another wildcard is another finding.
    """
    Validations.of(construct).acknowledge(
        *(Acknowledgment(id=f"AwsSolutions-{finding}", reason=because) for finding in findings)
    )


def named_in_findings(construct: IConstruct) -> str:
    """Return how a finding writes a reference to `construct`."""
    resource = construct.node.default_child
    if not isinstance(resource, CfnElement):
        message = f"{construct.node.path} is no resource that a finding could name."
        raise TypeError(message)
    return Stack.of(construct).get_logical_id(resource)
