"""Differences, names and sentences of small shops whose segments are known."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from segmentation.clusters.stability_band import Band, stability_band
from segmentation.clusters.suggest import Structure
from segmentation.features import events, orders, reviews
from segmentation.features.table import Feature, FeatureTable, Group, Unit
from segmentation.insight.facts.centroids import centroid_table
from segmentation.insight.facts.claims import find_claims
from segmentation.insight.facts.differences import Difference, Portrait, find_differences
from segmentation.insight.feature_words.families import Family
from segmentation.insight.feature_words.vocabulary import ENTRIES
from segmentation.insight.feature_words.wording import plain_label, theme_words
from segmentation.insight.naming.phrases import compared_words
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


def test_sentences_are_in_original_units(two: tuple[Portrait, ...]) -> None:
    sentence = segment_sentence(two[0])
    assert "placed 12 orders (4× the typical 3)" in sentence
    assert "spend £1,960 in total (9.8× the typical £200)" in sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")


def test_days_between_orders_count_the_other_way_round() -> None:
    gaps, labels = {"days_between_orders": [20.0, 21, 22, 46, 48, 50, 52, 54]}, [0] * 3 + [1] * 5
    portraits = portraits_of(gaps, labels)
    assert segment_sentence(portraits[0]) == "Order every 21 days (2.2× as often as the typical 47 days)."
    assert names_of(gaps, labels)[0] == "Regulars"


def test_a_value_few_customers_have_is_no_difference() -> None:
    nan = float("nan")
    portraits = portraits_of(
        {"days_between_orders": [nan, nan, 2, 50, 60, 70], "frequency": [1, 1, 2, 4, 4, 5]},
        [0, 0, 0, 1, 1, 1],
    )
    assert [difference.feature.name for difference in portraits[0].clear] == ["frequency"]


def test_a_segment_like_the_average_is_all_rounders() -> None:
    spend: dict[str, list[float]] = {"monetary": [10, 100, 1000, 10, 100, 1000]}
    portraits = portraits_of(spend, [0, 0, 0, 1, 1, 1])
    assert portraits[0].is_all_rounders
    assert names_of(spend, [0, 0, 0, 1, 1, 1]) == ("All-rounders", "All-rounders 2")
    assert segment_sentence(portraits[0]).startswith("Like the average customer")


def test_themes_join_names_and_sentences() -> None:
    columns = {"recency": [5.0, 6, 7, 200, 210, 220], "theme_0": [0.9, 0.8, 0.7, 0.1, 0.0, 0.1]}
    portraits = portraits_of(columns, [0, 0, 0, 1, 1, 1], theme_0=CAMPING)
    names = names_of(columns, [0, 0, 0, 1, 1, 1], gap=30, theme_0=CAMPING)
    assert names == ("Recent customers · camping", "Lapsed customers")
    assert segment_sentence(portraits[0]) == (
        "Last ordered 6 days ago (typical: 104 days); most of what they choose or write is about camping."
    )


def test_columns_of_the_shop_are_named_by_their_label_and_flags_stay_out() -> None:
    columns = {"income": [80.0, 85, 90, 20, 25, 30], "sex": [1.0, 1, 1, 0, 0, 0]}
    of_file = {"income": replace(INCOME, name="income"), "sex": replace(FLAG, name="sex")}
    assert names_of(columns, [0, 0, 0, 1, 1, 1], **of_file) == ("High annual income", "Low annual income")
    portraits = portraits_of({"income": columns["income"]}, [0, 0, 0, 1, 1, 1], income=of_file["income"])
    assert segment_sentence(portraits[0]) == "Have high annual income: 85 k$ (average: 55 k$)."


def test_alike_segments_get_what_tells_them_apart() -> None:
    columns = {
        "frequency": [9.0, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1],
        "weekend_share": [0.9, 0.9, 0.9, 0.1, 0.1, 0.1, *[np.nan] * 6],
    }
    names = names_of(columns, [0] * 3 + [1] * 3 + [2] * 6)
    assert names == ("Frequent weekend shoppers", "Frequent weekday shoppers", "One-time buyers")


def test_a_fixed_name_is_kept_and_not_given_twice() -> None:
    columns: dict[str, list[float]] = {"monetary": [9, 9, 8, 8, 1, 1]}
    claims = find_claims(table_of(columns), {3: np.array([0, 0, 1, 1, 2, 2])})[3]
    portraits = portraits_of(columns, [0, 0, 1, 1, 2, 2])
    assert name_segments(portraits, claims, {1: "Big spenders"})[:2] == ("Big spenders 2", "Big spenders")


def test_names_are_inherited_from_half_overlap_on() -> None:
    before = np.array([0, 0, 0, 0, 1, 1, 1, 1], dtype=np.uint8)
    after = np.array([0, 0, 2, 2, 1, 2, 2, 2], dtype=np.uint8)
    assert inherit_names(["A", "B"], before, after) == {0: "A"}


def every_k(columns: dict[str, list[float]], *labels: list[int]) -> dict[int, tuple[str, ...]]:
    of_k = {max(one) + 1: np.array(one) for one in labels}
    portraits = {k: portraits_of(columns, one.tolist()) for k, one in of_k.items()}
    names = name_every_k(portraits, find_claims(table_of(columns), of_k), of_k)
    return {k: tuple(name.text for name in of_segments) for k, of_segments in names.items()}


def test_every_k_inherits_from_the_one_before() -> None:
    columns = {
        "monetary": [90.0, 90, 90, 80, 1, 1, 1, 1],
        "discount_share": [0.9, 0.9, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1],
    }
    names = every_k(columns, [0] * 4 + [1] * 4, [0] * 3 + [2] + [1] * 4)
    assert names[2] == ("Big spenders", "Small spenders")
    assert names[3][:2] == ("Big spenders", "Small spenders")


def test_a_name_that_is_no_longer_true_is_not_inherited() -> None:
    columns: dict[str, list[float]] = {"monetary": [9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 1]}
    names = every_k(columns, [0] * 6 + [1] * 7, [0] * 3 + [2] * 3 + [1] * 4 + [0] * 3)
    assert names[2][0] == "Big spenders"
    assert names[3][0] != "Big spenders"


def test_every_feature_of_orders_events_and_reviews_has_its_words() -> None:
    assert set(KNOWN) == set(ENTRIES)
    for entry in ENTRIES.values():
        assert "{value}" in entry.high.clause
        assert "{value}" in entry.low.clause


def test_the_lowest_values_have_words_of_their_own() -> None:
    orders: dict[str, list[float]] = {"frequency": [1, 1, 1, 1, 4, 5, 6, 7, 8]}
    portraits = portraits_of(orders, [0] * 4 + [1] * 5)
    assert names_of(orders, [0] * 4 + [1] * 5) == ("One-time buyers", "Regulars")
    assert segment_sentence(portraits[0]) == "Have ordered once (typical: 4)."


def test_a_sentence_begins_with_what_the_name_speaks_of() -> None:
    columns: dict[str, list[float]] = {
        "average_order_value": [90.0, 91, 92, 93, 10, 11, 12, 13],
        "evening_share": [1.0, 1, 1, 1, 0, 0, 0, 0],
    }
    table = centroid_table(table_of(columns), np.repeat([0, 1], 4), 2)
    plain, named = find_differences(table)[0], find_differences(table, {0: ("average_order_value",)})[0]
    assert segment_sentence(plain).startswith("Place 100.0% of their orders in the evening")
    assert segment_sentence(named).startswith("Spend £91.50 per order")
    assert "in the evening" in segment_sentence(named)


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (-0.03, "Are near the average in spending score: 49.5 (average: 50.2)."),
        (-0.9, "Have low spending score: 49.5 (average: 50.2)."),
    ],
)
def test_what_the_name_calls_medium_is_told_as_neither_high_nor_low(effect: float, said: str) -> None:
    column = Feature("profile.score", "Spending Score", "", Group.PROFILE, Unit.NUMBER)
    score = Difference(column, Family.PROFILE, 49.5, 50.2, effect, None, is_median=False)
    portrait = Portrait(0, 81, 0.4, None, (), None, {}, (score,))
    assert segment_sentence(portrait) == said


def test_labels_from_files_become_short_plain_words() -> None:
    assert plain_label(INCOME) == "annual income"
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


def suggestion(structure: Structure, k: int, nothing: bool = False, **of_next: object) -> SimpleNamespace:
    here = SimpleNamespace(k=k, returns=0.9, gaps=True, large_enough=True, min_share=0.2)
    more = SimpleNamespace(**{**vars(here), "k": k + 1, **of_next})
    return SimpleNamespace(
        k=k, structure=structure, evidence=(here, more), of=lambda _: here, nothing=nothing
    )


@pytest.mark.parametrize("structure", [*Structure])
def test_every_structure_has_a_verdict(structure: Structure) -> None:
    assert structure_verdict(suggestion(structure, 4)).endswith(".")


def test_chance_alone_has_a_verdict_of_its_own() -> None:
    said = structure_verdict(suggestion(Structure.NONE, 4, nothing=True))
    assert "no more than chance" in said
    assert said != structure_verdict(suggestion(Structure.NONE, 4))


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
    assert segment_sentence(portraits[0]) == "Have “sex: F” in 100.0% of cases (3× the average 33.3%)."


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


@pytest.mark.parametrize(
    ("label", "more", "words"),
    [
        ("Theme: knitting, sewing, patterns", False, "less knitting & sewing"),
        ("Theme: knitting, sewing, patterns", True, "more knitting & sewing"),
        ("Theme: shoes 2", True, "more shoes 2"),
    ],
)
def test_a_theme_is_compared_by_its_own_words(label: str, more: bool, words: str) -> None:
    assert compared_words(Feature("theme_1", label, "", Group.TEXT, Unit.SHARE), more) == words


def test_namesakes_are_told_apart_by_what_each_likes() -> None:
    sewing = Feature("theme_1", "Theme: sewing", "", Group.TEXT, Unit.SHARE)
    small, big = [10.0, 11, 12, 13, 14, 15], [900.0, 950, 990, 1000, 1100, 1200]
    some, none = [0.0, 0.0, 0.0, 0.9, 0.9, 0.9], [0.0] * 6
    spend, labels = small * 2 + big, [0] * 6 + [1] * 6 + [2] * 6
    columns = {"monetary": spend, "theme_0": some + none * 2, "theme_1": none + some + none}
    names = names_of(columns, labels, theme_0=CAMPING, theme_1=sewing)
    assert [name.rpartition(" · ")[2] for name in names[:2]] == ["more camping", "more sewing"]
    del columns["theme_1"]
    names = names_of(columns, labels, theme_0=CAMPING)
    assert [name.rpartition(" · ")[2] for name in names[:2]] == ["more camping", "less camping"]
