"""Orders dealt anew: everybody has as many as before, whole ones, and the workspace stays as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from segmentation.features.dealt import orders_dealt
from segmentation.intake.shop import Shop
from segmentation.workspace import Workspace

LINES = [
    (who, number, "mug", f"2024-01-{day:02d} 09:00", 1, Decimal(price), 0.0, back, True)
    for who, number, day, price, back in [
        ("ada", "1", 1, "10", False),
        ("ada", "1", 1, "11", False),
        ("ada", "2", 2, "20", False),
        ("ada", "3", 3, "-20", True),
        ("ben", "1", 4, "40", False),
        ("cal", "5", 5, "50", False),
        ("cal", "6", 6, "60", False),
        ("cal", "7", 7, "-60", True),
    ]
]
ALL = "SELECT customer_id, order_id, CAST(amount AS INTEGER), is_return FROM shop.lines ORDER BY ALL"


def test_customers_keep_their_number_of_orders_and_orders_stay_whole(
    workspace: Workspace, make_shop: Callable[..., Shop]
) -> None:
    make_shop(["ada", "ben", "cal"], lines=LINES)
    with workspace.cursor() as cursor:
        before = cursor.sql(ALL).fetchall()
    with orders_dealt(workspace, seed=3) as trial, trial.cursor() as cursor:
        dealt = cursor.sql(ALL).fetchall()
        orders = {(who, number, back) for who, number, _, back in dealt}
    assert Counter((who, back) for who, _, back in orders) == {
        ("ada", False): 2,
        ("ben", False): 1,
        ("cal", False): 2,
        ("ada", True): 1,
        ("cal", True): 1,
    }
    assert sorted(amount for _, _, amount, _ in dealt) == [-60, -20, 10, 11, 20, 40, 50, 60]
    together = {amount: (who, number) for who, number, amount, _ in dealt}
    assert together[10] == together[11]
    assert [(who, amount) for who, _, amount, _ in dealt] != [(who, amount) for who, _, amount, _ in before]
    with workspace.cursor() as cursor:
        assert cursor.sql(ALL).fetchall() == before
