"""What wakes a person, why, and what to do then: one topic, one alarm per reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aws_cdk import Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.constructs.metrics import FIVE_MINUTES, Metrics
from infra.durations import cdk_duration
from infra.settings import Stage
from infra.stage_numbers import StageNumbers

OPEN_JOB_LIMIT = Duration.minutes(30)
"""Six attempts with all their waits take under ten minutes; the rest is an outage."""
_QUARTER = Duration.minutes(15)
_HALF_HOUR = Duration.minutes(30)
_HOUR = Duration.hours(1)
_DAY = Duration.days(1)

_GOOD = cloudwatch.TreatMissingData.NOT_BREACHING
"""For counts of what goes wrong: no data means that nothing did."""
_BAD = cloudwatch.TreatMissingData.BREACHING
"""For signs of life: no data is the alarm."""
_AS_BEFORE = cloudwatch.TreatMissingData.IGNORE
"""For levels: whoever stops telling the level does not lower it. SQS stops six hours after the
last message, and a reconciler that died tells no age."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One reason to wake somebody. `periods` is how many of the last how many are too many."""

    name: str
    reason: str
    runbook: str
    metric: cloudwatch.IMetric
    threshold: float
    missing: cloudwatch.TreatMissingData
    periods: tuple[int, int] = (1, 1)
    falls_below: bool = False


