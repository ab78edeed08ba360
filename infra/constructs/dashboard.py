"""One dashboard: is mail flowing, what is stuck, what failed and why, what does it cost."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.constructs.alarms import OPEN_JOB_LIMIT, failed_jobs, near_timeout
from infra.constructs.metrics import FIVE_MINUTES, Metrics

_WHOLE, _HALF, _THIRD, _QUARTER = 24, 12, 8, 6
_HIGH, _FLAT = 6, 3
_HOUR = Duration.hours(1)

_COSTS = """# What does it cost?
What the bill counts, in its own units. By far the largest parts are fixed: the database's smallest
capacity and the NAT gateway run day and night, whether mail comes or not."""


class Dashboard(Construct):
    """All that there is to see of a stage, on one page."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        metrics: Metrics,
        alarms: Sequence[str],
    ) -> None:
        """Lay the four answers out below each other; `alarms` are shown by their names."""
        super().__init__(scope, construct_id)
        # By name, for whoever creates this template without alarms.
        shown = [cloudwatch.Alarm.from_alarm_name(self, alarm, alarm) for alarm in alarms]
        cloudwatch.Dashboard(
            self,
            "Dashboard",
            dashboard_name=name,
            default_interval=Duration.days(1),
            widgets=[
                *_is_mail_flowing(metrics),
                *_what_is_stuck(metrics),
                *_what_failed(metrics, shown),
                *_what_it_costs(metrics),
            ],
        )


Rows = list[list[cloudwatch.IWidget]]


def _is_mail_flowing(metrics: Metrics) -> Rows:
    webhook = {
        "WebhookAccepted": "accepted",
        "WebhookDuplicate": "duplicate",
        "WebhookIgnored": "ignored",
        "WebhookQuarantined": "quarantined",
        "WebhookRejected": "rejected",
        "WebhookNotStored": "asked for again",
    }
    times = [
        metrics.own(name, "worker", statistic=statistic, label=f"{what}, {statistic}")
        for name, what in (("JobWaitTime", "waiting"), ("JobProcessingTime", "processing"))
        for statistic in ("p50", "p95")
    ]
    return [
        [_text("# Is mail flowing?")],
        [
            _number("Mails accepted", metrics.own("WebhookAccepted", "api", label="accepted")),
            _number("Jobs completed", metrics.own("JobCompleted", "worker", label="completed")),
            _number(
                "Matched without a person",
                metrics.own(
                    "JobCompleted",
                    "worker",
                    label="auto-matched",
                    split={"match_status": "auto_matched"},
                ),
            ),
            _number("Jobs failed", failed_jobs(metrics, period=FIVE_MINUTES)),
        ],
        [
            _stacked(
                "What became of each delivery",
                *(metrics.own(name, "api", label=label) for name, label in webhook.items()),
            ),
            _stacked("Completed, by outcome", metrics.own_split("JobCompleted", "match_status")),
            _lines("Seconds from arrival to outcome", *times, unit="seconds"),
        ],
    ]


def _what_is_stuck(metrics: Metrics) -> Rows:
    queues = metrics.queues
    visible, in_flight = (
        f"ApproximateNumberOfMessages{kind}" for kind in ("Visible", "NotVisible")
    )
    limit = cloudwatch.HorizontalAnnotation(
        value=OPEN_JOB_LIMIT.to_seconds(), label="a person is woken", color=cloudwatch.Color.RED
    )
    oldest = metrics.own(
        "OldestOpenJobAge", "reconciler", statistic="Maximum", label="oldest open job"
    )
    return [
        [_text("# What is stuck?")],
        [
            _lines(
                "Age of the oldest open job, by the database",
                oldest,
                unit="seconds",
                width=_HALF,
                limit=limit,
            ),
            _lines(
                "Open jobs and their messages",
                metrics.own("OpenJobs", "reconciler", statistic="Maximum", label="open jobs"),
                metrics.of_queue(queues.jobs, visible, label="messages waiting"),
                metrics.of_queue(queues.jobs, in_flight, label="messages in work"),
                width=_HALF,
            ),
        ],
        [
            _lines(
                "Where nothing should stay",
                metrics.of_queue(queues.dead_letters, visible, label="dead letters"),
                metrics.of_queue(queues.parking, visible, label="parked"),
                metrics.of_queue(queues.missed_runs, visible, label="missed runs"),
            ),
            _stacked("Healed by the reconciler, by kind", metrics.own_split("JobHealed", "kind")),
            _lines(
                "The reconciler's heartbeat, per hour",
                metrics.own("ReconcilerHeartbeat", "reconciler", period=_HOUR, label="runs"),
            ),
        ],
    ]


