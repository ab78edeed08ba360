"""What kind of sentence it is, tried with sentences the model has not learned from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.worker.reading.language.sentence_features import sentence_features
from functions.worker.reading.language.sentence_model import (
    SentenceKind,
    classify_sentences,
    sentence_kinds,
)
from functions.worker.reading.language.split_sentences import split_sentences

_ANY_TEXT = st.text(alphabet=st.sampled_from("aäZ9 .,;:!?\n|-[]x()€☒☐'"), max_size=300)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Dem unterbreiteten Vorschlag stimmen wir nach Prüfung zu.", SentenceKind.AGREES),
        ("Das Institut hat den Plan genehmigt.", SentenceKind.AGREES),
        ("Gegen Ihre Raten haben wir nichts einzuwenden.", SentenceKind.AGREES),
        ("Dem unterbreiteten Vorschlag stimmen wir nach Prüfung nicht zu.", SentenceKind.REFUSES),
        ("Für einen Verzicht sehen wir keinerlei Anlass.", SentenceKind.REFUSES),
        ("Wir wären mit 650 EUR einverstanden.", SentenceKind.COUNTERS),
        ("Mit 80 Euro im Monat statt 30 könnten wir uns anfreunden.", SentenceKind.COUNTERS),
        ("Ihr Vorschlag wird noch geprüft.", SentenceKind.UNDECIDED),
        ("Die Hauptforderung beläuft sich auf 410,00 EUR.", SentenceKind.STATES_CLAIM),
        ("Die Rechnung ist vollständig bezahlt worden.", SentenceKind.SETTLED),
        ("Die Sache haben wir an ein Inkassobüro abgegeben.", SentenceKind.NOT_RESPONSIBLE),
        ("Auskunft geben wir Ihnen aus Datenschutzgründen keine.", SentenceKind.WITHHOLDS),
        ("Bitte schicken Sie uns zuerst eine Vollmacht.", SentenceKind.ASKS),
        ("Ihre Nachricht ist eingegangen und wird bearbeitet.", SentenceKind.RECEIPT),
        ("Ich bin bis Freitag nicht im Büro.", SentenceKind.ABSENCE),
        ("Sichern Sie sich jetzt Ihren Rabatt!", SentenceKind.ADVERTISING),
        ("Die Wartung Ihrer Telefonanlage stellen wir in Rechnung.", SentenceKind.INVOICE),
        ("Ich habe wieder eine Mahnung bekommen, was soll ich tun?", SentenceKind.DEBTOR),
        ("Kannst du bitte die Frist eintragen?", SentenceKind.COLLEAGUE),
        ("Mit besten Grüßen", SentenceKind.FILLER),
    ],
)
def test_this_sentence_is_likeliest_of_that_kind(sentence: str, kind: SentenceKind) -> None:
    shares = sentence_kinds(sentence)
    assert max(shares, key=lambda one: shares[one]) is kind


def test_a_negation_turns_a_yes() -> None:
    yes, no = sentence_kinds("Wir nehmen das an."), sentence_kinds("Wir nehmen das nicht an.")
    assert yes[SentenceKind.AGREES] > no[SentenceKind.AGREES]
    assert no[SentenceKind.REFUSES] > yes[SentenceKind.REFUSES]


def test_names_sums_and_dates_do_not_matter() -> None:
    one = sentence_features("Frau Anders schuldet uns seit 3. Mai noch 12,00 EUR.")
    other = sentence_features("Herrn Öztürk schuldet uns seit 01.02.2026 noch € 9.000,50.")
    assert one == other


@given(_ANY_TEXT)
def test_sentences_follow_each_other_and_leave_only_blanks(text: str) -> None:
    rest, place = list(text), 0
    for start, end in split_sentences(text):
        assert place <= start < end <= len(text)
        rest[start:end] = " " * (end - start)
        place = end
    assert not "".join(rest).strip()


@given(_ANY_TEXT)
def test_shares_add_up_to_one(text: str) -> None:
    for sentence in classify_sentences(text):
        assert sum(sentence.shares.values()) == pytest.approx(1)


def test_a_wrapped_sentence_is_one_and_lines_of_a_form_are_several() -> None:
    prose = "Nach eingehender Prüfung durch unsere Abteilung können\nwir leider nicht zustimmen."
    form = "Saldo: 12 EUR\nVotum: nein\nFrist: keine"
    assert len(list(split_sentences(prose))) == 1
    assert len(list(split_sentences(form))) == 3


@pytest.mark.parametrize(
    "text", ["am 3. Mai", "Frau Dr. Weiß", "z. B. heute", "vom 1.2. (400 Euro)"]
)
def test_a_full_stop_of_an_abbreviation_ends_nothing(text: str) -> None:
    assert len(list(split_sentences(text))) == 1


def test_long_mails_cost_no_more_than_sixty_sentences() -> None:
    assert len(classify_sentences("Wir sagen nichts dazu.\n" * 5_000)) == 60
