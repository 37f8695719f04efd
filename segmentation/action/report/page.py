"""The report as one HTML page: it loads nothing, runs nothing, and prints well."""

from __future__ import annotations

from pathlib import Path

from segmentation import formats
from segmentation.action.report import words
from segmentation.action.report.facts import ReportFacts
from segmentation.action.report.html import Html, element, escaped
from segmentation.action.report.method import data_section, method_section
from segmentation.action.report.plays import plays_section
from segmentation.action.report.segments import cards_section, centroid_section, map_section
from segmentation.insight.sentences.segments import structure_verdict
from segmentation.insight.sentences.verdicts import MEANINGS, STANDINGS, standing, verdict

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
        _cover(facts),
        cards_section(facts),
        map_section(facts),
        centroid_section(facts),
        plays_section(facts),
        method_section(facts),
        data_section(facts),
        element("footer", _made(facts), class_="quiet small"),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n".encode()


def _cover(facts: ReportFacts) -> Html:
    run = facts.run
    kind = standing(run.suggestion, facts.k)
    return element(
        "header",
        element("p", "Customer segments", class_="quiet"),
        element("h1", facts.title),
        element("p", _dates(facts), class_="quiet"),
        element(
            "div",
            element("strong", STANDINGS[kind]),
            element("p", f"{verdict(run.suggestion, facts.k, facts.names)} {MEANINGS[kind]}"),
            element("p", structure_verdict(run.suggestion), class_="quiet"),
            class_="verdict",
        ),
        element("div", [_figure(value, what) for value, what in _figures(facts)], class_="figures"),
        class_="cover",
    )


def _dates(facts: ReportFacts) -> str:
    as_of = words.AS_OF.format(date=formats.date(facts.run.as_of)) if facts.run.as_of else ""
    return as_of + words.FOUND_ON.format(date=formats.date(facts.run.made_at))


def _figures(facts: ReportFacts) -> list[tuple[str, str]]:
    plays = facts.playbook.plays
    figures = [(f"{facts.run.customers:,}", "customers"), (str(facts.k), "segments")]
    stakes = [play.figures.stakes for play in plays if play.figures.stakes]
    if stakes:
        paid = formats.money(sum(one.revenue for one in stakes), facts.run.currency)
        figures.append((paid, words.PAID.format(days=formats.days(stakes[0].days))))
    if stakes and all(one.expected is not None for one in stakes):
        expected = formats.money(sum(one.expected or 0.0 for one in stakes), facts.run.currency)
        figures.append((expected, words.EXPECTED))
    if at_risk := [one.at_risk for one in stakes if one.at_risk is not None]:
        figures.append((formats.money(sum(at_risk), facts.run.currency), words.AT_RISK))
    kpis = [play.figures.kpi for play in plays if play.figures.kpi]
    if known := sum(kpi.known for kpi in kpis):
        rate = formats.percent(sum(kpi.again for kpi in kpis) / known)
        figures.append((rate, words.ORDERED_AGAIN.format(days=formats.days(kpis[0].window))))
    return figures


def _figure(value: str, what: str) -> Html:
    return element("div", element("strong", value), what)


def _made(facts: ReportFacts) -> Html:
    return escaped(words.MADE.format(run=facts.run.run_id, seed=facts.run.options.seed))
