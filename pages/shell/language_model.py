"""The optional language model on screen: the exact message, a press that sends it, and the answer."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from pages.shell.guard import show_error
from pages.shell.held.remembered import remembered
from pages.shell.language_model_settings import check_where
from pages.shell.words import count, plain
from pages.shell.workspace import job_manager
from segmentation.insight.language_model.answer import AnswerSchema, ModelAnswer
from segmentation.insight.language_model.message import Endpoint, Message
from segmentation.jobs import Job, JobState, Progress

WAITING = "Ask the language model"


def send_button(endpoint: Endpoint, message: Message, schema: AnswerSchema, place: str) -> None:
    """Show the exact message and where it goes, and send it when the button is pressed."""
    host = urlsplit(endpoint.address.strip()).hostname or ""
    where = "on this machine" if endpoint.on_this_machine else "outside this machine"
    letters = count(len(message.instructions) + len(message.facts), "letter")
    st.markdown(f"**The message**, {letters}, to {plain(endpoint.model)} at {plain(host)} ({where}):")
    with st.container(height=320, key=f"{place}_message"):
        for part in message.as_sent():
            st.code(part["content"], language=None, wrap_lines=True)
    if st.button(
        "Send this message",
        key=f"{place}_send",
        icon=":material/send:",
        disabled=job_manager().running is not None,
    ):
        job = job_manager().start(WAITING, lambda on_progress: _ask(endpoint, message, schema, on_progress))
        _asked()[message] = job.job_id
        st.rerun()


def answer_to(message: Message) -> ModelAnswer | None:
    """Return the answer to a message that was sent; say so while it is awaited, and why where none came."""
    job = _job_of(message)
    if job is None:
        return None
    if job.active:
        st.info("Waiting for its answer; you may leave this page meanwhile.", icon=":material/hourglass:")
    elif job.state == JobState.CANCELLED:
        st.info("You stopped the question. Nothing was changed.")
    elif job.error:
        show_error(job.error)
    elif isinstance(job.result, tuple) and isinstance(job.result[0], ModelAnswer):
        return job.result[0]
    return None


@remembered(1, with_runs=False)
def _asked() -> dict[Message, str]:
    return {}


def _job_of(message: Message) -> Job | None:
    job_id = _asked().get(message)
    return job_manager().get(job_id) if job_id else None


def _ask(
    endpoint: Endpoint, message: Message, schema: AnswerSchema, on_progress: Progress
) -> tuple[ModelAnswer]:
    from segmentation.insight.language_model.ask import ask

    check_where(endpoint)
    return (ask(endpoint, message, schema, on_progress),)
