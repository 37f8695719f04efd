"""Customers between two segments: how many, who, and where they would go next."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from pages.shell.audience.button import audience_button
from pages.shell.audience.logged import logged
from pages.shell.browser.fold import fold
from pages.shell.held.remembered import remembered
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.audience import borderline_people
from segmentation.action.files import to_csv_bytes
from segmentation.insight.sentences.segments import HOW_COMPUTED
from segmentation.runs import View
from segmentation.runs.borderline import SURE, Borderline, find_borderline

ROWS_SHOWN = 1_000


def borderline_view(view: View) -> None:
    """Show who could as well be in another segment, where somebody asks."""
    fold("Who sits between two segments?", "trust_borderline_open", partial(_borderline, view))


def _borderline(view: View) -> None:
    run = view.run
    found = _found(run.run_id, view.k, view)
    if found is None:
        st.info("These segments were found by an earlier version. Find them anew to see who is on a border.")
        return
    if not len(found.customers):
        st.markdown(f"**Nobody**: every customer keeps the segment in at least {SURE:.0%} of all re-samples.")
        return
    share = formats.percent(len(found.customers) / run.customers)
    st.markdown(
        f"**{count(len(found.customers), 'customer')} ({share}) may well be in another segment**: found anew "
        f"among other customers, fewer than {SURE:.0%} of the time they are in this one."
    )
    st.markdown("\n".join(f"- {line}" for line in _by_segment(view, found)))
    st.dataframe(table_of(view, found, ROWS_SHOWN), hide_index=True, key="trust_borderline")
    if len(found.customers) > ROWS_SHOWN:
        st.caption(f"The {ROWS_SHOWN:,} most undecided are listed; the file has all of them.")
    with st.container(horizontal=True):
        audience_button(borderline_people(view, found), "borderline")
        _download(view, found)
    with st.expander("How this is computed"):
        st.markdown(HOW_COMPUTED["confidence"])


def _download(view: View, found: Borderline) -> None:
    people, file_name = borderline_people(view, found), f"borderline-customers-{view.k}.csv"
    rows = len(found.customers)
    st.download_button(
        "Download the borderline customers (CSV)",
        data=logged(
            lambda: to_csv_bytes(table_of(view, found, rows)),
            file_name,
            rows,
            lambda: people.customer_ids,
            people.code,
        ),
        file_name=file_name,
        mime="text/csv",
        key="_download_borderline",
        on_click="ignore",
        icon=":material/download:",
    )


def table_of(view: View, found: Borderline, rows: int) -> pd.DataFrame:
    """Write the first of them in words."""
    names = np.array(view.names, dtype=object)
    first = found.customers.head(rows)
    seconds = names[first["second"]]
    kept = [formats.percent(confidence) for confidence in first["confidence"]]
    return pd.DataFrame(
        {
            "Customer": first["customer_id"],
            "Segment": names[first["segment"]],
            "Next segment": seconds,
            "Confidence": kept,
        }
    )


def _by_segment(view: View, found: Borderline) -> list[str]:
    """Say of each segment how many of it are borderline, and where most of them would go."""
    lines = []
    for segment, name in zip(view.segments, view.names, strict=True):
        number = int(found.counts[segment.label])
        if not number:
            lines.append(f"**{plain(name)}**: nobody")
            continue
        nexts = found.customers.loc[found.customers["segment"] == segment.label, "second"].value_counts()
        to = view.names[int(nexts.index[0])]
        share = formats.percent(number / segment.size)
        most = "" if len(nexts) == 1 else "most of them "
        lines.append(f"**{plain(name)}**: {number:,} ({share} of it), {most}next to “{plain(to)}”")
    return lines


@remembered(12)
def _found(run_id: str, k: int, _view: View) -> Borderline | None:
    return find_borderline(workspace(), _view)
