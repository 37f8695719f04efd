"""Questions where the files can be read in two ways, each answer with what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.shell import cached
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.intake.roles import Doubt, Option, Upload
from segmentation.intake.uploads.answers import answer_doubt

MOST = 3


def doubts_view(
    doubts: Sequence[Doubt],
    uploads: Sequence[Upload],
    currency: str | None,
    answer: Callable[[Doubt, int], object],
) -> None:
    """Ask what is open; the likelier answer is marked and holds until another one is kept.

    :param answer: called with a question and the place of the answer that a person keeps.
    """
    names = {upload.upload_id: upload.file_name for upload in uploads}
    for doubt in doubts[:MOST]:
        with st.container(border=True, key=f"doubt_{doubt.upload_id}_{doubt.code}"):
            _question(doubt, names.get(doubt.upload_id, ""), currency, answer)


def _question(
    doubt: Doubt, file_name: str, currency: str | None, answer: Callable[[Doubt, int], object]
) -> None:
    key = f"{doubt.upload_id}_{doubt.code}"
    st.markdown(f":material/help: **{plain(doubt.question)}**  \n:small[:gray[{plain(file_name)}]]")
    chosen = st.radio(
        doubt.question,
        range(len(doubt.options)),
        index=doubt.taken,
        format_func=lambda place: plain(doubt.options[place].answer) + _mark(doubt, place),
        captions=[plain(consequence(option, currency)) for option in doubt.options],
        key=f"answer_{key}",
        label_visibility="collapsed",
    )
    if st.button("Keep this answer", key=f"keep_{key}", icon=":material/check:"):
        answer(doubt, chosen)
        st.rerun()


def _mark(doubt: Doubt, place: int) -> str:
    if place != doubt.taken:
        return ""
    return " *(your answer)*" if doubt.answered else " *(taken meanwhile)*"


def keep_answer(doubt: Doubt, place: int) -> None:
    """Read the file by this answer from now on, and later files of the same header."""
    answer_doubt(workspace(), doubt.upload_id, doubt.code, place)
    cached.forget_shop()  # the files may be read as before, but another question may be open


def consequence(option: Option, currency: str | None) -> str:
    """Say what the files come to with an answer: "€16,753 in 120 orders of 84 customers, 3 Jan to …"."""
    parts = []
    if option.revenue is not None:
        parts.append(formats.money(option.revenue, currency))
    if option.orders is not None:
        parts.append(f"{' in ' if parts else ''}{count(option.orders, 'order')}")
    if option.customers is not None:
        parts.append(f"{' of ' if parts else ''}{count(option.customers, 'customer')}")
    told = "".join(parts)
    if option.first and option.last:
        return f"{told}{', ' if told else ''}{formats.date(option.first)} to {formats.date(option.last)}"
    return told
