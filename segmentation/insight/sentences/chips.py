"""The words of a segment's one line: a figure in two or three words, and what hovering over it tells."""

from __future__ import annotations

from segmentation.features.table import Group
from segmentation.insight.facts.key_figures import KeyFigure
from segmentation.insight.feature_words.wording import plain_label, theme_words, value_of

CHIPS = {"frequency": "{value} orders", "monetary": "{value} spent", "recency": "{value} ago"}
ONE = {"frequency": "one order"}
TASTE = "likes {words}"
OF_ALL = "{label}: {value}; all customers: {overall}"


def chip(figure: KeyFigure, currency: str | None) -> str:
    """Say a figure of a segment in two or three words."""
    feature = figure.feature
    if feature.group == Group.TEXT:
        return TASTE.format(words=" & ".join(theme_words(feature)[:2]))
    value = value_of(feature, figure.value, currency)
    if value == "1" and feature.name in ONE:
        return ONE[feature.name]
    return CHIPS.get(feature.name, f"{plain_label(feature)} {{value}}").replace("{value}", value)


def chip_help(figure: KeyFigure, currency: str | None) -> str:
    """Say what the figure is, and the same of all customers."""
    value, overall = (value_of(figure.feature, one, currency) for one in (figure.value, figure.overall))
    return OF_ALL.format(label=figure.feature.label, value=value, overall=overall)
