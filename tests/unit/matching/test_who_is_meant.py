"""Mails that answer a letter on one client and speak of somebody else."""

from __future__ import annotations

import pytest

from shared.domain.job import MatchStatus
from tests.unit.matching.conftest import Match, bank_inquiry

_BAUMANN = bank_inquiry(
    "baumann", client_name="Baumann, Rolf", reference_numbers=("KZ-77-0201", "4471 301 118")
)
_BRAUMANN = bank_inquiry(
    "braumann", client_name="Braumann, Rolf", reference_numbers=("KZ-77-0202", "4471 301 811-4")
)
_LINDNER = bank_inquiry(
    "lindner", client_name="Lindner, Karin", reference_numbers=("KZ-77-0203", "4471 302 555")
)
_SHOP = bank_inquiry(
    "shop",
    client_name="Baumann, Rolf",
    creditor_name="Versand Ahorn GmbH",
    creditor_email="konto@versand-ahorn.example",
    reference_numbers=("KZ-77-0201", "VA-5001"),
)
_ALL = (_BAUMANN, _BRAUMANN, _LINDNER, _SHOP)
_LETTER = (
    "\n\nAm Mo., 23. Feb. 2026 um 10:04 Uhr schrieb Kanzlei Weber <post@kanzlei-weber.example>:\n\n"
    "> Sehr geehrte Damen und Herren,\n>\n> wir vertreten Herrn Rolf Baumann in der"
    " Schuldenbereinigung und bitten um eine Aufstellung.\n>\n> Unser Zeichen: KZ-77-0201"
)
_ON_LINDNER = _LETTER.replace("Herrn Rolf Baumann", "Frau Karin Lindner").replace("0201", "0203")


@pytest.mark.parametrize(
    "said",
    [
        "Rolf Braumann hat seit Mai nicht gezahlt, offen sind 480,00 €.",
        "bei Braumann sind noch 480,00 € offen.",
        "Braumanns Rückstand beträgt 480,00 €.",
        "Herr Braumann schuldet uns 480,00 €.",
        "Rolf B. ist uns bekannt; Kontoinhaber: R. Braumann, offen 480,00 €.",
        "Meinen Sie Rolf Braumann? Der schuldet uns 480,00 €.",
        "K. Lindner schuldet uns 480,00 €.",
        "Karin L. schuldet uns 480,00 €.",
        "Timo Feldkamp schuldet uns 480,00 €.",
        "unser Kunde Stefan Baumann schuldet uns 480,00 €.",
        "Frau Baumann schuldet uns 480,00 €.",
        "unsere Kundin Baumann schuldet uns 480,00 €.",
        "T. Baumann schuldet uns 480,00 €.",
        "für den Sohn Torben Baumann sind 480,00 € offen.",
        "die Beiträge des Ehemanns Piet Baumann von 480,00 € sind offen.",
        "ein Konto für Rolf Baumann gibt es nicht, für Ralf Baumann eines mit 480,00 €.",
        "Konto 4471 301 811-4: 480,00 € offen.",
        "Konto 4471 301 811: 480,00 € offen.",
        "Konto 4471 302 555: 480,00 € offen.",
        "guten tag, der braumann schuldet uns 480,00 €.",
    ],
)
def test_an_answer_about_somebody_else_than_the_thread_is_left_to_a_person(
    match: Match, said: str
) -> None:
    decision = match(f"{said}{_LETTER}", *_ALL, subject="AW: KZ-77-0201")
    assert decision.status is MatchStatus.NEEDS_REVIEW


@pytest.mark.parametrize(
    "said",
    [
        "offen sind 480,00 €.",
        "Herr Baumann schuldet uns 480,00 €.",
        "Baumanns Rückstand beträgt 480,00 €.",
        "R. Baumann schuldet uns 480,00 €.",
        "Ihr Mandant schuldet uns 480,00 €. Den Plan hat unsere Frau Lindemann geprüft.",
        "Ihr Mandant schuldet uns 480,00 €, so mein Kollege Peter Feldkamp.",
        "Rolf Baumann und seine Ehefrau schulden uns 480,00 €.",
        "die Eheleute Baumann schulden uns 480,00 €.",
        "der Bruder des Herrn Baumann zahlt 480,00 €.",
        "Baumann & Sohn OHG ist erloschen, es bleiben 480,00 €.",
        "Rolf Bauman, Konto 4471 301 118: 480,00 €.",
    ],
)
def test_an_answer_about_the_client_of_the_thread_is_matched(match: Match, said: str) -> None:
    decision = match(f"{said}{_LETTER}", *_ALL, subject="AW: KZ-77-0201")
    assert (decision.status, decision.inquiry_id) == (MatchStatus.AUTO_MATCHED, "baumann")


