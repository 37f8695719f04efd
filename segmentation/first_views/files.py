"""What is shown of the files of a shop."""

from __future__ import annotations

import pandas as pd

from segmentation.intake.proof import alarms, coverage, months, receipts
from segmentation.intake.proof.alarm import Alarm
from segmentation.intake.proof.coverage import Leader, Span
from segmentation.intake.proof.receipts import Receipt
from segmentation.intake.roles import Upload
from segmentation.intake.shop import Shop
from segmentation.intake.uploads import summary
from segmentation.intake.uploads.summary import UploadSummary
from segmentation.runs.kept.views import Shown

MANY_FILES = 200


def summary_of(upload: Upload) -> Shown[UploadSummary]:
    """Count the customers of a file and find its span of time, by the present roles of its columns."""
    return Shown(
        "summary", (upload,), UploadSummary, lambda opened: summary.summarise(opened, upload), MANY_FILES
    )


def alarms_of(shop: Shop) -> Shown[tuple[Alarm, ...]]:
    """Look for what cannot be right."""
    return Shown("alarms", (shop.fingerprint,), tuple[Alarm, ...], lambda opened: alarms.alarms(opened, shop))


def receipts_of(shop: Shop) -> Shown[tuple[Receipt, ...]]:
    """Choose the orders to show."""
    return Shown(
        "receipts", (shop.fingerprint,), tuple[Receipt, ...], lambda opened: receipts.receipts(opened, shop)
    )


def months_of(shop: Shop) -> Shown[pd.DataFrame]:
    """Add up the months; nobody may change the frame."""
    return Shown("months", (shop.fingerprint,), pd.DataFrame, months.months)


def leader_of(shop: Shop) -> Shown[Leader | None]:
    """Find the customer with the most orders."""
    return Shown("leader", (shop.fingerprint,), Leader | None, coverage.leader)


def span_of(shop: Shop) -> Shown[Span | None]:
    """Find from when to when the files tell."""
    return Shown("span", (shop.fingerprint,), Span | None, coverage.span)
