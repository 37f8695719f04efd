"""The cut-points of the scores: where they are, and a way to set them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.shell.browser.fold import fold
from pages.shell.guard import show_error
from pages.shell.workspace import workspace
from segmentation.errors import OptionError
from segmentation.features.rfm import CutPoints
from segmentation.features.rfm_cuts import save_cuts

WHAT = {
    "recency": ("Days since the last order", "{} or fewer score {}, more score {}"),
    "frequency": ("Orders", "{} or fewer score {}, more score {}"),
    "monetary": ("Net spend", "{} or less scores {}, more scores {}"),
}


def cuts_view(cuts: CutPoints, own: bool, currency: str | None) -> None:
    """Show the cut-points, and let them be set or brought back, where somebody asks."""
    fold("Where the scores are cut", "rfm_cuts_open", partial(_cuts, cuts, own, currency))


def _cuts(cuts: CutPoints, own: bool, currency: str | None) -> None:
    st.markdown(
        "**These are your own cut-points.**"
        if own
        else "The cut-points are set so that about a fifth of your customers gets each score; equal values "
        "get equal scores."
    )
    with st.form("rfm_cuts", border=True):
        wanted = {name: _inputs(name, values, currency) for name, values in vars(cuts).items()}
        with st.container(horizontal=True):
            pressed = st.form_submit_button("Use these cut-points", key="rfm_use", icon=":material/check:")
            back = st.form_submit_button("Back to fifths", key="rfm_back", disabled=not own)
    if back:
        _keep(None)
    if pressed:
        try:
            _keep(CutPoints(**wanted))
        except OptionError as error:
            show_error(error)


def _inputs(name: str, values: tuple[float, ...], currency: str | None) -> tuple[float, ...]:
    label, help_text = WHAT[name]
    unit = f" ({currency})" if name == "monetary" and currency else ""
    given = []
    for place, (column, value) in enumerate(zip(st.columns(len(values)), values, strict=True)):
        scores = (5 - place, 4 - place) if name == "recency" else (place + 1, place + 2)
        given.append(
            column.number_input(
                f"{label}{unit}: score {scores[0]} up to",
                value=float(value),
                step=1.0,
                format="%.2f" if name == "monetary" else "%.0f",
                key=f"rfm_{name}_{place}_{value}",
                help=help_text.format("So many", *scores),
            )
        )
    return tuple(given)


def _keep(cuts: CutPoints | None) -> None:
    save_cuts(workspace(), cuts)
    st.rerun()
