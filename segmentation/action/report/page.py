"""The report as one HTML page: it loads nothing, runs nothing, and prints well."""

from __future__ import annotations

from pathlib import Path

from segmentation.action.report import words
from segmentation.action.report.facts import ReportFacts
from segmentation.action.report.first_page import first_page
from segmentation.action.report.html import Html, element
from segmentation.action.report.method import data_section, method_section
from segmentation.action.report.plays import plays_section
from segmentation.action.report.segments import centroid_section, segments_section

STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def report_html(facts: ReportFacts) -> bytes:
    """Write the report; the same facts give the same bytes."""
    head = element(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        Html('<meta name="referrer" content="no-referrer">'),
        element("title", words.TITLE.format(shop=facts.title)),
        element("style", Html(STYLE)),
    )
    body = element(
        "body",
        first_page(facts),
        segments_section(facts),
        plays_section(facts),
        centroid_section(facts),
        data_section(facts),
        method_section(facts),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n".encode()