@pytest.mark.parametrize(
    "subject", ["Braumann", "AW: KZ-77-0201 - Lindner", "AW: Anfrage (R. Braumann)"]
)
def test_another_client_in_the_subject_counts(match: Match, subject: str) -> None:
    decision = match(f"offen sind 480,00 €.{_LETTER}", *_ALL, subject=subject)
    assert decision.status is MatchStatus.NEEDS_REVIEW


def test_the_subject_of_an_answer_does_not_confirm_the_client(match: Match) -> None:
    text = f"bei Braumann sind 480,00 € offen.{_LETTER}"
    decision = match(text, *_ALL, subject="AW: Rolf Baumann")
    assert decision.status is MatchStatus.NEEDS_REVIEW


def test_his_own_words_beside_a_number_of_ours_are_compared_without_a_thread(match: Match) -> None:
    decision = match("Zu Ihrem Zeichen KZ-77-0201: Frau Baumann schuldet 480,00 €.", *_ALL)
    assert decision.status is MatchStatus.NEEDS_REVIEW


def test_a_number_like_ours_is_no_number_of_the_creditor_s(match: Match) -> None:
    thread = _LETTER.replace("Baumann", "Braumann").replace("0201", "0202")
    text = f"Herr Baumann schuldet uns 480,00 €.{thread}"
    assert match(text, *_ALL, subject="AW: KZ-77-0202").status is MatchStatus.NEEDS_REVIEW


def test_a_ticket_is_no_evidence_for_whom_the_mail_does_not_mean(match: Match) -> None:
    ours = bank_inquiry("own", client_name="Baumann, Rolf", zendesk_ticket_id="9001")
    for said in ("Braumann schuldet noch 480,00 €.", "Herr Feldkamp schuldet noch 480,00 €."):
        assert match(f"Guten Tag,\n\n{said}", ours, _BRAUMANN).status is MatchStatus.NEEDS_REVIEW
    decision = match("Guten Tag,\n\noffen sind noch 480,00 €.", ours, _BRAUMANN)
    assert decision.inquiry_id == "own"


def test_a_common_word_is_no_surname(match: Match) -> None:
    lang = bank_inquiry("lang", client_name="Lang, Jörg", reference_numbers=("KZ-77-0301",))
    text = f"das hat lang gedauert: Ihr Mandant schuldet uns 480,00 €.{_LETTER}"
    assert match(text, *_ALL, lang).status is MatchStatus.AUTO_MATCHED


def test_another_creditor_s_mail_in_the_thread_is_not_the_sender_s_claim(match: Match) -> None:
    passed_on = (
        "zuständigkeitshalber.\n\n---------- Weitergeleitete Nachricht ----------\n"
        "Von: Versand Ahorn <konto@versand-ahorn.example>\nDatum: 3. März 2026 um 09:00\n"
        "Betreff: Forderung\nAn: kredit@bank-weidental.example\n\n"
        "Rolf Baumann schuldet uns 310,00 EUR."
    )
    assert match(passed_on, *_ALL).status is MatchStatus.NEEDS_REVIEW


def test_two_files_of_one_agency_are_two_claims(match: Match) -> None:
    file = bank_inquiry("file", reference_numbers=("BW 77/408-26",))
    text = "in Sachen Max Kurz, unser Zeichen BW 77/519-26, sind 310,00 EUR offen."
    assert match(text, file, subject="BW 77/408-26").status is MatchStatus.NEEDS_REVIEW


def test_both_clients_in_his_own_words_are_too_many(match: Match) -> None:
    text = "Konto 4471 301 118 ging von Rolf Baumann auf Karin Lindner über, offen 480,00 €."
    assert match(text, *_ALL).status is MatchStatus.NEEDS_REVIEW
    assert match(text + _ON_LINDNER, *_ALL).status is MatchStatus.NEEDS_REVIEW
