"""The values that several customers share in the columns of the customer file."""

from __future__ import annotations

from segmentation.intake.shop import ProfileType, Shop
from segmentation.workspace import Workspace, quote_identifier

FEWEST = 5
"""A value of fewer customers says more of them than of the shop."""

MOST_VALUES = 200


def shared_categories(workspace: Workspace, shop: Shop) -> dict[str, tuple[str, ...]]:
    """Return of each column with categories the values of five customers or more, most frequent first."""
    return {
        column: tuple(value for value, _, _ in counted)
        for column, counted in count_categories(workspace, shop).items()
    }


def count_categories(workspace: Workspace, shop: Shop) -> dict[str, list[tuple[str, int, float]]]:
    """Return the same with how many customers have each, and which share of those who have any (0..1)."""
    found = {}
    for column in shop.profile:
        if column.type != ProfileType.CATEGORICAL:
            continue
        identifier = quote_identifier(column.column)
        query = f"""
            WITH counted AS (
                SELECT {identifier} AS category, count(*) AS customers
                FROM shop.profile WHERE {identifier} IS NOT NULL GROUP BY 1)
            SELECT category, customers, customers / (SELECT sum(customers) FROM counted) FROM counted
            WHERE customers >= ? ORDER BY customers DESC, category LIMIT ?"""
        with workspace.cursor() as cursor:
            rows = cursor.execute(query, [FEWEST, MOST_VALUES]).fetchall()
        found[column.label] = [(value, int(customers), float(share)) for value, customers, share in rows]
    return found
