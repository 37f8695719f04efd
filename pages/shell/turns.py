"""Pages take turns: many drawn at once only hold up one another, and the sliders of everybody."""

from __future__ import annotations

import sys
from threading import BoundedSemaphore

AT_ONCE = 3
SECONDS_IN_A_ROW = 0.001

page_turn = BoundedSemaphore(AT_ONCE)
"""Held while a whole page is drawn; what follows a slider is a part of a page and never waits for it."""


def share_the_processor() -> None:
    """Let Python pass from one thread to the next sooner, so that a job does not hold up a slider."""
    sys.setswitchinterval(SECONDS_IN_A_ROW)
