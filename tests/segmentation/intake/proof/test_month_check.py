"""A month of the shop's own beside the files, and which other reading explains a difference."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from segmentation.errors import Cancelled
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.linking.build import build_shop
from segmentation.intake.proof import rows_around
from segmentation.intake.proof.changes import ReadingChange, ReadingWay, take
from segmentation.intake.proof.month_check import AGAIN, MonthCheck, check_month
from segmentation.intake.proof.months import months
from segmentation.intake.proof.other_readings import Said
from segmentation.intake.roles import Role
from segmentation.intake.shop import Shop
from segmentation.intake.uploads.corrections import list_uploads, set_role
from segmentation.intake.uploads.load import load_file
from segmentation.workspace import Workspace

JANUARY = date(2024, 1, 1)
HEAD = "order_id,customer_id,order_date,product_name,quantity,unit_price,shipping_cost,total"
ORDERS = "\n".join(
    [
        HEAD,
        *(
            f"{n},c{n % 7},2024-01-{n % 28 + 1:02d},Cup {n % 3},{n % 3 + 1},10.00,5.00,{n % 3 * 10 + 15}.00"
            for n in range(40)
        ),
        *(f"{n},,2024-01-05,Cup 1,2,10.00,5.00,25.00" for n in range(40, 52)),
        "90,c1,2024-01-09,Postage,1,77.00,0.00,77.00",
        "91,c1,2024-03-09,Cup 1,1,10.00,5.00,15.00",
    ]
)
# By customers 40 orders, totals 15, 25 and 35; 200 of them for shipping; by guests 300; a line of postage 77.
TOTALS, SHIPPING, GUESTS, POSTAGE = 990.0, 200.0, 300.0, 77.0


@pytest.fixture(scope="module")
def shop_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home of a workspace with the orders, of which “total” is what was paid."""
    folder = tmp_path_factory.mktemp("month")
    (folder / "orders.csv").write_text(ORDERS)
    with Workspace.open(folder / "home" / "workspace.duckdb") as opened:
        upload = load_file(opened, folder / "orders.csv")
        set_role(opened, upload.upload_id, "shipping_cost", Role.NUMERIC)
        set_role(opened, upload.upload_id, "total", Role.AMOUNT)
        build_shop(opened)
    return folder / "home"


@pytest.fixture
def shop(shop_home: Path, open_copy: Callable[[Path], Workspace]) -> Workspace:
    """Give a copy of it."""
    return open_copy(shop_home)


def check(workspace: Workspace, revenue: float, orders: int | None = None) -> MonthCheck:
    return check_month(workspace, Cleaning(), Said(JANUARY, revenue, orders))


def ways(found: MonthCheck) -> list[tuple[ReadingWay, ...]]:
    return [tuple(change.way for change in one.changes) for one in found.explanations]


def test_it_agrees_within_half_a_percent(shop: Workspace) -> None:
    found = check(shop, TOTALS * 1.0049)
    assert found.agrees
    assert (found.revenue, found.orders, found.explanations) == (TOTALS, 40, ())
    assert not check(shop, TOTALS * 1.0051).agrees


def test_orders_have_to_agree_where_they_are_given(shop: Workspace) -> None:
    assert check(shop, TOTALS, 40).agrees
    found = check(shop, TOTALS, 50)
    assert found.gap == 0.2
    assert found.explanations == ()


def test_guests_explain_it(shop: Workspace) -> None:
    found = check(shop, TOTALS + GUESTS, 52)
    [only] = found.explanations
    assert only.changes == (ReadingChange(ReadingWay.RULE_OFF, Rule.GUESTS),)
    assert (only.revenue, only.orders, only.gap) == (1290.0, 52, 0.0)


def test_another_reading_of_what_was_paid_comes_before_what_the_figure_lacks(shop: Workspace) -> None:
    assert ways(check(shop, TOTALS - SHIPPING)) == [(ReadingWay.PIECES_TIMES_PRICE,), (ReadingWay.TAKEN_OFF,)]


def test_shipping_on_top_explains_and_leaves_nothing_to_take(shop: Workspace) -> None:
    [only] = check(shop, TOTALS + SHIPPING).explanations
    assert [change.way for change in only.changes] == [ReadingWay.ADDED]
    assert not only.changes[0].can_be_taken


def test_two_changes_at_once(shop: Workspace) -> None:
    [only] = check(shop, TOTALS + GUESTS + POSTAGE).explanations
    assert {change.rule for change in only.changes} == {Rule.GUESTS, Rule.NON_PRODUCTS}


def test_nothing_explains_what_is_in_no_file(shop: Workspace) -> None:
    assert check(shop, 5_000).explanations == ()


def test_nothing_is_kept_and_what_is_taken_agrees(shop: Workspace) -> None:
    before = list_uploads(shop)
    found = check(shop, TOTALS - SHIPPING)
    assert list_uploads(shop) == before
    assert months(shop)["revenue"].tolist() == [TOTALS, 15.0]
    build_shop(shop, take(shop, found.explanations[0].changes, Cleaning()))
    assert check(shop, TOTALS - SHIPPING).agrees


def test_of_large_files_the_rows_of_the_month_are_tried_and_then_all(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_around, "LARGE", 10)
    steps: list[str] = []
    said = Said(JANUARY, TOTALS + GUESTS)
    found = check_month(shop, Cleaning(), said, lambda step, done, total: steps.append(step))
    assert ways(found) == [(ReadingWay.RULE_OFF,)]
    assert found.explanations[0].revenue == TOTALS + GUESTS
    assert steps[-1] == AGAIN
    with rows_around.rows_around(shop, JANUARY) as small, small.cursor() as cursor:
        [upload] = list_uploads(small)
        assert cursor.execute(f"SELECT count(*) FROM {upload.raw_table}").fetchall() == [(53,)]


def test_day_and_month_the_other_way_round(workspace: Workspace, build: Callable[..., Shop]) -> None:
    build(
        orders="order_id,customer_id,order_date,amount\n"
        + "".join(f"{n},c{n % 5},{n % 3 + 1:02d}/{n % 4 + 1:02d}/2024,{10 + n}.00\n" for n in range(36))
    )
    [upload] = list_uploads(workspace)
    rows = months(workspace)["revenue"].tolist()
    swapped = take(
        workspace,
        [ReadingChange(ReadingWay.DAY_AND_MONTH, upload_id=upload.upload_id, column="order_date")],
        Cleaning(),
    )
    build_shop(workspace, swapped)
    found = check(workspace, rows[0])
    assert ways(found) == [(ReadingWay.DAY_AND_MONTH,)]


def test_it_can_be_cancelled_and_leaves_everything_as_it_was(shop: Workspace) -> None:
    def cancel(step: str, done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        check_month(shop, Cleaning(), Said(JANUARY, 5_000), cancel)
    assert check(shop, TOTALS).agrees
