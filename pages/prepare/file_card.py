"""One uploaded file on screen: what it is, what is in it, what its columns mean, and how to correct that."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.prepare.vocabulary import KINDS, ROLES, sureness
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.shop import SetAside
from segmentation.intake.uploads import preview, rejects, set_kind, set_role

COLUMNS_PER_PAGE = 20


def file_card(upload: Upload, set_aside: Sequence[SetAside]) -> None:
    """Draw the card of a file."""
    key = upload.upload_id
    st.markdown(f"{KINDS[upload.kind].icon} **{plain(upload.file_name)}**")
    st.caption(_summary(upload))
    _kind_choice(upload)
    columns = st.expander("Columns and what they mean", key=f"columns_{key}", on_change="rerun")
    if columns.open:
        with columns:
            _columns(upload)
    rows = st.expander("First rows", key=f"rows_{key}", on_change="rerun")
    if rows.open:
        rows.dataframe(preview(workspace(), key), hide_index=True)
    if upload.rejected or set_aside:
        aside = st.expander("What was set aside", key=f"aside_{key}", on_change="rerun")
        if aside.open:
            with aside:
                _set_aside(upload, set_aside)


def _summary(upload: Upload) -> str:
    parts = [count(upload.rows, "row"), count(len(upload.columns), "column")]
    if upload.rejected:
        parts.append(f"{count(upload.rejected, 'row')} could not be read")
    return " · ".join(parts)


def _kind_choice(upload: Upload) -> None:
    key = f"kind_{upload.upload_id}"
    st.selectbox(
        "Each row is",
        list(Kind),
        index=list(Kind).index(upload.kind),
        format_func=lambda kind: f"{KINDS[kind].label}: {KINDS[kind].row}",
        key=key,
        help=plain(upload.kind_reason),
        on_change=lambda: set_kind(workspace(), upload.upload_id, st.session_state[key]),
    )


def _columns(upload: Upload) -> None:
    samples = preview(workspace(), upload.upload_id)
    pages = -(-len(upload.columns) // COLUMNS_PER_PAGE)
    page = st.pagination(pages, key=f"page_{upload.upload_id}") if pages > 1 else 1
    first = (page - 1) * COLUMNS_PER_PAGE
    for column in upload.columns[first : first + COLUMNS_PER_PAGE]:
        _column(upload, column, [str(value) for value in samples.iloc[:, column.position].dropna().head(3)])


def _column(upload: Upload, column: Column, samples: Sequence[str]) -> None:
    key = f"role_{upload.upload_id}_{column.position}"
    name, role, reason = st.columns([3, 3, 4], vertical_alignment="center")
    name.markdown(f"**{plain(column.name)}**")
    name.caption(plain(", ".join(sample[:40] for sample in samples)) or "empty")
    role.selectbox(
        f"Meaning of {column.name}",
        list(Role),
        index=list(Role).index(column.role),
        format_func=ROLES.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=lambda: set_role(workspace(), upload.upload_id, column.name, st.session_state[key]),
    )
    words, colour = sureness(column.confidence)
    reason.caption(f":{colour}-badge[{words} · {formats.percent(column.confidence)}] {plain(column.reason)}")


def _set_aside(upload: Upload, set_aside: Sequence[SetAside]) -> None:
    for rule in set_aside:
        st.markdown(f"- {count(rule.rows, 'row')}: {plain(rule.rule)}")
    if upload.rejected:
        table = rejects(workspace(), upload.upload_id)
        st.dataframe(table, hide_index=True)
