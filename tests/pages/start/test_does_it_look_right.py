"""What the data page shows for a person to compare, the month check, alarms and questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell import cached
from pages.shell.options import load_options, save_cleaning
from pages.shell.routes import EXPLORE, TRUST
from pages.shell.workspace import workspace
from pages.start.data.doubts import consequence
from segmentation.intake.cleaning_rules import Cleaning, Rule
from segmentation.intake.roles import Doubt, Option, Role
from segmentation.intake.uploads.corrections import list_uploads, set_role
from tests.pages.helpers import ORDERS, drop_in, open_folds, text_of, wait_for_the_job

HEAD = "order_id,customer_id,order_date,product_name,quantity,unit_price\n"
WITH_GUESTS = (
    HEAD
    + "".join(f"{n},c{n % 9},2024-01-{n % 28 + 1:02d},Cup,1,10.00\n" for n in range(40))
    + "".join(f"{n},,2024-01-05,Cup,1,10.00\n" for n in range(40, 50))
    + "60,c1,2024-02-05,Cup,1,10.00\n"
)
BY_A_GUEST = HEAD + "".join(
    f"{n},{'c99' if n % 2 else f'c{n}'},2024-01-{n % 28 + 1:02d},Cup,1,10.00\n" for n in range(40)
)
GOODS = b"product_id,product_name,price\n" + b"".join(b"%d,Cup %d,3.%02d\n" % (n, n, n) for n in range(30))


def type_month(app: AppTest, revenue: float) -> AppTest:
    open_folds(app, "month_open")
    app.number_input("month_revenue").set_value(revenue)
    return app.button("month_compare").click().run()


def test_it_shows_months_receipts_and_how_much_counts(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    assert not app.exception
    told = text_of(app)
    [customers] = [metric for metric in app.metric if metric.label == "Customers"]
    assert "The most frequent buyer placed 25\\.0% of orders" in customers.help
    assert "**A typical order**" in told
    open_folds(app, "receipts_open")
    receipts = "".join(element.body for element in app.get("html"))
    assert "6 × Green cup" in receipts
    assert "33.00" in receipts
    assert [len(chart.proto.spec) > 0 for chart in app.get("plotly_chart")] == [True]


def test_a_month_that_agrees(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", WITH_GUESTS.encode()))
    type_month(app, 401.0)
    assert "January 2024 agrees" in app.success[0].value
    assert not app.warning


def test_a_difference_is_explained_and_one_press_takes_the_reading(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", WITH_GUESTS.encode()))
    type_month(app, 500.0)
    wait_for_the_job()
    app.run()
    assert "20\\.0% apart" in app.warning[0].value
    assert "“Guest orders” are counted: **500 in 50 orders**" in text_of(app)
    app.button("month_take_0").click().run()
    assert not app.exception
    assert load_options(workspace()).cleaning.off == {Rule.GUESTS}
    assert "January 2024 agrees" in app.success[-1].value


def test_nothing_explains_what_is_in_no_file(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", WITH_GUESTS.encode()))
    type_month(app, 9_000.0)
    wait_for_the_job()
    assert "No other reading comes near" in text_of(app.run())


def test_a_difference_can_be_looked_into_later(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", WITH_GUESTS.encode()))
    type_month(app, 500.0)
    wait_for_the_job()
    app.run().number_input("month_revenue").set_value(400.0)
    app.button("month_compare").click().run()
    assert "January 2024 agrees" in app.success[-1].value
    save_cleaning(workspace(), Cleaning(off=frozenset({Rule.GUESTS})))
    assert app.run().button("month_why").label == "Find out why"


def test_an_alarm_names_the_column_and_offers_another(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", BY_A_GUEST.encode()))
    assert not app.exception
    [error] = app.error
    assert error.title == "One customer has far too many orders"
    assert "customer\\_id" in error.value
    app.selectbox("remedy_0_0").set_value("product_name").run()
    [upload] = list_uploads(workspace())
    assert {column.name for column in upload.columns if column.role is Role.CUSTOMER_ID} == {"product_name"}


def test_a_remedy_that_cannot_be_is_explained(app: AppTest) -> None:
    drop_in(
        app.run(),
        (
            "orders.csv",
            HEAD.encode() + b"".join(b"%d,c%d,2024-01-03,Cup,1,0\n" % (n, n % 9) for n in range(40)),
        ),
    )
    [error] = app.error
    assert error.title == "All amounts are zero"
    app.selectbox("remedy_0_0").set_value("product_name").run()
    assert "Choose another role" in app.error[-1].value


def test_a_file_of_products_ends_in_advice(app: AppTest) -> None:
    drop_in(app.run(), ("goods.csv", GOODS))
    assert app.error[0].title == "Nobody is named"
    assert app.button("find_segments").disabled
    assert "Does it look right?" not in [header.value for header in app.header]
    people = next(button for button in app.button if button.label == "Each row is a customer")
    people.click().run()
    assert not app.error
    assert not app.button("find_segments").disabled


def test_explore_leads_to_an_alarm(segmented: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not segmented.switch_page(EXPLORE).run().error
    [orders] = [upload for upload in list_uploads(workspace()) if upload.file_name == "orders.csv"]
    monkeypatch.setattr("pages.shell.latest.is_current", lambda run: True)
    set_role(workspace(), orders.upload_id, "order_id", Role.CUSTOMER_ID)
    segmented.run()
    assert not segmented.exception
    assert any("these segments may be wrong" in error.value for error in segmented.error)


@pytest.mark.parametrize("path", [EXPLORE, TRUST])
def test_segments_of_one_to_three_people_are_in_red(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr("segmentation.intake.proof.alarms.TINY", 100_000)
    segmented.switch_page(path).run()
    assert not segmented.exception
    assert [error.title for error in segmented.error] == ["Hardly anybody is in there"]


TOTAL = Doubt(
    "total",
    "Is *Total* the total of the whole order?",
    (Option("Yes", 16_753.0, 84, 120), Option("No", 51_541.0, 84, 120)),
    upload_id="u1",
)


def test_an_answer_comes_with_its_consequence() -> None:
    days = datetime(2024, 1, 3), datetime(2024, 12, 9)
    assert consequence(TOTAL.options[0], "EUR") == "€16,753 in 120 orders of 84 customers"
    assert consequence(Option("Day first", None, None, None, *days), None) == "3 Jan 2024 to 9 Dec 2024"
    assert consequence(Option("Yes", None, 1, None, *days), None) == "1 customer, 3 Jan 2024 to 9 Dec 2024"


def test_a_question_is_asked_with_the_likelier_answer_marked() -> None:
    app = AppTest.from_function(_ask_about_the_total, default_timeout=30).run()
    assert not app.exception
    assert r"Is \*Total\* the total of the whole order?" in app.markdown[0].value
    [answers] = app.radio
    assert answers.options == ["Yes *(taken meanwhile)*", "No"]
    answers.set_value(1)
    app.button("keep_u1_total").click().run()
    assert app.session_state["kept"] == ("u1", 1)


def _ask_about_the_total() -> None:
    from streamlit import session_state

    from pages.start.data.doubts import doubts_view
    from segmentation.intake.roles import Doubt as Asked
    from tests.pages.start.test_does_it_look_right import TOTAL

    def keep(doubt: Asked, place: int) -> None:
        session_state["kept"] = (doubt.upload_id, place)

    doubts_view([TOTAL], [], "EUR", keep)


def test_explore_says_what_is_asked(segmented: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    segmented.run()
    asked = replace(cached.shop(), doubts=(TOTAL,))
    monkeypatch.setattr(cached, "shop", lambda: asked)
    segmented.switch_page(EXPLORE).run()
    assert not segmented.exception
    assert "One question about your files is open: Is" in text_of(segmented)
