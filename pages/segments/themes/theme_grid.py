"""All themes at one look: how much of each segment's texts is about each, shaded beside all customers'."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.segments.explore.component import mount
from pages.shell.swatch import glyph
from segmentation import formats
from segmentation.charts import figures as charts
from segmentation.charts.shades import shade
from segmentation.insight.facts.theme_facts import ThemeFacts
from segmentation.runs import View

EVERYONE, HAVE_IT = "All", "Customers with it"
ALT = "How much of what customers of each segment choose or write is about each theme"


def theme_grid(view: View, themes: Sequence[ThemeFacts]) -> None:
    """Show a row for each theme, the largest first, and a column for each segment."""
    columns = [
        {"name": name, "colour": charts.style_of(label).colour, "mark": glyph(label)}
        for label, name in enumerate(view.names)
    ]
    rows = [_row(view, one) for one in sorted(themes, key=lambda one: -one.part)]
    head = {"alt": ALT, "everyone": EVERYONE, "shownAs": HAVE_IT, "shownAreNumbers": True}
    mount("centroids", key="themes_grid", data={**head, "columns": columns, "rows": rows})
    st.caption(
        "What part of their texts is about each theme. **Blue**: more than of all customers, "
        "**orange**: less. Click a segment to sort."
    )


def _row(view: View, one: ThemeFacts) -> dict[str, object]:
    """Write a theme; its shades are those of the table of centroids."""
    table = view.cut.centroids
    names = [feature.name for feature in table.features]
    effects = np.nan_to_num(table.effects[names.index(one.feature.name)])
    return {
        "label": view.run.theme_name(one.theme),
        "help": ", ".join(view.run.themes[one.theme].words),
        "everyone": formats.percent(one.part),
        "cells": [formats.percent(share) for share in one.inside],
        "styles": [shade(effect) for effect in effects],
        "effects": effects.tolist(),
        "shownAs": formats.percent(one.customers),
    }
