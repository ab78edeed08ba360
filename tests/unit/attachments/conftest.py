"""Ways to read one file, within bounds that a test can narrow."""

from __future__ import annotations

from typing import Any

import pytest

from functions.worker.attachments.attachment_texts import OFFICE, AttachmentTexts
from functions.worker.attachments.contents import AttachmentContent, AttachmentText, Limits
from functions.worker.attachments.kinds import Kind
from functions.worker.attachments.pdf_text import pdf_text
from tests.unit.attachments.files import ReadFile

WRITERS = OFFICE | {Kind.PDF: pdf_text}


@pytest.fixture
def read_file() -> ReadFile:
    def read(content: bytes, filename: str = "brief", **limits: Any) -> AttachmentText:
        texts = AttachmentTexts(WRITERS, Limits(**limits))
        (text,) = texts.read([AttachmentContent(filename, content)])
        return text

    return read
