"""What customers are worth: per segment, and how the forecast held against what came."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from pages.shell.swatch import MARK, coloured, glyph
from pages.shell.words import plain, sentence
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.retention import (
    AT_RISK,
    HORIZONS,
    Outlook,
    ValueCheck,
    ValueModel,
    check_sentences,
    plain_way_notes,
    segment_outlook,
    value_notes,
)
from segmentation.charts.retention import foretold_and_came
from segmentation.runs import Run, View

HORIZON = "retain_horizon"
RISKED = "At risk"
HOW_VALUED = (
    "How often a customer orders and until when is told by MBG/NBD (Batislam et al. 2007), fitted by maximum "
    "likelihood to each one’s order days, time from first to last order and time since the first; how much "
    "by gamma-gamma (Fader and Hardie 2013), net of returns. Orders of one day count once. Intervals of 80% "
    "hold the chance of single orders and amounts: from the first to the ninth tenth, or from nothing to the "
    "eighth tenth where no order at all has a chance of a tenth or more; they are stretched so that they "
    "hold 80% of each tenth of customers in the latest period (split conformal prediction, Vovk et al. 2005)."
    "  \nTwo plain ways stand beside the model: repeat orders ÷ time so far, and the same as in the period "
    "before, each giving those of whom it expects nothing what such customers brought. A plain way is used "
    "where it is not behind the model by more than chance, neither in its errors nor in their squares, for "
    "as many days as it was tested on; what lies beyond is the model’s. The "
    "level of all is corrected by what the latest period was off by and, where they are known, the same days "
    "and the latest period of a year before: by as much of it as lasts if level, drift, season and chance "
    "are alike in size (best linear prediction).  \n**At risk** is the risk to "
    "leave × what the customer would bring by staying, here, in the Playbook (of the next 365 days) and in "
    "every file."
)


def horizon() -> int:
    """Let the days ahead be chosen, for the whole page."""
    return int(
        st.segmented_control(
            "Days ahead",
            HORIZONS,
            default=max(HORIZONS),
            required=True,
            key=HORIZON,
            persist_state="session",
        )
    )


def segments_view(view: View, found: Outlook) -> None:
    """Show what every segment will bring, and what of it is at risk; or why neither can be told."""
    st.header("What each segment is worth, and what is at risk")
    if found.value is None and found.churn is None:
        _no_value(found)
        return
    days = horizon()
    table = segment_outlook(workspace(), view, days)
    st.dataframe(
        segments_table(view, found, table),
        hide_index=True,
        key="retain_segments",
        height="content",
        column_config={
            MARK: st.column_config.Column(width=30),
            in_unit(RISKED, found): st.column_config.Column(help=AT_RISK),
        },
        alt="Expected orders, spend and risk per segment",
    )
    if found.value is None:
        _no_value(found)
    else:
        for note in (*plain_way_notes(found.check, found.in_margin), *value_notes(found.value, days)):
            st.caption(f":material/info: {plain(note)}")


def _no_value(found: Outlook) -> None:
    st.info(sentence(found.no_value), title="No value can be foretold")


def segments_table(view: View, found: Outlook, table: pd.DataFrame) -> Styler:
    """Put the figures per segment side by side; what could not be made has no column."""
    money = partial(formats.money, currency=view.run.currency)
    segments = [one.label for one in view.segments]
    shown = {MARK: [glyph(one) for one in segments], "Segment": view.names, "Customers": table["customers"]}
    how: dict[str, object] = {"Customers": "{:,}"}
    if found.value is not None:
        shown |= {"Orders expected": table["orders"]}
        how |= {"Orders expected": "{:,.0f}"}
    if found.has_spend:
        expected = "Margin expected" if found.in_margin else "Spend expected"
        shown |= {expected: table["spend"]}
        how |= {expected: money}
    if found.churn is not None:
        shown |= {"Average risk": table["risk"], "Likely to leave": table["likely"]}
        how |= {"Average risk": formats.percent, "Likely to leave": "{:,}"}
    if found.churn is not None and found.value is not None:
        risked = in_unit(RISKED, found)
        shown |= {risked: table["at_risk"]}
        how |= {risked: money if found.has_spend else formats.number}
    return coloured(pd.DataFrame(shown).style.format(how), segments)  # type: ignore[arg-type]


def in_unit(header: str, found: Outlook) -> str:
    """Head a column of worth: in money, or in margin where costs count, unless orders alone are foretold."""
    if not found.has_spend:
        return f"{header} (orders)"
    return f"{header} (margin)" if found.in_margin else header


def value_view(run: Run, found: Outlook) -> None:
    """Show how the forecast of orders and spend held against the past."""
    if found.value is None:
        return
    st.header("How good is the forecast of orders and spend?")
    if found.check is None:
        st.caption(f"It could not be checked: {plain(found.no_check)}")
    else:
        _check(found.check, run.currency, found.in_margin)
    with st.expander("How this is computed"):
        st.markdown(HOW_VALUED)
        st.markdown(_parameters(found.value))


def _check(check: ValueCheck, currency: str | None, in_margin: bool) -> None:
    st.markdown("\n".join(f"- {plain(one)}" for one in check_sentences(check, currency, in_margin)))
    repeats, _, foretold, came = zip(*check.by_repeats, strict=True)
    groups = [f"{one + 1}{' or more' if one == repeats[-1] else ''}" for one in repeats]
    st.plotly_chart(
        foretold_and_came(groups, foretold, came),
        key="retain_check",
        config={"displayModeBar": False},
        alt="Orders foretold and orders that came, by how often customers had ordered before",
    )


def _parameters(model: ValueModel) -> str:
    buying, spending = model.buying, model.spending
    told = (
        f"Fitted to {buying.customers:,} customers, of whom {model.repeating:,} came back: r = "
        f"{buying.r:.3g}, alpha = {buying.alpha:.3g} days, a = {buying.a:.3g}, b = {buying.b:.3g}"
    )
    if spending:
        told += f"; p = {spending.p:.3g}, q = {spending.q:.3g}, gamma = {spending.gamma:.3g}"
    if model.correlation is not None:
        told += f"; correlation of orders and amount per order r = {model.correlation:.2f}"
    return f"{told}."
