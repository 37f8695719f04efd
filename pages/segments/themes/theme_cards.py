"""The themes in a grid, and one of them closely: a name that can be edited, its words, some of its texts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.segments.themes.theme_grid import theme_grid
from pages.shell.browser.fold import fold
from pages.shell.held.remembered import forget_runs, remembered
from pages.shell.segment_choice import shown
from pages.shell.swatch import glyph
from pages.shell.words import count, plain
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.insight.facts.telling_words import masked
from segmentation.insight.facts.theme_facts import ThemeFacts, measure_themes
from segmentation.runs import Run, View
from segmentation.runs.theme_names import LONGEST, rename_theme

MOST_EXAMPLES = 3


def themes_view(run: Run) -> None:
    """Show all themes beside one another, and let one be read and named."""
    view = shown(run)
    found = _facts(run.run_id, view.k, view)
    theme_grid(view, found)
    fold("Read or rename a theme", "theme_open", partial(_read, view, found))


def _read(view: View, found: Sequence[ThemeFacts]) -> None:
    chosen = st.selectbox(
        "Theme",
        [one.theme for one in found],
        format_func=view.run.theme_name,
        key="theme_read",
        persist_state="session",
    )
    _card(view, next(one for one in found if one.theme == chosen))


@remembered(4, "Counting themes …")
def _facts(run_id: str, k: int, _view: View) -> tuple[ThemeFacts, ...]:
    return measure_themes(_view.table, _view.labels, k)


def _card(view: View, facts: ThemeFacts) -> None:
    run = view.run
    theme, name, key = run.themes[facts.theme], run.theme_name(facts.theme), f"theme_name_{facts.theme}"
    if st.session_state.get(key) != name:
        st.session_state[key] = name
    st.text_input(
        f"Name of theme {facts.theme + 1}",
        key=key,
        max_chars=LONGEST,
        help="Empty it to bring the generated one back.",
        on_change=_rename,
        args=(run, facts.theme, key),
    )
    revenue = f" · **{formats.percent(facts.revenue)}** of revenue" if facts.revenue is not None else ""
    st.markdown(
        f"**{formats.percent(facts.customers)}** of customers{revenue} · {count(theme.texts, 'text')}  \n"
        f":gray[{plain(', '.join(theme.words)) or 'No telling words'}]  \n{_strongholds(view, facts)}"
    )
    for example in theme.examples[:MOST_EXAMPLES]:
        st.text(masked(example))


def _strongholds(view: View, facts: ThemeFacts) -> str:
    """Say which of the k segments have much of a theme."""
    names = view.names
    told = [
        f"{glyph(label)} {plain(names[label])} ({formats.percent(facts.inside[label])} of their texts)"
        for label in facts.strongholds[:2]
    ]
    everyone = formats.percent(facts.part)
    if not told:
        return f"About the same in all {view.k} segments: {everyone} of their texts"
    return f"Most in {' and '.join(told)}, beside {everyone} of everybody’s"


def _rename(run: Run, theme: int, key: str) -> None:
    rename_theme(workspace(), run.themes[theme], st.session_state[key])
    forget_runs()
