"""What a person asks of the eraser."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from shared.domain.errors import ErasureRefused
from shared.postgres.client_selection import ClientWish

Line = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00-\x1f]*$"
    ),
]
Id = Annotated[int, Field(gt=0, lt=2**63)]


class ErasureRequest(BaseModel):
    """Without a `plan` nothing is erased: the answer says what would be, and gives the plan's id.

    `reference` names the person's request in the firm's files, and not the person; `requested_by`
    is who asks, as they say: AWS tells a function nothing of its caller.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    reference: Annotated[Line, StringConstraints(max_length=100)]
    requested_by: Line
    client_name: Line | None = None
    inquiry_ids: tuple[Line, ...] = ()
    job_ids: tuple[Id, ...] = ()
    quarantined_ids: tuple[Id, ...] = ()
    kept_job_ids: tuple[Id, ...] = ()
    plan: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None

    def wish(self) -> ClientWish:
        """Raises ErasureRefused if nobody is named."""
        named = (self.client_name, self.inquiry_ids, self.job_ids, self.quarantined_ids)
        if not any(named):
            message = "Name a client_name, inquiry_ids, job_ids or quarantined_ids."
            raise ErasureRefused(message)
        return ClientWish(
            client_name=self.client_name,
            inquiry_ids=self.inquiry_ids,
            job_ids=self.job_ids,
            quarantined_ids=self.quarantined_ids,
            kept_job_ids=self.kept_job_ids,
        )


def read_request(event: dict[str, Any]) -> ErasureRequest:
    """Raises ErasureRefused, which names what is wrong and repeats nothing of it."""
    try:
        return ErasureRequest.model_validate(event)
    except ValidationError as error:
        details = error.errors(include_input=False, include_url=False, include_context=False)
    known = ErasureRequest.model_fields
    names = [str(each["loc"][0]) for each in details if each["loc"] and each["loc"][0] in known]
    strangers = len(details) - len(names)
    problems = [f"{name} is missing or malformed." for name in dict.fromkeys(names)]
    problems += [f"There are {strangers} fields that are not known."] if strangers else []
    raise ErasureRefused(" ".join(problems))
