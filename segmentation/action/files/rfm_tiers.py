"""RFM tiers beside the segments: how big they are, and who is in which."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from segmentation.action.files.safe_csv import arrays_of, columns_csv
from segmentation.features.rfm import BEST, Rfm, value_scores
from segmentation.features.tier import TIERS
from segmentation.features.words import TIER_NAMES
from segmentation.runs import View

_NAMES = [TIER_NAMES[one] for one in TIERS]


def tier_table(rfm: Rfm, spend: np.ndarray | None) -> pd.DataFrame:
    """Return a row per tier that has customers: tier, customers, share, and spend and its share where known.

    :param spend: net spend of every customer, (n,).
    """
    sizes = np.bincount(rfm.tiers, minlength=len(TIERS))
    table = pd.DataFrame({"tier": _NAMES, "customers": sizes, "share": _shares(sizes)})
    if spend is not None:
        table["spend"] = np.bincount(rfm.tiers, np.nan_to_num(spend), minlength=len(TIERS))
        table["spend_share"] = _shares(table["spend"].to_numpy())
    return table[sizes > 0].reset_index(drop=True)


def tier_grid(rfm: Rfm) -> np.ndarray:
    """Count the customers at each recency score (rows, 1 to 5) and value score (columns, 1 to 5), (5, 5)."""
    bought = rfm.recency > 0
    value = value_scores(rfm.frequency[bought], rfm.monetary[bought])
    counts = np.zeros((BEST, BEST), dtype=np.int64)
    np.add.at(counts, (rfm.recency[bought] - 1, value - 1), 1)
    return counts


def tiers_by_segment(rfm: Rfm, labels: np.ndarray, k: int) -> pd.DataFrame:
    """Count the customers of each tier (rows, by name) in each of k segments (columns, 0-based)."""
    counts = np.zeros((len(TIERS), k), dtype=np.int64)
    np.add.at(counts, (rfm.tiers, labels), 1)
    table = pd.DataFrame(counts, index=_NAMES)
    return table[table.sum(axis=1) > 0]


def tiers_csv(rfm: Rfm, view: View) -> bytes:
    """Write a row per customer: tier, the three scores (1 to 5, 0 without an order) and the segment.

    Of segments that are followed also where they stand now, where before, and since when.
    """
    standing = view.standing_of(rfm.customer_ids)
    return columns_csv(
        {
            "customer_id": pa.array(rfm.customer_ids, pa.string()),
            "tier": pa.array(_NAMES, pa.string()).take(pa.array(rfm.tiers)),
            "recency_score": pa.array(rfm.recency),
            "frequency_score": pa.array(rfm.frequency),
            "monetary_score": pa.array(rfm.monetary),
            "segment": pa.array(view.labels + 1),
            "segment_name": pa.array(view.names, pa.string()).take(pa.array(view.labels)),
            **({} if standing is None else arrays_of(standing)),
        }
    )


def _shares(values: np.ndarray) -> np.ndarray:
    total = values.sum()
    return values / total if total else np.zeros(len(values))
