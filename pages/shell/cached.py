"""Results that several screens read, kept in memory; always bounded, keyed by a digest of the content."""

from __future__ import annotations

from datetime import datetime

from pages.shell.held.remembered import forget_shown, recall, remembered
from pages.shell.options import load_options
from pages.shell.workspace import workspace
from segmentation.features.cutoff import Period
from segmentation.features.rfm import CutPoints, Rfm
from segmentation.first_views import customers, files
from segmentation.first_views.told import ToldFeatures
from segmentation.intake.cleaning_rules import Cleaning
from segmentation.intake.linking.build import build_shop, fingerprint_of
from segmentation.intake.roles import Upload
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.intake.uploads.summary import UploadSummary


def fingerprint() -> str:
    """Name the state of the uploads and of the rules of cleaning, without reading a row."""
    return fingerprint_of(list_uploads(workspace()), load_options(workspace()).cleaning)


def shop() -> Shop:
    """Link the uploaded files into one shop, once per state of the uploads and of the rules of cleaning."""
    return _shop(fingerprint(), load_options(workspace()).cleaning)


def features() -> ToldFeatures:
    """Say what is known about the customers of the shop, once per shop."""
    return recall(customers.features_of(workspace(), shop()), "Counting up each customer …")


def tiers(cuts: CutPoints | None) -> Rfm:
    """Put the customers of the shop into RFM tiers, once per shop and cut-points.

    :raises NoTiersError: where the files have no orders, or no dates or amounts of orders.
    """
    return recall(customers.tiers_of(shop(), cuts), "Counting the tiers …")


def summary(upload: Upload) -> UploadSummary:
    """Count the customers of a file and find its span of time, once per state of its columns."""
    return recall(files.summary_of(upload))


def period(cutoff: datetime | None) -> Period:
    """Part the history of the shop at this day, or where its own data say, once per shop.

    :raises NoHindsightError: where the history is too short.
    """
    return recall(customers.period_of(shop(), cutoff), "Looking at your history …")


# One entry: the tables in the workspace are those of the latest shop, so an older one must be linked anew.
@remembered(1, "Linking your files …", with_runs=False)
def _shop(fingerprint: str, _cleaning: Cleaning) -> Shop:
    return build_shop(workspace(), _cleaning)


def forget_shop() -> None:
    """Drop from memory the shop and what is shown of it: something is told otherwise now."""
    _shop.clear()
    forget_shown()
