"""Why the local platform could not do what it was asked.

LocalError
├── CannotStart             something on this machine or in the template is in the way
└── InvocationFailed        a function did not answer with a result
    ├── HandlerRaised       its code raised
    ├── FunctionTimedOut    it took longer than the template allows, and was killed
    ├── FunctionDied        its process ended in the middle
    └── FunctionBusy        the caller would not wait any longer for its turn
"""

from __future__ import annotations


class LocalError(Exception):
    """The local platform could not do what it was asked."""


class CannotStart(LocalError):
    """One sentence that says what is in the way, for the person at the desk."""


class InvocationFailed(LocalError):
    """Carries the error object that Lambda hands to whoever invoked the function."""

    def __init__(self, error: dict[str, object]) -> None:
        super().__init__(f"{error.get('errorType')}: {error.get('errorMessage')}")
        self.error = error


class HandlerRaised(InvocationFailed):
    """The function's code raised, or its answer can't be written as JSON."""


class FunctionTimedOut(InvocationFailed):
    """The function took longer than the template allows, and was killed."""

    def __init__(self, request_id: str, seconds: float) -> None:
        message = f"RequestId: {request_id} Error: Task timed out after {seconds:.2f} seconds"
        super().__init__({"errorType": "Sandbox.Timedout", "errorMessage": message})


class FunctionDied(InvocationFailed):
    """The function's process ended in the middle of the invocation."""

    def __init__(self, request_id: str, ending: str) -> None:
        message = f"RequestId: {request_id} Error: Runtime exited with error: {ending}"
        super().__init__({"errorType": "Runtime.ExitError", "errorMessage": message})


class FunctionBusy(InvocationFailed):
    """The caller would not wait any longer for the function's turn."""

    def __init__(self) -> None:
        super().__init__(
            {"errorType": "TooManyRequestsException", "errorMessage": "Rate Exceeded."}
        )
