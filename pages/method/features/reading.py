"""How texts are read: by which model, on which processor, and how much they count."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shell import latest
from pages.shell.guard import next_step
from pages.shell.held.memory import of_this_server
from pages.shell.options import load_options, save_options
from pages.shell.routes import WHAT_COUNTS
from pages.shell.words import plain
from pages.shell.workspace import processors, workspace
from segmentation.device import Device
from segmentation.runs import Run, RunOptions
from segmentation.text.encoders.catalogue import CATALOGUE, find_model
from segmentation.text.encoders.protocol import LEXICAL, NO_TEXT
from segmentation.text.encoders.transformer import Precision
from segmentation.text.words import MODEL_NOTES, engine_sentence, reading_reason

AUTOMATIC = "auto"
ON_THIS_MACHINE = "Product names, reviews and notes are read on this machine for what they are about."
NO_TEXTS = "Your files hold no texts. Product names, reviews or notes would be read for what they are about."
PRECISIONS = {Precision.AUTO: "The fastest that read alike", Precision.FLOAT32: "Exact (float32)"}
DEVICES = {
    AUTOMATIC: "The fastest one here",
    Device.CPU: "Processor (CPU)",
    Device.CUDA: "Graphics card (CUDA)",
    Device.MPS: "Graphics chip (Apple)",
}


def reading_choices(options: RunOptions, there_are_texts: bool) -> None:
    """Draw the choices where there is something to read, and the way to what it counts."""
    st.header("How texts are read", help=ON_THIS_MACHINE)
    if there_are_texts:
        _choices(options)
        next_step(WHAT_COUNTS, "Decide how much texts count", icon=":material/balance:")
    else:
        st.markdown(NO_TEXTS)
        next_step(WHAT_COUNTS, "Decide what counts", icon=":material/balance:")


def _choices(options: RunOptions) -> None:
    """Draw the choices and save each as it is made."""
    model, processor, precision = st.columns(3)
    names = [*(entry.name for entry in CATALOGUE), LEXICAL, NO_TEXT]
    with model:
        st.selectbox(
            "Language model",
            names if options.model in names else [*names, options.model],
            index=names.index(options.model) if options.model in names else len(names),
            format_func=describe_model,
            key="text_model",
            accept_new_options=True,
            help="One of the list, or the name or folder of any sentence-transformers model.",
            on_change=_save,
        )
    without_text = options.model == NO_TEXT
    with processor:
        _processor(options, without_text)
    with precision:
        precisions = list(dict.fromkeys((*PRECISIONS, options.precision)))
        st.selectbox(
            "Numbers",
            precisions,
            index=precisions.index(options.precision),
            format_func=lambda name: PRECISIONS.get(name, name),
            key="text_precision",
            disabled=without_text,
            help="Short numbers are faster. They are used only where they read almost exactly alike.",
            on_change=_save,
        )
    if entry := find_model(options.model):
        st.caption(f"{MODEL_NOTES[entry.name]} {entry.megabytes} MB, licence {entry.licence}.")
    if run := latest.latest_run():
        _how_it_was(run)


def _processor(options: RunOptions, without_text: bool) -> None:
    devices = [AUTOMATIC, *(processors() or ())]
    st.selectbox(
        "Read on",
        devices,
        index=devices.index(options.device) if options.device in devices else 0,
        format_func=DEVICES.__getitem__,
        key="text_device",
        disabled=without_text,
        on_change=_save,
    )


def _how_it_was(run: Run) -> None:
    """Say how the texts of the latest segments were read."""
    if not run.readings:
        return
    with st.expander("How they were read last time"):
        for reading in run.readings:
            said = f"{plain(reading_reason(reading))} {plain(engine_sentence(reading))}"
            st.markdown(f"**{plain(reading.source)}**: {said}")


def describe_model(name: str) -> str:
    """Say what choosing this model means."""
    if name == NO_TEXT:
        return "Leave texts out"
    if name == LEXICAL:
        return "No model: compare the words themselves (any language)"
    entry = find_model(name)
    if entry is None or _is_here(entry.name):
        return name
    return f"{name} (not on this machine)"


@of_this_server(20, seconds=60)
def _is_here(name: str) -> bool:
    entry = find_model(name)
    return entry is not None and entry.on_this_machine()


def _save() -> None:
    state = st.session_state
    device = None if state["text_device"] == AUTOMATIC else str(state["text_device"])
    chosen = replace(
        load_options(workspace()),
        model=state["text_model"],
        device=device,
        precision=str(state["text_precision"]),
    )
    save_options(workspace(), chosen)
