"""Points in time as machines and German letters write them."""

from __future__ import annotations

import pytest

from functions.api.moments import read_moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("04.02.2026 10:00", "2026-02-04T09:00:00+00:00"),
        ("4.2.2026", "2026-02-03T23:00:00+00:00"),
        ("04.02.2026, 10:00:30 Uhr", "2026-02-04T09:00:30+00:00"),
        ("04.02.2026 um 10:00 Uhr", "2026-02-04T09:00:00+00:00"),
        ("31.12.2025 23:59", "2025-12-31T22:59:00+00:00"),
        ("2026-02-04T10:00:00Z", "2026-02-04T10:00:00+00:00"),
        ("2026-02-04T10:00:00+01:00", "2026-02-04T09:00:00+00:00"),
        ("2026-02-04T10:00:00.123456789Z", "2026-02-04T10:00:00.123456+00:00"),
        ("2026-02-04 10:00", "2026-02-04T10:00:00+00:00"),
        ("2026-02-04", "2026-02-04T00:00:00+00:00"),
        (" 2026-02-04 ", "2026-02-04T00:00:00+00:00"),
    ],
)
def test_iso_and_german_times_are_read(text: str, moment: str) -> None:
    """Defect 28: 04.02.2026 was read as 2 April."""
    read = read_moment(text)
    assert read is not None
    assert read.isoformat() == moment


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("29.03.2026 01:59", "2026-03-29T00:59:00+00:00"),
        ("29.03.2026 03:00", "2026-03-29T01:00:00+00:00"),
        ("01.07.2026 12:00", "2026-07-01T10:00:00+00:00"),
        ("25.10.2026 01:59", "2026-10-24T23:59:00+00:00"),
        ("25.10.2026 03:00", "2026-10-25T02:00:00+00:00"),
    ],
)
def test_german_times_follow_summer_time(text: str, utc: str) -> None:
    read = read_moment(text)
    assert read is not None
    assert read.isoformat() == utc


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gestern",
        "32.01.2026",
        "30.02.2026",
        "04.02.26",
        "04.02.2026 25:00",
        "01.01.0000",
        "02/04/2026",
        "1795421728",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "٠٤.٠٢.٢٠٢٦x",
    ],
)
def test_what_cannot_be_read_is_none(text: str) -> None:
    assert read_moment(text) is None
