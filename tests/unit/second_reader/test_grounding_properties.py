"""Whatever a model answers to whatever mail: what is kept is printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.worker.reading.mail.mail_text import open_mail
from functions.worker.second_reader.grounding import grounded
from functions.worker.second_reader.tool_answer import ToolAnswer
from tests.factories import a_reply

PIECES = (
    "Jürgen Müller",
    "MUELLER, Jürgen",
    "120,00 EUR",
    "-120,00 €",
    "KD 4711-22",
    "DE12 5001 0517 0648 4898 90",
    "Bank AG",
    "erledigt",
    "\n> ",
    "\n\nAm 1.2.2026 schrieb Max:\n",
    "\nMit freundlichen Grüßen\n",
    " ",
    "\n",
    "İ",
    "ß",
    "ﬁ",
)
mails = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map("".join)
names = (
    st.none()
    | st.sampled_from(PIECES[:2])
    | st.text("JürgenMlBakAGİßﬁ ,-", min_size=2, max_size=20)
)
numbers = st.sampled_from(["KD4711-22", "4711", "DE12500105170648489890"]) | st.text(
    min_size=1, max_size=20
)
money = st.sampled_from([None, "120.00", "0.00", "700000.00"])
answers = st.fixed_dictionaries(
    {
        "client_name": names,
        "creditor_name": names,
        "representative_name": names,
        "debt_amount": money,
        "interest": money,
        "settlement_amount": money,
        "iban": st.none() | numbers,
        "reference_numbers": st.lists(numbers, max_size=3),
        "settlement_decision": st.sampled_from([None, "accepted"]),
        "evidence": st.dictionaries(st.sampled_from(["debt_amount", "iban"]), mails, max_size=2),
    }
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=mails, subject=mails, chosen=answers)
def test_every_value_kept_has_evidence_that_is_the_mails_own_text(
    body: str, subject: str, chosen: dict[str, Any], tool_input: Callable[..., dict[str, Any]]
) -> None:
    try:
        answer = ToolAnswer.model_validate(tool_input(**chosen))
    except ValueError:
        return
    reply = a_reply(body_text=body, subject=subject)
    mail = open_mail(reply)
    found = grounded(answer, reply, mail, extractor="bedrock:model")
    for name in chosen:
        if name != "evidence" and getattr(found, name) not in (None, ()):
            place = found.evidence[name]
            text = {"subject": mail.subject, "body": mail.body}[place.source]
            assert text[place.start : place.end] == place.quote != ""
            assert place.confidence <= 0.8
