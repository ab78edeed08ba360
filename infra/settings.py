"""What whoever deploys decides, read from CDK's context and checked before anything is built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from infra.bedrock_names import is_region, model_problem
from infra.caller_networks import MOST_NETWORKS, network_problem
from infra.data_choices import Capacity, FlowLogs, NetworkChoices, PrivateDoor

_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")
_KEYS_OF_CDK = re.compile(r".*[:/@].*|acknowledged-issue-numbers|cli-telemetry", re.DOTALL)
"""Of feature flags, look-ups and what its command line keeps beside; anything else is ours."""
_Default = TypeVar("_Default", float, None)
_Whole = TypeVar("_Whole", int, None)
_FAR_TOO_MUCH = 1e9
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_VPC_ENDPOINT = re.compile(r"vpce-[0-9a-f]{8,17}")
_ON_OR_OFF = ("on", "off")
_SHORTEST_RETENTION, _LONGEST_RETENTION = 30, 3650
"""In days. Dead letters live for 14, and a failed mail must still be there to be done again."""
_LOG_RETENTIONS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731)
"""In days: those of CloudWatch's choices that are no longer than two years."""


class Stage(StrEnum):
    """Where the product runs."""

    DEV = "dev"
    PROD = "prod"
    LOCAL = "local"
    """On one machine, from the same template."""


class Access(StrEnum):
    """What the job API asks of a caller; the webhook is open in both, its body being signed."""

    IAM = "iam"
    """A signature of AWS's (SigV4) by somebody whom a policy allows the route."""
    NETWORK = "network"
    """Only to come from a named network: whoever is in it may do everything, unsigned."""


class GatewayLogRole(StrEnum):
    """Who gives API Gateway the right to write logs: one role for all of an account's region."""

    EXISTING = "existing"
    CREATE = "create"
    """The service stack makes it, and leaves it behind: other APIs may have come to need it."""


