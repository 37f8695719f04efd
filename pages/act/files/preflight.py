"""What the check of an audience found: who is in, who is left out and why, and the files to take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st

from pages.act.logged import logged
from pages.shell.audiences import AudienceRequest, checked
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.action.audience import REASONS, Audience, note_audience


def preflight(request: AudienceRequest) -> None:
    """Show the result of the latest check of just these choices; nothing before there is one."""
    found = checked(request)
    if found is None:
        return
    with st.container(border=True, key="preflight"):
        share = formats.percent(found.people / found.chosen if found.chosen else 0)
        st.markdown(
            f"**{count(found.people, 'person', 'people')}** of {count(found.chosen, 'customer')} ({share}) "
            "go into the file."
        )
        for warning in found.warnings:
            st.caption(f":material/info: {plain(warning)}")
        if found.left_out:
            _left_out(found)
        _downloads(request, found)


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
    with st.container(horizontal=True):
        for number, path in enumerate(found.files):
            st.download_button(
                "Download the audience" if len(found.files) == 1 else f"Download part {number + 1}",
                data=_taken(request, found, path),
                file_name=path.name,
                mime="text/csv",
                key=f"_download_audience_{number}",
                on_click="ignore",
                type="primary",
                icon=":material/download:",
                disabled=not found.people,
            )
        st.download_button(
            "Who was left out (CSV)",
            data=logged(
                found.list_of_left_out.read_bytes,
                found.list_of_left_out.name,
                sum(found.left_out.values()),
            ),
            file_name=found.list_of_left_out.name,
            mime="text/csv",
            key="_download_left_out",
            on_click="ignore",
            help="With your own customer ids: for you, not for the platform.",
        )


def _taken(request: AudienceRequest, found: Audience, path: Path) -> Callable[[], bytes]:
    opened = workspace()

    def taken() -> bytes:
        note_audience(opened, found, request.segment)
        return path.read_bytes()

    return taken
