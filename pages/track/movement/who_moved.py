"""Who went from one segment to another between two days, with how much money, and why."""

import streamlit as st

from pages.shell import cached, latest
from pages.shell.following import kept, moves
from pages.shell.guard import next_step, require
from pages.shell.routes import DATA, WIN_BACK
from pages.shell.segment_choice import shown
from pages.shell.words import plain
from pages.shell.workspace import workspace
from pages.track.movement.alarms import alarms_view
from pages.track.movement.days import choose_days, stand_in
from pages.track.movement.headline import headline_view
from pages.track.movement.people import people_view
from pages.track.movement.picture import picture_view
from pages.track.movement.proposal import proposal_view
from pages.track.movement.words import CLEAR_MOVES, EARLIER_VERSION, HOW_COMPUTED, NO_DATES, OTHER_NUMBERS
from segmentation.track.alarms.words import HOW_RUNG, left_out
from segmentation.track.frozen import adopted_run
from segmentation.track.movement.cells import Look, is_of_run

st.title("Who moved")
st.markdown("Who went from one segment to another between two days, and why.")

adopted = adopted_run(workspace())
run = require(
    latest.run_of(adopted.run_id) if adopted else latest.latest_run(),
    "Who moved appears here once segments have been found in orders with dates.",
)
shop = cached.shop()
if shop.as_of is None or not shop.has & moves.NEEDS:
    st.info(NO_DATES, title="Nothing to compare yet")
    next_step(DATA, "Go to your data", icon=":material/upload_file:")
    st.stop()
if not run.reach:
    st.info(EARLIER_VERSION, title="These segments cannot be followed")
    next_step(DATA, "Find the segments anew", icon=":material/update:")
    st.stop()

followed, alarms = run, alarms_view(run)
asked = choose_days(run, shop.as_of)
movement = asked.found()
if movement is None:
    stand_in(asked)
    next_step(WIN_BACK, "Meanwhile: whom to win back")
    st.stop()
run = latest.run_of(movement.run_id)  # the later one, where two are compared
view = shown(run)
steady = st.toggle("Only clear moves", key="movement_steady", help=CLEAR_MOVES)
foreseen = kept.outlook(run) is not None and is_of_run(run, movement)
if view.k not in movement.ks:
    st.info(OTHER_NUMBERS.format(ks=", ".join(map(str, movement.ks))))
    st.stop()
before = latest.run_of(movement.from_run).names_at(view.k) if movement.from_run else ()
look = Look(movement, view.k, steady, foreseen, tuple(before))
cells = moves.cells(look)
headline_view(view, look, cells, shop.as_of)
picture_view(view, look, cells)
people_view(view, look, cells, shop.as_of)
proposal_view(followed, rung=bool(alarms and alarms.number))
with st.expander("How this is computed", key="movement_how"):
    st.markdown(HOW_COMPUTED)
    if alarms:
        st.markdown(HOW_RUNG.format(by_time=plain(left_out(alarms))))
next_step(WIN_BACK, "Next: whom to win back")