class SettingsError(Exception):
    """The context can't be deployed; the message says what to change, a line per problem."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The context's own keys. Empty addresses and an empty URL mean: not decided yet."""

    stage: Stage
    log_level: str
    admin_email: str
    """Who is told of a mail that failed for good."""
    sender_email: str
    """What SES sends as; it must be verified there."""
    zendesk_intake_addresses: tuple[str, ...]
    """Addresses that become tickets, so nothing may ever be mailed to them."""
    public_base_url: str
    """What links in e-mails begin with; the gateway's own address when empty."""
    alarm_email: str
    """Who is woken by an alarm; nobody when empty, and the dashboard alone shows it."""
    reserve_concurrency: bool
    """Whether each function keeps room of its own among the account's concurrent executions.

    Off unless asked for: the queues' own limits already bound the workers, what is reserved is
    taken from everything else in the account, and Lambda refuses a deploy that would leave fewer
    than 100 unreserved, as in a new account, whose limit can be 10 in all.
    """
    second_reader_model_id: str
    """The model on Amazon Bedrock that reads beside the rules; nobody does when empty."""
    second_reader_region: str
    """Where Bedrock is asked; needed with a model."""
    access: Access
    """What the job API asks of its callers."""
    jobs_api_allowed_cidrs: tuple[str, ...]
    """Where callers come from: besides a signature with `iam`, instead of one with `network`."""
    jobs_api_vpc_endpoints: tuple[str, ...]
    """Interface endpoints of `execute-api` that reach the job API; only with `network`."""
    access_log: bool
    """Whether the gateway logs who called what, without any content."""
    gateway_log_role: GatewayLogRole
    """Whose role the gateway logs with."""
    waf: bool
    """Whether a web ACL stands before the public gateway."""
    capacity: Capacity
    """``databaseMinAcu``, ``databaseMaxAcu`` and ``databaseAutoPauseSeconds``."""
    network: NetworkChoices
    """``natGateways``, ``interfaceEndpoints`` (a list with commas) and ``flowLogs``."""
    snap_start: bool
    """Whether new containers begin with a snapshot of an initialised one, instead of importing
    everything. It costs for as long as a version exists and for each start from it, and pays
    where starts are frequent; a few hundred mails a day are not."""
    content_retention: timedelta
    """How long a mail's content is kept after its job has ended."""
    quarantine_retention: timedelta
    """How long the bytes of an unreadable delivery are kept after it last came."""
    log_retention: timedelta
    """How long CloudWatch keeps the functions' logs, which name ids and no person."""
    database_key: bool
    """Whether the database is encrypted with a key of its own. Decide before the first deploy:
    another key is another cluster."""

    @classmethod
    def from_context(cls, context: Mapping[str, object]) -> Settings:
        """Read the context of `cdk.json` and the command line; raises SettingsError."""
        reader = _ContextReader(context)
        settings = cls(
            stage=Stage(reader.choice("stage", tuple(Stage), default=Stage.DEV)),
            log_level=reader.choice("logLevel", _LOG_LEVELS, default="INFO"),
            admin_email=reader.address("adminEmail"),
            sender_email=reader.address("senderEmail"),
            zendesk_intake_addresses=reader.addresses("zendeskIntakeAddresses"),
            public_base_url=reader.url("publicBaseUrl"),
            alarm_email=reader.address("alarmEmail"),
            reserve_concurrency=reader.choice("reserveConcurrency", _ON_OR_OFF, default="off")
            == "on",
            second_reader_model_id=reader.text("secondReaderModelId"),
            second_reader_region=reader.text("secondReaderRegion"),
            access=Access(reader.choice("access", tuple(Access), default=Access.IAM)),
            jobs_api_allowed_cidrs=reader.networks("jobsApiAllowedCidrs"),
            jobs_api_vpc_endpoints=reader.vpc_endpoints("jobsApiVpcEndpoints"),
            access_log=reader.choice("accessLog", _ON_OR_OFF, default="on") == "on",
            gateway_log_role=GatewayLogRole(
                reader.choice(
                    "gatewayLogRole", tuple(GatewayLogRole), default=GatewayLogRole.EXISTING
                )
            ),
            waf=reader.choice("waf", _ON_OR_OFF, default="off") == "on",
            capacity=_capacity(reader),
            network=_network(reader),
            snap_start=reader.choice("snapStart", _ON_OR_OFF, default="off") == "on",
            content_retention=reader.retention("bodyRetentionDays", default=180),
            quarantine_retention=reader.retention("quarantineRetentionDays", default=90),
            log_retention=reader.log_retention("logRetentionDays"),
            database_key=reader.choice("databaseKey", ("aws", "own"), default="aws") == "own",
        )
        intake = {_mailbox(address) for address in settings.zendesk_intake_addresses}
        if _feeds_zendesk(settings.admin_email, intake):
            reader.problems.append(
                f"adminEmail {settings.admin_email} feeds Zendesk:"
                " each failure e-mail would become a new ticket."
            )
        if _feeds_zendesk(settings.alarm_email, intake):
            reader.problems.append(
                f"alarmEmail {settings.alarm_email} feeds Zendesk:"
                " each alarm would become a new ticket."
            )
        if _feeds_zendesk(settings.sender_email, intake):
            reader.problems.append(
                f"senderEmail {settings.sender_email} feeds Zendesk:"
                " what comes back to a failure e-mail would become a new ticket."
            )
        reader.problems += _second_reader_problems(settings)
        reader.problems += _access_problems(settings)
        reader.problems += settings.capacity.problems(production=settings.stage is Stage.PROD)
        reader.problems += settings.network.problems()
        if settings.snap_start and settings.stage is Stage.LOCAL:
            reader.problems.append("snapStart is for AWS: on one machine nothing is snapshotted.")
        reader.refuse_unknown_keys()
        if reader.problems:
            raise SettingsError("\n".join(reader.problems))
        return settings

    def undecided(self) -> tuple[str, ...]:
        """Say what a stage can run without for a while, and what that means for its people."""
        missing = {
            "adminEmail": (self.admin_email, "nobody is told when a mail fails for good"),
            "senderEmail": (self.sender_email, "no failure e-mail can be sent"),
        }
        return tuple(
            f"{key} is not set: {meaning}."
            for key, (value, meaning) in missing.items()
            if not value
        )


