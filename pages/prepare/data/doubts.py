"""Questions where the files can be read in two ways, each answer with what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.shell.doubts import consequence
from pages.shell.words import plain
from segmentation.intake.roles import Doubt, Upload

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
        format_func=lambda place: plain(doubt.options[place].answer) + _mark(place == doubt.taken),
        captions=[plain(consequence(option, currency)) for option in doubt.options],
        key=f"answer_{key}",
        label_visibility="collapsed",
    )
    if st.button("Keep this answer", key=f"keep_{key}", icon=":material/check:"):
        answer(doubt, chosen)
        st.rerun()


def _mark(taken: bool) -> str:
    return " *(taken meanwhile)*" if taken else ""
