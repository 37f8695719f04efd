"""What to offer each segment and each customer, with the reason, and how well that foretells."""

import streamlit as st

from pages.act.offers.check import check_view
from pages.act.offers.customer import customer_view
from pages.act.offers.per_segment import offers_view
from pages.act.offers.start import recommended_of, start_view
from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.routes import FILES

st.title("Offers")
st.markdown("What to offer each segment and each customer next, and why.")

run = require(
    latest.latest_run(),
    "Recommendations appear here once there are segments: add orders that say which products were bought (a "
    "row per product, with its name or number), and press Find segments.",
)
found = recommended_of(run)
if found is not None:
    offers_view(run, found)
    customer_view(run, found)
    check_view(found)
start_view(run, found)
next_step(FILES, "Take your segments along")
