"""The line on explore that says how many customers changed segment since the run before."""

from __future__ import annotations

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from pages.shell.routes import EXPLORE
from pages.shell.workspace import workspace
from segmentation.runs import Run, load_run
from segmentation.workspace.database import rows_table
from tests.pages.helpers import text_of


def run_an_hour_earlier(moved: int) -> Run:
    """Keep a copy of the run as an earlier one, in which these many customers sat in the next segment."""
    run = load_run(workspace())
    assert run is not None
    k = run.suggestion.k
    with workspace().cursor() as cursor:
        cursor.execute(
            f"""
            CREATE TABLE {rows_table("earlier")} AS
            SELECT * REPLACE (if(row_number() OVER (ORDER BY customer_id) <= {moved},
                                 (segment_{k} + 1) % {k}, segment_{k}) AS segment_{k})
            FROM {rows_table(run.run_id)}"""
        )
        cursor.execute("INSERT INTO runs VALUES ('earlier', ?, '', '{}')", [run.made_at - timedelta(hours=1)])
    return run


def test_the_first_run_has_nothing_to_compare(segmented: AppTest) -> None:
    segmented.switch_page(EXPLORE).run()
    assert not segmented.exception
    assert "changed segment" not in text_of(segmented)


def test_it_counts_the_customers_who_changed_segment(segmented: AppTest) -> None:
    segmented.run()
    run = run_an_hour_earlier(moved=7)
    segmented.switch_page(EXPLORE).run()
    assert not segmented.exception
    assert f"7 of {run.customers:,} customers" in text_of(segmented)
    assert "changed segment since the last run" in text_of(segmented)
