from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from functions.worker.assess_reply import Reader
from functions.worker.attachments.attachment_texts import AttachmentTexts
from functions.worker.attachments.contents import AttachmentContent, Limits
from functions.worker.attachments.reading_with_attachments import ReadingWithAttachments
from functions.worker.reading import RulesReader
from functions.worker.weigh_claim import LEAST_CONFIDENCE
from shared.domain.extraction import ExtractedReply, Intent
from shared.domain.reply import Reply
from tests.unit.attachments.conftest import WRITERS
from tests.unit.attachments.files import a_docx, a_pdf, an_xlsx, paragraph, pdf_of, table, words

ReadWith = Callable[..., ExtractedReply]
COVER = "Guten Tag,\n\nanbei erhalten Sie unsere Forderungsaufstellung.\n\nFreundliche Grüße"
STATEMENT = table(
    ["Hauptforderung", "1.000,00 EUR"],
    ["Zinsen", "34,56 EUR"],
    ["Kosten", "200,00 EUR"],
    ["Gesamtforderung", "1.234,56 EUR"],
)


def a_letter(*lines: str) -> bytes:
    return a_docx(*(paragraph(line) for line in lines))


def reading(**limits: Any) -> ReadingWithAttachments:
    return ReadingWithAttachments(RulesReader().read, AttachmentTexts(WRITERS, Limits(**limits)))


def a_mail(body: str, **fields: Any) -> Reply:
    values: dict[str, Any] = {
        "ticket_id": "1",
        "from_email": "konto@kaufhaus-linde.example",
        "from_name": "Kaufhaus Linde GmbH",
        "subject": "Ihr Schreiben",
        "received_at": datetime(2026, 4, 1, tzinfo=UTC),
    }
    return Reply(**(values | fields), body_text=body)


@pytest.fixture
def read_with() -> ReadWith:
    def read(body: str, *files: bytes, **limits: Any) -> ExtractedReply:
        contents = [AttachmentContent(f"{n}.bin", file) for n, file in enumerate(files)]
        return reading(**limits).read_with(a_mail(body), contents)

    return read


def confidence(extracted: ExtractedReply) -> float:
    return extracted.evidence["debt_amount"].confidence


def test_it_is_a_reader_and_reads_a_mail_alone_as_the_reader_does() -> None:
    reader: Reader = reading()
    mail = a_mail("Die Gesamtforderung beträgt 80,00 EUR.")
    assert reader.read(mail) == RulesReader().read(mail)


def test_a_mail_without_files_is_read_as_if_there_were_none(read_with: ReadWith) -> None:
    assert read_with(COVER) == RulesReader().read(a_mail(COVER))


def test_the_debt_and_its_parts_come_from_the_file_when_the_mail_states_none(
    read_with: ReadWith,
) -> None:
    read = read_with(COVER, a_docx(STATEMENT))
    assert (read.debt_amount, read.currency) == (Decimal("1234.56"), "EUR")
    parts = (read.principal, read.interest, read.costs)
    assert parts == (Decimal("1000.00"), Decimal("34.56"), Decimal("200.00"))
    assert confidence(read) >= LEAST_CONFIDENCE


@pytest.mark.parametrize(
    "file",
    [
        a_docx(STATEMENT),
        a_pdf([(50, 700, "Gesamtforderung"), (400, 700, "1.234,56 €")]),
        an_xlsx([[words("Gesamtforderung"), words("1.234,56 €")]]),
    ],
)
def test_evidence_names_the_file_and_the_place_in_its_text(file: bytes) -> None:
    texts = AttachmentTexts(WRITERS)
    contents = [AttachmentContent("Aufstellung März.pdf", file)]
    read = ReadingWithAttachments(RulesReader().read, texts).read_with(a_mail(COVER), contents)
    evidence = read.evidence["debt_amount"]
    assert evidence.source == "attachment:Aufstellung März.pdf"
    assert texts.read(contents)[0].text[evidence.start : evidence.end] == evidence.quote
    assert "1.234,56" in evidence.quote


def test_a_mail_of_a_few_words_need_not_announce_its_file(read_with: ReadWith) -> None:
    read = read_with("MfG, Linde", a_docx(STATEMENT))
    assert read.debt_amount == Decimal("1234.56")
    assert confidence(read) >= LEAST_CONFIDENCE


@pytest.mark.parametrize(
    "body",
    [
        "Guten Tag, in der Sache Max Kurz verweisen wir auf das Gespräch mit Ihnen.",
        "Wir bitten um Übersendung einer Vollmacht. Ihr Schreiben legen wir als Anlage bei.",
    ],
)
def test_a_debt_from_a_file_not_announced_or_with_a_question_is_for_a_person(
    read_with: ReadWith, body: str
) -> None:
    read = read_with(body, a_docx(STATEMENT))
    assert read.debt_amount == Decimal("1234.56")
    assert confidence(read) < LEAST_CONFIDENCE


def test_the_mails_debt_stays_and_is_for_a_person_when_a_file_states_another(
    read_with: ReadWith,
) -> None:
    read = read_with("Die Gesamtforderung beträgt 900,00 EUR.", a_docx(STATEMENT))
    assert read.debt_amount == Decimal("900.00")
    assert read.principal is None
    assert read.evidence["debt_amount"].source == "body"
    assert confidence(read) < LEAST_CONFIDENCE


