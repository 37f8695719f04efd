"""So many jobs at once on one machine, whoever asks for them: each waits for a turn."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SECONDS_BETWEEN_LOOKS = 0.1


class FairTurns:
    """Gives turns to who has waited longest, and those that nobody asked for last.

    Who asks for one job after another waits anew before each, behind everybody who waits by then.

    :param at_once: how many may have one at the same time.
    """

    def __init__(self, at_once: int = 1) -> None:
        self._free = at_once
        self._changed = threading.Condition()
        self._numbers = itertools.count()
        self._waiting: set[tuple[bool, int]] = set()

    @property
    def wanted(self) -> bool:
        """Whether a job that somebody asked for waits for a turn."""
        return any(not aside for aside, _ in tuple(self._waiting))

    @contextmanager
    def turn(self, aside: bool, still: Callable[[], None]) -> Iterator[None]:
        """Wait for a turn and have it.

        :param aside: nobody asked for this.
        :param still: raises, while it waits, where the turn is not needed any more.
        """
        with self._changed:
            place = (aside, next(self._numbers))
            self._waiting.add(place)
            try:
                while not self._free or min(self._waiting) != place:
                    self._changed.wait(SECONDS_BETWEEN_LOOKS)
                    still()
                self._free -= 1
            finally:
                self._waiting.remove(place)
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()
