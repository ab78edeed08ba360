"""The sums of money that a mail itself writes, each with its role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from functions.worker.reading.ibans import Iban, find_ibans
from functions.worker.reading.mail.mail_text import OWN_WORDS, WRITTEN, MailText
from functions.worker.reading.money.amount_roles import assign_roles
from functions.worker.reading.money.amounts import find_amounts
from functions.worker.reading.money.sums import Sum

MOST_SUMS = 25


@dataclass(frozen=True)
class MoneyInMail:
    """`written` is the mail's text with everything quoted blanked out; all places are its.

    `is_crowded` if it names more sums than the first 25, which are looked at.
    """

    written: str
    sums: tuple[Sum, ...]
    ibans: tuple[Iban, ...]
    is_crowded: bool


def money_in_mail(mail: MailText) -> MoneyInMail:
    """Find the accounts first, as their digits are no sums; in a footer only if nowhere else."""
    written = mail.only(WRITTEN)
    ibans = tuple(find_ibans(written)) or tuple(find_ibans(mail.only(OWN_WORDS)))
    amounts = find_amounts(_without(written, ibans))
    sums = assign_roles(written, mail.text, amounts[:MOST_SUMS])
    return MoneyInMail(written, sums, ibans, is_crowded=len(amounts) > MOST_SUMS)


def _without(text: str, ibans: Iterable[Iban]) -> str:
    for one in ibans:
        text = text[: one.start] + "#" * (one.end - one.start) + text[one.end :]
    return text
