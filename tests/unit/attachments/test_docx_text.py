from __future__ import annotations

from functions.worker.attachments.contents import TextStatus
from tests.unit.attachments.files import ReadFile, a_docx, a_zip, paragraph, table, word_part


def test_paragraphs_are_lines(read_file: ReadFile) -> None:
    assert read_file(a_docx(paragraph("Sehr geehrte"), paragraph("Grüße"))).text == (
        "Sehr geehrte\nGrüße"
    )


def test_a_word_in_several_runs_stays_one_word(read_file: ReadFile) -> None:
    runs = "<w:p><w:r><w:t>Gesamt</w:t></w:r><w:r><w:t>betrag</w:t></w:r></w:p>"
    assert read_file(a_docx(runs)).text == "Gesamtbetrag"


def test_table_rows_are_lines_with_cells_apart(read_file: ReadFile) -> None:
    rows = table(["Hauptforderung", "", "100,00 EUR"], ["Gesamt", "", "120,00 EUR"])
    assert read_file(a_docx(rows)).text == "Hauptforderung | 100,00 EUR\nGesamt | 120,00 EUR"


def test_a_table_that_holds_the_whole_letter_is_no_row(read_file: ReadFile) -> None:
    letter = f"<w:tbl><w:tr><w:tc>{paragraph('eins')}{paragraph('zwei')}</w:tc>"
    letter += f"<w:tc>{paragraph('drei')}</w:tc></w:tr></w:tbl>"
    assert read_file(a_docx(letter)).text == "eins\nzwei\ndrei"


def test_tabs_and_breaks_are_kept_and_tab_stops_say_nothing(read_file: ReadFile) -> None:
    body = '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>Summe</w:t>'
    body += "<w:tab/><w:t>5,00</w:t><w:br/><w:t>EUR</w:t></w:r></w:p>"
    assert read_file(a_docx(body)).text == "Summe   5,00\nEUR"


def test_deleted_and_hidden_text_is_not_read(read_file: ReadFile) -> None:
    body = "<w:p><w:del><w:r><w:delText>900,00</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/>"
    body += "</w:rPr><w:t>800,00</w:t></w:r><w:r><w:t>gilt: 5,00</w:t></w:r></w:p>"
    assert read_file(a_docx(body)).text == "gilt: 5,00"


def test_the_letterhead_stands_first_and_once(read_file: ReadFile) -> None:
    head = word_part(paragraph("Az. 12/34"), root="hdr")
    document = a_docx(paragraph("Text"), header1=head, header2=head)
    assert read_file(document).text == "Az. 12/34\n\nText"


def test_the_text_may_lie_in_a_numbered_part(read_file: ReadFile) -> None:
    assert read_file(a_zip({"word/document2.xml": word_part(paragraph("Text"))})).text == "Text"


def test_a_document_type_with_entities_is_refused(read_file: ReadFile) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "aaaa"><!ENTITY c "&b;&b;">]><a><t>&c;</t></a>'
    for text in (bomb, bomb.encode("utf-16")):
        assert read_file(a_zip({"word/document.xml": text})).status is TextStatus.UNREADABLE


def test_what_unpacks_to_too_much_is_cut(read_file: ReadFile) -> None:
    text = read_file(a_docx("<w:t>", "viel" * 1_000_000, "</w:t>"), unpacked_bytes=200_000)
    assert text.truncated
    assert len(text.text) < 200_001


def test_what_unpacks_to_too_much_before_any_text_is_too_large(read_file: ReadFile) -> None:
    text = read_file(a_docx("<w:p/>" * 100_000, paragraph("spät")), unpacked_bytes=100_000)
    assert text.status is TextStatus.TOO_LARGE


def test_a_document_is_cut_at_its_last_allowed_character(read_file: ReadFile) -> None:
    text = read_file(a_docx(paragraph("abcdefgh")), characters=5)
    assert (text.text, text.truncated) == ("abcde", True)


def test_tables_nested_without_end_do_no_harm(read_file: ReadFile) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 20_000 + paragraph("tief") + "</w:tc></w:tr></w:tbl>" * 20_000
    assert read_file(a_docx(deep)).text == "tief"


def test_an_archive_of_too_many_files_is_not_opened(read_file: ReadFile) -> None:
    parts = {f"part{number}": "" for number in range(60)}
    document = a_zip({"word/document.xml": word_part(paragraph("a"))} | parts)
    assert read_file(document, archive_entries=50).status is TextStatus.TOO_LARGE


def test_a_document_without_letters_has_no_text(read_file: ReadFile) -> None:
    assert read_file(a_docx(paragraph(" – "))).status is TextStatus.NO_TEXT
