"""What is one round rate of another sum is a commission, a tax or a deposit, and not what was paid."""

from __future__ import annotations

import numpy as np

from segmentation.intake.meaning.money.facts import MoneyColumns
from segmentation.intake.meaning.money.shares import without_shares

TOTAL = np.array([40.0 + at * 37 % 89 for at in range(60)])


def columns(part: np.ndarray, **places: tuple[int, ...]) -> MoneyColumns:
    return MoneyColumns({1: TOTAL, 2: part}, None, None, **places)


def test_a_commission_that_is_called_an_amount_is_a_fee_of_the_price() -> None:
    lost = np.arange(60) % 9 == 4  # of cancelled bookings there is none
    commission = np.where(lost, 0.0, (TOTAL * 0.15).round(2))
    found = without_shares(columns(commission, prices=(1,), amounts=(2,)))
    assert (found.prices, found.amounts, found.fees) == ((1,), (), (2,))


def test_the_whole_is_the_amount_where_its_header_says_nothing() -> None:
    found = without_shares(columns((TOTAL * 0.125).round(2), amounts=(2,), others=(1,)))
    assert (found.amounts, found.others, found.fees) == ((1,), (), (2,))


def test_another_currency_the_same_sum_in_cents_and_what_varies_stay() -> None:
    for part in ((TOTAL / 7.46).round(2), TOTAL / 100, TOTAL * 0.8, TOTAL * (0.1 + np.arange(60) % 3 / 20)):
        kept = columns(part, amounts=(2,), others=(1,))
        assert without_shares(kept) is kept
