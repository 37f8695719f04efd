"""The recipe: what counts, what is known of each customer, how texts are read."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.options import load_options
from pages.shell.routes import FEATURES
from pages.shell.workspace import workspace
from tests.pages.helpers import ORDERS, drop_in, open_folds, text_of

PEOPLE = ((b"ann", b"DE"), (b"bob", b"FR"), (b"cem", b"DE"), (b"dot", b"FR"), (b"eve", b"DE"))


@pytest.fixture
def customers(app: AppTest) -> AppTest:
    """Give the page of a shop with eight orders."""
    drop_in(app.run(), ("orders.csv", ORDERS))
    return app.switch_page(FEATURES).run()


def test_empty_it_says_which_upload_fills_it(app: AppTest) -> None:
    app.switch_page(FEATURES).run()
    assert not app.exception
    assert "Upload orders" in app.info[0].value


def test_it_shows_each_feature_with_its_meaning(customers: AppTest) -> None:
    assert not customers.exception
    assert "5 customers" in text_of(customers)
    assert customers.checkbox("feature_recency").value is True
    assert customers.checkbox("feature_recency").help == r"Days from the last order to the analysis date\."
    assert customers.header[0].value == "Behaviour"


def test_typical_values_and_spreads_are_drawn_when_they_are_asked_for(customers: AppTest) -> None:
    assert not customers.dataframe
    open_folds(customers, "spreads")
    assert not customers.exception
    [table] = [frame.value for frame in customers.dataframe]
    row = table.set_index("Feature").loc["Orders"]
    assert (row["Typical"], sum(row["Spread"])) == ("2", 5)
    assert not customers.get("vega_lite_chart")


def test_what_only_describes_is_named_once_a_column(app: AppTest) -> None:
    people = b"customer_id,country\n" + b"".join(b"%s,%s\n" % pair for pair in PEOPLE)
    drop_in(app.run(), ("orders.csv", ORDERS), ("people.csv", people))
    app.switch_page(FEATURES).run()
    assert not app.exception
    assert "Not used to find segments: country" in text_of(app)
    assert not [box.key for box in app.checkbox if "country" in str(box.key)]


def test_where_there_is_nothing_to_read_no_language_model_is_offered(app: AppTest) -> None:
    people = b"customer_id,country,age\n" + b"".join(
        b"%s,%s,3%d\n" % (*one, n) for n, one in enumerate(PEOPLE)
    )
    drop_in(app.run(), ("people.csv", people))
    app.switch_page(FEATURES).run()
    assert not app.exception
    assert "Your files hold no texts" in text_of(app)
    assert not [box.key for box in app.selectbox if str(box.key).startswith("text_")]


def test_an_unticked_feature_stays_unticked(customers: AppTest) -> None:
    customers.checkbox("feature_recency").uncheck().run()
    assert load_options(workspace()).off == {"recency"}
    customers.checkbox("feature_recency").check().run()
    assert load_options(workspace()).off == frozenset()


def test_texts_can_be_left_out(customers: AppTest) -> None:
    customers.selectbox("text_precision").set_value("float32").run()
    assert load_options(workspace()).precision == "float32"
    customers.selectbox("text_model").set_value("none").run()
    assert load_options(workspace()).model == "none"
    assert customers.selectbox("text_device").disabled
