"""The size of one upload in a shop's terms: how many customers, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from segmentation.intake.meaning.date_and_time_columns import moment
from segmentation.intake.roles import Role, Upload
from segmentation.intake.values.cast import identifier
from segmentation.workspace import Workspace, quote_identifier


@dataclass(frozen=True)
class UploadSummary:
    """Distinct customers, first and last date of a file; None where the file does not say."""

    customers: int | None
    first: datetime | None
    last: datetime | None


def summarise(workspace: Workspace, upload: Upload) -> UploadSummary:
    """Count the customers of a file and find its span of time, by the columns' present roles."""
    customer = upload.column_of(Role.CUSTOMER_ID)
    customer_id = identifier(f"c{customer.position}") if customer else "NULL"
    when = moment(upload.columns) or "NULL::TIMESTAMP"
    with workspace.cursor() as cursor:
        [(customers, first, last)] = cursor.execute(
            f"SELECT count(DISTINCT {customer_id}), min({when}), max({when})"
            f" FROM {quote_identifier(upload.raw_table)}"
        ).fetchall()
    return UploadSummary(customers if customer else None, first, last)
