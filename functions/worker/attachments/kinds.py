"""What a file is by its own bytes; names and content types are the sender's word."""

from __future__ import annotations

from enum import StrEnum

_PDF_WITHIN = 1_024
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


class Kind(StrEnum):
    """The kinds of files that are told apart."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ENCRYPTED_OFFICE = "encrypted_office"
    UNKNOWN = "unknown"


def kind_of(content: bytes) -> Kind:
    """Tell the kind. The rest of the file may still break the promise of its beginning."""
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    if content.startswith(_COMPOUND_FILE):
        return Kind.ENCRYPTED_OFFICE if _ENCRYPTED_PACKAGE in content else Kind.UNKNOWN
    return Kind.PDF if b"%PDF-" in content[:_PDF_WITHIN] else Kind.UNKNOWN


def _office_kind(content: bytes) -> Kind:
    # An archive ends with its own list of names; those of embedded files stand before it.
    word, excel = content.rfind(b"word/document"), content.rfind(b"xl/workbook.xml")
    if word == excel:
        return Kind.UNKNOWN
    return Kind.DOCX if word > excel else Kind.XLSX
