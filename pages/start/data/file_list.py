"""The files, a line each: what it is, how much, how new, and a mark where something is doubtful."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shell import cached
from pages.shell.words import count, plain
from pages.start.data.file_card import file_card
from pages.start.data.words import KINDS, SELDOM, UNSURE
from segmentation import formats
from segmentation.intake.proof.alarm import Alarm
from segmentation.intake.roles import Upload
from segmentation.intake.shop import Shop

ADDS_WIDTH = 190


def file_list(uploads: Sequence[Upload], shop: Shop | None, alarms: Sequence[Alarm]) -> None:
    """Draw a line for each file, which opens to its card."""
    for upload in uploads:
        rules = [rule for rule in shop.set_aside if rule.upload_id == upload.upload_id] if shop else []
        alarmed = any(alarm.file_name == upload.file_name for alarm in alarms)
        name = f"{KINDS[upload.kind].icon} **{plain(upload.file_name)}**"
        label = f"{name} :gray[{_facts(upload)}] {_mark(upload, alarmed, _asked(upload, shop))}".rstrip()
        key = f"file_{upload.upload_id}"
        with st.expander(label, key=key, on_change="rerun") as line:
            if line.open:
                file_card(upload, rules)


def what_others_add(uploads: Sequence[Upload]) -> None:
    """Say of each kind of file that is not there what it would make possible."""
    here = {*SELDOM, *(upload.kind for upload in uploads)}
    missing = [words for kind, words in KINDS.items() if kind not in here]
    if not missing:
        return
    st.markdown(":small[What other files would add]")
    with st.grid(min_column_width=ADDS_WIDTH):
        for words in missing:
            st.caption(f"{words.icon} **{words.label}**  \n{words.makes_possible}")


def _facts(upload: Upload) -> str:
    parts = [KINDS[upload.kind].label, count(upload.rows, "row")]
    if last := cached.summary(upload).last:
        parts.append(f"newest {formats.date(last)}")
    return " · ".join(parts)


def _asked(upload: Upload, shop: Shop | None) -> int:
    """Count the questions that are open: the other files may have settled some."""
    doubts = [one for one in shop.doubts if one.upload_id == upload.upload_id] if shop else upload.doubts
    return sum(not doubt.answered for doubt in doubts)


def _mark(upload: Upload, alarmed: bool, asked: int) -> str:
    if alarmed:
        return ":red-badge[:material/error: look at this]"
    if asked:
        return f":orange-badge[:material/help: {count(asked, 'question')}]"
    if upload.rejected:
        return f":orange-badge[:material/help: {count(upload.rejected, 'row')} not readable]"
    if upload.kind_confidence < UNSURE:
        return ":orange-badge[:material/help: please check]"
    return ""
