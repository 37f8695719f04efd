"""Orders whose state says that they came back, and of which a column of refunds says that a part did."""

from __future__ import annotations

from segmentation.intake.roles import Role
from segmentation.intake.typed_reading import Source

LEAST = "0.005"
"""Half a cent."""
_ORDER = "PARTITION BY coalesce(order_id, line::VARCHAR)"


def returned_in_part(source: Source) -> str:
    """Return SQL that tells the rows of orders that got back less than they cost, by amount and refund."""
    rule = source.upload.money
    if not ((rule and rule.refund) or source.has(Role.PIECES_BACK)):
        return "false"
    back, cost = (f"sum({value}) OVER ({_ORDER})" for value in ("abs(refund)", "amount"))
    return f"coalesce({back} > {LEAST} AND {back} < {cost} - {LEAST}, false)"
