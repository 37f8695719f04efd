"""What to do this week: three cards, each with its people, its money and the button that leads there."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.shell.address import looked_at
from pages.shell.routes import OFFERS, PLAYBOOK, WIN_BACK
from pages.shell.swatch import swatch
from pages.shell.words import count, plain
from pages.start.overview.words import window_words
from segmentation import formats
from segmentation.action.overview import Deed, OrdersOverview, Stake, ToDo
from segmentation.runs import View

NARROWEST = 250  # CSS pixels
TITLES = {Deed.WIN_BACK: "Win back", Deed.OFFER: "Make an offer", Deed.THANK: "Say thank you"}
ICONS = {
    Deed.WIN_BACK: ":material/favorite:",
    Deed.OFFER: ":material/redeem:",
    Deed.THANK: ":material/volunteer_activism:",
}
PAGES = {Deed.WIN_BACK: WIN_BACK, Deed.OFFER: OFFERS, Deed.THANK: PLAYBOOK}
BUTTONS = {Deed.WIN_BACK: "See whom", Deed.OFFER: "See their offers", Deed.THANK: "See how"}


def week_view(view: View, orders: OrdersOverview, todos: Sequence[ToDo]) -> None:
    """Show what to do as cards; nothing where there is nobody to do anything with."""
    if not todos:
        return
    st.header("This week")
    with st.grid(min_column_width=NARROWEST):
        for todo in todos:
            with st.container(border=True, height="stretch", gap="xsmall", key=f"todo_{todo.deed}"):
                _card(view, orders, todo)


def _card(view: View, orders: OrdersOverview, todo: ToDo) -> None:
    with st.container(height="stretch", gap="xsmall"):
        st.metric(f"{ICONS[todo.deed]} {TITLES[todo.deed]}", count(todo.people, "person", "people"))
        if todo.segment is not None:
            with st.container(horizontal=True, vertical_alignment="center", wrap=False):
                st.html(swatch(todo.segment), width=56)
                st.markdown(f"**{plain(view.names[todo.segment])}**", width="stretch")
        st.markdown(_why(view, orders, todo))
    label, key = BUTTONS[todo.deed], f"do_{todo.deed}"
    if st.button(label, key=key, icon=":material/arrow_forward:", type="primary"):
        segment = {} if todo.segment is None else looked_at.of_segment(view.k, todo.segment)
        st.switch_page(PAGES[todo.deed], query_params=segment)


def _why(view: View, orders: OrdersOverview, todo: ToDo) -> str:
    worth, window = _worth(view, todo), window_words(orders.window)
    if todo.foreseen:
        return f"{worth} at risk in the next 12 months: overdue, and more likely to leave than to stay."
    told = f"{'Ordered' if todo.stake is Stake.ORDERED else 'Paid'} {worth} in the last {window}"
    if todo.deed is Deed.WIN_BACK:
        return f"{told}, and silent for {formats.days(orders.active_days)} or more."
    if todo.deed is Deed.THANK:
        return f"{told}, the most a head."
    return f"{told}. Begin with {plain(formats.quoted(todo.product))}." if todo.product else f"{told}."


def _worth(view: View, todo: ToDo) -> str:
    if todo.stake in (Stake.MONEY_AT_RISK, Stake.MARGIN_AT_RISK, Stake.PAID):
        in_margin = todo.stake is Stake.MARGIN_AT_RISK
        return f"**{plain(formats.worth(todo.worth, view.run.currency, in_margin))}**"
    unit = "times" if todo.stake is Stake.ORDERED else "orders"
    return f"**{plain(formats.number(round(todo.worth)))}** {unit}"
