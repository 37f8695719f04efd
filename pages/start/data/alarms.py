"""What cannot be right, in red, with the column it is about and what may mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.shell.guard import correct
from pages.shell.options import load_options, save_cleaning
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.intake.proof.alarm import Alarm, Code, Remedy
from segmentation.intake.proof.remedies import mend
from segmentation.intake.proof.words import alarm_sentence, alarm_title, remedy_label
from segmentation.intake.uploads.corrections import get_upload


def alarms_view(alarms: Sequence[Alarm]) -> None:
    """Draw a red box for each, with its remedies."""
    for place, alarm in enumerate(alarms):
        with st.container(key=f"alarm_{place}", gap="small"):
            st.error(plain(alarm_sentence(alarm)), title=alarm_title(alarm), icon=":material/error:")
            with st.container(horizontal=True, vertical_alignment="bottom"):
                for position, remedy in enumerate(alarm.remedies):
                    _offer(remedy, f"remedy_{place}_{position}")


NOT_YET = {
    Code.NO_CUSTOMERS: "First say who the customers are.",
    Code.EMPTY_SHOP: "First say which rows are orders.",
}


def why_not_yet(alarms: Sequence[Alarm]) -> str:
    """Say what is missing before segments can be found; nothing where they can."""
    return next((NOT_YET[alarm.code] for alarm in alarms if alarm.code in NOT_YET), "")


def _offer(remedy: Remedy, key: str) -> None:
    label = remedy_label(remedy)
    if not remedy.role or remedy.column:
        if st.button(plain(label), key=key, icon=":material/build:"):
            _mend(remedy)
        return
    columns = [
        c.name for c in get_upload(workspace(), remedy.upload_id).columns if c.name != remedy.instead_of
    ]
    chosen = st.selectbox(label, columns, index=None, key=key, placeholder="Choose a column", width=300)
    if chosen:
        _mend(replace(remedy, column=chosen))


def _mend(remedy: Remedy) -> None:
    correct(lambda: save_cleaning(workspace(), mend(workspace(), remedy, load_options(workspace()).cleaning)))
