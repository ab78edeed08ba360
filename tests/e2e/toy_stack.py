"""A small template with small functions: the local platform's own tests need no product."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

API = """
import base64, os, sys, time

def handler(event, context):
    what = event.get("path", event.get("what"))
    if what == "/fail":
        raise ValueError("It can not be done.")
    if what == "/slow":
        time.sleep(30)
    if what == "/exit":
        os._exit(3)
    if what == "/malformed":
        return 7
    if what == "/set":
        return {1}
    if what == "/environment":
        return {"environment": dict(os.environ), "path": sys.path, "pid": os.getpid()}
    if what == "/context":
        return {
            "remaining": context.get_remaining_time_in_millis(),
            "name": context.function_name,
            "arn": context.invoked_function_arn,
            "memory": context.memory_limit_in_mb,
            "request_id": context.aws_request_id,
        }
    if what == "/binary":
        body = base64.b64encode(bytes(range(256))).decode()
        several = {"X-Several": ["one", "two"]}
        return {"statusCode": 201, "body": body, "isBase64Encoded": True,
                "multiValueHeaders": several, "headers": {"Content-Type": "image/png"}}
    import json
    return {"statusCode": 200, "body": json.dumps(event)}
"""

WORKER = """
import json, os, pathlib, time

def handler(event, context):
    with open(os.environ["RECORD"], "a") as record:
        record.write(json.dumps({"pid": os.getpid(), "event": event}) + "\\n")
    bodies = [record["body"] for record in event["Records"]]
    if "raise" in bodies:
        raise ValueError("It can not be done.")
    if "wait" in bodies:
        while not pathlib.Path(os.environ["RECORD"]).with_name("go on").exists():
            time.sleep(0.02)
    if "nonsense" in bodies:
        return {"batchItemFailures": [{"itemIdentifier": "nobody"}]}
    if "not a word" in bodies:
        return "done"
    failed = [r["messageId"] for r in event["Records"] if r["body"] == "fail"]
    return {"batchItemFailures": [{"itemIdentifier": failure} for failure in failed]}
"""

CALLER = """
import boto3, os

def handler(event, context):
    import urllib.request
    client = boto3.client("lambda")
    answer = client.invoke(FunctionName=os.environ["CALLED"], InvocationType=event["kind"],
                           Payload=event["payload"])
    return {"status": answer["StatusCode"], "error": answer.get("FunctionError"),
            "payload": answer["Payload"].read().decode()}
"""


def write_toy_assembly(
    folder: Path, *, code: str = API, environment: Mapping[str, object] = MappingProxyType({})
) -> Path:
    """Writes what a synthesis would; `code` and `environment` are the API's."""
    record = folder / "record.jsonl"
    functions = {
        "Api": _function(folder, "api", code, dict(environment)),
        "Worker": _function(folder, "worker", WORKER, {"RECORD": str(record)}),
        "Trusting": _function(folder, "trusting", WORKER, {"RECORD": f"{record}.trusting"}),
        "Notifier": _function(folder, "notifier", WORKER, {"RECORD": f"{record}.notifier"}),
        "Caller": _function(folder, "caller", CALLER, {"CALLED": {"Ref": "Api"}}),
    }
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole"}
    trust = {"Statement": [statement | {"Principal": {"Service": "lambda.amazonaws.com"}}]}
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust}}
    resources = {"Role": role} | functions | _queues() | _mappings() | _api() | _schedule()
    outputs = {f"{name}Url": {"Value": {"Ref": name}} for name in _queues()}
    template = {"Resources": resources, "Outputs": outputs}
    (folder / "Toy.template.json").write_text(json.dumps(template))
    return folder


def _function(folder: Path, name: str, code: str, variables: dict[str, Any]) -> dict[str, Any]:
    package = folder / f"asset.{name}" / "functions" / name
    package.mkdir(parents=True)
    (package / "handler.py").write_text(code)
    return {
        "Type": "AWS::Lambda::Function",
        "Metadata": {"aws:asset:path": f"asset.{name}"},
        "Properties": {
            "Runtime": "python3.13",
            "Handler": f"functions.{name}.handler.handler",
            "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            "Code": {"S3Bucket": "nowhere", "S3Key": f"{name}.zip"},
            "Timeout": 1 if name == "api" else 5,
            "MemorySize": 256,
            "Environment": {"Variables": variables},
        },
    }