class Alarms(Construct):
    """Every alarm of a stage, and the topic that they all go to."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        metrics: Metrics,
        numbers: StageNumbers,
        email: str,
    ) -> None:
        """Tell `email`; an empty one means that nobody is told, and the alarms only show."""
        super().__init__(scope, construct_id)
        self.topic = sns.Topic(
            self, "Topic", topic_name=f"creditor-mail-{metrics.stage}-alarms", enforce_ssl=True
        )
        _let_alarms_publish(self.topic)
        if email:
            self.topic.add_subscription(subscriptions.EmailSubscription(email))
        self.names = [self._alarm(rule, metrics.stage) for rule in _rules(metrics, numbers)]

    def _alarm(self, rule: Rule, stage: Stage) -> str:
        name = f"creditor-mail-{stage}-{rule.name}"
        too_many, of_the_last = rule.periods
        operator = cloudwatch.ComparisonOperator
        alarm = cloudwatch.Alarm(
            self,
            rule.name,
            alarm_name=name,
            alarm_description=f"{rule.reason} Runbook: {rule.runbook}",
            metric=rule.metric,
            threshold=rule.threshold,
            comparison_operator=operator.LESS_THAN_THRESHOLD
            if rule.falls_below
            else operator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            datapoints_to_alarm=too_many,
            evaluation_periods=of_the_last,
            treat_missing_data=rule.missing,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
        alarm.add_ok_action(actions.SnsAction(self.topic))
        return name


def _let_alarms_publish(topic: sns.Topic) -> None:
    """Say so, because a topic with a policy of its own has lost the one that lets its account."""
    topic.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            actions=["sns:Publish"],
            resources=[topic.topic_arn],
            conditions={"StringEquals": {"aws:SourceAccount": Stack.of(topic).account}},
        )
    )


def _rules(metrics: Metrics, numbers: StageNumbers) -> Iterator[Rule]:
    if metrics.stage is Stage.PROD:
        yield _no_mail(metrics)
    yield from _at_the_door(metrics)
    yield from _standing_still(metrics, numbers)
    yield from _failing(metrics)
    yield from _out_of_room(metrics)


def _no_mail(metrics: Metrics) -> Rule:
    return Rule(
        name="NoMailArrives",
        reason="Not one mail was accepted for three days.",
        runbook="Unless these are holidays: look in Zendesk's Admin Center whether the webhook is"
        " active and its trigger fires, send a test from there, and compare with the tickets.",
        metric=metrics.own("WebhookAccepted", "api", period=_DAY),
        threshold=1,
        falls_below=True,
        periods=(3, 3),
        missing=_BAD,
    )


def _at_the_door(metrics: Metrics) -> Iterator[Rule]:
    unsigned = metrics.own(
        "WebhookRejected", "api", period=_QUARTER, split={"cause": "headers_missing"}
    )
    yield Rule(
        name="WebhookRejected",
        reason="Deliveries with a signature were refused, and Zendesk does not send them again.",
        runbook="Read the causes on the dashboard. signature_wrong or no_secret_configured: put"
        " Zendesk's current secret into the webhook's secret. A stale time: the delivery is in the"
        " quarantine list. body_too_large: files come as links, and Zendesk itself sends at most"
        " 256 KB; see in the access log who sent more, and in Zendesk what its trigger sends.",
        metric=cloudwatch.MathExpression(
            # Strangers who try the address send no signature, and are no reason to get up.
            expression="everything - FILL(unsigned, 0)",
            using_metrics={
                "everything": metrics.own("WebhookRejected", "api", period=_QUARTER),
                "unsigned": unsigned,
            },
            label="refused with a signature",
            period=_QUARTER,
        ),
        threshold=1,
        missing=_GOOD,
    )
    yield Rule(
        name="WebhookQuarantined",
        reason="A delivery could not be read; it is kept, but no job came of it.",
        runbook="GET /api/v1/webhook/quarantine names cause and ticket. Correct the trigger's body"
        " in Zendesk, then have the ticket's mail delivered again.",
        metric=metrics.own("WebhookQuarantined", "api"),
        threshold=1,
        missing=_GOOD,
    )
    yield Rule(
        name="ApiServerErrors",
        reason="The API answered with 5XX; Zendesk sends such a mail again, but not for ever.",
        runbook="GET /health says whether the database answers. Otherwise look for"
        " webhook.not_stored and request.crashed in the API's log.",
        # One mail's tries are enough, one hiccup is not.
        metric=metrics.of_gateways("5XXError", "Sum", "SUM", label="5XX", period=_QUARTER),
        threshold=3,
        missing=_GOOD,
    )


def _standing_still(metrics: Metrics, numbers: StageNumbers) -> Iterator[Rule]:
    interval = cdk_duration(numbers.reconciliation_interval)
    three_runs = cdk_duration(numbers.reconciliation_interval * 3)
    yield Rule(
        name="ReconcilerSilent",
        reason="The reconciler has not finished a run in three intervals: nothing is healed, and no"
        " age of open jobs is told.",
        runbook="Look at the reconciler's log and at the queue of missed runs: a message there says"
        " why a call failed. Start a run with POST /api/v1/admin/reconciliation/trigger.",
        metric=metrics.own("ReconcilerHeartbeat", "reconciler", period=three_runs),
        threshold=1,
        falls_below=True,
        missing=_BAD,
    )
    yield Rule(
        name="OldestOpenJob",
        reason="A mail has been open for over half an hour, by the database's own account.",
        runbook="GET /api/v1/jobs?status=processing, =queued and =received show it. If its attempts"
        " end in errors, heal their cause; if there are none, look whether the worker runs and is"
        " fed (its event source mapping, its throttles).",
        metric=metrics.own("OldestOpenJobAge", "reconciler", statistic="Maximum", period=interval),
        threshold=OPEN_JOB_LIMIT.to_seconds(),
        missing=_AS_BEFORE,
    )
    yield Rule(
        name="MessagesParked",
        reason="The notifier gave up on a dead letter: somebody was not told of a failure.",
        runbook="Read the message in the parking queue: its job_id leads to GET"
        " /api/v1/jobs/{job_id} and, by correlation_id, to the notifier's log. Tell the"
        " administrator, retry the job if it failed, then delete the message.",
        metric=metrics.of_queue(
            metrics.queues.parking, "ApproximateNumberOfMessagesVisible", label="parked"
        ),
        threshold=1,
        missing=_AS_BEFORE,
    )
    yield Rule(
        name="DeadLettersWaiting",
        reason="Dead letters have waited for half an hour: failure e-mails do not go out.",
        runbook="Look for notification.failed in the notifier's log. SES: is the sender still"
        " verified, is sending paused? The database: GET /health.",
        # A letter that is tried and comes back is visible at one moment and in flight at another.
        # Its age says nothing, because SQS leaves out what was received three times.
        metric=_dead_letters(metrics),
        threshold=0.9,
        periods=(6, 6),
        missing=_GOOD,
    )
    yield Rule(
        name="ReconcilerCallsMissed",
        reason="A call of the reconciler did not arrive, or ended in an error.",
        runbook="Read the message in the queue of missed runs; it says why. The next run makes up"
        " for a missed one, so one message alone may be deleted.",
        metric=metrics.of_queue(
            metrics.queues.missed_runs, "ApproximateNumberOfMessagesVisible", label="missed runs"
        ),
        threshold=1,
        missing=_AS_BEFORE,
    )
    yield Rule(
        name="AsyncEventsDropped",
        reason="Lambda dropped a call of the reconciler, or could not say that it failed.",
        runbook="Look for throttles of the reconciler, and whether its role may still send to the"
        " queue of missed runs.",
        metric=_dropped(metrics),
        threshold=1,
        missing=_GOOD,
    )


def _failing(metrics: Metrics) -> Iterator[Rule]:
    yield Rule(
        name="JobsFailed",
        reason="Five or more mails failed for good within an hour. Each was told of by e-mail; so"
        " many have one cause.",
        runbook="Read the causes on the dashboard and the errors in GET /api/v1/jobs?status=failed."
        " When the cause is gone, POST /api/v1/jobs/{job_id}/retry each.",
        metric=failed_jobs(metrics, period=_HOUR),
        threshold=5,
        missing=_GOOD,
    )
    yield Rule(
        name="NotificationSkipped",
        reason="A mail failed for good, and nobody was told: an address is missing or feeds"
        " Zendesk.",
        runbook="Deploy with adminEmail and senderEmail set. GET /api/v1/jobs?status=failed lists"
        " what nobody was told of.",
        metric=metrics.own("NotificationSkipped", "notifier"),
        threshold=1,
        missing=_GOOD,
    )
    yield Rule(
        name="FunctionErrors",
        reason="Functions crashed, ran out of time or of memory, three times within half an hour.",
        runbook="The dashboard shows which. Its log ends in Task timed out, Runtime exited or a"
        " traceback. Right after a deploy: deploy the release before.",
        metric=metrics.of_functions("Errors", "Sum", "SUM", label="errors", period=_HALF_HOUR),
        threshold=3,
        missing=_GOOD,
    )
    yield Rule(
        name="FunctionNearTimeout",
        reason="A function needs over 80 % of the time it is given, again and again.",
        runbook="The dashboard shows which. Mostly what it waits for is slow: look at the"
        " database's capacity, and at model_unavailable among the causes.",
        metric=near_timeout(metrics, period=_QUARTER),
        threshold=80,
        periods=(2, 3),
        missing=_GOOD,
    )


def _out_of_room(metrics: Metrics) -> Iterator[Rule]:
    yield Rule(
        name="FunctionThrottled",
        reason="Lambda refused to run a function: the account's concurrency is used up.",
        runbook="Look which functions of the account run at once; ask for a higher quota, or deploy"
        " with reserveConcurrency=on. No mail is lost: messages come back, Zendesk tries again.",
        metric=metrics.of_functions("Throttles", "Sum", "SUM", label="throttles"),
        threshold=1,
        missing=_GOOD,
    )
    yield Rule(
        name="FunctionConcurrency",
        reason="Over 25 executions at once; five workers, two notifiers and a dozen requests are"
        " busy days.",
        runbook="Look at the API's requests on the dashboard: a flood comes through the webhook."
        " Lower its throttle, or block the source.",
        metric=metrics.of_functions("ConcurrentExecutions", "Maximum", "SUM", label="at once"),
        threshold=25,
        periods=(2, 3),
        missing=_GOOD,
    )
    yield Rule(
        name="DatabaseCapacity",
        reason="The database has used over 90 % of its largest capacity for a quarter of an hour.",
        runbook="pg_stat_activity says what runs and since when (docs/observability.md, Look into"
        " the database). Raise the largest capacity, databaseMaxAcu, if the load is real.",
        metric=metrics.of_database("ACUUtilization", "Average", label="ACU, % of the largest"),
        threshold=90,
        periods=(3, 3),
        missing=_GOOD,
    )
    yield Rule(
        name="DatabaseConnections",
        reason="Over 100 connections; each running function holds one.",
        runbook="pg_stat_activity says whose they are. Connections of functions go away with the"
        " functions; anything else should not be there.",
        metric=metrics.of_database("DatabaseConnections", "Maximum", label="connections"),
        threshold=100,
        missing=_GOOD,
    )


def failed_jobs(metrics: Metrics, *, period: Duration) -> cloudwatch.MathExpression:
    """Return how many failed for good: at the worker's hands, or found dead by the notifier."""
    return cloudwatch.MathExpression(
        expression="FILL(ended, 0) + FILL(found, 0)",
        using_metrics={
            "ended": metrics.own("JobFailed", "worker", period=period),
            "found": metrics.own("JobFailed", "notifier", period=period),
        },
        label="failed",
        period=period,
    )


