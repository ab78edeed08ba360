"""The service stack as deployed here: what moto's CloudFormation made of the template."""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.local.assembly import Assembly
from infra.local.cloud import Cloud
from infra.local.errors import CannotStart
from infra.local.function import Function

NAME = "creditor-mail-service-local"


@dataclass(frozen=True)
class Mapping:
    """An event-source mapping: which queue feeds which function, and how."""

    queue_arn: str
    function_arn: str
    batch_size: int
    window: timedelta
    reports_failures: bool


@dataclass(frozen=True)
class ServiceStack:
    """The deployed resources that the runner has to bring to life."""

    assembly: Assembly
    functions: tuple[Function, ...]
    mappings: tuple[Mapping, ...]
    outputs: dict[str, str]
    physical_ids: dict[str, str]

    def function(self, name_or_arn: str) -> Function:
        """Raises KeyError for a name that the template does not hold."""
        name = name_or_arn.partition(":function:")[2] or name_or_arn
        for function in self.functions:
            if function.name == name.partition(":")[0]:
                return function
        raise KeyError(name_or_arn)


def deploy(cloud: Cloud, assembly: Assembly) -> ServiceStack:
    """Creates the stack whole; raises CannotStart with CloudFormation's own words if it can't."""
    _provide_parameters(cloud, assembly.template)
    with warnings.catch_warnings():
        # moto says which types it passes over; the runner reads those from the template.
        warnings.simplefilter("ignore")
        _create(cloud, assembly.template)
        mappings = _take_over_mappings(cloud)
        physical_ids = _physical_ids(cloud)
        stack = cloud.stacks.describe_stacks(StackName=NAME)["Stacks"][0]
    return ServiceStack(
        assembly=assembly,
        functions=tuple(
            _function(cloud, physical_ids[logical_id], bundle)
            for logical_id, bundle in assembly.bundles.items()
        ),
        mappings=mappings,
        outputs={item["OutputKey"]: item["OutputValue"] for item in stack.get("Outputs", [])},
        physical_ids=physical_ids,
    )


def _create(cloud: Cloud, template: dict[str, Any]) -> None:
    try:
        cloud.stacks.create_stack(
            StackName=NAME,
            TemplateBody=json.dumps(template),
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
        )
    except (BotoCoreError, ClientError) as error:
        message = f"The template could not be deployed here: {error}"
        raise CannotStart(message) from error


def _provide_parameters(cloud: Cloud, template: dict[str, Any]) -> None:
    """Sets what the template reads from Parameter Store: the version of CDK's bootstrap stack."""
    for parameter in template.get("Parameters", {}).values():
        if parameter["Type"].startswith("AWS::SSM::Parameter"):
            cloud.parameters.put_parameter(
                Name=parameter["Default"], Value="30", Type="String", Overwrite=True
            )


def _take_over_mappings(cloud: Cloud) -> tuple[Mapping, ...]:
    """Reads the mappings and disables them in moto, which would call Docker at each message."""
    found = cloud.functions.list_event_source_mappings()["EventSourceMappings"]
    for mapping in found:
        cloud.functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    return tuple(
        Mapping(
            queue_arn=mapping["EventSourceArn"],
            function_arn=mapping["FunctionArn"],
            batch_size=mapping["BatchSize"],
            window=timedelta(seconds=mapping.get("MaximumBatchingWindowInSeconds") or 0),
            reports_failures="ReportBatchItemFailures"
            in (mapping.get("FunctionResponseTypes") or []),
        )
        for mapping in found
    )


def _physical_ids(cloud: Cloud) -> dict[str, str]:
    resources = cloud.stacks.describe_stack_resources(StackName=NAME)["StackResources"]
    return {
        item["LogicalResourceId"]: item["PhysicalResourceId"]
        for item in resources
        if "PhysicalResourceId" in item
    }


def _function(cloud: Cloud, name: str, bundle: Path) -> Function:
    found = cloud.functions.get_function(FunctionName=name)["Configuration"]
    return Function(
        label=found["Handler"].rpartition(".")[0].split(".")[-2:][0],
        name=found["FunctionName"],
        arn=found["FunctionArn"].partition(":$")[0],
        handler=found["Handler"],
        bundle=bundle,
        timeout=timedelta(seconds=found["Timeout"]),
        memory_mb=found["MemorySize"],
        variables=found.get("Environment", {}).get("Variables", {}),
    )
