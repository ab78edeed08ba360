from __future__ import annotations

import pytest

from functions.worker.attachments.cell_values import shown_number
from functions.worker.attachments.contents import TextStatus
from tests.unit.attachments.files import ReadFile, a_zip, an_xlsx, number, words


@pytest.mark.parametrize(
    ("raw", "format_id", "code", "shown"),
    [
        ("7820.1499999999996", 200, '#,##0.00\\ "€"', "7.820,15 EUR"),
        ("1234.5", 4, "", "1.234,50"),
        ("1234.5", 201, "#,##0.00 [$€-407]", "1.234,50 EUR"),
        ("7820.1499999999996", 0, "", "7820,15"),
        ("6004118220", 0, "", "6004118220"),
        ("-12.3", 2, "", "-12,30"),
        ("46113", 14, "", "01.04.2026"),
        ("46113.5", 202, "dd.mm.yyyy hh:mm", "01.04.2026"),
        ("0.05", 9, "", "5 %"),
        ("0.0912", 203, "0.00%", "9,12 %"),
        ("0.5", 21, "", ""),
        ("1E+300", 4, "", "1E+300"),
        ("keine Zahl", 4, "", "keine Zahl"),
        ("99999999999", 14, "", "99999999999"),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it(
    raw: str, format_id: int, code: str, shown: str
) -> None:
    assert shown_number(raw, format_id=format_id, format_code=code, since_1904=False) == shown


def test_days_of_the_other_calendar_are_the_same_days() -> None:
    assert shown_number("44651", format_id=14, format_code="", since_1904=True) == "01.04.2026"


def test_rows_are_lines_with_cells_apart(read_file: ReadFile) -> None:
    rows = [[words("Gesamt"), words(""), number("1234.5", 1)], [words("Stand"), number("46113", 2)]]
    file = an_xlsx(rows, formats=['#,##0.00 "€"', "dd.mm.yyyy"])
    assert read_file(file).text == "Gesamt | 1.234,50 EUR\nStand | 01.04.2026"


def test_shared_texts_are_looked_up(read_file: ReadFile) -> None:
    strings = "<sst><si><t>Eins</t></si><si><r><t>Zw</t></r><r><t>ei</t></r></si></sst>"
    parts = {
        "xl/workbook.xml": '<workbook><sheets><sheet id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<R><Relationship Id="a" Target="/xl/one.xml"/></R>',
        "xl/one.xml": '<s><row><c t="s"><v>1</v></c><c t="s"><v>9</v></c></row></s>',
        "xl/sharedStrings.xml": strings,
    }
    assert read_file(a_zip(parts)).text == "Zwei"


def test_hidden_sheets_are_not_read(read_file: ReadFile) -> None:
    assert read_file(an_xlsx([[words("geheim")]], state="hidden")).status is TextStatus.NO_TEXT


def test_sheets_and_rows_beyond_the_limits_are_missing_and_it_says_so(read_file: ReadFile) -> None:
    sheets = [[[words(f"{sheet}-{row}")] for row in range(3)] for sheet in range(3)]
    by_rows, by_sheets = read_file(an_xlsx(*sheets), rows=4), read_file(an_xlsx(*sheets), sheets=1)
    assert (by_rows.text.split(), by_rows.truncated) == (["0-0", "0-1", "0-2", "1-0"], True)
    assert (by_sheets.text.split(), by_sheets.truncated) == (["0-0", "0-1", "0-2"], True)
