"""``python -m infra.costs``: what a stage costs a month, from a table of prices with their dates.

Prices are list prices in US dollars for us-east-1, without free tiers and taxes; they change, so
each says when and where it was read, and whether it was. How much of everything one mail takes is
a guess until a stage has run; `Usage` holds the guesses.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import Enum

from infra.settings import Stage
from infra.stage_numbers import FunctionNumbers, StageNumbers, for_stage

MAILS_PER_DAY = (200, 20_000)

_HOURS = Decimal(730)
_DAYS = _HOURS / 24
_MILLION = Decimal(1_000_000)
_KB_IN_GB = _MILLION
_MIB_IN_GB = Decimal(1024)
_GUIDE = "AWS's guide to Aurora"
_MEMORY = "AWS's price list, remembered and not read again"


@dataclass(frozen=True)
class PriceTag:
    """What one unit costs, and how that is known; unsure where nothing of AWS's was read."""

    usd: Decimal
    unit: str
    as_of: str
    source: str
    sure: bool


def _read(usd: str, unit: str, as_of: str, source: str) -> PriceTag:
    return PriceTag(Decimal(usd), unit, as_of, source, sure=True)


def _unsure(usd: str, unit: str, as_of: str = "2026-11", source: str = _MEMORY) -> PriceTag:
    return PriceTag(Decimal(usd), unit, as_of, source, sure=False)


class Price(Enum):
    """Every price that the sums are made of."""

    DATABASE_COMPUTE = _read("0.12", "ACU hour, Aurora Serverless v2", "2026-03-28", _GUIDE)
    DATABASE_STORAGE = _read("0.10", "GB month, Aurora", "2026-03-28", _GUIDE)
    DATABASE_IO = _read("0.20", "million I/Os, Aurora Standard", "2026-03-28", _GUIDE)
    NAT_HOUR = _unsure("0.045", "hour, NAT gateway", "2026-06", "zacfukuda.com, a comparison")
    NAT_DATA = _unsure("0.045", "GB, NAT gateway", "2026-06", "zacfukuda.com, a comparison")
    ADDRESS_HOUR = _unsure("0.005", "hour, public IPv4 address")
    ENDPOINT_HOUR = _unsure(
        "0.01", "hour, VPC endpoint per zone", "2026-06", "zacfukuda.com, a comparison"
    )
    LAMBDA_REQUEST = _unsure("0.20", "million invocations")
    LAMBDA_COMPUTE = _unsure("0.0000133334", "GB second, arm64")
    GATEWAY_REQUEST = _unsure("3.50", "million requests, REST API")
    QUEUE_REQUEST = _unsure("0.40", "million requests, SQS standard")
    SECRET = _unsure("0.40", "secret a month")
    LOG_INGESTION = _unsure("0.50", "GB, CloudWatch Logs")
    METRIC = _unsure("0.30", "custom metric a month")
    ALARM = _unsure("0.10", "alarm a month")
    WEB_ACL = _unsure("5.00", "web ACL a month")
    WEB_ACL_RULE = _unsure("1.00", "rule of a web ACL a month")
    WEB_ACL_REQUEST = _unsure("0.60", "million requests through a web ACL")

    def times(self, amount: Decimal) -> Decimal:
        """Return what `amount` units cost."""
        return self.value.usd * amount


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What one mail is guessed to take, and what is there without any."""

    idle_acu: Decimal = Decimal("0.5")
    acu_seconds_per_mail: Decimal = Decimal(2)
    months_kept: int = 12
    stored_kb_per_mail: Decimal = Decimal(20)
    ios_per_mail: int = 60
    nat_kb_per_mail: Decimal = Decimal(30)
    api_seconds: Decimal = Decimal("0.5")
    worker_seconds: Decimal = Decimal(2)
    reconciler_seconds: Decimal = Decimal(2)
    requests_per_mail: Decimal = Decimal("1.2")
    """The webhook's one, and people who look at every fifth job."""
    queue_requests_per_mail: int = 4
    idle_queue_requests: int = 1_300_000
    """Five pollers for each of two queues, three long polls a minute."""
    log_kb_per_mail: Decimal = Decimal(4)
    secrets: int = 1
    metrics: int = 43
    alarms: int = 42
    """An alarm on a formula is paid for once per metric in it."""


@dataclass(frozen=True)
class Line:
    """One line of the bill; unsure if one of its prices is."""

    name: str
    usd: Decimal
    sure: bool


