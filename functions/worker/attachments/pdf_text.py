"""The text layer of a PDF, rows as they are seen; kept apart because pypdf is slow to load."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any

from pypdf import Configuration, PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NameObject, StreamObject

from functions.worker.attachments.contents import Limits
from functions.worker.attachments.page_rows import PageRows
from functions.worker.attachments.room import FileEncrypted, LimitReached, Room

# Its warnings quote the file, and files hold personal data.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

_POSITIONING = frozenset((b"Td", b"TD", b"Tm", b"T*", b"'", b'"'))
_SHOW_WHAT_STANDS: tuple[list[Any], bytes] = ([], b"ET")
_FORM_ENDS: tuple[list[Any], bytes] = ([], b"%form-end")
_MOST_FONTS = 60
_MOST_FORMS = 30


def pdf_text(content: bytes, room: Room) -> None:
    """Write the pages' text into `room`. Raises FileEncrypted, and pypdf's errors."""
    with apply_configuration(_bounds(room.limits)):
        for number, page in enumerate(_open(content).pages):
            if number >= room.limits.pages:
                raise LimitReached
            room.check_time()
            _write_page(page, room)


def _bounds(limits: Limits) -> Configuration:
    stream = limits.stream_bytes
    return Configuration(
        maximum_declared_stream_length=limits.content_bytes,
        array_based_stream_maximum_output_length=stream,
        lzw_maximum_output_length=stream,
        run_length_maximum_output_length=stream,
        zlib_maximum_output_length=stream,
        zlib_maximum_recovery_input_length=stream // 10,
        flate_maximum_row_length=stream,
        stream_decoding_work_maximum_length=4 * stream,
        stream_parsing_work_maximum_count=limits.page_operands,
        page_tree_maximum_entries=5_000,
        page_tree_maximum_page_entries=50_000,
        xform_maximum_invocations_per_extraction=_MOST_FORMS,
        jbig2dec_binary=None,
    )


def _open(content: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(content))
    except (DependencyError, FileNotDecryptedError, NotImplementedError) as error:
        raise FileEncrypted from error
    if reader.is_encrypted:
        raise FileEncrypted
    return reader


def _write_page(page: PageObject, room: Room) -> None:
    _refuse_huge_fonts(page, room)
    rows = PageRows(room)
    try:
        _show(page, rows)
    except LimitReached:
        room.write(rows.text())
        raise
    room.write(rows.text() + "\n\n")


def _show(page: PageObject, rows: PageRows) -> None:
    contents = page.get("/Contents")
    if contents is None or not isinstance(contents.get_object(), (ArrayObject, StreamObject)):
        return
    stream = ContentStream(contents, page.pdf, "bytes")
    operations: list[tuple[Any, bytes]] = []
    for operation in stream.operations:
        # pypdf glues what stands on one line; told to finish before every move, it hands over
        # each piece with its place.
        if operation[1] in _POSITIONING:
            operations.append(_SHOW_WHAT_STANDS)
        operations.append(operation)
        if operation[1] == b"Do":
            operations.append(_FORM_ENDS)
    marked = ContentStream(None, page.pdf)
    marked.operations = operations
    page[NameObject("/Contents")] = marked
    page.extract_text(visitor_operand_before=rows.see_operator, visitor_text=rows.see_text)


def _refuse_huge_fonts(page: PageObject, room: Room) -> None:
    """Character tables are parsed in one go, so their size has to be known before."""
    resources = page.get("/Resources")
    fonts = _dictionary(_dictionary(resources).get("/Font"))
    if len(fonts) > _MOST_FONTS:
        raise LimitReached
    size = 0
    for font in fonts.values():
        table = _dictionary(font).get("/ToUnicode")
        table = table.get_object() if table is not None else None
        size += len(table.get_data()) if isinstance(table, StreamObject) else 0
        room.check_time()
        if size > room.limits.stream_bytes // 4:
            raise LimitReached


def _dictionary(value: Any) -> DictionaryObject:  # noqa: ANN401  # Any object of a PDF.
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
