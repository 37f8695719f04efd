"""Columns of which only the encoder says that they are money: what nothing adds up to is asked about."""

from __future__ import annotations

import numpy as np

from segmentation.intake.meaning.money.facts import FoundMoney, MoneyColumns, Question
from segmentation.intake.meaning.money.find import find_money
from segmentation.intake.money_rule import MoneyRule, Term

ROWS = np.arange(80)
PIECES = np.array([1.0, 1, 2, 1, 3, 1, 5, 2])[ROWS % 8]
PRICES = np.round(3.35 + ROWS * 7 % 23 * 1.15, 2)
FIRST, SECOND, THIRD = range(3)


def found_of(numbers: dict[int, np.ndarray], **kinds: tuple[int, ...]) -> FoundMoney:
    guessed = frozenset(place for some in kinds.values() for place in some)
    found = find_money(MoneyColumns(numbers, None, ROWS % 11, guessed=guessed, **kinds))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_small_whole_numbers_that_sound_like_a_discount_may_count_pieces() -> None:
    found = found_of({FIRST: PIECES, SECOND: PRICES}, discounts=(FIRST,), amounts=(SECOND,))
    assert (found.rule.quantity, found.rule.price, found.rule.multiplied) == (FIRST, SECOND, True)
    (rival,) = (one for one in found.rivals if one.question is Question.PIECES)
    assert rival.rule.terms == (Term(SECOND),)


def test_what_sounds_like_a_discount_and_is_below_every_sum_is_asked_about() -> None:
    off = np.where(ROWS % 4 == 1, np.round(PRICES * 0.15, 2), 0.0)
    found = found_of({FIRST: off, SECOND: PRICES}, discounts=(FIRST,), amounts=(SECOND,))
    (rival,) = found.rivals
    assert rival.question is Question.DISCOUNT_IN
    assert rival.rule.terms == (Term(SECOND), Term(FIRST, -1))


def test_another_number_that_may_be_money_is_offered_beside_what_only_sounds_so() -> None:
    other = np.round(ROWS * 13 % 31 * 2.45 + 1.3, 2)
    numbers = {FIRST: PRICES, SECOND: other}
    likely = find_money(
        MoneyColumns(numbers, None, None, amounts=(FIRST,), others=(SECOND,), guessed=frozenset({FIRST}))
    )
    sure = find_money(MoneyColumns(numbers, None, None, amounts=(FIRST,), others=(SECOND,)))
    assert likely is not None and sure is not None
    assert (likely.unspoken, likely.others) == (FIRST, ((SECOND, MoneyRule(terms=(Term(SECOND),))),))
    assert (sure.unspoken, sure.others) == (None, ())
