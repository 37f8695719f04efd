"""A card per segment: its name, what the name rests on, and beside it what a language model suggests."""

from __future__ import annotations

import streamlit as st

from pages.shell import latest
from pages.shell.routes import PROFILE
from pages.shell.swatch import swatch
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.insight.language_model.answer import ModelAnswer
from segmentation.insight.sentences.segments import segment_sentence
from segmentation.runs import Segment, View
from segmentation.runs.model_names import NAME, keep_profiles, takeable
from segmentation.runs.model_names import PROFILE as PARAGRAPH

LONGEST = 60


def name_cards(view: View, answer: ModelAnswer | None) -> None:
    """Show the segments in steady order."""
    for segment, name in zip(view.segments, view.names, strict=True):
        with st.container(border=True, gap="xsmall", key=f"name_card_{segment.label}"):
            st.html(swatch(segment.label))
            now, suggested = st.columns(2, gap="medium") if answer else (st.container(), None)
            with now:
                _present(view, segment, name)
            if answer and suggested:
                with suggested:
                    _suggestion(view, segment, answer)


def take_all_button(view: View, answer: ModelAnswer) -> None:
    """Offer to take every suggestion at once, and say what was left out."""
    left_out = f" {len(answer.refused)} could not be taken; the cards say why." if answer.refused else ""
    st.success(f"The language model has answered; its suggestions stand beside your names.{left_out}")
    fit = takeable(view, answer)
    if st.button("Take all suggestions", key="names_take_all", icon=":material/done_all:", disabled=not fit):
        for label in fit:
            latest.rename(label, answer.texts[str(label + 1)][NAME])
        _keep(view, answer, fit)


def _present(view: View, segment: Segment, name: str) -> None:
    key = f"names_name_{segment.label}"
    if st.session_state.get(key) != name:
        st.session_state[key] = name
    st.text_input(
        f"Name of segment {segment.label + 1}",
        key=key,
        max_chars=LONGEST,
        label_visibility="collapsed",
        on_change=lambda: latest.rename(segment.label, st.session_state[key]),
    )
    if name != segment.name:
        st.caption(f"Generated name: {plain(segment.name)}. Empty the box to bring it back.")
    st.markdown(plain(segment_sentence(view.portraits[segment.label])))
    if paragraph := view.run.profiles.get(view.k, {}).get(segment.label):
        st.markdown(plain(paragraph))
        st.button(
            "Remove this paragraph",
            key=f"names_remove_{segment.label}",
            type="tertiary",
            icon=":material/close:",
            on_click=_remove,
            args=(view, segment.label),
        )
    st.page_link(
        PROFILE,
        label="See the evidence",
        icon=":material/fact_check:",
        query_params={"segment": str(segment.label + 1)},
    )


def _suggestion(view: View, segment: Segment, answer: ModelAnswer) -> None:
    number = str(segment.label + 1)
    texts = answer.texts.get(number)
    if texts is None:
        why = answer.refused.get(number) or "too few customers to be spoken of"
        st.caption(f"No suggestion: {plain(why)}. The present name stays.")
        return
    st.markdown(f"Suggested: **{plain(texts[NAME])}**  \n{plain(texts[PARAGRAPH])}")
    if segment.label not in takeable(view, answer):
        st.caption("Another segment has this name, so it cannot be taken.")
        return
    if st.button(f"Take it for segment {number}", key=f"names_take_{segment.label}", icon=":material/check:"):
        latest.rename(segment.label, texts[NAME])
        _keep(view, answer, (segment.label,))


def _keep(view: View, answer: ModelAnswer, labels: tuple[int, ...]) -> None:
    paragraphs = {label: answer.texts[str(label + 1)][PARAGRAPH] for label in labels}
    keep_profiles(workspace(), view.run.run_id, view.k, paragraphs)
    latest.forget()
    st.rerun()


def _remove(view: View, label: int) -> None:
    keep_profiles(workspace(), view.run.run_id, view.k, {label: ""})
    latest.forget()
