"""Files come in here: what each is, what its columns mean, how they link; then on to the segments."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from pages.shell import latest, proof
from pages.shell.deletion import delete_everything_button
from pages.shell.draft import draft_choice
from pages.shell.guard import next_step
from pages.shell.jobs import DATA_PAGE, job_panel
from pages.shell.routes import EXPLORE, FEATURES
from pages.shell.work import start_finding_segments, start_sample_shop
from pages.shell.workspace import MetaKeys, job_manager, workspace
from pages.start.data.alarms import alarms_view, nobody_to_segment
from pages.start.data.currency import currency_view
from pages.start.data.doubts import doubts_view, keep_answer
from pages.start.data.file_card import file_card
from pages.start.data.look import does_it_look_right
from pages.start.data.month_check import found_by
from pages.start.data.outcome import show_outcome
from pages.start.data.shop_summary import linked_shop, links, shop_in_short
from pages.start.data.upload import uploader
from pages.start.data.words import KINDS
from segmentation.intake.roles import Kind, Upload
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.jobs import Job
from segmentation.text.sources import TEXT_COLUMNS

FIND = ":material/groups:"
FIRST_SAY_WHO = "First say who the customers are."
UP_TO_DATE = "Your segments are up to date with these files."
HOW_LONG = "Reads everything here and looks for groups of customers: a minute or so for a small shop."


def welcome() -> None:
    """Say what to bring, and offer a shop to play with."""
    st.markdown(
        "**1** Add files  →  **2** Press *Find segments*  →  **3** See who your customers are, "
        "name the segments and download them"
    )
    st.header("Drop in your shop's exports")
    uploader(
        "CSV, Excel, OpenDocument, JSON or Parquet files as your shop, till or newsletter tool exports them, "
        "packed (ZIP, GZ) or not; several at once"
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Try the sample shop", key="try_sample", icon=":material/storefront:"):
            start_sample_shop()
            st.rerun()
        st.caption("Nothing at hand? See how it works on the made-up exports of a made-up shop.")
    st.subheader("What each kind of file makes possible")
    with st.grid(min_column_width=175, border=True):
        for kind, words in KINDS.items():
            if kind != Kind.OTHER:
                st.markdown(f"{words.icon} **{words.label}**  \n{words.makes_possible}.")


def filled(uploads: Sequence[Upload]) -> None:
    """Show the files, how they link, and the way on."""
    shop = linked_shop()
    alarms = proof.alarms_of(shop.fingerprint, shop) if shop else ()
    nobody = nobody_to_segment(alarms)
    if shop and not nobody:
        shop_in_short(shop)
    alarms_view(alarms)
    if shop:
        doubts_view(shop.doubts, uploads, shop.currency, keep_answer)
        currency_view(shop)
    running = job_manager().running is not None
    run = latest.latest_run() if shop else None
    done = run is not None and latest.is_current(run)
    with st.container(horizontal=True, vertical_alignment="center"):
        # Once it is done, the way on is to see them: the button steps back.
        kind: Literal["primary", "secondary"] = "secondary" if done else "primary"
        if st.button("Find segments", key="find_segments", type=kind, disabled=running or nobody, icon=FIND):
            start_finding_segments()
            st.rerun()
        st.caption(FIRST_SAY_WHO if nobody else UP_TO_DATE if done else HOW_LONG)
    if shop and shop.has & TEXT_COLUMNS:
        draft_choice()
    if shop and not nobody:
        does_it_look_right(shop)
    st.header("Your files")
    for upload in uploads:
        rules = [rule for rule in shop.set_aside if rule.upload_id == upload.upload_id] if shop else []
        with st.container(border=True, key=f"file_{upload.upload_id}"):
            file_card(upload, rules)
    if shop and len(uploads) > 1:
        links(shop)
    st.subheader("Add more files")
    uploader("More files; a file that is already here is recognised")
    this_workspace()
    next_step(FEATURES, "Next: what is known about each customer")
    if done:
        next_step(EXPLORE, "Or straight to the segments")


def outcome(job: Job) -> None:
    """Say how a job ended; a month that was compared says so in its own place."""
    if found_by(job) is None:
        show_outcome(job)


def this_workspace() -> None:
    """Name the workspace, or empty it."""

    def rename() -> None:
        workspace().set_meta(MetaKeys.NAME, st.session_state["workspace_name"].strip())

    st.subheader("This workspace")
    name = workspace().meta(MetaKeys.NAME) or ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name", name, key="workspace_name", placeholder="My shop", on_change=rename, width=320)
        delete_everything_button()


st.title("Data")
st.markdown(
    "Bring in what your shop knows about its customers, to find groups of customers who are alike. "
    "Every file stays on this machine."
)
job_panel(DATA_PAGE, outcome)
if uploads := list_uploads(workspace()):
    filled(uploads)
elif not job_manager().running:
    welcome()