def near_timeout(metrics: Metrics, *, period: Duration) -> cloudwatch.MathExpression:
    """Return the slowest function's share of its timeout, in percent."""
    parts = {
        f"duration_{function.label}": metrics.of_function(function, "Duration", "p99", period)
        for function in metrics.functions
    }
    shares = ", ".join(
        f"FILL(duration_{function.label}, 0) / {function.numbers.timeout.total_seconds() * 10:.0f}"
        for function in metrics.functions
    )
    return cloudwatch.MathExpression(
        expression=f"MAX([{shares}])", using_metrics=parts, label="% of the timeout", period=period
    )


def _dead_letters(metrics: Metrics) -> cloudwatch.MathExpression:
    queue = metrics.queues.dead_letters
    visible, hidden = (f"ApproximateNumberOfMessages{kind}" for kind in ("Visible", "NotVisible"))
    return cloudwatch.MathExpression(
        expression="visible + in_flight",
        using_metrics={
            "visible": metrics.of_queue(queue, visible, label="visible", statistic="Average"),
            "in_flight": metrics.of_queue(queue, hidden, label="in flight", statistic="Average"),
        },
        label="dead letters",
        period=FIVE_MINUTES,
    )


def _dropped(metrics: Metrics) -> cloudwatch.MathExpression:
    (reconciler,) = (each for each in metrics.functions if each.label == "reconciler")
    return cloudwatch.MathExpression(
        expression="FILL(dropped, 0) + FILL(untold, 0)",
        using_metrics={
            "dropped": metrics.of_function(reconciler, "AsyncEventsDropped", "Sum"),
            "untold": metrics.of_function(reconciler, "DestinationDeliveryFailures", "Sum"),
        },
        label="dropped",
        period=FIVE_MINUTES,
    )
