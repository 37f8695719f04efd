"""Drafts of message texts by the optional language model: off by default, the exact message shown first."""

from __future__ import annotations

import streamlit as st

from pages.shell import explanations
from pages.shell.language_model import answer_to, send_button
from pages.shell.language_model_settings import language_model_panel
from pages.shell.words import plain
from segmentation.action.playbook import (
    BODY,
    DRAFT,
    SHORT,
    SUBJECT,
    Edits,
    Play,
    can_be_drafted,
    drafting_message,
)
from segmentation.runs import View

LABELS = {SUBJECT: "Subject", BODY: "E-mail", SHORT: "Text message"}


def drafts_view(view: View, play: Play, edits: Edits) -> None:
    """Offer a draft of the messages to a segment, and show it to be copied."""
    with st.expander("Draft the message", key="playbook_drafts"):
        endpoint = language_model_panel("playbook")
        if endpoint is None:
            return
        if not can_be_drafted(play):
            st.caption("This segment has too few customers to be spoken of.")
            return
        message = drafting_message(play, explanations.by_shop(view)[play.segment], edits)
        answer = answer_to(message)
        if answer is None:
            send_button(endpoint, message, DRAFT, "playbook")
            return
        st.caption("A draft: read it as critically as one by a stranger. It is not kept; copy what you want.")
        for texts in answer.texts.values():
            for name, label in LABELS.items():
                st.markdown(f"**{label}**")
                st.code(texts[name], language=None, wrap_lines=True)
        for reason in answer.refused.values():
            st.caption(f"No draft: {plain(reason)}.")
