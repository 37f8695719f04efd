"""How well the recommendations would have foretold the last months, beside simpler ways."""

from __future__ import annotations

import streamlit as st

from pages.shell import latest
from pages.shell.browser.table import text_table
from pages.shell.following.follow import OFFERS
from pages.shell.words import count, sentence
from pages.shell.workspace import job_manager
from segmentation.action.recommend import (
    Check,
    Recommended,
    check_sentences,
    check_table,
    period_line,
    taste_sentence,
)
from segmentation.formats import days, duration, percent
from segmentation.runs import Run

HOW_COMPUTED = (
    "Everything is learned from what was known before one cut in time: co-purchase by a ridge regression of "
    "each product on all others (EASE), likeness of the product texts, how fresh a product’s sales are, the "
    "segment’s favourites (segments found anew before the cut) and how often a customer bought a product. "
    "Returns and what is no product do not count. Hit rate: the share of customers who bought at least one "
    "of the ten, with the interval that holds 95% of bootstrap samples of these customers; a way is ahead "
    "where the difference stays above nothing in 95% of them. NDCG also counts how many and how high in the "
    "list, from 0 to 1."
)


def check_view(run: Run, found: Recommended) -> None:
    """Say it in sentences, then in a table; offer to choose once more."""
    _told(found)
    if latest.is_current(run):
        chosen = f"{count(found.customers, 'customer')} in {duration(found.seconds)}"
        st.caption(f"Chosen for {chosen}, kept with these segments.")
        busy = job_manager().running is not None
        if st.button("Choose again", key="recommend", icon=":material/redeem:", disabled=busy):
            OFFERS.ask_for(run)
            st.rerun()


def _told(found: Recommended) -> None:
    check = found.check
    if check is None:
        st.info(sentence(found.unchecked), title="It cannot be checked for this shop")
        return
    told = [*check_sentences(check), taste_sentence(found.settings, check)]
    st.markdown("\n".join(f"- {one}" for one in told if one))
    st.caption(period_line(check))
    text_table(check_table(check), "How well each way foretold")
    with st.expander("How this is computed"):
        st.markdown(HOW_COMPUTED)
        st.markdown(_blend(found, check))


def _blend(found: Recommended, check: Check) -> str:
    settings = found.settings
    memory = f"halves every {days(settings.half_life)}" if settings.half_life else "is not used"
    texts = percent(settings.text) if found.has_texts else "nothing"
    return (
        f"Chosen on the earlier time: in the blend, texts count {texts} of the links between products; how "
        f"fresh sales are {memory}. The most popular products, those of the last 90 days, those of the "
        f"segment and what was bought most often were tried too; the simplest was taken that was not clearly "
        f"worse. New products were tested on {check.fresh_customers:,} customers."
    )
