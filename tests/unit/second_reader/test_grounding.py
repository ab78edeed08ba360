"""What the mail does not print is dropped; what it prints has its place."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from shared.domain.extraction import ExtractedReply, SettlementDecision

Ground = Callable[..., ExtractedReply]
QUOTED = "\n\nAm 1.2.2026 schrieb die Kanzlei:\n> "


@pytest.mark.parametrize(
    "printed", ["1.234,50 EUR", "EUR 1234,50", "1 234,50 €", "1'234.50 CHF", "1,234.50 Euro"]
)
def test_an_amount_is_found_by_its_value(printed: str, ground: Ground) -> None:
    found = ground(f"Wir fordern noch {printed} von Ihnen.", debt_amount="1234.50")
    assert found.debt_amount == Decimal("1234.50")
    assert found.evidence["debt_amount"].quote == printed


@pytest.mark.parametrize(
    "printed", ["01.02.2026", "AZ 120/26", "Tel. 0120 00", "120 %", "1.120,00 EUR"]
)
def test_an_amount_that_is_only_part_of_something_else_is_dropped(
    printed: str, ground: Ground
) -> None:
    assert ground(f"Siehe {printed}.", debt_amount="120.00").debt_amount is None


def test_an_amount_that_only_a_quoted_mail_names_is_dropped(ground: Ground) -> None:
    found = ground(f"Nein, danke.{QUOTED}Wir bieten 900,00 EUR.", settlement_amount="900.00")
    assert found.settlement_amount is None
    assert found.evidence == {}


def test_the_place_is_counted_as_the_rules_count_it(ground: Ground) -> None:
    body = "Guten Tag,\n\noffen sind 120,00 EUR."
    evidence = ground(body, debt_amount="120.00").evidence["debt_amount"]
    assert evidence.source == "body"
    assert body[evidence.start : evidence.end] == evidence.quote == "120,00 EUR"


def test_the_words_that_the_model_quotes_choose_among_several_places(ground: Ground) -> None:
    body = "Alt: 80,00 EUR (Rate). Die Forderung beträgt 80,00 EUR."
    quote = {"debt_amount": "Die Forderung beträgt 80,00 EUR"}
    evidence = ground(body, debt_amount="80.00", evidence=quote).evidence["debt_amount"]
    assert evidence.start == body.rindex("80,00")
    assert evidence.confidence == 0.8


def test_zero_needs_words_that_say_so(ground: Ground) -> None:
    settled = ground("Die Forderung ist vollständig ausgeglichen.", debt_amount="0.00")
    silent = ground("Wir melden uns wieder.", debt_amount="0.00")
    assert (settled.debt_amount, silent.debt_amount) == (Decimal("0.00"), None)


def test_the_currency_is_the_printed_one(ground: Ground) -> None:
    assert ground("Offen: 50,00 CHF.", debt_amount="50.00", currency="EUR").currency == "CHF"
    assert ground("Guten Tag.", debt_amount="50.00", currency="EUR").currency is None


def test_an_implausible_sum_stays_under_what_is_booked(ground: Ground) -> None:
    found = ground("Forderung: 700.000,00 EUR", debt_amount="700000.00")
    assert found.evidence["debt_amount"].confidence < 0.5


@pytest.mark.parametrize("said", ["KD 4711-22/8", "KD4711228", "kd 4711 22 8"])
def test_a_reference_is_found_by_letters_and_digits_and_kept_as_printed(
    said: str, ground: Ground
) -> None:
    found = ground("Unser Zeichen: KD 4711-22/8, bitte angeben.", reference_numbers=[said])
    assert found.reference_numbers == ("KD 4711-22/8",)
    assert found.evidence["reference_numbers"].quote == "KD 4711-22/8"


@pytest.mark.parametrize(
    "invented", ["KD 4711-22", "4711-23", "711-22/8", "88", "HRB 99812", "99812"]
)
def test_a_reference_that_is_not_printed_whole_is_dropped(invented: str, ground: Ground) -> None:
    body = "Unser Zeichen: KD 4711-22/8.\nAmtsgericht Lindenau HRB 99812"
    assert ground(body, reference_numbers=[invented]).reference_numbers == ()


def test_a_reference_never_goes_on_in_the_next_line_or_column(ground: Ground) -> None:
    body = "Kundennummer 4711\n2288 Musterstadt\n4711   3399"
    found = ground(body, reference_numbers=["47112288", "47113399", "4711"])
    assert found.reference_numbers == ("4711",)


def test_an_account_is_checked_and_stands_in_own_words(ground: Ground) -> None:
    body = "Zahlen Sie auf DE12 5001 0517 0648 4898 90."
    assert ground(body, iban="DE12500105170648489890").iban == "DE12500105170648489890"
    assert ground(f"Danke.{QUOTED}{body}", iban="DE12500105170648489890").iban is None
    assert ground(body, iban="DE89370400440532013000").iban is None


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("Müller, Jürgen", "Jürgen Müller"),
        ("JUERGEN MUELLER", "Jürgen Müller"),
        ("Herrn Dr. Jürgen Müller", "Dr. Jürgen Müller"),
        ("Frau Klein", "Klein"),
        ("J. Müller", "J. Müller"),
    ],
)
def test_a_debtor_is_found_in_either_order_and_spelling(
    printed: str, said: str, ground: Ground
) -> None:
    assert ground(f"Schuldner: {printed}, offen.", client_name=said).client_name == said


@pytest.mark.parametrize("printed", ["Jürgen Möller", "Jürgen. | Müller", "der kleine müller"])
def test_another_name_is_no_ground(printed: str, ground: Ground) -> None:
    found = ground(f"Schuldner: {printed}", client_name="Jürgen Müller")
    assert found.client_name is None


def test_a_small_word_is_no_surname(ground: Ground) -> None:
    assert ground("Der Betrag ist klein.", client_name="Klein").client_name is None


def test_a_debtor_may_stand_in_a_quoted_mail_with_less_confidence(ground: Ground) -> None:
    found = ground(f"Siehe unten.{QUOTED}Mandantin Petra Wendland", client_name="Petra Wendland")
    assert found.evidence["client_name"].confidence <= 0.6


def test_the_sender_is_no_debtor(ground: Ground) -> None:
    found = ground(
        "Ihre Petra Wendland", {"from_name": "Wendland, Petra"}, client_name="Petra Wendland"
    )
    assert found.client_name is None


def test_a_firm_is_found_without_its_legal_form_or_as_the_sender(ground: Ground) -> None:
    named = ground("Die Nordlicht Energie ist Gläubigerin.", creditor_name="Nordlicht Energie GmbH")
    sent = ground("Guten Tag.", {"from_name": "Inkasso Süd AG"}, representative_name="Inkasso Sued")
    assert named.evidence["creditor_name"].quote == "Nordlicht Energie"
    assert sent.evidence["representative_name"].source == "from_name"
    assert ground("Guten Tag.", creditor_name="Erfundene Bank AG").creditor_name is None


def test_a_decision_needs_words_of_the_mail(ground: Ground) -> None:
    body = "Ihrem Vergleichsvorschlag\nstimmen wir zu."
    said = {"settlement_decision": "Ihrem Vergleichsvorschlag stimmen wir zu."}
    invented = {"settlement_decision": "Wir lehnen den Vergleich ab."}
    accepted = ground(body, settlement_decision="accepted", evidence=said)
    assert accepted.settlement_decision is SettlementDecision.ACCEPTED
    assert ground(body, settlement_decision="rejected", evidence=invented).evidence == {}
    assert ground(body, settlement_decision="rejected").settlement_decision is None


def test_no_control_character_of_a_model_gets_into_a_name(ground: Ground) -> None:
    found = ground("Mandantin Petra Wendland", client_name="Petra\x00\u202eWendland")
    assert found.client_name == "Petra Wendland"


def test_a_decision_that_only_a_quoted_mail_words_is_dropped(ground: Ground) -> None:
    said = {"settlement_decision": "stimmen wir Ihrem Plan zu"}
    found = ground(
        f"Wir melden uns.{QUOTED}stimmen wir Ihrem Plan zu",
        settlement_decision="accepted",
        evidence=said,
    )
    assert found.settlement_decision is None
