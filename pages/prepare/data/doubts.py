"""Questions where the files can be read in two ways, each answer with what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.shell.doubts import Asked, consequence, place_taken
from pages.shell.words import plain

MOST = 3


def doubts_view(asked: Sequence[Asked], currency: str | None, answer: Callable[[Asked, int], object]) -> None:
    """Ask what is open; the likelier answer is marked and holds until another one is kept.

    :param answer: called with a question and the place of the answer that a person keeps.
    """
    for one in asked[:MOST]:
        with st.container(border=True, key=f"doubt_{one.upload_id}_{one.doubt.code}"):
            _question(one, currency, answer)


def _question(asked: Asked, currency: str | None, answer: Callable[[Asked, int], object]) -> None:
    doubt, taken = asked.doubt, place_taken(asked.doubt)
    key = f"{asked.upload_id}_{doubt.code}"
    st.markdown(
        f":material/help: **{plain(doubt.question)}**  \n:small[:gray[{plain(asked.file_name)}]]",
    )
    chosen = st.radio(
        doubt.question,
        range(len(doubt.options)),
        index=taken,
        format_func=lambda place: (
            plain(doubt.options[place].answer) + (" *(taken meanwhile)*" if place == taken else "")
        ),
        captions=[plain(consequence(option, currency)) for option in doubt.options],
        key=f"answer_{key}",
        label_visibility="collapsed",
    )
    if st.button("Keep this answer", key=f"keep_{key}", icon=":material/check:"):
        answer(asked, chosen)
        st.rerun()
