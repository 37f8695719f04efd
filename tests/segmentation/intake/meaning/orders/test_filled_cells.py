"""States told by a filled cell beside states told by words, each written on the first line of an order."""

from __future__ import annotations

from segmentation.intake.linking.build import build_shop
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

HEADER = "Name,Email,Created at,Cancelled at,Financial Status,Lineitem name,Lineitem quantity,Lineitem price"


def rows() -> list[str]:
    return [
        f"#{1000 + at},k{at % 13}@example.com,2024-{1 + at // 20:02}-{1 + at % 28:02},"
        f"{'2024-03-01' if at % 7 == 3 and not line else ''},"
        f"{('paid' if at % 5 else 'pending') if not line else ''},thing {at * line % 7},1,{20 + line}.00"
        for at in range(60)
        for line in range(1 + at % 3)
    ]


def test_what_either_column_says_of_an_order_is_lost_on_all_its_lines(
    load: Write, workspace: Workspace
) -> None:
    load(HEADER, rows())
    build_shop(workspace)
    sold = sum(
        20.0 + line
        for at in range(60)
        for line in range(1 + at % 3)
        if at % 7 != 3 and at % 5  # neither cancelled nor pending
    )
    with workspace.cursor() as cursor:
        spent = cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0]
    assert spent == sold
