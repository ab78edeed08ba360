"""What the creditor decides about a proposal, and for which sum."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shared.domain.extraction import SettlementDecision
from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    "text",
    [
        "Dem vorgelegten Plan treten wir bei.",
        "Gegen den Plan bestehen unsererseits keine Bedenken.",
        "Wir erheben gegen den Plan keine Einwendungen.",
        "Wir stimmen dem Plan vorbehaltlich der Zustimmung aller Gläubiger zu.",
        "Mit dem Plan sind wir einverstanden, sofern die erste Rate pünktlich kommt.",
        "Outstanding balance: EUR 1,234.56. We accept your proposal.",
        "Votum zum Plan: Zustimmung [x]  Ablehnung [ ]",
        "Plan\n☒ Wir nehmen an\n☐ Wir lehnen ab",
        "Ohne Anerkennung einer Rechtspflicht stimmen wir dem Plan zu.",
        "Dem Plan wollen wir uns nicht verschließen.",
        "Die Gläubigerin teilt mit, dass sie dem Plan in der Fassung vom 1. März zustimmt.",
    ],
)
def test_this_is_a_yes(read: Read, text: str) -> None:
    assert read(text).settlement_decision is SettlementDecision.ACCEPTED


@pytest.mark.parametrize(
    "text",
    [
        "Wir sehen uns außerstande, dem Plan beizutreten. Offen: 5,00 EUR.",
        "Wir beteiligen uns nicht am außergerichtlichen Schuldenbereinigungsplan.",
        "Ein Teilerlass der Forderung kommt nicht in Betracht.",
        "Der Plan findet nicht unsere Zustimmung.",
        "Unser Angebot (400 Euro) ist verfallen. Wir lehnen den Plan ab. Offen: 900,00 EUR.",
        "We cannot accept your offer of EUR 500. The debt amounts to EUR 3,210.00.",
        "Ihr Vergleich ist uns zu wenig, die Forderung bleibt bestehen.",
        "Votum zum Plan: Zustimmung [ ]  Ablehnung [x]",
        "Die erbetene Zustimmung wird nicht erteilt.",
        "Wir sehen uns nicht in der Lage, einem Forderungsverzicht näherzutreten.",
        "Unsere Mandantin vermag sich mit der Quote nicht anzufreunden.",
        "Der Ausschuss hat den Vorschlag beraten und verworfen.",
        "Ein Teilerlass gegen Zahlung von 240,00 EUR kommt nicht in Betracht.",
        "150 Euro sind unserer Auftraggeberin zu wenig, sie lehnt ab.",
        "Er lässt ausrichten, dass er auf keinen Cent der 870 Euro verzichtet.",
    ],
)
def test_this_is_a_no(read: Read, text: str) -> None:
    assert read(text).settlement_decision is SettlementDecision.REJECTED


@pytest.mark.parametrize(
    "text",
    [
        "Ihr Schuldenbereinigungsplan liegt uns vor. Wir prüfen ihn und melden uns.",
        "Eine Zuordnung ist nicht möglich. Welche Kundennummer betrifft Ihr Plan?",
        "Eine Stundung der Forderung kann nur das Amt selbst gewähren. Offen: 5,00 EUR",
        "Forderung 845,00 EUR. Bitte teilen Sie mit, ob ein Vergleich angestrebt wird.",
        "Zum Plan können wir uns erst äußern, wenn die Vollmacht vorliegt.",
        "Eine Zustimmung oder Ablehnung des Plans ist damit noch nicht verbunden.",
        "Mit Schreiben vom 1. März haben Sie um Zustimmung zum Plan gebeten.",
        "Der Kredit steht mit 800,00 EUR zu Buche, Ende März wären es 810,00 EUR.",
        "Der Abschlag beträgt monatlich 89,00 EUR, 178,00 EUR sind als Sicherheit hinterlegt.",
    ],
)
def test_this_is_no_decision(read: Read, text: str) -> None:
    assert read(text).settlement_decision is None


@pytest.mark.parametrize(
    ("text", "settling"),
    [
        ("40 Euro reichen uns nicht, mit 150 Euro wären wir quitt.", "150.00"),
        ("6 Prozent lehnen wir ab. Unsere Untergrenze liegt bei 900,00 EUR.", "900.00"),
        (
            """Den Plan begleiten wir mit der Maßgabe: Statt der 90,00 EUR zahlt er 24 Raten zu
            je 20,00 EUR, mithin 480,00 EUR.""",
            "480.00",
        ),
        (
            """Die Zahlung von 80,00 EUR genügt unserer Mandantin nicht. Wir schlagen vor: Ihr
            Mandant zahlt bis Mai einen Betrag von 300,00 EUR.""",
            "300.00",
        ),
        ("We cannot agree to €25 a month. We would take €4,450 in full settlement.", "4450.00"),
        ("Wir würden einer Quote von 40 % (= 1.200,00 EUR) zustimmen.", "1200.00"),
    ],
)
def test_another_sum_is_a_counter_offer(read: Read, text: str, settling: str) -> None:
    found = read(text)
    assert found.settlement_decision is SettlementDecision.COUNTER_OFFER
    assert (found.settlement_amount, found.debt_amount) == (Decimal(settling), None)


_OUR_LETTER = "\n> Auf Ihre Forderung von 900,00 EUR bieten wir einmalig 90,00 EUR."


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("Einverstanden.", SettlementDecision.ACCEPTED),
        ("Nein.", SettlementDecision.REJECTED),
        ("Mit 90,00 EUR wären wir zufrieden.", SettlementDecision.ACCEPTED),
        ("Mit 150,00 EUR wären wir zufrieden.", SettlementDecision.COUNTER_OFFER),
    ],
)
def test_the_letter_quoted_tells_what_is_answered(
    read: Read, text: str, decision: SettlementDecision
) -> None:
    assert read(text + _OUR_LETTER).settlement_decision is decision


@pytest.mark.parametrize(
    ("text", "debt", "settling"),
    [
        ("Forderung: 900,00 EUR. Ihr Angebot von 90,00 EUR nehmen wir an.", "900.00", "90.00"),
        ("Mit der Quote von 8,5 % (85,00 EUR) sind wir einverstanden.", None, "85.00"),
        ("Einer Rate von 40,00 EUR stimmen wir zu. Restforderung 960,00 EUR.", "960.00", None),
    ],
)
def test_the_accepted_sum_is(read: Read, text: str, debt: str | None, settling: str | None) -> None:
    found = read(text)
    assert found.settlement_decision is SettlementDecision.ACCEPTED
    assert found.debt_amount == (debt and Decimal(debt))
    assert found.settlement_amount == (settling and Decimal(settling))


@pytest.mark.parametrize(
    "text",
    [
        "Dem Vergleich werden wir keinesfalls zustimmen.",
        "Auf keinen Fall werden wir Ihren Vorschlag akzeptieren.",
        "Keineswegs sind wir gewillt, dem Plan zuzustimmen.",
        "Unsere Mandantin lässt mitteilen: Wir akzeptieren Ihren Vergleich nicht.",
        "Der Ihnen bekannten Quote stimmt das Studio unter keinen Umständen zu.",
    ],
)
@pytest.mark.parametrize("letter", ["", _OUR_LETTER])
def test_a_no_stays_a_no_however_it_is_put(read: Read, text: str, letter: str) -> None:
    assert read(text + letter).settlement_decision is SettlementDecision.REJECTED


@pytest.mark.parametrize(
    "text",
    [
        "Ihr Vergleich wird geprüft. Wir werden ggf. zustimmen.",
        "Eventuell kann ich Ihren Plan annehmen.",
        "Wir nehmen Ihr Angebot zur Kenntnis.",
        "Wir nehmen Ihr Angebot zur Kenntnis und leiten es an die Zentrale weiter.",
        "Der Vergleich ging an die Innung, die ihm zustimmen muss.",
        "Der Plan muss noch vom Kreditausschuss angenommen werden.",
        "Unter Vorbehalt der Prüfung durch die Revision stimmen wir dem Vergleich zu.",
        "Wir stimmen uns zu Ihrem Vergleich intern ab und kommen auf Sie zu.",
    ],
)
@pytest.mark.parametrize("letter", ["", _OUR_LETTER])
def test_what_is_left_open_is_no_yes(read: Read, text: str, letter: str) -> None:
    assert read(text + letter).settlement_decision is None


@pytest.mark.parametrize(
    "text",
    [
        "Wir stimmen dem Vergleich zu. Die Zahlung muss bis zum 1. Mai eingehen.",
        "Wir nehmen Ihren Vergleich an und bitten, die neue Bankverbindung zur Kenntnis zu nehmen.",
        "Wir sind bereit, den Vergleich anzunehmen.",
    ],
)
def test_a_hedge_beside_the_yes_takes_nothing_back(read: Read, text: str) -> None:
    assert read(text).settlement_decision is SettlementDecision.ACCEPTED


@pytest.mark.parametrize(
    "text",
    [
        "Vergleich über 500,00 EUR können wir nicht annehmen, 1.500,00 EUR wären denkbar.",
        "Dem Vergleich über 500,00 EUR stimmen wir keinesfalls zu, 1.500,00 EUR wären vorstellbar.",
        "Ihren Vergleich mit 500 Euro lehnt der Verein ab, bei 1.500 Euro wäre er dabei.",
    ],
)
def test_of_two_sums_the_one_refused_is_not_the_counter_offer(read: Read, text: str) -> None:
    found = read(text)
    assert found.settlement_decision is SettlementDecision.COUNTER_OFFER
    assert found.settlement_amount == Decimal("1500.00")
