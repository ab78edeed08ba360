"""HTML as text."""

from __future__ import annotations

import pytest

from functions.worker.reading.mail.html_text import html_to_text


@pytest.mark.parametrize(
    ("html", "visible"),
    [
        ("<p>Gesamt<b>forderung</b> 44/<span>2026</span></p>", "Gesamtforderung 44/2026"),
        ("<p>M&uuml;ller &amp; S&ouml;hne</p>", "Müller & Söhne"),
        ("<table><tr><td>Summe</td><td><p>1,00 &euro;</p></td></tr></table>", "Summe | 1,00 €"),
        ("a<script>b()</script><style>c</style><!-- d -->e", "ae"),
        ("a<br>b", "a\nb"),
    ],
)
def test_layout_becomes_lines(html: str, visible: str) -> None:
    assert html_to_text(html).visible.strip() == visible


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "display: none !important",
        "visibility:hidden",
        "max-height:0;overflow:hidden",
        "font-size:1px",
        "color:#ffffff;font-size:1px",
        "mso-hide:all",
        "text-decoration: line-through",
        "color:red;text-decoration:red line-through",
        "text-decoration-line:line-through",
    ],
)
def test_what_nobody_sees_is_kept_apart(style: str) -> None:
    text = html_to_text(f'<p>offen</p><div style="{style}">20,00 EUR Rabatt</div>')
    assert (text.visible.strip(), text.hidden) == ("offen", "20,00 EUR Rabatt")


def test_white_letters_of_normal_size_are_seen() -> None:
    assert "Summe" in html_to_text('<th style="color:#fff;background:#00f">Summe</th>').visible


def test_a_mail_program_s_quote_is_marked() -> None:
    html = '<p>neu</p><blockquote type="cite"><p>alt</p>alt2</blockquote>'
    lines = html_to_text(html).visible.split("\n")
    assert [line for line in lines if line] == ["neu", "> alt", "> alt2"]


def test_an_indented_paragraph_is_no_quote() -> None:
    assert ">" not in html_to_text("<blockquote>eingerückt</blockquote>").visible


def test_deep_nesting_ends_in_time() -> None:
    assert html_to_text("offen" + "<div>" * 150_000).visible.strip() == "offen"


@pytest.mark.parametrize("tag", ["s", "del", "strike"])
def test_what_is_struck_out_no_longer_counts(tag: str) -> None:
    text = html_to_text(f"<p>Saldo <{tag}>912,00 EUR</{tag}> 860,00 EUR</p>")
    assert text.visible.strip() == "Saldo  860,00 EUR"
    assert text.hidden == "912,00 EUR"
