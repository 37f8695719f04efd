"""What customers are worth: on a real shop, held against what came, and refused where there is too little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from segmentation.action.retention.value_check import ValueCheck, check_value, hold_against
from segmentation.action.retention.value_forecast import CustomerValue, value_customers
from segmentation.action.retention.value_levels import Lessons
from segmentation.action.retention.value_model import learn_value
from segmentation.action.retention.value_ways import Known, ValueWay
from segmentation.action.retention.words import value_notes
from segmentation.errors import NoForecastError, NoHindsightError
from segmentation.features.cutoff import Period, choose_period
from segmentation.features.histories import Aftermath, OrderHistories
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

UNTIL = datetime(2024, 6, 30)
PERIOD = Period(datetime(2024, 7, 1), datetime(2024, 9, 28), 0, 0)


def histories(customers: int, repeating: int, days: int = 200, spent: float = 30.0) -> OrderHistories:
    """Return customers who all came on the first day; of whom some came back half-way, others more often."""
    order_days = np.ones(customers)
    order_days[:repeating] = 2 + np.arange(repeating) % 5
    observed = np.full(customers, days - 1.0)
    ids = np.array([f"c{number}" for number in range(customers)], dtype=object)
    span = np.where(order_days > 1, (days - 1) // 2 + np.arange(customers) % 40, 0.0)
    return OrderHistories(UNTIL, ids, order_days, span, observed, spent * order_days)


def held(known: OrderHistories, after: Aftermath) -> ValueCheck:
    """Hold the forecast of these histories, half of whose repeats are of the latest 90 days, against this."""
    lately = known.repeats / 2
    seen = Known(known, learn_value(known), 90, lately, np.nan_to_num(known.spent_a_day) * lately)
    return hold_against(seen, after, Lessons()).check


@pytest.fixture(scope="module")
def cdnow(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Shop]]:
    """Give the shop of 23,570 customers."""
    with Workspace.open(tmp_path_factory.mktemp("cdnow") / "w.duckdb") as workspace:
        load_file(workspace, shared_data / "cdnow" / "CDNOW_master.txt")
        yield workspace, build_shop(workspace)


def test_every_customer_has_an_outlook(cdnow: tuple[Workspace, Shop]) -> None:
    workspace, shop = cdnow
    found = value_customers(workspace, shop, (90, 365))
    assert len(found.histories) == 23_570
    assert found.spend is not None
    for some in (found.orders, found.spend):
        assert (some[90].expected < some[365].expected).all()
        assert (some[90].high <= some[365].high).all()
        assert (some[90].low <= some[90].high).all()
    assert found.alive.min() >= 0
    assert found.alive.max() < 1
    assert (found.if_still_a_customer(90) >= found.spend[90].expected).all()
    assert found.model.correlation == pytest.approx(0.084, abs=0.001)
    assert not found.model.is_too_related


def test_intervals_hold_what_came(cdnow: tuple[Workspace, Shop]) -> None:
    """Learn from the first 39 weeks of 1997, as the papers do, and look at the 39 that follow."""
    workspace, shop = cdnow
    found = check_value(workspace, shop, choose_period(workspace, shop, datetime(1997, 10, 1))).check
    assert found.spend is not None
    assert 0.75 <= found.orders.covered <= 0.85
    assert 0.75 <= found.ties_shared <= 0.85
    assert 0.75 <= found.spend.covered <= 0.85
    for held in (found.orders, found.spend):
        assert held.used is ValueWay.MODEL
        for way, behind in held.behind.items():
            assert behind.clearly
            assert sum(behind.plainly) / 2 == pytest.approx(held.errors[way] - held.error)
    assert found.orders.foretold / found.orders.came == pytest.approx(0.81, abs=0.01)
    repeats, sizes, foretold, came = zip(*found.by_repeats, strict=True)
    assert repeats == (0, 1, 2, 3, 4, 5, 6)
    assert sum(sizes) == found.customers == 23_570
    assert np.dot(sizes, came) == pytest.approx(found.orders.came)
    assert list(foretold) == sorted(foretold)


def test_a_check_by_hand() -> None:
    known = histories(100, 60)
    nobody = Aftermath(PERIOD, np.zeros(100), np.zeros(100))
    found = held(known, nobody)
    assert found.orders.came == 0 < found.orders.foretold
    assert found.orders.error == pytest.approx(found.orders.foretold / 100)
    assert found.orders.errors[ValueWay.PACE] == pytest.approx((known.repeats * 90 / 199).mean())
    assert found.orders.errors[ValueWay.LATEST] == pytest.approx(known.repeats.mean() / 2)
    crowds = Aftermath(PERIOD, np.full(100, 60.0), np.full(100, 1e6))
    assert held(known, crowds).orders.covered == 0
    assert held(known, crowds).ties_shared == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (histories(100, 60, days=59), "they cover only 59 days"),
        (histories(100, 29), "only 29 of 100 customers ordered on more than one day"),
        (histories(0, 0), "they cover only 0 days"),
    ],
)
def test_too_little_is_refused(known: OrderHistories, found: str) -> None:
    with pytest.raises(NoForecastError, match=found) as refused:
        learn_value(known)
    assert refused.value.remedy == "Upload a longer history of orders."


def test_without_dates_nothing_is_foretold(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_bytes(b"order_id,customer_id,amount\n1,ann,3\n2,bob,4\n")
    load_file(workspace, tmp_path / "orders.csv")
    with pytest.raises(NoForecastError, match="no orders with dates"):
        value_customers(workspace, build_shop(workspace))


def test_without_amounts_orders_are_foretold_and_spend_is_not() -> None:
    known = histories(100, 60)
    blind = learn_value(replace(known, spent=np.full(100, np.nan)))
    assert blind.spending is None
    assert next(iter(value_notes(blind, 1))).startswith("The order files give no amounts")
    assert not blind.is_too_related
    seen = Aftermath(PERIOD, np.zeros(100), np.zeros(100))
    assert held(replace(known, spent=np.full(100, np.nan)), seen).spend is None


def test_spend_that_grows_with_frequency_is_warned_of() -> None:
    known = histories(100, 60)
    related = replace(known, spent=known.order_days**2 * 10)
    assert learn_value(related).is_too_related
    assert not learn_value(replace(known, spent=known.order_days * (10 + np.arange(100) % 7))).is_too_related


def test_who_sent_everything_back_is_worth_less() -> None:
    known = histories(100, 60)
    spent = known.spent.copy()
    spent[:2] = -5.0, spent[5]
    found = learn_value(replace(known, spent=spent))
    assert found.spending is not None
    assert found.spending.customers == 99
    each = found.spending.expected(known.order_days[[0, 5]], np.array([-2.5, 30.0]))
    assert 0 < each[0] < each[1]


def test_a_plain_way_knows_nothing_of_leaving(cdnow: tuple[Workspace, Shop]) -> None:
    found = value_customers(*cdnow, (90,))
    assert found.check is not None
    assert found.check.spend is not None
    assert found.spend is not None
    staying = found.if_still_a_customer(90)
    np.testing.assert_allclose(staying * found.alive, found.spend[90].expected, atol=1e-9)
    plain = replace(found.check, spend=replace(found.check.spend, used=ValueWay.PACE))
    seen = replace(found, check=plain).if_still_a_customer(90)
    np.testing.assert_array_equal(seen, found.spend[90].expected)


def test_an_early_period_is_refused(cdnow: tuple[Workspace, Shop]) -> None:
    workspace, shop = cdnow
    with pytest.raises(NoHindsightError):
        check_value(workspace, shop, choose_period(workspace, shop, datetime(1997, 1, 1)))
    early = Period(datetime(1997, 2, 1), datetime(1998, 6, 30), 0, 0)
    with pytest.raises(NoForecastError, match="they cover only 31 days"):
        check_value(workspace, shop, early)


def test_the_same_customers_give_the_same_outlook(cdnow: tuple[Workspace, Shop]) -> None:
    workspace, shop = cdnow
    one, other = (value_customers(workspace, shop, (90,)) for _ in range(2))
    assert isinstance(one, CustomerValue)
    assert one.model == other.model
    np.testing.assert_array_equal(one.orders[90].expected, other.orders[90].expected)
