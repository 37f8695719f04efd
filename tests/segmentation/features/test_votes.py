"""How much a column counts: halves by hand, leading columns, habits, and too few customers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from segmentation.algorithms.split_halves import Reliability
from segmentation.features.build import build_features
from segmentation.features.halves import MEASURED, halves_of_orders
from segmentation.features.loudness import QUIETEST, cast_votes
from segmentation.features.orders import placed_orders
from segmentation.features.table import Feature, Group, Unit
from segmentation.features.vote import Basis, Vote
from segmentation.intake.population import OneDatabase, Query
from segmentation.workspace import Workspace


def line(customer: str, order: str, at: str, amount: str, quantity: float = 1) -> tuple[object, ...]:
    return (customer, order, "tea", at, quantity, Decimal(amount), None, False, True)


def test_the_halves_are_every_second_order_in_time(workspace: Workspace, make_shop: Callable) -> None:
    shop = make_shop(
        ["ada", "ben"],
        lines=[
            line("ada", "a", "2024-01-01 06:00", "10"),
            line("ada", "b", "2024-01-11 20:00", "20", 4),
            line("ada", "c", "2024-01-13 09:00", "30", 2),
            line("ben", "d", "2024-01-01 09:00", "7"),
        ],
    )
    asked = Query((halves_of_orders(),), {"as_of": shop.as_of}, (placed_orders(MEASURED),))
    [halved] = OneDatabase(workspace).ask(asked)
    found = halved.to_pandas().set_index(["customer", "half"])
    assert found["average_order_value"].to_dict() == {(0, 0): 20, (0, 1): 20, (1, 1): 7}
    assert found.loc[(0, 1), ["items_per_order", "morning_share", "weekend_share"]].tolist() == [1.5, 1, 0.5]
    assert found.loc[(0, 0), ["items_per_order", "evening_share", "days_between_orders"]].tolist() == [
        4,
        1,
        10,
    ]
    assert found.loc[(0, 1), "days_between_orders"] == 2


def test_a_habit_that_lasts_counts_and_one_that_does_not_is_hardly_heard(
    workspace: Workspace, make_shop: Callable
) -> None:
    rng = np.random.default_rng(0)
    lines = []
    for number in range(150):
        for day in rng.choice(np.arange(1, 29), 10, replace=False):
            hour = "08" if number % 2 else "20"
            lines.append(line(f"c{number:03}", f"{number}-{day}", f"2024-02-{day:02} {hour}:00", "9"))
    shop = make_shop(sorted({one[0] for one in lines}), lines=lines)
    votes = build_features(workspace, shop).votes
    assert votes["recency"] == Vote(1.0, Basis.LEADS)
    assert votes["morning_share"] == votes["evening_share"] == Vote(1.0, Basis.LASTS, 1.0, 150)
    assert votes["weekend_share"].loudness < 0.4


def features(*names: str, unit: Unit = Unit.COUNT) -> tuple[Feature, ...]:
    return tuple(Feature(name, name, name, Group.BEHAVIOUR, unit) for name in names)


def test_a_total_counts_by_what_it_says_beyond_the_leading_columns() -> None:
    rng = np.random.default_rng(0)
    orders = rng.normal(size=4_000)
    values = pd.DataFrame({"frequency": orders, "products": orders, "items": orders + rng.normal(size=4_000)})
    lasting = {"products": Reliability(0.8, 4_000), "items": Reliability(0.8, 4_000)}
    votes = cast_votes(values, features(*values), lasting)
    assert votes["products"].loudness == QUIETEST
    assert votes["items"].loudness == pytest.approx(0.8 * np.sqrt(0.5), abs=0.02)
    habits = features("frequency") + features("items", unit=Unit.SHARE)
    assert cast_votes(values[["frequency", "items"]], habits, lasting)["items"].loudness == 0.8


@pytest.mark.parametrize(("reliability", "loudness"), [(0.9, 0.9**3), (0.1, QUIETEST)])
def test_an_average_that_lasts_counts_though_totals_give_it(reliability: float, loudness: float) -> None:
    rng = np.random.default_rng(0)
    orders, average = rng.normal(size=(2, 400))
    values = pd.DataFrame({"frequency": orders, "monetary": orders + average, "average_order_value": average})
    lasting = {"average_order_value": Reliability(reliability, 400)}
    vote = cast_votes(values, features(*values), lasting)["average_order_value"]
    assert vote.beyond == pytest.approx(0, abs=1e-6)
    assert vote.loudness == pytest.approx(loudness)


def test_with_too_few_customers_the_prior_stands() -> None:
    values = pd.DataFrame({"frequency": [1.0, 2, 3], "habit": [0.5, 0.1, 0.2]})
    made = features("frequency") + features("habit", unit=Unit.SHARE)
    few = cast_votes(values, made, {"habit": Reliability(0.9, 99)})["habit"]
    assert few == Vote(0.3, Basis.UNMEASURED, None, 99)
    assert cast_votes(values, made, {})["habit"] == Vote(0.3, Basis.UNMEASURED)


def test_where_nothing_leads_all_columns_count_alike() -> None:
    values = pd.DataFrame({"rating": [1.0, 5.0]})
    assert cast_votes(values, features("rating", unit=Unit.RATING), {}) == {}