def test_a_settled_mail_with_a_file_that_still_claims_is_for_a_person(
    read_with: ReadWith,
) -> None:
    read = read_with("Die Forderung ist vollständig ausgeglichen, siehe Anlage.", a_docx(STATEMENT))
    assert read.debt_amount == Decimal("0.00")
    assert confidence(read) < LEAST_CONFIDENCE


def test_two_files_that_state_different_debts_are_for_a_person(read_with: ReadWith) -> None:
    read = read_with(COVER, a_docx(STATEMENT), a_letter("Gesamtforderung: 77,00 EUR"))
    assert read.debt_amount == Decimal("1234.56")
    assert read.principal is None
    assert confidence(read) < LEAST_CONFIDENCE


def test_parts_come_from_a_file_that_states_the_mails_debt(read_with: ReadWith) -> None:
    body = "Die Gesamtforderung beträgt 1.234,56 EUR."
    read = read_with(body, a_docx(STATEMENT))
    assert read.interest == Decimal("34.56")
    assert confidence(read) == confidence(RulesReader().read(a_mail(body)))


def test_a_debt_from_a_file_that_was_cut_off_is_for_a_person(read_with: ReadWith) -> None:
    file = pdf_of(b"BT /F1 10 Tf 50 700 Td (Gesamtforderung 80,00 EUR) Tj ET", b"")
    read = read_with(COVER, file, pages=1)
    assert read.debt_amount == Decimal("80.00")
    assert confidence(read) < LEAST_CONFIDENCE


def test_a_file_about_another_client_says_nothing(read_with: ReadWith) -> None:
    body = "In der Sache gegen Herrn Max Kurz erhalten Sie anbei die Aufstellung."
    other = a_letter("Schuldner: Frau Erna Lang", "Gesamtforderung: 1.234,56 EUR")
    read = read_with(body, other)
    assert read.client_name == "Max Kurz"
    assert read.debt_amount is None


@pytest.mark.parametrize("name", ["Max Kurz", "Kurz, Max", "Kurz"])
def test_a_file_about_the_same_client_in_another_order_counts(
    read_with: ReadWith, name: str
) -> None:
    body = "In der Sache gegen Herrn Max Kurz erhalten Sie anbei die Aufstellung."
    read = read_with(body, a_letter(f"Schuldner: {name}", "Gesamtforderung: 1.234,56 EUR"))
    assert read.debt_amount == Decimal("1234.56")


def test_references_of_mail_and_files_are_united_without_repeating_a_number(
    read_with: ReadWith,
) -> None:
    body = f"Unser Zeichen: AB-2026/4711\n\n{COVER}"
    read = read_with(body, a_letter("Aktenzeichen: AB 2026 4711", "Kundennummer: 88112233"))
    assert read.reference_numbers == ("AB-2026/4711", "88112233")


def test_references_of_files_alone_have_their_evidence_there(read_with: ReadWith) -> None:
    read = read_with(COVER, a_letter("Kundennummer: 88112233"))
    assert read.reference_numbers == ("88112233",)
    assert read.evidence["reference_numbers"].source == "attachment:0.bin"


def test_the_iban_comes_from_the_file_unless_two_files_name_two(read_with: ReadWith) -> None:
    one = a_letter("Bitte zahlen Sie auf IBAN DE89 3704 0044 0532 0130 00.")
    two = a_letter("Bitte zahlen Sie auf IBAN DE02 1203 0000 0000 2020 51.")
    assert read_with(COVER, one).iban == "DE89370400440532013000"
    assert read_with(COVER, one, one).evidence["iban"].source == "attachment:0.bin"
    assert read_with(COVER, one, two).iban is None


@pytest.mark.parametrize("file", [b"%PDF-1.4 broken", b"", a_letter("-----BEGIN PGP MESSAGE-----")])
def test_files_that_nobody_can_read_change_nothing(read_with: ReadWith, file: bytes) -> None:
    assert read_with(COVER, file) == RulesReader().read(a_mail(COVER))


def test_an_automatic_answer_stays_one_whatever_comes_with_it() -> None:
    body = "Ich bin bis 12.04. nicht im Büro. Diese Nachricht wurde automatisch erstellt."
    mail = a_mail(body, subject="Abwesenheitsnotiz: Ihr Schreiben")
    read = reading().read_with(mail, [AttachmentContent("a.docx", a_docx(STATEMENT))])
    assert read.intent is Intent.AUTO_REPLY
    assert read.debt_amount is None


def test_with_a_file_of_many_pages_the_whole_is_read_in_part(read_with: ReadWith) -> None:
    """What the mail states may be corrected on one of them."""
    terms = [paragraph("Die Bedingungen dieses Vertrags gelten für beide Seiten. " * 9)] * 20
    read = read_with(COVER, a_docx(STATEMENT, *terms))
    assert not read.read_in_full
    assert read.debt_amount == Decimal("1234.56")
    assert confidence(read) < LEAST_CONFIDENCE
    told = "Die Gesamtforderung beträgt 1.234,56 EUR, die Bedingungen liegen bei."
    assert not read_with(told, a_docx(STATEMENT, *terms)).read_in_full
    assert not read_with(told, *[a_docx(STATEMENT)] * 2, files=1).read_in_full
    assert read_with(told, a_docx(STATEMENT)).read_in_full


def test_many_blanks_in_a_file_hide_nothing(read_with: ReadWith) -> None:
    file = a_letter("Die Forderung beträgt 100,00 EUR.", *[" "] * 26_000, "Nunmehr 900,00 EUR.")
    assert not read_with(COVER, file).read_in_full
