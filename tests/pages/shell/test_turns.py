"""Pages take turns; what follows a slider does not wait for them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.shell.turns import AT_ONCE, Pace, page_turn


def test_a_page_waits_while_enough_others_are_drawn(app: AppTest) -> None:
    for _ in range(AT_ONCE):
        page_turn.acquire()
    with ThreadPoolExecutor(1) as visitor:
        drawn = visitor.submit(app.run)
        with pytest.raises(StillWaiting):
            drawn.result(timeout=1)
        page_turn.release(AT_ONCE)
        assert drawn.result(timeout=60).title


def test_a_page_that_ends_early_gives_its_turn_back(app: AppTest) -> None:
    for _ in range(AT_ONCE + 1):
        app.run()  # without files: every run of the page ends at what it lacks
    assert all(page_turn.acquire(blocking=False) for _ in range(AT_ONCE))
    page_turn.release(AT_ONCE)


def test_pages_that_nobody_asked_for_are_drawn_one_after_the_other() -> None:
    times = iter([0.0, 0.0, 0.1, 0.29, 0.3, 0.5, 0.9])
    pace = Pace(0.3, clock=lambda: next(times))
    assert [pace.allows() for _ in range(6)] == [True, False, False, True, False, True]


def test_memory_is_not_swept_after_every_poll() -> None:
    assert st.get_option("runner.postScriptGC") is False