def monthly_bill(mails_per_day: int, usage: Usage | None = None) -> list[Line]:
    """Return the bill of one stage in its default shape, largest fixed parts first."""
    used = usage or Usage()
    numbers = for_stage(Stage.PROD)
    mails = mails_per_day * _DAYS
    runs = _DAYS * (timedelta(days=1) // numbers.reconciliation_interval)
    requests = mails * used.requests_per_mail
    acu_hours = _HOURS * used.idle_acu + mails * used.acu_seconds_per_mail / 3600
    return [
        _line("Aurora: capacity", (Price.DATABASE_COMPUTE, acu_hours)),
        _line(
            "Aurora: storage of a year, I/O",
            (
                Price.DATABASE_STORAGE,
                mails * used.months_kept * used.stored_kb_per_mail / _KB_IN_GB,
            ),
            (Price.DATABASE_IO, mails * used.ios_per_mail / _MILLION),
        ),
        _line(
            "NAT gateway",
            (Price.NAT_HOUR, _HOURS),
            (Price.ADDRESS_HOUR, _HOURS),
            (Price.NAT_DATA, mails * used.nat_kb_per_mail / _KB_IN_GB),
        ),
        _line(
            "Lambda",
            (Price.LAMBDA_REQUEST, (requests + mails + runs) / _MILLION),
            (Price.LAMBDA_COMPUTE, _compute(used, numbers, requests, mails, runs)),
        ),
        _line("API Gateway", (Price.GATEWAY_REQUEST, requests / _MILLION)),
        _line(
            "SQS",
            (
                Price.QUEUE_REQUEST,
                (mails * used.queue_requests_per_mail + used.idle_queue_requests) / _MILLION,
            ),
        ),
        _line(
            "CloudWatch: logs, metrics, alarms",
            (Price.LOG_INGESTION, mails * used.log_kb_per_mail / _KB_IN_GB),
            (Price.METRIC, Decimal(used.metrics)),
            (Price.ALARM, Decimal(used.alarms)),
        ),
        _line("Secrets Manager", (Price.SECRET, Decimal(used.secrets))),
    ]


def optional_parts(mails_per_day: int, usage: Usage | None = None) -> list[Line]:
    """Return what the settings can add to the bill."""
    used = usage or Usage()
    requests = mails_per_day * _DAYS * used.requests_per_mail / _MILLION
    return [
        _line(
            "`waf=on`",
            (Price.WEB_ACL, Decimal(1)),
            (Price.WEB_ACL_RULE, Decimal(2)),
            (Price.WEB_ACL_REQUEST, requests),
        ),
        _line(
            "`natGateways=2`, traffic aside",
            (Price.NAT_HOUR, _HOURS),
            (Price.ADDRESS_HOUR, _HOURS),
        ),
        _line("Each of `interfaceEndpoints`, traffic aside", (Price.ENDPOINT_HOUR, 2 * _HOURS)),
        _line("A VPC endpoint of yours, two zones", (Price.ENDPOINT_HOUR, 2 * _HOURS)),
    ]


def document() -> str:
    """Return the tables as they stand in docs/deploy.md."""
    volumes = [f"{mails:,} a day" for mails in MAILS_PER_DAY]
    bills = [monthly_bill(mails) for mails in MAILS_PER_DAY]
    extras = [optional_parts(mails) for mails in MAILS_PER_DAY]
    totals = [sum((line.usd for line in bill), Decimal(0)) for bill in bills]
    return "\n".join(
        [
            f"| USD a month | {' | '.join(volumes)} |",
            "| --- | ---: | ---: |",
            *_rows(bills),
            f"| **Together** | {' | '.join(f'**{total:.0f}**' for total in totals)} |",
            *_rows(extras),
            "",
            "| USD | per | as of | read in |",
            "| ---: | --- | --- | --- |",
            *(_price_row(price.value) for price in Price),
        ]
    )


def _compute(
    used: Usage, numbers: StageNumbers, requests: Decimal, mails: Decimal, runs: Decimal
) -> Decimal:
    return (
        _gb(numbers.api) * requests * used.api_seconds
        + _gb(numbers.worker) * mails * used.worker_seconds
        + _gb(numbers.reconciler) * runs * used.reconciler_seconds
    )


def _gb(function: FunctionNumbers) -> Decimal:
    return function.memory_mib / _MIB_IN_GB


def _line(name: str, *amounts: tuple[Price, Decimal]) -> Line:
    return Line(
        name,
        sum((price.times(amount) for price, amount in amounts), Decimal(0)),
        all(price.value.sure for price, _ in amounts),
    )


def _rows(bills: Sequence[Sequence[Line]]) -> list[str]:
    return [
        f"| {_marked(lines[0].name, sure=lines[0].sure)} |"
        f" {' | '.join(f'{line.usd:.2f}' for line in lines)} |"
        for lines in zip(*bills, strict=True)
    ]


def _price_row(price: PriceTag) -> str:
    unit = _marked(price.unit, sure=price.sure)
    return f"| {price.usd} | {unit} | {price.as_of} | {price.source} |"


def _marked(text: str, *, sure: bool) -> str:
    return text if sure else f"{text} (unsure)"


if __name__ == "__main__":
    sys.stdout.write(f"{document()}\n")