def _queues() -> dict[str, Any]:
    return {
        "Parking": _queue(30, None),
        "Dead": _queue(1, ("Parking", 4)),
        "Jobs": _queue(1, ("Dead", 2)),
        "Trust": _queue(1, None),
    }


def _queue(visibility: int, redrive: tuple[str, int] | None) -> dict[str, Any]:
    properties: dict[str, Any] = {"VisibilityTimeout": visibility}
    if redrive:
        target = {"Fn::GetAtt": [redrive[0], "Arn"]}
        properties["RedrivePolicy"] = {
            "deadLetterTargetArn": target,
            "maxReceiveCount": redrive[1],
        }
    return {"Type": "AWS::SQS::Queue", "Properties": properties}


def _mappings() -> dict[str, Any]:
    reporting = {"FunctionResponseTypes": ["ReportBatchItemFailures"]}
    return {
        "FeedWorker": _mapping("Jobs", "Worker", **reporting),
        "FeedNotifier": _mapping("Dead", "Notifier", **reporting),
        "FeedTrusting": _mapping("Trust", "Trusting"),
    }


def _mapping(queue: str, function: str, **properties: object) -> dict[str, Any]:
    source = {"Fn::GetAtt": [queue, "Arn"]}
    wiring = {"EventSourceArn": source, "FunctionName": {"Ref": function}, "BatchSize": 10}
    return {"Type": "AWS::Lambda::EventSourceMapping", "Properties": wiring | properties}


def _api() -> dict[str, Any]:
    root = {"Fn::GetAtt": ["Rest", "RootResourceId"]}
    names = ("echo", "fail", "slow", "exit", "malformed", "set", "binary", "items")
    resources = {f"Path{name}": _path(root, name) for name in names}
    methods = {f"Get{name}": _method("GET", f"Path{name}", "AWS_IAM") for name in names}
    failures = ("INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT", "DEFAULT_5XX")
    return {
        "Rest": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "toy"}},
        **resources,
        **methods,
        "PostEcho": _method("POST", "Pathecho", "NONE"),
        "PathItem": _path({"Ref": "Pathitems"}, "{item_id}"),
        "PathLiteral": _path({"Ref": "Pathitems"}, "latest"),
        "GetItem": _method("GET", "PathItem", "AWS_IAM"),
        "PostLiteral": _method("POST", "PathLiteral", "AWS_IAM"),
        **{f"Failure{number}": _failure(kind) for number, kind in enumerate(failures)},
    }


def _path(parent: object, part: str) -> dict[str, Any]:
    properties = {"ParentId": parent, "PathPart": part, "RestApiId": {"Ref": "Rest"}}
    return {"Type": "AWS::ApiGateway::Resource", "Properties": properties}


def _method(verb: str, path: str, authorization: str) -> dict[str, Any]:
    uri = [
        *("arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/",),
        *({"Fn::GetAtt": ["Api", "Arn"]}, "/invocations"),
    ]
    integration = {
        "IntegrationHttpMethod": "POST",
        "Type": "AWS_PROXY",
        "Uri": {"Fn::Join": ["", uri]},
    }
    properties = {
        "RestApiId": {"Ref": "Rest"},
        "ResourceId": {"Ref": path},
        "HttpMethod": verb,
        "AuthorizationType": authorization,
        "Integration": integration,
    }
    return {"Type": "AWS::ApiGateway::Method", "Properties": properties}


def _failure(kind: str) -> dict[str, Any]:
    properties = {
        "RestApiId": {"Ref": "Rest"},
        "ResponseType": kind,
        "StatusCode": "503",
        "ResponseParameters": {"gatewayresponse.header.Retry-After": "'20'"},
        "ResponseTemplates": {"application/json": json.dumps({"kind": kind})},
    }
    return {"Type": "AWS::ApiGateway::GatewayResponse", "Properties": properties}


def _schedule() -> dict[str, Any]:
    properties = {
        "ScheduleExpression": "rate(5 minutes)",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {
            "Arn": {"Fn::GetAtt": ["Api", "Arn"]},
            "RoleArn": {"Fn::GetAtt": ["Role", "Arn"]},
            "Input": '{"what":"/environment"}',
        },
    }
    return {"Toll": {"Type": "AWS::Scheduler::Schedule", "Properties": properties}}
