"""Phone numbers of the sample's customers, from the ranges that countries keep free for films and books."""

from __future__ import annotations

import numpy as np
import pandas as pd

SHARE = 0.8
"""How many of the customers in these countries gave a number."""

NUMBERS = {
    "Germany": [f"+49{area}{nth:03}" for area in (3023125, 4066969, 6990009) for nth in range(1000)],
    "United Kingdom": [f"07700 900{nth:03}" for nth in range(1000)],
    "France": [f"+33 6 39 98 {nth // 100:02} {nth % 100:02}" for nth in range(10_000)],
    "Sweden": [f"070-174 06 {nth:02}" for nth in range(5, 100)],
}
"""Bundesnetzagentur, Ofcom, ARCEP and PTS list them; some are written with the code of the country."""


def phones_of(countries: pd.Series, seed: int, first: int) -> np.ndarray:
    """Return a number for most customers of these countries (n,), None for the rest; no number twice.

    There are only so many: the customers of a large shop beyond the first 50,000, or the numbers, have none.

    :param first: how many customers the parts before had.
    """
    phones = np.full(len(countries), None, dtype=object)
    if first:
        return phones
    asked = np.random.default_rng([seed, first, 1]).random(len(countries)) < SHARE
    for country, numbers in NUMBERS.items():
        here = np.flatnonzero(asked & (countries == country).to_numpy())[: len(numbers)]
        phones[here] = numbers[: len(here)]
    return phones
