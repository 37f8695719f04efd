"""The sidebar below the navigation: which workspace this is, how fresh it is, what reads texts, what runs."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shell.browser import element
from pages.shell.jobs import SIDEBAR, any_job, job_panel
from pages.shell.language_model_settings import current_endpoint
from pages.shell.people.here import who_is_here
from pages.shell.words import plain
from pages.shell.workspace import MetaKeys, processors, workspace
from segmentation import formats
from segmentation.device import Device
from segmentation.intake.uploads.corrections import list_uploads

PROCESSORS = {
    Device.CPU: "Device: processor (CPU)",
    Device.CUDA: "Device: graphics card (GPU)",
    Device.MPS: "Device: graphics chip (GPU)",
}
HISTORY = Path(__file__).parent / "browser" / "history"
SHARED = "Everyone who opens this address shares this workspace"


def sidebar() -> None:
    """Draw the sidebar of every page."""
    with st.sidebar:
        shared = who_is_here()
        st.markdown(f"**{plain(workspace().meta(MetaKeys.NAME) or 'My shop')}**")
        facts = [_freshness(), *(PROCESSORS[device] for device in (processors() or ())[:1])]
        st.caption("  \n".join([*facts, _what_leaves(), shared or SHARED]))
        job_panel(SIDEBAR, follow=any_job)
        element.mount(HISTORY, key="_history", height=0)


def _what_leaves() -> str:
    endpoint = current_endpoint()
    if endpoint is None or endpoint.on_this_machine:
        return "Nothing leaves this machine"
    return "Only messages that you send to the language model leave this machine"


def _freshness() -> str:
    uploads = list_uploads(workspace())
    if not uploads:
        return "No data yet"
    newest = max(upload.loaded_at for upload in uploads)
    files = "1 file" if len(uploads) == 1 else f"{len(uploads)} files"
    return f"{files}, last added {formats.date(newest.date())}"
