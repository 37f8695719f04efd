"""Questions about the files where two readings survive, as the screens see them."""

from __future__ import annotations

from pages.shell.words import count
from pages.shell.workspace import workspace
from segmentation import formats
from segmentation.intake.roles import Doubt, Option
from segmentation.intake.uploads.answers import answer_doubt


def keep_answer(doubt: Doubt, place: int) -> None:
    """Read the file by this answer from now on, and later files of the same header."""
    answer_doubt(workspace(), doubt.upload_id, doubt.code, place)


def consequence(option: Option, currency: str | None) -> str:
    """Say what the files come to with an answer: "€16,753 in 120 orders of 84 customers, 3 Jan to …"."""
    parts = []
    if option.revenue is not None:
        parts.append(formats.money(option.revenue, currency))
    if option.orders is not None:
        parts.append(f"{' in ' if parts else ''}{count(option.orders, 'order')}")
    if option.customers is not None:
        parts.append(f"{' of ' if parts else ''}{count(option.customers, 'customer')}")
    told = "".join(parts)
    if option.first and option.last:
        return f"{told}{', ' if told else ''}{formats.date(option.first)} to {formats.date(option.last)}"
    return told
