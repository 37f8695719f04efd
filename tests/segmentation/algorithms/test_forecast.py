"""Forecasts beside their closed forms and beside customers drawn one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import hyp2f1

from segmentation.algorithms.buying import BuyingModel
from segmentation.algorithms.forecast import Customers, chance_of_fewer, forecast
from segmentation.algorithms.spending import SpendModel

BUYING = BuyingModel(0.6, 40.0, 0.8, 1.9, True, 1000, 0.0)
SPENDING = SpendModel(6.0, 4.0, 15.0, 1000)
SPAN, DRAWS = 90.0, 200_000


def one(repeats: float, observed: float, alive: float, mean: float = 20.0) -> Customers:
    """Return a crowd of one."""
    return Customers(*(np.array([value]) for value in (repeats, observed, alive, mean)))


def drawn(customer: Customers, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw the future of one customer over and over: orders, and what they bring."""
    rng = np.random.default_rng(seed)
    [repeats], [observed], [alive], [mean] = vars(customer).values()
    rate = rng.gamma(BUYING.r + repeats, 1 / (BUYING.alpha + observed), DRAWS)
    stop = rng.beta(BUYING.a, BUYING.b + repeats + 1, DRAWS)
    orders = np.minimum(rng.poisson(rate * SPAN), rng.geometric(stop)) * (rng.random(DRAWS) < alive)
    scale = rng.gamma(SPENDING.q + SPENDING.p * (repeats + 1), 1, DRAWS)
    amount = SPENDING.gamma + (repeats + 1) * mean
    return orders, rng.gamma(np.maximum(SPENDING.p * orders, 1e-9)) * (orders > 0) / scale * amount


@pytest.mark.parametrize("customer", [one(0, 30, 0.7), one(3, 100, 0.9), one(25, 300, 0.97)])
def test_it_is_what_drawing_customers_gives(customer: Customers) -> None:
    found, spend = forecast(BUYING, SPENDING, customer, SPAN)
    assert spend is not None
    orders, spent = drawn(customer, 1)
    assert found.expected[0] == pytest.approx(orders.mean(), rel=0.03)
    assert spend.expected[0] == pytest.approx(spent.mean(), rel=0.03)
    for one_of, draws in ((found, orders), (spend, spent)):
        inside = ((draws >= one_of.low[0]) & (draws <= one_of.high[0])).mean()
        if draws is spent:
            assert inside == pytest.approx(0.8, abs=0.01)
        else:
            # One order less at the top would leave too many out.
            assert inside > 0.79
            assert ((draws >= one_of.low[0]) & (draws < one_of.high[0])).mean() < 0.81
    fewer, at_most = chance_of_fewer(BUYING, customer, SPAN, np.array([2.0]))
    assert (fewer[0], at_most[0]) == pytest.approx(((orders < 2).mean(), (orders <= 2).mean()), abs=0.005)


def test_the_expectation_is_the_closed_form() -> None:
    repeats = np.repeat(np.arange(12.0), 3)
    observed = np.tile([repeats.max() + 20, 150.0, 400.0], 12)
    found, spend = forecast(BUYING, None, Customers(repeats, observed, np.full(36, 0.7)), 365.0)
    shape, rate, stays = BUYING.r + repeats, BUYING.alpha + observed, BUYING.b + repeats + 1
    part = (rate / (rate + 365)) ** shape * hyp2f1(shape, stays, BUYING.a + stays - 1, 365 / (rate + 365))
    closed = 0.7 * (BUYING.a + stays - 1) / (BUYING.a - 1) * (1 - part)
    np.testing.assert_allclose(found.expected, closed, rtol=1e-4)
    assert spend is None


def test_who_is_gone_or_will_not_be_seen_orders_nothing() -> None:
    gone, _ = forecast(BUYING, None, one(9, 300, 0.0), SPAN)
    assert (gone.expected[0], gone.low[0], gone.high[0]) == (0, 0, 0)
    _, spend = forecast(BUYING, SPENDING, one(0, 700, 0.1), SPAN)
    assert spend is not None
    assert spend.low[0] == 0 < spend.high[0] == spend.expected[0]


def test_the_order_of_customers_and_their_company_change_nothing() -> None:
    rng = np.random.default_rng(0)
    repeats = rng.integers(0, 9, 300).astype(float)
    crowd = Customers(repeats, repeats + rng.integers(1, 300, 300), rng.random(300), rng.random(300) * 50)
    orders, spend = forecast(BUYING, SPENDING, crowd, SPAN)
    assert spend is not None
    for place in (0, 17, 299):
        alone = Customers(*(values[[place]] for values in vars(crowd).values()))
        lone_orders, lone_spend = forecast(BUYING, SPENDING, alone, SPAN)
        assert lone_spend is not None
        assert lone_orders.high[0] == pytest.approx(orders.high[place], rel=1e-4)
        assert lone_spend.high[0] == pytest.approx(spend.high[place], rel=0.02)
        assert lone_spend.expected[0] == pytest.approx(spend.expected[place], rel=1e-4)


@given(
    repeats=st.integers(0, 60),
    observed=st.integers(0, 2_000),
    alive=st.floats(0, 1),
    mean=st.floats(0, 1e4),
    span=st.floats(1, 800),
)
def test_what_is_expected_lies_within_its_own_interval(
    repeats: int, observed: int, alive: float, mean: float, span: float
) -> None:
    for found in forecast(BUYING, SPENDING, one(repeats, observed, alive, mean), span):
        assert found is not None
        assert 0 <= found.low[0] <= found.expected[0] <= found.high[0]
