"""One uploaded file on screen: what it is, what is in it, what its columns mean, and how to correct that."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from pages.shell import cached
from pages.shell.deletion import delete_file_button
from pages.shell.guard import correct
from pages.shell.people.rights import may
from pages.shell.words import count, plain, sentence
from pages.shell.workspace import job_manager, workspace
from pages.start.data.words import KINDS, sureness
from segmentation import formats
from segmentation.intake.roles import Column, Kind, Role, Upload
from segmentation.intake.shop import LedgerEntry
from segmentation.intake.uploads.corrections import preview, rejects, set_kind, set_role, swap_day_and_month
from segmentation.intake.uploads.money_words import money_words
from segmentation.intake.uploads.sheets import choose_sheet, sheets_of
from segmentation.intake.values.dates import day_and_month_swapped, order_of
from segmentation.intake.words import ROLES, RULE_WORDS
from segmentation.people import Right

COLUMNS_PER_PAGE = 25


class Inside(StrEnum):
    """What a card can be opened to show."""

    COLUMNS = "Columns"
    ROWS = "First rows"
    SET_ASIDE = "Set aside"


def file_card(upload: Upload, set_aside: Sequence[LedgerEntry]) -> None:
    """Draw the card of a file: what is in it, and how to correct what it is taken for."""
    key = upload.upload_id
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":small[:gray[{_summary(upload)}]]", width="stretch")
        _sheet_choice(upload)
        _kind_choice(upload)
        delete_file_button(upload)
    if paid := money_words(upload):
        st.caption(plain(paid))
    if not may(Right.EDIT):
        return
    views = [Inside.COLUMNS, Inside.ROWS, *([Inside.SET_ASIDE] if upload.rejected or set_aside else [])]
    match st.segmented_control("Look inside", views, key=f"view_{key}", label_visibility="collapsed"):
        case Inside.COLUMNS:
            _columns(upload)
        case Inside.ROWS:
            st.dataframe(preview(workspace(), key), hide_index=True)
        case Inside.SET_ASIDE:
            _set_aside(upload, set_aside)


def _summary(upload: Upload) -> str:
    found = cached.summary(upload)
    parts = [count(upload.rows, "row"), count(len(upload.columns), "column")]
    if found.customers is not None:
        parts.append(count(found.customers, "customer"))
    if found.first and found.last:
        parts.append(f"{formats.date(found.first)} to {formats.date(found.last)}")
    if upload.rejected:
        parts.append(f"{count(upload.rejected, 'row')} could not be read")
    return " · ".join(parts)


def _kind_choice(upload: Upload) -> None:
    # The key holds what is stored, so that another tab's correction is shown here and not undone.
    chosen = st.selectbox(
        "Each row is",
        list(Kind),
        index=list(Kind).index(upload.kind),
        format_func=lambda kind: f"{KINDS[kind].label}: {KINDS[kind].row}",
        key=f"kind_{upload.upload_id}_{upload.kind}",
        label_visibility="collapsed",
        width=290,
    )
    if chosen and chosen != upload.kind:
        correct(lambda: set_kind(workspace(), upload.upload_id, chosen))


def _sheet_choice(upload: Upload) -> None:
    sheets = sheets_of(workspace(), upload.upload_id)
    if not sheets:
        return
    chosen = st.selectbox(
        "Sheet of the workbook",
        sheets,
        format_func=lambda name: f"Sheet: {name}",
        index=sheets.index(upload.delimiter),
        key=f"sheet_{upload.upload_id}",
        label_visibility="collapsed",
        width=160,
        disabled=job_manager().running is not None,
    )
    if chosen and chosen != upload.delimiter:
        correct(lambda: choose_sheet(workspace(), upload.upload_id, chosen))


def _columns(upload: Upload) -> None:
    kind = KINDS[upload.kind]
    st.markdown(f"**{kind.label}: {kind.row}** {_why(upload.kind_confidence, upload.kind_reason)}")
    samples = preview(workspace(), upload.upload_id)
    pages = -(-len(upload.columns) // COLUMNS_PER_PAGE)
    page = st.pagination(pages, key=f"page_{upload.upload_id}") if pages > 1 else 1
    first = (page - 1) * COLUMNS_PER_PAGE
    for column in upload.columns[first : first + COLUMNS_PER_PAGE]:
        _column(
            upload, column, [str(value) for value in samples.iloc[:, column.position].dropna().unique()[:3]]
        )


def _column(upload: Upload, column: Column, samples: Sequence[str]) -> None:
    examples = plain(", ".join(sample[:40] for sample in samples)) or "empty"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(formats.shortened(column.name))}**  \n:small[:gray[{examples}]]", width=220)
        chosen = st.selectbox(
            f"Meaning of {formats.shortened(column.name)}",
            list(Role),
            index=list(Role).index(column.role),
            format_func=ROLES.__getitem__,
            key=f"role_{upload.upload_id}_{column.position}_{column.role}",
            label_visibility="collapsed",
            width=190,
        )
        st.markdown(_why(column.confidence, column.reason), width=360)
        _order_of_day_and_month(upload, column)
    if chosen and chosen != column.role:
        correct(lambda: set_role(workspace(), upload.upload_id, column.name, chosen))


def _why(confidence: float, reason: str) -> str:
    """Say how sure a guess is, and what it rests on."""
    words, colour = sureness(confidence)
    return f":{colour}-badge[{words} · {confidence:.0%}] :small[:gray[{sentence(reason)}]]"


def _order_of_day_and_month(upload: Upload, column: Column) -> None:
    """Let dates such as 03/04/2024 be read the other way."""
    if column.role is not Role.TIMESTAMP or not day_and_month_swapped(column.value_format):
        return
    day_first = order_of(column.value_format) == "dmy"
    if st.button(
        "Day first" if day_first else "Month first",
        key=f"swap_{upload.upload_id}_{column.position}",
        icon=":material/swap_horiz:",
        help=f"Read the {'month' if day_first else 'day'} first instead",
        type="tertiary",
    ):
        correct(lambda: swap_day_and_month(workspace(), upload.upload_id, column.name))


def _set_aside(upload: Upload, set_aside: Sequence[LedgerEntry]) -> None:
    for entry in set_aside:
        st.markdown(f"- {count(entry.rows, 'row')}: {RULE_WORDS[entry.rule].title}")
    if upload.rejected:
        table = rejects(workspace(), upload.upload_id)
        st.dataframe(table, hide_index=True)
