"""The cleaning ledger on the data page: what each rule did, its switch, and some rows."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import cached
from pages.shell.options import load_options
from pages.shell.workspace import workspace
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.uploads.corrections import list_uploads
from tests.pages.helpers import ORDERS, drop_in, folding_tables, open_folds, text_of

DIRTY = (
    ORDERS
    + b"8,eve,2024-01-28,Tea towel,1,4.00\n9,,2024-02-01,Tea towel,1,4.00\n10,bob,2024-02-02,Postage,1,3.50\n"
)


@pytest.fixture
def ledger(app: AppTest) -> AppTest:
    """Give the page of a shop with eleven rows, three of which do not count, with the switches in view."""
    return open_folds(drop_in(app.run(), ("orders.csv", DIRTY)), "ledger_open")


def key_of(rule: Rule) -> str:
    """Give the key of the rule's switch at the one file there is."""
    [upload] = list_uploads(workspace())
    return f"rule_{upload.upload_id}_{rule}"


def test_it_adds_up_and_says_what_each_rule_found(ledger: AppTest) -> None:
    assert not ledger.exception
    assert "11 rows read: 8 used, 3 set aside" in text_of(ledger)
    assert ledger.toggle(key_of(Rule.REPEATS)).label == "Exact repeats"
    assert ledger.toggle(key_of(Rule.REPEATS)).value is True
    assert {toggle.key for toggle in ledger.toggle} == {
        key_of(rule) for rule in (Rule.GUESTS, Rule.REPEATS, Rule.NON_PRODUCTS)
    }


def test_every_rule_stands_with_its_share_and_its_money(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", DIRTY))
    [table] = [one for one in folding_tables(app) if "Rule" in one]
    assert table["Rule"].tolist() == ["Guest orders", "Exact repeats", "Postage, fees and corrections"]
    assert table["Rows"].tolist() == ["1"] * 3
    assert table["Share of the file"].tolist() == ["9.1%"] * 3
    assert table["Revenue"].tolist() == ["4.00", "4.00", "3.50"]
    assert table["What happens"].tolist() == ["set aside"] * 3


def test_a_switched_rule_counts_at_once_and_is_remembered(ledger: AppTest) -> None:
    ledger.toggle(key_of(Rule.NON_PRODUCTS)).set_value(False).run()
    assert not ledger.exception
    assert "11 rows read: 9 used, 2 set aside" in text_of(ledger)
    assert load_options(workspace()).cleaning == Cleaning(off=frozenset({Rule.NON_PRODUCTS}))
    assert ledger.toggle(key_of(Rule.NON_PRODUCTS)).value is False
    ledger.toggle(key_of(Rule.NON_PRODUCTS)).set_value(True).run()
    assert load_options(workspace()).cleaning == Cleaning()
    assert cached.shop().files[0].used == 8


def test_some_rows_of_a_rule_can_be_seen(ledger: AppTest) -> None:
    [upload] = list_uploads(workspace())
    ledger.selectbox(f"sample_{upload.upload_id}").set_value(Rule.GUESTS).run()
    assert not ledger.exception
    shown = [table.value for table in ledger.dataframe if "line" in table.value.columns]
    assert shown[-1]["order_id"].tolist() == ["9"]  # those before are of receipts


def test_what_counts_and_comes_to_nothing_shows_no_money(app: AppTest) -> None:
    back = ORDERS + b"20,ann,2024-03-01,Tea towel,1,4.00\n21,ann,2024-03-02,Tea towel,-1,4.00\n"
    drop_in(app.run(), ("orders.csv", back))
    [table] = [one for one in folding_tables(app) if "Rule" in one]
    assert (table["Rule"].tolist(), table["Revenue"].tolist()) == (["Returned purchases"], ["–"])
