"""Pages take turns: many drawn at once only hold up one another, and the sliders of everybody."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from threading import BoundedSemaphore, Lock

AT_ONCE = 3
SECONDS_IN_A_ROW = 0.001
SECONDS_BETWEEN_REDRAWS = 0.3


class Pace:
    """Lets something happen once in so many seconds, whichever thread asks for it."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock, self._lock = seconds, clock, Lock()
        self._next = clock()

    def allows(self) -> bool:
        """Whether it may happen now; who is told so has to do it, and who is not may ask again."""
        with self._lock:
            now = self._clock()
            if now < self._next:
                return False
            self._next = now + self._seconds
            return True


page_turn = BoundedSemaphore(AT_ONCE)
"""Held while a whole page is drawn; what follows a slider is a part of a page and never waits for it."""

redraws = Pace(SECONDS_BETWEEN_REDRAWS)
"""Pages that nobody asked to draw anew; a page that waits for a turn is deaf to its own sliders."""


def share_the_processor() -> None:
    """Let Python pass from one thread to the next sooner, so that a job does not hold up a slider."""
    sys.setswitchinterval(SECONDS_IN_A_ROW)
