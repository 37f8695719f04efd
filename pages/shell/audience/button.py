"""The one button that any list of people has: it opens what can be handed over of them, and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from pages.shell import cached, latest
from pages.shell.audience.checked import AudienceRequest, checked, start_audience
from pages.shell.audience.choices import FIRST, PLATFORM, choose_options
from pages.shell.audience.preflight import customer_file, preflight
from pages.shell.guard import CHANGED, explained
from pages.shell.jobs import job_panel
from pages.shell.routes import DATA
from pages.shell.waiting.outcome import show_outcome
from pages.shell.words import count, plain
from pages.shell.workspace import StateKeys, job_manager, workspace
from segmentation.action.audience import PLATFORMS, PeopleList, Platform
from segmentation.runs import Run
from segmentation.runs.unchanged import state_for

CONTACTS = frozenset({"contacts.emails", "contacts.phones"})
NO_CONTACTS = (
    "None of your files says how to reach your customers. Add a customer or order export with an e-mail or a "
    "phone column, or set that column’s role on the Data page. Until then you can take their customer ids."
)
LABEL, ICON = "Audience", ":material/contact_mail:"
HELP = "How many can be reached, and a file for your mailing, ads or CRM"


def audience_button(
    people: PeopleList,
    key: str,
    type: Literal["primary", "secondary", "tertiary"] = "secondary",
    label: str = LABEL,
    before: Callable[[], None] | None = None,
) -> None:
    """Offer to hand these people over; pressed, it opens the choices and the files.

    :param key: tells it from the other buttons of all pages.
    :param before: what the page chooses for these people once it is pressed.
    """
    if st.button(label, key=f"audience_{key}", icon=ICON, help=HELP, type=type, on_click=before):
        st.session_state[StateKeys.AUDIENCE] = key
    if st.session_state.get(StateKeys.AUDIENCE) == key:  # a page drawn anew would close it otherwise
        _dialog(people)


def straight_to(key: str) -> None:
    """Offer each platform by itself: the audience of the button of this key opens with it chosen."""
    for platform in FIRST[1:]:
        st.button(
            PLATFORMS[platform].label.partition(" (")[0],
            key=f"audience_{key}_{platform}",
            type="tertiary",
            on_click=_open_for,
            args=(platform, key),
        )


def _open_for(platform: Platform, key: str) -> None:
    st.session_state[PLATFORM], st.session_state[StateKeys.AUDIENCE] = str(platform), key


def _close() -> None:
    st.session_state.pop(StateKeys.AUDIENCE, None)


@st.dialog(LABEL, width="medium", icon=ICON, on_dismiss=_close)
def _dialog(people: PeopleList) -> None:
    with explained():  # a dialog runs by itself, outside the page's own guard
        run = _run_of(people)
        if run is None:
            st.info(CHANGED, icon=":material/update:")
            _leave("Find the segments anew")
            return
        number = count(len(people.customer_ids), "customer")
        st.markdown(f"**{plain(people.title)}** · {number}")
        if not people.customer_ids.size:
            st.info("Nobody is on this list.")
        elif cached.shop().has & CONTACTS:
            _audience(AudienceRequest(run, people, choose_options(run, people)))
        else:
            st.info(NO_CONTACTS, title="Nobody can be reached yet")
            customer_file(run, people)
            _leave("Go to your data")


def _run_of(people: PeopleList) -> Run | None:
    """Return the run of these people; None where they are not the customers of the files as they are now."""
    if people.placed:
        run = latest.run_of(people.run_id)
        return run if state_for(workspace(), run) == people.placed.fingerprint else None
    latest_one = latest.latest_run()
    if latest_one is None or latest_one.run_id != people.run_id or not latest.is_current(latest_one):
        return None
    return latest_one


def _leave(label: str) -> None:
    if st.button(label, key="_audience_leave", icon=":material/upload_file:"):
        _close()
        st.switch_page(DATA)


def _audience(request: AudienceRequest) -> None:
    """Show the files once they are checked, and check them where they are not."""
    if checked(request) is None and not _has_failed(request):
        st.session_state[StateKeys.AUDIENCE_JOB] = request.key, start_audience(request).job_id
    if found := checked(request):
        preflight(request, found)
    else:
        job_panel("audience", show_outcome)
        if _has_failed(request):
            st.button("Try again", key="_audience_again", on_click=_try_again)


def _try_again() -> None:
    del st.session_state[StateKeys.AUDIENCE_JOB]


def _has_failed(request: AudienceRequest) -> bool:
    """Whether the job of just this request ended without files."""
    key, job_id = st.session_state.get(StateKeys.AUDIENCE_JOB, (None, ""))
    job = job_manager().get(job_id)
    return key == request.key and job is not None and not job.active and job.result is None
