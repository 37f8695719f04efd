"""What to offer each segment and each customer, at a glance; the reasons and the check behind it."""

import streamlit as st

from pages.act.offers.check import check_view
from pages.act.offers.customer import customer_view
from pages.act.offers.glance import glance_view
from pages.act.offers.per_segment import downloads, offers_view
from pages.act.offers.tiles import tiles_view
from pages.shell import latest
from pages.shell.following import kept
from pages.shell.following.follow import OFFERS
from pages.shell.following.panel import progress_of, stand_in
from pages.shell.guard import next_step, require
from pages.shell.routes import PLAYBOOK
from pages.shell.segment_choice import choose_segment

st.title("Offers")
st.markdown("What to offer each segment and each customer next.")

run = require(
    latest.latest_run(),
    "Offers appear here once there are segments: add orders that say which products were bought (a row per "
    "product, with its name or number), and press Find segments.",
)
found = kept.offers(run)
if found is None or not found.tiles:
    stand_in(OFFERS, run)
    st.stop()
progress_of(OFFERS, run)
view, label = choose_segment(run, sorted(found.tiles))
tiles_view(view, label, found)
glance_view(view, found)
downloads(view, found)
with st.expander("Every offer, and why", key="offers_why", on_change="rerun") as why:
    if why.open:
        offers_view(view, label, found)
with st.expander("One customer’s offers", key="offers_customer", on_change="rerun") as one:
    if one.open:
        customer_view(run, found)
with st.expander("Would this have worked?", key="offers_check", on_change="rerun") as check:
    if check.open:
        check_view(run, found)
next_step(PLAYBOOK, "See what to do with each segment")
