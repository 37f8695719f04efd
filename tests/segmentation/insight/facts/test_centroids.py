from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.insight.facts.centroids import centroid_table, centroid_tables, signed_log, with_themes
from segmentation.text.block import Theme

NAN = float("nan")

MONETARY = Feature("monetary", "Net spend", "", Group.BEHAVIOUR, Unit.MONEY, skewed=True)
GAP = Feature("days_between_orders", "Days between orders", "", Group.BEHAVIOUR, Unit.DAYS, skewed=True)
RETURNS = Feature("return_share", "Return share", "", Group.BEHAVIOUR, Unit.SHARE)


@pytest.fixture
def table() -> FeatureTable:
    values = pd.DataFrame(
        {
            "monetary": [10.0, 20.0, 30.0, 100.0, 200.0, 640.0],
            "days_between_orders": [NAN, NAN, 6.0, 10.0, 20.0, 30.0],
            "return_share": [0.0, 0.1, 0.2, 0.0, 0.1, 0.2],
        }
    )
    ids = np.array([f"c{number}" for number in range(6)], dtype=object)
    return FeatureTable(ids, values, (MONETARY, GAP, RETURNS), (), None, "GBP")


LABELS = np.array([0, 0, 0, 1, 1, 1], dtype=np.uint8)


def test_means_medians_and_shares_by_hand(table: FeatureTable) -> None:
    centroids = centroid_table(table, LABELS, 2)
    np.testing.assert_allclose(centroids.means[0], [20, 940 / 3])
    np.testing.assert_allclose(centroids.medians[0], [20, 200])
    np.testing.assert_allclose(centroids.means[1], [6, 20])
    np.testing.assert_allclose(centroids.known[1], [1 / 3, 1])
    np.testing.assert_allclose(centroids.revenue_shares, [0.06, 0.94])
    assert centroids.sizes.tolist() == [3, 3]
    assert centroids.overall.tolist() == pytest.approx([65, 15, 0.1])
    assert centroids.use_median.tolist() == [True, True, False]


def test_effects_are_standard_deviations_on_the_compressed_scale(table: FeatureTable) -> None:
    logs = np.log1p(table.values["monetary"])
    expected = (logs[:3].mean() - logs.mean()) / logs.std(ddof=0)
    effects = centroid_table(table, LABELS, 2).effects
    np.testing.assert_allclose(effects[0], [expected, -expected])
    np.testing.assert_allclose(effects[2], [0, 0], atol=1e-12)


def test_the_mean_is_shown_where_half_of_all_share_the_lowest_value() -> None:
    orders = Feature("frequency", "Orders", "", Group.BEHAVIOUR, Unit.COUNT, skewed=True)
    values = pd.DataFrame({"frequency": [1.0, 1.0, 1.0, 5.0]})
    table = FeatureTable(np.array(list("abcd"), dtype=object), values, (orders,), (), None, None)
    centroids = centroid_table(table, np.array([0, 0, 1, 1], dtype=np.uint8), 2)
    assert centroids.values.tolist() == [[1.0, 3.0]]
    assert centroids.overall.tolist() == [2.0]


def test_display_frame_writes_units_and_how_many_it_speaks_for(table: FeatureTable) -> None:
    shown = centroid_table(table, LABELS, 2).display_frame(["Small", "Big"])
    assert shown.loc["Net spend"].tolist() == ["typical (median)", "£65.00", "£20.00", "£200"]
    assert shown.loc["Days between orders", "Small"] == "6 days (known for 33.3%)"
    assert shown.loc["Return share"].tolist() == ["average", "10.0%", "10.0%", "10.0%"]


def test_plain_frame_has_a_row_per_segment_in_original_units(table: FeatureTable) -> None:
    plain = centroid_table(table, LABELS, 2).plain_frame(["Small", "Big"])
    assert plain["segment"].tolist() == [1, 2]
    assert plain["segment_name"].tolist() == ["Small", "Big"]
    assert plain["monetary"].tolist() == pytest.approx([20, 940 / 3])
    assert plain["monetary_median"].tolist() == [20, 200]
    assert plain["customers"].sum() == 6
    assert "return_share_median" not in plain


def test_a_segment_without_customers_or_values_is_missing_not_wrong(table: FeatureTable) -> None:
    centroids = centroid_table(table, LABELS, 3)
    assert np.isnan(centroids.means[:, 2]).all()
    assert centroids.display_frame(["a", "b", "c"])["c"].tolist() == ["–", "–", "–"]


def test_several_k_at_once_are_the_same_as_one_by_one(table: FeatureTable) -> None:
    labels = {2: LABELS, 3: np.array([0, 1, 2, 0, 1, 2], dtype=np.uint8)}
    together = centroid_tables(table, labels)
    for k in (2, 3):
        np.testing.assert_array_equal(together[k].effects, centroid_table(table, labels[k], k).effects)


def test_a_constant_and_an_empty_feature_have_no_effect() -> None:
    values = pd.DataFrame({"monetary": [5.0, 5.0], "return_share": [NAN, NAN]})
    table = FeatureTable(np.array(["a", "b"], dtype=object), values, (MONETARY, RETURNS), (), None, None)
    centroids = centroid_table(table, np.array([0, 1]), 2)
    assert centroids.effects[0].tolist() == [0, 0]
    assert np.isnan(centroids.effects[1]).all()
    assert centroids.effect_frame(["a", "b"]).to_numpy().tolist() == [[0, 0], [0, 0]]


def test_themes_become_readable_features(table: FeatureTable) -> None:
    theme = Theme("trail running", ("trail", "running", "shoe"), 12)
    shares = np.array([[1.0], [0.5], [NAN], [0.0], [0.0], [NAN]], dtype=np.float32)
    with_text = with_themes(table, SimpleNamespace(themes=(theme,), theme_shares=shares))
    feature = with_text.feature("theme_0")
    assert (feature.label, feature.group, feature.unit) == ("Theme: trail running", Group.TEXT, Unit.SHARE)
    np.testing.assert_allclose(centroid_table(with_text, LABELS, 2).means[3], [0.75, 0])
    assert with_themes(table, None) is table


def test_signed_log_keeps_signs() -> None:
    np.testing.assert_allclose(signed_log(np.array([-1.0, 0.0, np.e - 1])), [-np.log(2), 0, 1])
