"""BG/NBD, MBG/NBD and gamma-gamma: the published estimates, and what must hold whatever the data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import check_grad

from segmentation.algorithms import buying, spending
from segmentation.algorithms.buying import fit_buying, gather
from segmentation.algorithms.spending import fit_spending


@pytest.fixture(scope="module")
def cdnow(shared_data: Path) -> pd.DataFrame:
    """Give the published sample: weeks, 39 of them to learn from."""
    return pd.read_csv(shared_data / "cdnow" / "cdnow_customers_summary_with_transactions.csv")


@pytest.mark.parametrize(
    ("modified", "published", "log_likelihood"),
    [
        # Fader, Hardie and Lee 2005, table 2; Batislam et al. 2007, table 3
        (False, (0.243, 4.414, 0.793, 2.426), -9582.43),
        (True, (0.525, 6.183, 0.891, 1.614), -9582.13),
    ],
)
def test_the_published_estimates(
    cdnow: pd.DataFrame, modified: bool, published: tuple[float, ...], log_likelihood: float
) -> None:
    histories = gather(*cdnow[["x", "t_x", "T"]].to_numpy().T)
    assert len(histories.repeats) == 1016
    found = fit_buying(histories, modified)
    assert (found.r, found.alpha, found.a, found.b) == pytest.approx(published, rel=0.01)
    assert found.log_likelihood == pytest.approx(log_likelihood, abs=0.01)
    assert found.customers == 2357


def test_the_published_estimates_of_spend(cdnow: pd.DataFrame) -> None:
    again = cdnow[cdnow["x"] > 0]
    found = fit_spending(again["x"].to_numpy(), again["zbar"].to_numpy())
    # Fader and Hardie 2013: 6.25, 3.74 and 15.44 on these 946 customers
    assert (found.p, found.q, found.gamma) == pytest.approx((6.25, 3.74, 15.44), rel=0.01)
    assert found.customers == 946
    assert found.expected(np.array([0.0]), np.array([0.0])).tolist() == pytest.approx([found.average])


def test_the_unit_of_time_changes_alpha_alone(cdnow: pd.DataFrame) -> None:
    x, last, observed = cdnow[["x", "t_x", "T"]].to_numpy().T
    weeks, days = fit_buying(gather(x, last, observed)), fit_buying(gather(x, 7 * last, 7 * observed))
    assert (days.r, days.alpha / 7, days.a, days.b) == pytest.approx(
        (weeks.r, weeks.alpha, weeks.a, weeks.b), rel=1e-3
    )
    np.testing.assert_allclose(
        days.alive(x, 7 * last, 7 * observed), weeks.alive(x, last, observed), rtol=1e-3
    )


def test_customers_of_one_history_are_counted_once() -> None:
    repeats, span, observed = np.array([0, 2, 0, 2.0]), np.array([0, 9, 0, 8.0]), np.array([30, 30, 30, 30.0])
    found = gather(repeats, span, observed)
    assert (found.repeats.tolist(), found.active_span.tolist()) == ([0, 2, 2], [0, 8, 9])
    assert found.customers.tolist() == [2, 1, 1]


def test_a_one_time_buyer_is_surely_a_customer_only_without_the_modification(cdnow: pd.DataFrame) -> None:
    histories = gather(*cdnow[["x", "t_x", "T"]].to_numpy().T)
    once = np.array([0.0]), np.array([0.0]), np.array([38.86])
    assert fit_buying(histories, False).alive(*once).tolist() == [1.0]
    assert 0.3 < fit_buying(histories, True).alive(*once)[0] < 0.9


@pytest.mark.parametrize("modified", [False, True])
def test_the_slope_is_that_of_the_likelihood(modified: bool) -> None:
    histories = gather(np.array([0, 1, 4.0]), np.array([0, 3, 20.0]), np.array([25, 25, 30.0]))
    known = buying._prepare(histories, 10.0, modified)
    at = np.array([0.1, -0.2, 0.3, 0.4])
    assert (
        check_grad(lambda logs: buying._loss(logs, known)[0], lambda logs: buying._loss(logs, known)[1], at)
        < 1e-6
    )


def test_the_slope_of_the_likelihood_of_spend() -> None:
    known = np.array([1.0, 3.0]), np.array([0, 1, 1]), np.array([0.7, 1.5, 0.9])
    at = np.array([0.5, -0.2, 0.3])
    assert (
        check_grad(
            lambda logs: spending._loss(logs, *known)[0], lambda logs: spending._loss(logs, *known)[1], at
        )
        < 1e-6
    )
