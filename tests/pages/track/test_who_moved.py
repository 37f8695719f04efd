"""Who moved: the page fills by itself, shows the figures of the movement, and hands a cell over."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from pages.shell.routes import WHO_MOVED
from pages.shell.workspace import StateKeys, job_manager, workspace
from segmentation.action.files.export_log import list_exports
from segmentation.pipeline import find_segments
from segmentation.track.frozen import frozen_run
from segmentation.track.movement.cells import Cell, Look, count_cells, customers_of_cell
from segmentation.track.movement.job import compare_days
from segmentation.track.movement.kept_movements import Movement
from segmentation.track.movement.weight import moved_of
from tests.pages.helpers import drop_in, open_folds, text_of, the_run


@pytest.fixture(autouse=True)
def _no_model_is_loaded(monkeypatch: pytest.MonkeyPatch, load_fake: Callable) -> None:
    monkeypatch.setattr("segmentation.track.movement.job.compare_days", partial(compare_days, load=load_fake))


def settled(app: AppTest) -> AppTest:
    """Wait for the job, and draw the page as it is then."""
    while job_manager().running or job_manager().aside:
        time.sleep(0.05)
    app.run()
    assert not app.exception
    return app


def the_movement() -> Movement:
    """Give the one movement that is kept."""
    with workspace().cursor() as cursor:
        [row] = cursor.execute(
            "SELECT movement_id, run_id, fingerprint, since, until, ks FROM movements"
        ).fetchall()
    return Movement(*row[:5], tuple(row[5]))


def cells_on_screen(app: AppTest) -> tuple[Cell, ...]:
    """Count the cells at the number of segments that is shown."""
    return count_cells(workspace(), Look(the_movement(), app.session_state[StateKeys.K]))


@pytest.fixture
def page(segmented: AppTest) -> AppTest:
    """Give the page, once the last month has been compared."""
    app = segmented.run()
    app.session_state[StateKeys.K] = 5
    return settled(app.switch_page(WHO_MOVED).run())


def test_the_page_compares_the_last_month_and_tells_it_in_people_and_reasons(page: AppTest) -> None:
    moved = moved_of(cells_on_screen(page))
    told = text_of(page).replace("\\", "")
    assert moved.moved > 0
    assert f"{moved.moved:,} of {moved.both:,} customers of both days moved" in told
    assert f"{moved.new} customers new" in told or f"{moved.new} customer new" in told
    assert "this month." in told


def test_both_tables_have_the_figures_of_the_movement(page: AppTest) -> None:
    cells = cells_on_screen(page)
    segments = next(frame.value for frame in page.table if "Left it" in frame.value)
    matrix = next(frame.value for frame in page.dataframe if "From" in frame.value)
    for label in range(5):
        row = segments.iloc[label].tolist()
        was = sum(cell.customers for cell in cells if cell.was == label)
        now = sum(cell.customers for cell in cells if cell.now == label)
        stayed = sum(cell.customers for cell in cells if cell.was == cell.now == label)
        assert row[2:] == [was, was - stayed, now - stayed, now]
        assert matrix.iloc[label][[str(one + 1) for one in range(5)]].tolist() == [
            sum(cell.customers for cell in cells if (cell.was, cell.now) == (label, one)) for one in range(5)
        ]


def test_only_clear_moves_are_fewer(page: AppTest) -> None:
    before = moved_of(cells_on_screen(page)).moved
    page.toggle("movement_steady").set_value(True).run()
    look = Look(the_movement(), 5, steady=True)
    after = moved_of(count_cells(workspace(), look)).moved
    assert 0 < after < before
    assert f"{after:,} of" in text_of(page).replace("\\", "")


def test_a_cell_is_handed_over_as_an_audience(page: AppTest, offered: dict[str, Callable[[], bytes]]) -> None:
    pair = next((cell.was, cell.now) for cell in cells_on_screen(page) if cell.is_step and cell.customers > 2)
    page.selectbox("movement_cell").set_value(pair).run()
    settled(page.button("audience_movement").click().run())
    people = customers_of_cell(workspace(), Look(the_movement(), 5), *pair)["customer_id"].tolist()
    assert page.metric[0].value == str(len(people))
    rows = list(csv.DictReader(io.StringIO(offered["_download_audience_0"]().decode("utf-8-sig"))))
    assert {row["customer_id"] for row in rows} <= set(people)
    assert {row["segment"] for row in rows} == {str(pair[1] + 1)}
    listed = list(csv.DictReader(io.StringIO(offered["_download_ids"]().decode("utf-8-sig"))))
    assert [row["customer_id"] for row in listed] == people
    assert {one.segment for one in list_exports(workspace())} == {f"moved:{pair[0] + 1}:{pair[1] + 1}"}


def test_other_days_are_compared_by_a_job_of_their_own(page: AppTest) -> None:
    page.segmented_control("movement_back").set_value("3 months").run()
    settled(page)
    with workspace().cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM movements").fetchall() == [(2,)]
    assert "since" in text_of(page)
    open_folds(page, "movement_how")


def test_another_run_is_compared_in_its_own_segments(page: AppTest, load_fake: Callable) -> None:
    first = the_run()
    options = replace(first.options, k_range=(5, 5), off=frozenset({"monetary"}), concepts=())
    find_segments(workspace(), options, load=load_fake)
    settled(page.run())
    settled(page.segmented_control("movement_back").set_value("Another run").run())
    with workspace().cursor() as cursor:
        [(moved,)] = cursor.execute(
            "SELECT count(*) FROM moved JOIN movements USING (movement_id)"
            " WHERE was[1] <> now[1] AND from_run = ?",
            [first.run_id],
        ).fetchall()
    assert f"{moved:,} of {first.customers:,} customers of both days moved" in text_of(page).replace("\\", "")


def test_a_table_of_customers_says_what_is_missing(app: AppTest) -> None:
    table = b"customer_id,age,income\n" + b"".join(
        b"c%d,%d,%d\n" % (n, n % 50, n % 7 * 900) for n in range(80)
    )
    drop_in(app.run(), ("people.csv", table))
    app.switch_page(WHO_MOVED).run()
    assert not app.exception
    assert "Who moved appears here once segments have been found" in text_of(app)


def test_its_job_uses_the_run_that_is_shown(page: AppTest) -> None:
    assert the_movement().run_id == the_run().run_id == frozen_run(workspace()).run.run_id
