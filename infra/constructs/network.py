"""The network: functions that reach the world, and a database that reaches nothing."""

from __future__ import annotations

from datetime import timedelta

from aws_cdk import RemovalPolicy
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from infra.constructs.findings import explain
from infra.constructs.log_group import LogGroup
from infra.data_choices import FlowLogs, NetworkChoices, PrivateDoor

_SERVICES = {
    PrivateDoor.SQS: ec2.InterfaceVpcEndpointAwsService.SQS,
    PrivateDoor.SECRETS_MANAGER: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
    PrivateDoor.EMAIL: ec2.InterfaceVpcEndpointAwsService.EMAIL,
    PrivateDoor.LAMBDA: ec2.InterfaceVpcEndpointAwsService.LAMBDA_,
}
_LOGGED = {
    FlowLogs.REJECTED: ec2.FlowLogTrafficType.REJECT,
    FlowLogs.ALL: ec2.FlowLogTrafficType.ALL,
}
_FUNCTIONS = ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)
_HTTPS = ec2.Port.tcp(443)


class Network(ec2.Vpc):
    """Two zones; each has a public, a private and an isolated subnet."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        choices: NetworkChoices,
        log_retention: timedelta,
    ) -> None:
        """Give the functions as many ways out, and past them, as `choices` says."""
        super().__init__(
            scope,
            construct_id,
            max_azs=2,
            nat_gateways=choices.nat_gateways,
            # Whatever is put here without a group of its own shall reach nothing.
            restrict_default_security_group=True,
            subnet_configuration=[
                ec2.SubnetConfiguration(name="Public", subnet_type=ec2.SubnetType.PUBLIC),
                ec2.SubnetConfiguration(
                    name="Functions", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS
                ),
                ec2.SubnetConfiguration(
                    name="Database", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED
                ),
            ],
        )
        self.functions = self._functions_group()
        self._open(choices.private_doors)
        self._log(choices.flow_logs, log_retention)

    def _functions_group(self) -> ec2.SecurityGroup:
        group = ec2.SecurityGroup(
            self,
            "FunctionsGroup",
            vpc=self,
            description="The functions, which may connect to the database",
            allow_all_outbound=False,
        )
        group.add_egress_rule(ec2.Peer.any_ipv4(), _HTTPS, "AWS and Zendesk")
        return group

    def _open(self, doors: tuple[PrivateDoor, ...]) -> None:
        if not doors:
            return
        group = ec2.SecurityGroup(
            self,
            "DoorsGroup",
            vpc=self,
            description="AWS services, for the functions",
            allow_all_outbound=False,
        )
        group.add_ingress_rule(self.functions, _HTTPS, "The functions")
        for door in doors:
            self.add_interface_endpoint(
                f"{door.value.capitalize()}Door",
                service=_SERVICES[door],
                subnets=_FUNCTIONS,
                security_groups=[group],
                open=False,
            )

    def _log(self, flow_logs: FlowLogs, retention: timedelta) -> None:
        if flow_logs is FlowLogs.NONE:
            explain(self, "VPC7", because="Whoever deploys chose to have none: flowLogs=none.")
            return
        group = LogGroup(self, "FlowLogs", retention=retention)
        group.apply_removal_policy(RemovalPolicy.DESTROY)
        self.add_flow_log(
            "FlowLog",
            destination=ec2.FlowLogDestination.to_cloud_watch_logs(group),
            traffic_type=_LOGGED[flow_logs],
        )
