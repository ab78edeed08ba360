"""Reads a reply with a language model on Amazon Bedrock; keeps only what the mail itself says."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from functions.worker.reading.mail.encryption import refuse_encrypted
from functions.worker.reading.mail.mail_text import open_mail
from functions.worker.second_reader.converse_request import converse_request
from functions.worker.second_reader.grounding import grounded
from functions.worker.second_reader.model_errors import call_error, stop_error
from functions.worker.second_reader.reading_budget import ReadingBudget
from functions.worker.second_reader.tool_answer import TOOL_NAME, ToolAnswer
from shared.domain.errors import ModelUnavailable
from shared.domain.extraction import ExtractedReply
from shared.domain.reply import Reply


class BedrockReader:
    """Asks one model, once per mail, through the Converse API."""

    def __init__(
        self,
        client: Any,  # noqa: ANN401  # boto3 makes it.
        *,
        model_id: str,
        budget: ReadingBudget,
        new_mark: Callable[[], str] = secrets.token_hex,
    ) -> None:
        """`client` is boto3's `bedrock-runtime`; `model_id` may be an inference profile."""
        self._client = client
        self._model_id = model_id
        self._budget = budget
        self._new_mark = new_mark

    def read(self, reply: Reply) -> ExtractedReply | None:
        """Read one reply; None if there is nothing to read, or too much: a person has that anyway.

        Raises ModelUnavailable (worth another try), ModelRefused, MailEncrypted.
        """
        mail = open_mail(reply)
        refuse_encrypted(reply, mail.body)
        if not mail.text.strip() or not mail.is_whole:
            return None
        request = converse_request(
            reply, mail, mark=self._new_mark(), model_id=self._model_id, budget=self._budget
        )
        if request is None:
            return None
        answer = _answer(self._ask(request))
        return grounded(answer, reply, mail, extractor=f"bedrock:{self._model_id}")

    def _ask(self, request: dict[str, Any]) -> Mapping[str, Any]:
        try:
            response: Mapping[str, Any] = self._client.converse(**request)
        except (ClientError, BotoCoreError) as error:
            raise call_error(error) from error
        return response


def _answer(response: Mapping[str, Any]) -> ToolAnswer:
    """What the model put into the tool; blocks of text or reasoning beside it do not count."""
    error = stop_error(str(response.get("stopReason")))
    if error:
        raise error
    content = response.get("output", {}).get("message", {}).get("content", [])
    calls = [block["toolUse"] for block in content if "toolUse" in block]
    if len(calls) != 1 or calls[0].get("name") != TOOL_NAME:
        raise ModelUnavailable("The language model did not call its tool exactly once.")
    try:
        return ToolAnswer.model_validate(calls[0].get("input"))
    except ValidationError:
        # Its text would name what the model wrote, which can be a piece of the mail.
        raise ModelUnavailable("The language model filled in its tool wrongly.") from None
