"""A job is not slowed by the sweeps for garbage that follow every poll of its progress."""

import gc

import pytest

from pages.shell.sweeps import unswept
from segmentation.jobs import Progress


def test_what_a_job_has_loaded_is_not_swept_again() -> None:
    frozen = []

    def work(on_progress: Progress) -> str:
        for step in ("Loading", "Reading"):
            on_progress(step, 0, 1)
            frozen.append(gc.get_freeze_count())
        return "done"

    told = []
    try:
        assert unswept(work)(lambda *report: told.append(report)) == "done"
        assert told == [("Loading", 0, 1), ("Reading", 0, 1)]
        assert all(count > 0 for count in frozen)
    finally:
        gc.unfreeze()


def test_garbage_of_a_job_that_fails_is_still_collected() -> None:
    class Knot:
        """Refers to itself, so that only a sweep can free it."""

    def work(on_progress: Progress) -> None:
        knot = Knot()
        knot.self = knot  # type: ignore[attr-defined]
        on_progress("Loading", 0, 1)
        raise ValueError("broken")

    try:
        with pytest.raises(ValueError, match="broken"):
            unswept(work)(lambda *report: None)
        gc.unfreeze()
        gc.collect()
        assert not [one for one in gc.get_objects() if type(one).__name__ == "Knot"]
    finally:
        gc.unfreeze()
