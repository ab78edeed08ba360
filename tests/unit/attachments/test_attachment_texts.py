from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from itertools import count
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.worker.attachments.attachment_texts import OFFICE, AttachmentTexts
from functions.worker.attachments.contents import AttachmentContent, Limits, TextStatus
from functions.worker.attachments.kinds import Kind
from functions.worker.attachments.pdf_text import pdf_text
from functions.worker.reading.mail.clean_text import clean_text
from tests.unit.attachments.files import ReadFile, a_docx, a_pdf, an_xlsx, paragraph, words

WRITERS = OFFICE | {Kind.PDF: pdf_text}
SOUND = (
    a_pdf([(50, 700, "Summe 5,00 EUR")], [(50, 700, "zwei")]),
    a_docx(paragraph("Summe 5,00 EUR")),
    an_xlsx([[words("Summe"), words("5,00 EUR")]]),
)
BEGINNINGS = (b"", b"%PDF-1.7\n", b"PK\x03\x04word/document.xml", b"PK\x03\x04xl/workbook.xml")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sound file with a piece of it torn out, doubled or replaced."""
    file = draw(st.sampled_from(SOUND))
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(file))] * 2)))
    return file[:start] + draw(st.binary(max_size=40) | st.just(file[start:] * 2)) + file[end:]


@settings(max_examples=150)
@given(damaged() | st.builds(bytes.__add__, st.sampled_from(BEGINNINGS), st.binary(max_size=400)))
def test_any_bytes_give_a_result(content: bytes) -> None:
    (text,) = AttachmentTexts(WRITERS).read([AttachmentContent("a", content)])
    assert text.status in TextStatus
    assert bool(text.text) is (text.status is TextStatus.READ)
    assert clean_text(text.text) == text.text


@pytest.mark.parametrize("file", SOUND)
def test_neither_name_nor_kind_told_decides_how_a_file_is_read(
    read_file: ReadFile, file: bytes
) -> None:
    assert "5,00 EUR" in read_file(file, "bild.jpg").text


def test_a_file_embedded_in_another_does_not_decide_its_kind(read_file: ReadFile) -> None:
    outer = BytesIO(an_xlsx([[words("aussen")]]))
    with ZipFile(outer, "a", ZIP_STORED) as archive:
        archive.writestr("xl/embeddings/a.docx", a_docx(paragraph("innen")))
        archive.writestr("xl/embeddings/a.pdf", SOUND[0])
    assert read_file(outer.getvalue()).text == "aussen"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 else", b"<html>"])
def test_other_kinds_are_named_unknown_whatever_they_call_themselves(
    read_file: ReadFile, content: bytes
) -> None:
    assert read_file(content, "forderung.pdf").status is TextStatus.UNKNOWN_KIND


@pytest.mark.parametrize("beginning", BEGINNINGS[1:])
def test_a_broken_file_is_unreadable(read_file: ReadFile, beginning: bytes) -> None:
    assert read_file(beginning + b" and nothing more").status is TextStatus.UNREADABLE


def test_an_office_file_with_a_password_is_encrypted(read_file: ReadFile) -> None:
    file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    assert read_file(file).status is TextStatus.ENCRYPTED


def test_a_file_of_too_many_bytes_is_not_opened(read_file: ReadFile) -> None:
    assert read_file(SOUND[0], content_bytes=len(SOUND[0]) - 1).status is TextStatus.TOO_LARGE


def test_results_are_in_the_order_of_the_files() -> None:
    files = [AttachmentContent(str(n), file) for n, file in enumerate((*SOUND, b"?"))]
    assert [text.filename for text in AttachmentTexts(WRITERS).read(files)] == list("0123")


def test_files_beyond_the_limit_are_named_too_large() -> None:
    files = [AttachmentContent("a", SOUND[1])] * 3
    texts = AttachmentTexts(WRITERS, Limits(files=2)).read(files)
    assert [text.status for text in texts] == ["read", "read", "too_large"]


def test_the_files_of_a_mail_share_their_characters() -> None:
    files = [AttachmentContent("a", a_docx(paragraph("abcdef")))] * 3
    texts = AttachmentTexts(WRITERS, Limits(characters=8)).read(files)
    assert [text.text for text in texts] == ["abcdef", "ab", ""]
    assert [text.truncated for text in texts] == [False, True, False]
    assert texts[2].status is TextStatus.TOO_LARGE


@pytest.mark.parametrize("file", SOUND)
def test_no_file_is_read_once_the_time_is_up(file: bytes) -> None:
    # Each look at this clock takes a second.
    texts = AttachmentTexts(WRITERS, Limits(time=timedelta(seconds=1)), count().__next__)
    (late,) = texts.read([AttachmentContent("a", file)])
    assert late.status is TextStatus.TOO_LARGE


def test_time_runs_out_inside_a_page_too() -> None:
    page = a_pdf([(50, 800 - 12 * row, f"Zeile {row}") for row in range(50)])
    texts = AttachmentTexts(WRITERS, Limits(time=timedelta(seconds=40)), count().__next__)
    (text,) = texts.read([AttachmentContent("a", page)])
    assert text.truncated
    assert "Zeile 3" in text.text
    assert "Zeile 40" not in text.text


def test_without_a_reader_for_pdf_a_pdf_is_of_unknown_kind() -> None:
    (text,) = AttachmentTexts().read([AttachmentContent("a.pdf", SOUND[0])])
    assert text.status is TextStatus.UNKNOWN_KIND
