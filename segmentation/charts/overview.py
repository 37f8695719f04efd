"""The charts of a shop at a glance: months and shares by segment, how revenue is spread, who comes back."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date
from functools import partial
from textwrap import wrap
from typing import Any

import numpy as np
import plotly.graph_objects as go

from segmentation import formats
from segmentation.charts import words
from segmentation.charts.figures import (
    CLEAR,
    GLYPHS,
    GRID,
    LINE,
    PALETTE,
    QUIET,
    SCALE,
    month_ticks,
    plain_text,
    style_of,
)

MONTHS_HEIGHT = 340
SPREAD_HEIGHT = 300
LINE_OF_NAME, BAR, BETWEEN = 17, 12, 10  # CSS pixels
LONGEST_LINE, LONGEST = 46, 80  # characters
NOT_OVER = 0.45  # opacity
PALE = 0.45
MOST_NAMED = 12  # rows
PATTERNS = ("", "/", "x", ".")
_AXIS = {"gridcolor": GRID, "linecolor": LINE, "zerolinecolor": LINE, "automargin": True, "fixedrange": True}


def segment_month_bars(
    months: Sequence[date],
    orders: np.ndarray,
    revenue: np.ndarray | None,
    names: Sequence[str],
    over: int,
    currency: str | None,
) -> go.Figure:
    """Draw revenue by month as bars of its segments, and orders below; orders alone without revenue.

    :param orders: of k segments in m months, (k, m); `revenue` likewise, in `currency`.
    :param over: how many of the months are over; the others are pale.
    """
    days, told = [f"{day:%Y-%m-%d}" for day in months], [f"{day:%B %Y}" for day in months]
    told = [month if place < over else words.SO_FAR.format(month=month) for place, month in enumerate(told)]
    look = [1.0 if place < over else NOT_OVER for place in range(len(months))]
    traces = []
    for label, name in enumerate(names):
        texts = [f"{month}<br>{plain_text(name)}" for month in told]
        marker = {"color": style_of(label).colour, "opacity": look, **_pattern(label)}
        counts = [f"{text}: {words.orders(count)}" for text, count in zip(texts, orders[label], strict=True)]
        traces.append(_bars(days, orders[label], counts, marker, "y"))
        if revenue is not None:
            money = [
                f"{text}: {formats.money(value, currency)}"
                for text, value in zip(texts, revenue[label], strict=True)
            ]
            traces.append(_bars(days, revenue[label], money, marker, "y2"))
    lower = {"domain": [0, 1 if revenue is None else 0.28], "title": {"text": words.ORDERS}, "nticks": 3}
    upper = {"domain": [0.36, 1], "title": {"text": formats.in_currency("Revenue", "money", currency)}}
    return go.Figure(
        traces,
        _layout(
            MONTHS_HEIGHT,
            barmode="relative",
            bargap=0.2,
            xaxis={**_AXIS, "anchor": "y", **month_ticks(len(months))},
            yaxis={**_AXIS, **lower},
            **({} if revenue is None else {"yaxis2": {**_AXIS, **upper, "nticks": 5}}),
        ),
    )


def share_bars(
    names: Sequence[str], customers: Sequence[float], revenue: Sequence[float] | None
) -> go.Figure:
    """Draw each segment's share of customers, pale, and of revenue; a bar has its segment as customdata.

    :param customers: shares 0..1 (k,); `revenue` likewise, None where nothing is known of amounts.
    """
    k = len(names)
    shown = [_lines(name) for name in names]
    head = LINE_OF_NAME * max(len(lines) for lines in shown) + 2
    kinds = [(customers, PALE, words.OF_CUSTOMERS), *([(revenue, 1.0, words.OF_REVENUE)] if revenue else [])]
    row = head + BAR * len(kinds) + BETWEEN
    bars = [
        _shares(shares, row, head + BAR * (place + 0.5), opacity, told)
        for place, (shares, opacity, told) in enumerate(kinds)
    ]
    widest = max([*customers, *(revenue or ()), 0.01])
    return go.Figure(
        bars,
        _layout(
            row * k,
            bargap=0,
            margin={"l": 0, "r": 0, "t": 0, "b": 0},
            xaxis={**_AXIS, "visible": False, "range": [min([0.0, *(revenue or ())]), widest * 1.22]},
            yaxis={**_AXIS, "visible": False, "range": [row * k, 0]},
            annotations=[_name_of(label, lines, row * label + head) for label, lines in enumerate(shown)],
        ),
    )


def tenth_bars(tenths: Sequence[float]) -> go.Figure:
    """Draw which share of the revenue each tenth of the customers brings, the best tenth first, (10,)."""
    places = list(range(1, len(tenths) + 1))
    bars = {
        "type": "bar",
        "x": places,
        "y": list(tenths),
        "text": [f"{share:.0%}" for share in tenths],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": [PALETTE[0], *[QUIET] * (len(tenths) - 1)], "line": {"width": 0}},
        "hovertemplate": words.TENTH_BRINGS,
    }
    across = {"title": {"text": words.TENTHS_BY_SPEND}, "dtick": 1, "showgrid": False}
    return go.Figure(
        [bars],
        _layout(
            SPREAD_HEIGHT,
            bargap=0.2,
            margin={"l": 8, "r": 8, "t": 24, "b": 8},
            xaxis={**_AXIS, **across},
            yaxis={**_AXIS, "visible": False},
        ),
    )


def retention_map(
    months: Sequence[date], begun: np.ndarray, values: np.ndarray, money: bool, currency: str | None
) -> go.Figure:
    """Draw who came back, a row for each first month, a column for each month since; what is masked is blank.

    :param begun: customers who began in each of m months, (m,).
    :param values: (m, m - 1), NaN where masked: shares 0..1, or with `money` what one of them paid.
    """
    write = partial(formats.money, currency=currency) if money else formats.percent
    rows = [
        words.BEGAN.format(month=f"{day:%b %Y}", customers=f"{many:,}")
        for day, many in zip(months, begun, strict=True)
    ]
    texts = [[write(value) for value in row] for row in values.tolist()]
    cells: dict[str, Any] = {
        "type": "heatmap",
        "x": list(range(1, values.shape[1] + 1)),
        "y": list(range(len(months))),
        "z": values,
        "text": texts,
        "customdata": [[row] * values.shape[1] for row in rows],
        "hovertemplate": words.PAID_LATER if money else words.CAME_BACK,
        "hoverongaps": False,
        "colorscale": [[place / (len(SCALE) - 1), colour] for place, colour in enumerate(SCALE)],
        "xgap": 1,
        "ygap": 1,
        "colorbar": {"thickness": 8, "outlinewidth": 0, "nticks": 5, "tickformat": "" if money else ".0%"},
    }
    across = {"title": {"text": words.MONTHS_SINCE}, "side": "top", "nticks": 12, "showgrid": False}
    every = -(-len(months) // MOST_NAMED)
    named = {"tickvals": cells["y"][::every], "ticktext": [f"{day:%b %Y}" for day in months[::every]]}
    up = {"autorange": "reversed", "showgrid": False, **named}
    return go.Figure(
        [cells],
        _layout(
            max(220, 17 * len(months) + 60),
            xaxis={**_AXIS, **across, "zeroline": False},
            yaxis={**_AXIS, **up, "zeroline": False},
        ),
    )


def _bars(
    days: list[str], values: np.ndarray, told: list[str], marker: dict[str, Any], axis: str
) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": days,
        "y": values,
        "yaxis": axis,
        "text": told,
        "textposition": "none",
        "marker": {"line": {"width": 0}, **marker},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _pattern(label: int) -> dict[str, Any]:
    """Tell segments of one colour apart by what fills their bars."""
    turn = label // len(PALETTE)
    return {"pattern": {"shape": PATTERNS[turn % len(PATTERNS)], "fillmode": "overlay"}} if turn else {}


def _shares(shares: Sequence[float], row: int, down: float, opacity: float, told: str) -> dict[str, Any]:
    """Draw a bar for each segment, so many pixels below the upper end of its row."""
    k = len(shares)
    colours = [style_of(label).colour for label in range(k)]
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(shares),
        "y": [row * label + down for label in range(k)],
        "width": [BAR - 1] * k,
        "customdata": list(range(k)),
        "text": [formats.percent(share) for share in shares],
        "textposition": "outside",
        "textfont": {"size": 12},
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {"color": colours, "opacity": opacity, "line": {"width": 0}},
        "hovertemplate": told,
    }


def _lines(name: str) -> list[str]:
    """Break a name into two lines at most."""
    return [html.escape(line, quote=False) for line in wrap(formats.shortened(name, LONGEST), LONGEST_LINE)]


def _name_of(label: int, lines: Sequence[str], down: int) -> dict[str, Any]:
    style = style_of(label)
    mark = f'<span style="color:{style.colour}">{GLYPHS[style.symbol]}</span> {label + 1}'
    return {
        "text": f"{mark} {'<br>'.join(lines)}",
        "align": "left",
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": down,
        "yanchor": "bottom",
        "borderpad": 0,
        "showarrow": False,
        "font": {"size": 13},
    }


def _layout(height: int, **more: object) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        **more,
    }
