"""The segment as a short rule: in words, how well it does, and as SQL that can be tried at once."""

from __future__ import annotations

import streamlit as st

from pages.shell import explanations
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation.insight.facts.segment_rule import SegmentRule, rule_sql
from segmentation.insight.sentences.profile import rule_conditions, rule_quality
from segmentation.runs import View
from segmentation.runs.explain import count_rule


def rule_view(view: View, label: int) -> None:
    """Show the rule, its quality, and its SQL."""
    with st.expander("As a rule", key="profile_rule", on_change="rerun") as fold:
        if fold.open:
            _rule(view, explanations.rules(view)[label])


def _rule(view: View, found: SegmentRule) -> None:
    run = view.run
    conditions = rule_conditions(found, run.currency)
    if conditions:
        st.markdown("\n".join(f"- {plain(condition)}" for condition in conditions))
    st.markdown(rule_quality(found))
    if not conditions:
        return
    st.code(rule_sql(found, run.features, run.run_id), language="sql", wrap_lines=True)
    st.caption("It runs on this workspace’s file and returns exactly the customers that the rule catches.")
    if st.button("Count them", key="_count_rule", icon=":material/calculate:"):
        selected, members = count_rule(workspace(), view, found)
        st.markdown(f"It returns **{count(selected, 'customer')}**; **{members:,}** are in this segment.")
