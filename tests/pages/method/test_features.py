"""The customers page: what is known, what counts, how texts are read."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.options import load_options
from pages.shell.routes import FEATURES
from pages.shell.workspace import workspace
from tests.pages.helpers import ORDERS, drop_in, text_of


@pytest.fixture
def customers(app: AppTest) -> AppTest:
    """Give the page of a shop with eight orders."""
    drop_in(app.run(), ("orders.csv", ORDERS))
    return app.switch_page(FEATURES).run()


def test_empty_it_says_which_upload_fills_it(app: AppTest) -> None:
    app.run().switch_page(FEATURES).run()
    assert not app.exception
    assert "Upload orders" in app.info[0].value


def test_it_shows_each_feature_with_its_meaning(customers: AppTest) -> None:
    assert not customers.exception
    assert "5 customers" in text_of(customers)
    assert customers.checkbox("feature_recency").value is True
    assert customers.subheader[0].value == "Behaviour"


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
