"""Every error the product raises on purpose, and who can help with it.

MatcherError
├── TransientError            trying again later can help
│   ├── DatabaseUnavailable
│   ├── DatabaseRefused
│   ├── QueueUnavailable
│   ├── MailServiceUnavailable
│   ├── SecretUnavailable
│   ├── ReconcilerUnavailable
│   ├── ModelUnavailable
│   └── CandidateErased
└── PermanentError            trying again cannot help, a person can
    ├── MailEncrypted
    ├── ModelRefused
    ├── JobNotFound
    ├── JobNotFailed
    ├── ContentErased
    ├── InquiryNotFound
    ├── InquiryRejected
    ├── InquiryErased
    ├── ErasureRefused
    ├── SignatureRejected
    │   └── TimestampOutsideWindow
    ├── BodyTooLarge
    └── MailLoop

The first line of a class's docstring is the message a person reads.
"""

from __future__ import annotations


class MatcherError(Exception):
    """Something went wrong."""

    def __init__(self, message: str | None = None) -> None:
        summary = (self.__doc__ or "").strip().splitlines()[0]
        super().__init__(message or summary)

    @property
    def code(self) -> str:
        """The error's name for programs: ``JobNotFound`` is ``job_not_found``."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


GAVE_NO_ANSWER = "stopped_without_answer"
"""The cause of a failure without an error: the worker died in every attempt."""


def cause_of(error: BaseException) -> str:
    """The error's code if it is one of ours, else ``unexpected``: a closed list of words."""
    return error.code if isinstance(error, MatcherError) else "unexpected"


class TransientError(MatcherError):
    """Something is out of order for the moment; the same work is tried again."""


class PermanentError(MatcherError):
    """The same work would fail again; a person has to look."""


class DatabaseUnavailable(TransientError):
    """The database cannot be reached or does not answer in time."""


class DatabaseRefused(TransientError):
    """The database refused a statement."""


class QueueUnavailable(TransientError):
    """The queue did not take the message."""


class MailServiceUnavailable(TransientError):
    """The mail service did not take the e-mail."""


class SecretUnavailable(TransientError):
    """The webhook's signing secret cannot be read."""


class ReconcilerUnavailable(TransientError):
    """The reconciler could not be started."""


class ModelUnavailable(TransientError):
    """The language model gave no answer that can be used."""


class CandidateErased(TransientError):
    """An inquiry was erased while the mail was compared with it."""


class MailEncrypted(PermanentError):
    """The mail is encrypted; ask the sender for an unencrypted one."""


class ModelRefused(PermanentError):
    """The language model cannot read this mail, or may not be asked."""


class JobNotFound(PermanentError):
    """There is no job with this id."""


class JobNotFailed(PermanentError):
    """Only a failed job can be retried."""


class ContentErased(PermanentError):
    """The mail's content has been erased, so there is nothing left to read."""


class InquiryNotFound(PermanentError):
    """There is no inquiry with this id."""


class InquiryRejected(PermanentError):
    """The inquiry cannot be stored as it is."""


class InquiryErased(PermanentError):
    """The inquiry's client has been erased; it is neither shown nor stored again."""


class ErasureRefused(PermanentError):
    """Nothing was erased, because the request is not what it should be."""


class SignatureRejected(PermanentError):
    """The request is not signed by the configured Zendesk webhook."""

    def __init__(self, cause: str = "signature_wrong") -> None:
        """`cause` is a code for logs and counts; the sender is not told more than the message."""
        super().__init__()
        self.cause = cause


class TimestampOutsideWindow(SignatureRejected):
    """The signature is right, but its time is too far from now."""


class BodyTooLarge(PermanentError):
    """The request's body is over the size limit."""


class MailLoop(PermanentError):
    """The recipient's address feeds Zendesk; a failure e-mail there would become a new ticket."""
