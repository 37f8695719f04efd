"""Forget a customer: everything of theirs is deleted, and the page says what was found where."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from pages.shell.deletion import BLOCKED, forget_memory
from pages.shell.guard import show_error
from pages.shell.options import load_options
from pages.shell.people.audited import witness
from pages.shell.people.rights import may
from pages.shell.words import count, plain
from pages.shell.workspace import job_manager, starter, workspace
from segmentation.action.forget import Forgotten, forget_customer
from segmentation.action.let_return import how_many_stay_away, let_return
from segmentation.errors import SegmentationError
from segmentation.people import Right
from segmentation.people.deed import Action

STILL_COUNTED = (
    "Averages, shares, charts and forecasts that were worked out with this customer among the others stay as "
    "they are, without naming anybody, until you find segments again."
)

STAY_AWAY = (
    "Who was forgotten here ({people}) stays away, also where a file or your shop brings them again: "
    "they are known by salted fingerprints of ids, e-mails and phones, which are kept for nothing else."
)
MAY_RETURN = "They count again with the next file that holds them."
Result = TypeVar("Result")


def forgetting() -> None:
    """Ask who it is, and once more whether to go on; then report."""
    st.caption(
        "Deletes a customer from the files here, from segments and from all made of them, writes the "
        "workspace anew and searches it. Your own copies of the files are not touched. Averages and shares "
        "of whole segments keep the customer in them until you find segments again."
    )
    running = job_manager().running is not None
    with st.form("forget_customer", border=True):
        who = st.text_input("Customer id, e-mail or phone, as your files write it", key="_forget_who")
        sure = st.checkbox("Delete this customer; it cannot be undone", key="_forget_sure")
        pressed = st.form_submit_button(
            "Forget this customer", icon=":material/person_remove:", disabled=running
        )
    if running:
        st.caption(BLOCKED)
    _returning(running)
    if pressed and not (who.strip() and sure):
        st.warning("Say who it is, and tick that you are sure.")
    elif pressed:
        _forget(who)


def _forget(who: str) -> None:
    cleaning = load_options(workspace()).cleaning
    found = _deleting(
        lambda: witness().watch(
            Action.FORGET, "", lambda: forget_customer(workspace(), who, cleaning), _figures
        )
    )
    if found:
        _report(found)


def _returning(running: bool) -> None:
    """Say how many stay away, and let an owner take somebody back."""
    away = how_many_stay_away(workspace())
    if not (away and may(Right.OWN)):
        return
    st.caption(STAY_AWAY.format(people=count(away, "customer")))
    with st.form("let_return", border=True):
        who = st.text_input("Customer id, e-mail or phone of who may come back", key="_return_who")
        pressed = st.form_submit_button("Let them come back", icon=":material/undo:", disabled=running)
    if pressed:
        _let_return(who)


def _let_return(who: str) -> None:
    cleaning = load_options(workspace()).cleaning

    def returns() -> str:
        let_return(workspace(), who, cleaning)
        return MAY_RETURN

    if told := _deleting(lambda: witness().watch(Action.LET_RETURN, "", returns)):
        st.success(told, icon=":material/check_circle:")


def _deleting(delete: Callable[[], Result]) -> Result | None:
    """Delete something while nothing else is made of it; say what went wrong."""
    job_manager().cancel_aside()
    starter().cancel_aside()
    try:
        with st.spinner("Deleting, and searching what is left …"):
            return delete()
    except SegmentationError as error:
        show_error(error)
        return None
    finally:
        forget_memory()  # rows may be deleted though the disk had no room to write the file anew


def _figures(found: Forgotten) -> dict[str, int]:
    return {"customers": len(found.customer_ids), "rows": sum(found.deleted.values())}


def _report(found: Forgotten) -> None:
    rows = ", ".join(f"{plain(place)}: {rows:,}" for place, rows in found.deleted.items())
    if found.is_gone:
        st.success(
            f"{count(len(found.customer_ids), 'customer number')} deleted. A search of the workspace for "
            f"{count(found.searched_for, 'id or address', 'ids and addresses')} found nothing.",
            icon=":material/check_circle:",
        )
    else:
        st.warning(f"Something is left in: {plain(', '.join(found.still_in) or 'the bytes of the file')}.")
    st.markdown(f"Rows deleted: {rows}.")
    st.info(STILL_COUNTED, title="Figures of whole segments still count this customer")
    if found.exports:
        named = "".join(
            f"\n- {one.made_at:%d %b %Y %H:%M} UTC: {plain(', '.join(one.file_names))} ({plain(one.kind)})"
            for one in found.exports
        )
        st.warning(
            "Files handed over earlier named this customer. Delete your copies, or write to the platform:"
            f"{named}"
        )
