from __future__ import annotations

import zlib

import pytest

from functions.worker.attachments.contents import TextStatus
from tests.unit.attachments.files import ReadFile, a_pdf, pdf_of

STATEMENT = (
    (50, 700, "Hauptforderung"),
    (50, 686, "Zinsen"),
    (50, 672, "Gesamtbetrag"),
    (400, 700, "1.200,00 €"),
    (400, 686, "34,56 €"),
    (400, 672, "1.234,56 €"),
)


def test_labels_and_amounts_drawn_column_by_column_stand_on_one_line(read_file: ReadFile) -> None:
    lines = read_file(a_pdf(STATEMENT)).text.splitlines()
    assert lines == [
        "Hauptforderung | 1.200,00 €",
        "Zinsen | 34,56 €",
        "Gesamtbetrag | 1.234,56 €",
    ]


def test_umlauts_and_the_euro_sign_survive(read_file: ReadFile) -> None:
    assert read_file(a_pdf([(50, 700, "Für Jörg Übel: 3 €, groß")])).text == (
        "Für Jörg Übel: 3 €, groß"
    )


def test_pages_follow_each_other(read_file: ReadFile) -> None:
    assert read_file(a_pdf([(50, 700, "eins")], [(50, 700, "zwei")])).text == "eins\n\nzwei"


def test_lines_are_in_the_order_of_the_page_not_of_the_drawing(read_file: ReadFile) -> None:
    assert read_file(a_pdf([(50, 100, "unten"), (50, 112, "oben")])).text == "oben\nunten"


def test_words_placed_one_by_one_are_a_sentence(read_file: ReadFile) -> None:
    page = [(50, 700, "Wir"), (67, 700, "bitten"), (95, 700, "um"), (113, 700, "Zahlung.")]
    assert read_file(a_pdf(page)).text == "Wir bitten um Zahlung."


def test_words_of_a_typewriter_placed_one_by_one_are_a_sentence(read_file: ReadFile) -> None:
    page = a_pdf([(50, 700, "vorbezeichneten"), (146, 700, "Angelegenheit"), (230, 700, "teilen")])
    typed = page.replace(b"/BaseFont /Helvetica", b"/BaseFont /Courier  ")
    assert read_file(typed).text == "vorbezeichneten Angelegenheit teilen"


def test_columns_close_to_each_other_are_columns(read_file: ReadFile) -> None:
    page = [(50, 700, "Zinsen"), (95, 700, "Kosten"), (50, 686, "34,56"), (95, 686, "200,00")]
    assert read_file(a_pdf(page)).text == "Zinsen | Kosten\n34,56 | 200,00"


def test_a_number_drawn_in_two_pieces_without_a_gap_stays_one(read_file: ReadFile) -> None:
    stream = b"BT /F1 10 Tf 50 700 Td (1.234) Tj 25.02 0 Td (,56 EUR) Tj ET"
    assert read_file(pdf_of(stream)).text == "1.234,56 EUR"


def test_a_change_of_the_font_breaks_no_word(read_file: ReadFile) -> None:
    stream = b"BT /F1 10 Tf 50 700 Td (Gesamt) Tj /F1 11 Tf (forderung 5,00) Tj ET"
    assert read_file(pdf_of(stream)).text == "Gesamtforderung 5,00"


def test_fat_print_made_by_printing_twice_is_read_once(read_file: ReadFile) -> None:
    page = [(50, 700, "Gesamtbetrag 80,00 EUR"), (50.3, 700, "Gesamtbetrag 80,00 EUR")]
    assert read_file(a_pdf(page)).text == "Gesamtbetrag 80,00 EUR"


def test_a_page_on_its_side_is_read_in_its_own_direction(read_file: ReadFile) -> None:
    stream = (
        b"BT /F1 10 Tf 0 1 -1 0 100 50 Tm (Summe) Tj ET "
        b"BT /F1 10 Tf 0 1 -1 0 100 300 Tm (9,50 EUR) Tj ET"
    )
    assert read_file(pdf_of(stream)).text == "Summe | 9,50 EUR"


def test_a_form_inside_the_page_is_read(read_file: ReadFile) -> None:
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /Font << /F1 3 0 R >> >>"
        b" /Length 42 >>\nstream\nBT /F1 10 Tf 0 700 Td (aus der Form) Tj ET \nendstream"
    )
    stream = b"BT /F1 10 Tf 300 700 Td (von der Seite) Tj ET /X1 Do"
    lines = read_file(pdf_of(stream, objects=[form])).text.split()
    assert " ".join(lines) == "von der Seite aus der Form"


def test_a_scan_has_no_text(read_file: ReadFile) -> None:
    text = read_file(pdf_of(b"q 500 0 0 700 0 0 cm /X1 Do Q"))
    assert (text.status, text.text) == (TextStatus.NO_TEXT, "")


@pytest.mark.parametrize("version", [(1, 2, 40), (4, 4, 128), (5, 5, 256), (9, 9, 1)])
def test_a_locked_pdf_is_encrypted_not_broken(
    read_file: ReadFile, version: tuple[int, int, int]
) -> None:
    v, r, bits = version
    locked = (
        f"/Encrypt << /Filter /Standard /V {v} /R {r} /Length {bits} /P -4 "
        f"/O <{'ab' * 32}> /U <{'cd' * 32}> >> /ID [<00> <00>]"
    )
    assert read_file(a_pdf([(50, 700, "geheim")], trailer=locked)).status is TextStatus.ENCRYPTED


def test_the_pages_behind_the_last_allowed_one_are_missing_and_it_says_so(
    read_file: ReadFile,
) -> None:
    text = read_file(a_pdf(*[[(50, 700, f"Seite {n}")] for n in range(4)]), pages=2)
    assert (text.text, text.truncated) == ("Seite 0\n\nSeite 1", True)


def test_one_page_gives_no_more_than_its_characters(read_file: ReadFile) -> None:
    text = read_file(pdf_of(b"BT /F1 10 Tf (" + b"a" * 500 + b") Tj ET"), page_characters=100)
    assert (text.text, text.truncated) == ("a" * 100, True)


def test_a_page_of_endless_operators_is_given_up(read_file: ReadFile) -> None:
    page = b"BT /F1 10 Tf " + b"1 0 Td (a) Tj " * 5_000 + b"ET"
    assert read_file(pdf_of(page), page_operands=1_000).status is TextStatus.UNREADABLE


def test_a_stream_that_unpacks_to_too_much_is_given_up(read_file: ReadFile) -> None:
    packed = zlib.compress(b" " * 50_000_000)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b" % (len(packed), packed)
    bomb = pdf_of(b"X").replace(b"<< /Length 1 >>\nstream\nX", stream)
    assert read_file(bomb).status is TextStatus.UNREADABLE


def test_what_stood_before_a_broken_page_is_kept(read_file: ReadFile) -> None:
    packed = zlib.compress(b" " * 5_000_000)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b" % (len(packed), packed)
    broken = pdf_of(b"BT /F1 10 Tf (Summe 5,00 EUR) Tj ET", b"X")
    text = read_file(broken.replace(b"<< /Length 1 >>\nstream\nX", stream))
    assert (text.text, text.truncated) == ("Summe 5,00 EUR", True)
