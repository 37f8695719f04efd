"""A month of the shop's own beside the files, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import drop_in, visit
from tests.browser.test_every_screen import FITS

HEAD = "order_id,customer_id,order_date,product_name,quantity,unit_price\n"
WORDS = r"""() => document.querySelector('[data-testid=stMain]').innerText
    .split(/\s+/).filter(word => /\p{L}/u.test(word)).length"""
MOST_WORDS = 250


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """Give a file of 40 orders by customers in January 2024, 10 by guests, and one in February."""
    rows = [f"{n},c{n % 9},2024-01-{n % 28 + 1:02d},Cup,1,10.00" for n in range(40)]
    rows += [f"{n},,2024-01-05,Cup,1,10.00" for n in range(40, 50)]
    path = tmp_path / "orders.csv"
    path.write_text(HEAD + "\n".join([*rows, "60,c1,2024-02-05,Cup,1,10.00"]))
    return path


def test_a_month_is_compared_explained_and_read_otherwise(
    tmp_path: Path, guarded: Page, orders: Path
) -> None:
    with visit(guarded, tmp_path / "home"):
        drop_in(guarded, orders)
        expect(guarded.get_by_role("heading", name="Does it look right?")).to_be_visible()
        expect(guarded.get_by_test_id("stPlotlyChart")).to_be_visible()
        expect(guarded.get_by_text("A typical order")).to_be_visible()
        assert guarded.evaluate(WORDS) <= MOST_WORDS
        guarded.locator(".st-key-month_open summary").click()
        revenue = guarded.get_by_role("spinbutton", name="Revenue")
        revenue.fill("500")
        revenue.press("Tab")
        guarded.get_by_role("button", name="Compare").click()
        expect(guarded.get_by_text("“Guest orders” are counted: 500 in 50 orders")).to_be_visible()
        expect(revenue).to_have_value("500.00")
        guarded.get_by_role("button", name="Read it so").click()
        expect(guarded.get_by_text("January 2024 agrees")).to_be_visible()
        guarded.set_viewport_size({"width": 420, "height": 900})
        guarded.wait_for_function(FITS, arg=420)


def test_a_guest_account_rings_an_alarm_with_a_choice_of_columns(tmp_path: Path, guarded: Page) -> None:
    path = tmp_path / "orders.csv"
    rows = [f"{n},{'c99' if n % 2 else f'c{n}'},2024-01-{n % 28 + 1:02d},Cup,1,10.00" for n in range(40)]
    path.write_text(HEAD + "\n".join(rows))
    with visit(guarded, tmp_path / "home"):
        drop_in(guarded, path)
        expect(guarded.get_by_test_id("stAlert")).to_contain_text("“c99” placed 20 of 40 orders (50%)")
        expect(guarded.get_by_role("combobox", name="Which column names the customer?")).to_be_visible()
