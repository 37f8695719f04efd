"""Streamlit sweeps all memory for garbage after every poll; what a job loads is kept out of that."""

from __future__ import annotations

import gc
from collections.abc import Callable

from segmentation.jobs import Progress


def unswept(work: Callable[[Progress], object]) -> Callable[[Progress], object]:
    """Do the same work, with all that is in memory at each of its steps kept out of the sweeps.

    With the language model's libraries loaded a sweep takes a quarter of a second, in which no other Python
    code runs: two polls each second would take more than half of the job's time.
    """

    def sparing(on_progress: Progress) -> object:
        current = ""

        def report(step: str, done: int, total: int) -> None:
            nonlocal current
            if step != current:
                current = step
                gc.freeze()
            on_progress(step, done, total)

        try:
            return work(report)
        finally:
            spare_what_is_loaded()

    return sparing


def spare_what_is_loaded() -> None:
    """Keep all that is in memory now out of the sweeps to come; garbage is swept before."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
