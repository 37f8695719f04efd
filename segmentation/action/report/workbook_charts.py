"""The charts of the workbook, beside the segments: who brings it, and the money, in the segments' colours."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from segmentation.action.report import words
from segmentation.action.report.facts import ReportFacts
from segmentation.charts.figures import style_of

WIDTH, HEIGHT = 640, 340
NAMES, SHARE, REVENUE_SHARE, STABILITY = 1, 3, 4, 5
PALER = 55  # per cent


def add_charts(book: xlsxwriter.Workbook, sheet: Worksheet, facts: ReportFacts) -> None:
    """Add two charts below the table of segments: shares, and how surely each segment comes back."""
    below = facts.k + 2
    has_revenue = all(one.revenue_share is not None for one in facts.cut.segments)
    shares = [SHARE, *([REVENUE_SHARE] if has_revenue else [])]
    _add(book, sheet, facts.k, (words.CHART_SHARES, shares, below, 0))
    _add(book, sheet, facts.k, (words.CHART_COMES_BACK, [STABILITY], below, 7))


def _add(book: xlsxwriter.Workbook, sheet: Worksheet, k: int, drawn: tuple[str, list[int], int, int]) -> None:
    """Draw columns of the sheet as bars, a segment each; the last column of them full, others pale."""
    title, columns, row, column = drawn
    chart = book.add_chart({"type": "column"})
    for one in columns:
        pale = 0 if one == columns[-1] else PALER
        colours = [{"color": style_of(at).colour, "transparency": pale} for at in range(k)]
        chart.add_series(
            {
                "name": [sheet.name, 0, one],
                "categories": [sheet.name, 1, NAMES, k, NAMES],
                "values": [sheet.name, 1, one, k, one],
                "points": [{"fill": fill} for fill in colours],
                "gap": 80,
            }
        )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    grid = {"visible": True, "line": {"color": "#D9DFE5"}}
    chart.set_y_axis({"num_format": "0%", "min": 0, "major_gridlines": grid})
    chart.set_legend({"none": True} if len(columns) == 1 else {"position": "bottom"})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    sheet.insert_chart(row, column, chart)
