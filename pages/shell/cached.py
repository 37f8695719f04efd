"""Results that several screens read, kept in memory; always bounded, keyed by a digest of the content."""

from __future__ import annotations

from datetime import datetime

from pages.shell.held.remembered import kept_beside, remembered
from pages.shell.options import load_options
from pages.shell.workspace import workspace
from segmentation.features.build import build_features
from segmentation.features.column_labels import given_labels
from segmentation.features.cutoff import Period, choose_period
from segmentation.features.rfm import CutPoints, Rfm, build_rfm
from segmentation.features.table import FeatureTable
from segmentation.intake.cleaning_rules import Cleaning
from segmentation.intake.linking.build import build_shop, fingerprint_of
from segmentation.intake.roles import Upload
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.summary import UploadSummary, summarise


def fingerprint() -> str:
    """Name the state of the uploads and of the rules of cleaning, without reading a row."""
    return fingerprint_of(list_uploads(workspace()), load_options(workspace()).cleaning)


def shop() -> Shop:
    """Link the uploaded files into one shop, once per state of the uploads and of the rules of cleaning."""
    return _shop(fingerprint(), load_options(workspace()).cleaning)


def features() -> FeatureTable:
    """Build the feature table of the shop, once per shop."""
    linked = shop()
    return _features(linked.fingerprint, tuple(given_labels(workspace()).items()), linked)


def tiers(cuts: CutPoints | None) -> Rfm:
    """Put the customers of the shop into RFM tiers, once per shop and cut-points.

    :raises NoTiersError: where the files have no orders, or no dates or amounts of orders.
    """
    linked = shop()
    return _tiers(linked.fingerprint, cuts, linked)


@kept_beside(200, with_runs=False)
def summary(upload: Upload) -> UploadSummary:
    """Count the customers of a file and find its span of time, once per state of its columns."""
    return summarise(workspace(), upload)


def period(cutoff: datetime | None) -> Period:
    """Part the history of the shop at this day, or where its own data say, once per shop.

    :raises NoHindsightError: where the history is too short.
    """
    linked = shop()
    return _period(linked.fingerprint, cutoff, linked)


# One entry: the tables in the workspace are those of the latest shop, so an older one must be linked anew.
@remembered(1, "Linking your files …", with_runs=False)
def _shop(fingerprint: str, _cleaning: Cleaning) -> Shop:
    return build_shop(workspace(), _cleaning)


@remembered(1, "Counting up each customer …", with_runs=False)
def _features(fingerprint: str, labels: tuple[tuple[str, str], ...], _shop: Shop) -> FeatureTable:
    return build_features(workspace(), _shop)


@kept_beside(2, "Counting the tiers …", with_runs=False)
def _tiers(fingerprint: str, cuts: CutPoints | None, _shop: Shop) -> Rfm:
    return build_rfm(workspace(), _shop, cuts)


@kept_beside(4, "Looking at your history …", with_runs=False)
def _period(fingerprint: str, cutoff: datetime | None, _shop: Shop) -> Period:
    return choose_period(workspace(), _shop, cutoff)


def forget_shop() -> None:
    """Drop from memory the shop and the features, of which something is told otherwise now."""
    for memory in (_shop, _features, _tiers):
        memory.clear()
