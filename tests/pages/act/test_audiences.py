"""The audience files on the download page: choices, the check as a job, what is left out, and the log."""

from __future__ import annotations

import csv
import io
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.act.files.forget import MAY_RETURN
from pages.shell.routes import FILES
from pages.shell.workspace import job_manager, workspace
from segmentation.action.audience import Audience, audience_of_run
from segmentation.action.files.export_log import list_exports
from segmentation.errors import OptionError
from tests.pages.helpers import drop_in, text_of


def opened(app: AppTest, segment: int | None = None) -> AppTest:
    """Press the button of everybody or of a segment (0-based), and wait for the job."""
    app.selectbox("_files_whom").set_value(segment).run()
    app.button("audience_files").click().run()
    return settled(app)


def settled(app: AppTest) -> AppTest:
    """Wait for the job, and draw the page as it is then."""
    while job_manager().running:
        time.sleep(0.05)
    app.run()
    assert not app.exception
    return app


def left_out(app: AppTest) -> dict[str, int]:
    """Read the table of the dialog."""
    table = next(frame.value for frame in app.dataframe if "Left out because" in frame.value)
    return dict(zip(table["Left out because"], table["Customers"], strict=True))


def test_an_audience_is_checked_taken_and_written_down(
    segmented: AppTest, offered: dict[str, Callable[[], bytes]]
) -> None:
    app = opened(segmented.switch_page(FILES).run())
    app.slider("_hold_out").set_value(10).run()
    app.selectbox("_audience_platform").set_value("meta").run()
    settled(app)
    reasons = left_out(app)
    assert {"Said no to marketing", "Held out for the test"} <= set(reasons)
    rows = list(csv.reader(io.StringIO(offered["_download_audience_0"]().decode())))
    assert rows[0] == ["email", "phone", "fn", "ln", "zip", "country"]
    assert len(rows) - 1 + sum(reasons.values()) == 300
    assert [one.value for one in app.metric] == ["300", str(len(rows) - 1), str(sum(reasons.values()))]
    (logged,) = list_exports(workspace())
    assert (logged.kind, logged.segment, logged.rows) == ("meta", "all", len(rows) - 1)
    app.session_state["files_Handed over"] = True
    app.run()
    log = next(frame.value for frame in app.dataframe if "Whom" in frame.value)
    assert log["For"].tolist() == ["Meta (Facebook, Instagram)"]
    assert log["Whom"].tolist() == ["All customers"]


