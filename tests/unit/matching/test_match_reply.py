"""Which inquiry a reply answers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shared.domain.inquiry import LetterType
from shared.domain.job import MatchStatus, Reason
from tests.unit.matching.conftest import Match, bank_inquiry

_CLAIM = "die Forderung beträgt 100,00 EUR."
_LOAN = bank_inquiry("loan", reference_numbers=("KZ-77-0101", "4471 220 118"))
_OTHER_CLIENT = bank_inquiry(
    "other", client_name="Sommer, Eva", reference_numbers=("KZ-77-0102", "4471 220 551")
)
_OTHER_CREDITOR = bank_inquiry(
    "shop",
    creditor_name="Versand Ahorn GmbH",
    creditor_email="konto@versand-ahorn.example",
    reference_numbers=("KZ-77-0101", "VA-5001"),
)
_ALL = (_LOAN, _OTHER_CLIENT, _OTHER_CREDITOR)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"zu Konto 4471 220 118: {_CLAIM}", Reason.REFERENCE_MATCHES),
        (f"zu Konto 4471220118: {_CLAIM}", Reason.REFERENCE_MATCHES),
        (f"Ihr Zeichen KZ-77-0101, {_CLAIM}", Reason.CLIENT_AND_CREDITOR_MATCH),
        (f"Herr Max Kurz, {_CLAIM}", Reason.CLIENT_AND_CREDITOR_MATCH),
        (f"Kurz, Max: {_CLAIM}", Reason.CLIENT_AND_CREDITOR_MATCH),
        (f"{_CLAIM}\n> unser Mandant Max Kurz", Reason.CLIENT_AND_CREDITOR_MATCH),
    ],
)
def test_one_inquiry_with_sufficient_evidence_is_matched(
    match: Match, text: str, reason: Reason
) -> None:
    decision = match(text, *_ALL)
    assert (decision.status, decision.inquiry_id, decision.reason) == (
        MatchStatus.AUTO_MATCHED,
        "loan",
        reason,
    )


def test_another_mailbox_of_the_creditor_s_domain_is_the_creditor(match: Match) -> None:
    decision = match(f"Herr Max Kurz, {_CLAIM}", *_ALL, from_email="e.kern@bank-weidental.example")
    assert decision.inquiry_id == "loan"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"Frau Eva Sommer, Konto 4471 220 118, {_CLAIM}", Reason.SIGNALS_CONTRADICT),
        (f"Ihr Zeichen KZ-77-0102, Konto 4471 220 118, {_CLAIM}", Reason.SIGNALS_CONTRADICT),
        (f"Konto 4471 220 118 und Konto 4471 220 551, {_CLAIM}", Reason.SEVERAL_INQUIRIES_FIT),
        (f"Herr Max Kurz, Konto 4471 220 119, {_CLAIM}", Reason.SIGNALS_CONTRADICT),
        (f"Herr Max Kurz, Konto 9982 441 700, {_CLAIM}", Reason.SIGNALS_CONTRADICT),
        (f"Frau Ina Kurz, Konto 4471 220 118, {_CLAIM}", Reason.SIGNALS_CONTRADICT),
        (f"Herr Otto Bergner, Konto 4471 220 118, {_CLAIM}", Reason.SIGNALS_CONTRADICT),
        (_CLAIM, Reason.WEAK_EVIDENCE),
        (f"Herr Kurz, {_CLAIM}", Reason.WEAK_EVIDENCE),
        (f"Konto 4471 220 118-2, {_CLAIM}", Reason.WEAK_EVIDENCE),
        (f"{_CLAIM}\n\nBank Weidental eG\nHRB 4471220118", Reason.WEAK_EVIDENCE),
        (f"{_CLAIM}\n\nMit freundlichen Grüßen\nMax Kurz", Reason.WEAK_EVIDENCE),
        (f"Ihr Ansprechpartner: Max Kurz\n{_CLAIM}", Reason.WEAK_EVIDENCE),
        (f"{_CLAIM}\n\nMax Kurz\nBank Weidental eG", Reason.WEAK_EVIDENCE),
    ],
)
def test_doubt_goes_to_a_person(match: Match, text: str, reason: Reason) -> None:
    decision = match(text, *_ALL)
    assert (decision.status, decision.reason) == (MatchStatus.NEEDS_REVIEW, reason)


@pytest.mark.parametrize("sender", ["kontakt@alba-capital.example", "bank.weidental.fiktiv@gmx.de"])
def test_an_unknown_sender_is_never_matched_alone(match: Match, sender: str) -> None:
    text = f"Konto 4471 220 118, Max Kurz, Bank Weidental eG, KZ-77-0101: {_CLAIM}"
    decision = match(text, *_ALL, from_email=sender)
    assert decision.status is MatchStatus.NEEDS_REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "für die Bank Weidental eG, Ihr Zeichen KZ-77-0101, Max Kurz: {claim}",
        "für die Bank Weidental eG, Max Kurz: alles Weitere schriftlich.",
    ],
)
def test_an_unknown_sender_suggests_the_creditor_he_names(match: Match, text: str) -> None:
    fields = {"from_email": "akte@inkasso-falk.example", "from_name": "Inkasso Falk GmbH"}
    decision = match(text.format(claim=_CLAIM), *_ALL, **fields)
    assert (decision.status, decision.inquiry_id) == (MatchStatus.NEEDS_REVIEW, "loan")


def test_an_unknown_creditor_of_a_known_client_is_told_apart(match: Match) -> None:
    decision = match(f"Max Kurz, {_CLAIM}", *_ALL, from_email="a@x.example", from_name="Umzug Ost")
    assert decision.reason is Reason.UNKNOWN_CREDITOR


def test_the_debtor_s_own_mail_is_never_matched(match: Match) -> None:
    fields = {"from_name": "Max Kurz", "from_email": "max.kurz@bank-weidental.example"}
    decision = match(f"Mein Konto 4471 220 118, {_CLAIM}", _LOAN, **fields)
    assert decision.status is MatchStatus.NEEDS_REVIEW


@pytest.mark.parametrize("said", ["Herrn Otto Berg", "Frau Ina Kurz", "Max Kurtz", "Herrn Kunz"])
def test_what_is_said_today_outweighs_the_letter_quoted(match: Match, said: str) -> None:
    text = f"Die Forderung gegen {said} beträgt 12,00 EUR.\n> unser Mandant Max Kurz, KZ-77-0101"
    assert match(text, *_ALL).status is MatchStatus.NEEDS_REVIEW


def test_a_thread_about_two_clients_names_neither(match: Match) -> None:
    text = f"{_CLAIM}\n> Eva Sommer, KZ-77-0102\n>> Max Kurz, KZ-77-0101"
    assert match(text, *_ALL).status is MatchStatus.NEEDS_REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "Bitte wenden Sie sich an unseren Kollegen Max Kurz. Die Forderung beträgt 12,00 EUR.",
        "Der Vorgang wurde mir, Max Kurz, zugeteilt. Die Forderung beträgt 12,00 EUR.",
    ],
)
def test_a_clerk_who_has_a_client_s_name_is_no_debtor(match: Match, text: str) -> None:
    assert match(text, _LOAN).status is MatchStatus.NEEDS_REVIEW


def test_another_creditor_s_number_is_not_booked_on_the_sender_s_own_inquiry(
    match: Match,
) -> None:
    decision = match("Max Kurz, VA-5001: die Forderung beträgt 14.000,00 EUR.", *_ALL)
    assert decision.status is MatchStatus.NEEDS_REVIEW


def test_a_lawyer_s_other_matter_is_not_booked_on_his_own(match: Match) -> None:
    own = bank_inquiry(
        "own",
        creditor_name="Kanzlei Falk",
        creditor_email="post@falk.example",
        client_name="Kurz, Max",
    )
    text = "in Sachen Bank Weidental eG ./. Max Kurz beträgt die Forderung 14.000,00 EUR."
    decision = match(text, own, _LOAN, from_email="post@falk.example", from_name="Kanzlei Falk")
    assert decision.status is MatchStatus.NEEDS_REVIEW


def test_a_first_name_with_or_without_its_hyphen_is_one_name(match: Match) -> None:
    inquiry = bank_inquiry("m", client_name="Kurz, Marie-Luise", reference_numbers=("KZ-77-0101",))
    decision = match(f"Frau Marieluise Kurz, KZ-77-0101: {_CLAIM}", inquiry)
    assert decision.status is MatchStatus.AUTO_MATCHED


def test_a_similar_name_is_another_name(match: Match) -> None:
    mueller = bank_inquiry("mueller", client_name="Müller, Jürgen")
    moeller = bank_inquiry("moeller", client_name="Möller, Jürgen")
    decision = match(f"Herr Juergen Moeller, {_CLAIM}", mueller, moeller)
    assert decision.inquiry_id == "moeller"
    assert match(f"Herr Jürgen Möller, {_CLAIM}", mueller).inquiry_id is None


def test_namesakes_need_a_number(match: Match) -> None:
    first = bank_inquiry("first", reference_numbers=("KZ-77-0101", "4471 220 118"))
    second = bank_inquiry("second", reference_numbers=("KZ-77-0190", "5582 330 229"))
    assert match(f"Max Kurz, {_CLAIM}", first, second).reason is Reason.SEVERAL_INQUIRIES_FIT
    assert match(f"Max Kurz, Konto 5582 330 229, {_CLAIM}", first, second).inquiry_id == "second"


@pytest.mark.parametrize(
    "named", ["Karl und Erna Schmidt", "Eheleute Schmidt", "Karl Schmidt", "Erna und Karl Schmidt"]
)
def test_a_couple_with_one_loan_goes_to_a_person(match: Match, named: str) -> None:
    karl = bank_inquiry(
        "k", client_name="Schmidt, Karl", reference_numbers=("KZ-1-05", "55 210 088")
    )
    erna = bank_inquiry(
        "e", client_name="Schmidt, Erna", reference_numbers=("KZ-1-06", "55 210 088")
    )
    decision = match(f"{named}, Konto 55 210 088, {_CLAIM}", karl, erna)
    assert decision.status is MatchStatus.NEEDS_REVIEW


def test_our_file_number_tells_the_couple_apart(match: Match) -> None:
    karl = bank_inquiry(
        "k", client_name="Schmidt, Karl", reference_numbers=("KZ-1-0005", "55 210 088")
    )
    erna = bank_inquiry(
        "e", client_name="Schmidt, Erna", reference_numbers=("KZ-1-0006", "55 210 088")
    )
    other = bank_inquiry(
        "o",
        client_name="Schmidt, Karl",
        creditor_name="X AG",
        creditor_email=None,
        reference_numbers=("KZ-1-0005",),
    )
    text = f"Ihr Zeichen KZ-1-0005, Karl Schmidt, Konto 55 210 088, {_CLAIM}"
    assert match(text, karl, erna, other).inquiry_id == "k"


def test_two_claims_of_one_client_need_the_creditor_s_number(match: Match) -> None:
    one = bank_inquiry("one", reference_numbers=("FT-26-451022",))
    two = bank_inquiry("two", reference_numbers=("FT-26-451023",))
    assert match(f"Max Kurz, {_CLAIM}", one, two).reason is Reason.SEVERAL_INQUIRIES_FIT
    assert match(f"Max Kurz, FT-26-451023, {_CLAIM}", one, two).inquiry_id == "two"


def test_a_foreign_file_number_yields_to_the_sender_s_own_inquiry(match: Match) -> None:
    text = f"Max Kurz: unser Anwalt (Versand Ahorn, VA-5001) übernimmt, {_CLAIM}"
    assert match(text, *_ALL).inquiry_id == "loan"


def test_an_inquiry_sent_after_the_reply_is_no_candidate(match: Match) -> None:
    later = bank_inquiry("later", sent_at=datetime(2026, 3, 2, tzinfo=UTC))
    decision = match(f"Max Kurz, {_CLAIM}", later)
    assert (decision.status, decision.candidates) == (MatchStatus.NO_MATCH, ())


def test_the_own_ticket_matches_with_the_sender_unless_it_is_shared(match: Match) -> None:
    own = bank_inquiry("own", zendesk_ticket_id="9001")
    twin = bank_inquiry("twin", client_name="Sommer, Eva", zendesk_ticket_id="9001")
    assert match(_CLAIM, own).reason is Reason.TICKET_AND_SENDER_MATCH
    assert match(_CLAIM, own, twin).status is MatchStatus.NEEDS_REVIEW
    assert match(_CLAIM, own, from_email="a@x.example").status is MatchStatus.NEEDS_REVIEW


def test_a_private_creditor_is_known_by_address_and_surname(match: Match) -> None:
    private = bank_inquiry("p", creditor_name="Uwe Kranz", creditor_email="uwe.fiktiv@gmx.de")
    text = "Herr Kurz schuldet mir noch 850 Euro."
    fields = {"from_email": "uwe.fiktiv@gmx.de", "from_name": "Uwe Kranz"}
    assert match(text, private, **fields).reason is Reason.SENDER_AND_SURNAME_MATCH
    beside = "Herr Kurz schuldet der Eigentümerin, Frau Lotte Arndt, noch 850 Euro Miete."
    assert match(beside, private, **fields).status is MatchStatus.AUTO_MATCHED
    other = fields | {"from_email": "uwe.kranz.fiktiv@gmx.de"}
    assert match(text, private, **other).status is not MatchStatus.AUTO_MATCHED


@pytest.mark.parametrize(
    ("text", "found"),
    [("Dem Plan für Max Kurz stimmen wir zu.", "second"), (f"Max Kurz, {_CLAIM}", None)],
)
def test_of_two_letters_an_answer_to_the_offer_belongs_to_the_second(
    match: Match, text: str, found: str | None
) -> None:
    first = bank_inquiry("first", sent_at=datetime(2025, 12, 1, tzinfo=UTC))
    second = bank_inquiry("second", letter_type=LetterType.SECOND)
    decision = match(text, first, second)
    assert decision.inquiry_id == found


def test_a_quoted_offer_tells_the_second_letter(match: Match) -> None:
    first = bank_inquiry("first", sent_at=datetime(2025, 12, 1, tzinfo=UTC))
    second = bank_inquiry("second", letter_type=LetterType.SECOND)
    text = f"Max Kurz: welche Sicherheiten gibt es?\n> Wir bieten Ihnen 90,00 EUR.\n{_CLAIM}"
    assert match(text, first, second).inquiry_id == "second"


def test_an_answer_before_the_second_letter_belongs_to_the_first(match: Match) -> None:
    first = bank_inquiry("first")
    second = bank_inquiry(
        "second", letter_type=LetterType.SECOND, sent_at=datetime(2026, 3, 9, tzinfo=UTC)
    )
    assert match("Dem Plan für Max Kurz stimmen wir zu.", first, second).inquiry_id == "first"


@pytest.mark.parametrize(
    ("fields", "status", "reason"),
    [
        (
            {"subject": "Abwesend: Max Kurz", "body_text": "Ich befinde mich im Urlaub."},
            MatchStatus.NOT_CREDITOR_REPLY,
            Reason.AUTOMATIC_REPLY,
        ),
        (
            {
                "subject": "Undelivered Mail",
                "from_email": "mailer-daemon@x.example",
                "body_text": "550",
            },
            MatchStatus.NOT_CREDITOR_REPLY,
            Reason.BOUNCE,
        ),
        (
            {
                "from_email": "n@x.example",
                "body_text": "Unser Webinar im Mai\nNewsletter abbestellen",
            },
            MatchStatus.NOT_CREDITOR_REPLY,
            Reason.NOT_ABOUT_A_CLAIM,
        ),
        (
            {"from_email": "n@x.example", "from_name": "X", "body_text": _CLAIM},
            MatchStatus.NO_MATCH,
            Reason.NO_INQUIRY_FITS,
        ),
        (
            {"from_email": "n@x.example", "subject": "", "body_text": ""},
            MatchStatus.NEEDS_REVIEW,
            Reason.NO_TEXT,
        ),
    ],
)
def test_every_other_mail_has_a_named_outcome(
    match: Match, fields: dict[str, str], status: MatchStatus, reason: Reason
) -> None:
    text = fields.pop("body_text")
    decision = match(text, *_ALL, **fields)
    assert (decision.status, decision.reason, decision.inquiry_id) == (status, reason, None)


def test_a_clerk_reads_in_german_what_speaks_for_and_against(match: Match) -> None:
    decision = match(f"Herr Max Kurz, Konto 4471 220 119, {_CLAIM}", *_ALL)
    best = decision.candidates[0]
    assert "Der Name Kurz, Max steht in der Mail." in best.supporting
    assert best.contradicting == (
        "Die Mail nennt 4471 220 119; in der Anfrage steht eine andere Nummer.",
    )


_LONG = "Wir haben Ihren Brief geprüft und melden uns dazu. " * 200


def test_of_a_long_mail_only_a_suggestion_is_made(match: Match) -> None:
    decision = match(f"zu Konto 4471 220 118: {_CLAIM}\n{_LONG}", *_ALL)
    assert (decision.status, decision.reason) == (MatchStatus.NEEDS_REVIEW, Reason.TOO_LONG)
    assert decision.inquiry_id == "loan"


def test_a_long_mail_that_seems_to_answer_nothing_goes_to_a_person(match: Match) -> None:
    decision = match(f"Herr Uwe Frei, {_CLAIM}\n{_LONG}", from_email="k@linde.example")
    assert (decision.status, decision.reason) == (MatchStatus.NEEDS_REVIEW, Reason.TOO_LONG)


def test_what_a_person_must_see_anyway_keeps_its_reason(match: Match) -> None:
    decision = match(f"{_CLAIM}\n{_LONG}", _LOAN)
    assert (decision.status, decision.reason) == (MatchStatus.NEEDS_REVIEW, Reason.WEAK_EVIDENCE)


def test_long_mail_of_machines_that_points_nowhere_stays_what_it_is(match: Match) -> None:
    decision = match(
        "Sommerangebote: Reisen ab 299 EUR, jetzt buchen! Newsletter abmelden\n" * 200,
        from_email="news@reisen.example",
        from_name="Reisen Sommer",
        subject="Unser Newsletter im Mai",
        headers={"List-Unsubscribe": "<mailto:ab@reisen.example>"},
    )
    assert decision.status is MatchStatus.NOT_CREDITOR_REPLY


@pytest.mark.parametrize("sender", ["kredit@bank-weidental.example", "k@linde.example"])
def test_a_long_mail_that_only_begins_like_a_machine_s_goes_to_a_person(
    match: Match, sender: str
) -> None:
    thanks = "Vielen Dank für Ihre Nachricht. Wir bearbeiten Ihr Anliegen so bald wie möglich.\n\n"
    rule = "-\n" * 300
    decision = match(f"{thanks}{rule}Zu Max Kurz: {_CLAIM}", *_ALL, from_email=sender)
    assert (decision.status, decision.reason) == (MatchStatus.NEEDS_REVIEW, Reason.TOO_LONG)


def test_another_client_far_down_in_the_thread_is_not_overlooked(match: Match) -> None:
    head = "Am 20.02.2026 um 10:00 schrieb Kanzlei <k@kanzlei.example>:\n"
    between = "Bitte nennen Sie uns den Stand.\n" * 280
    thread = f"{head}Az. 4471 220 118, Max Kurz\n{between}{head}Az. 4471 220 551, Eva Sommer\n"
    decision = match(f"Guten Tag,\n\n{_CLAIM}\n\n{thread}", *_ALL)
    assert decision.status is MatchStatus.NEEDS_REVIEW


def test_an_automatic_answer_that_states_a_claim_is_not_put_aside(match: Match) -> None:
    """A portal answers by itself, and says how much is open."""
    body = (
        "Ihre Anfrage wurde automatisch beantwortet.\n\nKonto 4471 220 118, Max Kurz: "
        "Die Gesamtforderung beträgt 1.004,32 EUR."
    )
    headers = {"Auto-Submitted": "auto-replied"}
    decision = match(body, *_ALL, subject="Automatische Antwort: Sachstand", headers=headers)
    assert (decision.status, decision.reason) == (
        MatchStatus.NEEDS_REVIEW,
        Reason.SIGNALS_CONTRADICT,
    )


def test_a_receipt_that_repeats_the_sum_of_our_subject_says_nothing(match: Match) -> None:
    body = "Ihre Nachricht\nBetreff: Konto 4471 220 118, Forderung 260,00 EUR\nwurde gelesen."
    decision = match(body, *_ALL, subject="Gelesen: Konto 4471 220 118, Forderung 260,00 EUR")
    assert decision.reason is Reason.AUTOMATIC_REPLY
