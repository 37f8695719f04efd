"""What is shown of the customers of a shop, before and beside their segments."""

from __future__ import annotations

from datetime import datetime

from segmentation.features import build, cutoff, rfm
from segmentation.features.column_labels import given_labels
from segmentation.features.cutoff import Period
from segmentation.features.rfm import CutPoints, Rfm
from segmentation.first_views.told import ToldFeatures, told_of
from segmentation.intake.shop import Shop
from segmentation.runs.kept.views import Shown
from segmentation.workspace import Workspace


def tiers_of(shop: Shop, cuts: CutPoints | None) -> Shown[Rfm]:
    """Put the customers into RFM tiers, which may raise a `NoTiersError`."""
    return Shown("tiers", (shop.fingerprint, cuts), Rfm, lambda opened: rfm.build_rfm(opened, shop, cuts), 2)


def period_of(shop: Shop, day: datetime | None) -> Shown[Period]:
    """Part the history at a day, or where its own data say, which may raise a `NoHindsightError`."""
    return Shown(
        "period", (shop.fingerprint, day), Period, lambda opened: cutoff.choose_period(opened, shop, day), 4
    )


def features_of(workspace: Workspace, shop: Shop) -> Shown[ToldFeatures]:
    """Say what is known about each customer, and how they all spread."""
    labels = tuple(given_labels(workspace).items())
    return Shown(
        "features",
        (shop.fingerprint, labels),
        ToldFeatures,
        lambda opened: told_of(build.build_features(opened, shop)),
    )