def _second_reader_problems(settings: Settings) -> list[str]:
    model, region = settings.second_reader_model_id, settings.second_reader_region
    problems = []
    if model and (problem := model_problem(model)):
        problems.append(f"secondReaderModelId is {model!r}; {problem}.")
    if region and not is_region(region):
        problems.append(f"secondReaderRegion is {region!r}; it must be a region like eu-central-1.")
    if model and not region:
        problems.append("secondReaderModelId needs secondReaderRegion beside it.")
    return problems


def _access_problems(settings: Settings) -> list[str]:
    endpoints = settings.jobs_api_vpc_endpoints
    if settings.access is Access.IAM and endpoints:
        return ["jobsApiVpcEndpoints is for access=network; with access=iam a signature decides."]
    if settings.access is Access.NETWORK and not (settings.jobs_api_allowed_cidrs or endpoints):
        return ["access=network needs jobsApiAllowedCidrs or jobsApiVpcEndpoints, or both."]
    return []


def _feeds_zendesk(address: str, intake: set[str]) -> bool:
    mailbox = _mailbox(address)
    return mailbox in intake or mailbox.endswith((".zendesk.com", "@zendesk.com"))


def _capacity(reader: _ContextReader) -> Capacity:
    seconds = reader.whole_number("databaseAutoPauseSeconds", default=None)
    return Capacity(
        minimum_acu=reader.number("databaseMinAcu", default=Capacity.minimum_acu),
        maximum_acu=reader.number("databaseMaxAcu", default=Capacity.maximum_acu),
        auto_pause=None if seconds is None else timedelta(seconds=seconds),
    )


def _network(reader: _ContextReader) -> NetworkChoices:
    doors = reader.choices("interfaceEndpoints", tuple(PrivateDoor))
    return NetworkChoices(
        nat_gateways=reader.whole_number("natGateways", default=NetworkChoices.nat_gateways),
        private_doors=tuple(map(PrivateDoor, doors)),
        flow_logs=FlowLogs(reader.choice("flowLogs", tuple(FlowLogs), default=FlowLogs.REJECTED)),
    )