def _what_failed(metrics: Metrics, alarms: Sequence[cloudwatch.IAlarm]) -> Rows:
    notifications = {
        "NotificationSent": "sent",
        "NotificationSkipped": "nobody to tell",
        "NotificationFailed": "not taken by SES",
    }
    return [
        [_text("# What failed, and why?")],
        [
            cloudwatch.AlarmStatusWidget(
                title="Alarms", alarms=list(alarms), width=_WHOLE, height=_FLAT + 1
            )
        ],
        [
            _stacked("Jobs failed, by cause", metrics.own_split("JobFailed", "cause")),
            _stacked(
                "Work put off, by cause",
                metrics.own_split("JobPutOff", "cause"),
                metrics.own_split("MessageFailed", "cause"),
            ),
            _stacked(
                "Deliveries refused or kept aside, by cause",
                metrics.own_split("WebhookRejected", "cause"),
                metrics.own_split("WebhookQuarantined", "cause"),
            ),
        ],
        [
            _lines(
                "API",
                metrics.of_gateways("5XXError", "Sum", "SUM", label="5XX"),
                metrics.of_gateways("4XXError", "Sum", "SUM", label="4XX"),
                right=[metrics.of_gateways("Latency", "p99", "MAX", label="p99, ms")],
                width=_QUARTER,
            ),
            _stacked(
                "Functions: errors",
                *(metrics.of_function(each, "Errors", "Sum") for each in metrics.functions),
                width=_QUARTER,
            ),
            _lines(
                "Functions: short of room or time",
                metrics.of_functions("Throttles", "Sum", "SUM", label="throttles"),
                metrics.of_functions("ConcurrentExecutions", "Maximum", "SUM", label="at once"),
                right=[near_timeout(metrics, period=FIVE_MINUTES)],
                width=_QUARTER,
            ),
            _stacked(
                "Failure e-mails",
                *(
                    metrics.own(name, "notifier", label=label)
                    for name, label in notifications.items()
                ),
                width=_QUARTER,
            ),
        ],
        [_latest_lines(metrics)],
    ]


def _what_it_costs(metrics: Metrics) -> Rows:
    capacity = "ServerlessDatabaseCapacity"
    return [
        [_text(_COSTS, height=2)],
        [
            _lines(
                "Database capacity",
                metrics.of_database(capacity, "Average", label="ACU"),
                metrics.of_database("DatabaseConnections", "Maximum", label="connections"),
                right=[metrics.of_database("ACUUtilization", "Average", label="% of the largest")],
            ),
            _stacked("Lambda, GB-seconds per hour", *_gigabyte_seconds(metrics)),
            _stacked("Logs written, bytes", *(metrics.of_logs(each) for each in metrics.functions)),
        ],
        [
            _number(
                "ACU-hours",
                cloudwatch.MathExpression(
                    expression="capacity * PERIOD(capacity) / 3600",
                    using_metrics={
                        "capacity": metrics.of_database(
                            capacity, "Average", label="ACU", period=_HOUR
                        )
                    },
                    label="ACU-hours in the last hour",
                    period=_HOUR,
                ),
                sums=False,
            ),
            _number(
                "Invocations",
                metrics.of_functions(
                    "Invocations", "Sum", "SUM", label="in the last hour", period=_HOUR
                ),
                sums=False,
            ),
            _number(
                "Requests to the API", metrics.of_gateways("Count", "Sum", "SUM", label="requests")
            ),
            _number(
                "Messages sent",
                metrics.of_queue(
                    metrics.queues.jobs, "NumberOfMessagesSent", label="sent", statistic="Sum"
                ),
                metrics.of_queue(
                    metrics.queues.jobs,
                    "NumberOfEmptyReceives",
                    label="empty receives",
                    statistic="Sum",
                ),
            ),
        ],
    ]


def _gigabyte_seconds(metrics: Metrics) -> list[cloudwatch.MathExpression]:
    """Return what Lambda's price counts: a function's time (milliseconds) times its memory."""
    return [
        cloudwatch.MathExpression(
            expression=f"{each.label} / 1000 * {each.numbers.memory_mib} / 1024",
            using_metrics={each.label: metrics.of_function(each, "Duration", "Sum", _HOUR)},
            label=each.label,
            period=_HOUR,
        )
        for each in metrics.functions
    ]


def _latest_lines(metrics: Metrics) -> cloudwatch.LogQueryWidget:
    return cloudwatch.LogQueryWidget(
        title="Latest warnings and errors; search for a correlation_id to follow a job",
        log_group_names=[each.log_group.log_group_name for each in metrics.functions],
        view=cloudwatch.LogQueryVisualizationType.TABLE,
        query_lines=[
            "fields @timestamp, service, message, job_id, cause, correlation_id",
            'filter level in ["WARNING", "ERROR", "CRITICAL"]',
            "sort @timestamp desc",
            "limit 20",
        ],
        width=_WHOLE,
        height=_HIGH,
    )


def _text(markdown: str, *, height: int = 1) -> cloudwatch.TextWidget:
    return cloudwatch.TextWidget(
        markdown=markdown,
        width=_WHOLE,
        height=height,
        background=cloudwatch.TextWidgetBackground.TRANSPARENT,
    )


def _number(
    title: str, *metrics: cloudwatch.IMetric, sums: bool = True
) -> cloudwatch.SingleValueWidget:
    """`sums` adds up over the time that the dashboard shows; otherwise it is the latest value."""
    return cloudwatch.SingleValueWidget(
        title=title,
        metrics=list(metrics),
        width=_QUARTER,
        height=_FLAT,
        set_period_to_time_range=sums,
    )


def _lines(
    title: str,
    *metrics: cloudwatch.IMetric,
    right: Sequence[cloudwatch.IMetric] = (),
    unit: str | None = None,
    width: int = _THIRD,
    limit: cloudwatch.HorizontalAnnotation | None = None,
) -> cloudwatch.GraphWidget:
    axis = cloudwatch.YAxisProps(min=0, label=unit, show_units=False)
    return cloudwatch.GraphWidget(
        title=title,
        left=list(metrics),
        right=list(right),
        left_annotations=[limit] if limit else [],
        left_y_axis=axis,
        right_y_axis=cloudwatch.YAxisProps(min=0, show_units=False) if right else None,
        width=width,
        height=_HIGH,
    )


def _stacked(
    title: str, *metrics: cloudwatch.IMetric, width: int = _THIRD
) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(
        title=title,
        left=list(metrics),
        left_y_axis=cloudwatch.YAxisProps(min=0, show_units=False),
        stacked=True,
        width=width,
        height=_HIGH,
    )
