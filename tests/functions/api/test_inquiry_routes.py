"""Inquiries: put by the portal, imported by clerks, read by both."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import Connection, text

from tests.functions.api.calls import Answer, Api

PATH = "/api/v1/inquiries"
INQUIRY: dict[str, Any] = {
    "id": "inq-001",
    "client_name": "Müller, Jürgen",
    "creditor_name": "Sparkasse Lindenau",
    "creditor_email": "forderungen@sparkasse-lindenau.example",
    "reference_numbers": ["RB-26-0101", "6004 118 220"],
    "sent_at": "2026-02-10T09:00:00Z",
    "zendesk_ticket_id": "70101",
    "letter_type": "first",
    "debt_amount": "8000.00",
}
CSV_HEADER = ",".join(INQUIRY)


def put(api: Api, **changes: object) -> Answer:
    body = {name: value for name, value in INQUIRY.items() if name != "id"} | changes
    return api.send("PUT", f"{PATH}/inq-001", body)


def import_csv(api: Api, *lines: str, content_type: str = "text/csv") -> Answer:
    body = "\r\n".join(lines).encode()
    return api.call("POST", PATH, body=body, headers={"Content-Type": content_type}, encoded=True)


def test_an_inquiry_that_is_put_can_be_read(api: Api) -> None:
    assert put(api).json == INQUIRY
    answer = api.get(f"{PATH}/inq-001")
    assert (answer.status, answer.json) == (200, INQUIRY)


def test_putting_it_again_changes_nothing_and_another_content_replaces_it(api: Api) -> None:
    assert [put(api).status, put(api).status] == [200, 200]
    put(api, debt_amount=None, creditor_email="", letter_type="second")
    stored = api.get(f"{PATH}/inq-001").json
    assert (stored["debt_amount"], stored["creditor_email"]) == (None, None)
    assert stored["letter_type"] == "second"
    assert api.get(PATH).json["total"] == 1


def test_only_three_fields_are_needed(api: Api) -> None:
    body = {"client_name": "A", "creditor_name": "B", "sent_at": "10.02.2026"}
    stored = api.send("PUT", f"{PATH}/inq-002", body).json
    assert stored["sent_at"] == "2026-02-09T23:00:00Z"
    assert (stored["letter_type"], stored["reference_numbers"]) == ("first", [])


def test_the_id_in_the_body_may_repeat_that_in_the_address_and_not_differ(api: Api) -> None:
    assert put(api, id="inq-001").status == 200
    answer = put(api, id="inq-002")
    assert (answer.status, answer.json["error"]) == (422, "inquiry_rejected")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"client_name": ""}, "body value client_name is missing"),
        ({"sent_at": 1770714000}, "body value sent_at must be a date"),
        ({"sent_at": "Kanarienvogel"}, "body value sent_at must be a date"),
        ({"debt_amount": "Kanarienvogel"}, "body value debt_amount must be an amount"),
        ({"debt_amount": "8.000"}, "body value debt_amount must be an amount"),
        ({"debt_amount": -1}, "body value debt_amount must be an amount"),
        ({"letter_type": "Kanarienvogel"}, "body value letter_type input should be"),
        ({"client_name": "a\x00b"}, "body value client_name must not contain"),
        ({"client_name": "x" * 501}, "body value client_name string should have at most 500"),
        ({"client_name": ["Kanarienvogel"]}, "body value client_name must be a text"),
        ({"Kanarienvogel": 1}, "The body has a field that is not known"),
    ],
)
def test_a_wrong_value_is_named_and_not_repeated(
    stranded_api: Api, changes: dict[str, object], words: str
) -> None:
    answer = put(stranded_api, **changes)
    assert (answer.status, answer.json["error"]) == (422, "validation_failed")
    assert words in answer.json["detail"]
    assert "Kanarienvogel" not in json.dumps(answer.json)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff"])
def test_a_body_that_is_no_inquiry_is_refused(stranded_api: Api, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = stranded_api.call("PUT", f"{PATH}/inq-1", body=body, headers=headers, encoded=True)
    assert answer.status in {400, 422}
    assert set(answer.json) == {"error", "detail"}


@pytest.mark.parametrize(
    ("inquiry_id", "status"),
    [("inq-404", 404), ("x" * 201, 422), ("%00", 422), ("%F0%9F%93%8E", 404)],
)
def test_an_unknown_inquiry_is_a_404_and_an_impossible_id_a_422(
    api: Api, inquiry_id: str, status: int
) -> None:
    answer = api.get(f"{PATH}/{inquiry_id}")
    assert answer.status == status
    assert set(answer.json) == {"error", "detail"}


def test_the_portals_ids_may_have_any_letters(api: Api) -> None:
    path = f"{PATH}/{quote('Akte 1381_25 Ü')}"
    assert api.send("PUT", path, INQUIRY | {"id": "Akte 1381_25 Ü"}).status == 200
    assert api.get(path).json["id"] == "Akte 1381_25 Ü"


def test_a_list_is_imported_and_again_leaves_all_unchanged(api: Api) -> None:
    second = INQUIRY | {"id": 17, "zendesk_ticket_id": 70102}
    first = api.send("POST", PATH, [INQUIRY, second])
    assert (first.status, first.json) == (
        200,
        {"created": 2, "updated": 0, "unchanged": 0, "erased": 0},
    )
    again = api.send("POST", PATH, [INQUIRY, second | {"debt_amount": 1}])
    assert again.json == {"created": 0, "updated": 1, "unchanged": 1, "erased": 0}
    assert [each["id"] for each in api.get(PATH).json["inquiries"]] == ["17", "inq-001"]


@pytest.mark.parametrize("content_type", ["text/csv", "text/csv; charset=utf-8", "TEXT/CSV"])
def test_a_csv_file_has_the_same_columns(api: Api, content_type: str) -> None:
    line = (
        'inq-001,"Müller, Jürgen",Sparkasse Lindenau,forderungen@sparkasse-lindenau.example,'
        'RB-26-0101;6004 118 220,2026-02-10T09:00:00Z,70101,first,"8.000,00"'
    )
    answer = import_csv(api, CSV_HEADER, line, content_type=content_type)
    assert answer.json == {"created": 1, "updated": 0, "unchanged": 0, "erased": 0}
    assert api.get(f"{PATH}/inq-001").json == INQUIRY


def test_wrong_rows_are_named_and_nothing_is_stored(api: Api) -> None:
    header = "id;client_name;creditor_name;sent_at;debt_amount"
    good = "inq-1;Kanarienvogel;B;10.02.2026;8.000,00"
    lines = [good, "inq-2;A;;gestern;8.000", good, ";A;B;10.02.2026;"]
    answer = import_csv(api, header, *lines)
    assert (answer.status, answer.json["error"]) == (422, "inquiry_rejected")
    detail = answer.json["detail"]
    assert detail.startswith("Nothing was stored.")
    for words in (
        "Row 3, column creditor_name is missing.",
        "Row 3, column sent_at must be a date",
        "Row 3, column debt_amount must be an amount",
        "Row 4, column id is the same as in Row 2.",
        "Row 5, column id is missing.",
    ):
        assert words in detail
    assert "Kanarienvogel" not in detail
    assert api.get(PATH).json["total"] == 0


def test_many_wrong_rows_are_counted(stranded_api: Api) -> None:
    answer = stranded_api.send("POST", PATH, [{}] * 30)
    assert "Entry 1, column id is missing." in answer.json["detail"]
    assert "There are 100 more problems." in answer.json["detail"]


@pytest.mark.parametrize("item", [None, 7, "text", [], {"id": {"a": "Kanarienvogel"}}])
def test_entries_that_are_no_inquiries_are_refused(stranded_api: Api, item: object) -> None:
    answer = stranded_api.send("POST", PATH, [item])
    assert answer.status == 422
    assert "Kanarienvogel" not in json.dumps(answer.json)


def test_more_rows_than_one_import_takes_are_refused(stranded_api: Api) -> None:
    answer = stranded_api.send("POST", PATH, [{}] * 5001)
    assert answer.status == 422
    assert "more than 5000 rows" in answer.json["detail"]


def test_another_type_of_file_is_refused(stranded_api: Api) -> None:
    answer = import_csv(stranded_api, "x", content_type="application/vnd.ms-excel")
    assert (answer.status, answer.json["error"]) == (415, "unsupported_media_type")


def test_pages_follow_the_cursor(api: Api) -> None:
    api.send("POST", PATH, [INQUIRY | {"id": f"inq-{number}"} for number in range(5)])
    first = api.get(PATH, limit=3).json
    second = api.get(PATH, limit=3, cursor=first["next_cursor"]).json
    ids = [each["id"] for each in first["inquiries"] + second["inquiries"]]
    assert (ids, first["total"]) == ([f"inq-{number}" for number in range(5)], 5)
    assert second["next_cursor"] is None


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"cursor": "x"}])
def test_a_wrong_query_value_is_a_422(stranded_api: Api, query: dict[str, object]) -> None:
    assert stranded_api.get(PATH, **query).status == 422


def test_an_inquiry_of_an_erased_client_is_gone_and_stays_so(api: Api, sql: Connection) -> None:
    put(api)
    sql.execute(
        text("""UPDATE creditor_inquiries SET erased_at = now(), client_name = '(erased)',
            creditor_email = NULL, reference_numbers = '{}', zendesk_ticket_id = NULL,
            debt_amount = NULL, match_keys = '{}'""")
    )
    for answer in (put(api), api.get(f"{PATH}/inq-001")):
        assert (answer.status, answer.json["error"]) == (410, "inquiry_erased")
    imported = api.send("POST", PATH, [INQUIRY, INQUIRY | {"id": "inq-002"}])
    assert imported.json == {"created": 1, "updated": 0, "unchanged": 0, "erased": 1}
    assert [each["id"] for each in api.get(PATH).json["inquiries"]] == ["inq-002"]
