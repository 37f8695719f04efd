"""What was known about the customers before the cut-off, and what they did after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from segmentation.features.build import build_features
from segmentation.features.cutoff import Period, past_of
from segmentation.features.outcomes import Later, measure_later
from segmentation.features.rfm import CutPoints, Rfm, build_rfm
from segmentation.features.rfm_cuts import load_cuts
from segmentation.features.table import FeatureTable
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage
from segmentation.text.block import TextBlock
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader, TextOptions
from segmentation.text.later import taste_of_period
from segmentation.text.read import read_customers
from segmentation.workspace import Workspace


@dataclass(frozen=True)
class Past:
    """The customers known before the period, in the order of `table`: what was known, and what came after.

    `rfm` are their tiers then, None where the files give no amounts, scored by the cut-points `own_cuts` that
    a person set (None: by fifths); `later` a value per customer of every derived outcome, NaN for whom it
    has no meaning. `bought` is where what each bought later lies among the products' texts, float64 (n, p),
    NaN rows for who bought nothing; None where there are no such texts.
    """

    period: Period
    table: FeatureTable
    text: TextBlock | None
    rfm: Rfm | None
    later: Mapping[Later, np.ndarray]
    own_cuts: CutPoints | None = None
    bought: np.ndarray | None = None


def look_back(
    workspace: Workspace,
    shop: Shop,
    period: Period,
    reading: TextOptions,
    seed: int,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> Past:
    """Describe the customers as they were before the period; texts that were read before are not read again.

    :raises ModelError: if the model is not on this machine.
    :raises Cancelled: when a person cancels.
    """
    own_cuts = load_cuts(workspace)
    on_progress(Stage.LOOKING_BACK, 0, 1)
    with past_of(workspace, shop, period) as (past, then):
        table = build_features(past, then)
        text = read_customers(
            past, then, table.customer_ids, reading, seed, on_progress, load, read_before=workspace
        )
        rfm = build_rfm(past, then, own_cuts) if "lines.amount" in shop.has else None
    later = measure_later(workspace, period, table.customer_ids)
    days = (period.cutoff, period.end)
    bought = taste_of_period(workspace, table.customer_ids, days, reading, seed, load) if text else None
    return Past(period, table, text, rfm, later, own_cuts, bought)
