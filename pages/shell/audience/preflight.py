"""What the check of an audience found: who is in, who is left out and why, and the files to take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from pages.shell import latest
from pages.shell.audience.checked import AudienceRequest
from pages.shell.audience.logged import logged
from pages.shell.people.files import tell
from pages.shell.people.rights import require
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.audience import REASONS, Audience, PeopleList, file_stem, note_audience, rows_of
from segmentation.action.files import RunFiles, placed_csv
from segmentation.people import Right
from segmentation.runs import Run, View


def preflight(request: AudienceRequest, found: Audience) -> None:
    """Show what the check of just these choices found."""
    with st.container(border=True, key="preflight"):
        with st.container(horizontal=True):
            st.metric("On the list", f"{found.chosen:,}", width=90)
            st.metric("In the file", f"{found.people:,}", width=90)
            st.metric("Left out", f"{found.chosen - found.people:,}", width=90)
        for warning in found.warnings:
            st.caption(f":material/info: {plain(warning)}")
        if found.left_out:
            _left_out(found)
        _downloads(request, found)


def customer_file(run: Run, people: PeopleList) -> None:
    """Offer the list as it is: customer ids with all that is known of each, whether or not one can write."""
    view, rows = latest.view(run, people.k), len(people.customer_ids)
    file_name = f"{file_stem(people, 'customers', _today())}-{rows}.csv"
    _download(
        f"All {rows:,} with customer ids (CSV)",
        logged(
            lambda: _as_they_are(view, people),
            file_name,
            rows,
            lambda: people.customer_ids,
            people.code,
        ),
        file_name,
        "_download_ids",
        about="With segment and figures of each, whether or not they can be reached: for your own eyes.",
    )


def _as_they_are(view: View, people: PeopleList) -> bytes:
    if people.placed is None:
        return RunFiles(view).customers(rows_of(view, people))
    return placed_csv(view, people.customer_ids, people.placed.segment)


def _left_out(found: Audience) -> None:
    table = pd.DataFrame(
        {
            "Left out because": [formats.capitalised(REASONS[reason]) for reason in found.left_out],
            "Customers": list(found.left_out.values()),
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        key="left_out",
        height="content",
        column_config={"Customers": st.column_config.NumberColumn(format="localized")},
    )


def _downloads(request: AudienceRequest, found: Audience) -> None:
    number = count(found.people, "person", "people")
    with st.container(horizontal=True):
        for part, path in enumerate(found.files):
            st.download_button(
                f"Download {number} (CSV)" if len(found.files) == 1 else f"Download part {part + 1}",
                data=_taken(request, found, path),
                file_name=path.name,
                mime="text/csv",
                key=f"_download_audience_{part}",
                on_click="ignore",
                type="primary",
                icon=":material/download:",
                disabled=not found.people,
            )
        _download(
            "Who was left out (CSV)",
            logged(
                found.list_of_left_out.read_bytes,
                found.list_of_left_out.name,
                sum(found.left_out.values()),
                lambda: _left_out_of(request, found),
                request.people.code,
            ),
            found.list_of_left_out.name,
            "_download_left_out",
            about="With your own customer ids: for you, not for the platform.",
        )
        customer_file(request.run, request.people)


def _left_out_of(request: AudienceRequest, found: Audience) -> np.ndarray:
    return np.setdiff1d(request.people.customer_ids.astype(str), found.members.astype(str))


def _taken(request: AudienceRequest, found: Audience, path: Path) -> Callable[[], bytes]:
    opened, view = workspace(), latest.view(request.run, request.people.k)

    def taken() -> bytes:
        require(Right.EDIT)
        tell(found.people, request.people.code)
        note_audience(opened, view, found, request.people)
        return path.read_bytes()

    return taken


def _download(label: str, data: Callable[[], bytes], file_name: str, key: str, about: str) -> None:
    st.download_button(
        label,
        data=data,
        file_name=file_name,
        mime="text/csv",
        key=key,
        on_click="ignore",
        icon=":material/download:",
        help=about,
    )


def _today() -> date:
    return datetime.now(UTC).date()
