"""Recommend: what to offer each segment and each customer next, as one job, kept in the workspace."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from segmentation.action.recommend.check import Check, choose_settings, compare, count_fresh, look_before
from segmentation.action.recommend.found import Recommended
from segmentation.action.recommend.interest import read_interest
from segmentation.action.recommend.model import Settings, build_model, history_of, learn_links
from segmentation.action.recommend.per_customer import Audience, recommendation_rows
from segmentation.action.recommend.per_segment import SegmentOffers, offers_at
from segmentation.action.recommend.purchases import Catalogue, Purchases, read_catalogue, read_purchases
from segmentation.action.recommend.store import keep_recommended
from segmentation.clusters.fit import sweep
from segmentation.clusters.hindsight import look_back
from segmentation.clusters.space import Weights, build_space
from segmentation.errors import NoHindsightError, NothingToRecommendError, SegmentationError
from segmentation.features.cutoff import Period, choose_period
from segmentation.intake.linking.build import build_shop
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.runs import Run, load_customers
from segmentation.runs.explain import labels_of_run
from segmentation.runs.worth import reading_of
from segmentation.text.encoders.load import load_encoder
from segmentation.text.encoders.protocol import Loader
from segmentation.text.products import ProductTexts, read_products
from segmentation.workspace import Workspace
from segmentation.workspace.at_work import undisturbed

FEWEST_BUYERS = 30
PER_CUSTOMER = 10
MOST_LOOKED_BACK = 50_000
"""Above so many customers, segments are not found once more before the cut: the check goes without them."""

MOST_FOR_EVERY_K = 200_000
"""Above so many customers, only the suggested number of segments is offered products."""


@undisturbed
def recommend(
    workspace: Workspace,
    run: Run,
    per_customer: int = PER_CUSTOMER,
    on_progress: Progress = silent,
    load: Loader = load_encoder,
) -> Recommended:
    """Find what to offer each segment and each customer of a run, check it on the past, and keep it all.

    :param per_customer: how many products that are new to them each customer gets.
    :raises NothingToRecommendError: where orders name no products, too few customers bought two, or the
        files have changed since the run.
    """
    started = time.monotonic()
    on_progress("Reading what was bought", 0, 1)
    shop = _shop_of(workspace, run)
    rows = load_customers(workspace, run)
    ids, labels = rows["customer_id"].to_numpy(dtype=object), labels_of_run(rows, run.suggestion.k)
    catalogue = read_catalogue(workspace)
    now = (shop.as_of or datetime.max - timedelta(days=1)) + timedelta(seconds=1)
    purchases = read_purchases(workspace, ids, catalogue, now)
    _check_enough(shop, purchases)
    texts = read_products(
        workspace,
        catalogue.product_ids,
        run.themes,
        reading_of(run.options),
        run.options.seed,
        on_progress,
        load,
    )
    check, settings, unchecked = _check(workspace, shop, run, ids, catalogue, texts, on_progress, load)
    offers = _offers(workspace, run, rows, catalogue, texts, purchases, on_progress)
    on_progress("Learning what goes together", 0, 1)
    model = build_model(
        purchases, learn_links(purchases, texts, settings.ridge), labels, run.suggestion.k, settings
    )
    audience = Audience(
        ids, labels, purchases, history_of(purchases, read_interest(workspace, ids, catalogue, now))
    )
    cold = int((np.diff(purchases.orders.indptr) == 0).sum())
    found = Recommended(
        run.suggestion.k, per_customer, len(ids), cold, len(catalogue), texts is not None, settings, check,
        unchecked, offers,
    )  # fmt: skip
    parts = recommendation_rows(model, audience, catalogue, per_customer)
    return keep_recommended(workspace, run.run_id, found, parts, started, on_progress)


def _shop_of(workspace: Workspace, run: Run) -> Shop:
    shop = build_shop(workspace, run.options.cleaning)
    if shop.fingerprint != run.fingerprint:
        raise NothingToRecommendError(
            "the files or the cleaning rules have changed since these segments were found.",
            "Find the segments anew first.",
        )
    return shop


def _check_enough(shop: Shop, purchases: Purchases) -> None:
    if "lines.product_id" not in shop.has:
        raise NothingToRecommendError(
            "the files do not say which products were ordered.",
            "Upload orders with a row per product: its name or its number.",
        )
    several = int((np.diff(purchases.orders.indptr) > 1).sum())
    if several < FEWEST_BUYERS:
        raise NothingToRecommendError(
            f"only {several:,} customers bought two different products, and {FEWEST_BUYERS} are needed.",
            "Upload a longer history of orders.",
        )


def _offers(
    workspace: Workspace,
    run: Run,
    rows: pd.DataFrame,
    catalogue: Catalogue,
    texts: ProductTexts | None,
    purchases: Purchases,
    on_progress: Progress,
) -> dict[int, tuple[SegmentOffers, ...]]:
    ks = run.ks if len(rows) <= MOST_FOR_EVERY_K else [run.suggestion.k]
    offers = {}
    for done, k in enumerate(ks):
        on_progress("Choosing products for each segment", done, len(ks))
        offers[k] = offers_at(workspace, run, rows, k, catalogue, texts, purchases.bought)
    return offers


def _check(
    workspace: Workspace,
    shop: Shop,
    run: Run,
    ids: np.ndarray,
    catalogue: Catalogue,
    texts: ProductTexts | None,
    on_progress: Progress,
    load: Loader,
) -> tuple[Check | None, Settings, str]:
    """Choose the blend at an earlier cut and test it at the latest; say why where the past is too short."""
    settings, seed = Settings(), run.options.seed
    try:
        period = choose_period(workspace, shop)
        tuned_on = choose_period(workspace, _as_of(shop, period))
        known, labels, k = _segments_before(workspace, shop, run, tuned_on, ids, on_progress, load)
        on_progress("Trying blends on an earlier time", 0, 1)
        before = look_before(workspace, known, catalogue, texts, tuned_on, settings, seed)
        settings = choose_settings(before, labels, k, settings)
        known, labels, k = _segments_before(workspace, shop, run, period, ids, on_progress, load)
        on_progress("Testing on what came after", 0, 1)
        before = look_before(workspace, known, catalogue, texts, period, settings, seed)
        ways = compare(before, labels, k, settings)
    except NoHindsightError as why:
        return None, settings, f"{why.found} {why.remedy}".strip()
    every, fresh = ({name: both[place] for name, both in ways.items()} for place in (0, 1))
    check = Check(period, tuned_on, len(before.tested), count_fresh(before), every, fresh)
    return check, settings, ""


def _as_of(shop: Shop, period: Period) -> Shop:
    return replace(shop, as_of=period.day_before)


def _segments_before(
    workspace: Workspace,
    shop: Shop,
    run: Run,
    period: Period,
    ids: np.ndarray,
    on_progress: Progress,
    load: Loader,
) -> tuple[np.ndarray, np.ndarray, int]:
    """Find segments on what was known before the period: its customers, their segments, how many."""
    if len(ids) > MOST_LOOKED_BACK:
        return ids, np.zeros(len(ids), dtype=np.intp), 1
    options = run.options
    try:
        past = look_back(workspace, shop, period, reading_of(options), options.seed, on_progress, load)
        space = build_space(
            past.table, past.text, Weights(options.text_weight, options.profile_weight, options.off)
        )
        swept = sweep(space.matrix, [run.suggestion.k], options.seed, on_progress)
    except SegmentationError as why:
        raise NoHindsightError(f"segments could not be found before the cut: {why.found}") from why
    k = max(swept.ks)
    return past.table.customer_ids, swept.labels[k].astype(np.intp), k
