"""The data page: empty, filled, corrected, emptied again."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.options import load_options
from pages.shell.workspace import job_manager, workspace
from pages.start.data.file_card import Inside
from segmentation.errors import SegmentationError
from segmentation.intake.linking.build import build_shop
from segmentation.intake.roles import Kind, Role, Upload
from segmentation.intake.uploads.corrections import list_uploads
from segmentation.jobs import JobState, Progress
from segmentation.workspace import database
from tests.pages.helpers import ORDERS, ROOT, answer_dialog, drop_in, open_folds, text_of, tile


def only_upload() -> Upload:
    """Give the one upload there is."""
    [upload] = list_uploads(workspace())
    return upload


def wait_for_job() -> None:
    """Wait until nothing runs."""
    deadline = time.monotonic() + 20
    while job_manager().running and time.monotonic() < deadline:
        time.sleep(0.02)


def work_until(release: threading.Event) -> object:
    """Make work that reports progress until released or cancelled."""

    def work(on_progress: Progress) -> None:
        while not release.is_set():
            on_progress("Reading texts", 3, 10)
            time.sleep(0.01)

    return work


def test_empty_it_says_what_to_bring(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.header[0].value == "Drop in your shop's exports"
    assert app.button("try_sample").label == "Try the sample shop"
    assert "Who buys how often" in text_of(app)
    assert not app.expander  # an optional part that is not installed adds no word


def test_a_dropped_file_becomes_a_card(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    assert not app.exception
    label = app.expander[0].label
    assert label == r":material/receipt_long: **orders\.csv** :gray[Orders · 8 rows · newest 15 Mar 2024]"
    open_folds(app, f"file_{only_upload().upload_id}")
    assert "8 rows · 6 columns · 5 customers · 3 Jan 2024 to 15 Mar 2024" in text_of(app)
    assert app.button("find_segments").disabled is False
    assert only_upload().kind == Kind.ORDERS


def test_the_files_are_known_at_a_glance(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    assert tile(app, "Rows used") == ("100\\.0%", "8 of 8")
    assert tile(app, "Customers") == ("5", "8 orders")
    assert tile(app, "Time") == ("2 months", "Jan 2024 to Mar 2024")
    assert tile(app, "Currency") == ("–", "no file says it")
    assert tile(app, "Open questions") == ("None", "")


def test_only_what_is_wrong_is_red(app: AppTest) -> None:
    rows = "".join(f"{n},{'' if n % 3 else f'c{n}'},2024-01-05,Cup,1,10.00\n" for n in range(60))
    drop_in(app.run(), ("orders.csv", ORDERS.splitlines(keepends=True)[0] + rows.encode()))
    assert tile(app, "Rows used")[0].startswith(":red[")
    assert not tile(app, "Time")[0].startswith(":red[")
    assert ":red-badge[" in app.expander[0].label


def test_a_file_with_rows_that_cannot_be_read_is_marked(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS + b"9,eve\n"))
    assert ":orange-badge[:material/help: 1 row not readable]" in app.expander[0].label


def test_what_is_folded_is_not_drawn(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    keys = {button.key for button in app.button}
    assert f"delete_{only_upload().upload_id}" not in keys
    assert "month_compare" not in keys


def test_it_says_what_other_files_would_add(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    told = text_of(app)
    assert "**Reviews**" in told
    assert "**Orders**" not in told


def test_files_are_still_there_for_the_next_visitor(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    another = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()
    assert another.button("find_segments").label == "Find segments"
    assert r"orders\.csv" in another.expander[0].label


def test_nothing_is_left_in_staging(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS), ("empty.csv", b""))
    assert list(workspace().staging.iterdir()) == []


def test_a_bad_file_is_explained_and_the_good_one_stays(app: AppTest) -> None:
    drop_in(app.run(), ("empty.csv", b""), ("orders.csv", ORDERS))
    assert not app.exception
    [error] = app.error
    assert r"Empty\.csv" in error.value
    assert only_upload().file_name == "orders.csv"


def test_a_file_name_with_markdown_is_shown_as_it_is(app: AppTest) -> None:
    drop_in(app.run(), ("a*b* [x](y) <b>.csv", ORDERS))
    assert r"a\*b\* \[x\]\(y\) \<b\>\.csv" in app.expander[0].label


def test_a_role_can_be_corrected(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    upload_id = only_upload().upload_id
    open_folds(app, f"file_{upload_id}")
    app.segmented_control(f"view_{upload_id}").set_value(Inside.COLUMNS).run()
    assert "There are orders with amounts, quantities or dates" in text_of(app)
    app.selectbox(f"role_{upload_id}_3_product_name").set_value(Role.CATEGORY).run()
    assert not app.exception
    assert only_upload().columns[3].role == Role.CATEGORY


def test_a_role_that_the_values_cannot_have_is_refused(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    upload_id = only_upload().upload_id
    open_folds(app, f"file_{upload_id}")
    app.segmented_control(f"view_{upload_id}").set_value(Inside.COLUMNS).run()
    app.selectbox(f"role_{upload_id}_3_product_name").set_value(Role.QUANTITY).run()
    assert "Choose another role" in app.error[0].value
    assert only_upload().columns[3].role == Role.PRODUCT_NAME


def test_a_kind_can_be_corrected(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    open_folds(app, f"file_{only_upload().upload_id}")
    app.selectbox(f"kind_{only_upload().upload_id}_orders").set_value(Kind.EVENTS).run()
    assert only_upload().kind == Kind.EVENTS


def test_a_file_can_be_deleted(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    open_folds(app, f"file_{only_upload().upload_id}")
    answer_dialog(app, f"delete_{only_upload().upload_id}", "confirm_delete_file")
    assert list_uploads(workspace()) == ()
    assert b"Blue teapot" not in workspace().path.read_bytes()


def test_everything_can_be_deleted(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    answer_dialog(app, "delete_everything", "confirm_delete_everything")
    assert list_uploads(workspace()) == ()


@pytest.mark.parametrize("what", ["everything", "the file"])
def test_while_somebody_works_a_deletion_is_refused_in_words(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    kinds = {
        "everything": ("delete_everything", "confirm_delete_everything"),
        "the file": (f"delete_{only_upload().upload_id}", "confirm_delete_file"),
    }
    open_folds(app, f"file_{only_upload().upload_id}")
    with workspace().importing:
        answer_dialog(app, *kinds[what])
    assert "Somebody is still working" in app.error[0].value
    assert not app.exception
    assert only_upload().file_name == "orders.csv"


def test_the_workspace_takes_a_name(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    app.text_input("workspace_name").set_value("Tea & Co").run()
    assert "**Tea \\& Co**" in text_of(app)


def test_a_running_job_is_shown_in_every_tab_and_blocks_deletion(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    release = threading.Event()
    job = job_manager().start("Find segments", work_until(release))
    tab = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()
    assert tab.button("delete_everything").disabled
    assert tab.button("find_segments").disabled
    tab.button("_cancel_sidebar").click().run()
    wait_for_job()
    assert job.state == JobState.CANCELLED
    assert "was stopped" in tab.run().info[0].value
    release.set()


def test_a_failed_job_says_why(app: AppTest) -> None:
    def work(on_progress: Progress) -> None:
        raise SegmentationError("only 2 customers are left.", "Add more files.")

    app.run()
    job_manager().start("Find segments", work)
    wait_for_job()
    assert "Only 2 customers are left" in app.run().error[0].value


def test_find_segments_runs_the_pipeline_with_the_chosen_options(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    monkeypatch.setattr("segmentation.pipeline.find_segments", lambda *arguments: calls.append(arguments))
    for after in ("pages.shell.work.make_ready", "pages.shell.work.follow"):
        monkeypatch.setattr(after, lambda *arguments: None)
    monkeypatch.setattr("segmentation.action.overview.keep_overview", lambda *arguments: None)
    drop_in(app.run(), ("orders.csv", ORDERS))
    app.button("find_segments").click().run()
    wait_for_job()
    [(opened, options, _)] = calls
    assert opened is workspace()
    assert options.model == "all-MiniLM-L6-v2"
    assert "Your segments are ready" in app.run().success[0].value


def test_one_press_tries_the_sample_shop(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_csvs(folder: Path) -> list[Path]:
        (folder / "orders.csv").write_bytes(ORDERS)
        (folder / "truth.csv").write_text("customer_id,segment\nann,1\n")
        return [folder / "orders.csv", folder / "truth.csv"]

    monkeypatch.setattr("segmentation.sample_shop.write_csvs", write_csvs)
    monkeypatch.setattr("segmentation.pipeline.find_segments", lambda *arguments: None)
    for after in ("pages.shell.work.make_ready", "pages.shell.work.follow"):
        monkeypatch.setattr(after, lambda *arguments: None)
    monkeypatch.setattr("segmentation.action.overview.keep_overview", lambda *arguments: None)
    app.run().button("try_sample").click().run()
    wait_for_job()
    assert only_upload().file_name == "orders.csv"
    assert "Your segments are ready" in app.run().success[0].value


def test_a_file_that_cannot_be_read_keeps_none_of_the_others_out(app: AppTest) -> None:
    harmful = b"PAR1" + b"\xff" * 200 + b"PAR1"
    late = ORDERS.replace(b"ann", b"zoe")
    drop_in(app.run(), ("orders.csv", ORDERS), ("harmful.parquet", harmful), ("late.csv", late))
    assert not app.exception
    [error] = app.error
    assert "could not be read safely" in error.value
    assert [upload.file_name for upload in list_uploads(workspace())] == ["orders.csv", "late.csv"]


def test_the_currency_is_asked_once_where_no_file_says_it(app: AppTest) -> None:
    app.run()
    drop_in(app, ("orders.csv", ORDERS))
    assert not app.exception
    shop = build_shop(workspace())
    asked = [box for box in app.selectbox if box.key == "shop_currency"]
    assert len(asked) == (0 if shop.says_currency else 1)
    assert not shop.says_currency
    asked[0].set_value("EUR").run()
    assert not app.exception
    assert build_shop(workspace()).currency == "EUR"
    assert app.selectbox("shop_currency").value == "EUR"


def test_of_several_currencies_the_one_of_all_amounts_can_be_chosen(app: AppTest) -> None:
    codes = ["USD", "EUR", "EUR"]
    rows = "".join(f"o{n},c{n % 5},2024-01-{n + 2:02},{10 + n}.00,{codes[n % 3]}\n" for n in range(20))
    drop_in(app.run(), ("orders.csv", b"order_id,customer_id,date,total,currency\n" + rows.encode()))
    assert not app.exception
    assert tile(app, "Currency") == ("EUR", "others set aside")
    assert "they count by the rate of each order’s day" in text_of(app)
    app.selectbox("reporting_currency").set_value("CHF").run()
    assert not app.exception
    assert tile(app, "Currency") == ("CHF", "others converted")
    assert "European Central Bank" in text_of(app)
    assert load_options(workspace()).reporting == "CHF"


def test_a_margin_can_be_said_where_no_file_says_costs(app: AppTest) -> None:
    drop_in(app.run(), ("orders.csv", ORDERS))
    open_folds(app, "margin_open")
    app.number_input("shop_margin").set_value(40.0).run()
    assert not app.exception
    assert load_options(workspace()).margin == 0.4
    assert "Costs are known for 100" in text_of(app)
    assert build_shop(workspace(), load_options(workspace()).cleaning).in_margin
