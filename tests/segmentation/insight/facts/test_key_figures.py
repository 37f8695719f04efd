"""The figures that compare all segments in one line each: what leads, else what parts them, and the taste."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.insight.facts.centroids import CentroidTable, centroid_table
from segmentation.insight.facts.key_figures import key_figures, key_rows, taste
from segmentation.insight.sentences.chips import chip, chip_below_head, chip_head, chip_help

LABELS = np.repeat([0, 1], 50)


def of_columns(**columns: tuple[Group, Unit, np.ndarray]) -> CentroidTable:
    """Describe two halves of a hundred customers by these columns."""
    features = tuple(
        Feature(name, name.capitalize(), "", group, unit) for name, (group, unit, _) in columns.items()
    )
    values = pd.DataFrame({name: numbers for name, (_, _, numbers) in columns.items()})
    ids = np.array([f"c{number:03d}" for number in range(len(LABELS))], dtype=object)
    return centroid_table(FeatureTable(ids, values, features, (), None, "EUR"), LABELS, 2)


def numbers(low: float, high: float, seed: int, spread: float = 1.0) -> np.ndarray:
    """Give the first half one number and the second another, with some noise."""
    return np.where(LABELS == 0, low, high) + np.random.default_rng(seed).normal(0, spread, len(LABELS))


def test_how_often_how_much_and_how_lately_come_first_where_there_are_orders() -> None:
    table = of_columns(
        evening_share=(Group.BEHAVIOUR, Unit.SHARE, numbers(0, 90, 0)),
        recency=(Group.BEHAVIOUR, Unit.DAYS, numbers(5, 5, 1)),
        monetary=(Group.BEHAVIOUR, Unit.MONEY, numbers(200, 300, 2)),
        frequency=(Group.BEHAVIOUR, Unit.COUNT, np.where(LABELS == 0, 1.0, 12.0)),
    )
    rows = key_rows(table)
    assert [table.features[row].name for row in rows] == ["frequency", "monetary", "recency"]
    told = [chip(one, table.currency) for one in key_figures(table, rows, 0)]
    assert told[0] == "one order"
    assert told[1].startswith("€") and told[1][1:].isdigit()
    assert told[2].endswith(" days ago")
    assert chip(key_figures(table, rows, 0)[1], None).endswith(" spent")


def test_below_its_head_a_figure_needs_no_words() -> None:
    table = of_columns(
        recency=(Group.BEHAVIOUR, Unit.DAYS, numbers(5, 40, 1, 0.1)),
        frequency=(Group.BEHAVIOUR, Unit.COUNT, np.where(LABELS == 0, 1.0, 12.0)),
        age=(Group.PROFILE, Unit.NUMBER, np.tile([30.0, 40.0], len(LABELS) // 2)),
    )
    rows = key_rows(table)
    assert [chip_head(table.features[row]) for row in rows] == ["Orders", "Days since order", "Age"]
    assert [chip_below_head(one, None) for one in key_figures(table, rows, 1)] == ["12", "40", "35"]


def test_a_table_without_orders_is_told_by_what_parts_the_segments_most_each_story_once() -> None:
    points = numbers(10, 90, 3)
    table = of_columns(
        age=(Group.PROFILE, Unit.NUMBER, numbers(30, 30, 4)),
        points=(Group.PROFILE, Unit.NUMBER, points),
        twice=(Group.PROFILE, Unit.NUMBER, 2 * points),
        visits=(Group.PROFILE, Unit.NUMBER, numbers(3, 4, 5)),
    )
    assert [table.features[row].name for row in key_rows(table)] in (
        ["points", "visits", "age"],
        ["twice", "visits", "age"],
    )


def test_what_most_of_a_segment_has_no_value_of_is_left_out() -> None:
    gaps = np.where(LABELS == 0, np.nan, 30.0)
    gaps[:10] = 30.0
    table = of_columns(
        recency=(Group.BEHAVIOUR, Unit.DAYS, gaps), frequency=(Group.BEHAVIOUR, Unit.COUNT, numbers(1, 9, 6))
    )
    assert [one.feature.name for one in key_figures(table, key_rows(table), 0)] == ["frequency"]


def test_the_taste_is_the_theme_that_a_segment_has_clearly_more_of() -> None:
    table = of_columns(
        theme_0=(Group.TEXT, Unit.SHARE, numbers(0.1, 0.8, 7, 0.05)),
        theme_1=(Group.TEXT, Unit.SHARE, numbers(0.3, 0.3, 8, 0.05)),
    )
    liked = taste(table, 1)
    assert liked is not None and liked.feature.name == "theme_0"
    assert liked.value == pytest.approx(0.8, abs=0.05)
    assert chip(liked, None) == chip_below_head(liked, None) == "Theme_0"
    assert taste(table, 0) is None
    assert taste(table, 1, {"theme_1"}) == liked  # its name may speak of what it has no more of
    assert chip_help(liked, None).startswith("Theme_0: 7") or chip_help(liked, None).startswith("Theme_0: 8")


def test_of_several_tastes_it_is_the_one_that_the_name_speaks_of() -> None:
    table = of_columns(
        theme_0=(Group.TEXT, Unit.SHARE, numbers(0.1, 0.8, 7, 0.05)),
        theme_1=(Group.TEXT, Unit.SHARE, numbers(0.1, 0.5, 8, 0.05)),
    )
    tastes = [taste(table, 1, named_for) for named_for in ((), {"theme_1"}, {"frequency", "theme_0"})]
    assert [one.feature.name for one in tastes if one] == ["theme_0", "theme_1", "theme_0"]
