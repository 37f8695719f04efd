"""The words beside a job's progress bar."""

import time

from pages.shell.jobs import describe_progress
from segmentation.jobs import Job


def test_a_step_without_parts_says_no_numbers() -> None:
    assert describe_progress(Job("Find segments")) == ""


def test_progress_says_how_much_how_fast_and_how_long_still() -> None:
    job = Job("Find segments", step="Reading texts", done=500, total=1500)
    job.step_started = time.monotonic() - 10
    assert describe_progress(job) == "500 of 1,500 · 50 per second · about 20 seconds left"


def test_a_slow_step_names_no_rate() -> None:
    job = Job("Find segments", step="Trying numbers of segments", done=2, total=4)
    job.step_started = time.monotonic() - 8
    assert describe_progress(job) == "2 of 4 · about 8 seconds left"
