"""The win-back list: who is more likely to leave than to stay, the most at risk first, and why."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from pages.act.win_back.value import HORIZON, RISKED, in_unit
from pages.shell.audience.logged import logged
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.retention import (
    EXPECTED_TO_STAY,
    HORIZONS,
    ChurnDefinition,
    Outlook,
    Silence,
    are_expected_to_stay,
    count_win_back,
    definition_sentence,
    list_win_back,
    retention_csv,
    silence_sentence,
    usual_silence,
    win_back_csv,
    win_back_frame,
)
from segmentation.runs import Run, View

ROWS_SHOWN = 200
WIDTHS: dict[str, int] = {
    "Customer": 80,
    "Segment": 165,
    "Why": 450,
    "Risk to leave": 90,
    RISKED: 80,
    f"{RISKED} (orders)": 125,
    "Expected (8 in 10)": 165,
}
"""In pixels, so that what matters fits a usual screen."""


def list_view(view: View, found: Outlook) -> None:
    """Show whom to win back first, and offer the whole list."""
    if found.churn is None or found.definition is None:
        return
    st.subheader("Whom to win back first, or keep from leaving")
    silence = _silence(found.definition)
    days = int(st.session_state.get(HORIZON) or max(HORIZONS))
    likely = count_win_back(workspace(), view.run, silence)
    st.markdown(
        f"**{count(likely.listed, 'customer')}** {'is' if likely.listed == 1 else 'are'} overdue, and more "
        "likely to leave than to stay."
        if likely.listed
        else "**Nobody** is overdue and more likely to leave than to stay: there is nobody to win back."
    )
    left_out = (
        f"Left out though they are likely to leave: {count(likely.too_recent, 'customer')} not overdue yet, "
        f"and {likely.gone:,} silent for more than {formats.days(silence.up_to)}. "
    )
    st.caption(
        f"{silence_sentence(silence.without_rhythm)} {left_out if likely.too_recent + likely.gone else ''}"
        f"{plain(definition_sentence(found.definition))}"
    )
    if likely.listed:
        st.markdown(
            f"First comes where most is at risk: the risk × what the customer would bring in {days} days if "
            "they stayed."
        )
        rows = win_back_frame(workspace(), view, found, days, silence, ROWS_SHOWN)
        st.dataframe(
            list_table(view.run, found, rows),
            hide_index=True,
            key="retain_list",
            column_config={name: st.column_config.Column(width=wide) for name, wide in WIDTHS.items()},
        )
        if are_expected_to_stay(rows):
            st.caption(f":material/info: {EXPECTED_TO_STAY}")
    if likely.listed > ROWS_SHOWN:
        st.caption(f"The first {ROWS_SHOWN:,} are listed; the file has all of them.")
    _downloads(view, found, days, silence, likely.listed)


def _silence(definition: ChurnDefinition) -> Silence:
    """Let it be chosen how long a customer must have been silent, and for how long at most."""
    usual = usual_silence(definition)
    with st.container(horizontal=True):
        least = st.number_input(
            "With fewer than three orders, silent for at least (days)",
            1,
            definition.covered,
            usual.without_rhythm,
            key="retain_least",
            help="Who ordered days ago is not lost yet. Customers with three orders or more are measured by "
            "their own usual interval.",
            width=380,
        )
        most = st.number_input(
            "Leave out who has been silent for more than (days)",
            1,
            definition.covered,
            usual.up_to,
            key="retain_silent",
            help="Whoever has been silent for very long is hardly won back, however much was at risk.",
            width=380,
        )
    return Silence(int(most), int(least))


def list_table(run: Run, found: Outlook, rows: pd.DataFrame) -> pd.DataFrame:
    """Write the list for people; what they bring by staying is not written twice."""
    shown = {
        "Customer": rows["customer_id"],
        "Segment": rows["segment_name"],
        "Why": rows["reason"],
        "Risk to leave": [formats.percent(one) for one in rows["risk"]],
    }
    if found.value is not None:
        money = found.has_spend
        write = partial(formats.money, currency=run.currency) if money else formats.number
        shown[in_unit(RISKED, found)] = [write(one) for one in rows["at_risk"]]
        ends = zip(*(rows[f"expected{end}"] for end in ("", "_low", "_high")), strict=True)
        shown["Expected (8 in 10)"] = [
            f"{write(one)} ({write(low)} to {write(high)})" for one, low, high in ends
        ]
        if not are_expected_to_stay(rows):
            shown[in_unit("Worth if they stay", found)] = [write(one) for one in rows["if_stays"]]
    return pd.DataFrame(shown)


def _downloads(view: View, found: Outlook, days: int, silence: Silence, listed: int) -> None:
    def members() -> np.ndarray:
        return list_win_back(workspace(), view, days, silence)["customer_id"].to_numpy(dtype=object)

    files = [
        (
            "Download the win-back list (CSV)",
            lambda: win_back_csv(workspace(), view, found, days, silence),
            "win-back.csv",
            listed,
            members,
        ),
        (
            "All customers with value and risk (CSV)",
            lambda: retention_csv(workspace(), view),
            "customers-value-and-risk.csv",
            view.run.customers,
            None,
        ),
    ]
    with st.container(horizontal=True):
        for label, data, name, rows, named in files[not listed :]:
            st.download_button(
                label,
                data=logged(data, name, rows, named),
                file_name=name,
                mime="text/csv",
                key=f"_download_{name}",
                on_click="ignore",
                icon=":material/download:",
            )
