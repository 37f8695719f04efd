"""What counts as gone, adjustable, and the button that looks ahead."""

from __future__ import annotations

import streamlit as st

from pages.shell import cached, latest
from pages.shell.guard import files_changed, next_step
from pages.shell.routes import DATA
from pages.shell.words import sentence
from pages.shell.work import start_looking_ahead
from pages.shell.workspace import job_manager, workspace
from segmentation.action.retention import (
    FEWEST_CHURN_DAYS,
    ChurnDefinition,
    Outlook,
    define_churn,
    definition_sentence,
)
from segmentation.errors import NoHindsightError
from segmentation.intake.shop import Shop
from segmentation.runs import Run

ABOUT = (
    "Nobody tells a shop that they are leaving: it shows in silence. Looking ahead learns from your past "
    "orders what each customer will bring and how likely each is to stop, and checks itself on the latest "
    "period. It takes a minute for a small shop, and you can go on working."
)


def offer(run: Run, found: Outlook | None) -> None:
    """Say what counts as gone, and offer to look ahead, or to do it again with other days."""
    if found is None:
        st.markdown(ABOUT)
    if not latest.is_current(run):
        files_changed()
        return
    try:
        definition = (
            found.definition if found and found.definition else _definition(run.run_id, cached.shop())
        )
    except NoHindsightError as error:
        st.info(f"{sentence(error.found)} {error.remedy}", title=error.title)
        if "lines.ordered_at" not in cached.shop().has:
            next_step(DATA, "Go to your data", icon=":material/upload_file:")
        elif found is None:
            _button(run, None, "Look ahead all the same")
        return
    if found and found.definition:
        st.markdown(f"**{definition_sentence(found.definition)}**")
    _choice(run, definition, "Look ahead again" if found else "Look ahead")


def _choice(run: Run, definition: ChurnDefinition, label: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = int(
            st.number_input(
                "Gone is who does not order within (days)",
                FEWEST_CHURN_DAYS,
                definition.longest,
                definition.days,
                key="retain_days",
                help=f"80% of repeat orders come within {definition.usual_gap} days of the one before. "
                f"Your history allows up to {definition.longest}.",
                width=320,
            )
        )
        by_itself = min(max(definition.usual_gap, FEWEST_CHURN_DAYS), definition.longest)
        _button(run, None if days == by_itself else days, label)


def _button(run: Run, days: int | None, label: str) -> None:
    busy = job_manager().running is not None
    if st.button(label, key="look_ahead", icon=":material/visibility:", type="primary", disabled=busy):
        start_looking_ahead(run, days)
        st.rerun()


@latest.remembered(2, "Looking at your history …")
def _definition(run_id: str, _shop: Shop) -> ChurnDefinition:
    return define_churn(workspace(), _shop)
