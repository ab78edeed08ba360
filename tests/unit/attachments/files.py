"""The smallest PDF, DOCX and XLSX files that say something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from functions.worker.attachments.contents import AttachmentText

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Placed = tuple[float, float, str]
ReadFile = Callable[..., AttachmentText]


def a_pdf(*pages: Sequence[Placed], trailer: str = "") -> bytes:
    """Pages of texts at (x, y) in Helvetica 10."""
    return pdf_of(*(_drawn(page) for page in pages), trailer=trailer)


def _drawn(page: Sequence[Placed]) -> bytes:
    shown = [
        f"BT /F1 10 Tf {x} {y} Td ({_pdf_text(text)}) Tj ET".encode("cp1252") for x, y, text in page
    ]
    return b"\n".join(shown)


def _pdf_text(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def pdf_of(*streams: bytes, trailer: str = "", objects: Sequence[bytes] = ()) -> bytes:
    """A PDF whose pages have these content streams; `objects` are numbered from 1000."""
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(streams)))
    body = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    for number, stream in enumerate(streams):
        page = 10 + 2 * number
        body[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> /XObject << /X1 1000 0 R >> >> >>" % (page + 1)
        )
        body[page + 1] = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream)
    body |= {1000 + number: content for number, content in enumerate(objects)}
    return _with_directory(body, trailer)


def _with_directory(body: Mapping[int, bytes], trailer: str) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), {}
    for number, content in body.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(places) + 1
    out += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(out + b"startxref\n%d\n%%%%EOF" % start)


def a_zip(parts: Mapping[str, str | bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def word_part(*content: str, root: str = "document") -> str:
    return f'<w:{root} xmlns:w="{_W}"><w:body>{"".join(content)}</w:body></w:{root}>'


def a_docx(*content: str, **parts: str) -> bytes:
    """`parts` are further parts of the folder word, such as ``header1=word_part(…)``."""
    named = {f"word/{name}.xml": text for name, text in parts.items()}
    return a_zip({"word/document.xml": word_part(*content)} | named)


def an_xlsx(
    *sheets: Sequence[Sequence[str]], state: str = "visible", formats: Sequence[str] = ()
) -> bytes:
    """Sheets of rows of cell XML without the names of the cells; style n has `formats[n - 1]`."""
    codes = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for n, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    listed, related = "", ""
    parts: dict[str, str | bytes] = {}
    for n, rows in enumerate(sheets):
        listed += f'<sheet name="S{n}" sheetId="{n}" state="{state}" r:id="r{n}"/>'
        related += f'<Relationship Id="r{n}" Target="worksheets/s{n}.xml"/>'
        lines = "".join(f"<row>{''.join(row)}</row>" for row in rows)
        parts[f"xl/worksheets/s{n}.xml"] = (
            f'<worksheet xmlns="{_S}"><sheetData>{lines}</sheetData></worksheet>'
        )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>{listed}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = f"<Relationships>{related}</Relationships>"
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{_S}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
    )
    return a_zip(parts)


def words(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def number(value: str, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'
