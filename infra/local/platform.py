"""The template brought to life: every part of the platform, started and ended in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

from infra.local import data_stack, gateway, invoke_api, service_stack
from infra.local.api_document import with_document
from infra.local.assembly import Assembly
from infra.local.cloud import Cloud, running_cloud
from infra.local.data_folder import DataFolder
from infra.local.event_source import EventSource
from infra.local.function import Surroundings
from infra.local.gateway import Gateway
from infra.local.gateway_responses import GatewayResponses
from infra.local.http_server import listening_socket, serving
from infra.local.invoke_api import InvokeApi
from infra.local.mailbox import Mailbox, verify_addresses
from infra.local.postgres import RunningPostgres, running_postgres
from infra.local.routes import read_routes
from infra.local.running_function import RunningFunction
from infra.local.schedules import Clock, read_schedules
from infra.local.service_stack import ServiceStack


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What whoever starts the platform decides.

    `runtime` is the folder with the packages that Lambda itself brings; `documentation` is the
    API's OpenAPI document. `durable=False` trades the database's safety for speed.
    """

    port: socket
    webhook_secret: str
    runtime: Path
    documentation: Path
    durable: bool = True


@dataclass(frozen=True)
class Platform:
    """What runs, for whoever uses it."""

    address: str
    folder: DataFolder
    cloud: Cloud
    postgres: RunningPostgres
    stack: ServiceStack
    functions: dict[str, RunningFunction]
    """By label, like ``worker``."""
    invoke_address: str
    """Where Lambda's Invoke is answered."""

    def function(self, name_or_arn: str) -> RunningFunction:
        """Raises KeyError for a name that the template does not hold."""
        return self.functions[self.stack.function(name_or_arn).label]


@contextmanager
def running_platform(
    assembly: Assembly,
    folder: DataFolder,
    wishes: Wishes,
    *,
    before_traffic: Callable[[Platform], object] = lambda _platform: None,
) -> Iterator[Platform]:
    """Runs everything until the block ends; then nothing that was started is left.

    `before_traffic` runs when the functions can be invoked and nothing invokes them yet.
    Raises CannotStart.
    """
    with ExitStack() as running:
        platform = _deployed(assembly, folder, wishes, running)
        _start_together(platform.functions)
        before_traffic(platform)
        _admit(platform, wishes, running)
        yield platform


def _deployed(
    assembly: Assembly, folder: DataFolder, wishes: Wishes, running: ExitStack
) -> Platform:
    postgres = running.enter_context(running_postgres(folder.postgres, durable=wishes.durable))
    postgres.create_database(data_stack.DATABASE)
    cloud = running.enter_context(running_cloud())
    data_stack.create_data_stack(cloud, postgres, wishes.webhook_secret)
    stack = service_stack.deploy(cloud, assembly)
    verify_addresses(cloud, stack.functions)
    invoke_port = running.enter_context(listening_socket(0))
    around = Surroundings(
        region=cloud.region,
        aws_endpoint=cloud.endpoint,
        lambda_endpoint=_address(invoke_port),
        runtime=wishes.runtime,
    )
    functions = {one.label: RunningFunction(one, around, folder.path) for one in stack.functions}
    platform = Platform(
        _address(wishes.port), folder, cloud, postgres, stack, functions, around.lambda_endpoint
    )
    for function in functions.values():
        running.callback(function.stop)
    invoke = InvokeApi(platform.function).answer
    running.enter_context(serving(invoke, invoke_port, invoke_api.LARGEST_PAYLOAD))
    return platform


def _admit(platform: Platform, wishes: Wishes, running: ExitStack) -> None:
    front = Gateway(
        read_routes(platform.cloud, platform.stack),
        GatewayResponses(platform.stack.assembly),
        platform.function,
        platform.folder.logs / "gateway.log",
    )
    answer = with_document(front.answer, wishes.documentation)
    running.enter_context(serving(answer, wishes.port, gateway.LARGEST_BODY))
    mailbox = Mailbox(platform.cloud, platform.folder.mails)
    mailbox.start()
    running.callback(mailbox.stop)
    running.enter_context(_background(platform))


def _address(port: socket) -> str:
    return f"http://127.0.0.1:{port.getsockname()[1]}"


def _start_together(functions: dict[str, RunningFunction]) -> None:
    with ThreadPoolExecutor(max_workers=len(functions)) as pool:
        for started in [pool.submit(function.start) for function in functions.values()]:
            started.result()


@contextmanager
def _background(platform: Platform) -> Iterator[None]:
    """Runs what nobody calls: the pollers of the queues and the schedules."""
    parts: list[EventSource | Clock] = [
        *(
            EventSource(platform.cloud, mapping, platform.function(mapping.function_arn))
            for mapping in platform.stack.mappings
        ),
        *(Clock(schedule, platform.function) for schedule in read_schedules(platform.stack)),
    ]
    for part in parts:
        part.start()
    try:
        yield
    finally:
        for part in parts:
            part.stop()
        for function in platform.functions.values():
            function.stop()  # What a poller still waits for ends with the process that does it.
        for part in parts:
            part.join()