def test_a_check_that_takes_long_is_followed_and_one_that_fails_can_be_tried_again(
    segmented: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, write = threading.Event(), audience_of_run

    def slow(*given: Any) -> Audience:
        go_on.wait(timeout=60)
        return write(*given)

    def failing(*given: Any) -> Audience:
        raise OptionError("the disk is made of wood.")

    monkeypatch.setattr("pages.shell.audience.checked.audience_of_run", failing)
    app = opened(segmented.switch_page(FILES).run())
    assert "The disk is made of wood" in app.error[0].value
    assert not app.metric
    monkeypatch.setattr("pages.shell.audience.checked.audience_of_run", slow)
    monkeypatch.setattr("pages.shell.audience.checked.SOON", 0.0)
    app.button("_audience_again").click().run()
    assert "Check an audience" in text_of(app)
    assert not app.metric
    go_on.set()
    assert settled(app).metric[0].value == "300"
    assert not app.error


def test_a_segment_goes_to_a_crm_with_names(
    segmented: AppTest, offered: dict[str, Callable[[], bytes]]
) -> None:
    app = opened(segmented.switch_page(FILES).run(), 1)
    rows = list(csv.DictReader(io.StringIO(offered["_download_audience_0"]().decode("utf-8-sig"))))
    assert list(rows[0]) == ["customer_id", "name", "email", "phone", "country", "segment"]
    assert {row["segment"] for row in rows} == {"2"}
    assert all(row["name"] and (row["email"] or row["phone"]) for row in rows)
    everybody = list(csv.DictReader(io.StringIO(offered["_download_ids"]().decode("utf-8-sig"))))
    assert len(everybody) == len(rows) + sum(left_out(app).values())
    assert {row["customer_id"] for row in rows} < {row["customer_id"] for row in everybody}
    assert [one.segment for one in list_exports(workspace())] == ["segment:2", "segment:2"]


def test_a_suppressed_address_stays_out(segmented: AppTest, offered: dict[str, Callable[[], bytes]]) -> None:
    app = opened(segmented.switch_page(FILES).run())
    before = len(offered["_download_audience_0"]().splitlines())
    with workspace().cursor() as cursor:
        address = cursor.execute(
            "SELECT emails[1] FROM shop.contacts WHERE consent = 'yes' AND len(emails) > 0 LIMIT 1"
        ).fetchall()[0][0]
    app.session_state["files_Suppression list"] = True
    app.run().text_area("_suppress_text").set_value(address.upper()).run()
    app.button("suppress").click().run()
    opened(app)
    assert len(offered["_download_audience_0"]().splitlines()) == before - 1


def test_without_any_address_it_says_which_upload_brings_one_and_gives_the_ids(
    app: AppTest, offered: dict[str, Callable[[], bytes]]
) -> None:
    from segmentation.pipeline import find_segments
    from segmentation.runs import RunOptions

    lines = [f"{n},c{n % 20},2024-0{n % 9 + 1}-1{n % 10},{5 + n * 7 % 90}.50" for n in range(80)]
    orders = "\n".join(["order_id,customer_id,order_date,amount", *lines])
    drop_in(app.run(), ("orders.csv", orders.encode()))
    find_segments(
        workspace(), RunOptions(model="none", k_range=(2, 3), resamples=2, resamples_of_suggested=2)
    )
    opened(app.switch_page(FILES).run())
    assert any("e-mail or a phone column" in info.value for info in app.info)
    rows = list(csv.DictReader(io.StringIO(offered["_download_ids"]().decode("utf-8-sig"))))
    assert {row["customer_id"] for row in rows} == {f"c{n}" for n in range(20)}
    assert "_download_audience_0" not in offered


def test_once_the_files_are_others_it_asks_for_segments_anew(segmented: AppTest) -> None:
    orders = b"order_id,customer_id,order_date,amount\n9001,new,2024-03-01,12.00\n"
    drop_in(segmented.run(), ("more.csv", orders))
    app = opened(segmented.switch_page(FILES).run())
    assert any("have changed since these segments were found" in info.value for info in app.info)
    assert not app.metric
    app.button("_audience_leave").click().run()
    assert app.title[0].value == "Data"
    app.switch_page(FILES).run()
    assert not any(one.key == "_audience_leave" for one in app.button), "it does not open by itself"


def test_a_customer_is_forgotten_on_the_page(segmented: AppTest) -> None:
    app = segmented.switch_page(FILES).run()
    with workspace().cursor() as cursor:
        customer = cursor.execute("SELECT min(customer_id) FROM shop.customers").fetchall()[0][0]
    app.session_state["files_Forget a customer"] = True
    app.run().text_input("_forget_who").set_value(customer)
    submit = next(one for one in app.button if one.label == "Forget this customer")
    submit.click().run()
    assert any("tick that you are sure" in warning.value for warning in app.warning)
    app.checkbox("_forget_sure").set_value(True)
    next(one for one in app.button if one.label == "Forget this customer").click().run()
    assert not app.exception
    assert any("found nothing" in success.value for success in app.success)
    assert any("until you find segments again" in info.value for info in app.info)
    assert customer.encode() not in workspace().path.read_bytes()
    assert "forgotten here (1 customer) stays" in text_of(app.run())
    app.text_input("_return_who").set_value(customer)
    next(one for one in app.button if one.label == "Let them come back").click().run()
    assert [one.value for one in app.success] == [MAY_RETURN]
    assert "_return_who" not in [one.key for one in app.run().text_input]
