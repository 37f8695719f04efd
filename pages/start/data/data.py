"""Files come in here: how healthy they are, what each is, what does not count; then on to the segments."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from pages.shell import latest, proved
from pages.shell.deletion import delete_everything_button
from pages.shell.draft import draft_choice
from pages.shell.guard import next_step
from pages.shell.jobs import DATA_PAGE, job_panel
from pages.shell.options import load_options
from pages.shell.people.here import sharing_line
from pages.shell.routes import EXPLORE, FEATURES
from pages.shell.waiting.outcome import show_outcome
from pages.shell.work import start_finding_segments
from pages.shell.workspace import MetaKeys, job_manager, workspace
from pages.start.data.alarms import alarms_view, why_not_yet
from pages.start.data.currency import currency_view
from pages.start.data.doubts import doubts_view, keep_answer
from pages.start.data.file_list import file_list, what_others_add
from pages.start.data.health import health_strip
from pages.start.data.ledger import ledger
from pages.start.data.look import does_it_look_right
from pages.start.data.margin import margin_view
from pages.start.data.month_check import found_by
from pages.start.data.shop_summary import linked_shop, links
from pages.start.data.upload import uploader
from pages.start.data.welcome import welcome
from segmentation.intake.roles import Upload
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.jobs import Job
from segmentation.text.sources import TEXT_COLUMNS

FIND = ":material/groups:"
SOMEBODY_FIRST = "First some customer has to count."
UP_TO_DATE = "Your segments are up to date with these files."
HOW_LONG = "A minute or so for a small shop."


def filled(uploads: Sequence[Upload]) -> None:
    """Show how healthy the files are, what they are, and the way on."""
    shop = linked_shop()
    alarms = proved.alarms_of(shop) if shop else ()
    not_yet = why_not_yet(alarms)
    if shop:
        health_strip(shop, alarms)
    alarms_view(alarms)
    if shop:
        doubts_view(shop.doubts, uploads, shop.currency, keep_answer)
        currency_view(shop)
    run = latest.latest_run() if shop else None
    done = run is not None and latest.is_current(run)
    find(shop, not_yet, done)
    st.header("Your files")
    file_list(uploads, shop, alarms)
    if shop and len(uploads) > 1:
        links(shop)
    uploader("Add more files")
    what_others_add(uploads)
    if shop and not not_yet:
        does_it_look_right(shop)
        margin_view(shop)
        ledger(shop, load_options(workspace()))
    this_workspace()
    if done:
        next_step(EXPLORE, "Next: see your segments")
    else:
        next_step(FEATURES, "Next: what is known about each customer")


def find(shop: Shop | None, not_yet: str, done: bool) -> None:
    """Offer to find segments; once they are found, the way on is to see them, and the button steps back."""
    running = job_manager().running is not None
    kind: Literal["primary", "secondary"] = "secondary" if done else "primary"
    not_yet = not_yet or ("" if shop or running else SOMEBODY_FIRST)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            "Find segments", key="find_segments", type=kind, disabled=running or bool(not_yet), icon=FIND
        ):
            start_finding_segments()
            st.rerun()
        if shop and shop.has & TEXT_COLUMNS:
            draft_choice()
        st.caption(not_yet or (UP_TO_DATE if done else HOW_LONG))


def outcome(job: Job) -> None:
    """Say how a job about the files ended; a month that was compared says so in its own place."""
    if not job.about and found_by(job) is None:
        show_outcome(job)


def this_workspace() -> None:
    """Name the workspace, or empty it."""

    def rename() -> None:
        workspace().set_meta(MetaKeys.NAME, st.session_state["workspace_name"].strip())

    name = workspace().meta(MetaKeys.NAME) or ""
    with (
        st.expander("This workspace"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input("Name", name, key="workspace_name", placeholder="My shop", on_change=rename, width=320)
        delete_everything_button()


st.title("Data")
st.markdown("What your shop knows about its customers. Every file stays on this machine.")
sharing_line()
job_panel(DATA_PAGE, outcome)
if uploads := list_uploads(workspace()):
    filled(uploads)
elif not job_manager().running:
    welcome()
