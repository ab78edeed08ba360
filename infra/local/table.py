"""What became of the samples, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from infra.local.verdict import Processed

_HEADINGS = ("job", "sender", "amount", "outcome", "inquiry", "time")
_RIGHT_ALIGNED = {"job", "amount", "time"}
_WIDEST = 44


def table(processed: Sequence[Processed]) -> str:
    """Returns one line per job under a heading."""
    rows = [_HEADINGS, *(_row(one.job) for one in processed)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


def _row(job: dict[str, Any]) -> tuple[str, ...]:
    extracted = job.get("extracted_data") or {}
    amount = extracted.get("debt_amount")
    seconds = job.get("processing_time_seconds")
    cells = (
        str(job["id"]),
        job["from_email"],
        f"{amount} {extracted.get('currency') or ''}".strip() if amount is not None else "",
        _outcome(job),
        job.get("matched_inquiry_id") or "",
        f"{float(seconds):.2f} s" if seconds is not None else "",
    )
    return tuple(cell if len(cell) <= _WIDEST else f"{cell[: _WIDEST - 1]}…" for cell in cells)


def _outcome(job: dict[str, Any]) -> str:
    if job["processing_status"] != "completed":
        return str(job["processing_status"])
    matched, reason = str(job["match_status"]), job.get("reason")
    return matched if matched == "auto_matched" or not reason else f"{matched} ({reason})"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.rjust(width) if heading in _RIGHT_ALIGNED else cell.ljust(width)
        for heading, cell, width in zip(_HEADINGS, row, widths, strict=True)
    ]
    return "  ".join(cells).rstrip()
