"""The audience files on the download page: choices, the check as a job, what is left out, and the log."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from pages.shell.routes import FILES
from pages.shell.workspace import job_manager, workspace
from segmentation.action.files.export_log import list_exports
from tests.pages.helpers import drop_in, text_of


def check(app: AppTest) -> AppTest:
    """Press the button and wait for the job."""
    app.button("check_audience").click().run()
    while job_manager().running:
        time.sleep(0.05)
    return app.run()


def test_an_audience_is_checked_taken_and_written_down(
    segmented: AppTest, offered: dict[str, Callable[[], bytes]]
) -> None:
    app = segmented.run().switch_page(FILES).run()
    app.slider("_hold_out").set_value(10).run()
    check(app)
    assert not app.exception
    assert "go into the file" in text_of(app)
    table = next(frame.value for frame in app.dataframe if "Left out because" in frame.value)
    reasons = dict(zip(table["Left out because"], table["Customers"], strict=True))
    assert {"Said no to marketing", "Held out for the test"} <= set(reasons)
    rows = list(csv.reader(io.StringIO(offered["_download_audience_0"]().decode())))
    assert rows[0] == ["email", "phone", "fn", "ln", "zip", "country"]
    assert len(rows) - 1 + sum(reasons.values()) == 300
    (logged,) = list_exports(workspace())
    assert (logged.kind, logged.segment, logged.rows) == ("meta", "all", len(rows) - 1)
    app.selectbox("_audience_platform").set_value("klaviyo").run()
    assert "go into the file" not in text_of(app), "other choices have not been checked"


def test_a_suppressed_address_stays_out(segmented: AppTest, offered: dict[str, Callable[[], bytes]]) -> None:
    app = check(segmented.run().switch_page(FILES).run())
    before = len(offered["_download_audience_0"]().splitlines())
    with workspace().cursor() as cursor:
        address = cursor.execute(
            "SELECT emails[1] FROM shop.contacts WHERE consent = 'yes' AND len(emails) > 0 LIMIT 1"
        ).fetchall()[0][0]
    app.text_area("_suppress_text").set_value(address.upper()).run()
    app.button("suppress").click().run()
    check(app.run())
    assert len(offered["_download_audience_0"]().splitlines()) == before - 1


def test_without_any_address_it_says_which_upload_brings_one(app: AppTest) -> None:
    from segmentation.pipeline import find_segments
    from segmentation.runs import RunOptions

    lines = [f"{n},c{n % 20},2024-0{n % 9 + 1}-1{n % 10},{5 + n * 7 % 90}.50" for n in range(80)]
    orders = "\n".join(["order_id,customer_id,order_date,amount", *lines])
    drop_in(app.run(), ("orders.csv", orders.encode()))
    find_segments(
        workspace(), RunOptions(model="none", k_range=(2, 3), resamples=2, resamples_of_suggested=2)
    )
    app.switch_page(FILES).run()
    assert any("e-mail or a phone column" in info.value for info in app.info)


def test_a_customer_is_forgotten_on_the_page(segmented: AppTest) -> None:
    app = segmented.run().switch_page(FILES).run()
    with workspace().cursor() as cursor:
        customer = cursor.execute("SELECT min(customer_id) FROM shop.customers").fetchall()[0][0]
    app.text_input("_forget_who").set_value(customer)
    submit = next(one for one in app.button if one.label == "Forget this customer")
    submit.click().run()
    assert any("tick that you are sure" in warning.value for warning in app.warning)
    app.checkbox("_forget_sure").set_value(True)
    next(one for one in app.button if one.label == "Forget this customer").click().run()
    assert not app.exception
    assert any("found nothing" in success.value for success in app.success)
    assert any("until you find segments again" in info.value for info in app.info)
    assert customer.encode() not in workspace().path.read_bytes()
