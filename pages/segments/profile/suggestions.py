"""What a language model, if asked, would call the segments; nothing is taken without a press."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.shell import latest
from pages.shell.held.remembered import forget_runs
from pages.shell.language_model import answer_to, send_button
from pages.shell.language_model_settings import language_model_panel
from pages.shell.swatch import glyph
from pages.shell.words import plain
from pages.shell.workspace import workspace
from segmentation.insight.facts.explain import Explanation
from segmentation.insight.language_model.answer import ModelAnswer
from segmentation.insight.sentences.segments import HOW_COMPUTED
from segmentation.runs import Segment, View
from segmentation.runs.model_names import (
    NAME,
    keep_profiles,
    naming_message,
    naming_schema,
    segments_to_name,
    takeable,
)
from segmentation.runs.model_names import PROFILE as PARAGRAPH

PLACE = "names"


def suggestions_view(view: View, explain: Callable[[View], Sequence[Explanation]]) -> None:
    """Let a language model be asked for names and paragraphs; explained and drawn once it is opened."""
    with st.expander("Names by a language model", key="names_open", on_change="rerun") as fold:
        if fold.open:
            _ask(view, explain(view))


def _ask(view: View, found: Sequence[Explanation]) -> None:
    endpoint = language_model_panel(PLACE)
    if endpoint and not segments_to_name(view):
        st.info("These segments are too small: figures about a handful of people are not sent.")
    elif endpoint:
        message, schema = naming_message(view, found), naming_schema(view)
        if answer := answer_to(message):
            _answer(view, answer)
        send_button(endpoint, message, schema, PLACE)
    st.caption(HOW_COMPUTED["language model"])


def _answer(view: View, answer: ModelAnswer) -> None:
    """Show every suggestion, offer to take one or all, and say what was left out."""
    left_out = f" {len(answer.refused)} could not be taken; it says why." if answer.refused else ""
    st.success(f"The language model has answered; nothing is changed until you take it.{left_out}")
    fit = takeable(view, answer)
    if st.button("Take all suggestions", key="names_take_all", icon=":material/done_all:", disabled=not fit):
        for label in fit:
            latest.rename(label, answer.texts[str(label + 1)][NAME])
        _keep(view, answer, fit)
    for segment, name in zip(view.segments, view.names, strict=True):
        with st.container(border=True, gap="xsmall", key=f"names_suggestion_{segment.label}"):
            st.markdown(f"{glyph(segment.label)} **{segment.label + 1}** {plain(name)}")
            _suggestion(view, segment, answer)


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
    forget_runs()
    st.rerun()
