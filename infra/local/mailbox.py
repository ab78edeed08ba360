"""E-mails given to SES, as files that any mail program opens."""

from __future__ import annotations

import threading
from pathlib import Path

from infra.local.cloud import Cloud
from infra.local.function import Function

_PAUSE_SECONDS = 0.1
_ADDRESSES = ("SENDER_EMAIL", "ADMIN_EMAIL")


def verify_addresses(cloud: Cloud, functions: tuple[Function, ...]) -> None:
    """Verifies the addresses in the functions' environments, as someone must in a new account."""
    wanted = {function.variables.get(name, "") for function in functions for name in _ADDRESSES} - {
        ""
    }
    for address in sorted(wanted):
        cloud.mail.create_email_identity(EmailIdentity=address)


class Mailbox:
    """Writes each e-mail to `<n>.eml`, counting on from what the folder already holds."""

    def __init__(self, cloud: Cloud, folder: Path) -> None:
        self._cloud = cloud
        self._folder = folder
        self._next = 1 + max((int(path.stem) for path in folder.glob("*.eml")), default=0)
        self._written = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when everything sent so far is written."""
        self._stopping.set()
        self._thread.join()

    def _watch(self) -> None:
        stopped = False
        while not stopped:
            stopped = self._stopping.wait(_PAUSE_SECONDS)
            self._write_new()

    def _write_new(self) -> None:
        for mail in self._cloud.sent_mails()[self._written :]:
            complete = self._folder / f".{self._next}.new"
            complete.write_text(mail.raw_data)
            complete.replace(self._folder / f"{self._next}.eml")
            self._next += 1
            self._written += 1
