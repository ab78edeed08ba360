"""The zipped XML parts of an office file, unpacked piece by piece and within bounds."""

from __future__ import annotations

from io import BytesIO
from typing import Protocol
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from functions.worker.attachments.room import FileEncrypted, LimitReached, Room

_CHUNK_BYTES = 65_536
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


class PartReader(Protocol):
    """Hears of a part's elements in order. Names come without their namespace."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def characters(self, text: str) -> None: ...


class DocumentTypeRefused(Exception):
    """The part declares entities, which no office program does."""


class OfficeFile:
    """Raises BadZipFile, expat's errors and FileEncrypted for what no office program writes."""

    def __init__(self, content: bytes, room: Room) -> None:
        if content.count(_DIRECTORY_ENTRY) > room.limits.archive_entries:
            raise LimitReached
        self._archive = ZipFile(BytesIO(content))
        self._room = room
        self.names = frozenset(self._archive.namelist())

    def read_part(self, name: str, reader: PartReader) -> None:
        """Tell `reader` the part's elements. A missing part is an empty one."""
        if name not in self.names:
            return
        parser = _parser(reader)
        info = self._archive.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise FileEncrypted
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise BadZipFile
        with self._archive.open(info) as part:
            while chunk := part.read(_CHUNK_BYTES):
                self._room.unpack(len(chunk))
                parser.Parse(chunk, False)  # noqa: FBT003  # Takes no keyword.
        parser.Parse(b"", True)  # noqa: FBT003


def _parser(reader: PartReader) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = lambda tag, attributes: reader.start(
        _local(tag), {_local(name): value for name, value in attributes.items()}
    )
    parser.EndElementHandler = lambda tag: reader.end(_local(tag))
    parser.CharacterDataHandler = reader.characters
    return parser


def _refuse_document_type(*_: object) -> None:
    raise DocumentTypeRefused


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