def _mailbox(address: str) -> str:
    """Drop case and what follows a plus sign: Zendesk picks the ticket by it."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


class _ContextReader:
    """Reads key by key and collects what is wrong, so that one run tells everything."""

    def __init__(self, context: Mapping[str, object]) -> None:
        self._context = context
        self._read: set[str] = set()
        self.problems: list[str] = []

    def text(self, key: str) -> str:
        self._read.add(key)
        value = self._context.get(key, "")
        if isinstance(value, str):
            return value.strip()
        self.problems.append(f"{key} must be text, not {value!r}.")
        return ""

    def choice(self, key: str, allowed: tuple[str, ...], *, default: str) -> str:
        value = self.text(key) or default
        if value in allowed:
            return value
        self.problems.append(f"{key} is {value!r}; it must be one of {', '.join(allowed)}.")
        return default

    def choices(self, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """Return those named, in the order of `allowed`, each once."""
        named = set(self._parts(key))
        if unknown := sorted(named.difference(allowed)):
            self.problems.append(
                f"{key} holds {', '.join(unknown)}; it takes any of {', '.join(allowed)}."
            )
        return tuple(choice for choice in allowed if choice in named)

    def number(self, key: str, *, default: _Default) -> float | _Default:
        """Return a number that `cdk.json` may hold as such, and the command line as text."""
        self._read.add(key)
        value = self._context.get(key, "")
        if value == "":
            return default
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            with suppress(ValueError):
                if -_FAR_TOO_MUCH < (number := float(value)) < _FAR_TOO_MUCH:
                    return number
        self.problems.append(f"{key} is {value!r}; it must be a number like 0.5 or 300.")
        return default

    def whole_number(self, key: str, *, default: _Whole) -> int | _Whole:
        number = self.number(key, default=default)
        if number is None:
            return default
        if number == int(number):
            return int(number)
        self.problems.append(f"{key} is {number:g}; it must be a whole number.")
        return default

    def address(self, key: str) -> str:
        value = self.text(key)
        if value and not _ADDRESS.fullmatch(value):
            self.problems.append(f"{key} {value!r} is not a bare e-mail address like ops@firm.de.")
        elif not value.isascii():
            self.problems.append(
                f"{key} {value!r} has letters beyond ASCII: SES takes none before the @,"
                " and a domain after it only as xn--…."
            )
        return value

    def networks(self, key: str) -> tuple[str, ...]:
        found = self._parts(key)
        problems = [problem for text in found if (problem := network_problem(text))]
        self.problems += [f"{key}: {problem}." for problem in problems]
        if len(found) > MOST_NETWORKS:
            self.problems.append(f"{key} holds {len(found)} ranges; {MOST_NETWORKS} is the most.")
        return found

    def vpc_endpoints(self, key: str) -> tuple[str, ...]:
        found = self._parts(key)
        wrong = [text for text in found if not _VPC_ENDPOINT.fullmatch(text)]
        if wrong:
            self.problems.append(
                f"{key} holds {', '.join(wrong)}: not ids like vpce-0a1b2c3d4e5f67890."
            )
        return found

    def addresses(self, key: str) -> tuple[str, ...]:
        found = self._parts(key)
        wrong = [address for address in found if not _ADDRESS.fullmatch(address)]
        if wrong:
            self.problems.append(f"{key} holds {', '.join(wrong)}: not bare e-mail addresses.")
        return found

    def _parts(self, key: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(key).split(",") if part.strip())

    def url(self, key: str) -> str:
        value = self.text(key).rstrip("/")
        if value and not re.fullmatch(r"https?://[^\s/]\S*", value):
            self.problems.append(f"{key} {value!r} must begin with https:// (or http://).")
        return value

    def retention(self, key: str, *, default: int) -> timedelta:
        days = self._days(key, default=default)
        if _SHORTEST_RETENTION <= days <= _LONGEST_RETENTION:
            return timedelta(days=days)
        self.problems.append(
            f"{key} is {days}; it must be from {_SHORTEST_RETENTION} (a mail that failed must"
            f" still be there to be done again) to {_LONGEST_RETENTION} days."
        )
        return timedelta(days=default)

    def log_retention(self, key: str) -> timedelta:
        default = 90 if self._context.get("stage") == Stage.PROD else 30
        days = self._days(key, default=default)
        if days in _LOG_RETENTIONS:
            return timedelta(days=days)
        allowed = ", ".join(map(str, _LOG_RETENTIONS))
        self.problems.append(f"{key} is {days}; CloudWatch keeps logs for {allowed} days.")
        return timedelta(days=default)

    def _days(self, key: str, *, default: int) -> int:
        self._read.add(key)
        value = self._context.get(key, "")
        if value == "":
            return default
        written = str(value).strip()
        # Not `isdecimal`, which takes digits of any script.
        if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,6}", written):
            self.problems.append(f"{key} is {value!r}; it must be a whole number of days.")
            return default
        return int(written)

    def refuse_unknown_keys(self) -> None:
        ours = {key for key in self._context if not _KEYS_OF_CDK.fullmatch(key)}
        self.problems += [
            f"{key or repr(key)} is no setting; {self._meant(key)}"
            for key in sorted(ours - self._read)
        ]

    def _meant(self, key: str) -> str:
        names = {name.lower(): name for name in self._read}
        spelled = re.sub(r"[^a-z0-9]", "", key.lower())
        for near in get_close_matches(spelled, names, n=1, cutoff=0.8):
            return f"did you mean {names[near]}?"
        return f"there are {', '.join(sorted(self._read))}."
