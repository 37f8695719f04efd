"""Differences, names and sentences of small shops whose segments are known."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.clusters.stability_band import Band, stability_band
from segmentation.clusters.suggest import Structure
from segmentation.features import events, orders, reviews
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.insight.facts.centroids import centroid_table
from segmentation.insight.facts.claims import find_claims
from segmentation.insight.facts.differences import Difference, Portrait, find_differences
from segmentation.insight.feature_words.families import Family
from segmentation.insight.feature_words.vocabulary import ENTRIES
from segmentation.insight.feature_words.wording import entry_of, plain_label, theme_words
from segmentation.insight.naming.segment_names import inherit_names, name_every_k, name_segments
from segmentation.insight.sentences.segments import (
    BAND_MEANINGS,
    clause_of,
    segment_sentence,
    structure_verdict,
)

KNOWN = {
    candidate.feature.name: candidate.feature
    for candidate in (
        *orders.CANDIDATES,
        *events.CANDIDATES,
        *events.CANDIDATES_WITHOUT_ORDERS,
        *reviews.CANDIDATES,
        *reviews.CANDIDATES_WITHOUT_ORDERS,
    )
}
CAMPING = Feature("theme_0", "Theme: camping", "", Group.TEXT, Unit.SHARE)
INCOME = Feature("profile.Income", "Annual_Income (k$)", "", Group.PROFILE, Unit.NUMBER)
FLAG = Feature("profile.Sex=F", "Sex: F", "", Group.PROFILE, Unit.SHARE, value="F")
FEATURES = (*KNOWN.values(), CAMPING, INCOME, FLAG)


def table_of(columns: dict[str, list[float]], gap: float | None = None, **more: Feature) -> FeatureTable:
    features = tuple(more.get(name) or KNOWN[name] for name in columns)
    values = pd.DataFrame(columns, dtype=float)
    ids = np.array([str(number) for number in range(len(values))], dtype=object)
    return FeatureTable(ids, values, features, (), None, "GBP", usual_gap=gap)


def portraits_of(columns: dict[str, list[float]], labels: list[int], **more: Feature) -> tuple[Portrait, ...]:
    return find_differences(centroid_table(table_of(columns, **more), np.array(labels), max(labels) + 1))


def names_of(
    columns: dict[str, list[float]], labels: list[int], gap: float | None = None, **more: Feature
) -> tuple[str, ...]:
    k = max(labels) + 1
    claims = find_claims(table_of(columns, gap, **more), {k: np.array(labels)})[k]
    return name_segments(portraits_of(columns, labels, **more), claims)


@pytest.fixture
def two() -> tuple[Portrait, ...]:
    return portraits_of(
        {
            "frequency": [12, 14, 11, 1, 1, 2, 3],
            "monetary": [1960, 2100, 1500, 30, 150, 35, 200],
            "products": [60, 70, 50, 2, 1, 3, 8],
            "recency": [30, 300, 80, 250, 20, 90, 100],
        },
        [0, 0, 0, 1, 1, 1, 1],
    )


def test_the_same_story_is_told_once(two: tuple[Portrait, ...]) -> None:
    families = [difference.family for difference in two[0].clear]
    assert sorted(families) == [Family.MONEY, Family.RHYTHM]
    assert all(difference.effect > 0 for difference in two[0].clear)
    strengths = [abs(difference.effect) for difference in two[0].differences]
    assert strengths == sorted(strengths, reverse=True)


def test_names_and_sentences_in_original_units(two: tuple[Portrait, ...]) -> None:
    assert name_segments(two) == ("Frequent big spenders", "Occasional small spenders")
    sentence = segment_sentence(two[0])
    assert "placed 12 orders (4× the typical 3)" in sentence
    assert "spend £1,960 in total (9.8× the typical £200)" in sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_days_between_orders_count_the_other_way_round() -> None:
    portraits = portraits_of({"days_between_orders": [20, 21, 22, 46, 48, 50, 52, 54]}, [0] * 3 + [1] * 5)
    assert segment_sentence(portraits[0]) == "Order every 21 days (2.2× as often as the typical 47 days)."
    assert name_segments(portraits)[0] == "Regulars"


def test_a_value_few_customers_have_is_no_difference() -> None:
    nan = float("nan")
    portraits = portraits_of(
        {"days_between_orders": [nan, nan, 2, 50, 60, 70], "frequency": [1, 1, 2, 4, 4, 5]},
        [0, 0, 0, 1, 1, 1],
    )
    assert [difference.feature.name for difference in portraits[0].clear] == ["frequency"]


def test_a_segment_like_the_average_is_all_rounders() -> None:
    portraits = portraits_of({"monetary": [10, 100, 1000, 10, 100, 1000]}, [0, 0, 0, 1, 1, 1])
    assert portraits[0].is_all_rounders
    assert name_segments(portraits) == ("All-rounders", "All-rounders 2")
    assert segment_sentence(portraits[0]).startswith("Like the average customer")


def test_themes_join_names_and_sentences() -> None:
    portraits = portraits_of(
        {"recency": [5, 6, 7, 200, 210, 220], "theme_0": [0.9, 0.8, 0.7, 0.1, 0.0, 0.1]},
        [0, 0, 0, 1, 1, 1],
        theme_0=CAMPING,
    )
    assert name_segments(portraits) == ("Recent customers · camping", "Lapsed customers")
    assert segment_sentence(portraits[0]) == (
        "Last ordered 6 days ago (typical: 104 days); most of what they choose or write is about camping."
    )


def test_columns_of_the_shop_are_named_by_their_label_and_flags_stay_out() -> None:
    portraits = portraits_of(
        {"income": [80, 85, 90, 20, 25, 30], "sex": [1, 1, 1, 0, 0, 0], "recency": [1, 9, 2, 8, 3, 9]},
        [0, 0, 0, 1, 1, 1],
        income=Feature("income", INCOME.label, "", Group.PROFILE, Unit.NUMBER),
        sex=Feature("sex", FLAG.label, "", Group.PROFILE, Unit.SHARE, value="F"),
    )
    assert not any("Sex" in name for name in name_segments(portraits))
    only_income = portraits_of(
        {"income": [80, 85, 90, 20, 25, 30]},
        [0, 0, 0, 1, 1, 1],
        income=Feature("income", INCOME.label, "", Group.PROFILE, Unit.NUMBER),
    )
    assert name_segments(only_income) == ("High Annual Income", "Low Annual Income")
    assert segment_sentence(only_income[0]) == "Have high Annual Income: 85 (average: 55)."


def portrait(segment: int, *differences: tuple[str, float]) -> Portrait:
    by_name = {feature.name: feature for feature in FEATURES}
    found = tuple(
        Difference(by_name[name], entry_of(by_name[name]).family, 5.0, 3.0, effect, None, False)
        for name, effect in differences
    )
    return Portrait(segment, 10, 0.5, None, found, None, dict(differences))


def test_alike_segments_get_the_difference_that_tells_them_apart() -> None:
    base = (("frequency", 2.0), ("monetary", 1.0))
    alike = (
        portrait(0, *base, ("recency", 0.5), ("weekend_share", 0.4)),
        portrait(1, *base, ("recency", 0.5), ("evening_share", 0.4)),
    )
    assert name_segments(alike) == (
        "Frequent big spenders · weekend shoppers",
        "Frequent big spenders · evening shoppers",
    )


def test_a_fixed_name_is_kept_and_not_given_twice() -> None:
    alike = (portrait(0, ("monetary", 1.0)), portrait(1, ("monetary", 1.0)))
    assert name_segments(alike, {1: "Big spenders"}) == ("Big spenders 2", "Big spenders")


_evidence = st.lists(
    st.tuples(st.sampled_from([feature.name for feature in FEATURES]), st.floats(-3, 3)),
    max_size=5,
    unique_by=lambda pair: pair[0],
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_evidence, min_size=1, max_size=12), st.integers(0, 3))
def test_names_are_always_distinct_and_short(evidence: list[list[tuple[str, float]]], kept: int) -> None:
    portraits = [portrait(segment, *of_one) for segment, of_one in enumerate(evidence)]
    fixed = {segment: f"Mine {segment}" for segment in range(min(kept, len(portraits)))}
    names = name_segments(portraits, fixed)
    assert len({name.casefold() for name in names}) == len(portraits)
    assert all(0 < len(name) <= 120 for name in names)
    assert all(names[segment] == name for segment, name in fixed.items())
    assert all(segment_sentence(one) for one in portraits)


def test_names_are_inherited_from_half_overlap_on() -> None:
    before = np.array([0, 0, 0, 0, 1, 1, 1, 1], dtype=np.uint8)
    after = np.array([0, 0, 2, 2, 1, 2, 2, 2], dtype=np.uint8)
    assert inherit_names(["A", "B"], before, after) == {0: "A"}


def test_every_k_inherits_from_the_one_before() -> None:
    portraits = {
        2: (portrait(0, ("monetary", 2.0)), portrait(1, ("monetary", -2.0))),
        3: (
            portrait(0, ("discount_share", 2.0), ("monetary", 0.3)),
            portrait(1, ("monetary", -2.0)),
            portrait(2, ("discount_share", 1.0)),
        ),
    }
    labels = {2: np.array([0, 0, 1, 1]), 3: np.array([0, 0, 1, 2])}
    names = name_every_k(portraits, labels)
    assert names[2] == ("Big spenders", "Small spenders")
    assert names[3] == ("Big spenders", "Small spenders", "Bargain hunters")


def test_a_name_that_is_no_longer_true_is_not_inherited() -> None:
    portraits = {
        2: (portrait(0), portrait(1, ("monetary", -2.0))),
        3: (portrait(0, ("monetary", 0.5)), portrait(1, ("monetary", 0.1)), portrait(2, ("monetary", -2.0))),
    }
    labels = {2: np.array([0, 0, 1, 1]), 3: np.array([0, 0, 1, 2])}
    names = name_every_k(portraits, labels)
    assert names[2] == ("All-rounders", "Small spenders")
    assert names[3] == ("Big spenders", "All-rounders", "Small spenders")


def test_every_feature_of_orders_events_and_reviews_has_its_words() -> None:
    assert set(KNOWN) == set(ENTRIES)
    for entry in ENTRIES.values():
        assert "{value}" in entry.high.clause
        assert "{value}" in entry.low.clause


def test_the_lowest_values_have_words_of_their_own() -> None:
    portraits = portraits_of({"frequency": [1, 1, 1, 1, 4, 5, 6, 7, 8]}, [0] * 4 + [1] * 5)
    assert name_segments(portraits)[0] == "One-time buyers"
    assert segment_sentence(portraits[0]) == "Have ordered once (typical: 4)."


def test_labels_from_files_become_short_plain_words() -> None:
    assert plain_label(INCOME) == "Annual Income"
    hostile = Feature("p", "<b>{value}</b>\n" + "x" * 10_000, "", Group.PROFILE, Unit.NUMBER)
    assert len(plain_label(hostile)) <= 28
    assert plain_label(Feature("p", "(%)", "", Group.PROFILE, Unit.NUMBER)) == "this column"


@pytest.mark.parametrize(
    ("jaccard", "band"),
    [
        (0.59, Band.NOT_TRUSTED),
        (0.6, Band.DOUBTFUL),
        (0.749, Band.DOUBTFUL),
        (0.75, Band.STABLE),
        (0.85, Band.VERY_STABLE),
    ],
)
def test_stability_bands_are_those_of_clusterboot(jaccard: float, band: Band) -> None:
    assert stability_band(jaccard) == band
    assert BAND_MEANINGS[band]


def suggestion(structure: Structure, k: int, **of_next: object) -> SimpleNamespace:
    here = SimpleNamespace(k=k, returns=0.9, gaps=True, large_enough=True, min_share=0.2)
    more = SimpleNamespace(**{**vars(here), "k": k + 1, **of_next})
    return SimpleNamespace(k=k, structure=structure, evidence=(here, more), of=lambda _: here)


@pytest.mark.parametrize("structure", [*Structure])
def test_every_structure_has_a_verdict(structure: Structure) -> None:
    assert structure_verdict(suggestion(structure, 4)).endswith(".")


def test_one_day_is_compared_with_a_span() -> None:
    portraits = portraits_of({"active_span": [0, 0, 0, 90, 100, 110, 120]}, [0] * 3 + [1] * 4)
    assert segment_sentence(portraits[0]) == (
        "Have ordered on one day only (typical: 90 days from first to last)."
    )


def test_figures_that_read_alike_are_no_difference() -> None:
    orders = {"frequency": [0.0] * 2 + [1.0] * 98, "review_span": [0.0] * 60 + [0.04] * 40}
    portraits = portraits_of(orders, [0] * 60 + [1] * 40)
    assert [portrait.clear for portrait in portraits] == [(), ()]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"frequency": [0, 0, 0, 1, 1, 2, 2]}, "Have placed no orders (typical: 1)."),
        ({"monetary": [0, 0, 0, 10, 10, 20, 20]}, "Spend nothing in total (typical: £10.00)."),
        ({"buys": [1, 1, 1, 0, 0, 0, 0]}, "Have bought once (2.3× the average 0.43)."),
        ({"carts": [1, 1, 1, 0, 0, 0, 0]}, "Have put 1 item in the cart (2.3× the average 0.43)."),
        ({"recency": [0, 0, 0, 10, 20, 20, 20]}, "Last ordered less than a day ago (typical: 10 days)."),
    ],
)
def test_nothing_and_one_are_grammatical(columns: dict[str, list[float]], said: str) -> None:
    assert segment_sentence(portraits_of(columns, [0] * 3 + [1] * 4)[0]) == said


def test_values_that_are_lacked_are_told_only_where_nothing_else_is() -> None:
    city = Feature("city", "City: Rome", "", Group.PROFILE, Unit.SHARE, value="Rome")
    sex = Feature("sex", FLAG.label, "", Group.PROFILE, Unit.SHARE, value="F")
    columns = {"sex": [1.0, 1, 1, 0, 0, 0, 0, 0, 0], "city": [0.0, 0, 0, 1, 1, 0, 1, 1, 0]}
    portraits = portraits_of(columns, [0] * 3 + [1] * 3 + [2] * 3, sex=sex, city=city)
    assert segment_sentence(portraits[0]) == "Have “Sex: F” in 100.0% of cases (3× the average 33.3%)."


def test_a_name_for_want_of_anything_better_is_not_inherited() -> None:
    portraits = {
        2: (portrait(0, ("theme_0", -2.0)), portrait(1, ("monetary", -2.0))),
        3: (
            portrait(0, ("theme_0", -2.0), ("monetary", 0.5)),
            portrait(1, ("monetary", -2.0)),
            portrait(2, ("recency", 1.0)),
        ),
    }
    labels = {2: np.array([0, 0, 1, 1]), 3: np.array([0, 0, 1, 2])}
    names = name_every_k(portraits, labels)
    assert names[2][0] == "Less camping"
    assert names[3] == ("Big spenders", "Small spenders", "Lapsed customers")


def test_money_around_zero_has_no_ratio() -> None:
    portraits = portraits_of({"monetary": [-5, -6, -7, 6, 6, 7]}, [0] * 3 + [1] * 3)
    assert segment_sentence(portraits[1]) == "Spend £6.00 in total (typical: £0.50)."


def test_a_number_that_tells_two_themes_apart_is_no_word() -> None:
    def words(label: str) -> list[str]:
        return theme_words(Feature("theme_0", label, "", Group.TEXT, Unit.SHARE))

    assert words("Theme: dog, food, great 5") == ["dog", "food", "great"]
    assert words("Theme: theme 3") == ["theme 3"]


@pytest.mark.parametrize(
    ("visits", "said"),
    [(2, "only twice "), (2.1, "only 2.1 times "), (12, "only 12 times ")],
)
def test_twice_is_a_word_and_other_numbers_are_not(visits: float, said: str) -> None:
    feature = KNOWN["sessions"]
    clause = clause_of(Difference(feature, Family.BROWSING, visits, 30, -1, None, True), None)
    assert said in clause
