"""Differences of rates: against published examples, a simulation of their coverage, and at their limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.algorithms.effects.rates import (
    Between,
    TwoRates,
    difference_variance,
    newcombe,
    pooled_difference,
    sample_ratio,
    stand_together,
    wald,
)

DRAWS = 20_000


def two(did: int, of: int, other_did: int, other_of: int) -> TwoRates:
    return TwoRates(*(np.array([float(one)]) for one in (did, of, other_did, other_of)))


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),  # Newcombe 1998, table II, method 10, contrasts (a), (b), (g)
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 10), 0.6075, 1.0000),
        ((18, 900, 1, 100), -0.0350831, 0.0240556),  # statsmodels 0.15, confint_proportions_2indep
    ],
)
def test_the_published_intervals(counts: tuple[int, int, int, int], low: float, high: float) -> None:
    found_low, found_high = newcombe(two(*counts))
    assert (found_low[0], found_high[0]) == pytest.approx((low, high), abs=5e-5)


def test_the_textbook_interval_as_statsmodels_has_it() -> None:
    low, high = wald(two(56, 70, 48, 80))
    assert (low[0], high[0]) == pytest.approx((0.0575049, 0.3424951), abs=1e-7)


@pytest.mark.parametrize(
    ("of", "other_of", "rate", "other_rate"),
    [(900, 100, 0.02, 0.01), (450, 50, 0.03, 0.02), (9_000, 1_000, 0.006, 0.005), (9_000, 1_000, 0.03, 0.02)],
)
def test_it_covers_the_truth_where_the_textbook_does_not(
    of: int, other_of: int, rate: float, other_rate: float
) -> None:
    rng = np.random.default_rng(0)
    drawn = TwoRates(
        rng.binomial(of, rate, DRAWS).astype(float),
        np.full(DRAWS, float(of)),
        rng.binomial(other_of, other_rate, DRAWS).astype(float),
        np.full(DRAWS, float(other_of)),
    )

    def coverage(ends: tuple[np.ndarray, np.ndarray]) -> float:
        truth = rate - other_rate
        return float(((ends[0] <= truth) & (truth <= ends[1])).mean())

    assert coverage(newcombe(drawn)) >= 0.94
    assert coverage(newcombe(drawn)) <= 0.97
    assert coverage(wald(drawn)) < coverage(newcombe(drawn))
    if of < 1_000:
        assert coverage(wald(drawn)) < 0.81


counted = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda pair: (min(pair), max(*pair, 1)))


@given(counted, counted)
def test_the_interval_holds_the_difference_and_turns_with_the_groups(
    first: tuple[int, int], other: tuple[int, int]
) -> None:
    rates, turned = two(*first, *other), two(*other, *first)
    low, high = newcombe(rates)
    assert -1 - 1e-9 <= low[0] <= rates.difference[0] + 1e-9
    assert rates.difference[0] - 1e-9 <= high[0] <= 1 + 1e-9
    assert newcombe(turned)[0][0] == pytest.approx(-high[0])
    assert difference_variance(rates)[0] > 0


def test_mantel_and_haenszel_as_in_rothman() -> None:
    """Rothman, Greenland and Lash 2008, table 15-1; metafor's rma.mh has 0.0349, -0.0176 to 0.0874 (90 %)."""
    rates = TwoRates(*(np.array(one, float) for one in ([8, 22], [106, 98], [5, 16], [120, 85])))
    found = pooled_difference(rates, alpha=0.1)
    assert found.value == pytest.approx(0.0349, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((-0.0176, 0.0874), abs=3e-4)


def test_of_one_stratum_it_is_the_plain_difference() -> None:
    assert pooled_difference(two(30, 300, 4, 100)).value == pytest.approx(0.06)


def test_the_pooled_interval_covers_the_truth_of_small_unequal_strata() -> None:
    rng = np.random.default_rng(1)
    of, rate, other_rate = np.array([900, 500, 300, 250]), np.array([2, 3, 1.5, 5]) / 100, 0.01
    other_of = of // 10
    truth = float(np.average(rate - other_rate, weights=of * other_of / (of + other_of)))
    inside = 0
    for _ in range(2_000):
        found = pooled_difference(
            TwoRates(
                rng.binomial(of, rate).astype(float),
                of.astype(float),
                rng.binomial(other_of, other_rate).astype(float),
                other_of.astype(float),
            )
        )
        inside += found.low <= truth <= found.high
    assert inside / 2_000 >= 0.94


def test_of_six_without_any_effect_hardly_ever_one_wins() -> None:
    rng, campaigns, of, other_of = np.random.default_rng(2), 2_000, np.full(6, 900.0), np.full(6, 100.0)
    plain = together = 0
    for _ in range(campaigns):
        did, other_did = (rng.binomial(int(size[0]), 0.2, 6).astype(float) for size in (of, other_of))
        rates = TwoRates(did, of, other_did, other_of)
        low, high = newcombe(rates)
        plain += bool(((low > 0) | (high < 0)).any())
        together += bool(stand_together(rates).any())
    assert plain / campaigns > 0.2
    assert together / campaigns < 0.06


def test_a_clear_one_stands_and_the_next_is_asked_less() -> None:
    rates = TwoRates(
        np.array([200.0, 126, 100]), np.full(3, 1_000.0), np.array([10.0, 10, 10]), np.full(3, 100.0)
    )
    assert stand_together(rates).tolist() == [True, False, False]


def test_the_ratio_of_the_groups_by_chi_square() -> None:
    assert sample_ratio(880, 120, 0.1) == pytest.approx(0.0350150, abs=1e-7)  # scipy.stats.chisquare
    assert sample_ratio(860, 140, 0.1) == pytest.approx(2.48266e-05, rel=1e-5)
    assert sample_ratio(900, 100, 0.1) == 1.0


def test_so_many_of_it() -> None:
    assert Between(0.01, -0.02, 0.04).times(500) == Between(5, -10, 20)
