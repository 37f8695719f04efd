"""Recommend: what to offer each segment and each customer next, as one job, kept in the workspace."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from segmentation.action.recommend.better import take_better
from segmentation.action.recommend.check import (
    Before,
    Check,
    choose_settings,
    count_fresh,
    look_before,
)
from segmentation.action.recommend.found import Recommended
from segmentation.action.recommend.interest import read_interest
from segmentation.action.recommend.model import Settings, build_model, history_of, learn_links
from segmentation.action.recommend.per_customer import Buyers, recommendation_rows
from segmentation.action.recommend.per_segment import SegmentOffers, offers_at
from segmentation.action.recommend.purchases import Catalogue, Purchases, read_catalogue, read_purchases
from segmentation.action.recommend.store import Lists, keep_recommended
from segmentation.action.recommend.tiles import bought_again
from segmentation.clusters.fit import sweep
from segmentation.clusters.hindsight import look_back
from segmentation.clusters.space import build_space
from segmentation.clusters.weights import Weights
from segmentation.errors import NoHindsightError, NothingToRecommendError, SegmentationError
from segmentation.features.cutoff import Period, choose_period
from segmentation.intake.shop import Shop
from segmentation.jobs import Progress, silent
from segmentation.runs import Run, View
from segmentation.runs.guide import reading_of
from segmentation.runs.unchanged import check_unchanged, shop_of_run
from segmentation.stages import Stage
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


@dataclass(frozen=True)
class _Work:
    """What the job has at hand: the shop, the run's customers, the catalogue, and its texts if any."""

    workspace: Workspace
    shop: Shop
    view: View
    catalogue: Catalogue
    texts: ProductTexts | None
    on_progress: Progress
    load: Loader


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
    :raises NothingToRecommendError: where orders name no products, or too few customers bought two.
    :raises FilesChangedError: where the files are not those of the run.
    """
    started = time.monotonic()
    on_progress(Stage.READING_PURCHASES, 0, 1)
    shop = shop_of_run(workspace, run)
    view = View.of(workspace, run)
    ids, labels = view.customer_ids, view.labels
    catalogue = read_catalogue(workspace)
    now = (shop.as_of or datetime.max - timedelta(days=1)) + timedelta(seconds=1)
    purchases = read_purchases(workspace, ids, catalogue, now)
    _check_enough(shop, purchases)
    ids_of_products, reading = catalogue.product_ids, reading_of(run.options)
    texts = read_products(
        workspace, ids_of_products, run.themes, reading, run.options.seed, on_progress, load
    )
    work = _Work(workspace, shop, view, catalogue, texts, on_progress, load)
    check, settings, unchecked = _check(work)
    offers = _offers(work, purchases)
    on_progress(Stage.LEARNING_LINKS, 0, 1)
    model = build_model(purchases, learn_links(purchases, texts, settings.ridge), labels, view.k, settings)
    history = history_of(purchases, read_interest(workspace, ids, catalogue, now))
    cold = int((np.diff(purchases.orders.indptr) == 0).sum())
    found = Recommended(
        view.k, per_customer, len(ids), cold, len(catalogue), texts is not None, settings, check,
        unchecked, offers,
    )  # fmt: skip
    check_unchanged(workspace, run)
    parts = recommendation_rows(model, Buyers(ids, labels, purchases, history), catalogue, per_customer)
    lists = Lists(parts, bought_again(purchases, catalogue), started)
    return keep_recommended(workspace, run.run_id, found, lists, on_progress)


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


def _offers(work: _Work, purchases: Purchases) -> dict[int, tuple[SegmentOffers, ...]]:
    view = work.view
    ks = view.run.ks if len(view.rows) <= MOST_FOR_EVERY_K else [view.k]
    offers = {}
    for done, k in enumerate(ks):
        work.on_progress(Stage.CHOOSING_FOR_SEGMENTS, done, len(ks))
        offers[k] = offers_at(work.workspace, view.at(k), work.catalogue, work.texts, purchases.bought)
    return offers


def _check(work: _Work) -> tuple[Check | None, Settings, str]:
    """Choose the blend at an earlier cut and test it at the latest; say why where the past is too short."""
    settings = Settings()
    try:
        period = choose_period(work.workspace, work.shop)
        tuned_on = choose_period(work.workspace, _as_of(work.shop, period))
        known, labels, k = _segments_before(work, tuned_on)
        work.on_progress(Stage.TUNING, 0, 1)
        before = _look_before(work, known, tuned_on, settings)
        settings = choose_settings(before, labels, k, settings)
        known, labels, k = _segments_before(work, period)
        work.on_progress(Stage.TESTING, 0, 1)
        before = _look_before(work, known, period, settings)
        settings, tested = take_better(before, labels, k, settings, work.view.run.options.seed)
    except NoHindsightError as why:
        return None, settings, f"{why.found} {why.remedy}".strip()
    return Check(period, tuned_on, len(before.tested), count_fresh(before), **vars(tested)), settings, ""


def _as_of(shop: Shop, period: Period) -> Shop:
    return replace(shop, as_of=period.day_before)


def _look_before(work: _Work, known: np.ndarray, period: Period, settings: Settings) -> Before:
    seed = work.view.run.options.seed
    return look_before(work.workspace, known, work.catalogue, work.texts, period, settings, seed)


def _segments_before(work: _Work, period: Period) -> tuple[np.ndarray, np.ndarray, int]:
    """Find segments on what was known before the period: its customers, their segments, how many."""
    ids, options = work.view.customer_ids, work.view.run.options
    if len(ids) > MOST_LOOKED_BACK:
        return ids, np.zeros(len(ids), dtype=np.intp), 1
    try:
        past = look_back(
            work.workspace, work.shop, period, reading_of(options), options.seed, work.on_progress, work.load
        )
        space = build_space(
            past.table, past.text, Weights(options.text_weight, options.profile_weight, options.off)
        )
        swept = sweep(space.matrix, [work.view.k], options.seed, work.on_progress)
    except SegmentationError as why:
        raise NoHindsightError(f"segments could not be found before the cut: {why.found}") from why
    k = max(swept.ks)
    return past.table.customer_ids, swept.labels[k].astype(np.intp), k
