"""A JSON list or a CSV file, taken apart into rows that people can find again."""

from __future__ import annotations

import pytest

from functions.api.wire.inquiry_files import rows_of_csv, rows_of_json
from shared.domain.errors import InquiryRejected

HEADER = "id,client_name,creditor_name,sent_at"


def csv_rows(*lines: str) -> list[tuple[str, object]]:
    return [(row.name, row.fields) for row in rows_of_csv("\r\n".join(lines).encode())]


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    rows = csv_rows(HEADER, 'inq-1,"Müller, Jürgen",Bank,2026-02-10', "", "inq-2,A,B,2026-02-10")
    assert [name for name, _ in rows] == ["Row 2", "Row 4"]
    assert rows[0][1] == {
        "id": "inq-1",
        "client_name": "Müller, Jürgen",
        "creditor_name": "Bank",
        "sent_at": "2026-02-10",
    }


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_seen_from_the_first_row(separator: str) -> None:
    columns = [HEADER.replace(",", separator), separator.join(["inq-1", "A", "B", "2026-02-10"])]
    ((_, fields),) = csv_rows(*columns)
    assert isinstance(fields, dict)
    assert list(fields.values()) == ["inq-1", "A", "B", "2026-02-10"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_files_of_spreadsheet_programs_are_read_in_their_encodings(encoding: str) -> None:
    rows = rows_of_csv(f"{HEADER}\ninq-1,Müller,Bank,2026-02-10\n".encode(encoding))
    assert isinstance(rows[0].fields, dict)
    assert rows[0].fields["client_name"] == "Müller"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty"),
        ("id,client_name,creditor_name", "Row 1 has no column sent_at"),
        (f"{HEADER},clientname", "Row 1 has a column that is not known"),
        (f"{HEADER},id", "Row 1 has the column id twice"),
        (f"{HEADER}\ninq-1,A,B,2026-02-10,more", "Row 2 has more cells than row 1"),
        (f'{HEADER}\ninq-1,"A" B,C,D', "not a valid CSV file"),
        (f"{HEADER}\ninq-1,M\ufffdller,C,D", "has characters that cannot be read"),
    ],
)
def test_a_broken_file_is_explained(text: str, words: str) -> None:
    with pytest.raises(InquiryRejected, match=words):
        rows_of_csv(text.encode())


@pytest.mark.parametrize("body", [b"", b"{", b"{}", b"null", b"\xff", b"[" * 100_000])
def test_anything_but_a_json_list_is_refused(body: bytes) -> None:
    with pytest.raises(InquiryRejected):
        rows_of_json(body)


def test_entries_of_a_json_list_are_counted_from_one() -> None:
    assert [row.name for row in rows_of_json(b'[{"id": "a"}, 7]')] == ["Entry 1", "Entry 2"]
