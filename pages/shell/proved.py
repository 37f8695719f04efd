"""What shows whether the files were understood, worked out once per shop."""

from __future__ import annotations

import pandas as pd

from pages.shell.held.remembered import recall
from segmentation.first_views import files
from segmentation.intake.proof.alarm import Alarm
from segmentation.intake.proof.coverage import Leader, Span
from segmentation.intake.proof.receipts import Receipt
from segmentation.intake.shop import Shop


def alarms_of(shop: Shop) -> tuple[Alarm, ...]:
    """Look for what cannot be right."""
    return recall(files.alarms_of(shop))


def receipts_of(shop: Shop) -> tuple[Receipt, ...]:
    """Choose the orders to show."""
    return recall(files.receipts_of(shop))


def months_of(shop: Shop) -> pd.DataFrame:
    """Add up the months; nobody may change the frame."""
    return recall(files.months_of(shop))


def leader_of(shop: Shop) -> Leader | None:
    """Find the customer with the most orders."""
    return recall(files.leader_of(shop))


def span_of(shop: Shop) -> Span | None:
    """Find from when to when the files tell."""
    return recall(files.span_of(shop))
