"""Money off in percent, whatever its header: by the sum that it makes, or asked beside a sum of money."""

from __future__ import annotations

import pytest

from segmentation.intake.linking.build import build_shop
from segmentation.workspace import Workspace
from tests.segmentation.intake.meaning.conftest import Write

PRICES = [1.2, 3.95, 8.05, 12.9, 17.5, 24.35, 31.0, 44.8]
SOLD = [
    (at, at % 8, 1 + at // 8 % 4, PRICES[at % 8], [0, 0, 5, 0, 12.5, 10, 0, 20, 15][at % 9])
    for at in range(144)
]
GROSS = sum(pieces * price for _, _, pieces, price, _ in SOLD)
PAID = sum(pieces * price * (1 - part / 100) for _, _, pieces, price, part in SOLD)
MONEY = GROSS - sum(part for *_, part in SOLD)


def rows(form: str) -> list[str]:
    return [
        f"{700 + at},2024-03-{1 + at % 28:02},K{at % 13 + 10},A{goods + 10},"
        + form.format(
            pieces=pieces,
            price=price,
            part=part,
            share=part / 100,
            paid=round(pieces * price * (1 - part / 100), 2),
        )
        for at, goods, pieces, price, part in SOLD
    ]


def spend(workspace: Workspace) -> float:
    build_shop(workspace)
    with workspace.cursor() as cursor:
        return float(cursor.execute("SELECT sum(amount)::DOUBLE FROM shop.lines").fetchall()[0][0])


@pytest.mark.parametrize("part", ["{part}", "-{part}"])
def test_round_parts_that_do_not_grow_with_their_line_are_percents_and_asked(
    load: Write, workspace: Workspace, part: str
) -> None:
    upload = load("Order,Date,Customer,SKU,Quantity,Price,Rebate", rows(f"{{pieces}},{{price}},{part}"))
    (doubt,) = upload.doubts
    assert [option.revenue for option in doubt.options] == pytest.approx([PAID, MONEY, GROSS])
    assert len({option.answer for option in doubt.options}) == 3
    assert spend(workspace) == pytest.approx(PAID, abs=0.01)


@pytest.mark.parametrize("part", ["{part}", "{share}", "{part} %"])
def test_a_part_of_any_header_is_told_by_the_sum_that_it_makes(
    load: Write, workspace: Workspace, part: str
) -> None:
    header = "Zuko,Dato,Klanto,Kodo,Kvanto,Prezo,Rabato,Sumo"
    upload = load(header, rows(f"{{pieces}},{{price}},{part},{{paid:.2f}}"))
    assert [one.answer for doubt in upload.doubts for one in doubt.options if one.revenue is None] == []
    assert spend(workspace) == pytest.approx(PAID, abs=0.8)
