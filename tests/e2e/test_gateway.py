"""What API Gateway does between a request and a function, by the routes of a template."""

from __future__ import annotations

import base64
import json
import os
import signal
import socket
from typing import Any

import httpx
import pytest

from infra.local.gateway import LARGEST_BODY
from infra.local.platform import Platform
from infra.local.proxy_event import LOCAL_CALLER
from tests.e2e.waiting import wait_until


@pytest.fixture
def client(toy: Platform) -> httpx.Client:
    return httpx.Client(base_url=toy.address, timeout=30, trust_env=False)


def event_of(response: httpx.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    event: dict[str, Any] = response.json()
    return event


def test_a_request_arrives_as_a_rest_proxy_event(client: httpx.Client) -> None:
    event = event_of(client.post("/echo?a=1&a=2&b=", content="Müller"))
    assert {"resource": "/echo", "path": "/echo", "httpMethod": "POST"}.items() <= event.items()
    assert event["queryStringParameters"] == {"a": "2", "b": ""}
    assert event["multiValueQueryStringParameters"] == {"a": ["1", "2"], "b": [""]}
    assert (event["body"], event["isBase64Encoded"]) == ("Müller", False)
    assert event["pathParameters"] is event["stageVariables"] is None
    assert set(event) == {
        *("resource", "path", "httpMethod", "headers", "multiValueHeaders", "requestContext"),
        *("queryStringParameters", "multiValueQueryStringParameters", "pathParameters"),
        *("stageVariables", "body", "isBase64Encoded"),
    }


def test_what_a_request_has_not_is_null(client: httpx.Client) -> None:
    event = event_of(client.get("/echo"))
    assert event["body"] is event["queryStringParameters"] is None
    assert event["multiValueQueryStringParameters"] is None


def test_headers_keep_their_spelling_and_repetition(client: httpx.Client) -> None:
    event = event_of(client.get("/echo", headers=[("X-Two", "one"), ("X-Two", "two")]))
    assert event["headers"]["X-Two"] == "two"
    assert event["multiValueHeaders"]["X-Two"] == ["one", "two"]
    assert event["headers"]["X-Forwarded-For"] == "127.0.0.1"


def test_a_body_that_is_no_text_arrives_in_base64(client: httpx.Client) -> None:
    event = event_of(client.post("/echo", content=b"\xff\xfe"))
    assert event["isBase64Encoded"] is True
    assert base64.b64decode(event["body"]) == b"\xff\xfe"


def test_a_body_in_chunks_arrives_whole(client: httpx.Client) -> None:
    event = event_of(client.post("/echo", content=iter([b"one ", b"two"])))
    assert event["body"] == "one two"


def test_path_parameters_are_decoded(client: httpx.Client) -> None:
    event = event_of(client.get("/items/inq%20001%2F2"))
    assert event["pathParameters"] == {"item_id": "inq 001/2"}
    assert event["resource"] == "/items/{item_id}"


def test_only_signed_routes_know_their_caller(client: httpx.Client) -> None:
    signed = event_of(client.get("/echo"))["requestContext"]
    unsigned = event_of(client.post("/echo"))["requestContext"]
    assert signed["identity"]["userArn"] == LOCAL_CALLER
    assert unsigned["identity"]["userArn"] is None
    assert signed["requestId"] != unsigned["requestId"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/echo/"),
        ("DELETE", "/echo"),
        ("GET", "/nowhere"),
        ("GET", "/items/latest"),
        ("GET", "/items/"),
        ("GET", "/items/one/two"),
    ],
)
def test_a_route_that_the_template_lacks_is_closed(
    client: httpx.Client, method: str, path: str
) -> None:
    response = client.request(method, path)
    assert response.status_code == 403
    assert response.json() == {"message": "Missing Authentication Token"}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/fail", "INTEGRATION_FAILURE"),
        ("/slow", "INTEGRATION_FAILURE"),
        ("/exit", "INTEGRATION_FAILURE"),
        ("/set", "INTEGRATION_FAILURE"),
        ("/malformed", "DEFAULT_5XX"),
    ],
)
def test_the_gateways_own_failures_are_answered_as_the_template_says(
    client: httpx.Client, path: str, kind: str
) -> None:
    response = client.get(path)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "20"
    assert response.json() == {"kind": kind}


def test_a_function_killed_while_it_answers_is_a_gateway_failure(
    client: httpx.Client, toy: Platform
) -> None:
    with socket.create_connection(("127.0.0.1", int(toy.address.rpartition(":")[2]))) as caller:
        caller.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        wait_until(toy.functions["api"].is_busy)
        os.kill(int((toy.folder.run / "api.pid").read_text()), signal.SIGKILL)
        caller.settimeout(10)
        answer = caller.recv(4096)
    assert answer.startswith(b"HTTP/1.1 503")
    assert event_of(client.get("/echo"))["path"] == "/echo"


def test_more_than_ten_megabytes_are_refused(client: httpx.Client) -> None:
    response = client.post("/echo", content=b"x" * (LARGEST_BODY + 1))
    assert response.status_code == 413
    assert response.json() == {"message": "Request Too Long"}


def test_more_than_lambda_takes_is_refused(client: httpx.Client) -> None:
    assert client.post("/echo", content=b"x" * 6 * 1024 * 1024).status_code == 413


def test_a_large_body_arrives_whole(client: httpx.Client) -> None:
    body = "ä" * 500_000
    assert client.post("/echo", content=body).json()["body"] == body


def test_an_answer_in_base64_is_decoded_and_repeats_headers(client: httpx.Client) -> None:
    response = client.get("/binary")
    assert response.status_code == 201
    assert response.content == bytes(range(256))
    assert response.headers.get_list("X-Several") == ["one", "two"]
    assert response.headers["Content-Type"] == "image/png"


def test_the_committed_document_is_served_beside_the_routes(
    client: httpx.Client, toy: Platform
) -> None:
    operation = {"summary": "Says <hello>", "responses": {"200": {"description": "Said"}}}
    document = {"info": {"title": "Toy", "version": "1"}, "paths": {"/hello": {"get": operation}}}
    (toy.folder.path / "openapi.json").write_text(json.dumps(document))
    assert client.get("/openapi.json").json() == document
    page = client.get("/docs")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "/hello" in page.text
    assert "Says &lt;hello&gt;" in page.text
    assert "http" not in page.text.replace("http-equiv", "")
