"""The numbers of a report as an Excel workbook, in which no text is ever run as a formula."""

from __future__ import annotations

import io

import pandas as pd
import xlsxwriter

from segmentation import formats
from segmentation.action.files.safe_csv import told_in
from segmentation.action.playbook.play import Play
from segmentation.action.playbook.table import playbook_table
from segmentation.action.playbook.words import WEEKDAYS
from segmentation.action.report import words
from segmentation.action.report.facts import ReportFacts
from segmentation.action.report.workbook_charts import add_charts
from segmentation.action.report.workbook_columns import KINDS, UNITS, Written
from segmentation.action.report.workbook_sheet import TableSheet, write_sheet
from segmentation.action.report.workbook_words import HEADINGS
from segmentation.insight.sentences.segments import BANDS, segment_sentence
from segmentation.insight.sentences.verdicts import verdict
from segmentation.intake.cleaning.ledger import ledger_table

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
SEGMENTS = "Segments"


def report_xlsx(facts: ReportFacts) -> bytes:
    """Write the workbook; shares are 0 to 1, money is in the shop's currency."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        book.set_properties({"title": "Customer segments", "created": facts.run.made_at})
        for name, sheet in sheets(facts).items():
            write_sheet(book, name, sheet, facts.run.currency)
        add_charts(book, book.get_worksheet_by_name(SEGMENTS), facts)
    return stream.getvalue()


def sheets(facts: ReportFacts) -> dict[str, TableSheet]:
    """Return the sheets of the workbook by name."""
    return {
        "Overview": TableSheet(_overview(facts), is_read=True),
        SEGMENTS: TableSheet(_segments(facts)),
        "Averages": _averages(facts),
        "Playbook": TableSheet(_playbook(facts)),
        "Figures": _all_figures(facts),
        "Data quality": TableSheet(told_in(ledger_table(facts.shop), facts.shop.currency)),
    }


def _averages(facts: ReportFacts) -> TableSheet:
    """Return the middle of each segment, a row per feature, written in the unit of the feature."""
    table = facts.cut.centroids
    shown = [words.MEDIAN if median else words.MEAN for median in table.use_median]
    columns: dict[str, object] = {
        words.FEATURE: [one.label for one in table.features],
        words.SHOWN_AS: shown,
        words.ALL_CUSTOMERS: table.overall,
    }
    columns |= {header: table.values[:, place] for place, header in enumerate(_numbered(facts))}
    kinds = tuple(UNITS.get(one.unit, Written.NUMBER) for one in table.features)
    return TableSheet(pd.DataFrame(columns), by_row=kinds)


def _numbered(facts: ReportFacts) -> list[str]:
    """Return the headings of columns that are a segment each."""
    return formats.distinct([f"{number} {name}" for number, name in enumerate(facts.names, 1)])


def _playbook(facts: ReportFacts) -> pd.DataFrame:
    """Return the lines of all plays; those generated stand beside what a person wrote, where anybody did."""
    table = playbook_table(facts.playbook, facts.names, facts.edits)
    return table if table["edited"].any() else table.drop(columns=["generated", "edited"])


def _all_figures(facts: ReportFacts) -> TableSheet:
    """Return the figures of the plays, a row per figure that any of them has and a column per segment."""
    plays = [_figures(play) for play in facts.playbook.plays]
    known = [name for name in plays[0] if any(one[name] is not None for one in plays)]
    columns: dict[str, object] = {"figure": [HEADINGS[name] for name in known]}
    for header, play in zip(_numbered(facts), plays, strict=True):
        columns[header] = pd.Series([play[name] for name in known], dtype=object)
    return TableSheet(pd.DataFrame(columns), by_row=[KINDS.get(name, Written.COUNT) for name in known])


def _overview(facts: ReportFacts) -> pd.DataFrame:
    run = facts.run
    told = {
        "Shop": facts.title,
        "Verdict": verdict(run.suggestion, facts.k, facts.names),
        "Customers": run.customers,
        words.A_CUSTOMER_IS: run.customer_meaning,
        "Segments": facts.k,
        words.SUGGESTED_NUMBER: run.suggestion.k,
        "Analysis date": formats.date(run.as_of),
        "Currency": run.currency or "not known",
        words.QUIET_AFTER: facts.playbook.patience.days,
        "Run": run.run_id,
        "Seed": run.options.seed,
    }
    return pd.DataFrame({"what": list(told), "value": pd.Series(list(told.values()), dtype=object)})


def _segments(facts: ReportFacts) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "segment": one.label + 1,
                "segment_name": name,
                "customers": one.size,
                "share": one.share,
                "revenue_share": one.revenue_share,
                "stability": one.stability,
                "trust": BANDS[play.band],
                "sentence": segment_sentence(portrait),
            }
            for one, name, play, portrait in zip(
                facts.cut.segments, facts.names, facts.playbook.plays, facts.cut.portraits, strict=True
            )
        ]
    )


def _figures(play: Play) -> dict[str, object]:
    figures = play.figures
    weekday, hour, kpi, test = figures.weekday, figures.hour, figures.kpi, figures.test
    stakes, reach = figures.stakes, figures.reach
    return {
        "best_weekday": WEEKDAYS[weekday.slot] if weekday and weekday.slot is not None else None,
        "best_weekday_share": weekday.share if weekday else None,
        "best_weekday_share_of_others": weekday.others if weekday else None,
        "best_hour": hour.slot if hour else None,
        "best_hour_share": hour.share if hour else None,
        "best_hour_share_of_others": hour.others if hour else None,
        "days_between_orders": figures.gap,
        "window_days": kpi.window if kpi else None,
        "ordered_before_window": kpi.known if kpi else None,
        "ordered_again": kpi.again if kpi else None,
        "repeat_rate": kpi.rate if kpi else None,
        "orders_in_window": kpi.window_orders if kpi else None,
        "order_value": kpi.order_value if kpi else None,
        "test_customers": test.customers if test else None,
        "held_out": test.held_out if test else None,
        "test_target": test.target if test else None,
        "test_detectable": test.detectable if test else None,
        "test_is_large_enough": test.enough if test else None,
        "revenue_days": stakes.days if stakes else None,
        "revenue": stakes.revenue if stakes else None,
        "revenue_expected_next_year": stakes.expected if stakes else None,
        "at_risk_next_year": stakes.at_risk if stakes else None,
        "reach_customers": reach.customers if reach else None,
        "by_email": reach.email if reach else None,
        "by_phone": reach.phone if reach else None,
        "not_reachable": reach.neither if reach else None,
    }
