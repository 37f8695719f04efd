"""Products by lift: figures by hand, and chance that must not be told as a finding."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control

from segmentation.action.recommend.purchases import read_catalogue
from segmentation.insight.facts.product_lift import (
    LiftedProduct,
    g_test,
    lifted_products,
    names_products,
    q_values,
)
from segmentation.insight.sentences.segments import product_clause
from segmentation.intake.shop import TABLES
from segmentation.workspace import Workspace

IDS = np.array([f"c{number:03d}" for number in range(100)], dtype=object)
LABELS = np.repeat([0, 1], [40, 60]).astype(np.uint8)


def fill(workspace: Workspace, lines: list[tuple[str, str, bool, bool]]) -> None:
    with workspace.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.execute("INSERT INTO shop.products VALUES ('tent', 'Big tent', NULL, NULL, NULL)")
    fill_more(workspace, lines)


def fill_more(workspace: Workspace, lines: list[tuple[str, str, bool, bool]]) -> None:
    with workspace.cursor() as cursor:
        cursor.register("more", pd.DataFrame(lines, columns=["who", "what", "returned", "real"]))
        cursor.execute(
            "INSERT INTO shop.lines BY NAME SELECT who AS customer_id, what AS product_id, 1 AS quantity,"
            " 5 AS amount, returned AS is_return, real AS is_product FROM more"
        )


def bought(
    product: str | None, buyers: range, is_return: bool = False, is_product: bool = True
) -> list[tuple]:
    return [(IDS[buyer], product, is_return, is_product) for buyer in buyers]


def test_lift_by_hand(workspace: Workspace) -> None:
    lines = [
        *bought("tent", range(30)), *bought("tent", range(20)), *bought("tent", range(90, 96)),
        *bought("soap", range(0, 100, 2)), *bought("rare", range(4)),
        *bought("sent back", range(40), is_return=True), *bought("postage", range(40), is_product=False),
        ("stranger", "tent", False, True),
    ]  # fmt: skip
    fill(workspace, lines)
    first, second = lifted_products(workspace, IDS, LABELS, 2)
    assert [product.product_id for product in first] == ["tent"]
    tent = first[0]
    # Purchases: 30 + 20 + 4 of the first segment, 6 + 30 of the second.
    assert (tent.name, tent.buyers, tent.support) == ("Big tent", 30, 0.75)
    assert (tent.of_buyers, tent.of_purchases) == pytest.approx((30 / 36, 54 / 90))
    assert tent.lift == pytest.approx((30 / 36) / (54 / 90))
    assert tent.q_value < 1e-3
    assert [product.product_id for product in second] == ["soap"]
    assert product_clause(tent) == (
        "“Big tent”: bought by 75.0%; 83.3% of its buyers are here, 1.4× their 60.0% of all purchases"
    )


def test_a_product_without_a_name_is_told_by_its_category(workspace: Workspace) -> None:
    long_id = "4a8f0c6f8ad98c84ab2b5bd4ea9a8d02"
    lines = [line for product in (long_id, "B7", "C") for line in bought(product, range(40))]
    fill(workspace, [*lines, *bought("D", range(40, 100))])
    with workspace.cursor() as cursor:
        cursor.execute(
            "INSERT INTO shop.products VALUES (?, NULL, 'bath', NULL, NULL), "
            "('B7', NULL, 'bed', NULL, NULL), ('C', NULL, 'C', NULL, NULL)",
            [long_id],
        )
    first, _ = lifted_products(workspace, IDS, LABELS, 2)
    named = {product.product_id: product.name for product in first}
    assert named == {long_id: "bath · 4a8f0c…", "B7": "bed · B7", "C": "C"}
    catalogue = read_catalogue(workspace)
    assert dict(zip(catalogue.product_ids, catalogue.names, strict=True)).items() >= named.items()


def test_the_surest_comes_first_and_shuffled_lines_change_nothing(workspace: Workspace) -> None:
    lines = [*bought("a", range(40)), *bought("b", range(8)), *bought("a", range(90, 95))]
    lines += bought("rest", range(100))
    fill(workspace, lines)
    found = lifted_products(workspace, IDS, LABELS, 2)
    assert [product.product_id for product in found[0]] == ["a", "b"]
    assert found[0][1].lift > found[0][0].lift
    assert [product.product_id for product in lifted_products(workspace, IDS, LABELS, 2, count=1)[0]] == ["a"]
    fill(workspace, lines[::-1])
    assert lifted_products(workspace, IDS, LABELS, 2) == found


def test_who_buys_much_of_everything_buys_nothing_more_often(workspace: Workspace) -> None:
    products = [f"p{number}" for number in range(20)]
    few = [(IDS[buyer], products[buyer % 20], False, True) for buyer in range(40, 100)]
    fill(workspace, [line for product in products for line in bought(product, range(40))] + few)
    assert lifted_products(workspace, IDS, LABELS, 2) == ((), ())


def test_what_two_people_bought_sets_nobody_apart(workspace: Workspace) -> None:
    labels = np.repeat([0, 1], [4, 96]).astype(np.uint8)
    others = [line for product in ("soap", "rope", "tent") for line in bought(product, range(4, 100))]
    fill(workspace, [*others, *bought("harp", range(2)), *bought("harp", range(97, 100))])
    assert lifted_products(workspace, IDS, labels, 2)[0] == ()
    fill_more(workspace, bought("harp", range(2, 3)))
    [harp] = lifted_products(workspace, IDS, labels, 2)[0]
    assert (harp.product_id, harp.buyers) == ("harp", 3)


def test_chance_is_not_told(workspace: Workspace) -> None:
    rng = np.random.default_rng(0)
    pairs = rng.random((100, 200)) < 0.3
    fill(workspace, [(IDS[row], f"p{column}", False, True) for row, column in np.argwhere(pairs)])
    assert lifted_products(workspace, IDS, LABELS, 2) == ((), ())


def test_orders_may_name_no_product(workspace: Workspace) -> None:
    fill(workspace, [*bought(None, range(30)), *bought("postage", range(9), is_product=False)])
    assert not names_products(workspace)
    fill(workspace, bought("tent", range(1)))
    assert names_products(workspace)


def test_without_lines_or_with_one_segment_there_are_no_products(workspace: Workspace) -> None:
    fill(workspace, bought("tent", range(1)))
    assert lifted_products(workspace, IDS, LABELS, 2) == ((), ())
    fill(workspace, bought("tent", range(30)))
    assert lifted_products(workspace, IDS, np.zeros(100, dtype=np.uint8), 1) == ((),)


_counts = st.integers(1, 60)


@given(_counts, _counts, _counts, _counts)
def test_the_g_test_is_that_of_scipy(one: int, two: int, three: int, four: int) -> None:
    expected = chi2_contingency(
        [[one, two], [three, four]], correction=False, lambda_="log-likelihood"
    ).pvalue
    found = g_test(*(np.array([count]) for count in (one, one + two, one + three)), one + two + three + four)
    assert found[0] == pytest.approx(expected, rel=1e-6, abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_values_are_those_of_scipy(p_values: list[float]) -> None:
    np.testing.assert_allclose(q_values(np.array(p_values)), false_discovery_control(p_values), rtol=1e-12)


def test_a_product_has_its_own_figures_in_words() -> None:
    product = LiftedProduct("1", "Wool", 12, 0.5, 0.9, 0.3, 3.0, 0.001)
    said = "“Wool”: bought by 50.0%; 90.0% of its buyers are here, 3× their 30.0% of all purchases"
    assert product_clause(product) == said
