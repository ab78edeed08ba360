"""The optional model on Amazon Bedrock, and the right to ask it."""

from __future__ import annotations

from dataclasses import replace

from aws_cdk import Stack
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.bedrock_names import model_behind
from infra.constructs.findings import explain
from infra.constructs.python_function import PythonFunction
from infra.stage_numbers import FeedNumbers


class SecondReader(Construct):
    """Nothing is created: models are Amazon's."""

    def __init__(self, scope: Construct, construct_id: str, *, model_id: str, region: str) -> None:
        """Name the model; without an id there is no second reader."""
        super().__init__(scope, construct_id)
        self._model_id = model_id
        self._region = region

    def paced(self, feed: FeedNumbers) -> FeedNumbers:
        """Return one job per call with a model: it may take a job's whole budget.

        What else a batch held would be received for nothing, and come back at once.
        """
        return replace(feed, batch_size=1) if self._model_id else feed

    def grant_invoke(self, function: PythonFunction) -> None:
        """Let `function` ask this model, through its inference profile if the id names one."""
        if not self._model_id:
            return
        model = model_behind(self._model_id)
        bedrock = f"arn:{Stack.of(self).partition}:bedrock"
        models = [f"{bedrock}:{self._region}::foundation-model/{model}"]
        if model != self._model_id:
            account = Stack.of(self).account
            profile = f"{bedrock}:{self._region}:{account}:inference-profile/{self._model_id}"
            # The profile forwards to whichever of its regions has room.
            anywhere = f"*::foundation-model/{model}"
            models = [profile, f"{bedrock}:{anywhere}"]
            explain(
                function.execution_role,
                f"IAM5[Resource::arn:<AWS::Partition>:bedrock:{anywhere}]",
                because="An inference profile chooses among its regions; the model is named.",
            )
        function.add_to_role_policy(
            iam.PolicyStatement(actions=["bedrock:InvokeModel"], resources=models)
        )
