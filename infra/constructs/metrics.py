"""The metrics that alarms and the dashboard ask for: the product's own, and AWS's of its parts.

The product's own are named as the functions write them (a test lets the functions write them, and
compares).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs

from infra.constructs.database import Database
from infra.constructs.job_queues import JobQueues
from infra.constructs.python_function import PythonFunction
from infra.constructs.rest_api import RestApi
from infra.settings import Stage

NAMESPACE = "CreditorMail"
FIVE_MINUTES = Duration.minutes(5)


@dataclass(frozen=True, kw_only=True)
class Metrics:
    """What there is to look at in one stage, and how to ask for its numbers."""

    stage: Stage
    functions: Sequence[PythonFunction]
    queues: JobQueues
    gateways: Sequence[RestApi]
    database: Database

    def own(  # noqa: PLR0913 - a metric has these parts
        self,
        name: str,
        function: str,
        *,
        statistic: str = "Sum",
        period: Duration = FIVE_MINUTES,
        label: str | None = None,
        split: Mapping[str, str] | None = None,
    ) -> cloudwatch.Metric:
        """Return what `function` counts or measures; `split` names one part of the count."""
        dimensions = {"service": function, "stage": str(self.stage), **(split or {})}
        return cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=name,
            dimensions_map=dimensions,
            statistic=statistic,
            period=period,
            label=label,
        )

    def own_split(
        self, name: str, by: str, *, period: Duration = FIVE_MINUTES
    ) -> cloudwatch.IMetric:
        """Return one line per value of `by`, whichever there are; for the dashboard alone."""
        schema = f"{NAMESPACE},{by},service,stage"
        search = f'{{{schema}}} MetricName="{name}" stage="{self.stage}"'
        return cloudwatch.MathExpression(
            expression=f"SEARCH('{search}', 'Sum', {period.to_seconds():.0f})",
            using_metrics={},
            label=f"${{PROP('Dim.{by}')}}",
            period=period,
        )

    def of_function(
        self, function: PythonFunction, name: str, statistic: str, period: Duration = FIVE_MINUTES
    ) -> cloudwatch.Metric:
        """Return one of Lambda's own about `function`."""
        return function.metric(name, statistic=statistic, period=period, label=function.label)

    def of_functions(
        self,
        name: str,
        statistic: str,
        combined: str,
        *,
        label: str,
        period: Duration = FIVE_MINUTES,
    ) -> cloudwatch.MathExpression:
        """Return one line over all functions; `combined` is SUM or MAX."""
        parts = {
            f"{name.lower()}_{function.label}": self.of_function(function, name, statistic, period)
            for function in self.functions
        }
        filled = ", ".join(f"FILL({each}, 0)" for each in parts)
        return cloudwatch.MathExpression(
            expression=f"{combined}([{filled}])", using_metrics=parts, label=label, period=period
        )

    def of_queue(
        self,
        queue: sqs.IQueue,
        name: str,
        *,
        label: str,
        statistic: str = "Maximum",
        period: Duration = FIVE_MINUTES,
    ) -> cloudwatch.Metric:
        """Return one of SQS's own about `queue`."""
        return queue.metric(name, statistic=statistic, period=period, label=label)

    def of_gateways(
        self,
        name: str,
        statistic: str,
        combined: str,
        *,
        label: str,
        period: Duration = FIVE_MINUTES,
    ) -> cloudwatch.IMetric:
        """Return one line of API Gateway's own over all gateways; `combined` is SUM or MAX."""
        parts = {
            f"gateway_{number}_{name.lower()}": cloudwatch.Metric(
                namespace="AWS/ApiGateway",
                metric_name=name,
                dimensions_map=gateway.metric_dimensions,
                statistic=statistic,
                period=period,
                label=label,
            )
            for number, gateway in enumerate(self.gateways, start=1)
        }
        if len(parts) == 1:
            return next(iter(parts.values()))
        filled = ", ".join(f"FILL({each}, 0)" for each in parts)
        return cloudwatch.MathExpression(
            expression=f"{combined}([{filled}])", using_metrics=parts, label=label, period=period
        )

    def of_database(
        self, name: str, statistic: str, *, label: str, period: Duration = FIVE_MINUTES
    ) -> cloudwatch.Metric:
        """Return one of Aurora's own about the cluster."""
        return cloudwatch.Metric(
            namespace="AWS/RDS",
            metric_name=name,
            dimensions_map={"DBClusterIdentifier": self.database.cluster_id},
            statistic=statistic,
            period=period,
            label=label,
        )

    def of_logs(self, function: PythonFunction) -> cloudwatch.Metric:
        """Return how many bytes `function` wrote to its log."""
        return cloudwatch.Metric(
            namespace="AWS/Logs",
            metric_name="IncomingBytes",
            dimensions_map={"LogGroupName": function.log_group.log_group_name},
            statistic="Sum",
            period=FIVE_MINUTES,
            label=function.label,
        )
