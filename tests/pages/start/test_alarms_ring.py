"""Every alarm of files rings on Data, in red, with its title and a figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from segmentation.intake.proof.alarm import Code
from segmentation.intake.proof.words import TITLES
from tests.pages.helpers import drop_in

HEAD = "order_id,customer_id,order_date,status,amount\n"
Cell = Callable[[int], object]


def orders(
    customer: Cell = lambda n: f"C{n % 15}",
    status: Cell = lambda n: "paid",
    amount: Cell = lambda n: f"{10 + n % 7}.50",
) -> bytes:
    """Write 60 orders, whose cells are told by their number."""
    rows = [f"{900 + n},{customer(n)},2024-0{n % 9 + 1}-1{n % 7},{status(n)},{amount(n)}" for n in range(60)]
    return (HEAD + "\n".join(rows) + "\n").encode()


STOCK = b"sku,product_name,price\n" + b"".join(b"S%d,Cup %d,%d.50\n" % (n, n, n + 3) for n in range(40))
NUMBERED = b"Nomor,Barang,Harga\n" + b"".join(b"%d,brg%d,%d.50\n" % (n // 2, n % 7, n + 3) for n in range(80))
PEOPLE = b"customer_id,joined,age\n" + b"".join(
    b"C%d,2023-0%d-11,%d\n" % (n, n % 9 + 1, n) for n in range(30)
)
ODD_DATES = orders(lambda n: f"C{n % 40}").replace(b",2024-04", b",2199-04")
RINGS: dict[Code, tuple[bytes, ...]] = {
    Code.NO_CUSTOMERS: (STOCK,),
    Code.EMPTY_SHOP: (PEOPLE, NUMBERED),
    Code.ONE_CUSTOMER: (orders(customer=lambda n: "C99" if n % 4 == 0 else f"C{n % 15}"),),
    Code.EACH_LINE_A_CUSTOMER: (orders(customer=lambda n: f"C{1000 + n}"),),
    Code.FEWER_CUSTOMERS: (ODD_DATES,),
    Code.NO_SPEND: (orders(amount=lambda n: ""),),
    Code.ALL_ZERO: (orders(amount=lambda n: "0.00"),),
    Code.MOSTLY_GIVEN_BACK: (orders(amount=lambda n: "-310.00" if n % 12 == 5 else f"{10 + n % 7}.50"),),
    Code.MOSTLY_SET_ASIDE: (orders(status=lambda n: "paid" if n % 5 == 0 else "cancelled"),),
}


@pytest.mark.parametrize("code", RINGS)
def test_an_alarm_rings_on_the_page(app: AppTest, code: Code) -> None:
    drop_in(app.run(), *((f"file{at}.csv", text) for at, text in enumerate(RINGS[code])))
    assert not app.exception
    assert TITLES[code] in [error.proto.title for error in app.error]


def test_what_is_missing_for_segments_is_said_beside_the_button(app: AppTest) -> None:
    drop_in(app.run(), *((f"file{at}.csv", text) for at, text in enumerate(RINGS[Code.EMPTY_SHOP])))
    assert app.button("find_segments").disabled
    assert "First say which rows are orders." in [caption.value for caption in app.caption]


def test_orders_worth_nothing_can_be_segmented_by_how_often_and_lately(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", RINGS[Code.ALL_ZERO][0]))
    assert not app.button("find_segments").disabled
    assert r"“amount” in orders\.csv is 0 in all 60 rows" in app.error[0].value


def test_a_shop_of_which_no_row_counts_says_which_rule_and_finds_no_segments(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", orders(status=lambda n: "cancelled")))
    assert app.button("find_segments").disabled
    assert "most rows fall under “Cancelled orders”" in app.error[0].value
