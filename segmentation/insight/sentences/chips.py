"""The words of a segment's one line: a figure with its words or below a head, and what hovering tells."""

from __future__ import annotations

from segmentation import formats
from segmentation.features.table import Feature, Group
from segmentation.insight.facts.key_figures import KeyFigure
from segmentation.insight.feature_words.wording import plain_label, theme_words, value_of

CHIPS = {"frequency": "{value} orders", "monetary": "{value} spent", "recency": "{value} ago"}
ONE = {"frequency": "one order"}
BARE_MONEY = "monetary"
"""With its currency, an amount needs no word."""
HEADS = {"frequency": "Orders", "monetary": "Spent", "recency": "Days since order"}
TASTE_HEAD = "Likes"
OF_ALL = "{label}: {value}; all customers: {overall}"


def chip(figure: KeyFigure, currency: str | None) -> str:
    """Say a figure of a segment in two or three words."""
    feature = figure.feature
    if feature.group == Group.TEXT:
        return " & ".join(theme_words(feature)[:2])
    value = value_of(feature, figure.value, currency)
    if value == "1" and feature.name in ONE:
        return ONE[feature.name]
    if feature.name == BARE_MONEY and currency:
        return value
    return CHIPS.get(feature.name, f"{plain_label(feature)} {{value}}").replace("{value}", value)


def chip_is_labelled(feature: Feature) -> bool:
    """Whether the words of a figure are no more than the label of its column."""
    return feature.group != Group.TEXT and feature.name not in CHIPS


def chip_head(feature: Feature) -> str:
    """Name the column in which the figures of all segments stand below each other."""
    return HEADS.get(feature.name) or formats.capitalised(plain_label(feature))


def chip_below_head(figure: KeyFigure, currency: str | None) -> str:
    """Write a figure where its head has said what it is."""
    feature = figure.feature
    if feature.group == Group.TEXT:
        return chip(figure, currency)
    if feature.name in HEADS:
        return formats.bare(figure.value, feature.unit, currency)
    return value_of(feature, figure.value, currency)


def chip_help(figure: KeyFigure, currency: str | None) -> str:
    """Say what the figure is, and the same of all customers."""
    value, overall = (value_of(figure.feature, one, currency) for one in (figure.value, figure.overall))
    return OF_ALL.format(label=figure.feature.label, value=value, overall=overall)
