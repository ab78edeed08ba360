"""HTML as plain text: paragraphs as lines, table rows as lines, quotes as "> " lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_HTML_CHARACTERS = 1_000_000
_MAX_TABLE_DEPTH = 12
_MOST_OPEN = 300
_MOST_NODES = 3_000
_LONGEST_CELL = 120
_DROPPED = frozenset("script style head title template noscript svg math object iframe".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul".split()
)
_CELLS = frozenset(("td", "th"))
_CLOSED_BY_ITSELF = frozenset(
    "area base br col embed hr img input link meta param source wbr p li td th tr dd dt".split()
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_QUOTE_CLASS = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite|protonmail_quote|zmail_extra|WordQuote"
)
_QUOTE_TYPE = re.compile(r"cite", re.IGNORECASE)
_HIDING_STYLE = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|max-height:0(?![.\d])|opacity:0(?![.\d])"
    r"|font-size:[01](?:px|pt)?(?![.\d])"
    r"|text-decoration(?:-line)?:[^;]{0,40}line-through",
)
_STRUCK_OUT = frozenset(("s", "del", "strike"))
_WHITE = re.compile(r"(?<!-)color:(?:#fff(?:fff)?|white)(?!\w)")
_TINY = re.compile(r"font-size:[0-3](?:\.\d+)?(?:px|pt)")


@dataclass(kw_only=True)
class _Writer:
    """The text so far: one list of pieces per open table row, the outermost first."""

    open_pieces: list[list[str]] = field(default_factory=lambda: [[]])
    hidden: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.open_pieces[-1].append(text)


@dataclass(frozen=True)
class HtmlText:
    """What a reader sees, and what was hidden from him; `is_whole` unless it was too much."""

    visible: str
    hidden: str
    is_whole: bool = True


def html_to_text(html: str) -> HtmlText:
    """Never fails: HTML5 gives every text a tree. Without recursion, and within bounds."""
    shallow = _up_to_depth(html[:MAX_HTML_CHARACTERS])
    root = LexborHTMLParser(shallow).root
    writer = _Writer()
    is_whole = len(shallow) == len(html)
    if root is not None:
        is_whole = _walk(root, writer) and is_whole
    visible, hidden = "".join(writer.open_pieces[0]), " ".join(writer.hidden)
    return HtmlText(visible=visible, hidden=hidden, is_whole=is_whole)


def _up_to_depth(html: str) -> str:
    # The parser's time grows with more than the square of what is open; no mail program leaves so
    # much open. A closing tag closes its own kind only.
    depth: dict[str, int] = {}
    opened = 0
    for match in _TAG.finditer(html):
        tag = match[2].lower()
        if tag in _CLOSED_BY_ITSELF or (match[1] and not depth.get(tag)):
            continue
        step = -1 if match[1] else 1
        depth[tag] = depth.get(tag, 0) + step
        opened += step
        if opened > _MOST_OPEN:
            return html[: match.start()]
    return html


def _walk(root: LexborNode, writer: _Writer) -> bool:
    """Write what stands in the tree, and say whether that is all of it."""
    # An entry is a node to open, or a tag to close; quotes and hidden parts are nested inside.
    stack: list[tuple[LexborNode | None, str, int, bool]] = [(root, "", 0, False)]
    opened = 0
    while stack:
        node, closing, depth, preformatted = stack.pop()
        if node is None:
            _close(closing, writer, depth)
            continue
        opened += 1
        if opened > _MOST_NODES:
            continue
        if node is not root and (following := node.next) is not None:
            stack.append((following, "", depth, preformatted))
        tag = node.tag or ""
        if tag == "-text":
            writer.write(_text_of(node, preformatted=preformatted))
        elif tag == "br":
            writer.write("\n")
        elif _is_dropped(tag):
            continue
        elif tag in _STRUCK_OUT or _is_hidden(node):
            writer.hidden.append(" ".join((node.text(deep=True) or "").split()))
        else:
            stack.append((None, _open(node, tag, writer, depth), depth, False))
            if (child := node.child) is not None:
                stack.append((child, "", depth + (tag == "table"), preformatted or tag == "pre"))
    return opened <= _MOST_NODES


def _open(node: LexborNode, tag: str, writer: _Writer, depth: int) -> str:
    """Start the element, and say how it ends."""
    if _is_quote(node, tag):
        writer.open_pieces.append([])
        return "quote"
    if tag == "tr" and depth <= _MAX_TABLE_DEPTH:
        writer.open_pieces.append([])
        return "tr"
    if tag in _CELLS:
        return "cell"
    if tag in _BLOCKS:
        writer.write("\n")
        return "block"
    return ""


def _close(closing: str, writer: _Writer, depth: int) -> None:
    if closing == "quote":
        lines = "".join(writer.open_pieces.pop()).split("\n")
        writer.write("\n" + "".join(f"> {line}\n" for line in lines if line.strip()))
    elif closing == "tr":
        writer.write("\n" + _row("".join(writer.open_pieces.pop())) + "\n")
    elif closing == "cell":
        writer.write("\x1f" if depth <= _MAX_TABLE_DEPTH else "\n")
    elif closing == "block":
        writer.write("\n")


def _row(text: str) -> str:
    cells = [cell.strip() for cell in text.split("\x1f")]
    cells = [re.sub(r"\n\s*", "\n", cell) for cell in cells if cell]
    is_table = len(cells) > 1 and all("\n" not in c and len(c) <= _LONGEST_CELL for c in cells)
    return (" | " if is_table else "\n").join(cells)


def _text_of(node: LexborNode, *, preformatted: bool) -> str:
    text = (node.text(deep=False) or "").replace("\x1f", " ")
    return text if preformatted else re.sub(r"[ \t\r\n\f]+", " ", text)


def _is_dropped(tag: str) -> bool:
    return tag in _DROPPED or tag.startswith(("-comment", "!", "_comment"))


def _is_quote(node: LexborNode, tag: str) -> bool:
    attributes = node.attributes
    if tag not in {"div", "blockquote"}:
        return False
    if _QUOTE_CLASS.search(attributes.get("class") or ""):
        return True
    return tag == "blockquote" and bool(
        _QUOTE_TYPE.search(attributes.get("type") or "") or attributes.get("cite")
    )


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes:
        return True
    style = re.sub(r"\s+", "", attributes.get("style") or "").casefold()
    if not style:
        return False
    return bool(_HIDING_STYLE.search(style) or (_WHITE.search(style) and _TINY.search(style)))
