"""Twenty workspaces opened in turn on one server: threads and memory stay where eight of them have led.

`.venv/bin/python -m pytest -m slow -s tests/pages/shell/held/test_twenty.py` prints the figures.
"""

from __future__ import annotations

import gc
import shutil
import time
from pathlib import Path

import pytest

from pages.shell import cached, explanations, latest
from pages.shell.held.held import Held
from pages.shell.held.places import Places
from pages.shell.workspace import job_manager, workspace
from segmentation.jobs import JobState
from tests.browser.test_many_people import megabytes

MANY, OPEN = 20, 8
ITSELF = Path("/proc/self")


def use(held: Held) -> str:
    """Do what a visit does: run a job, and look at segments and people; return whose they are."""
    with held.entered():
        job = job_manager().start("Work", lambda _: workspace().meta("name"))
        run = latest.latest_run()
        assert run is not None
        view = latest.view(run, latest.number(run))
        assert len(latest.customer_rows(run.run_id)) == run.customers
        explanations.by_shop(view)
        cached.features()
        while job.active:
            time.sleep(0.01)
        assert job.state == JobState.DONE
        return str(job.result)


def threads() -> int:
    """Count the threads of this process."""
    return len(list((ITSELF / "task").iterdir()))


@pytest.mark.slow
def test_twenty_workspaces_opened_in_turn(home_with_segments: Path, tmp_path: Path) -> None:
    places, met = Places(OPEN, idle_seconds=0.0), list[tuple[int, float]]()
    before = threads(), megabytes(ITSELF)
    for number in range(MANY):
        path = tmp_path / str(number) / "workspace.duckdb"
        shutil.copytree(home_with_segments, path.parent)
        held = places.at(path)
        with held.entered():
            workspace().set_meta("name", str(number))
        assert use(held) == str(number)
        gc.collect()
        met.append((threads(), megabytes(ITSELF)))
    print(
        "\nthreads and MB at first", before, *((number + 1, *one) for number, one in enumerate(met)), sep="\n"
    )
    assert len(places.open) <= OPEN
    assert max(count for count, _ in met[OPEN:]) <= max(count for count, _ in met[:OPEN]) + 2
    assert met[-1][1] < met[OPEN - 1][1] + 50
    assert use(places.at(tmp_path / "0" / "workspace.duckdb")) == "0"
    places.close()
    assert threads() <= before[0] + 2
