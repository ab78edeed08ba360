"""A policy to attach to the role of whoever may erase a client."""

from __future__ import annotations

from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct


class EraserPolicy(iam.ManagedPolicy):
    """Nobody has it until an administrator attaches it; nothing of the product may erase."""

    def __init__(self, scope: Construct, construct_id: str, *, eraser: lambda_.IFunction) -> None:
        """Allow to invoke `eraser`, which is the whole of it."""
        super().__init__(
            scope,
            construct_id,
            description="Erase a client and be given the certificate.",
            statements=[
                iam.PolicyStatement(
                    actions=["lambda:InvokeFunction"], resources=[eraser.function_arn]
                )
            ],
        )
