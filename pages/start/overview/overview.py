"""Where a marketer lands once there are segments: what is going on, and what to do about it this week."""

import streamlit as st

from pages.shell import latest
from pages.shell.guard import files_changed, next_step, require
from pages.shell.routes import DATA, EXPLORE
from pages.shell.segment_choice import shown
from pages.start.overview import kept
from pages.start.overview.alarm import alarm_line
from pages.start.overview.heat_map import FEWEST_MONTHS, heat_map_view
from pages.start.overview.pictures import months_view, shares_view, spread_view
from pages.start.overview.tiles import order_tiles, table_tiles
from pages.start.overview.week import week_view
from pages.start.overview.words import HOW_COMPUTED, WHAT_AMOUNTS_ADD, WHAT_DATES_ADD, WHAT_ORDERS_ADD
from segmentation.action.overview import OrdersOverview, ShopOverview, whom_to_thank_and_offer
from segmentation.runs import Run, View

NARROWEST = 420  # CSS pixels of a picture


def with_orders(run: Run, view: View, orders: OrdersOverview) -> None:
    """Show all that dated orders tell."""
    outlook, found = kept.outlook_of(run), kept.by_segment(run.run_id, view.k)
    order_tiles(run, orders, outlook)
    todos = [kept.win_back(view, orders, outlook)]
    if found:
        todos += whom_to_thank_and_offer(view, orders, found, kept.recommended_of(run))
    week_view(view, orders, [todo for todo in todos if todo])
    with st.grid(2, min_column_width=NARROWEST, gap="medium"):
        if found:
            with st.container(gap="medium"):
                months_view(view, orders, found)
                if orders.months.number >= FEWEST_MONTHS:
                    heat_map_view(view, orders, found)
        with st.container(gap="medium"):  # as long as there are segments: nothing stands beside it in rows
            shares_view(view)
            if orders.tenths:
                spread_view(orders.tenths, orders.window)
    if not orders.has_amounts:
        st.info(WHAT_AMOUNTS_ADD, icon=":material/upload_file:")
    with st.expander("How this is computed", key="overview_how"):
        st.markdown(HOW_COMPUTED)


def without_orders(run: Run, view: View, found: ShopOverview | None) -> None:
    """Show what a table of customers tells, and say what orders would add."""
    table_tiles(view, found)
    shares_view(view)
    undated = any(feature.name == "frequency" for feature in run.features)
    st.info(WHAT_DATES_ADD if undated else WHAT_ORDERS_ADD, icon=":material/upload_file:")
    next_step(DATA, "Add your orders", icon=":material/upload_file:")


st.title("Overview")
st.markdown("What is going on in your shop, and what to do about it this week.")

run = require(
    latest.latest_run(),
    "Your shop at a glance appears here once you have added files and pressed Find segments.",
)
view = shown(run)
overview = kept.overview_of(run)
if not latest.is_current(run):
    files_changed()
alarm_line(run)
if overview and overview.orders:
    with_orders(run, view, overview.orders)
else:
    without_orders(run, view, overview)
next_step(EXPLORE, "See your segments")
