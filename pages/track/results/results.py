"""What a campaign really brought: who got it against who was held out of it."""

import streamlit as st

from pages.shell import latest
from pages.shell.guard import next_step, require
from pages.shell.routes import FILES, PLAYBOOK
from pages.shell.workspace import workspace
from pages.track.results import kept
from pages.track.results.choose import choose
from pages.track.results.drop_in import drop_in, dropped
from pages.track.results.told import can_be_kept, told
from segmentation.action.files.campaign_log import list_campaigns
from segmentation.action.files.kept_results import kept_results
from segmentation.track.results.facts import Result
from segmentation.track.results.keep import keep_result
from segmentation.track.results.words import HOW_READ, KEPT, kept_words

st.title("Results")
st.markdown("What a campaign really brought, by the customers who were held out of it.")


def keep(result: Result) -> None:
    """Offer to keep the result for the playbook, and say what is kept."""
    known = kept_results(workspace(), result.campaign.export_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        if can_be_kept(result) and st.button(
            "Keep for the playbook",
            key="results_keep",
            type="primary",
            icon=":material/bookmark_added:",
            help=KEPT,
        ):
            keep_result(workspace(), result)
            st.rerun()
        if known:
            st.caption(kept_words(known[0]))
        next_step(PLAYBOOK, "See the playbook")


require(
    latest.latest_run(),
    "What campaigns brought appears here once segments were found, an audience was handed over with a "
    "hold-out, and orders from after the send are in your files.",
)
campaigns = list_campaigns(workspace())
if not campaigns:
    st.info(
        "Hand an audience over with a hold-out, send it, and add the orders of the two weeks after: this "
        "page then says what it brought.",
        title="No campaign yet",
        icon=":material/science:",
    )
    next_step(FILES, "Hand an audience over", icon=":material/contact_mail:")
    st.stop()

asked = choose(campaigns)
found = kept.read(asked, dropped(asked.export_id))
told(found)
keep(found)
with st.expander("Result file and cost", icon=":material/upload_file:", key="results_drop"):
    drop_in(asked.export_id)
with st.expander("How this is computed"):
    for topic, said in HOW_READ.items():
        st.markdown(f"**{topic}.** {said}")
