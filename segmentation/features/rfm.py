"""RFM: how lately, how often and how much each customer bought, scored 1 to 5, and a named tier for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np

from segmentation.errors import NoTiersError, OptionError
from segmentation.features.block import of_all
from segmentation.features.orders import CUSTOMERS_BY_ORDERS, placed_orders
from segmentation.features.table import Lack
from segmentation.features.tier import GRID, TIERS, Tier
from segmentation.features.words import LACKS
from segmentation.intake.population import OneDatabase, Query
from segmentation.intake.shop import Shop
from segmentation.workspace import Workspace

BEST = 5
QUINTILES = (0.2, 0.4, 0.6, 0.8)
_RFM = f"""
    SELECT customer, recency, frequency, monetary, recency + coalesce(active_span, 0) AS first_order
    FROM ({CUSTOMERS_BY_ORDERS})"""


@dataclass(frozen=True)
class CutPoints:
    """Four ascending cut-points each, in days, orders and the shop's currency.

    A score is one more than the number of cut-points that a value exceeds; for recency 5 less that number.

    :raises OptionError: for cut-points that are not four ascending numbers.
    """

    recency: tuple[float, ...]
    frequency: tuple[float, ...]
    monetary: tuple[float, ...]

    def __post_init__(self) -> None:
        for name, cuts in vars(self).items():
            ascending = all(one <= other for one, other in pairwise(cuts))
            if len(cuts) != BEST - 1 or not np.isfinite(cuts).all() or not ascending:
                raise OptionError(f"the {name} cut-points are {cuts}.", "Give four ascending numbers.")


@dataclass(frozen=True)
class Rfm:
    """Scores and tier of every customer, in the order of `customer_ids` (n,).

    `recency`, `frequency`, `monetary` hold scores 1 to 5, int8 (n,), 0 for customers without a purchase;
    `tiers` the place of each customer's tier in TIERS, int8 (n,); `cuts` what the scores were made with.
    """

    customer_ids: np.ndarray
    recency: np.ndarray
    frequency: np.ndarray
    monetary: np.ndarray
    tiers: np.ndarray
    cuts: CutPoints

    @property
    def sizes(self) -> dict[Tier, int]:
        """How many customers each tier has."""
        return dict(zip(TIERS, np.bincount(self.tiers, minlength=len(TIERS)).tolist(), strict=True))


def build_rfm(
    workspace: Workspace, shop: Shop, cuts: CutPoints | None = None, as_of: datetime | None = None
) -> Rfm:
    """Score the shop's customers, by quintiles where no cut-points are given.

    :param as_of: the analysis date, by default the shop's.
    :raises NoTiersError: where the files have no orders, or no dates or amounts of orders.
    """
    if "lines" not in shop.has:
        raise NoTiersError("no file with orders was uploaded.", "Add one to get RFM tiers.")
    people = OneDatabase(workspace)
    [found] = people.ask(Query((_RFM,), {"as_of": as_of or shop.as_of}, (placed_orders(),)))
    ids, raw = people.ids, of_all(people, found)
    for name, lack in (("recency", Lack.ORDER_DATES), ("monetary", Lack.ORDER_AMOUNTS)):
        if raw[name].isna().all():
            found = LACKS[lack]
            raise NoTiersError(
                f"{found[0].lower()}{found[1:]}", "RFM needs the dates and the amounts of orders."
            )
    recency, frequency, monetary, first = (
        raw[["recency", "frequency", "monetary", "first_order"]].to_numpy().T
    )
    return score_rfm(ids, recency, frequency, monetary, cuts, first)


def score_rfm(
    customer_ids: np.ndarray,
    recency: np.ndarray,
    frequency: np.ndarray,
    monetary: np.ndarray,
    cuts: CutPoints | None = None,
    first_order: np.ndarray | None = None,
) -> Rfm:
    """Score customers from days since the last order, number of orders and net spend, float64 (n,) each.

    Equal values get equal scores, so that fifths are only about equal in size. A customer whose recency or
    frequency is missing or 0 orders is a prospect; unknown spend counts as none.

    :param first_order: days since the first order (n,): who ordered lately and little is new only where it is
        as recent, and else promising. By default everyone's only order is taken for the first.
    """
    bought = np.isfinite(recency) & (np.nan_to_num(frequency) > 0)
    spend = np.nan_to_num(monetary)
    cuts = cuts or quintiles(recency[bought], frequency[bought], spend[bought])
    scores = np.zeros((3, len(recency)), dtype=np.int8)
    scores[0, bought] = BEST - np.searchsorted(cuts.recency, recency[bought])
    scores[1, bought] = 1 + np.searchsorted(cuts.frequency, frequency[bought])
    scores[2, bought] = 1 + np.searchsorted(cuts.monetary, spend[bought])
    tiers = tier_places(*scores)
    if first_order is not None:
        known_before = ~(first_order <= cuts.recency[0]) & (tiers == TIERS.index(Tier.NEW))
        tiers[known_before] = TIERS.index(Tier.PROMISING)
    return Rfm(customer_ids, scores[0], scores[1], scores[2], tiers, cuts)


def quintiles(recency: np.ndarray, frequency: np.ndarray, monetary: np.ndarray) -> CutPoints:
    """Return the values that a fifth, two, three and four fifths of the customers do not exceed."""
    return CutPoints(*(_fifths(values) for values in (recency, frequency, monetary)))


def tier_places(recency: np.ndarray, frequency: np.ndarray, monetary: np.ndarray) -> np.ndarray:
    """Return the place in TIERS for scores (n,) each, int8 (n,); score 0 of recency makes a prospect."""
    value = value_scores(frequency, monetary)
    places = np.full((BEST + 1, BEST + 1), TIERS.index(Tier.PROSPECTS), dtype=np.int8)
    for cell, tier in GRID.items():
        places[cell] = TIERS.index(tier)
    return places[recency, value]


def value_scores(frequency: np.ndarray, monetary: np.ndarray) -> np.ndarray:
    """Return the mean of the scores for how often and how much (n,), halves rounded up."""
    return (frequency + monetary + 1) // 2


def _fifths(values: np.ndarray) -> tuple[float, ...]:
    if not len(values):
        return (0.0,) * len(QUINTILES)
    return tuple(np.quantile(values, QUINTILES, method="inverted_cdf").tolist())
